"""Write to the ledger: append an entry, void one, keep a note. Nothing here is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max

from requests_app.domain import clock, ledger
from requests_app.domain.access import Act, Actor, Role
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import ENTRY_LABELS, Entry, LedgerEntry
from requests_app.models import Case, Event, Letter
from requests_app.selectors import facts
from requests_app.services import case_file

#: Entries that make no sense once the first of the pair is gone.
_DEPENDENTS: Final[Mapping[Entry, frozenset[Entry]]] = {
    Entry.CORRECTION_REQUESTED: frozenset({Entry.CORRECTION_DELIVERED, Entry.CORRECTED}),
    Entry.CONSULT_SENT: frozenset({Entry.CONSULT_DELIVERED, Entry.CONSULT_REPLIED}),
    Entry.EXTENDED: frozenset({Entry.EXTENSION_NOTIFIED, Entry.EXTENSION_DELIVERED}),
    Entry.FEE_NOTICE: frozenset({Entry.FEE_NOTICE_DELIVERED, Entry.PAID}),
    Entry.REASONS_ASKED: frozenset({Entry.REASONS_GIVEN, Entry.DELAYED}),
    Entry.REPLIED: frozenset({Entry.ANSWER_DELIVERED, Entry.ARCHIVED}),
    Entry.WITHDRAWN: frozenset({Entry.ARCHIVED}),
    Entry.LAPSED: frozenset({Entry.ARCHIVED}),
}


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
    """Append one entry to a locked case's ledger. The caller refreshes the projection."""
    last = case.events.aggregate(last=Max("seq"))["last"] or 0
    return Event.objects.create(
        case=case,
        seq=last + 1,
        entry=entry.value,
        on=on,
        ref=ref,
        data=dict(data or {}),
        letter=letter,
        voids=voids,
        recorded_at=at,
        recorded_by_id=actor.staff_id,
        role=_role(actor).value,
    )


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

    Refuses the receipt (register the right day first), entries already voided, and entries on
    which later ones depend: those are voided first, so that nobody loses sight of them.
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
        return append(
            file.case,
            entry=Entry.VOIDED,
            on=file.today,
            actor=actor,
            at=at,
            voids=seq,
            data={"reason": kept},
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
        if each.entry in depending and each.ref == target.ref and each.seq > target.seq
    )


def _voidable(entries: tuple[LedgerEntry, ...], *, seq: int) -> LedgerEntry:
    standing = {each.seq: each for each in ledger.standing(entries)}
    if seq not in standing:
        raise Refused.because("not_standing", "没有这个事项，或者它已经作废。")
    target = standing[seq]
    received = [each for each in standing.values() if each.entry is Entry.RECEIVED]
    if target.entry is Entry.RECEIVED and len(received) == 1:
        sentence = "收到日期是期限的起点，不能只作废。请先登记正确的收到日期，再作废这一条。"
        raise Refused.because("only_receipt", sentence, "《政府信息公开条例》第三十一条")
    return target


def _role(actor: Actor) -> Role:
    """Return the role an entry is recorded under, the most telling one of several."""
    return next(role for role in Role if role in actor.roles)
