"""The table of jobs, and when a periodic job is owed."""

from datetime import datetime, time, timedelta, timezone

import pytest

from requests_app.domain.jobs import JOBS, Job, JobSpec, is_owed

BEIJING = timezone(timedelta(hours=8))


def moment(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute, second, tzinfo=BEIJING)


def test_jobs_table_as_agreed():
    table = {spec.job.value: (spec.ids, spec.periodic, spec.schedule) for spec in JOBS.values()}

    assert table == {
        "render_letter": (("letter_id",), False, "随办理动作触发"),
        "send_message": (("message_id",), False, "随办理动作触发"),
        "sweep": ((), True, "每 2 秒"),
        "flag_due": ((), True, "每天 00:05 起一次"),
        "propose_lapses": ((), True, "每天 00:15 起一次"),
        "verify_projections": ((), True, "每天 02:00 起一次"),
        "seal_ledgers": ((), True, "每天 02:30 起一次"),
        "warn_calendar": ((), True, "每天 07:30 起一次"),
        "discard_drafts": ((), True, "每天 03:00 起一次"),
        "escalate": ((), True, "每天 08:30 起一次"),
        "make_archive_file": (("archive_file_id",), False, "随办理动作触发"),
        "delete_scans": ((), True, "每天 03:30 起一次"),
    }


def test_jobs_table_has_every_job():
    assert set(JOBS) == set(Job)


@pytest.mark.parametrize(
    "facts",
    [{}, {"every": timedelta(seconds=2), "at": time(1)}, {"ids": ("case_id",), "at": time(1)}],
)
def test_job_spec_with_no_or_two_triggers_is_refused(facts):
    with pytest.raises(ValueError, match="only one"):
        JobSpec(Job.SWEEP, "补做", **facts)


@pytest.mark.parametrize(
    ("last_ran_at", "at", "expected"),
    [
        (None, moment(3, 0, 4), True),
        (moment(2, 0, 5), moment(3, 0, 4, 59), False),
        (moment(2, 0, 5), moment(3, 0, 5), True),
        (moment(3, 0, 5), moment(3, 23, 59), False),
        (moment(3, 0, 4), moment(3, 0, 6), True),
        # The machine was off for a week: owed once.
        (moment(1, 0, 5), moment(9, 14), True),
        (moment(9, 14), moment(9, 14, 1), False),
    ],
)
def test_daily_job_owed_once_a_day_from_its_hour_on(last_ran_at, at, expected):
    assert is_owed(Job.FLAG_DUE, last_ran_at=last_ran_at, at=at) is expected


def test_daily_job_owed_by_the_hour_of_the_office_whatever_zone_the_moment_has():
    utc = timezone.utc  # noqa: UP017 - the point is a zone that is not the office's

    at = datetime(2026, 9, 2, 16, 6, tzinfo=utc)  # 00:06 on the third in the office

    assert is_owed(Job.FLAG_DUE, last_ran_at=moment(2, 12), at=at) is True


@pytest.mark.parametrize(("seconds", "expected"), [(1, False), (2, True), (90, True)])
def test_interval_job_owed_after_its_interval(seconds, expected):
    at = moment(3, 9) + timedelta(seconds=seconds)

    assert is_owed(Job.SWEEP, last_ran_at=moment(3, 9), at=at) is expected


def test_job_asked_for_by_id_is_never_owed():
    assert is_owed(Job.RENDER_LETTER, last_ran_at=None, at=moment(3, 9)) is False
