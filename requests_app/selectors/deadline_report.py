"""The deadline report of the present: counts by department or clerk, and what its charts are drawn of.

Set-based: the number of queries is fixed, and each asks an index of what is in hand or newly came
in or went out, so the cost follows that and not the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Count, QuerySet

from requests_app.domain import clock, deadline_report
from requests_app.domain.access import Actor
from requests_app.domain.deadline_report import Figure, Line, Reading, Standing
from requests_app.domain.ledger import Status
from requests_app.models import Case
from requests_app.selectors import cases, report_cards, report_cases
from requests_app.selectors.past_days import Axis, Past, PastDay
from requests_app.selectors.report_cases import Query
from requests_app.selectors.worklists import Day

#: How many weeks the chart of inflow and outflow goes back, the running one included.
FLOW_WEEKS: Final = 12


class Grouping(StrEnum):
    """Whose figures stand in a row; the value names the column of the case."""

    DEPARTMENT = "department_id"
    CLERK = "clerk_id"


@dataclass(frozen=True)
class Report:
    """The figures of a day: a line for each group and one for all, cards, lists, and the live cases.

    ``cases`` is what the charts are drawn of; ``flow`` is weekly (Monday → received, closed).
    """

    lines: Mapping[int | None, Line]
    total: Line
    over_the_year: Mapping[Figure, Mapping[int | None, int]]
    cases: tuple[Standing, ...]
    flow: Mapping[date, tuple[int, int]]


def now(actor: Actor, *, day: Day, grouping: Grouping) -> Report:
    """Read the report of today."""
    group = grouping.value
    reading = Reading(day.today, day.calendar, day.thresholds)
    standings = tuple(_standings(actor, day=day))
    counts = report_cases.count_by(actor, group=group, day=day)
    lines = deadline_report.by_group(
        standings, group=lambda case: getattr(case, group), reading=reading
    )
    total = deadline_report.line(standings, reading=reading)
    return Report(
        lines={key: _counted(line, counts.get(key, {})) for key, line in lines.items()},
        total=_counted(total, _sum(counts)),
        over_the_year=year(actor, day=day, grouping=grouping),
        cases=standings,
        flow=flow(actor, until=day.today),
    )


def of_past(actor: Actor, *, past: Past, asked: PastDay, grouping: Grouping) -> Report:
    """Read the report of a past day from what was folded for it.

    Cards and late answers of the year are known by date alone, so they stand only where the day is
    looked at by the dates of the events.
    """
    group, reading = grouping.value, past.reading
    day = Day(reading.on, reading.calendar, reading.thresholds)
    by_dates = asked.axis is Axis.EVENTS
    return Report(
        lines=deadline_report.by_group(
            past.cases, group=lambda case: getattr(case, group), reading=reading
        ),
        total=deadline_report.line(past.cases, reading=reading),
        over_the_year=year(actor, day=day, grouping=grouping) if by_dates else {},
        cases=past.cases,
        flow=flow(actor, until=reading.on) if by_dates else {},
    )


def year(
    actor: Actor, *, day: Day, grouping: Grouping
) -> Mapping[Figure, Mapping[int | None, int]]:
    """Count the figures of the year up to the day: cards, and what was answered after its last day."""
    since, group = date(day.today.year, 1, 1), grouping.value
    late = report_cases.matching(actor, query=Query(Figure.LATE_DONE), day=day)
    rows = late.order_by().values(group).annotate(n=Count("pk"))
    found: dict[Figure, Mapping[int | None, int]] = {
        Figure.LATE_DONE: {row[group]: row["n"] for row in rows}
    }
    for figure in (Figure.YELLOW, Figure.RED, Figure.ORDERS):
        found[figure] = report_cards.count_by(
            actor, group=group, figure=figure, since=since, until=day.today
        )
    return found


def flow(actor: Actor, *, until: date) -> Mapping[date, tuple[int, int]]:
    """Count what came in and what was closed in each of the last weeks, by the Monday it began on."""
    first = until - timedelta(days=until.weekday(), weeks=FLOW_WEEKS - 1)
    visible = cases.visible_to(actor)
    received = _by_week(visible, column="received_on", since=first, until=until)
    closed = _by_week(visible, column="closed_on", since=first, until=until)
    mondays = [first + timedelta(weeks=n) for n in range(FLOW_WEEKS)]
    return {monday: (received.get(monday, 0), closed.get(monday, 0)) for monday in mondays}


def _by_week(found: QuerySet[Case], *, column: str, since: date, until: date) -> dict[date, int]:
    within = found.filter(**{f"{column}__gte": since, f"{column}__lte": until})
    weeks: dict[date, int] = {}
    for row in within.order_by().values(column).annotate(n=Count("pk")):
        monday = row[column] - timedelta(days=row[column].weekday())
        weeks[monday] = weeks.get(monday, 0) + row["n"]
    return weeks


def _standings(actor: Actor, *, day: Day) -> list[Standing]:
    live = report_cases.live(cases.visible_to(actor)).order_by()
    rows = live.values_list(
        "pk", "number", "department_id", "clerk_id", "received_on", "due_on", "status",
        "clock_state", "consult_due_on",
    )  # fmt: skip
    paused = clock.State.PAUSED.value
    return [
        Standing(
            case_id=pk,
            number=number,
            department_id=department,
            clerk_id=clerk,
            received_on=received,
            due_on=due,
            status=Status(status),
            paused=state == paused and (consult_due is None or consult_due >= day.today),
        )
        for pk, number, department, clerk, received, due, status, state, consult_due in rows
    ]


def _counted(line: Line, counts: Mapping[Figure, int]) -> Line:
    """Return the line with the counts of the lists' own conditions."""
    return Line(counts, line.longest_days, line.mean_remaining)


def _sum(counts: Mapping[int | None, Mapping[Figure, int]]) -> dict[Figure, int]:
    total: dict[Figure, int] = {}
    for figures in counts.values():
        for figure, number in figures.items():
            total[figure] = total.get(figure, 0) + number
    return total
