"""Working days of mainland China as one immutable value.

Here belong the calendar, counting on it, and which notice made a day what it is. Reading files and
tables is for ``adapters.calendar_files`` and ``selectors.calendars``; what is counted, and why, is
for ``clock``.

A calendar is two arrays: for each day its rank (working days up to and including it), and for each
rank its day. The n-th working day after a day is then one addition and two look-ups.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.errors import Refused

SATURDAY: Final = 5
NEW_YEAR: Final = (1, 1)
NATIONAL_DAY: Final = (10, 1)


class DayKind(StrEnum):
    """What a notice says of a day."""

    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    CANCEL_MAKEUP = "cancel_makeup"


class DayNature(StrEnum):
    """What a day is in the end. ``STATUTORY`` is off by the 放假办法 alone, in a year without notice."""

    WORKING = "working"
    MAKEUP = "makeup"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    STATUTORY = "statutory"


@dataclass(frozen=True)
class DayChange:
    """What one notice says of one day. A make-up day that is no Saturday or Sunday is refused."""

    on: date
    kind: DayKind
    name: str
    notice_no: str
    published_on: date

    def __post_init__(self) -> None:
        if self.kind is not DayKind.HOLIDAY and self.on.weekday() < SATURDAY:
            sentence = f"{self.on}不是周六或周日，不能作为调休上班日，请核对。"
            raise Refused.because("makeup_on_weekday", sentence)
        if not self.notice_no:
            raise Refused.because("notice_missing", f"{self.on}没有写明依据的通知文号。")


@dataclass(frozen=True)
class StatutoryDay:
    """A day off that the 放假办法 itself names."""

    on: date
    name: str
    basis: str


@dataclass(frozen=True)
class DayReason:
    """Why a day works or not. ``notice_no`` is the notice, or the 放假办法 of a statutory day."""

    nature: DayNature
    name: str = ""
    notice_no: str = ""

    @property
    def works(self) -> bool:
        return self.nature in {DayNature.WORKING, DayNature.MAKEUP}


@dataclass(frozen=True, eq=False)
class Calendar:
    """Working days between two dates, as known on a day (``None``: by all notices there are).

    ``version`` changes whenever a notice or a single day does; ``notice_no`` is the latest notice,
    empty if none was known. ``last_published_year`` is the last year that has a notice; days after
    it are provisional. Dates outside the calendar are refused.
    """

    version: str
    notice_no: str
    notice_published_on: date | None
    known_on: date | None
    first_day: date
    last_day: date
    last_published_year: int
    _base: int = field(repr=False)
    _ranks: tuple[int, ...] = field(repr=False)
    _days: tuple[date, ...] = field(repr=False)
    _named: Mapping[date, DayReason] = field(repr=False)

    def add(self, day: date, working_days: int) -> date:
        """Return the n-th working day after ``day``, which itself is never counted (民法典 201)."""
        offset = day.toordinal() - self._base
        if offset < 0 or working_days < 1:
            raise self._refusal(day, working_days)
        try:
            return self._days[self._ranks[offset] + working_days - 1]
        except IndexError:
            raise self._refusal(day, working_days) from None

    def count(self, after: date, until: date) -> int:
        """Return the working days after ``after`` up to and including ``until``; may be negative."""
        return self.rank(until) - self.rank(after)

    def rank(self, day: date) -> int:
        """Return the number of working days from the calendar's first day up to and including ``day``."""
        offset = day.toordinal() - self._base
        if offset < 0:
            raise self._refusal(day, 1)
        try:
            return self._ranks[offset]
        except IndexError:
            raise self._refusal(day, 1) from None

    def day(self, rank: int) -> date:
        """Return the working day of that rank (from 1)."""
        if not 0 < rank <= len(self._days):
            sentence = (
                f"期限的最后一天超出工作日历（{self.first_day}至{self.last_day}），不能计算。"
            )
            raise Refused.because("outside_calendar", sentence)
        return self._days[rank - 1]

    def is_working(self, day: date) -> bool:
        """Tell whether the day is a working day."""
        return self.why(day).works

    def roll(self, day: date) -> date:
        """Return the day itself if it works, otherwise the next working day."""
        return day if self.is_working(day) else self.add(day, 1)

    def is_provisional(self, day: date) -> bool:
        """Tell whether the day lies after the last year that has a notice."""
        return day.year > self.last_published_year

    def why(self, day: date) -> DayReason:
        """Return what the day is and, where it was named, by which notice."""
        self.rank(day)
        return self._named.get(day) or _plain(day)

    def check(self, day: date) -> None:
        """Refuse a day that lies outside the calendar."""
        if not self.first_day <= day <= self.last_day:
            sentence = f"日期{day}不在工作日历（{self.first_day}至{self.last_day}）之内，请核对。"
            raise Refused.because("outside_calendar", sentence)

    def covers(self, day: date) -> bool:
        """Tell whether the day lies inside the calendar."""
        return self.first_day <= day <= self.last_day

    def _refusal(self, day: date, working_days: int) -> Refused:
        if working_days < 1:
            sentence = f"工作日数须为1以上的整数，不能是{working_days}。"
            return Refused.because("working_days_below_one", sentence)
        sentence = f"{day}起的期限超出工作日历（{self.first_day}至{self.last_day}），不能计算，请核对日期。"
        return Refused.because("outside_calendar", sentence)


def build_calendar(
    changes: Iterable[DayChange],
    *,
    statutory: Iterable[StatutoryDay],
    known_on: date | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Calendar:
    """Build the calendar from the notices published on or before ``known_on`` (``None``: all).

    A later notice wins over an earlier one. A year has a notice once both its New Year and its
    National Day are named: a notice entered by half leaves its year provisional, with the days of
    the 放假办法 off. The calendar begins with the month of the first day any notice names, and ends
    with the last year whose statutory days are known, unless told otherwise. Refuses to take back a
    make-up day that was never set.
    """
    everything = sorted(changes, key=_in_order)
    named_by_law = tuple(statutory)
    first, last = _limits(everything, named_by_law, first_day=first_day, last_day=last_day)
    known = [change for change in everything if known_on is None or change.published_on <= known_on]

    reasons = _named_days(known)
    published = _published_years(reasons)
    last_published = max(published, default=first.year - 1)
    for off in named_by_law:
        # An unpublished year may have single days named already, by the notice of the year before.
        if off.on.year not in published:
            reasons.setdefault(off.on, DayReason(DayNature.STATUTORY, off.name, off.basis))

    ranks: list[int] = []
    days: list[date] = []
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if (reasons.get(day) or _plain(day)).works:
            days.append(day)
        ranks.append(len(days))
    latest = known[-1] if known else None
    return Calendar(
        version=_version(latest, reasons, first, last),
        notice_no=latest.notice_no if latest else "",
        notice_published_on=latest.published_on if latest else None,
        known_on=known_on,
        first_day=first,
        last_day=last,
        last_published_year=last_published,
        _base=first.toordinal(),
        _ranks=tuple(ranks),
        _days=tuple(days),
        _named=MappingProxyType(reasons),
    )


def _in_order(change: DayChange) -> tuple[date, date, bool]:
    # Within a notice a make-up day is taken back first, then named anew (2020-02-01).
    return change.published_on, change.on, change.kind is not DayKind.CANCEL_MAKEUP


def _limits(
    changes: list[DayChange],
    statutory: tuple[StatutoryDay, ...],
    *,
    first_day: date | None,
    last_day: date | None,
) -> tuple[date, date]:
    if not changes and (first_day is None or last_day is None):
        raise Refused.because("calendar_empty", "没有任何放假通知，无法建立工作日历。")
    first = first_day or min(change.on for change in changes).replace(day=1)
    years = [*(change.on.year for change in changes), *(day.on.year for day in statutory)]
    last = last_day or date(max(years), 12, 31)
    if first > last:
        raise Refused.because("calendar_backwards", f"工作日历的起日{first}晚于止日{last}。")
    return first, last


def _named_days(changes: list[DayChange]) -> dict[date, DayReason]:
    named: dict[date, DayReason] = {}
    for change in changes:
        if change.kind is not DayKind.CANCEL_MAKEUP:
            named[change.on] = DayReason(
                DayNature(change.kind.value), change.name, change.notice_no
            )
        elif change.on in named and named[change.on].nature is DayNature.MAKEUP:
            del named[change.on]
        else:
            sentence = f"{change.on}原本没有定为调休上班日，不能取消（{change.notice_no}）。"
            raise Refused.because("cancel_without_makeup", sentence)
    return named


def _published_years(named: Mapping[date, DayReason]) -> frozenset[int]:
    years = {day.year for day in named}
    return frozenset(
        year
        for year in years
        if date(year, *NEW_YEAR) in named and date(year, *NATIONAL_DAY) in named
    )


def _plain(day: date) -> DayReason:
    return _WEEKEND if day.weekday() >= SATURDAY else _WEEKDAY


_WEEKDAY: Final = DayReason(DayNature.WORKING)
_WEEKEND: Final = DayReason(DayNature.WEEKEND)


def _version(
    latest: DayChange | None, named: Mapping[date, DayReason], first: date, last: date
) -> str:
    # The digest tells apart two editions of a day under one notice number.
    days = ";".join(f"{day}{named[day].nature}" for day in sorted(named))
    digest = hashlib.sha256(f"{first}{last}{days}".encode()).hexdigest()[:8]
    if latest is None:
        return f"无放假通知 {digest}"
    return f"{latest.notice_no} {latest.published_on} {digest}"


@dataclass(frozen=True)
class _Vector:
    """A receipt and the last days of 7, 15, 20 and 40 working days, counted by hand."""

    receipt: date
    due: tuple[date, date, date, date]


_SPANS: Final = (7, 15, 20, 40)


def _vector(receipt: str, *due: str) -> _Vector:
    seven, fifteen, twenty, forty = (date.fromisoformat(day) for day in due)
    return _Vector(date.fromisoformat(receipt), (seven, fifteen, twenty, forty))


#: Each with its trap: make-up weekends, receipt on one, inside a holiday, over the turn of a year.
_VECTORS: Final = (
    _vector("2024-09-13", "2024-09-25", "2024-10-11", "2024-10-17", "2024-11-14"),
    _vector("2025-01-24", "2025-02-10", "2025-02-20", "2025-02-27", "2025-03-27"),
    _vector("2025-09-26", "2025-10-13", "2025-10-23", "2025-10-30", "2025-11-27"),
    _vector("2025-09-28", "2025-10-14", "2025-10-24", "2025-10-31", "2025-11-28"),
    _vector("2025-10-03", "2025-10-16", "2025-10-28", "2025-11-04", "2025-12-02"),
    _vector("2025-10-11", "2025-10-21", "2025-10-31", "2025-11-07", "2025-12-05"),
    _vector("2025-12-31", "2026-01-12", "2026-01-22", "2026-01-29", "2026-03-04"),
    _vector("2026-02-10", "2026-02-26", "2026-03-09", "2026-03-16", "2026-04-14"),
)


def self_test(calendar: Calendar) -> tuple[str, ...]:
    """Compare the calendar with dates counted by hand; return one sentence for each that differs.

    For the check at start. Vectors the calendar does not know as published are passed over.
    """
    problems: list[str] = []
    for vector in _VECTORS:
        if not calendar.covers(vector.receipt) or calendar.is_provisional(vector.due[-1]):
            continue
        for span, expected in zip(_SPANS, vector.due, strict=True):
            found = calendar.add(vector.receipt, span)
            if found != expected:
                problems.append(
                    f"{vector.receipt}起第{span}个工作日应为{expected}，工作日历算得{found}。"
                )
    return tuple(problems)
