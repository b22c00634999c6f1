"""The deadline report as its page shows it: rows of figures, each with the list it came from; charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from requests_app.domain import deadline_report
from requests_app.domain.deadline_report import (
    AGE_BARS,
    COLUMNS,
    FIGURE_LABELS,
    LOAD_ANSWERED,
    LOAD_BARS,
    LOAD_PAUSED,
    Figure,
    Line,
    Reading,
    Standing,
)
from requests_app.presenters import charts, desk_dates
from requests_app.presenters.charts import Chart, Datum, Series
from requests_app.selectors.deadline_report import Grouping, Report

#: The columns between the name of a row and its ages.
SHOWN: Final = (Figure.IN_HAND, *COLUMNS, Figure.UNSIGNED)
#: Of the year: yellow and red cards; and 督办单 that stand unanswered.
CARDS: Final = (Figure.YELLOW, Figure.RED, Figure.ORDERS)
HEAT_WEEKS: Final = 7
NOBODY_LABELS: Final = {Grouping.DEPARTMENT: "（未分办）", Grouping.CLERK: "（未定经办）"}

_TONES: Final[Mapping[Figure, str]] = {
    Figure.URGENT: "orange",
    Figure.TODAY: "red",
    Figure.OVERDUE: "darkred",
    Figure.UNSIGNED: "red",
    Figure.ORDERS: "red",
}
_LOAD_LOOKS: Final = ("darkred", "red", "orange", "yellow", "green", "green", "green")


@dataclass(frozen=True)
class Cell:
    """One number and the query of the list it came from; no query where there is nothing to open."""

    number: int
    query: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """One department or clerk. ``cards`` follow ``CARDS``; none where only entries are looked at."""

    label: str
    cells: tuple[Cell, ...]
    longest_days: int | None
    mean_remaining: str
    cards: tuple[Cell, ...]


def heads(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return the words above the columns, and what each means in working days."""
    urgent, soon = reading.thresholds.urgent, reading.thresholds.soon
    below = {
        Figure.AHEAD: f">{soon}",
        Figure.SOON: f"{urgent + 1}—{soon}" if urgent + 1 < soon else f"{soon}",
        Figure.URGENT: f"1—{urgent}",
    }
    return tuple((FIGURE_LABELS[figure], below.get(figure, "")) for figure in SHOWN)


def rows(
    report: Report,
    *,
    grouping: Grouping,
    names: Mapping[int, str],
    asked: Mapping[str, str],
) -> tuple[list[Row], Row]:
    """Return a row for each group, fullest first, nobody's last, and the row of the sum.

    ``asked`` is what every list must keep of the page: the past day and its axis.
    """
    over = report.over_the_year
    keys = set(report.lines) | {key for figures in over.values() for key in figures}
    in_order = sorted(
        keys,
        key=lambda key: (
            key is None,
            -report.lines[key].counts.get(Figure.IN_HAND, 0) if key in report.lines else 0,
            names.get(key or 0, ""),
        ),
    )
    empty = Line({}, None, None)
    column = grouping.name.lower()
    found = [
        _row(
            NOBODY_LABELS[grouping] if key is None else names.get(key, f"#{key}"),
            report.lines.get(key, empty),
            cards={figure: over[figure].get(key, 0) for figure in over},
            asked={**asked, column: "none" if key is None else str(key)},
        )
        for key in in_order
    ]
    sums = {figure: sum(numbers.values()) for figure, numbers in over.items()}
    return found, _row("合计", report.total, cards=sums, asked=asked)


def _row(label: str, line: Line, *, cards: Mapping[Figure, int], asked: Mapping[str, str]) -> Row:
    left = line.mean_remaining
    return Row(
        label=label,
        cells=tuple(cell(figure, line.counts.get(figure, 0), asked=asked) for figure in SHOWN),
        longest_days=line.longest_days,
        mean_remaining="—" if left is None else str(left),
        cards=tuple(
            cell(figure, cards[figure], asked=asked) for figure in CARDS if figure in cards
        ),
    )


def cell(figure: Figure, number: int, *, asked: Mapping[str, str]) -> Cell:
    """Return a number with the list it came from; nothing to open behind a nought."""
    query = urlencode({"list": figure.value, **asked}) if number else ""
    return Cell(number, query, _TONES.get(figure, "") if number else "")


@dataclass(frozen=True)
class Tile:
    """A number on the strip above the table."""

    label: str
    cell: Cell


def tiles(report: Report, *, asked: Mapping[str, str]) -> list[Tile]:
    """Return the three lists a supervisor asks for: near its end, late and open, late and answered."""
    counts = report.total.counts
    near = sum(counts.get(figure, 0) for figure in deadline_report.NEAR)
    found = [
        Tile("逾期未办理", cell(Figure.OVERDUE, counts.get(Figure.OVERDUE, 0), asked=asked)),
        Tile("即将逾期", Cell(near, cell(Figure.NEAR, near, asked=asked).query, "orange")),
    ]
    if Figure.LATE_DONE in report.over_the_year:
        late = sum(report.over_the_year[Figure.LATE_DONE].values())
        found.append(Tile("逾期已办理（本年）", cell(Figure.LATE_DONE, late, asked=asked)))
    unsigned = counts.get(Figure.UNSIGNED, 0)
    found.append(Tile(FIGURE_LABELS[Figure.UNSIGNED], cell(Figure.UNSIGNED, unsigned, asked=asked)))
    return found


def drawings(report: Report, *, reading: Reading, asked: Mapping[str, str]) -> tuple[Chart, ...]:
    """Return the four charts of the report."""
    number = f"{len(report.cases)} 件"
    found = [
        _load(report.cases, reading=reading, asked=asked, says=number),
        _ages(report.cases, reading=reading, asked=asked, says=number),
        _coming(report.cases, reading=reading, asked=asked),
    ]
    if report.flow:
        found.insert(2, _flow(report.flow))
    return tuple(found)


def _load(
    cases: tuple[Standing, ...], *, reading: Reading, asked: Mapping[str, str], says: str
) -> Chart:
    counted = deadline_report.load(cases, reading=reading)
    looks = dict(zip((words for words, _ in LOAD_BARS), _LOAD_LOOKS, strict=True))
    looks |= {LOAD_PAUSED: "grey", LOAD_ANSWERED: "main"}
    queries = _load_queries(reading, asked=asked)
    data = [
        Datum(words, (n,), queries[words] if n else "", looks[words])
        for words, n in counted.items()
    ]
    return charts.columns(
        "按剩余工作日", says=says, first="剩余工作日", series=[Series("件", "main")], data=data
    )


def _load_queries(reading: Reading, *, asked: Mapping[str, str]) -> dict[str, str]:
    """Return the list behind each bar: the days between which the last day lies."""
    queries, since = {}, reading.on
    for words, most in LOAD_BARS:
        given = {"list": Figure.RUNNING.value, **asked}
        if most is not None and most < 0:
            given["list"] = Figure.OVERDUE.value
        elif most is None:
            given["due_since"] = since.isoformat()
        else:
            last = reading.calendar.add(reading.on, most + 1) - timedelta(days=1)
            given |= {"due_since": since.isoformat(), "due_until": last.isoformat()}
            since = last + timedelta(days=1)
        queries[words] = urlencode(given)
    queries[LOAD_PAUSED] = urlencode({"list": Figure.PAUSED.value, **asked})
    queries[LOAD_ANSWERED] = urlencode({"list": Figure.ANSWERED.value, **asked})
    return queries


def _ages(
    cases: tuple[Standing, ...], *, reading: Reading, asked: Mapping[str, str], says: str
) -> Chart:
    data, until = [], reading.on
    most_of = dict(AGE_BARS)
    for words, numbers in deadline_report.ages(cases, reading=reading).items():
        most = most_of[words]
        given = {"list": Figure.IN_HAND.value, **asked, "until": until.isoformat()}
        if most is not None:
            since = reading.on - timedelta(days=most)
            given["since"] = since.isoformat()
            until = since - timedelta(days=1)
        data.append(Datum(words, numbers, urlencode(given) if sum(numbers) else ""))
    series = [Series("期限在计、待送达", "main"), Series(FIGURE_LABELS[Figure.PAUSED], "hatch")]
    return charts.bars("收到至今（自然日）", says=says, first="收到至今", series=series, data=data)


def _flow(flow: Mapping[date, tuple[int, int]]) -> Chart:
    data = [
        Datum(f"{monday:%m-%d}", numbers, _week_query(monday))
        for monday, numbers in sorted(flow.items())
    ]
    series = [Series("收到", "main"), Series("办结", "green")]
    says = f"近 {len(data)} 周，自周一起"
    return charts.columns("收到与办结", says=says, first="周（周一）", series=series, data=data)


def _week_query(monday: date) -> str:
    return urlencode(
        {
            "list": Figure.RECEIVED.value,
            "since": monday.isoformat(),
            "until": (monday + timedelta(days=6)).isoformat(),
        }
    )


def _coming(cases: tuple[Standing, ...], *, reading: Reading, asked: Mapping[str, str]) -> Chart:
    counts = deadline_report.coming(cases, reading=reading)
    first = reading.on - timedelta(days=reading.on.weekday())
    days = [first + timedelta(days=n) for n in range(HEAT_WEEKS * 7)]
    rests = frozenset(day for day in days if not reading.calendar.is_working(day))
    data = []
    for day, number in counts.items():
        between = {"due_since": day.isoformat(), "due_until": day.isoformat()}
        query = urlencode({"list": Figure.IN_HAND.value, **asked, **between})
        data.append(Datum(desk_dates.full(day), (number,), query))
    return charts.calendar(
        "到期日历",
        says=f"{first:%m-%d} 起 {HEAT_WEEKS} 周，灰为休息日",
        counts={day: counts[day] for day in days if day in counts},
        first=first,
        weeks=HEAT_WEEKS,
        today=reading.on,
        rests=rests,
        data=data,
    )
