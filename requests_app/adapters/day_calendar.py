"""Write days into a calendar file (RFC 5545), for the phone's own calendar.

Whole days without a time zone, each with a reminder the morning before. What stands in it is the
caller's; nobody's name does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
#: Nine in the morning of the day before.
REMINDER: Final = timedelta(hours=-15)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class DayEvent:
    """One whole day. The same ``uid`` in a later file replaces it."""

    uid: str
    on: date
    title: str
    note: str = ""


def write(events: Iterable[DayEvent], *, at: datetime, domain: str) -> bytes:
    """Return the file with ``events``, made at ``at``; ``domain`` makes the uids the site's own."""
    calendar = Calendar()
    calendar.add("prodid", "-//jcdisclosure//status//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for each in events:
        event = Event()
        event.add("uid", f"{each.uid}@{domain}")
        event.add("dtstamp", at)
        # Grows with every file, so that a moved day replaces the one imported before.
        event.add("sequence", int(at.timestamp()))
        event.add("dtstart", each.on)
        event.add("dtend", each.on + _DAY)
        event.add("summary", each.title)
        event.add("description", each.note)
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", each.title)
        alarm.add("trigger", REMINDER)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
