"""The statutory clock: events and a calendar give a timeline. A pure function, and a total one.

``evaluate`` knows no database, no settings and no clock on the wall. The rules it folds by:

* the day of an event is never counted; a period of n working days ends on the n-th after it;
* a correction or fee notice has effect from the day it was sent, once delivered; until the
  applicant acts no period runs, and then a new one of 20 begins;
* a consultation excludes the days after its letter up to its answer, or up to the 15th working day
  after delivery; overlapping ones exclude a day once;
* an extension has effect when the applicant is told in time;
* art. 35's later date and a decision's own period are neither paused nor extended;
* what happens at the wrong time stays in the ledger, has no effect, and is flagged.

``events`` is the vocabulary; ``fold`` takes an application through its ledger, with ``matching`` to
look ahead and ``reckoning`` to count, changing its ``course``; ``answer`` says where it stands.
``publication`` is the unasked kind. ``timeline`` and ``phases`` are the answer, ``segments`` its days.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from requests_app.domain.clock import fold, publication
from requests_app.domain.clock.events import EVENT_LABELS, CaseKind, Event, EventType, known
from requests_app.domain.clock.flags import Fault, Flag
from requests_app.domain.clock.phases import Consultation, Period, PeriodKind, Wait, WaitKind
from requests_app.domain.clock.segments import Segment, SegmentKind
from requests_app.domain.clock.timeline import STATE_LABELS, State, Timeline
from requests_app.domain.rules import (
    DEFAULT_READINGS,
    LateCorrectionNotice,
    PauseFrom,
    Readings,
    RestDayReceipt,
    ToldBy,
)
from requests_app.domain.workdays import Calendar

__all__ = [
    "DEFAULT_READINGS", "EVENT_LABELS", "STATE_LABELS",
    "CaseKind", "Consultation", "Event", "EventType", "Fault", "Flag", "LateCorrectionNotice",
    "PauseFrom", "Period", "PeriodKind", "Readings", "RestDayReceipt", "Segment", "SegmentKind",
    "State", "Timeline", "ToldBy", "Wait", "WaitKind", "evaluate",
]  # fmt: skip


def evaluate(
    events: Iterable[Event],
    *,
    as_of: date,
    calendar: Calendar,
    kind: CaseKind = CaseKind.APPLICATION,
    readings: Readings = DEFAULT_READINGS,
) -> Timeline:
    """Return where a case stands on ``as_of``, by what had happened until then.

    The order in which events are given matters only within one day. Refuses a ledger that cannot
    be one (see ``events.known``) and dates outside the calendar.
    """
    ledger = known(events, as_of=as_of, kind=kind, calendar=calendar)
    steps = publication.fold if kind is CaseKind.PROACTIVE else fold.fold
    return steps(ledger, as_of=as_of, calendar=calendar, readings=readings)
