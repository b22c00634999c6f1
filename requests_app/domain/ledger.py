"""The ledger of a case: what kinds of entry there are and how status follows from them.

Two kinds of entry stand in one ledger. Legal entries (``clock.EventType``) move the periods of the
law; office entries say what the office did. Both are dated, append-only, and undone only by a
``VOIDED`` entry. The status is a fold over the entries, so voiding one puts the status right too.

The periods belong to ``clock``; who may do what, and when, to ``access`` and ``workflow``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final


class Entry(StrEnum):
    """Every type of entry. The first block is the clock's own vocabulary, letter for letter."""

    RECEIVED = "received"
    CORRECTION_REQUESTED = "correction_requested"
    CORRECTION_DELIVERED = "correction_delivered"
    CORRECTED = "corrected"
    CONSULT_SENT = "consult_sent"
    CONSULT_DELIVERED = "consult_delivered"
    CONSULT_REPLIED = "consult_replied"
    EXTENDED = "extended"
    EXTENSION_NOTIFIED = "extension_notified"
    EXTENSION_DELIVERED = "extension_delivered"
    FEE_NOTICE = "fee_notice"
    FEE_NOTICE_DELIVERED = "fee_notice_delivered"
    PAID = "paid"
    DELAYED = "delayed"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    REOPENED = "reopened"

    BODY_CHANGED = "body_changed"
    ASSIGNED = "assigned"
    SIGNED_FOR = "signed_for"
    SENT_BACK = "sent_back"
    OPINION_GIVEN = "opinion_given"
    LATE_CORRECTION_OFFERED = "late_correction_offered"
    REASONS_ASKED = "reasons_asked"
    REASONS_GIVEN = "reasons_given"
    ANSWER_SUBMITTED = "answer_submitted"
    ANSWER_RETURNED = "answer_returned"
    ANSWER_SIGNED = "answer_signed"
    ANSWER_DELIVERED = "answer_delivered"
    LETTER_ISSUED = "letter_issued"
    LETTER_DISPATCHED = "letter_dispatched"
    LETTER_DELIVERED = "letter_delivered"
    LETTER_VOIDED = "letter_voided"
    FEE_RECEIVED = "fee_received"
    FEE_WITHDRAWN = "fee_withdrawn"
    FEE_REFUNDED = "fee_refunded"
    LAPSE_PROPOSED = "lapse_proposed"
    LAPSED = "lapsed"
    CALENDAR_CHANGED = "calendar_changed"
    ARCHIVED = "archived"
    NOTED = "noted"
    VOIDED = "voided"


ENTRY_LABELS: Final[Mapping[Entry, str]] = MappingProxyType(
    {
        Entry.RECEIVED: "收到申请",
        Entry.CORRECTION_REQUESTED: "发出补正告知书",
        Entry.CORRECTION_DELIVERED: "补正告知书送达",
        Entry.CORRECTED: "收到补正的申请",
        Entry.CONSULT_SENT: "发出征求意见书",
        Entry.CONSULT_DELIVERED: "征求意见书送达",
        Entry.CONSULT_REPLIED: "收到征求意见的答复",
        Entry.EXTENDED: "同意延长答复期限",
        Entry.EXTENSION_NOTIFIED: "延期告知申请人",
        Entry.EXTENSION_DELIVERED: "延期告知书送达",
        Entry.FEE_NOTICE: "发出收费通知",
        Entry.FEE_NOTICE_DELIVERED: "收费通知送达",
        Entry.PAID: "缴清信息处理费",
        Entry.DELAYED: "确定并告知延迟答复的期限",
        Entry.REPLIED: "答复发出",
        Entry.WITHDRAWN: "申请人撤回",
        Entry.MERGED: "并入先收到的同一申请",
        Entry.REOPENED: "依复议决定或判决重新办理",
        Entry.BODY_CHANGED: "更正受文机关",
        Entry.ASSIGNED: "分办",
        Entry.SIGNED_FOR: "承办部门签收",
        Entry.SENT_BACK: "承办部门退回",
        Entry.OPINION_GIVEN: "提出意见",
        Entry.LATE_CORRECTION_OFFERED: "逾期提交补正，待核实理由",
        Entry.REASONS_ASKED: "要求说明理由",
        Entry.REASONS_GIVEN: "申请人说明理由",
        Entry.ANSWER_SUBMITTED: "答复送签",
        Entry.ANSWER_RETURNED: "答复退回修改",
        Entry.ANSWER_SIGNED: "答复签发",
        Entry.ANSWER_DELIVERED: "答复送达",
        Entry.LETTER_ISSUED: "文书制成",
        Entry.LETTER_DISPATCHED: "文书发出",
        Entry.LETTER_DELIVERED: "文书送达",
        Entry.LETTER_VOIDED: "文书作废",
        Entry.FEE_RECEIVED: "收到信息处理费款项",
        Entry.FEE_WITHDRAWN: "撤销收费通知",
        Entry.FEE_REFUNDED: "退还信息处理费",
        Entry.LAPSE_PROPOSED: "提示：可能视为放弃，待人工确认",
        Entry.LAPSED: "视为放弃，不再处理",
        Entry.CALENDAR_CHANGED: "工作日历变更，期限重算",
        Entry.ARCHIVED: "归档",
        Entry.NOTED: "备注",
        Entry.VOIDED: "作废事项",
    }
)


class Status(StrEnum):
    """Where a case stands with the office. The clock's own state is a second, separate word."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    HANDLING = "handling"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_REASONS = "awaiting_reasons"
    AWAITING_PAYMENT = "awaiting_payment"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_DISPATCH = "awaiting_dispatch"
    LAPSE_PROPOSED = "lapse_proposed"
    ANSWERED = "answered"
    DELIVERED = "delivered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    ARCHIVED = "archived"


STATUS_LABELS: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.RECEIVED: "待分办",
        Status.ASSIGNED: "待签收",
        Status.HANDLING: "办理中",
        Status.AWAITING_CORRECTION: "待补正",
        Status.AWAITING_REASONS: "待说明理由",
        Status.AWAITING_PAYMENT: "待缴费",
        Status.AWAITING_APPROVAL: "待签发",
        Status.AWAITING_DISPATCH: "待发出",
        Status.LAPSE_PROPOSED: "待确认放弃",
        Status.ANSWERED: "已答复，待送达",
        Status.DELIVERED: "已送达",
        Status.LAPSED: "视为放弃",
        Status.WITHDRAWN: "已撤回",
        Status.MERGED: "已并入另一件",
        Status.ARCHIVED: "已归档",
    }
)

CLOSED: Final = frozenset({
    Status.ANSWERED, Status.DELIVERED, Status.LAPSED, Status.WITHDRAWN, Status.MERGED, Status.ARCHIVED,
})  # fmt: skip
OPEN: Final = frozenset(Status) - CLOSED
#: Nothing is left to do but to put the case away.
ENDED: Final = frozenset({Status.DELIVERED, Status.LAPSED, Status.WITHDRAWN})

#: Entries after which a case may have left the hands of the office, or be back in them.
ENDINGS: Final = frozenset({
    Entry.REPLIED, Entry.ANSWER_DELIVERED, Entry.LAPSED, Entry.WITHDRAWN, Entry.VOIDED,
})  # fmt: skip

#: Work goes on: asking for reasons (art. 35) stops nothing, so it counts as working too.
WORKING: Final = frozenset({
    Status.RECEIVED, Status.ASSIGNED, Status.HANDLING, Status.AWAITING_REASONS,
})  # fmt: skip
WAITING: Final = frozenset(
    {Status.AWAITING_CORRECTION, Status.AWAITING_PAYMENT, Status.LAPSE_PROPOSED}
)


@dataclass(frozen=True)
class Move:
    """One line of the transition table: this entry, from one of these statuses, leads there."""

    entry: Entry
    sources: frozenset[Status]
    target: Status


#: In the data of a ``NOTED``: the applicant handed in proof of payment; how many files.
PAYMENT_PROOF: Final = "payment_proof"


def _move(entry: Entry, sources: Iterable[Status], target: Status) -> Move:
    return Move(entry, frozenset(sources), target)


#: The transition table. An entry that finds no line here is kept and moves nothing.
MOVES: Final[tuple[Move, ...]] = (
    _move(Entry.ASSIGNED, WORKING, Status.ASSIGNED),
    _move(Entry.SIGNED_FOR, {Status.ASSIGNED}, Status.HANDLING),
    _move(Entry.SENT_BACK, {Status.ASSIGNED, Status.HANDLING}, Status.RECEIVED),
    _move(Entry.CORRECTION_REQUESTED, WORKING, Status.AWAITING_CORRECTION),
    _move(Entry.CORRECTED, {Status.AWAITING_CORRECTION, Status.LAPSE_PROPOSED}, Status.HANDLING),
    _move(Entry.FEE_NOTICE, WORKING, Status.AWAITING_PAYMENT),
    _move(Entry.PAID, {Status.AWAITING_PAYMENT, Status.LAPSE_PROPOSED}, Status.HANDLING),
    _move(
        Entry.LAPSE_PROPOSED,
        {Status.AWAITING_CORRECTION, Status.AWAITING_PAYMENT},
        Status.LAPSE_PROPOSED,
    ),
    _move(Entry.REASONS_ASKED, WORKING, Status.AWAITING_REASONS),
    _move(Entry.REASONS_GIVEN, {Status.AWAITING_REASONS}, Status.HANDLING),
    _move(Entry.ANSWER_SUBMITTED, WORKING, Status.AWAITING_APPROVAL),
    _move(
        Entry.ANSWER_RETURNED, {Status.AWAITING_APPROVAL, Status.AWAITING_DISPATCH}, Status.HANDLING
    ),
    _move(Entry.ANSWER_SIGNED, WORKING | {Status.AWAITING_APPROVAL}, Status.AWAITING_DISPATCH),
    _move(Entry.REPLIED, OPEN, Status.ANSWERED),
    _move(Entry.ANSWER_DELIVERED, {Status.ANSWERED}, Status.DELIVERED),
    _move(Entry.LAPSED, WAITING, Status.LAPSED),
    _move(Entry.WITHDRAWN, OPEN, Status.WITHDRAWN),
    _move(Entry.MERGED, OPEN, Status.MERGED),
    _move(Entry.REOPENED, frozenset(Status), Status.HANDLING),
    _move(Entry.ARCHIVED, {Status.DELIVERED, Status.LAPSED, Status.WITHDRAWN}, Status.ARCHIVED),
)

_TARGETS: Final = {(move.entry, source): move.target for move in MOVES for source in move.sources}


@dataclass(frozen=True)
class LedgerEntry:
    """One entry as read back: ``seq`` is its place in the ledger, ``on`` its day in law.

    ``letter`` is the id of the letter whose life made it, if one did.
    """

    entry: Entry
    on: date
    seq: int
    ref: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    voids: int | None = None
    letter: int | None = None


def standing(entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Return the entries that still count, by day and then by place in the ledger.

    A voided entry and the entry that voids it both fall out. The receipt comes first on its day,
    also when its day was put right after something else had been entered.
    """
    entries = tuple(entries)
    voided = {entry.voids for entry in entries if entry.voids is not None}
    kept = (
        entry for entry in entries if entry.seq not in voided and entry.entry is not Entry.VOIDED
    )
    return tuple(
        sorted(kept, key=lambda each: (each.on, each.entry is not Entry.RECEIVED, each.seq))
    )


def status_of(entries: Iterable[LedgerEntry]) -> Status:
    """Fold the standing entries through the transition table; a fresh case is ``RECEIVED``."""
    status = Status.RECEIVED
    for entry in standing(entries):
        status = _TARGETS.get((entry.entry, status), status)
    return status


def last(
    entries: Iterable[LedgerEntry], *wanted: Entry, ref: str | None = None
) -> LedgerEntry | None:
    """Return the last standing entry of the ``wanted`` kinds (about ``ref``), if there is one."""
    found = [
        entry
        for entry in standing(entries)
        if entry.entry in wanted and (ref is None or entry.ref == ref)
    ]
    return found[-1] if found else None


def fee_notice_effects(
    entries: Iterable[LedgerEntry], *, notice: LedgerEntry
) -> tuple[LedgerEntry, ...]:
    """Return what stands because of a fee notice: it, its arrival, payment in full, a proposed lapse.

    Without them the period runs as if the notice had never been. Money that came in is a fact of
    its own and stays.
    """
    after = {Entry.PAID, Entry.LAPSE_PROPOSED}
    own = {Entry.FEE_NOTICE, Entry.FEE_NOTICE_DELIVERED}
    return tuple(
        entry
        for entry in standing(entries)
        if entry.seq == notice.seq
        or (entry.entry in own and entry.letter is not None and entry.letter == notice.letter)
        or (entry.entry in after and entry.seq > notice.seq)
    )


def is_lost(entries: Iterable[LedgerEntry], new: LedgerEntry) -> bool:
    """Tell whether ``new`` is dated so early that it no longer moves the status as it should.

    A payment dated before its notice would stand in the ledger and leave the case waiting for ever.
    """
    entries = tuple(entries)
    wanted = _TARGETS.get((new.entry, status_of(entries)))
    return wanted is not None and status_of((*entries, new)) is not wanted
