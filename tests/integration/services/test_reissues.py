"""A letter signed by mistake is voided and issued anew: numbers, ledger, dates, both stay readable."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.consultations import Position
from requests_app.models import Delivery, Fee, Letter, NumberSeries
from requests_app.selectors import facts
from requests_app.services import (
    archives,
    consultations,
    corrections,
    deliveries,
    letters,
    reissues,
)
from tests import factories
from tests.factories import due, ledger_of, printed, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def reissue(desk, letter, on, *, reason="附件放错了", actor=None):
    return reissues.reissue(letter.pk, reason=reason, actor=actor or desk.clerk, at=moment(on))


def fresh(letter):
    return Letter.objects.get(pk=letter.pk)


def test_an_answer_that_went_out_is_voided_and_answered_anew(desk, case):
    old = desk.answer(case, "2026-03-10")
    desk.fetch(old, "2026-03-11")
    before = fresh(old)

    new = reissue(desk, old, "2026-03-12")

    voided = fresh(old)
    assert (before.status, voided.status, voided.void_reason) == ("delivered", "void", "附件放错了")
    assert (voided.number, voided.text, voided.path, voided.sha256) == (
        before.number, before.text, before.path, before.sha256,
    )  # fmt: skip
    assert Delivery.objects.get(letter=old).delivered_on == date(2026, 3, 11)
    assert (new.status, new.number, new.replaces, new.fields, new.outcome) == (
        "draft", "", old, factories.DISCLOSED, "disclosed",
    )  # fmt: skip
    assert (status(case), due(case)) == ("handling", "2026-03-30")

    signed = desk.issue(new, "2026-03-13")

    assert (old.number, signed.number) == ("金政办公开告〔2026〕1号", "金政办公开告〔2026〕2号")
    assert printed(signed).count("文号为金政办公开告〔2026〕1号的文书已经作废，以本文书为准。") == 1
    assert status(case) == "answered"


def test_the_ledger_shows_the_voided_letter_and_the_new_one(desk, case):
    old = desk.answer(case, "2026-03-10")
    desk.fetch(old, "2026-03-11")
    seq = len(ledger_of(case))

    desk.issue(reissue(desk, old, "2026-03-12"), "2026-03-13")

    assert ledger_of(case)[seq:] == [
        (seq + 1, "2026-03-12", "voided", "clerk"),
        (seq + 2, "2026-03-12", "voided", "clerk"),
        (seq + 3, "2026-03-12", "answer_returned", "clerk"),
        (seq + 4, "2026-03-12", "letter_voided", "clerk"),
        (seq + 5, "2026-03-13", "answer_submitted", "clerk"),
        (seq + 6, "2026-03-13", "answer_signed", "head"),
        (seq + 7, "2026-03-13", "replied", "system"),
    ]
    voids = case.events.filter(entry="voided").order_by("seq")
    assert [(case.events.get(seq=each.voids).entry, each.data) for each in voids] == [
        ("answer_delivered", {"reason": "附件放错了"}),
        ("replied", {"reason": "附件放错了"}),
    ]


def test_an_extension_voided_takes_its_days_back_and_gives_them_again(desk, case):
    old = desk.extend(case, "2026-03-10", days=10)
    extended = due(case)

    new = reissue(desk, old, "2026-03-11", reason="天数写错")
    between = due(case)
    letters.revise(new.pk, fields={"days": "15"}, actor=desk.clerk, at=moment("2026-03-11"))
    desk.issue(new, "2026-03-11")

    # By hand: 03-30 + 10 working days over Qingming (04-06 off): 04-14; + 15: 04-21.
    assert (extended, between, due(case)) == ("2026-04-14", "2026-03-30", "2026-04-21")
    assert (fresh(old).status, fresh(new).status) == ("void", "dispatched")


def test_a_correction_notice_voided_lets_the_clock_run_on(desk, case):
    old = desk.ask_correction(case, "2026-03-04", served="2026-03-05")
    waiting = status(case)

    new = reissue(desk, old, "2026-03-06", reason="漏写一项")
    between = (status(case), due(case))
    desk.issue(new, "2026-03-06")

    assert (waiting, between) == ("awaiting_correction", ("received", "2026-03-30"))
    assert status(case) == "awaiting_correction"


def test_a_correction_notice_reissued_after_the_seventh_day_carries_its_reason(desk, case):
    old = desk.ask_correction(case, "2026-03-04", served="2026-03-05")

    new = reissue(desk, old, "2026-03-16", reason="漏写一项")

    assert new.override_reason == "漏写一项"
    assert desk.issue(new, "2026-03-16").status == "dispatched"


def test_a_fee_notice_voided_takes_its_bill_along(desk, case):
    old = desk.charge(case, "2026-03-10", served="2026-03-11")

    new = reissue(desk, old, "2026-03-12")
    desk.issue(new, "2026-03-12")
    desk.pay(case, "2026-03-13")

    fees = Fee.objects.order_by("pk").values_list("letter", "amount_fen", "paid_on")
    assert list(fees) == [(old.pk, 10_000, None), (new.pk, 10_000, date(2026, 3, 13))]


def test_a_consultation_asked_anew_pauses_from_its_own_dispatch(desk, case):
    consultation = desk.consult(case, "2026-03-05", served="2026-03-06")
    old = consultation.letters.get(act="consult")

    new = reissue(desk, old, "2026-03-09", reason="地址写错")
    between = facts.timeline(case, today=date(2026, 3, 9)).state.value
    desk.post(desk.issue(new, "2026-03-09"), "2026-03-09")

    assert between == "running"
    assert facts.timeline(case, today=date(2026, 3, 9)).state.value == "paused"
    assert new.consultation == consultation


def test_a_receipt_is_issued_again_at_once_and_keeps_the_code_out_of_the_row(desk, case):
    old = case.letters.get()
    letters.render(old.pk, at=moment("2026-03-02"))

    new = reissue(desk, old, "2026-03-04", reason="姓名打错")

    assert (new.status, new.number, fresh(old).status) == (
        "signed", "金政办公开受〔2026〕2号", "void",
    )  # fmt: skip
    assert factories.code_of(case) not in str(new.text)
    assert "文号为金政办公开受〔2026〕1号的文书已经作废" in printed(new)


def test_a_letter_that_waits_for_its_file_is_reissued_and_never_made(desk, case):
    draft = corrections.request(
        case.pk, fields=factories.CORRECTION, actor=desk.clerk, at=moment("2026-03-04")
    )
    old = letters.submit(draft.pk, actor=desk.clerk, at=moment("2026-03-04"))

    reissue(desk, old, "2026-03-04")

    assert letters.render(old.pk, at=moment("2026-03-04")) is False
    assert fresh(old).path == ""


@pytest.mark.parametrize("state", ["draft", "pending", "void"])
def test_what_was_never_signed_or_is_void_is_not_reissued(desk, case, state):
    letter = desk.draft_answer(case, "2026-03-10")
    if state != "draft":
        letters.submit(letter.pk, actor=desk.clerk, at=moment("2026-03-10"))
    if state == "void":
        letters.discard(letter.pk, reason="不要了", actor=desk.clerk, at=moment("2026-03-10"))

    assert refused(reissue, desk, letter, "2026-03-10") == ("letter_status",)


def test_a_second_reissue_of_the_same_letter_is_refused(desk, case):
    old = desk.answer(case, "2026-03-10")
    reissue(desk, old, "2026-03-12")

    assert refused(reissue, desk, old, "2026-03-12") == ("letter_status",)
    assert Letter.objects.filter(replaces=old).count() == 1


def test_the_database_lets_a_letter_be_replaced_once(desk, case):
    old = desk.answer(case, "2026-03-10")
    reissue(desk, old, "2026-03-12")
    other = case.letters.get(kind="receipt")

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=other.pk).update(replaces=old)


def test_a_reissue_needs_a_reason(desk, case):
    old = desk.answer(case, "2026-03-10")

    assert refused(reissue, desk, old, "2026-03-12", reason=" ") == ("reason",)
    assert fresh(old).status == "dispatched"


@pytest.mark.parametrize("name", ["head", "reviewer", "supervisor", "administrator"])
def test_only_the_clerk_reissues(desk, case, name):
    old = desk.answer(case, "2026-03-10")

    codes = refused(reissue, desk, old, "2026-03-12", actor=getattr(desk, name))

    assert codes in {("role",), ("no_such_case",)}
    assert fresh(old).status == "dispatched"


def test_a_notice_that_was_acted_on_is_not_taken_away(desk, case):
    old = desk.ask_correction(case, "2026-03-04", served="2026-03-05")
    desk.correct(case, "2026-03-09")
    entries = ledger_of(case)

    assert refused(reissue, desk, old, "2026-03-10") == ("depended_on",)
    assert (fresh(old).status, ledger_of(case)) == ("delivered", entries)


def test_a_consultation_that_was_answered_is_not_taken_away(desk, case):
    consultation = desk.consult(case, "2026-03-05", served="2026-03-06")
    consultations.record_reply(
        consultation.pk, position=Position.AGREES, reason="", on=date(2026, 3, 10),
        actor=desk.clerk, at=moment("2026-03-10"),
    )  # fmt: skip

    assert refused(reissue, desk, consultation.letters.get(act="consult"), "2026-03-11") == (
        "depended_on",
    )


def test_an_extension_past_its_day_is_neither_voided_nor_reissued(desk, case):
    old = desk.extend(case, "2026-03-10", days=10)
    entries = ledger_of(case)

    with transaction.atomic():
        codes = refused(reissue, desk, old, "2026-03-31")

    assert codes == ("reissue", "extension_after_due")
    assert (fresh(old).status, due(case), ledger_of(case)) == ("dispatched", "2026-04-14", entries)


def test_an_answer_in_an_archived_case_stays(desk, case):
    old = desk.answer(case, "2026-03-10")
    desk.fetch(old, "2026-03-11")
    letters.render_due(at=moment("2026-03-11"))  # the receipt
    archives.put_away(case.pk, actor=desk.clerk, at=moment("2026-03-12"))

    assert refused(reissue, desk, old, "2026-03-13") == ("closed",)


def test_an_answer_replaced_after_the_due_day_is_late_and_says_nothing_else(desk, case):
    old = desk.answer(case, "2026-03-10")

    reissue(desk, old, "2026-04-01")

    line = facts.timeline(case, today=date(2026, 4, 1))
    assert (line.state.value, line.due) == ("overdue", date(2026, 3, 30))


def test_a_voided_letter_is_not_fetched_and_its_proof_is_not_entered(desk, case):
    old = desk.answer(case, "2026-03-10")
    reissue(desk, old, "2026-03-12")

    assert refused(deliveries.fetch, old.pk, case_id=case.pk, at=moment("2026-03-13")) == (
        "no_such_letter",
    )


def test_no_number_is_lost_when_signing_breaks_off(desk, case, monkeypatch):
    from requests_app.services import entries

    old = desk.answer(case, "2026-03-10")
    new = reissue(desk, old, "2026-03-12")
    letters.submit(new.pk, actor=desk.clerk, at=moment("2026-03-12"))
    append = entries.append

    def crash(*_args, **_kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(entries, "append", crash)
    with pytest.raises(RuntimeError, match="power cut"), transaction.atomic():
        letters.approve(new.pk, actor=desk.head, at=moment("2026-03-12"))
    monkeypatch.setattr(entries, "append", append)

    assert (fresh(new).status, fresh(new).number) == (LetterStatus.PENDING, "")
    assert NumberSeries.objects.get(series="answer").last == 1
    signed = letters.approve(new.pk, actor=desk.head, at=moment("2026-03-12"))
    assert signed.number == "金政办公开告〔2026〕2号"


def test_the_ledger_names_the_voided_letter_by_kind_number_and_reason(desk, case):
    old = desk.answer(case, "2026-03-10")
    reissue(desk, old, "2026-03-12")

    entry = case.events.get(entry="letter_voided")

    assert (entry.letter, entry.data) == (
        old,
        {"kind": "disclosed", "number": "金政办公开告〔2026〕1号", "reason": "附件放错了"},
    )
