"""Days drawn as boxes: one bar for a case's 期限说明, two on one scale for "with and without".

Only places and kinds of boxes; words stand beside, so that nothing depends on seeing colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from requests_app.domain.clock import EventType, Timeline
from requests_app.domain.clock.segments import Segment, SegmentKind
from requests_app.presenters import desk_dates

_DAY: Final = timedelta(days=1)
_GAP: Final = 0.6
_LABEL_ROOM: Final = 26.0
_STARTS: Final = {
    EventType.CORRECTED: "收到补正",
    EventType.PAID: "缴清费用",
    EventType.REOPENED: "重新办理",
}

KIND_LABELS: Final = {
    SegmentKind.RECEIPT: "收到当日，不计",
    SegmentKind.COUNTED: "计入",
    SegmentKind.EXCLUDED: "征求意见，不计",
    SegmentKind.FIXED: "到确定的日期为止",
    SegmentKind.WAITING: "等申请人，不计",
    SegmentKind.OVERDUE: "超期",
    SegmentKind.AFTER: "不再计算",
}


@dataclass(frozen=True)
class Cell:
    """One calendar day: where its box stands, how it looks, and what it says when asked."""

    x: str
    width: str
    look: str
    words: str


@dataclass(frozen=True)
class Label:
    """Words at a place on the scale; ``anchor`` as SVG takes it."""

    x: str
    words: str
    anchor: str
    look: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar of days, with the place of today and words above and below."""

    cells: tuple[Cell, ...]
    width: int
    title: str
    name: str = ""
    today: Label | None = None
    start: Label | None = None
    end: Label | None = None


@dataclass(frozen=True)
class Line:
    """One row of the table under the bar: from, to, how many working days, why."""

    days: str
    counted: bool
    working_days: int
    words: str
    citation: str


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    width: int

    @property
    def step(self) -> float:
        return self.width / ((self.last - self.first).days + 1)

    def at(self, day: date) -> float:
        return (day - self.first).days * self.step


def of(timeline: Timeline, *, width: int) -> Bar:
    """Draw the days of a timeline from its latest start to its end."""
    shown = current_segments(timeline)
    scale = _Scale(shown[0].first, shown[-1].last, width)
    return _bar(timeline, shown, scale, today=timeline.as_of)


def pair(
    before: Timeline, after: Timeline, *, names: tuple[str, str], width: int
) -> tuple[Bar, Bar]:
    """Draw two timelines of one case on one scale, each with its name; today is that of ``before``."""
    first = current_segments(before)
    second = tuple(each for each in after.segments if each.last >= first[0].first)
    scale = _Scale(
        min(first[0].first, second[0].first), max(first[-1].last, second[-1].last), width
    )
    today = before.as_of
    return (
        _bar(before, first, scale, today=today, name=names[0]),
        _bar(after, second, scale, today=today, name=names[1], known=before.due),
    )


def lines(timeline: Timeline) -> tuple[Line, ...]:
    """Return the table under the bar: every block of days, counted or not, with its article."""
    return tuple(
        Line(
            days=_span(segment, today=timeline.as_of),
            counted=segment.kind is SegmentKind.COUNTED,
            working_days=segment.working_days,
            words=KIND_LABELS[segment.kind],
            citation=segment.citation,
        )
        for segment in current_segments(timeline)
        if segment.kind not in {SegmentKind.RECEIPT, SegmentKind.AFTER}
    )


def current_segments(timeline: Timeline) -> Sequence[Segment]:
    """Return the blocks from the last restart on; what a restart wiped out is only history.

    Of a closed case only the days up to its end; nothing is counted afterwards.
    """
    segments = timeline.segments
    if timeline.closed_on is not None:
        segments = (
            tuple(each for each in segments if each.kind is not SegmentKind.AFTER) or segments
        )
    starts = [place for place, each in enumerate(segments) if each.kind is SegmentKind.RECEIPT]
    return segments[starts[-1] :] if starts else segments


def _bar(
    timeline: Timeline,
    segments: Sequence[Segment],
    scale: _Scale,
    *,
    today: date,
    name: str = "",
    known: date | None = None,
) -> Bar:
    inside = scale.first <= today <= scale.last
    place = scale.at(today) + scale.step / 2
    first = segments[0].first
    due = timeline.due
    return Bar(
        cells=tuple(_cells(timeline, segments, scale, today=today, known=known)),
        width=scale.width,
        title="；".join(
            f"{line.days}{line.words}{line.working_days}日" for line in lines(timeline)
        ),
        name=name,
        today=_label(place, f"今天 {desk_dates.short(today, today=today)}", scale)
        if inside
        else None,
        start=Label("0", f"{_starts(timeline)} {desk_dates.short(first, today=today)}", "start"),
        end=None
        if due is None
        else _label(
            scale.at(due) + scale.step,
            f"{'预计 ' if timeline.projected else ''}{desk_dates.with_weekday(due, today=today)}",
            scale,
        ),
    )


def _starts(timeline: Timeline) -> str:
    """Name what the shown days begin with."""
    return _STARTS.get(timeline.period.cause, "收到")


def _label(place: float, words: str, scale: _Scale) -> Label:
    if place < _LABEL_ROOM:
        return Label(f"{place:.1f}", words, "start")
    if place > scale.width - _LABEL_ROOM:
        return Label(f"{place:.1f}", words, "end")
    return Label(f"{place:.1f}", words, "middle")


def _cells(
    timeline: Timeline,
    segments: Sequence[Segment],
    scale: _Scale,
    *,
    today: date,
    known: date | None,
) -> Iterator[Cell]:
    calendar = timeline.calendar
    for segment in segments:
        day = segment.first
        while day <= segment.last:
            works = calendar.is_working(day)
            reason = calendar.why(day)
            words = (
                KIND_LABELS[segment.kind]
                if works or segment.kind is not SegmentKind.COUNTED
                else "休息日"
            )
            yield Cell(
                x=f"{scale.at(day):.2f}",
                width=f"{max(scale.step - _GAP, 0.4):.2f}",
                look=_look(
                    segment.kind,
                    works=works,
                    future=day > today,
                    added=known is not None and day > known,
                ),
                words=f"{desk_dates.full(day)} {words}{f'（{reason.name}）' if reason.name else ''}",
            )
            day += _DAY


def _look(kind: SegmentKind, *, works: bool, future: bool, added: bool) -> str:
    if kind is SegmentKind.RECEIPT:
        return "day-receipt"
    if kind in {SegmentKind.EXCLUDED, SegmentKind.WAITING}:
        return "day-excluded"
    if not works or kind is SegmentKind.AFTER:
        return "day-rest"
    if kind is SegmentKind.OVERDUE:
        return "day-overdue"
    if added:
        return "day-added"
    return "day-future" if future else "day-counted"


def _span(segment: Segment, *, today: date) -> str:
    first, last = (desk_dates.short(day, today=today) for day in (segment.first, segment.last))
    return first if first == last else f"{first} 至 {last}"
