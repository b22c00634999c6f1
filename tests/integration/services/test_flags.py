"""Flags: raised once a case, day and level. Who is told is the ladder's."""

from datetime import date

import pytest

from requests_app.models import Case, DueFlag
from requests_app.services import flags
from requests_app.services.tally import Tally
from tests import offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return offices.set_up()


@pytest.fixture
def case(office):
    # Due 2026-03-30: 03-03..03-30 are 20 working days.
    return offices.register(office, offices.moment("2026-03-02"))


def raised():
    return [(flag.due_on, flag.level) for flag in DueFlag.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-20", []),  # six working days left: 23, 24, 25, 26, 27, 30
        ("2026-03-22", []),  # Sunday: still six
        ("2026-03-23", [(date(2026, 3, 30), "soon")]),
        ("2026-03-24", [(date(2026, 3, 30), "soon")]),
        ("2026-03-25", [(date(2026, 3, 30), "urgent")]),
        ("2026-03-26", [(date(2026, 3, 30), "urgent")]),
        ("2026-03-27", [(date(2026, 3, 30), "due")]),
        ("2026-03-30", [(date(2026, 3, 30), "due")]),
        ("2026-03-31", [(date(2026, 3, 30), "overdue")]),
    ],
)
def test_flag_by_working_days_left(case, day, expected):
    flags.raise_due(at=offices.moment(day, "00:05"))

    assert raised() == expected


def test_flag_twice_on_one_day_is_one(case):
    first = flags.raise_due(at=offices.moment("2026-03-23", "00:05"))
    second = flags.raise_due(at=offices.moment("2026-03-23", "09:00"))

    assert (first, second) == (Tally(seen=1, changed=1), Tally(seen=1, changed=0))


def test_flag_after_a_missed_week_goes_straight_to_the_level_of_the_day(case):
    flags.raise_due(at=offices.moment("2026-03-23", "00:05"))
    flags.raise_due(at=offices.moment("2026-04-02", "14:00"))

    assert raised() == [(date(2026, 3, 30), "soon"), (date(2026, 3, 30), "overdue")]


def test_flag_again_when_the_date_has_moved(case):
    flags.raise_due(at=offices.moment("2026-03-23", "00:05"))
    Case.objects.update(next_due_on=date(2026, 3, 27))

    flags.raise_due(at=offices.moment("2026-03-23", "09:00"))

    assert raised() == [(date(2026, 3, 30), "soon"), (date(2026, 3, 27), "soon")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": "answered"}, []),
        ({"clock_state": "paused", "consult_due_on": date(2026, 3, 30)}, []),
        # The pause ran out by itself on Friday and nobody has opened the case since.
        (
            {"clock_state": "paused", "consult_due_on": date(2026, 3, 29)},
            [(date(2026, 3, 30), "due")],
        ),
        ({"next_due_on": None}, []),
    ],
)
def test_flag_only_open_cases_whose_period_runs(case, changes, expected):
    Case.objects.update(**changes)

    flags.raise_due(at=offices.moment("2026-03-30", "00:05"))

    assert raised() == expected


@pytest.mark.parametrize("count", [1, 3])
def test_flags_ask_the_same_questions_for_one_case_and_for_many(
    office, count, django_assert_num_queries
):
    for _ in range(count):
        offices.register(office, offices.moment("2026-03-02"))
    flags.raise_due(at=offices.moment("2026-03-01", "00:05"))  # the calendar is built

    # calendar, settings, savepoint, count, candidates, insert, read back, savepoint end
    with django_assert_num_queries(8):
        flags.raise_due(at=offices.moment("2026-03-23", "00:05"))
