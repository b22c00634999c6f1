"""Every day of a case in blocks of one kind, for pages that draw cells and for the explanation.

Derived from a timeline, never stored. Each day from receipt to the end stands in exactly one block;
the counted blocks of a period sum to its allowance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from requests_app.domain import rules
from requests_app.domain.clock.events import PUBLICATION_TYPES, EventType
from requests_app.domain.clock.phases import Consultation, Period, PeriodKind, Wait, WaitKind
from requests_app.domain.workdays import Calendar

_DAY: Final = timedelta(days=1)


class SegmentKind(StrEnum):
    """What the days of a block are to the period."""

    RECEIPT = "receipt"
    COUNTED = "counted"
    EXCLUDED = "excluded"
    FIXED = "fixed"
    WAITING = "waiting"
    OVERDUE = "overdue"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Segment:
    """A block of days, both ends included.

    ``working_days`` are those that lie in it; they use up the allowance in a ``COUNTED`` block
    only. ``used_so_far`` is what the current period has used by its end. ``event_ids`` name the
    consultations of an ``EXCLUDED`` block. ``phase`` is the period or wait it is a part of.
    """

    first: date
    last: date
    kind: SegmentKind
    working_days: int
    used_so_far: int
    citation: str
    phase: Period | Wait
    event_ids: tuple[str, ...] = ()


_CAUSE_CITATIONS: Final = {
    EventType.RECEIVED: rules.RECEIPT.citation,
    EventType.CORRECTED: rules.CORRECTION_RESTART.citation,
    EventType.PAID: rules.PAYMENT_RESTART.citation,
    EventType.REOPENED: rules.REANSWER.citation,
    EventType.INFO_FORMED: rules.PROACTIVE.citation,
    EventType.INFO_CHANGED: rules.PROACTIVE.citation,
}
_PERIOD_CITATIONS: Final = {
    PeriodKind.ORDINARY: rules.REPLY.citation,
    PeriodKind.DECISION_DAYS: rules.REANSWER.citation,
    PeriodKind.DECISION_DATE: rules.REANSWER.citation,
    PeriodKind.DELAYED: rules.DELAY.citation,
    PeriodKind.OWN_TARGET: rules.AMENDMENT.citation,
}
_CLOSING: Final = frozenset({
    EventType.REPLIED, EventType.WITHDRAWN, EventType.MERGED, EventType.PUBLISHED,
})  # fmt: skip
_WAIT_CITATIONS: Final = {
    WaitKind.CORRECTION: rules.CORRECTION.citation,
    WaitKind.PAYMENT: rules.PAYMENT.citation,
}


def build(
    phases: Sequence[Period | Wait],
    *,
    consultations: Sequence[Consultation],
    calendar: Calendar,
    until: date,
) -> tuple[Segment, ...]:
    """Lay out the days of a case's phases, from the first up to and including ``until``."""
    places = _places(phases)
    blocks: list[Segment] = []
    for position, place in enumerate(places):
        following = places[position + 1].first - _DAY if position + 1 < len(places) else until
        stop = following if place.closed_on is None else min(place.closed_on, following)
        layout = _Layout(place.phase, consultations=consultations, calendar=calendar)
        blocks += layout.blocks(place.first, stop)
        blocks += layout.block(max(place.first, stop + _DAY), following, SegmentKind.AFTER)
    return tuple(blocks)


@dataclass(frozen=True, slots=True)
class _Place:
    """A phase with its first day and, where the case was closed in it, the day of that."""

    phase: Period | Wait
    first: date
    closed_on: date | None


def _places(phases: Sequence[Period | Wait]) -> list[_Place]:
    """Give each phase its days.

    A phase that begins on a day takes it from the one before, so that no day stands twice; a phase
    left without a day (a notice sent, answered and restarted on one day) falls out.
    """
    places: list[_Place] = []
    for phase in phases:
        first = phase.opened_on if isinstance(phase, Period) else phase.sent_on + _DAY
        while places and places[-1].first >= first:
            places.pop()
        places.append(_Place(phase, first, phase.ended_on if phase.ended_by in _CLOSING else None))
    return places


class _Layout:
    """Cuts one phase into blocks."""

    def __init__(
        self, phase: Period | Wait, *, consultations: Sequence[Consultation], calendar: Calendar
    ) -> None:
        self.phase = phase
        self.consultations = consultations
        self.calendar = calendar
        self.used = 0

    def blocks(self, first: date, stop: date) -> Iterator[Segment]:
        if isinstance(self.phase, Period):
            return self.period(self.phase, first, stop)
        return self.wait(self.phase, first, stop)

    def period(self, period: Period, first: date, stop: date) -> Iterator[Segment]:
        receipt = min(period.start, stop)
        yield from self.block(first, receipt, SegmentKind.RECEIPT, _CAUSE_CITATIONS[period.cause])
        body = period.start + _DAY
        alive = stop if period.due is None else min(stop, period.due)
        citation = _PERIOD_CITATIONS[period.kind]
        if period.cause in PUBLICATION_TYPES:
            citation = rules.PROACTIVE.citation
        if period.limit is not None:
            yield from self._counted(period, body, alive, citation)
        else:
            fixed = body if period.fixed_on is None else period.fixed_on + _DAY
            yield from self._counted(period, body, min(fixed - _DAY, alive), rules.REPLY.citation)
            yield from self.block(max(fixed, body), alive, SegmentKind.FIXED, citation)
        if period.due is not None:
            late = max(period.due + _DAY, body)
            yield from self.block(late, stop, SegmentKind.OVERDUE, citation)

    def wait(self, wait: Wait, first: date, stop: date) -> Iterator[Segment]:
        citation = _WAIT_CITATIONS[wait.kind]
        yield from self.block(first, min(stop, wait.due), SegmentKind.WAITING, citation)
        yield from self.block(max(first, wait.due + _DAY), stop, SegmentKind.AFTER, citation)

    def _counted(self, period: Period, first: date, last: date, citation: str) -> Iterator[Segment]:
        cursor = first
        for after, until, ids in self._pauses(period):
            begin, end = after + _DAY, last if until is None else min(until, last)
            if begin > last:
                break
            if end < cursor:
                continue
            yield from self.block(cursor, begin - _DAY, SegmentKind.COUNTED, citation)
            cursor = max(cursor, begin)
            yield from self.block(cursor, end, SegmentKind.EXCLUDED, rules.PAUSE.citation, ids)
            cursor = end + _DAY
        yield from self.block(cursor, last, SegmentKind.COUNTED, citation)

    def _pauses(self, period: Period) -> list[tuple[date, date | None, tuple[str, ...]]]:
        """Return the pauses of the period's life, those that touch or overlap made one."""
        merged: list[tuple[date, date | None, tuple[str, ...]]] = []
        for letter in sorted(
            (x for x in self.consultations if x.effective and x.life == period.life),
            key=lambda x: x.pauses_after,
        ):
            after, until = letter.begins_after, letter.ends_on
            if after is None or until == after or (until is not None and until <= period.start):
                continue
            if not merged or (merged[-1][1] is not None and merged[-1][1] < after):
                merged.append((after, until, (letter.id,)))
                continue
            begun, ended, ids = merged[-1]
            longer = None if ended is None or until is None else max(ended, until)
            merged[-1] = (begun, longer, (*ids, letter.id))
        return merged

    def block(
        self,
        first: date,
        last: date,
        kind: SegmentKind,
        citation: str = "",
        event_ids: tuple[str, ...] = (),
    ) -> Iterator[Segment]:
        if first > last:
            return
        working_days = self.calendar.count(first, last) + self.calendar.is_working(first)
        if kind is SegmentKind.COUNTED:
            self.used += working_days
        yield Segment(first, last, kind, working_days, self.used, citation, self.phase, event_ids)
