"""Remind the administrators while a year's notice is not in the calendar.

The notice comes out between late October and mid November. From 1 November on each administrator
is reminded once a week until it is approved.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings

from requests_app.domain import message_texts, office_hours
from requests_app.domain.access import Role
from requests_app.models import StaffUser
from requests_app.models.messages import MessageChannel
from requests_app.selectors import calendars, offices
from requests_app.services import messages
from requests_app.services.case_file import local_day
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)


def warn(*, at: datetime) -> Tally:
    """Owe each administrator one reminder a week while the next year is missing."""
    today = local_day(at)
    year = calendars.coverage(today=today).missing_year
    if year is None:
        return Tally(seen=1)
    logger.warning("no notice on public holidays of %s yet: dates in it are provisional", year)
    office = messages.office_words(offices.settings(on=today))
    mail = message_texts.calendar_missing(
        year, today=today, link=f"{settings.PUBLIC_BASE_URL}/admin/", office=office
    )
    week = today.isocalendar()
    administrators = StaffUser.objects.filter(
        is_active=True, held_roles__role=Role.ADMINISTRATOR.value
    ).exclude(email="")
    for person in administrators.order_by("pk"):
        messages.owe(
            None,
            key=f"calendar:{year}:{week.year}-{week.week}:{person.pk}",
            channel=MessageChannel.EMAIL,
            to=person.email,
            subject=mail.subject,
            body=mail.body,
            at=office_hours.next_open(at, calendar=calendars.current()),
        )
    return Tally(seen=1, changed=1)
