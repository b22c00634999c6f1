"""The health page: what a supervisor should look into, each with the cases it is about."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from requests_app.domain.access import Act, Actor
from requests_app.domain.report_health import CONCERN_HINTS, CONCERN_LABELS, Concern
from requests_app.presenters import dates, job_runs
from requests_app.reports import frame
from requests_app.selectors import calendars, job_health, offices, report_health
from requests_app.selectors.worklists import Day
from requests_app.services import projections


@dataclass(frozen=True)
class Item:
    """One concern: its words, how many cases; ``None`` where nobody has looked yet."""

    concern: Concern
    label: str
    hint: str
    number: int | None


@require_safe
@frame.needs(Act.READ_REPORTS)
def view(request: HttpRequest) -> HttpResponse:
    """Show every concern with its count. Ledgers are folded anew only where ``check`` is asked."""
    person, today, at = frame.actor(request), frame.today(), frame.now()
    day = Day(today, calendars.current(), offices.thresholds(offices.settings(on=today)))
    check = request.GET.get("check") == "1"
    items = [
        Item(
            concern,
            CONCERN_LABELS[concern],
            CONCERN_HINTS[concern],
            len(case_ids(person, concern=concern, day=day))
            if concern is not Concern.MISMATCH or check
            else None,
        )
        for concern in Concern
    ]
    return frame.page(
        request,
        "reports/health.html",
        items=items,
        coverage=calendars.coverage(today=today),
        notice=day.calendar.notice_no,
        jobs=job_runs.summary(job_health.standings(at=at)),
        may_see_jobs=person.may(Act.SET_ESCALATION),
        nightly=job_health.last_nightly(),
        drawn_at=dates.minute(at),
    )


def case_ids(person: Actor, *, concern: Concern, day: Day) -> tuple[int, ...]:
    """Return the cases behind a concern that the person may see."""
    if concern is Concern.MISMATCH:
        return projections.faulty(person, today=day.today)
    return report_health.case_ids(person, concern=concern, day=day)
