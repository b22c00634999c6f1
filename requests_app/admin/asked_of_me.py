"""What waits for my opinion: drafts to review, departments' replies that are owed."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from requests_app.admin import shell
from requests_app.domain.access import Act
from requests_app.presenters import inquiries, people, reviews, standing
from requests_app.selectors import calendars, offices
from requests_app.selectors import inquiries as departments_asked
from requests_app.selectors import reviews as selector


def view(request: HttpRequest) -> HttpResponse:
    """List the reviews and inquiries that wait for the person, the oldest or nearest first."""
    person, today = shell.actor(request), shell.today()
    if not (person.may(Act.GIVE_REVIEW) or person.may(Act.REPLY_INQUIRY)):
        raise PermissionDenied
    calendar = calendars.current()
    thresholds = offices.thresholds(offices.settings(on=today))
    waiting = list(selector.awaited(person))
    rows = [
        {
            "case": row.case,
            "applicant": people.masked_names(row.case),
            "review": shown,
            "now": standing.of_case(
                row.case, today=today, calendar=calendar, thresholds=thresholds
            ),
        }
        for row, shown in zip(waiting, reviews.rows(waiting, today=today), strict=True)
    ]
    owed = list(departments_asked.owed(person))
    shown = inquiries.rows(owed, today=today, calendar=calendar)
    return shell.page(
        request,
        "admin/desk/asked_of_me.html",
        rows=rows,
        asked=[{"case": row.case, "inquiry": line} for row, line in zip(owed, shown, strict=True)],
        may_review=person.may(Act.GIVE_REVIEW),
        may_reply=person.may(Act.REPLY_INQUIRY),
    )
