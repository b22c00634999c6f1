"""Withdrawal, reopening after a decision, archiving."""

from datetime import date

import pytest

from requests_app.domain.access import APPLICANT
from requests_app.services import archives, closings, entries, extensions, letters
from tests import factories
from tests.factories import due, printed, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def withdraw(desk, case, on, actor=None, *, at="", reason="不需要了"):
    return closings.withdraw(
        case.pk,
        on=date.fromisoformat(on),
        reason=reason,
        actor=actor or desk.clerk,
        at=moment(at or on),
    )


def reopen(desk, case, on, at="", **period):
    return closings.reopen(
        case.pk,
        on=date.fromisoformat(on),
        decision="甘府复决〔2026〕3号",
        decided_on=date(2026, 2, 27),
        actor=desk.clerk,
        at=moment(at or on),
        **period,
    )


def archive(desk, case, on, actor=None):
    return archives.put_away(case.pk, actor=actor or desk.archivist, at=moment(on))


def test_a_withdrawal_is_confirmed_in_writing(desk, case):
    withdraw(desk, case, "2026-03-05", APPLICANT)
    letters.render_due(at=moment("2026-03-05"))
    letter = case.letters.get(kind="withdrawal")
    found = factories.stored(case)

    assert (found["status"], found["clock_state"], found["due_on"], found["outcome"]) == (
        "withdrawn",
        "withdrawn",
        None,
        "withdrawn",
    )
    assert (letter.status, letter.number) == ("dispatched", "金政办公开告〔2026〕1号")
    assert "2026年3月5日" in printed(letter)
    assert letter.text["remedies"] == []


def test_a_withdrawal_voids_what_has_not_gone_out(desk, case):
    extension = extensions.request(
        case.pk, days=20, reason="核对", actor=desk.clerk, at=moment("2026-03-20")
    )
    letters.submit(extension.pk, actor=desk.clerk, at=moment("2026-03-20"))
    letters.approve(extension.pk, actor=desk.head, at=moment("2026-03-20"))
    answer = desk.draft_answer(case, "2026-03-20")
    letters.submit(answer.pk, actor=desk.clerk, at=moment("2026-03-20"))

    withdraw(desk, case, "2026-03-23")

    assert list(case.letters.order_by("pk").values_list("kind", "status", "void_reason")) == [
        ("receipt", "signed", ""),
        ("extension", "void", "申请人撤回申请"),
        ("disclosed", "void", "申请人撤回申请"),
        ("withdrawal", "signed", ""),
    ]
    assert letters.render(extension.pk, at=moment("2026-03-23")) is False
    assert factories.stored(case)["clock_flags"] == []


def test_a_withdrawal_entered_by_mistake_is_taken_back_whole(desk, case):
    answer = desk.draft_answer(case, "2026-03-20")
    letters.submit(answer.pk, actor=desk.clerk, at=moment("2026-03-20"))
    event = withdraw(desk, case, "2026-03-23")

    entries.void(
        case.pk, seq=event.seq, reason="他人的来信", actor=desk.clerk, at=moment("2026-03-24")
    )

    found = factories.stored(case)
    assert (found["status"], found["due_on"], found["outcome"]) == (
        "handling",
        date(2026, 3, 30),
        "",
    )
    assert case.letters.get(kind="withdrawal").status == "void"
    assert desk.answer(case, "2026-03-25").status == "dispatched"


def test_a_closed_case_is_not_withdrawn(desk, case):
    desk.answer(case, "2026-03-10")

    assert refused(withdraw, desk, case, "2026-03-11") == ("closed",)
    assert refused(withdraw, desk, case, "2026-03-09", at="2026-03-11") == ("closed",)


def test_an_overdue_withdrawal_stays_on_record(desk, case):
    withdraw(desk, case, "2026-04-01")

    assert factories.stored(case)["clock_flags"] == ["overdue_before_withdrawal"]
    assert due(case) == "2026-03-30"


@pytest.mark.parametrize(
    ("period", "due_on", "allowance"),
    [
        ({}, "2026-07-17", 20),
        ({"days": 10}, "2026-07-03", 10),
        ({"until": date(2026, 7, 4)}, "2026-07-06", None),
    ],
)
def test_a_decision_opens_the_case_again(desk, case, period, due_on, allowance):
    # Served 06-18, 端午 06-19 off: twenty end on 07-17.
    desk.fetch(desk.answer(case, "2026-03-10"), "2026-03-10")

    reopen(desk, case, "2026-06-18", **period)

    found = factories.stored(case)
    assert (found["status"], due(case), found["allowance_working_days"], found["outcome"]) == (
        "handling",
        due_on,
        allowance,
        "",
    )
    assert found["closed_on"] is None


def test_an_archived_case_is_opened_again_too(desk, case):
    letters.render_due(at=moment("2026-03-02"))
    desk.fetch(desk.answer(case, "2026-03-10"), "2026-03-10")
    archive(desk, case, "2026-04-01")

    reopen(desk, case, "2026-03-31", at="2026-04-02", days=20)

    assert status(case) == "handling"


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ({"days": 10, "until": date(2026, 7, 4)}, "until"),
        ({"days": 0}, "days"),
        ({"days": 10**6}, "outside_calendar"),
        ({"until": date(2026, 6, 17)}, "until"),
        ({"until": date(9999, 12, 30)}, "outside_calendar"),
    ],
)
def test_a_period_that_cannot_be_is_refused(desk, case, period, code):
    desk.answer(case, "2026-03-10")

    assert refused(reopen, desk, case, "2026-06-18", **period) == (code,)
    assert status(case) == "answered"


def test_a_decision_before_the_answer_it_is_about_is_refused(desk, case):
    desk.answer(case, "2026-03-10")

    assert refused(reopen, desk, case, "2026-03-09", at="2026-06-18") == ("day_out_of_order",)
    assert status(case) == "answered"


def test_an_open_case_is_not_opened_again(desk, case):
    assert refused(reopen, desk, case, "2026-03-09") == ("status",)


def test_a_reopened_case_is_answered_once_more(desk, case):
    desk.answer(case, "2026-03-10")
    reopen(desk, case, "2026-06-18", days=10)

    second = desk.answer(case, "2026-06-22")

    assert (second.number, status(case)) == ("金政办公开告〔2026〕2号", "answered")
    assert [row[2] for row in factories.ledger_of(case)].count("replied") == 2


def test_a_finished_case_is_archived(desk, case):
    letters.render_due(at=moment("2026-03-02"))
    desk.fetch(desk.answer(case, "2026-03-10"), "2026-03-10")

    archive(desk, case, "2026-03-12")

    assert status(case) == "archived"
    assert factories.stored(case)["closed_on"] == date(2026, 3, 10)
    assert refused(archive, desk, case, "2026-03-12") == ("status",)


def test_a_case_with_a_letter_waiting_is_not_archived(desk, case):
    letters.render_due(at=moment("2026-03-02"))
    withdraw(desk, case, "2026-03-05")
    waiting = refused(archive, desk, case, "2026-03-06")
    letters.render_due(at=moment("2026-03-06"))

    archive(desk, case, "2026-03-06", desk.clerk)

    assert (waiting, status(case)) == (("letters_waiting",), "archived")


def test_an_answer_not_yet_arrived_is_not_archived(desk, case):
    desk.answer(case, "2026-03-10")

    assert refused(archive, desk, case, "2026-03-12") == ("status",)
    assert refused(archive, desk, case, "2026-03-12", desk.handler) == ("no_such_case",)
