"""Charts as places and sizes: columns, bars, a calendar. A template only prints them as SVG.

Drawn on the server, so that they stand on paper and without script, under a policy that allows no
inline style (ADR 15). Each value is printed at its mark, and each chart carries its own data table:
both come from the same numbers. Colours are classes of ``reports.css``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WIDTH: Final = 384
HEIGHT: Final = 188

_BASE: Final = 160
_TALLEST: Final = 132
_LEFT: Final = 6
_BAR_LEFT: Final = 70
_BAR_LONGEST: Final = 270
_DAY_LEFT: Final = 56
_DAY_WIDTH: Final = 46
_DAY_HEIGHT: Final = 21
_WEEK: Final = 7


@dataclass(frozen=True)
class Series:
    """One colour of a chart: its words in the legend and the data table, and its class."""

    label: str
    look: str


@dataclass(frozen=True)
class Datum:
    """One mark of a chart as its data table shows it: words, numbers, and a list to open."""

    label: str
    numbers: tuple[int, ...]
    query: str = ""
    look: str = ""


@dataclass(frozen=True)
class Box:
    """A rectangle, how it looks, and what it says when pointed at."""

    x: str
    y: str
    width: str
    height: str
    look: str
    words: str


@dataclass(frozen=True)
class Words:
    """Words at a place; ``anchor`` as SVG takes it."""

    x: str
    y: str
    words: str
    anchor: str = "middle"
    look: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing with its data table. ``data`` are the rows the drawing was made of."""

    title: str
    says: str
    head: tuple[str, ...]
    data: tuple[Datum, ...]
    boxes: tuple[Box, ...]
    words: tuple[Words, ...]
    legend: tuple[Series, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    axis: str = ""

    @property
    def view_box(self) -> str:
        """Return the size of the drawing as SVG takes it."""
        return f"0 0 {self.width} {self.height}"


def columns(
    title: str, *, says: str, first: str, series: Sequence[Series], data: Sequence[Datum]
) -> Chart:
    """Draw standing columns, those of one label side by side; a datum's own look wins."""
    highest = max((number for datum in data for number in datum.numbers), default=0) or 1
    step = (WIDTH - 2 * _LEFT) / max(1, len(data))
    gap = step * 0.24
    thick = (step - gap) / len(series)
    boxes, words = [], []
    for at, datum in enumerate(data):
        left = _LEFT + at * step + gap / 2
        for nth, (one, number) in enumerate(zip(series, datum.numbers, strict=True)):
            tall = number / highest * _TALLEST
            x = left + nth * thick
            name = f"{datum.label} {one.label} {number} 件" if len(series) > 1 else datum.label
            tip = name if len(series) > 1 else f"{name} {number} 件"
            boxes.append(_box(x, _BASE - tall, thick, tall, look=datum.look or one.look, words=tip))
            look = "b" if number else "m"
            words.append(_words(x + thick / 2, _BASE - tall - 5, str(number), look=look))
        words.append(_words(left + (step - gap) / 2, _BASE + 17, datum.label))
    return Chart(
        title=title, says=says, head=(first, *(one.label for one in series)), data=tuple(data),
        boxes=tuple(boxes), words=tuple(words), legend=tuple(series) if len(series) > 1 else (),
        axis=f"M2 {_BASE}H{WIDTH - 2}",
    )  # fmt: skip


def bars(
    title: str, *, says: str, first: str, series: Sequence[Series], data: Sequence[Datum]
) -> Chart:
    """Draw lying bars, the numbers of one label end to end, their sum at the end."""
    longest = max((sum(datum.numbers) for datum in data), default=0) or 1
    step = (HEIGHT - 16) / max(1, len(data))
    boxes, words = [], []
    for at, datum in enumerate(data):
        x, y = float(_BAR_LEFT), 6 + at * step
        for one, number in zip(series, datum.numbers, strict=True):
            wide = number / longest * _BAR_LONGEST
            if number:
                tip = f"{datum.label} {one.label} {number} 件"
                boxes.append(_box(x, y + step * 0.14, wide, step * 0.6, look=one.look, words=tip))
            x += wide
        middle = y + step * 0.44 + 4
        total = sum(datum.numbers)
        words.append(_words(_BAR_LEFT - 6, middle, datum.label, anchor="end"))
        words.append(_words(x + 6, middle, str(total), anchor="start", look="b" if total else "m"))
    return Chart(
        title=title, says=says, head=(first, *(one.label for one in series)), data=tuple(data),
        boxes=tuple(boxes), words=tuple(words), legend=tuple(series),
        axis=f"M{_BAR_LEFT} 2V{HEIGHT - 6}",
    )  # fmt: skip


def calendar(
    title: str,
    *,
    says: str,
    counts: Mapping[date, int],
    first: date,
    weeks: int,
    today: date,
    rests: frozenset[date],
    data: Sequence[Datum],
) -> Chart:
    """Draw weeks as rows of days from the Monday ``first`` on, in three steps of one colour."""
    most = max(counts.values(), default=0)
    boxes, words = [], []
    for nth, name in enumerate("一二三四五六日"):
        words.append(_words(_DAY_LEFT + (nth + 0.5) * _DAY_WIDTH, 12, f"周{name}"))
    for n in range(weeks * _WEEK):
        day = first + timedelta(days=n)
        x = _DAY_LEFT + n % _WEEK * _DAY_WIDTH
        y = 18 + n // _WEEK * (_DAY_HEIGHT + 3)
        number = counts.get(day, 0)
        step = "r" if day in rests and not number else str(-(-number * 3 // most) if number else 0)
        look = f"h{step}{' now' if day == today else ''}"
        tip = f"{day.isoformat()} {number} 件"
        boxes.append(_box(x, y, _DAY_WIDTH - 3, _DAY_HEIGHT, look=look, words=tip))
        words.append(_words(x + 5, y + 14, str(day.day), anchor="start", look="m"))
        if number:
            words.append(_words(x + _DAY_WIDTH - 8, y + 15, str(number), anchor="end", look="b"))
        if n % _WEEK == 0:
            words.append(_words(_DAY_LEFT - 6, y + 14, f"{day:%m-%d}", anchor="end"))
    height = 18 + weeks * (_DAY_HEIGHT + 3) + 2
    return Chart(
        title=title, says=says, head=("到期日", "件"), data=tuple(data), boxes=tuple(boxes),
        words=tuple(words), height=height,
    )  # fmt: skip


def _box(x: float, y: float, width: float, height: float, *, look: str, words: str) -> Box:
    return Box(_n(x), _n(y), _n(width), _n(height), look, words)


def _words(x: float, y: float, words: str, *, anchor: str = "middle", look: str = "") -> Words:
    return Words(_n(x), _n(y), words, anchor, look)


def _n(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
