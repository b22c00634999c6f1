"""The clock's vocabulary: what can happen to a case in law, and when an event makes sense at all.

An event that could never have happened as written (an extension of no length, a consultation
without a name) refuses to exist. An event that happened at the wrong time is a fact: it stays in
the ledger, and the fold flags it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from requests_app.domain.errors import Refused
from requests_app.domain.workdays import Calendar


class CaseKind(StrEnum):
    """An application to be answered, or information to be published unasked."""

    APPLICATION = "application"
    PROACTIVE = "proactive"


class EventType(StrEnum):
    """Everything that moves a period of the law."""

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
    INFO_FORMED = "info_formed"
    INFO_CHANGED = "info_changed"
    PUBLISHED = "published"


PUBLICATION_TYPES: Final = frozenset({
    EventType.INFO_FORMED, EventType.INFO_CHANGED, EventType.PUBLISHED,
})  # fmt: skip
_CONSULTATION_TYPES: Final = frozenset({
    EventType.CONSULT_SENT, EventType.CONSULT_DELIVERED, EventType.CONSULT_REPLIED,
})  # fmt: skip

EVENT_LABELS: Final[Mapping[EventType, str]] = MappingProxyType(
    {
        EventType.RECEIVED: "收到申请",
        EventType.CORRECTION_REQUESTED: "发出补正告知书",
        EventType.CORRECTION_DELIVERED: "补正告知书送达",
        EventType.CORRECTED: "收到补正的申请",
        EventType.CONSULT_SENT: "发出征求意见书",
        EventType.CONSULT_DELIVERED: "征求意见书送达",
        EventType.CONSULT_REPLIED: "收到征求意见的答复",
        EventType.EXTENDED: "同意延长答复期限",
        EventType.EXTENSION_NOTIFIED: "延期告知申请人",
        EventType.EXTENSION_DELIVERED: "延期告知书送达",
        EventType.FEE_NOTICE: "发出收费通知",
        EventType.FEE_NOTICE_DELIVERED: "收费通知送达",
        EventType.PAID: "缴清信息处理费",
        EventType.DELAYED: "确定延迟答复的期限",
        EventType.REPLIED: "发出答复",
        EventType.WITHDRAWN: "申请人撤回",
        EventType.MERGED: "并入先收到的同一申请",
        EventType.REOPENED: "复议决定或者判决责令重新答复",
        EventType.INFO_FORMED: "信息形成",
        EventType.INFO_CHANGED: "信息变更",
        EventType.PUBLISHED: "公开",
    }
)

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Event:
    """One dated fact. ``id`` names the consultation it belongs to.

    ``data``: ``days`` in working days (``extended``, ``reopened``; ``correction_requested`` where
    the notice gives more than the usual ten), ``until`` a date (``delayed``, ``reopened``),
    ``justified`` (``corrected``), ``to`` (``consult_sent``), ``target_days`` (``received``, where the
    law sets no period: the working days the office set itself). Refuses what is missing or impossible.
    """

    type: EventType
    on: date
    id: str = ""
    data: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    def __post_init__(self) -> None:
        if self.type in _CONSULTATION_TYPES and not self.id:
            raise self._refusal("consultation_unnamed", "没有写明是哪一份征求意见书（id）")
        if self.data:
            self._check_data()
        elif self.type is EventType.EXTENDED:
            raise self._refusal("days_missing", "没有写明延长多少个工作日（days）")
        elif self.type is EventType.DELAYED:
            raise self._refusal("until_missing", "没有写明延迟到哪一天（until）")

    def _check_data(self) -> None:
        days, until = self.data.get("days"), self.data.get("until")
        if days is not None and (type(days) is not int or days < 1):
            raise self._refusal("days_impossible", "工作日数（days）须为1以上的整数")
        target = self.data.get("target_days")
        if target is not None and (type(target) is not int or target < 1):
            raise self._refusal("days_impossible", "自定的工作日数（target_days）须为1以上的整数")
        if until is not None and type(until) is not date:
            raise self._refusal("until_impossible", "延迟到的日期（until）须为日期")
        if days is None and self.type is EventType.EXTENDED:
            raise self._refusal("days_missing", "没有写明延长多少个工作日（days）")
        if until is None and self.type is EventType.DELAYED:
            raise self._refusal("until_missing", "没有写明延迟到哪一天（until）")
        if days is not None and until is not None and self.type is EventType.REOPENED:
            raise self._refusal("days_and_until", "工作日数（days）和截止日（until）只能写一个")

    def _refusal(self, code: str, what: str) -> Refused:
        return Refused.because(code, f"{self.on}“{EVENT_LABELS[self.type]}”{what}。")


def known(
    events: Iterable[Event], *, as_of: date, kind: CaseKind, calendar: Calendar
) -> tuple[Event, ...]:
    """Return the events up to ``as_of`` by date; those of one day keep their order.

    Refuses a ledger that cannot be one: events of the other kind of case, no receipt or two, events
    before the receipt, dates outside the calendar, nothing yet on ``as_of``.
    """
    ledger = sorted(events, key=attrgetter("on"))
    if not ledger:
        raise Refused.because("ledger_empty", "没有任何事项，不能计算期限。")
    if kind is CaseKind.PROACTIVE:
        _check_publication(ledger)
    else:
        _check_application(ledger)
    for day in (ledger[0].on, ledger[-1].on, as_of):
        calendar.check(day)
    if ledger[0].on > as_of:
        sentence = f"查询日{as_of}早于第一个事项的日期{ledger[0].on}，当时还没有期限。"
        raise Refused.because("nothing_known_yet", sentence)
    if ledger[-1].on <= as_of:
        return tuple(ledger)
    return tuple(event for event in ledger if event.on <= as_of)


def _check_application(ledger: list[Event]) -> None:
    types = [event.type for event in ledger]
    for type_ in types:
        if type_ in PUBLICATION_TYPES:
            sentence = f"依申请公开的案件不能有“{EVENT_LABELS[type_]}”（{type_}）。"
            raise Refused.because("event_of_other_kind", sentence)
    receipts = types.count(EventType.RECEIVED)
    if receipts != 1:
        sentence = "没有收到申请（received）的日期，不能计算期限。"
        if receipts:
            sentence = f"收到申请（received）只能有一次，这里有{receipts}次。"
        raise Refused.because("receipt_not_once", sentence)
    first = ledger[0]
    if first.type is not EventType.RECEIVED:
        sentence = f"“{EVENT_LABELS[first.type]}”（{first.on}）排在收到申请之前，请核对日期和顺序。"
        raise Refused.because("event_before_receipt", sentence)


def _check_publication(ledger: list[Event]) -> None:
    for event in ledger:
        if event.type not in PUBLICATION_TYPES:
            sentence = f"主动公开的事项不能有“{EVENT_LABELS[event.type]}”（{event.type}）。"
            raise Refused.because("event_of_other_kind", sentence)
    if ledger[0].type is EventType.PUBLISHED:
        sentence = f"公开（{ledger[0].on}）之前没有信息形成或者变更的日期，不能计算期限。"
        raise Refused.because("nothing_formed", sentence)
