"""Runs of jobs: recorded, repeated when missed, never stopped by one error."""

from datetime import timedelta

import pytest

from requests_app.domain.jobs import Job
from requests_app.models import JobRun, Message
from requests_app.models.messages import MessageChannel
from requests_app.selectors import job_health
from requests_app.services import job_runs, messages
from requests_app.services.tally import Tally
from tests import offices

pytestmark = pytest.mark.django_db

NOON = offices.moment("2026-03-17", "12:00")
DAILY = (
    Job.FLAG_DUE,
    Job.PROPOSE_LAPSES,
    Job.VERIFY_PROJECTIONS,
    Job.SEAL_LEDGERS,
    Job.WARN_CALENDAR,
    Job.DISCARD_DRAFTS,
    Job.DELETE_SCANS,
    Job.ESCALATE,
)


@pytest.fixture
def office():
    return offices.set_up()


@pytest.fixture
def caught_up(office):
    for job in DAILY:
        job_runs.run(job, at=NOON - timedelta(hours=1))


def rows(job):
    found = JobRun.objects.filter(job=job.value).order_by("pk")
    return [(row.started_at, row.seen, row.changed, row.failed, row.error) for row in found]


def break_flags(monkeypatch):
    def broken(*, at):
        raise ZeroDivisionError("身份证号不应写进记录")

    monkeypatch.setattr(job_runs, "DAILY", {**job_runs.DAILY, Job.FLAG_DUE: broken})


def test_run_leaves_a_record(office):
    offices.register(office, offices.moment("2026-03-02"))

    tally = job_runs.run(Job.FLAG_DUE, at=offices.moment("2026-03-27"))

    assert tally == Tally(seen=1, changed=1)
    assert rows(Job.FLAG_DUE) == [(offices.moment("2026-03-27"), 1, 1, 0, "")]
    assert JobRun.objects.get().ended_at >= offices.moment("2026-03-27")


def test_run_that_breaks_is_recorded_without_its_text_and_passed_on(office, monkeypatch, caplog):
    break_flags(monkeypatch)

    with pytest.raises(ZeroDivisionError):
        job_runs.run(Job.FLAG_DUE, at=NOON)

    ((_, *counts, error),) = rows(Job.FLAG_DUE)
    assert counts == [0, 0, 0]
    assert error.startswith("ZeroDivisionError (test_job_runs.py:")
    assert "Traceback" in caplog.text


def test_run_if_owed_runs_once_a_day(office):
    ran = [
        job_runs.run_if_owed(Job.WARN_CALENDAR, at=offices.moment("2026-03-17", "07:30")),
        job_runs.run_if_owed(Job.WARN_CALENDAR, at=offices.moment("2026-03-17", "07:31")),
        job_runs.run_if_owed(Job.WARN_CALENDAR, at=offices.moment("2026-03-18", "07:30")),
    ]

    assert ran == [Tally(seen=1), None, Tally(seen=1)]


def test_a_run_that_failed_is_owed_again_a_quarter_of_an_hour_later(caught_up, monkeypatch):
    midnight = offices.moment("2026-03-18", "00:10")
    with monkeypatch.context() as patch:
        break_flags(patch)
        job_runs.sweep(at=midnight)

    assert Job.FLAG_DUE not in job_runs.owed(at=midnight + timedelta(minutes=14))
    assert Job.FLAG_DUE in job_runs.owed(at=midnight + timedelta(minutes=16))


def test_a_run_that_died_with_its_worker_is_owed_again(caught_up):
    midnight = offices.moment("2026-03-18", "00:10")
    JobRun.objects.create(job=Job.FLAG_DUE.value, started_at=midnight)

    assert Job.FLAG_DUE in job_runs.owed(at=midnight + timedelta(minutes=16))


def test_sweep_catches_up_with_missed_jobs_once(office):
    job_runs.sweep(at=NOON)
    job_runs.sweep(at=NOON + timedelta(seconds=2))

    assert {job: len(rows(job)) for job in DAILY} == dict.fromkeys(DAILY, 1)
    assert job_runs.owed(at=NOON) == ()


def test_sweep_sends_what_is_due_and_says_so(caught_up, mailoutbox):
    messages.owe(
        None,
        key="k",
        channel=MessageChannel.EMAIL,
        to="chen@example.com",
        subject="标题",
        body="内容",
        at=NOON,
    )

    tally = job_runs.sweep(at=NOON)

    assert (tally, len(mailoutbox)) == (Tally(seen=1, changed=1), 1)
    assert rows(Job.SWEEP) == [(NOON, 1, 1, 0, "")]


def test_quiet_sweeps_keep_one_row_and_move_it_every_half_minute(caught_up):
    for seconds in (0, 2, 4, 30, 32, 58):
        job_runs.sweep(at=NOON + timedelta(seconds=seconds))

    assert rows(Job.SWEEP) == [(NOON + timedelta(seconds=30), 0, 0, 0, "")]


def test_quiet_sweep_asks_little(caught_up, django_assert_num_queries):
    job_runs.sweep(at=NOON)

    # letters, stuck messages given up, taken back, due ones, files of the archive, last runs, last sweep
    with django_assert_num_queries(7):
        job_runs.sweep(at=NOON + timedelta(seconds=2))


def test_sweep_goes_on_when_one_part_breaks(caught_up, monkeypatch, mailoutbox):
    def broken(*, at):
        raise ZeroDivisionError

    monkeypatch.setattr("requests_app.services.letters.render_due", broken)
    messages.owe(
        None,
        key="k",
        channel=MessageChannel.EMAIL,
        to="chen@example.com",
        subject="标题",
        body="内容",
        at=NOON,
    )

    tally = job_runs.sweep(at=NOON)

    assert tally == Tally(seen=1, changed=1, failed=1)
    assert Message.objects.get(key="k").status == "sent"
    ((_, *counts, error),) = rows(Job.SWEEP)
    assert counts == [1, 1, 1]
    assert error.startswith("ZeroDivisionError (test_job_runs.py:")


def test_sweep_goes_on_when_one_job_breaks(office, monkeypatch):
    break_flags(monkeypatch)

    tally = job_runs.sweep(at=NOON)

    assert tally.failed == 1
    assert {job: len(rows(job)) for job in DAILY} == dict.fromkeys(DAILY, 1)


def missing(at):
    return [each.job for each in job_health.standings(at=at) if each.missing]


@pytest.mark.parametrize(
    ("hours", "expected", "watched"),
    [(0, [], ()), (1, [Job.SWEEP], ()), (27, [Job.SWEEP, *DAILY], (Job.SWEEP, *DAILY))],
)
def test_a_job_that_never_ran_is_missing_once_it_had_its_chance(office, hours, expected, watched):
    offices.was_set_up_at(NOON - timedelta(hours=hours))

    assert missing(NOON) == expected
    assert job_health.missing_jobs(at=NOON) == watched


def test_health_of_jobs_that_ran(caught_up):
    offices.was_set_up_at(NOON - timedelta(days=30))
    job_runs.sweep(at=NOON)

    assert missing(NOON + timedelta(minutes=1)) == []
    assert missing(NOON + timedelta(minutes=3)) == [Job.SWEEP]
    assert missing(NOON + timedelta(hours=26)) == [Job.SWEEP, *DAILY]


def test_a_job_of_a_later_version_is_missing_until_it_ran(caught_up):
    offices.was_set_up_at(NOON - timedelta(days=300))
    job_runs.sweep(at=NOON)
    JobRun.objects.filter(job=Job.ESCALATE.value).delete()

    assert job_health.missing_jobs(at=NOON) == (Job.ESCALATE,)
    job_runs.sweep(at=NOON)
    assert job_health.missing_jobs(at=NOON) == ()


def test_health_counts_only_runs_that_ended_well(caught_up, monkeypatch):
    break_flags(monkeypatch)
    later = NOON + timedelta(hours=26)
    with pytest.raises(ZeroDivisionError):
        job_runs.run(Job.FLAG_DUE, at=later)

    standing = next(each for each in job_health.standings(at=later) if each.job is Job.FLAG_DUE)

    assert (standing.missing, standing.last_started_at, standing.last_ended_well_at) == (
        True,
        later,
        NOON - timedelta(hours=1),
    )
