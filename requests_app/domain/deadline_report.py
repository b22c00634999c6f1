"""The deadline report as figures: in which column a live case stands, how load and age are grouped.

A live case stands in exactly one of the columns ``COLUMNS``, so a row of the report adds up to
``Figure.IN_HAND``. Which cases there are, and on which day, is asked elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.ledger import Status
from requests_app.domain.lights import Thresholds
from requests_app.domain.workdays import Calendar


class Figure(StrEnum):
    """Every figure of the report that counts cases, and so every list that can be opened from it."""

    IN_HAND = "in_hand"
    RUNNING = "running"
    AHEAD = "ahead"
    SOON = "soon"
    URGENT = "urgent"
    TODAY = "today"
    OVERDUE = "overdue"
    PAUSED = "paused"
    ANSWERED = "answered"
    UNSIGNED = "unsigned"
    NEAR = "near"
    LATE_DONE = "late_done"
    YELLOW = "yellow"
    RED = "red"
    ORDERS = "orders"
    RECEIVED = "received"
    CLOSED = "closed"


FIGURE_LABELS: Final[Mapping[Figure, str]] = MappingProxyType(
    {
        Figure.IN_HAND: "在办",
        Figure.RUNNING: "期限在计",
        Figure.AHEAD: "未到期",
        Figure.SOON: "预警",
        Figure.URGENT: "临期",
        Figure.TODAY: "今日",
        Figure.OVERDUE: "超期",
        Figure.PAUSED: "暂停、等待",
        Figure.ANSWERED: "待送达",
        Figure.UNSIGNED: "待签收超1日",
        Figure.NEAR: "即将逾期",
        Figure.LATE_DONE: "逾期已办理",
        Figure.YELLOW: "黄牌",
        Figure.RED: "红牌",
        Figure.ORDERS: "督办未回",
        Figure.RECEIVED: "收到",
        Figure.CLOSED: "办结",
    }
)

#: Each live case stands in exactly one of these.
COLUMNS: Final = (
    Figure.AHEAD, Figure.SOON, Figure.URGENT, Figure.TODAY, Figure.OVERDUE, Figure.PAUSED,
    Figure.ANSWERED,
)  # fmt: skip
#: 即将逾期: the period ends within the threshold of a warning.
NEAR: Final = frozenset({Figure.SOON, Figure.URGENT, Figure.TODAY})
#: A period runs or went by unanswered.
RUNNING: Final = NEAR | {Figure.AHEAD, Figure.OVERDUE}

#: More than so many working days between 分办 and 签收 is late (step 签收, one day).
SIGN_WITHIN_WORKING_DAYS: Final = 1


@dataclass(frozen=True)
class Standing:
    """How one live case stood on a day.

    ``due_on`` is ``None`` while no period runs; ``paused`` says that a running one is stopped.
    ``assigned_on`` is the day it was last given to a department.
    """

    case_id: int
    number: str
    department_id: int | None
    clerk_id: int | None
    received_on: date
    due_on: date | None
    status: Status
    paused: bool
    assigned_on: date | None = None


@dataclass(frozen=True)
class Reading:
    """The day a report speaks of, the calendar it counts by, and the office's thresholds."""

    on: date
    calendar: Calendar
    thresholds: Thresholds

    def remaining(self, due_on: date) -> int:
        """Return the working days left until ``due_on``; negative by as many as have gone by."""
        if due_on >= self.on:
            return self.calendar.count(self.on, due_on)
        return -self.calendar.count(due_on, self.on)

    def column(self, case: Standing) -> Figure:
        """Return the one column a live case stands in.

        A day that has gone by is late even with no working day since; a pause that began too late
        does not hide that.
        """
        if case.status is Status.ANSWERED:
            return Figure.ANSWERED
        if case.due_on is None:
            return Figure.PAUSED
        if case.due_on < self.on:
            return Figure.OVERDUE
        return Figure.PAUSED if case.paused else self._ahead(self.remaining(case.due_on))

    def _ahead(self, left: int) -> Figure:
        borders = (
            (0, Figure.TODAY),
            (self.thresholds.urgent, Figure.URGENT),
            (self.thresholds.soon, Figure.SOON),
        )
        return next((figure for most, figure in borders if left <= most), Figure.AHEAD)

    def unsigned(self, case: Standing) -> bool:
        """Tell whether a department has had the case for more than a working day unsigned."""
        return (
            case.status is Status.ASSIGNED
            and case.assigned_on is not None
            and self.calendar.count(case.assigned_on, self.on) > SIGN_WITHIN_WORKING_DAYS
        )

    def figures(self, case: Standing) -> frozenset[Figure]:
        """Return every figure of the present that counts a live case."""
        column = self.column(case)
        found = {Figure.IN_HAND, column}
        if column in RUNNING:
            found.add(Figure.RUNNING)
        if column in NEAR:
            found.add(Figure.NEAR)
        if self.unsigned(case):
            found.add(Figure.UNSIGNED)
        return frozenset(found)


@dataclass(frozen=True)
class Line:
    """One row of the report. ``longest_days`` are calendar days since the oldest receipt.

    ``mean_remaining`` is the mean of the working days left over the cases whose period runs, late
    ones counted as negative; ``None`` where none runs.
    """

    counts: Mapping[Figure, int]
    longest_days: int | None
    mean_remaining: Decimal | None


def line(cases: Iterable[Standing], *, reading: Reading) -> Line:
    """Add up the cases of one row."""
    cases = tuple(cases)
    counts: Counter[Figure] = Counter()
    left = []
    for case in cases:
        counts.update(reading.figures(case))
        if case.due_on is not None and reading.column(case) in RUNNING:
            left.append(reading.remaining(case.due_on))
    oldest = min((case.received_on for case in cases), default=None)
    return Line(
        counts={figure: counts[figure] for figure in Figure if counts[figure]},
        longest_days=(reading.on - oldest).days if oldest else None,
        mean_remaining=mean(left),
    )


def mean(numbers: Iterable[int]) -> Decimal | None:
    """Return the mean to one decimal place, halves away from zero; ``None`` of nothing."""
    numbers = tuple(numbers)
    if not numbers:
        return None
    return (Decimal(sum(numbers)) / len(numbers)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def by_group(
    cases: Iterable[Standing], *, group: Callable[[Standing], int | None], reading: Reading
) -> dict[int | None, Line]:
    """Add up the cases of each group, in no order."""
    groups: dict[int | None, list[Standing]] = {}
    for case in cases:
        groups.setdefault(group(case), []).append(case)
    return {key: line(members, reading=reading) for key, members in groups.items()}


#: The bars of the load chart: words, and the most working days left that belong to it.
LOAD_BARS: Final[tuple[tuple[str, int | None], ...]] = (
    ("超期", -1), ("0—1", 1), ("2—3", 3), ("4—5", 5), ("6—10", 10), ("11—20", 20), (">20", None),
)  # fmt: skip
LOAD_PAUSED: Final = "暂停"
LOAD_ANSWERED: Final = FIGURE_LABELS[Figure.ANSWERED]

#: The bars of the age chart: words, and the most calendar days since receipt that belong to it.
AGE_BARS: Final[tuple[tuple[str, int | None], ...]] = (
    ("0—7天", 7), ("8—14天", 14), ("15—21天", 21), ("22—30天", 30), ("31—60天", 60), ("60天以上", None),
)  # fmt: skip


def load(cases: Iterable[Standing], *, reading: Reading) -> dict[str, int]:
    """Count the cases by working days left, every bar named, empty ones too."""
    bars = {words: 0 for words, _ in LOAD_BARS} | {LOAD_PAUSED: 0, LOAD_ANSWERED: 0}
    for case in cases:
        column = reading.column(case)
        if column is Figure.PAUSED or case.due_on is None:
            bars[LOAD_PAUSED] += 1
        elif column is Figure.ANSWERED:
            bars[LOAD_ANSWERED] += 1
        elif column is Figure.OVERDUE:
            bars[LOAD_BARS[0][0]] += 1
        else:
            bars[_bar(LOAD_BARS, reading.remaining(case.due_on))] += 1
    return bars


def ages(cases: Iterable[Standing], *, reading: Reading) -> dict[str, tuple[int, int]]:
    """Count the cases by calendar days since receipt: those that run, and those that stand still."""
    bars = {words: [0, 0] for words, _ in AGE_BARS}
    for case in cases:
        still = reading.column(case) is Figure.PAUSED
        bars[_bar(AGE_BARS, (reading.on - case.received_on).days)][still] += 1
    return {words: (running, still) for words, (running, still) in bars.items()}


def coming(cases: Iterable[Standing], *, reading: Reading) -> dict[date, int]:
    """Count the cases that fall due on each day, late ones included, answered ones left out."""
    days = Counter(
        case.due_on
        for case in cases
        if case.due_on is not None and case.status is not Status.ANSWERED
    )
    return dict(sorted(days.items()))


def _bar(bars: tuple[tuple[str, int | None], ...], number: int) -> str:
    return next(words for words, most in bars if most is None or number <= most)
