"""The deadline report: how every live case stands, by department and by clerk, today or on a past day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from requests_app.domain.access import Act, Actor
from requests_app.domain.deadline_report import Reading
from requests_app.presenters import dates, desk_dates
from requests_app.presenters import deadline_report as presenter
from requests_app.reports import asked as addresses
from requests_app.reports import frame
from requests_app.reports.asked import Asked
from requests_app.selectors import (
    calendars,
    deadline_report,
    offices,
    past_days,
    report_groups,
)
from requests_app.selectors.deadline_report import Report
from requests_app.selectors.past_days import AXIS_LABELS
from requests_app.selectors.worklists import Day


@require_safe
@frame.needs(Act.READ_REPORTS)
def view(request: HttpRequest) -> HttpResponse:
    """Show the report of a day with its charts."""
    person, today = frame.actor(request), frame.today()
    asked = addresses.read(request, today=today)
    report, reading, unreadable = read(person, asked=asked)
    names = report_groups.names(asked.grouping)
    rows, total = presenter.rows(report, grouping=asked.grouping, names=names, asked=asked.kept)
    here = urlencode({**asked.kept, "by": asked.grouping.name.lower()})
    return frame.page(
        request,
        "reports/deadlines.html",
        asked=asked,
        axes=AXIS_LABELS.items(),
        on_words=desk_dates.full(reading.on),
        is_working=reading.calendar.is_working(reading.on),
        heads=presenter.heads(reading),
        rows=rows,
        total=total,
        tiles=presenter.tiles(report, asked=asked.kept),
        charts=presenter.drawings(report, reading=reading, asked=asked.kept),
        groupings=[
            (label, urlencode({**asked.kept, "by": grouping.name.lower()}), grouping)
            for grouping, label in report_groups.LABELS.items()
        ],
        group_label=report_groups.LABELS[asked.grouping],
        unreadable=unreadable,
        here=here,
        calendar=reading.calendar,
        drawn_at=dates.minute(frame.now()),
    )


def read(person: Actor, *, asked: Asked) -> tuple[Report, Reading, tuple[int, ...]]:
    """Read the report asked for, what it is counted by, and the cases that could not be read."""
    if asked.past is not None:
        past = past_days.look_back(person, past=asked.past)
        report = deadline_report.of_past(
            person, past=past, asked=asked.past, grouping=asked.grouping
        )
        return report, past.reading, past.unreadable
    today = frame.today()
    day = Day(today, calendars.current(), offices.thresholds(offices.settings(on=today)))
    report = deadline_report.now(person, day=day, grouping=asked.grouping)
    return report, Reading(day.today, day.calendar, day.thresholds), ()
