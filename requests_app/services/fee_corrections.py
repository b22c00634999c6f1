"""Put a fee right: withdraw a notice charged in error, take in money too many, give money back.

A withdrawn notice is voided with all it entered: the period runs on as if it had not been. The money
that came in stays recorded, and has to be given back.
"""

from __future__ import annotations

from datetime import date, datetime

from requests_app.domain import fee_account, ledger
from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import FEE_MEASURE
from requests_app.domain.errors import Refused
from requests_app.domain.fee_account import Movement, MovementKind
from requests_app.domain.ledger import Entry, LedgerEntry
from requests_app.domain.letters import LetterKind
from requests_app.models import Event, Fee, Letter
from requests_app.selectors import facts
from requests_app.services import case_file, entries, fees, letters, signing
from requests_app.services.case_file import OpenCase


def withdraw(
    case_id: int,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Letter:
    """Withdraw a fee notice that went out in error, and tell the applicant by a letter.

    Voids its dispatch, its arrival and the payment's effect on the period, voids the letter, and
    returns the letter that tells so. Refuses without a reason and where no notice stands.
    """
    with case_file.opened(
        case_id, act=Act.WITHDRAW_FEE, actor=actor, at=at, seen_version=seen_version
    ) as file:
        kept = case_file.require_text(
            reason, code="reason", sentence="撤销收费通知必须写明原因。", citation=FEE_MEASURE
        )
        standing = ledger.standing(facts.entries(file.case))
        notice, letter = _notice(file, standing)
        for entry in reversed(ledger.fee_notice_effects(standing, notice=notice)):
            entries.void_entry(file, seq=entry.seq, reason=kept)
        letters.void(letter, file, reason=kept)
        fee = letter.fee
        fee.withdrawn_on, fee.withdrawn_reason = file.today, kept
        case_file.refuse_too_long(fee)
        fee.save(update_fields=["withdrawn_on", "withdrawn_reason"])
        held = _held(file, fee=fee)
        entries.append(
            file.case, entry=Entry.FEE_WITHDRAWN, on=file.today, actor=actor, at=at,
            data={"number": letter.number, "reason": kept, "refundable_fen": held},
        )  # fmt: skip
        return signing.issue_unasked(
            file.case,
            kind=LetterKind.FEE_WITHDRAWAL,
            act=Act.WITHDRAW_FEE,
            fields={
                "notice_number": letter.number,
                "reason": kept,
                "refund_words": _refund_words(held),
            },
            actor=actor,
            at=at,
        )


def record_extra(
    case_id: int,
    *,
    amount_fen: int,
    on: date,
    bill_number: str,
    note: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Event:
    """Record money that came in when none was owed: paid twice, or after the time had gone by.

    It moves no period and has to be given back.
    """
    with case_file.opened(
        case_id, act=Act.RECORD_EXTRA, actor=actor, at=at, seen_version=seen_version
    ) as file:
        case_file.check_day(on, case=file.case, today=file.today)
        movement = _movement(MovementKind.RECEIVED, on, amount_fen, bill_number, note)
        told = f"收到{fee_account.yuan(amount_fen)}元，不影响期限，应当退还"
        accounts = fees.accounts(file)
        if not accounts:
            raise Refused.because("no_fee", "本件没有发出过收费通知。", FEE_MEASURE)
        return fees.move(
            file,
            fee=accounts[-1].fee,
            movement=movement,
            entry=Entry.FEE_RECEIVED,
            told=told,
        )


def refund(
    case_id: int,
    *,
    amount_fen: int,
    on: date,
    bill_number: str,
    note: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Event:
    """Record money given back, with its bill; refuses more than is held beyond what is due."""
    with case_file.opened(
        case_id, act=Act.REFUND_FEE, actor=actor, at=at, seen_version=seen_version
    ) as file:
        case_file.check_day(on, case=file.case, today=file.today)
        movement = _movement(MovementKind.REFUNDED, on, amount_fen, bill_number, note)
        # Of several fees, each withdrawn but the last, the one that most has to be given back on.
        found = max(fees.accounts(file), key=lambda each: each.account.refundable_fen)
        fee_account.check_refund(amount_fen, account=found.account)
        left = found.account.refundable_fen - amount_fen
        told = f"退还{fee_account.yuan(amount_fen)}元"
        told += f"，还应退{fee_account.yuan(left)}元" if left else ""
        return fees.move(
            file, fee=found.fee, movement=movement, entry=Entry.FEE_REFUNDED, told=told
        )


def _movement(
    kind: MovementKind, on: date, amount_fen: int, bill_number: str, note: str
) -> Movement:
    fee_account.check_amount(amount_fen)
    kept = case_file.require_text(
        bill_number, code="bill_number", sentence="请填写票据号。", citation=FEE_MEASURE
    )
    said = case_file.require_text(note, code="note", sentence="请写明缘由和经手的情况。")
    return Movement(kind, on, amount_fen, kept, said)


def _notice(file: OpenCase, standing: tuple[LedgerEntry, ...]) -> tuple[LedgerEntry, Letter]:
    notices = [each for each in standing if each.entry is Entry.FEE_NOTICE]
    letters_out = file.case.letters.select_related("fee").filter(fee__isnull=False)
    for notice in reversed(notices):
        if letter := letters_out.filter(pk=notice.letter or 0).first():
            return notice, letter
    raise Refused.because("no_fee", "没有可以撤销的收费通知文书。", FEE_MEASURE)


def _held(file: OpenCase, *, fee: Fee) -> int:
    return next(each.account.held_fen for each in fees.accounts(file) if each.fee.pk == fee.pk)


def _refund_words(held_fen: int) -> str:
    if held_fen <= 0:
        return ""
    return f"已经收到的信息处理费{fee_account.yuan(held_fen)}元，本机关将全额退还，请与本机关联系办理。"
