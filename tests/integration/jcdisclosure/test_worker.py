"""A real worker in a process of its own: on SQLite over the file system, or with Redis."""

import pytest
from django.utils import timezone

from requests_app.domain import office_hours
from requests_app.domain.jobs import Job
from requests_app.models import JobRun, Reminder, SupervisionOrder
from requests_app.selectors import calendars
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


def test_worker_asked_twice_plans_each_reminder_once(office, worker, eventually):
    case = office.register("2026-03-02")

    worker.send(Job.ESCALATE)
    worker.send(Job.ESCALATE)

    eventually(lambda: finished(Job.ESCALATE))
    keys = list(Reminder.objects.values_list("case_id", "kind", "due_on", "recipient_id"))
    assert {key[0] for key in keys} == {case.pk}
    assert len(keys) == len(set(keys))
    # On a day off and outside office hours nobody is supervised; else there is one order, drawn.
    orders = SupervisionOrder.objects.all()
    assert len(orders) <= 1
    if office_hours.is_open(timezone.now(), calendar=calendars.current()):
        assert [(each.number[-2:], bool(each.sha256)) for each in orders] == [("1号", True)]
    assert "Traceback" not in worker.output
