"""When the office may be disturbed: working days from 08:30 to 18:00, its own time.

Nobody's telephone should ring at night. What is owed outside these hours waits for the next opening;
the in-desk list shows it at once.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from requests_app.domain.jobs import OFFICE_ZONE
from requests_app.domain.workdays import Calendar

OPENS_AT: Final = time(8, 30)
CLOSES_AT: Final = time(18, 0)


def is_open(at: datetime, *, calendar: Calendar) -> bool:
    """Tell whether an aware moment lies in the hours in which people may be disturbed."""
    return next_open(at, calendar=calendar) == at


def next_open(at: datetime, *, calendar: Calendar) -> datetime:
    """Return ``at`` if the office is open then, otherwise the next moment it opens."""
    local = at.astimezone(OFFICE_ZONE)
    day = calendar.roll(local.date())
    opens = datetime.combine(day, OPENS_AT, tzinfo=OFFICE_ZONE)
    if at <= opens:
        return opens
    if local.time() <= CLOSES_AT:
        return at
    return datetime.combine(calendar.add(day, 1), OPENS_AT, tzinfo=OFFICE_ZONE)
