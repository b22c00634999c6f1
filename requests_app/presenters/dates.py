"""Dates as citizens read them: 10月21日 in prose, 2026-10-21 in data, the weekday in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.utils import timezone

from requests_app.domain.explain import day_words

_WEEKDAYS: Final = "一二三四五六日"


def day(on: date) -> str:
    """Return a day for prose, such as 10月21日."""
    return f"{on.month}月{on.day}日"


def full(on: date) -> str:
    """Return a day with its year for prose, such as 2026年10月21日."""
    return day_words.full(on)


def weekday(on: date) -> str:
    """Return the weekday, such as 周三."""
    return f"周{_WEEKDAYS[on.weekday()]}"


def span(first: date, last: date) -> str:
    """Return a block of days, such as 9月15日–9月18日; a single day stands alone."""
    return day(first) if first == last else f"{day(first)}–{day(last)}"


def second(at: datetime) -> str:
    """Return a moment to the second in the office's time, such as 2026-09-14 20:17:36."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def minute(at: datetime) -> str:
    """Return a moment to the minute in the office's time, such as 2026-09-14 20:17."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
