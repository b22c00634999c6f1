"""条例 35: ask for reasons, take them in, set a later day."""

from datetime import date

import pytest

from requests_app.domain.access import APPLICANT
from requests_app.domain.outcomes import OutcomeCode
from requests_app.services import letters, reasons
from tests import factories
from tests.factories import due, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

WHY = {"reason": "材料较多，需要逐件核对"}


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def give(desk, case, on, actor=None, *, text="用于研究", at=""):
    return reasons.give(
        case.pk,
        text=text,
        on=date.fromisoformat(on),
        actor=actor or desk.clerk,
        at=moment(at or on),
    )


def delay(desk, case, until, on="2026-03-12", **changes):
    given = {"fields": WHY, "actor": desk.clerk, "at": moment(on)}
    return reasons.delay(case.pk, until=date.fromisoformat(until), **(given | changes))


def test_asking_for_reasons_stops_no_clock(desk, case):
    letter = desk.ask_reasons(case, "2026-03-09")

    assert (status(case), due(case), letter.status) == (
        "awaiting_reasons",
        "2026-03-30",
        "dispatched",
    )
    give(desk, case, "2026-03-11", APPLICANT)
    assert (status(case), due(case)) == ("handling", "2026-03-30")


def test_reasonable_reasons_and_too_much_work_set_a_later_day(desk, case):
    desk.ask_reasons(case, "2026-03-09")
    give(desk, case, "2026-03-11")

    letter = desk.issue(delay(desk, case, "2026-05-18"), "2026-03-12")

    assert (due(case), status(case)) == ("2026-05-18", "handling")
    assert "2026年5月18日" in factories.printed(letter)
    assert letter.number == "金政办公开延〔2026〕1号"
    assert factories.ledger_of(case)[-1] == (5, "2026-03-12", "delayed", "system")


def test_reasons_are_asked_once(desk, case):
    desk.ask_reasons(case, "2026-03-09")
    give(desk, case, "2026-03-11")

    assert refused(desk.ask_reasons, case, "2026-03-12") == ("reasons_repeated",)


def test_a_delay_needs_reasons_and_a_later_day(desk, case):
    without = refused(delay, desk, case, "2026-05-18")
    desk.ask_reasons(case, "2026-03-09")
    give(desk, case, "2026-03-11")

    assert without == ("reasons_missing",)
    assert refused(delay, desk, case, "2026-03-30") == ("until",)
    assert refused(delay, desk, case, "2026-03-31", on="2026-03-31") == ("delay_after_due",)
    assert refused(delay, desk, case, "9999-12-30") == ("outside_calendar",)
    assert refused(delay, desk, case, "2026-05-16") == ("until",)  # a Saturday
    assert refused(delay, desk, case, "2026-05-18", fields={}) == ("missing_reason",)


def test_a_delay_while_the_due_date_is_hidden_still_lies_ahead(desk, case):
    desk.ask_reasons(case, "2026-03-09")
    give(desk, case, "2026-03-11")
    desk.consult(case, "2026-03-11")

    assert due(case) == ""
    assert refused(delay, desk, case, "2026-03-12") == ("until",)


def test_a_delay_is_not_revised_to_an_earlier_day(desk, case):
    desk.ask_reasons(case, "2026-03-09")
    give(desk, case, "2026-03-11")
    letter = delay(desk, case, "2026-05-15")

    def revise(until):
        letters.revise(
            letter.pk, fields={"until": until}, actor=desk.clerk, at=moment("2026-03-12")
        )

    assert refused(revise, "2026-03-20") == ("until",)
    assert refused(revise, "五月") == ("not_a_date",)


def test_reasons_without_words_or_before_the_question_are_refused(desk, case):
    desk.ask_reasons(case, "2026-03-09")

    assert refused(give, desk, case, "2026-03-10", text=" ") == ("text",)
    assert refused(give, desk, case, "2026-03-06", at="2026-03-10") == ("day_out_of_order",)
    assert status(case) == "awaiting_reasons"


def test_an_excessive_application_is_refused_only_after_asking(desk, case):
    fields = {"reasons_asked_on": "2026-03-09", "reason": "与自身无关，数量明显超过合理范围"}
    without = refused(
        desk.draft_answer, case, "2026-03-09", outcome=OutcomeCode.EXCESSIVE, fields=fields
    )
    desk.fetch(desk.ask_reasons(case, "2026-03-09"), "2026-03-10")

    def draft(on):
        return desk.draft_answer(case, on, outcome=OutcomeCode.EXCESSIVE, fields=fields)

    # Ten working days from 03-10: to 03-24.
    assert without == ("outcome",)
    assert refused(draft, "2026-03-24") == ("outcome",)
    assert draft("2026-03-25").kind == "excessive"
