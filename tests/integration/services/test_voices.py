"""Ratings, suggestions to publish, proof of payment, acknowledgement: kept beside or in the case."""

from datetime import date

import pytest

from requests_app.domain.access import APPLICANT
from requests_app.domain.errors import Refused
from requests_app.domain.papers import PaperKind
from requests_app.domain.voices import SuggestionDecision
from requests_app.models import Event, PublicationSuggestion, Rating
from requests_app.services import (
    archives,
    deliveries,
    fees,
    letters,
    ratings,
    suggestions,
)
from tests import factories
from tests.factories import paper
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def answered(desk):
    case = desk.file("2026-03-02")
    letter = desk.answer(case, "2026-03-10")
    desk.fetch(letter, "2026-03-11")
    return case


def rate(case, score=5, words="", on="2026-03-12"):
    return ratings.give(case.pk, score=score, words=words, actor=APPLICANT, at=moment(on))


def entries(case):
    return Event.objects.filter(case=case).count()


def codes(call, *args, **kwargs):
    with pytest.raises(Refused) as error:
        call(*args, **kwargs)
    return [reason.code for reason in error.value.reasons]


def test_a_rating_is_given_once_and_changed_in_place(answered):
    before = entries(answered)
    rate(answered, 4)
    rate(answered, 2, " 慢 ", on="2026-03-13")

    row = Rating.objects.get()
    assert (row.score, row.words, row.changed_at) == (2, "慢", moment("2026-03-13"))
    assert entries(answered) == before  # no act in law


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_out_of_the_five_is_refused(answered, score):
    assert codes(rate, answered, score) == ["score"]


def test_words_too_long_are_refused_with_the_length(answered):
    assert codes(rate, answered, 3, "长" * 501) == ["words"]


def test_an_open_and_an_archived_case_are_not_rated(desk, answered):
    running = desk.file("2026-03-02")
    assert codes(rate, running) == ["status"]

    letters.render_due(at=moment("2026-03-12"))  # its receipt
    archives.put_away(answered.pk, actor=desk.clerk, at=moment("2026-03-12"))

    assert codes(rate, answered) == ["closed"]


def suggest(case, text="请放到网站上"):
    return suggestions.make(case.pk, text=text, actor=APPLICANT, at=moment("2026-03-12"))


def decide(desk, case, decision=SuggestionDecision.PUBLISH, words="4月1日在门户网站公开", who=None):
    return suggestions.decide(
        case.pk, decision=decision, words=words, actor=who or desk.head, at=moment("2026-03-16")
    )


def test_a_suggestion_is_made_once_and_decided_once_with_reasons(desk, answered):
    suggest(answered)
    assert codes(suggest, answered) == ["suggested_already"]
    assert codes(decide, desk, answered, words=" ") == ["words"]

    decide(desk, answered)

    row = PublicationSuggestion.objects.get()
    assert (row.decision, row.decision_words, row.decided_by_id) == (
        "publish",
        "4月1日在门户网站公开",
        desk.head.staff_id,
    )
    assert codes(decide, desk, answered) == ["decided_already"]


def test_what_nobody_suggested_is_not_decided(desk, answered):
    assert codes(decide, desk, answered) == ["no_suggestion"]


def test_a_clerk_does_not_decide_it(desk, answered):
    suggest(answered)

    assert codes(decide, desk, answered, who=desk.clerk) == ["role"]


def test_an_empty_suggestion_is_asked_for(answered):
    assert codes(suggest, answered, " ") == ["text"]


@pytest.fixture
def billed(desk):
    case = desk.file("2026-03-02")
    desk.charge(case, "2026-03-04", served="2026-03-05")
    return case


def prove(case, *files, words="", on="2026-03-09"):
    return fees.prove_payment(case.pk, files=files, words=words, actor=APPLICANT, at=moment(on))


def test_proof_of_payment_is_kept_and_told_and_starts_no_clock(desk, billed):
    prove(billed, paper(PaperKind.PAYMENT, "回单.jpg"), words="3月9日缴")

    billed.refresh_from_db()
    note = Event.objects.filter(case=billed, entry="noted").get()
    assert (billed.status, billed.due_on) == ("awaiting_payment", None)
    assert (note.role, note.data) == (
        "applicant",
        {
            "text": "申请人提交了缴费凭证，请核对到账后登记缴费。申请人说明：3月9日缴",
            "payment_proof": 1,
        },
    )
    assert billed.attachments.get(kind="payment").name == "回单.jpg"

    desk.pay(billed, "2026-03-10")

    billed.refresh_from_db()
    assert billed.due_on == date(2026, 4, 8)


def test_proof_of_payment_without_a_file_is_refused(billed):
    assert codes(prove, billed) == ["files"]


def test_proof_of_payment_in_a_disguised_file_leaves_nothing_behind(billed):
    before = factories.private_files()

    assert codes(prove, billed, paper(PaperKind.PAYMENT, "回单.jpg", b"MZ not a picture")) == [
        "files"
    ]
    assert factories.private_files() == before
    assert not billed.events.filter(entry="noted").exists()


def test_proof_of_payment_where_nothing_is_owed_is_refused(desk):
    case = desk.file("2026-03-02")

    assert codes(prove, case, paper(PaperKind.PAYMENT)) == ["status"]


def test_an_acknowledged_letter_is_served_on_that_day_with_how(desk):
    case = desk.file("2026-03-02", **factories.BY_POST)
    letter = desk.post(desk.answer(case, "2026-03-10"), "2026-03-10")

    deliveries.acknowledge(letter.pk, case_id=case.pk, at=moment("2026-03-13"))
    deliveries.acknowledge(letter.pk, case_id=case.pk, at=moment("2026-03-16"))

    entry = case.events.get(entry="answer_delivered")
    assert (entry.on, entry.role, entry.data["proof"]) == (
        date(2026, 3, 13),
        "applicant",
        "申请人凭查询码在网上确认收到",
    )
    case.refresh_from_db()
    assert case.status == "delivered"


def test_a_letter_of_another_case_or_not_out_is_not_acknowledged(desk):
    one, two = desk.file("2026-03-02"), desk.file("2026-03-02")
    letter = desk.answer(one, "2026-03-10")
    draft = desk.draft_answer(two, "2026-03-10")

    for letter_id, case_id in ((letter.pk, two.pk), (draft.pk, two.pk)):
        assert codes(
            deliveries.acknowledge, letter_id, case_id=case_id, at=moment("2026-03-11")
        ) == ["no_such_letter"]
