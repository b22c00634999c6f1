"""The dates of a case to keep: the account of how they came about, and a file for the phone."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from requests_app.adapters import day_calendar
from requests_app.presenters import calendar_dates, dates, deadline, status, ways
from requests_app.public import access, page
from requests_app.selectors import facts, offices


@require_safe
def show_account(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the 期限说明 alone, for paper."""
    case = access.opened_case(request, case_id)
    loaded = facts.load(case, today=timezone.localdate())
    context = {
        "case": case,
        "account": deadline.account(loaded.timeline),
        "tag": status.tag(loaded),
        "received_on": dates.full(case.received_on),
        "updated": dates.minute(timezone.now()),
        "version": loaded.timeline.calendar_version,
    }
    return page.render(request, "public/status/account.html", context, private=True)


@require_safe
def fetch(request: HttpRequest, case_id: int) -> HttpResponse:
    """Hand out the dates that matter now as a calendar file."""
    case = access.opened_case(request, case_id)
    today = timezone.localdate()
    loaded = facts.load(case, today=today)
    letter = ways.reply(case.letters.all())
    office = offices.remedies_or_none(case.body, on=today)
    section = ways.present(loaded, letter=letter, office=office)
    events = calendar_dates.of_case(
        case.number,
        next_date=deadline.next_date(loaded.timeline),
        further=section.dates if section else (),
        link=f"{settings.PUBLIC_BASE_URL}{reverse('public:status')}",
    )
    domain = urlsplit(settings.PUBLIC_BASE_URL).hostname or "jcdisclosure"
    content = day_calendar.write(events, at=timezone.now(), domain=domain)
    response = HttpResponse(content, content_type=day_calendar.CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{case.number}.ics"
    )
    response["Cache-Control"] = "no-store"
    return response
