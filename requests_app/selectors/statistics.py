"""How many applications came and how they ended, added up for everybody. Never a single case.

The annual report's own tables, frozen when a year is closed, belong to the annual report; here are
the running numbers of the public page, counted anew each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from requests_app.domain.matters import Matter
from requests_app.domain.outcomes import OUTCOMES, Ending, OutcomeCode
from requests_app.domain.report_rows import ReportRow
from requests_app.models import Case


@dataclass(frozen=True)
class YearFigures:
    """One calendar year. Months are 1 to 12; ``judged`` answers had a due day to be held against.

    ``ended`` counts by month what was answered, withdrawn or lapsed; ``results`` what was answered
    or lapsed, by row of table 三 of the annual report.
    """

    year: int
    received: Mapping[int, int]
    ended: Mapping[int, int]
    results: Mapping[ReportRow, int]
    answered: int
    withdrawn: int
    lapsed: int
    judged: int
    in_time: int


def years(*, today: date) -> tuple[int, ...]:
    """Return the years in which anything was received, newest first; never a year to come."""
    found = _applications().filter(received_on__lte=today).order_by()
    return tuple(
        sorted(set(found.values_list("received_on__year", flat=True).distinct()), reverse=True)
    )


def of_year(year: int, *, today: date) -> YearFigures:
    """Count one year up to and including ``today``, in two queries whatever the number of cases."""
    received = (
        _applications()
        .filter(received_on__year=year, received_on__lte=today)
        .order_by()
        .values_list("received_on__month")
        .annotate(count=Count("pk"))
    )
    ended = (
        _applications()
        .filter(closed_on__year=year, closed_on__lte=today)
        .exclude(outcome="")
        .order_by()
        .values_list("closed_on__month", "outcome")
        .annotate(
            count=Count("pk"),
            judged=Count("pk", filter=Q(due_on__isnull=False)),
            in_time=Count("pk", filter=Q(closed_on__lte=F("due_on"))),
        )
    )
    return _added_up(year, received=dict(received), ended=list(ended))


def _applications() -> QuerySet[Case]:
    """Return the applications for information; putting an own record right (条例 41) is none."""
    return Case.objects.filter(matter=Matter.DISCLOSURE.value)


def _added_up(
    year: int, *, received: dict[int, int], ended: list[tuple[int, str, int, int, int]]
) -> YearFigures:
    by_month: Counter[int] = Counter()
    results: Counter[ReportRow] = Counter()
    endings: Counter[Ending] = Counter()
    judged = in_time = 0
    for month, code, count, with_due, met in ended:
        outcome = OUTCOMES[OutcomeCode(code)]
        by_month[month] += count
        endings[outcome.ending] += count
        if outcome.ending is not Ending.WITHDRAWN and outcome.report_row is not None:
            results[outcome.report_row] += count
        if outcome.ending is Ending.ANSWERED:
            judged += with_due
            in_time += met
    return YearFigures(
        year=year,
        received=received,
        ended=dict(by_month),
        results=dict(results),
        answered=endings[Ending.ANSWERED],
        withdrawn=endings[Ending.WITHDRAWN],
        lapsed=endings[Ending.LAPSED],
        judged=judged,
        in_time=in_time,
    )
