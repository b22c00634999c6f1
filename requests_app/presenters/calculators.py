"""The calculators' answers: a fee with its ways out, a date with what it rests on.

Nothing is worked out here: sums come from ``domain.fees``, dates from ``domain.clock`` and their
words from ``domain.explain``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from requests_app.domain import clock, explain, fees, rules
from requests_app.domain.clock import CaseKind, EventType, State, Timeline
from requests_app.domain.fees import FeeMode, Lens
from requests_app.presenters import dates, deadline

_ALTERNATIVES_TO_PAGES: Final = (
    "先请我们列出目录，只要需要的那几页。",
    "到现场查阅、抄录：按量计收只算提供纸质件、发电子邮件、复制电子数据（第五条）。",
    "已经主动公开的，直接看、直接下载，不算在内。",
)
_ALTERNATIVES_TO_ITEMS: Final = (
    "先查已经公开的，不用申请的就不用数进来。",
    "件数每个自然月从第 1 件重新数（第四条）。",
)


@dataclass(frozen=True)
class Step:
    """Asking for no more than ``count`` would cost ``fee`` yuan."""

    count: int
    unit: str
    fee: int


@dataclass(frozen=True)
class FeeAnswer:
    """A fee in yuan, how it adds up, where the next price begins, and how to come out cheaper."""

    lens: Lens
    unit: str
    next_tier: str
    narrower: tuple[Step, ...]
    alternatives: tuple[str, ...]


def items_answer(*, before: int, items: int) -> FeeAnswer:
    """Answer for the items of one applicant and month; refuses impossible numbers."""
    lens = fees.look_at_items(before, items)
    return FeeAnswer(
        lens=lens,
        unit=fees.BY_ITEM.unit,
        next_tier=_next_tier(lens),
        narrower=(),
        alternatives=_ALTERNATIVES_TO_ITEMS if lens.fee else (),
    )


def pages_answer(pages: int) -> FeeAnswer:
    """Answer for the pages of one request; refuses impossible numbers."""
    lens = fees.look_at_pages(pages)
    tariff = fees.TARIFFS[FeeMode.PAGE]
    return FeeAnswer(
        lens=lens,
        unit=tariff.unit,
        next_tier=_next_tier(lens),
        narrower=tuple(
            Step(band.last, tariff.unit, fees.page_fee(band.last))
            for band in tariff.bands
            if band.last < pages
        ),
        alternatives=_ALTERNATIVES_TO_PAGES if lens.fee else (),
    )


def _next_tier(lens: Lens) -> str:
    tier = lens.next_tier
    if tier is None:
        return ""
    now = f"每{tier.unit} {tier.price} 元" if tier.price else "不收费"
    return f"再多 {tier.left} {tier.unit}以内，多出的{now}；再往后，每{tier.unit} {tier.price_after} 元。"


@dataclass(frozen=True)
class OtherDate:
    """A date beside the one that matters: what ends then, and who is bound."""

    label: str
    on: date

    @property
    def words(self) -> str:
        """Return the day with its year and weekday."""
        return f"{dates.full(self.on)}，{dates.weekday(self.on)}"


@dataclass(frozen=True)
class DateAnswer:
    """Where a sequence of events leads: the date, its cells, the account, and what to mind."""

    standing: str
    next_date: deadline.NextDate | None
    cells: deadline.Cells | None
    account: deadline.Account
    others: tuple[OtherDate, ...]
    remarks: tuple[str, ...]
    provisional: bool
    as_of: date
    words: str


def date_answer(timeline: Timeline) -> DateAnswer:
    """Explain a timeline to somebody who typed its events."""
    calendar = timeline.calendar
    names = explain.ordinals(timeline)
    told = explain.explain(timeline, calendar, names=names)
    return DateAnswer(
        standing=clock.STATE_LABELS[timeline.state],
        next_date=_next_date(timeline),
        cells=deadline.cells(timeline),
        account=deadline.account(timeline),
        others=tuple(_others(timeline)),
        remarks=tuple(str(remark) for remark in told.remarks),
        provisional=timeline.provisional,
        as_of=timeline.as_of,
        words=explain.words(timeline, calendar=calendar, names=names),
    )


def _next_date(timeline: Timeline) -> deadline.NextDate | None:
    found = deadline.next_date(timeline)
    if found is None or timeline.kind is CaseKind.APPLICATION:
        return found
    late = timeline.state is State.OVERDUE
    return replace(found, label="应当公开的日子" if late else "最晚公开日", sentences=())


def _others(timeline: Timeline) -> Sequence[OtherDate]:
    found = []
    if timeline.closed_on is None and timeline.correction_notice_due:
        found.append(OtherDate("告知补正，最晚", timeline.correction_notice_due))
    if timeline.correction_due:
        found.append(OtherDate("申请人补正，最晚", timeline.correction_due))
    if timeline.payment_due:
        found.append(OtherDate("申请人缴费，最晚", timeline.payment_due))
    names = explain.ordinals(timeline)
    for letter, due in timeline.consult_due.items():
        name = names.get(letter, "")
        found.append(OtherDate(f"征求意见{f'（{name}）' if name else ''}，最晚等到", due))
    if _may_be_extended(timeline) and timeline.due is not None:
        longest = timeline.calendar.add(timeline.due, rules.EXTENSION.days)
        found.append(OtherDate(f"如果延长 {rules.EXTENSION.days} 个工作日，最晚", longest))
    return found


def _may_be_extended(timeline: Timeline) -> bool:
    return (
        timeline.kind is CaseKind.APPLICATION
        and timeline.state in {State.RUNNING, State.PAUSED}
        and timeline.extendable
        and not timeline.extended
        and bool(timeline.due)
    )


@dataclass(frozen=True)
class Example:
    """A sequence to begin with; ``query`` is its address behind the question mark."""

    title: str
    query: str


#: Title, and events as (type, days from today, further fields).
_EXAMPLES: Final[tuple[tuple[str, tuple[tuple[EventType, int, dict[str, str]], ...]], ...]] = (
    ("今天提交的", ((EventType.RECEIVED, 0, {}),)),
    (
        "补正过一次的",
        (
            (EventType.RECEIVED, -21, {}),
            (EventType.CORRECTION_REQUESTED, -17, {}),
            (EventType.CORRECTION_DELIVERED, -15, {}),
            (EventType.CORRECTED, -8, {}),
        ),
    ),
    (
        "问过第三方的",
        (
            (EventType.RECEIVED, -21, {}),
            (EventType.CONSULT_SENT, -16, {}),
            (EventType.CONSULT_DELIVERED, -14, {}),
            (EventType.CONSULT_REPLIED, -4, {}),
        ),
    ),
    (
        "延长过的",
        (
            (EventType.RECEIVED, -21, {}),
            (EventType.EXTENDED, -3, {"days": "15"}),
            (EventType.EXTENSION_NOTIFIED, -3, {}),
        ),
    ),
    (
        "收费的",
        (
            (EventType.RECEIVED, -21, {}),
            (EventType.FEE_NOTICE, -12, {}),
            (EventType.FEE_NOTICE_DELIVERED, -11, {}),
            (EventType.PAID, -4, {}),
        ),
    ),
)


def examples(*, today: date) -> tuple[Example, ...]:
    """Return sequences that were filled in around ``today``."""
    return tuple(Example(title, _query(events, today=today)) for title, events in _EXAMPLES)


def _query(events: Sequence[tuple[EventType, int, dict[str, str]]], *, today: date) -> str:
    told: dict[str, str] = {}
    for place, (what, days, more) in enumerate(events):
        on = today + timedelta(days=days)
        told |= {f"what{place}": what.value, f"on{place}": on.isoformat()}
        told |= {f"{name}{place}": value for name, value in more.items()}
    return urlencode(told)
