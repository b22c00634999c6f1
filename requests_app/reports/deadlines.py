"""The deadline report: how every open case stands, by department and by clerk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from requests_app.domain.access import Act
from requests_app.presenters import desk_dates
from requests_app.reports import frame
from requests_app.selectors import offices


@require_safe
@frame.needs(Act.READ_REPORTS)
def view(request: HttpRequest) -> HttpResponse:
    """Show the report as of today."""
    today = frame.today()
    office = offices.settings(on=today)
    return frame.page(
        request, "reports/deadlines.html", today_words=desk_dates.full(today), office=office
    )
