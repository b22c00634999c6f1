"""Which calendar holds: the approved notices, built into one value and kept per process.

Reading only. Notices come in, and become valid, through ``services.calendars``; how days are
counted stands in ``domain.workdays``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from django.db.models import QuerySet

from requests_app.adapters import calendar_files
from requests_app.domain import workdays
from requests_app.domain.errors import Refused
from requests_app.domain.workdays import Calendar, DayChange, DayKind
from requests_app.models import CalendarDay, CalendarNotice

#: Notices for the next year come out between late October and mid November.
_WARN_FROM_MONTH: Final = 11

#: The approved notices as one hashable value: a further approval makes a further calendar.
_Approved = tuple[tuple[int, str, datetime | None], ...]


@dataclass(frozen=True)
class Coverage:
    """How far the calendar reaches. ``missing_year`` is the year that should be there by now."""

    last_published_year: int
    missing_year: int | None


def current(*, known_on: date | None = None) -> Calendar:
    """Return the calendar of all approved notices, or as it was known on a day.

    One small query per call tells whether the kept value still holds. Refuses
    (``calendar_missing``) while no notice is approved: a guess would be a wrong due date.
    """
    return _build(_approved(), known_on)


def with_changes(changes: tuple[DayChange, ...]) -> Calendar:
    """Return the calendar as it would be with ``changes`` approved on top. Not kept."""
    return workdays.build_calendar(
        [*_changes(_approved()), *changes], statutory=calendar_files.packaged_statutory()
    )


def coverage(*, today: date) -> Coverage:
    """Tell how far the approved notices reach, and which year is missing on ``today``.

    From 1 November the next year is expected; before, only the running one.
    """
    last = current().last_published_year
    expected = today.year + (1 if today.month >= _WARN_FROM_MONTH else 0)
    return Coverage(last, last + 1 if last < expected else None)


def changes_of(notice: CalendarNotice) -> tuple[DayChange, ...]:
    """Return what one notice says of each day, approved or not."""
    return tuple(_read(CalendarDay.objects.filter(notice=notice).select_related("notice")))


def is_set_up() -> bool:
    """Tell whether any notice is approved, so that dates can be computed at all."""
    return CalendarNotice.objects.filter(approved_at__isnull=False).exists()


def _approved() -> _Approved:
    rows = CalendarNotice.objects.filter(approved_at__isnull=False).order_by("pk")
    return tuple(rows.values_list("pk", "number", "approved_at"))


@lru_cache(maxsize=8)
def _build(approved: _Approved, known_on: date | None) -> Calendar:
    if not approved:
        sentence = "还没有启用的工作日历，不能计算期限。请系统管理员导入国务院办公厅的放假通知。"
        raise Refused.because("calendar_missing", sentence)
    return workdays.build_calendar(
        _changes(approved), statutory=calendar_files.packaged_statutory(), known_on=known_on
    )


def _changes(approved: _Approved) -> tuple[DayChange, ...]:
    rows = CalendarDay.objects.filter(notice__in=[pk for pk, _, _ in approved])
    return tuple(_read(rows.select_related("notice")))


def _read(rows: QuerySet[CalendarDay]) -> Iterator[DayChange]:
    for row in rows.order_by("notice__published_on", "notice_id", "on"):
        yield DayChange(
            on=row.on,
            kind=DayKind(row.kind),
            name=row.name,
            notice_no=row.notice.number,
            published_on=row.notice.published_on,
        )
