"""Write to the ledger: append an entry, void one, keep a note. Nothing here is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max, Window

from requests_app.domain import clock, ledger
from requests_app.domain.access import Act, Actor, Role
from requests_app.domain.errors import Refused
from requests_app.domain.inquiries import INQUIRY
from requests_app.domain.ledger import ENTRY_LABELS, Entry, LedgerEntry
from requests_app.models import Case, Event, Letter
from requests_app.selectors import facts, integrity
from requests_app.services import case_file, undoing
from requests_app.services.case_file import OpenCase

_ART_31: Final = "《政府信息公开条例》第三十一条"

#: Entries that make no sense once the first of the pair is gone.
_DEPENDENTS: Final[Mapping[Entry, frozenset[Entry]]] = {
    Entry.CORRECTION_REQUESTED: frozenset({Entry.CORRECTION_DELIVERED, Entry.CORRECTED}),
    Entry.CONSULT_SENT: frozenset({Entry.CONSULT_DELIVERED, Entry.CONSULT_REPLIED}),
    Entry.FEE_NOTICE: frozenset(
        {
            Entry.FEE_NOTICE_DELIVERED,
            Entry.PAID,
            Entry.FEE_RECEIVED,
            Entry.FEE_REFUNDED,
        }
    ),
    Entry.PAID: frozenset({Entry.FEE_REFUNDED}),
    Entry.FEE_RECEIVED: frozenset({Entry.PAID, Entry.FEE_REFUNDED}),
    Entry.REASONS_ASKED: frozenset({Entry.REASONS_GIVEN, Entry.DELAYED}),
    Entry.REPLIED: frozenset({Entry.ANSWER_DELIVERED, Entry.REOPENED, Entry.ARCHIVED}),
    Entry.WITHDRAWN: frozenset({Entry.REOPENED, Entry.ARCHIVED}),
    Entry.MERGED: frozenset({Entry.REOPENED}),
    Entry.LAPSED: frozenset({Entry.REOPENED, Entry.ARCHIVED}),
    Entry.BODY_CHANGED: frozenset({Entry.BODY_CHANGED}),
}

#: What a letter's own life enters is undone by that letter's own acts: returned, or voided.
MADE_BY_A_LETTER: Final = frozenset({
    Entry.ANSWER_SUBMITTED, Entry.ANSWER_RETURNED, Entry.ANSWER_SIGNED, Entry.EXTENDED,
    Entry.LETTER_ISSUED, Entry.LETTER_VOIDED, Entry.FEE_WITHDRAWN,
})  # fmt: skip


#: What stands in the ledger because the head signed or returned a letter.
_SIGNATURES: Final = frozenset({Entry.EXTENDED, Entry.ANSWER_SIGNED, Entry.ANSWER_RETURNED})


@dataclass(frozen=True)
class VoidPreview:
    """What voiding an entry would do: the dates before and after, and what depends on it."""

    entry: LedgerEntry
    before: clock.Timeline
    after: clock.Timeline
    dependents: tuple[LedgerEntry, ...]


def append(
    case: Case,
    *,
    entry: Entry,
    on: date,
    actor: Actor,
    at: datetime,
    ref: str = "",
    data: Mapping[str, Any] | None = None,
    letter: Letter | None = None,
    voids: int | None = None,
) -> Event:
    """Append one entry to a locked case's ledger. The caller refreshes the projection.

    Refuses a day so early that the entry would stand in the ledger without moving the case.
    """
    ledger_so_far = case.events.annotate(latest=Window(Max("on"))).order_by("-seq")
    last = ledger_so_far.values("seq", "chain", "latest").first()
    seq = last["seq"] + 1 if last else 1
    if last is not None and on < last["latest"]:
        _refuse_lost(case, LedgerEntry(entry, on, seq, ref=ref, data=data or {}, voids=voids))
    event = Event(
        case=case,
        seq=seq,
        entry=entry.value,
        on=on,
        ref=ref,
        data=dict(data or {}),
        letter=letter,
        voids=voids,
        recorded_at=at,
        recorded_by_id=actor.staff_id,
        role=_role(actor, entry=entry).value,
    )
    event.chain = integrity.link_of(event, previous=last["chain"] if last else "")
    case_file.refuse_too_long(event)
    event.save()
    return event


def _refuse_lost(case: Case, new: LedgerEntry) -> None:
    if ledger.is_lost(facts.entries(case), new):
        sentence = f"“{ENTRY_LABELS[new.entry]}”的日期{new.on}早于它所针对的事项，请核对日期。"
        raise Refused.because("day_out_of_order", sentence)


def note(case_id: int, *, text: str, actor: Actor, at: datetime) -> Event:
    """Keep a remark in the ledger; it moves nothing."""
    with case_file.opened(case_id, act=Act.NOTE, actor=actor, at=at) as file:
        kept = case_file.require_text(text, code="text", sentence="请写备注内容。")
        return append(
            file.case, entry=Entry.NOTED, on=file.today, actor=actor, at=at, data={"text": kept}
        )


def void(
    case_id: int,
    *,
    seq: int,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Event:
    """Void one entry with a reason; the entry stays readable and stops counting.

    What it wrote beside the ledger is put back. Refuses the receipt (see ``receipts``),
    entries already voided, what a letter's own life entered, and entries on which later ones
    depend: those are voided first, so that nobody loses sight of them.
    """
    with case_file.opened(
        case_id, act=Act.VOID_EVENT, actor=actor, at=at, seen_version=seen_version
    ) as file:
        kept = case_file.require_text(reason, code="reason", sentence="作废必须写明理由。")
        all_entries = facts.entries(file.case)
        target = _voidable(all_entries, seq=seq)
        depending = dependents(all_entries, target=target)
        if depending:
            names = "、".join(f"{each.on}{ENTRY_LABELS[each.entry]}" for each in depending)
            raise Refused.because("depended_on", f"以下事项以它为前提，请先作废：{names}。")
        event = void_entry(file, seq=seq, reason=kept)
        undoing.put_back(file.case, target, entries=facts.entries(file.case), at=at)
        return event


def void_of_letter(file: OpenCase, *, letter: Letter, entry: Entry, reason: str) -> None:
    """Void the standing ``entry`` that a letter made, because the letter itself is voided."""
    for each in ledger.standing(facts.entries(file.case)):
        if each.entry is entry and each.letter == letter.pk:
            void_entry(file, seq=each.seq, reason=reason)


def void_entry(file: OpenCase, *, seq: int, reason: str) -> Event:
    """Append the entry that voids another; the caller has judged that it may."""
    return append(
        file.case,
        entry=Entry.VOIDED,
        on=file.today,
        actor=file.actor,
        at=file.at,
        voids=seq,
        data={"reason": reason},
    )


def preview_void(case_id: int, *, seq: int, today: date) -> VoidPreview:
    """Show what voiding would change, without writing."""
    case = Case.objects.get(pk=case_id)
    all_entries = facts.entries(case)
    target = _voidable(all_entries, seq=seq)
    without = tuple(each for each in all_entries if each.seq != seq)
    return VoidPreview(
        entry=target,
        before=facts.timeline_of(all_entries, today=today),
        after=facts.timeline_of(without, today=today),
        dependents=dependents(all_entries, target=target),
    )


def dependents(entries: tuple[LedgerEntry, ...], *, target: LedgerEntry) -> tuple[LedgerEntry, ...]:
    """Return the standing entries that rest on ``target``."""
    depending = _DEPENDENTS.get(target.entry, frozenset())
    return tuple(
        each
        for each in ledger.standing(entries)
        if each.seq > target.seq
        and (
            (each.entry in depending and each.ref == target.ref)
            or _is_its_arrival(each, target=target)
            or _is_a_later_step(each, target=target)
        )
    )


def _is_its_arrival(entry: LedgerEntry, *, target: LedgerEntry) -> bool:
    """Tell whether ``entry`` is the arrival of the letter whose dispatch is ``target``."""
    return (
        target.entry in undoing.DISPATCHES
        and entry.entry in undoing.ARRIVALS
        and target.letter is not None
        and entry.letter == target.letter
    )


def _is_a_later_step(entry: LedgerEntry, *, target: LedgerEntry) -> bool:
    """Tell whether ``entry`` is a later step of the review or inquiry of which ``target`` is one."""
    return any(
        key in target.data and target.data[key] == entry.data.get(key)
        for key in ("review", INQUIRY)
    )


def _voidable(entries: tuple[LedgerEntry, ...], *, seq: int) -> LedgerEntry:
    standing = {each.seq: each for each in ledger.standing(entries)}
    if seq not in standing:
        raise Refused.because("not_standing", "没有这个事项，或者它已经作废。")
    target = standing[seq]
    if target.entry is Entry.RECEIVED:
        sentence = "收到日期是期限的起点，不能只作废，请用“更正收到日期”。"
        raise Refused.because("only_receipt", sentence, _ART_31)
    if target.entry in MADE_BY_A_LETTER:
        sentence = "这一条由文书的签批产生，不单独作废；请退回或者作废那份文书。"
        raise Refused.because("made_by_letter", sentence)
    return target


def _role(actor: Actor, *, entry: Entry) -> Role:
    """Return the role an entry is recorded under: the head's for what only a head may do."""
    if entry in _SIGNATURES and Role.HEAD in actor.roles:
        return Role.HEAD
    return next(role for role in Role if role in actor.roles)
