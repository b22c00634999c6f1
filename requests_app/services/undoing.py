"""Put back what a voided entry had written beside the ledger.

Dates and status follow from the ledger by themselves. A position, a payment, a dispatch, a department
stand in rows of their own, and would contradict a ledger that no longer counts them. Which entry may
be voided is judged in ``entries``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from requests_app.domain import ledger
from requests_app.domain.access import Act
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.case_links import LinkKind
from requests_app.domain.inquiries import INQUIRY, STEP, InquiryStep
from requests_app.domain.ledger import Entry, LedgerEntry
from requests_app.models import (
    Case,
    CaseLink,
    Consultation,
    Delivery,
    Fee,
    FeeMovement,
    Inquiry,
    IssuingBody,
    Letter,
    Review,
)

#: What a letter's dispatch may enter, and what its arrival may.
DISPATCHES: Final = frozenset({
    Entry.CORRECTION_REQUESTED, Entry.CONSULT_SENT, Entry.EXTENSION_NOTIFIED, Entry.FEE_NOTICE,
    Entry.REASONS_ASKED, Entry.DELAYED, Entry.REPLIED, Entry.LAPSED, Entry.LETTER_DISPATCHED,
})  # fmt: skip
ARRIVALS: Final = frozenset({
    Entry.CORRECTION_DELIVERED, Entry.CONSULT_DELIVERED, Entry.EXTENSION_DELIVERED,
    Entry.FEE_NOTICE_DELIVERED, Entry.ANSWER_DELIVERED, Entry.LETTER_DELIVERED,
})  # fmt: skip


def put_back(
    case: Case, target: LedgerEntry, *, entries: tuple[LedgerEntry, ...], at: datetime
) -> None:
    """Put back what ``target`` wrote on a locked case; ``entries`` is the ledger without it."""
    if "review" in target.data:
        _take_back_review(target, at=at)
    elif INQUIRY in target.data:
        _take_back_inquiry(target, at=at)
    elif target.entry in DISPATCHES:
        _take_back_dispatch(target)
    elif target.entry in ARRIVALS:
        _take_back_arrival(target)
    elif target.entry in _OTHERS:
        _OTHERS[target.entry](case, target, entries)


def _take_back_dispatch(target: LedgerEntry) -> None:
    """Let the letter wait for its dispatch again; how it had gone out stays in the voided entry."""
    if target.letter is None:
        return
    Delivery.objects.filter(letter_id=target.letter).delete()
    Letter.objects.filter(pk=target.letter).update(status=LetterStatus.ISSUED.value)


def _take_back_arrival(target: LedgerEntry) -> None:
    if target.letter is None:
        return
    Delivery.objects.filter(letter_id=target.letter).update(
        delivered_on=None, delivered_proof="", received_by=""
    )
    Letter.objects.filter(pk=target.letter).update(status=LetterStatus.DISPATCHED.value)


def _take_back_review(target: LedgerEntry, *, at: datetime) -> None:
    """Undo one step of a review, and what rested on it."""
    row = Review.objects.get(pk=target.data["review"])
    step = target.data["step"]
    if step == "asked":
        row.cancelled_at = at
    if step in {"asked", "given"}:
        row.verdict = row.reasons = row.digest = ""
        row.given_by, row.given_at = None, None
    row.answer, row.answered_by, row.answered_at = "", None, None
    row.save()


def _take_back_inquiry(target: LedgerEntry, *, at: datetime) -> None:
    """Undo one step of an inquiry; the asking taken back, the department sees the case no more."""
    row = Inquiry.objects.get(pk=target.data[INQUIRY])
    match InquiryStep(target.data[STEP]):
        case InquiryStep.ASKED:
            row.cancelled_at = at
        case InquiryStep.SIGNED:
            row.signed_by, row.signed_at = None, None
        case InquiryStep.REPLIED:
            row.reply, row.replied_by, row.replied_at = "", None, None
        case InquiryStep.RETURNED:
            row.returned_reason, row.returned_by, row.returned_at = "", None, None
    row.save()


def _take_back_position(
    _case: Case, target: LedgerEntry, _entries: tuple[LedgerEntry, ...]
) -> None:
    if "position" in target.data:
        Consultation.objects.filter(pk=int(target.ref)).update(position="", position_reason="")


def _take_back_payment(case: Case, target: LedgerEntry, _entries: tuple[LedgerEntry, ...]) -> None:
    Fee.objects.filter(case=case, paid_on=target.on, bill_number=target.data["bill_number"]).update(
        paid_on=None, bill_number=""
    )
    _take_back_money(case, target, _entries)


def _take_back_money(case: Case, target: LedgerEntry, _entries: tuple[LedgerEntry, ...]) -> None:
    FeeMovement.objects.filter(fee__case=case, seq=target.seq).update(voided=True)


def _take_back_withdrawal(
    case: Case, _target: LedgerEntry, _entries: tuple[LedgerEntry, ...]
) -> None:
    """Void the confirmation, unless the applicant has it already."""
    case.letters.filter(
        act=Act.WITHDRAW.value,
        status__in=[LetterStatus.SIGNED.value, LetterStatus.ISSUED.value],
    ).update(status=LetterStatus.VOID.value, void_reason="撤回登记已作废")


def _take_back_department(
    case: Case, _target: LedgerEntry, entries: tuple[LedgerEntry, ...]
) -> None:
    before = ledger.last(entries, Entry.ASSIGNED, Entry.SENT_BACK)
    case.department_id = before.data.get("department_id") if before else None


def _take_back_merger(case: Case, _target: LedgerEntry, _entries: tuple[LedgerEntry, ...]) -> None:
    CaseLink.objects.filter(case=case, kind=LinkKind.MERGED_INTO.value).delete()


def _take_back_body(case: Case, target: LedgerEntry, _entries: tuple[LedgerEntry, ...]) -> None:
    """Put body and number back; the number drawn in between still finds the case."""
    case.body = IssuingBody.objects.get(code=target.data["from"])
    case.former_number, case.number = case.number, target.data["former"]


_OTHERS: Final[Mapping[Entry, Callable[[Case, LedgerEntry, tuple[LedgerEntry, ...]], None]]] = {
    Entry.CONSULT_REPLIED: _take_back_position,
    Entry.NOTED: _take_back_position,
    Entry.PAID: _take_back_payment,
    Entry.FEE_RECEIVED: _take_back_money,
    Entry.FEE_REFUNDED: _take_back_money,
    Entry.WITHDRAWN: _take_back_withdrawal,
    Entry.ASSIGNED: _take_back_department,
    Entry.SENT_BACK: _take_back_department,
    Entry.BODY_CHANGED: _take_back_body,
    Entry.MERGED: _take_back_merger,
}
