"""The background jobs: how each stands, and its last runs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from requests_app.domain.access import Act
from requests_app.presenters import dates, job_runs
from requests_app.reports import frame
from requests_app.selectors import job_health

_SHOWN = 60


@require_safe
@frame.needs(Act.SET_ESCALATION)
def view(request: HttpRequest) -> HttpResponse:
    """Show every periodic job and the last runs: when, how long, seen, changed, failed, why."""
    at = frame.now()
    return frame.page(
        request,
        "reports/jobs.html",
        standings=job_runs.standings(job_health.standings(at=at)),
        runs=job_runs.runs(job_health.last_runs(count=_SHOWN)),
        drawn_at=dates.minute(at),
    )
