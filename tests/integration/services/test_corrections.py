"""补正: once, in time or explained; answered in time, late, or twice (条例 30)."""

from datetime import date

import pytest

from requests_app.domain.access import APPLICANT
from requests_app.domain.papers import PaperKind
from requests_app.services import corrections, lapses, letters
from tests import factories
from tests.factories import CORRECTION, due, paper, private_files, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def ask(desk, case, on, **changes):
    given = {"fields": CORRECTION, "actor": desk.clerk, "at": moment(on)}
    return corrections.request(case.pk, **(given | changes))


def answer(desk, case, on, actor=None, **changes):
    given = {"text": "2025年宝晶里小区改造", "on": date.fromisoformat(on), "at": moment(on)}
    return corrections.answer(case.pk, actor=actor or desk.clerk, **(given | changes))


def test_a_correction_stops_the_period_and_a_new_one_follows(desk, case):
    # W5: sent 03-10, served 03-12, to 03-26; corrected 03-25 gives 04-23.
    desk.ask_correction(case, "2026-03-10")
    undelivered = (status(case), due(case))
    letter = case.letters.get(kind="correction")
    desk.fetch(letter, "2026-03-12")
    waiting = factories.stored(case)
    answer(desk, case, "2026-03-25")

    assert undelivered == ("awaiting_correction", "2026-03-30")
    assert (waiting["status"], waiting["clock_state"], waiting["due_on"]) == (
        "awaiting_correction",
        "awaiting_correction",
        None,
    )
    assert (waiting["correction_due_on"], waiting["next_due_on"]) == (
        date(2026, 3, 26),
        date(2026, 3, 26),
    )
    assert (status(case), due(case)) == ("handling", "2026-04-23")


def test_a_longer_time_on_the_notice_is_the_applicants(desk, case):
    letter = desk.issue(
        ask(desk, case, "2026-03-10", fields=CORRECTION | {"correction_days": "15"}), "2026-03-10"
    )
    desk.fetch(letter, "2026-03-12")

    # 03-13=1, 03-16..03-20=6, 03-23..03-27=11, 03-30..04-02=15
    assert factories.stored(case)["correction_due_on"] == date(2026, 4, 2)


@pytest.mark.parametrize("days", ["9", "1", "0", "-1", "十", "１０", "1e3", "10.5"])
def test_a_time_shorter_than_the_guides_or_no_number_is_refused(desk, case, days):
    fields = CORRECTION | {"correction_days": days}

    assert refused(ask, desk, case, "2026-03-10", fields=fields) == ("correction_days",)
    assert case.letters.filter(kind="correction").count() == 0


def test_a_time_beyond_the_calendar_is_refused(desk, case):
    fields = CORRECTION | {"correction_days": "99999999"}

    assert refused(ask, desk, case, "2026-03-10", fields=fields) == ("outside_calendar",)


def test_what_is_missing_is_listed(desk, case):
    assert refused(ask, desk, case, "2026-03-10", fields={"correction_days": "10"}) == (
        "missing_points",
        "missing_guidance",
    )
    assert refused(ask, desk, case, "2026-03-10", fields=CORRECTION | {"colour": "红"}) == (
        "colour",
    )


def test_the_seventh_day_is_in_time_and_the_eighth_wants_a_reason(desk, case):
    assert refused(ask, desk, case, "2026-03-12") == ("correction_late",)

    letter = ask(desk, case, "2026-03-12", override_reason="系统故障一天")

    assert letter.override_reason == "系统故障一天"
    desk.fetch(desk.issue(letter, "2026-03-12"), "2026-03-12")
    assert factories.stored(case)["clock_flags"] == ["correction_late"]


def test_a_draft_of_the_seventh_day_is_not_issued_on_the_eighth_without_a_reason(desk, case):
    draft = ask(desk, case, "2026-03-11")

    assert refused(letters.submit, draft.pk, actor=desk.clerk, at=moment("2026-03-12")) == (
        "correction_late",
    )
    assert not case.letters.filter(number__contains="补").exists()


def test_a_second_correction_is_refused(desk, case):
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")

    while_waiting = refused(ask, desk, case, "2026-03-05")
    desk.correct(case, "2026-03-06")

    assert while_waiting == ("correction_not_available",)
    assert refused(ask, desk, case, "2026-03-09") == ("correction_repeated",)


def test_a_second_draft_is_refused_while_the_first_lies_there(desk, case):
    ask(desk, case, "2026-03-04")

    assert refused(ask, desk, case, "2026-03-04") == ("letter_under_way",)


def test_a_correction_after_the_due_day_is_refused(desk, case):
    assert refused(ask, desk, case, "2026-03-31", override_reason="忘了") == (
        "correction_after_due",
    )


def test_an_answer_on_the_last_day_counts_and_may_be_entered_later(desk, case):
    desk.ask_correction(case, "2026-03-10", served="2026-03-12")
    lapses.propose(case.pk, at=moment("2026-03-27"))
    proposed = status(case)

    answer(desk, case, "2026-03-26", at=moment("2026-03-30"))

    # 03-27=1, 03-30..04-03=6, 04-07..04-10=10, 04-13..04-17=15, 04-20..04-24=20
    assert (proposed, status(case), due(case)) == ("lapse_proposed", "handling", "2026-04-24")


def test_a_late_answer_of_the_applicant_waits_for_the_offices_judgement(desk, case):
    desk.ask_correction(case, "2026-03-10", served="2026-03-12")

    without = refused(answer, desk, case, "2026-03-27", APPLICANT)
    answer(desk, case, "2026-03-27", APPLICANT, justified_reason="住院")

    assert without == ("justified_reason",)
    assert (status(case), factories.ledger_of(case)[-1]) == (
        "awaiting_correction",
        (5, "2026-03-27", "late_correction_offered", "applicant"),
    )
    assert factories.stored(case)["clock_state"] == "abandoned"


def test_a_late_answer_found_justified_begins_a_new_period(desk, case):
    desk.ask_correction(case, "2026-03-10", served="2026-03-12")

    without = refused(answer, desk, case, "2026-03-30")
    answer(desk, case, "2026-03-30", justified_reason="住院，有病历")

    assert without == ("justified_reason",)
    # 03-31..04-03=4, 04-07..04-10=8, 04-13..04-17=13, 04-20..04-24=18, 04-27..04-28=20
    assert (status(case), due(case)) == ("handling", "2026-04-28")
    assert factories.stored(case)["clock_flags"] == ["corrected_late_justified"]


def test_nothing_is_corrected_twice(desk, case):
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")
    desk.correct(case, "2026-03-06")

    assert refused(answer, desk, case, "2026-03-09") == ("status",)
    assert refused(answer, desk, case, "2026-03-09", APPLICANT) == ("status",)


def test_a_lapsed_payment_is_not_answered_by_a_correction(desk):
    case = desk.file("2026-05-08", **factories.BY_POST)
    desk.arrive(desk.post(desk.charge(case, "2026-05-20"), "2026-05-20"), "2026-05-20")
    lapses.propose(case.pk, at=moment("2026-06-18"))
    before = factories.stored(case)

    codes = refused(answer, desk, case, "2026-06-18", justified_reason="住院")

    assert (before["status"], codes) == ("lapse_proposed", ("correction_not_awaited",))
    assert factories.stored(case) == before


def test_a_correction_without_words_is_refused_and_its_paper_not_kept(desk, case):
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")
    before = private_files()

    files = (paper(PaperKind.CORRECTION, "补正.jpg"),)
    assert refused(answer, desk, case, "2026-03-05", text=" ", files=files) == ("text",)
    assert private_files() == before


def test_the_papers_of_a_correction_are_attached(desk, case):
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")

    answer(desk, case, "2026-03-05", files=(paper(PaperKind.CORRECTION, "补正.jpg"),))

    assert list(case.attachments.values_list("kind", "name")) == [
        ("identity", "身份证.jpg"),
        ("correction", "补正.jpg"),
    ]
