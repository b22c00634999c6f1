"""Days in Chinese prose, for texts the domain writes: letters' explanations, never pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

_WEEKDAYS: Final = "一二三四五六日"


def full(on: date) -> str:
    """Return a day with its year, such as 2026年3月2日."""
    return f"{on.year}年{on.month}月{on.day}日"


def short(on: date, *, year: int) -> str:
    """Return a day without its year where that is ``year``, which the text has named before."""
    return f"{on.month}月{on.day}日" if on.year == year else full(on)


def weekday(on: date) -> str:
    """Return a day with its weekday, such as 9月28日（周日）."""
    return f"{on.month}月{on.day}日（周{_WEEKDAYS[on.weekday()]}）"


def span(first: date, last: date, *, year: int) -> str:
    """Return a block of days, such as 5月12日至5月13日; a single day stands alone."""
    if first == last:
        return short(first, year=year)
    return f"{short(first, year=year)}至{short(last, year=first.year)}"


def listing(words: Iterable[str]) -> str:
    """Join words as a list, each once, in the order they come."""
    return "、".join(dict.fromkeys(words))
