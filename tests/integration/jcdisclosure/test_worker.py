"""A real worker in a process of its own: on SQLite over the file system, or with Redis."""

import pytest

from requests_app.domain.jobs import Job
from requests_app.models import JobRun

pytestmark = pytest.mark.worker


def finished(job):
    return JobRun.objects.filter(job=job, ended_at__isnull=False).count()


def test_worker_takes_a_tick_and_leaves_its_record(worker, eventually):
    worker.send(Job.SWEEP)

    eventually(lambda: finished(Job.SWEEP))
    assert "Traceback" not in worker.output


def test_worker_killed_outright_leaves_nothing_that_hinders_the_next(
    worker, start_worker, eventually
):
    worker.send(Job.SWEEP)
    worker.kill()

    start_worker().send(Job.SWEEP)

    eventually(lambda: finished(Job.SWEEP))


def test_job_run_by_two_ticks_leaves_one_daily_run(worker, eventually):
    worker.send(Job.FLAG_DUE)
    worker.send(Job.FLAG_DUE)
    worker.send(Job.SWEEP)

    eventually(lambda: finished(Job.SWEEP))
    eventually(lambda: finished(Job.FLAG_DUE) == 1)
