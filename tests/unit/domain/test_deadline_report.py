"""The figures of the deadline report, counted by hand for one Saturday in November 2026."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from requests_app.adapters import calendar_files
from requests_app.domain import deadline_report, workdays
from requests_app.domain.deadline_report import COLUMNS, Figure, Reading, Standing
from requests_app.domain.ledger import Status
from requests_app.domain.lights import Thresholds

SATURDAY = date(2026, 11, 21)
CALENDAR = workdays.build_calendar(
    calendar_files.packaged_changes(), statutory=calendar_files.packaged_statutory()
)
READING = Reading(SATURDAY, CALENDAR, Thresholds())


def standing(due=None, *, received="2026-11-02", **changes):
    found = Standing(
        case_id=1,
        number="2026-0001",
        department_id=1,
        clerk_id=None,
        received_on=date.fromisoformat(received),
        due_on=date.fromisoformat(due) if due else None,
        status=Status.HANDLING,
        paused=False,
    )
    return replace(found, **changes)


@pytest.mark.parametrize(
    ("due", "column"),
    [
        ("2026-11-20", Figure.OVERDUE),  # Friday has gone by, though no working day since
        ("2026-11-21", Figure.TODAY),
        ("2026-11-23", Figure.URGENT),  # Monday, 1 left
        ("2026-11-25", Figure.URGENT),  # 3 left
        ("2026-11-26", Figure.SOON),  # 4 left
        ("2026-11-27", Figure.SOON),  # 5 left
        ("2026-11-30", Figure.AHEAD),  # 6 left
    ],
)
def test_a_running_case_stands_by_its_working_days_left(due, column):
    assert READING.column(standing(due)) is column


def test_what_waits_is_delivered_or_paused_has_columns_of_its_own():
    assert READING.column(standing(None)) is Figure.PAUSED
    assert READING.column(standing("2026-12-10", paused=True)) is Figure.PAUSED
    assert READING.column(standing("2026-11-20", paused=True)) is Figure.OVERDUE
    assert READING.column(standing("2026-11-20", status=Status.ANSWERED)) is Figure.ANSWERED


def test_thresholds_of_the_office_move_the_borders():
    early = Reading(SATURDAY, CALENDAR, Thresholds(soon=8, urgent=5))

    assert early.column(standing("2026-11-27")) is Figure.URGENT
    assert early.column(standing("2026-11-30")) is Figure.SOON


@pytest.mark.parametrize(
    ("assigned", "late"),
    [("2026-11-18", True), ("2026-11-19", False), ("2026-11-20", False), (None, False)],
)
def test_unsigned_for_more_than_one_working_day_is_late(assigned, late):
    case = standing(
        "2026-12-10",
        status=Status.ASSIGNED,
        assigned_on=date.fromisoformat(assigned) if assigned else None,
    )

    assert READING.unsigned(case) is late
    assert not READING.unsigned(replace(case, status=Status.HANDLING))


OFFICE = (
    standing("2026-11-18", received="2026-09-21"),  # 2 working days late (19th, 20th)
    standing("2026-11-23"),  # 1 left
    standing("2026-11-27", received="2026-11-13"),  # 5 left, 8 days old
    standing("2026-12-21", received="2026-11-14"),  # 21 left
    standing("2026-12-10", paused=True, received="2026-10-22"),  # 30 days old
    standing(None, received="2026-11-21"),
    standing("2026-11-24", status=Status.ANSWERED),
)


def test_a_line_adds_up_its_cases():
    line = deadline_report.line(OFFICE, reading=READING)

    assert line.counts == {
        Figure.IN_HAND: 7,
        Figure.RUNNING: 4,
        Figure.NEAR: 2,
        Figure.AHEAD: 1,
        Figure.SOON: 1,
        Figure.URGENT: 1,
        Figure.OVERDUE: 1,
        Figure.PAUSED: 2,
        Figure.ANSWERED: 1,
    }
    assert sum(line.counts.get(column, 0) for column in COLUMNS) == line.counts[Figure.IN_HAND]
    assert line.longest_days == 61
    assert line.mean_remaining == Decimal("6.3")  # (-2 + 1 + 5 + 21) / 4


def test_a_line_of_nothing_is_empty():
    assert deadline_report.line([], reading=READING) == deadline_report.Line({}, None, None)
    assert deadline_report.mean([]) is None
    assert deadline_report.mean([1, 2]) == Decimal("1.5")
    assert deadline_report.mean([0, 0, 1]) == Decimal("0.3")


def test_groups_are_added_up_apart():
    cases = [standing("2026-11-23"), standing("2026-11-23", department_id=None)]

    lines = deadline_report.by_group(cases, group=lambda case: case.department_id, reading=READING)

    assert {key: line.counts[Figure.IN_HAND] for key, line in lines.items()} == {1: 1, None: 1}


def test_load_counts_by_working_days_left():
    assert deadline_report.load(OFFICE, reading=READING) == {
        "超期": 1, "0—1": 1, "2—3": 0, "4—5": 1, "6—10": 0, "11—20": 0, ">20": 1,
        "暂停": 2, "待送达": 1,
    }  # fmt: skip


def test_ages_count_by_calendar_days_and_tell_what_stands_still():
    assert deadline_report.ages(OFFICE, reading=READING) == {
        "0—7天": (1, 1), "8—14天": (1, 0), "15—21天": (2, 0), "22—30天": (0, 1),
        "31—60天": (0, 0), "60天以上": (1, 0),
    }  # fmt: skip


def test_coming_days_leave_out_what_was_answered():
    assert deadline_report.coming(OFFICE, reading=READING) == {
        date(2026, 11, 18): 1,
        date(2026, 11, 23): 1,
        date(2026, 11, 27): 1,
        date(2026, 12, 10): 1,
        date(2026, 12, 21): 1,
    }
