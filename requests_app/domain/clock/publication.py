"""Proactive publication (条例 26): each version of an information has its own 20 working days."""

from __future__ import annotations

from datetime import date

from requests_app.domain import rules
from requests_app.domain.clock.events import CaseKind, Event, EventType
from requests_app.domain.clock.phases import Period, PeriodKind
from requests_app.domain.clock.timeline import State, Timeline
from requests_app.domain.rules import Readings
from requests_app.domain.workdays import Calendar


def fold(
    ledger: tuple[Event, ...], *, as_of: date, calendar: Calendar, readings: Readings
) -> Timeline:
    """Return where an information stands on ``as_of``: the earliest version still unpublished.

    A publication covers every version so far. When none is open, the last publication that covered
    one stands, with the date it had to keep.
    """
    versions: list[Period] = []
    last: tuple[date, date] | None = None
    for event in ledger:
        if event.type is not EventType.PUBLISHED:
            versions.append(_version(event, calendar))
            continue
        due = _earliest_due(versions)
        if due is not None:
            last = (event.on, due)
            versions = [_published(version, event) for version in versions]

    due = _earliest_due(versions)
    published_on = on_time = remaining = counted = None
    if due is None and last is not None:
        published_on, due = last
        state, on_time = State.PUBLISHED, published_on <= due
    elif due is not None:
        state = State.OVERDUE if as_of > due else State.RUNNING
        start = next(version.start for version in versions if version.ended_on is None)
        remaining = calendar.count(as_of, due)
        counted = calendar.count(start, min(as_of, due))
    return Timeline(
        kind=CaseKind.PROACTIVE,
        as_of=as_of,
        state=state,
        due=due,
        remaining=remaining,
        counted=counted,
        allowance=None if published_on else rules.PROACTIVE.days,
        projected=False,
        provisional=due is not None and calendar.is_provisional(due),
        on_time=on_time,
        correction_notice_due=None,
        correction_due=None,
        payment_due=None,
        consult_due={},
        flags=frozenset(),
        faults=(),
        phases=tuple(versions),
        consultations=(),
        events=ledger,
        closed_on=published_on,
        strict_due=None,
        readings=readings,
        calendar=calendar,
    )


def _version(event: Event, calendar: Calendar) -> Period:
    return Period(
        cause=event.type,
        opened_on=event.on,
        start=event.on,
        kind=PeriodKind.ORDINARY,
        life=0,
        limit=rules.PROACTIVE.days,
        due=calendar.add(event.on, rules.PROACTIVE.days),
    )


def _published(version: Period, event: Event) -> Period:
    if version.ended_on is not None:
        return version
    return version._replace(ended_on=event.on, ended_by=event.type)


def _earliest_due(versions: list[Period]) -> date | None:
    # Versions stand by date, and a later day never has an earlier due date.
    return next((version.due for version in versions if version.ended_on is None), None)
