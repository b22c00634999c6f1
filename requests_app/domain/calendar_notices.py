"""What a notice on public holidays must look like before it may enter the calendar.

A notice speaks of its own year and of the last December before it (the notice for 2019 set
2018-12-29). What its days do to the calendar stands in ``workdays``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from requests_app.domain.errors import Reason, Refused
from requests_app.domain.workdays import DayChange, DayKind

_DECEMBER = 12


@dataclass(frozen=True)
class DayGiven:
    """One day as somebody typed it from a notice."""

    on: date
    kind: DayKind
    name: str


def changes(number: str, *, published_on: date, days: Iterable[DayGiven]) -> tuple[DayChange, ...]:
    """Turn typed days into a notice's changes; refuse, naming every day that cannot be."""
    found: list[DayChange] = []
    reasons: list[Reason] = []
    for day in days:
        try:
            found.append(DayChange(day.on, day.kind, day.name, number, published_on))
        except Refused as refusal:
            reasons += refusal.reasons
    if reasons:
        raise Refused(tuple(reasons))
    return tuple(found)


def year_of(notice: Iterable[DayChange]) -> int:
    """Return the year a notice is about: the last year it names."""
    return max(change.on.year for change in notice)


def problems(notice: Sequence[DayChange], *, year: int) -> tuple[Reason, ...]:
    """Return everything that cannot be right about one notice for ``year``; empty when it may enter."""
    if not notice:
        return (Reason("notice_empty", "通知里没有任何一天，请至少填写一天。"),)
    reasons: list[Reason] = []
    published_on = notice[0].published_on
    if published_on.year not in {year - 1, year}:
        sentence = f"公布日期{published_on}与通知的年份{year}对不上：通知在上一年或者当年公布。"
        reasons.append(Reason("published_year", sentence))
    seen: set[tuple[date, bool]] = set()
    for change in notice:
        if not _speaks_of(year, day=change.on):
            sentence = f"{change.on}不在{year}年，也不在{year - 1}年12月，请核对年份。"
            reasons.append(Reason("year_unknown", sentence))
        # Taking a make-up day back and naming the same day off are two statements (2020-02-01).
        statement = change.on, change.kind is DayKind.CANCEL_MAKEUP
        if statement in seen:
            reasons.append(Reason("day_repeated", f"{change.on}在同一通知中重复出现。"))
        seen.add(statement)
    return tuple(reasons)


def _speaks_of(year: int, *, day: date) -> bool:
    return day.year == year or (day.year == year - 1 and day.month == _DECEMBER)
