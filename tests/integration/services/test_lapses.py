"""视为放弃: proposed by the clock, confirmed by a person, told to the applicant."""

from datetime import date

import pytest

from requests_app.domain.access import APPLICANT
from requests_app.services import corrections, lapse_watch, lapses, letters
from requests_app.services.tally import Tally
from tests import factories
from tests.factories import due, printed, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


def confirm(desk, case, on, judgement="电话联系，未说明理由", actor=None):
    return lapses.confirm(case.pk, judgement=judgement, actor=actor or desk.clerk, at=moment(on))


@pytest.fixture
def uncorrected(desk):
    """Notice sent 03-10, served 03-12: the applicant has until 03-26."""
    case = desk.file("2026-03-02")
    desk.ask_correction(case, "2026-03-10", served="2026-03-12")
    return case


@pytest.fixture
def unpaid(desk):
    """Notice served 05-20: the applicant has until 06-17."""
    case = desk.file("2026-05-08")
    desk.charge(case, "2026-05-20", served="2026-05-20")
    return case


def test_a_lapse_is_proposed_the_day_after_and_once(desk, uncorrected):
    on_the_last_day = lapses.propose(uncorrected.pk, at=moment("2026-03-26"))
    day_after = lapses.propose(uncorrected.pk, at=moment("2026-03-27"))
    again = lapses.propose(uncorrected.pk, at=moment("2026-03-30"))

    assert (on_the_last_day, day_after, again) == (False, True, False)
    assert status(uncorrected) == "lapse_proposed"
    assert factories.ledger_of(uncorrected)[-1] == (5, "2026-03-27", "lapse_proposed", "system")
    assert uncorrected.events.last().data == {
        "last": "2026-03-26",
        "waiting": "awaiting_correction",
    }


def test_the_watch_proposes_what_is_due_and_nothing_else(desk, uncorrected):
    desk.file("2026-03-02")

    assert lapse_watch.propose_due(at=moment("2026-03-26")) == Tally(0, 0, 0)
    assert lapse_watch.propose_due(at=moment("2026-03-27")) == Tally(1, 1, 0)
    assert lapse_watch.propose_due(at=moment("2026-03-27")) == Tally(0, 0, 0)


def test_an_uncorrected_application_lapses_when_the_letter_goes_out(desk, uncorrected):
    letter = desk.lapse(uncorrected, "2026-03-30")
    found = factories.stored(uncorrected)

    assert (letter.kind, letter.status) == ("lapse_correction", "dispatched")
    assert (found["status"], found["outcome"], found["closed_on"].isoformat()) == (
        "lapsed",
        "lapsed_correction",
        "2026-03-30",
    )
    text = printed(letter)
    assert "金政办公开补〔2026〕1号" in text
    assert "2026年3月12日" in text
    assert "2026年3月26日" in text
    assert "电话联系" not in text
    assert letter.override_reason == "电话联系，未说明理由"
    assert uncorrected.messages.filter(letter=letter).get().key.startswith("notice:")


def test_an_unpaid_application_lapses_by_the_fee_measure(desk, unpaid):
    lapses.propose(unpaid.pk, at=moment("2026-06-18"))

    letter = desk.lapse(unpaid, "2026-06-18")

    assert (letter.kind, factories.stored(unpaid)["outcome"]) == ("lapse_fee", "lapsed_fee")
    text = printed(letter)
    assert "金政办公开费〔2026〕1号" in text
    assert "2026年5月20日" in text
    assert "2026年6月17日" in text


def test_after_a_payment_an_uncorrected_application_lapses_as_uncorrected(desk):
    case = desk.file("2026-05-08")
    desk.charge(case, "2026-05-11", served="2026-05-11")
    desk.pay(case, "2026-05-12")
    draft = corrections.request(
        case.pk,
        fields=factories.CORRECTION,
        override_reason="缴费后发现内容不明确",
        actor=desk.clerk,
        at=moment("2026-05-20"),
    )
    desk.fetch(desk.issue(draft, "2026-05-20"), "2026-05-20")
    # Ten working days from 05-20: 05-21..05-22=2, 05-25..05-29=7, 06-01..06-03=10
    lapses.propose(case.pk, at=moment("2026-06-04"))

    letter = desk.lapse(case, "2026-06-04")

    assert case.events.get(entry="lapse_proposed").data["last"] == "2026-06-03"
    assert (letter.kind, factories.stored(case)["outcome"]) == (
        "lapse_correction",
        "lapsed_correction",
    )
    assert "2026年6月3日" in printed(letter)


def test_a_lapse_before_its_day_is_refused(desk, uncorrected, unpaid):
    assert refused(confirm, desk, uncorrected, "2026-03-26") == ("not_lapsed",)
    assert refused(confirm, desk, unpaid, "2026-06-17") == ("not_lapsed",)


def test_a_lapse_of_a_notice_never_served_is_refused(desk):
    case = desk.file("2026-03-02", **factories.BY_POST)
    desk.post(desk.ask_correction(case, "2026-03-10"), "2026-03-10")

    assert refused(confirm, desk, case, "2026-04-30") == ("not_lapsed",)
    assert (status(case), due(case)) == ("awaiting_correction", "2026-03-30")


def test_a_lapse_without_a_judgement_or_by_the_wrong_person_is_refused(desk, uncorrected):
    assert refused(confirm, desk, uncorrected, "2026-03-27", " ") == ("judgement",)
    assert refused(confirm, desk, uncorrected, "2026-03-27", "判" * 301) == ("override_reason",)
    assert refused(confirm, desk, uncorrected, "2026-03-27", actor=desk.head) == ("role",)
    assert refused(confirm, desk, uncorrected, "2026-03-27", actor=APPLICANT) == ("role",)


def test_the_dates_of_a_lapse_cannot_be_typed_over(desk, uncorrected):
    letter = confirm(desk, uncorrected, "2026-03-30")

    assert refused(
        letters.revise,
        letter.pk,
        fields={"notice_served_on": "2026-03-01"},
        actor=desk.clerk,
        at=moment("2026-03-30"),
    ) == ("notice_served_on",)


def test_a_lapse_is_not_signed_once_the_applicant_has_answered(desk, uncorrected):
    letter = confirm(desk, uncorrected, "2026-03-27")
    letters.submit(letter.pk, actor=desk.clerk, at=moment("2026-03-27"))
    corrections.answer(
        uncorrected.pk,
        text="改造",
        on=date(2026, 3, 26),
        actor=desk.clerk,
        at=moment("2026-03-30"),
    )

    codes = refused(letters.approve, letter.pk, actor=desk.head, at=moment("2026-03-30"))

    assert codes == ("status",)
    assert status(uncorrected) == "handling"


def test_nothing_lapses_in_a_case_that_waits_for_nobody(desk):
    case = desk.file("2026-03-02")

    assert lapses.propose(case.pk, at=moment("2026-05-30")) is False
    assert refused(confirm, desk, case, "2026-05-30") == ("status",)
    assert lapses.propose(999_999, at=moment("2026-05-30")) is False
