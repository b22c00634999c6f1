"""A year's figures as people see them: columns by month, results in the official groups, one rate.

A small number can point at a person. How many came and went is published by law anyway; how they
ended is not broken down finer than groups of ``FEW`` cases, and no rate is worked out from fewer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from requests_app.domain.report_rows import (
    REPORT_GROUP_LABELS,
    REPORT_ROWS,
    ReportGroup,
    ReportRow,
)
from requests_app.selectors.statistics import YearFigures

FEW: Final = 5

#: The chart's own units: twelve months of 30, of which two columns take 10 each.
_MONTH: Final = 30
_COLUMN: Final = 10
_HEIGHT: Final = 100
_LEAST: Final = 2


@dataclass(frozen=True)
class Column:
    """One column of the chart, in its units; ``kind`` is its class."""

    x: int
    y: int
    height: int
    kind: str


@dataclass(frozen=True)
class MonthLine:
    """One line of the table below the chart."""

    label: str
    received: int
    ended: int


@dataclass(frozen=True)
class ResultLine:
    """One group of results; ``length`` of its bar in hundredths of the longest."""

    label: str
    count: int
    length: int


@dataclass(frozen=True)
class YearPage:
    """What the page shows of one year."""

    year: int
    unfinished: bool
    received: int
    ended: int
    answered: int
    withdrawn: int
    lapsed: int
    rate: str
    rate_says: str
    months: tuple[MonthLine, ...]
    columns: tuple[Column, ...]
    chart_says: str
    most: int
    results: tuple[ResultLine, ...]
    merged: bool


def present(figures: YearFigures, *, today: date) -> YearPage:
    """Lay out a year; of the running one only the months begun so far."""
    last = today.month if figures.year == today.year else 12
    months = tuple(
        MonthLine(f"{month}月", figures.received.get(month, 0), figures.ended.get(month, 0))
        for month in range(1, last + 1)
    )
    most = max((max(line.received, line.ended) for line in months), default=0)
    received, ended = sum(m.received for m in months), sum(m.ended for m in months)
    results, merged = _results(figures.results)
    rate, rate_says = _rate(figures)
    return YearPage(
        year=figures.year,
        unfinished=figures.year == today.year,
        received=received,
        ended=ended,
        answered=figures.answered,
        withdrawn=figures.withdrawn,
        lapsed=figures.lapsed,
        rate=rate,
        rate_says=rate_says,
        months=months,
        columns=_columns(months, most=most),
        chart_says=f"{figures.year}年每月收到和办结的件数，共收到 {received} 件，办结 {ended} 件。每月的数字在下面的表里。",
        most=most,
        results=results,
        merged=merged,
    )


def _rate(figures: YearFigures) -> tuple[str, str]:
    if figures.judged < FEW:
        return "—", f"答复不到 {FEW} 件，不计算"
    # Rounded down: 99.96 % is not all of them.
    tenths = figures.in_time * 1000 // figures.judged
    return f"{tenths // 10}.{tenths % 10}%", f"{figures.judged} 件里 {figures.in_time} 件"


def _columns(months: tuple[MonthLine, ...], *, most: int) -> tuple[Column, ...]:
    if not most:
        return ()
    found = []
    for place, line in enumerate(months):
        left = place * _MONTH + (_MONTH - 2 * _COLUMN) // 2
        found.append(_column(left, line.received, most=most, kind="chart-received"))
        found.append(_column(left + _COLUMN, line.ended, most=most, kind="chart-ended"))
    return tuple(column for column in found if column.height)


def _column(x: int, count: int, *, most: int, kind: str) -> Column:
    height = max(_LEAST, round(count * _HEIGHT / most)) if count else 0
    return Column(x, _HEIGHT - height, height, kind)


def _results(counts: Mapping[ReportRow, int]) -> tuple[tuple[ResultLine, ...], bool]:
    """Group the results as table 三 does; put groups of few cases together until none is left.

    The sum stays right, and no line can be worked out from the others.
    """
    groups: Counter[str] = Counter()
    for line in REPORT_ROWS:
        if count := counts.get(line.row, 0):
            groups[_heading(line.group, line.label)] += count
    kept = [(label, count) for label, count in groups.items() if count >= FEW]
    few = sum(count for count in groups.values() if count < FEW)
    merged = bool(few)
    if 0 < few < FEW and kept:
        smallest = min(kept, key=lambda pair: pair[1])
        kept.remove(smallest)
        few += smallest[1]
    if few:
        kept.append(("其他各种结果合计" if kept else "各种结果合计", few))
    longest = max((count for _, count in kept), default=0)
    return (
        tuple(ResultLine(label, count, round(count * 100 / longest)) for label, count in kept),
        merged,
    )


def _heading(group: ReportGroup, label: str) -> str:
    """Name a line's group: those directly under 办理结果 are groups of their own."""
    name = label if group is ReportGroup.RESULTS else REPORT_GROUP_LABELS[group]
    return name.split("）", 1)[-1].split("（", 1)[0]
