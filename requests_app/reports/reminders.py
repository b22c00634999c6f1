"""Owed versus sent: how the ladder kept its word, what lies unread, and the draft of a 通报."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from requests_app.domain.access import Act
from requests_app.domain.escalation import Kind
from requests_app.models import Reminder
from requests_app.presenters import dates, desk_dates
from requests_app.presenters import reminders as presenter
from requests_app.reports import frame
from requests_app.selectors import calendars, cases, escalation, owed_and_sent


@require_safe
@frame.needs(Act.SUPERVISE)
def view(request: HttpRequest) -> HttpResponse:
    """Show what was owed and what was sent of late, and every reminder that waits for somebody."""
    today = frame.today()
    calendar = calendars.current()
    found = owed_and_sent.account(today=today, calendar=calendar)
    bulletin = (
        Reminder.objects.filter(
            kind=Kind.BULLETIN.value,
            cancelled_at__isnull=True,
            settled_at__isnull=True,
            case__in=cases.visible_to(frame.actor(request)),
        )
        .select_related("case", "case__department")
        .order_by("due_on", "case_id", "pk")
    )
    named = {row.case_id: row.case for row in bulletin}
    return frame.page(
        request,
        "reports/reminders.html",
        days=[(desk_dates.with_weekday(day.on, today=today), day) for day in found.days],
        late=[
            (row, cause)
            for row, (_, cause) in zip(
                presenter.rows([each for each, _ in found.late], today=today),
                found.late,
                strict=True,
            )
        ],
        late_by_outage=found.late_by_outage,
        waiting=presenter.by_urgency(found.waiting, today=today),
        unread=presenter.by_urgency(found.unread, today=today),
        unread_count=found.unread_count,
        bulletin=[
            (
                case,
                case.due_on,
                calendar.count(case.due_on, today) if case.due_on else 0,
            )
            for case in named.values()
        ],
        thresholds=presenter.threshold_rows(
            escalation.thresholds(escalation.settings_row(on=today))
        ),
        today_words=desk_dates.full(today),
        drawn_at=dates.minute(frame.now()),
    )
