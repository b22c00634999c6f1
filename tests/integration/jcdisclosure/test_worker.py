"""A real worker in a process of its own: on SQLite over the file system, or with Redis."""

import pytest

from requests_app.domain.jobs import Job
from requests_app.models import JobRun
from requests_app.services import job_runs
from tests import factories

pytestmark = pytest.mark.worker


def finished(job):
    return JobRun.objects.filter(job=job, ended_at__isnull=False).count()


@pytest.fixture
def office(transactional_db):
    return factories.set_up()


def test_worker_does_what_a_tick_asks_and_what_is_owed(office, worker, eventually):
    worker.send(Job.SWEEP)

    eventually(lambda: all(finished(job) for job in job_runs.DAILY))
    eventually(lambda: finished(Job.SWEEP))
    assert set(JobRun.objects.values_list("error", flat=True)) == {""}
    assert "Traceback" not in worker.output


def test_worker_killed_outright_leaves_nothing_that_hinders_the_next(
    office, worker, start_worker, eventually
):
    worker.send(Job.SWEEP)
    worker.kill()

    start_worker().send(Job.SWEEP)

    eventually(lambda: finished(Job.SWEEP))
