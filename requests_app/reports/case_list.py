"""The case list of the reports: the cases behind a figure, and how their dates came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from requests_app.domain.access import Act, Actor
from requests_app.domain.deadline_report import FIGURE_LABELS
from requests_app.domain.errors import Refused
from requests_app.domain.report_health import CONCERN_LABELS
from requests_app.domain.workdays import Calendar
from requests_app.models import Case
from requests_app.presenters import dates, desk_dates, report_list
from requests_app.reports import asked as addresses
from requests_app.reports import frame, health
from requests_app.reports.asked import Asked
from requests_app.selectors import (
    calendars,
    offices,
    past_days,
    report_cases,
    report_groups,
    report_rows,
)
from requests_app.selectors.deadline_report import Grouping
from requests_app.selectors.past_days import Axis, PastDay
from requests_app.selectors.report_cases import OVER_A_TIME, PAGE_SIZE, Query
from requests_app.selectors.worklists import Day


@dataclass(frozen=True)
class Found:
    """One page of the list: its cases, how many there are in all, the key of the next page."""

    cases: Sequence[Case]
    total: int
    next_key: str
    on: date
    calendar: Calendar


@require_safe
@frame.needs(Act.READ_REPORTS)
def view(request: HttpRequest) -> HttpResponse:
    """Show one page of the cases behind a figure."""
    person = frame.actor(request)
    asked = addresses.read(request, today=frame.today())
    found = find(person, asked=asked)
    details = report_rows.of(
        [case.pk for case in found.cases],
        on=found.on,
        calendar=found.calendar,
        readings=offices.readings(offices.settings(on=found.on)),
        past=asked.past,
    )
    here = addresses.link(asked)
    departments = report_groups.names(Grouping.DEPARTMENT)
    clerks = report_groups.names(Grouping.CLERK)
    return frame.page(
        request,
        "reports/cases.html",
        asked=asked,
        query=asked.query,
        label=label_of(asked),
        on_words=desk_dates.full(found.on),
        rows=report_list.rows(found.cases, details=details, today=found.on),
        total=found.total,
        next_page=f"?{urlencode({**here, 'after': found.next_key})}" if found.next_key else "",
        first_page=f"?{urlencode(here)}" if asked.after else "",
        here=urlencode(here),
        figures=report_list.choices(past=asked.past is not None),
        departments=sorted(departments.items(), key=lambda each: each[1]),
        clerks=sorted(clerks.items(), key=lambda each: each[1]),
        over_a_time=asked.query.figure in OVER_A_TIME,
        limits=report_list.limits(asked.query, departments=departments, clerks=clerks),
        report=reverse("reports:deadlines"),
        calendar=found.calendar,
        drawn_at=dates.minute(frame.now()),
    )


def label_of(asked: Asked) -> str:
    """Return the name of the list asked for."""
    if asked.concern is not None:
        return CONCERN_LABELS[asked.concern]
    return FIGURE_LABELS[asked.query.figure]


def find(person: Actor, *, asked: Asked, size: int = PAGE_SIZE, whole: bool = False) -> Found:
    """Find a page of the cases asked for, or the ``whole`` list up to ``size`` from its beginning.

    Refuses a figure that a past day cannot answer.
    """
    asked = replace(asked, after="") if whole else asked
    if asked.past is not None and asked.query.figure not in OVER_A_TIME:
        return _on_a_past_day(person, asked.past, asked=asked, size=size)
    on = asked.past.on if asked.past else frame.today()
    day = Day(on, calendars.current(), offices.thresholds(offices.settings(on=on)))
    if asked.past is not None and asked.axis is Axis.ENTRIES:
        sentence = f"“{FIGURE_LABELS[asked.query.figure]}”只能按事项发生的日期看。"
        raise Refused.because("axis", sentence)
    query = asked.query
    if asked.concern is not None:
        query = Query(among=health.case_ids(person, concern=asked.concern, day=day))
    total = report_cases.count(person, query=query, day=day)
    page = report_cases.page(person, query=query, day=day, after=asked.after, size=size)
    return Found(page.rows, total, page.next_key, on, day.calendar)


def _on_a_past_day(person: Actor, day: PastDay, *, asked: Asked, size: int) -> Found:
    past = past_days.look_back(person, past=day)
    standings = past_days.matching(past, query=asked.query)
    start = int(asked.after) if asked.after.isascii() and asked.after.isdecimal() else 0
    shown = standings[start : start + size]
    rows = Case.objects.select_related("applicant", "body", "department", "clerk").in_bulk(
        [each.case_id for each in shown]
    )
    following = str(start + size) if len(standings) > start + size else ""
    return Found(
        [rows[each.case_id] for each in shown],
        len(standings),
        following,
        day.on,
        past.reading.calendar,
    )
