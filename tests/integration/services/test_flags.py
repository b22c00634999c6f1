"""Flags: raised once a case, day and level; each person told in one digest."""

from datetime import date

import pytest

from requests_app.models import Case, DueFlag, Message
from requests_app.services import assignments, flags
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


def digests():
    found = Message.objects.filter(key__startswith="due-digest").order_by("to")
    return [(message.to, message.subject) for message in found]


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
    assert len(digests()) == 1


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


def test_digest_goes_to_the_clerk_first(case):
    flags.raise_due(at=offices.moment("2026-03-23", "00:05"))

    assert digests() == [("clerk@example.com", "期限提示：1件申请（2026年3月23日）")]


def test_digest_goes_to_the_department_too(office, case):
    assignments.assign(
        case.pk,
        department_id=office.handler.department_id,
        clerk_id=None,
        actor=office.clerk.as_actor(),
        at=offices.moment("2026-03-03"),
    )

    flags.raise_due(at=offices.moment("2026-03-23", "00:05"))

    assert [to for to, _ in digests()] == ["clerk@example.com", "handler@example.com"]


def test_digest_of_the_last_days_goes_to_head_and_supervisor_as_well(case):
    flags.raise_due(at=offices.moment("2026-03-30", "00:05"))

    assert [to for to, _ in digests()] == [
        "clerk@example.com",
        "head@example.com",
        "supervisor@example.com",
    ]


def test_digest_of_a_case_without_a_clerk_goes_to_every_clerk(case):
    Case.objects.update(clerk=None)

    flags.raise_due(at=offices.moment("2026-03-23", "00:05"))

    assert [to for to, _ in digests()] == ["clerk@example.com"]


def test_digest_lists_all_of_a_persons_cases_the_most_urgent_first(office, case):
    offices.register(office, offices.moment("2026-02-28"))  # a Saturday at work; due 2026-03-27

    flags.raise_due(at=offices.moment("2026-03-26", "00:05"))

    body = Message.objects.get(key__startswith="due-digest", to="clerk@example.com").body
    assert body.splitlines()[4:6] == [
        "今明到期　2026-0002　期限2026年3月27日　待分办",
        "临期　2026-0001　期限2026年3月30日　待分办",
    ]


@pytest.mark.parametrize(
    ("at", "due_at"),
    [
        (offices.moment("2026-03-23", "00:05"), offices.moment("2026-03-23", "08:30")),
        (offices.moment("2026-03-23", "10:00"), offices.moment("2026-03-23", "10:00")),
        # Saturday: the office opens on Monday.
        (offices.moment("2026-03-28", "10:00"), offices.moment("2026-03-30", "08:30")),
    ],
)
def test_digest_waits_for_the_office_to_open(case, at, due_at):
    flags.raise_due(at=at)

    assert set(
        Message.objects.filter(key__startswith="due-digest").values_list("due_at", flat=True)
    ) == {due_at}


@pytest.mark.parametrize("count", [1, 3])
def test_flags_ask_the_same_questions_for_one_case_and_for_many(
    office, count, django_assert_num_queries
):
    for _ in range(count):
        offices.register(office, offices.moment("2026-03-02"))
    flags.raise_due(at=offices.moment("2026-03-01", "00:05"))  # the calendar is built

    # calendar, settings, savepoint, count, candidates, insert, read back, people, roles, settings,
    # the one digest (find, savepoint, insert, end), savepoint end
    with django_assert_num_queries(15):
        flags.raise_due(at=offices.moment("2026-03-23", "00:05"))
