"""The arithmetic of a period: its last day, and how much of it is used.

Nothing here counts days one by one. A last day is the rank of the start plus the length plus the
working days of the pauses that begin before it; a pause that overlaps one before it adds only what
lies beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from requests_app.domain import rules
from requests_app.domain.clock.events import EventType
from requests_app.domain.clock.phases import Consultation, Period, PeriodKind
from requests_app.domain.workdays import Calendar


class Stretch:
    """A period while it still may change; ``Period`` once it stands."""

    __slots__ = (
        "cause", "extension_days", "extension_told_on", "fixed_due", "fixed_on", "kind", "life",
        "limit", "opened_on", "start",
    )  # fmt: skip

    def __init__(self, cause: EventType, opened_on: date, *, start: date, life: int) -> None:
        self.cause = cause
        self.opened_on = opened_on
        self.start = start
        self.life = life
        self.kind = PeriodKind.ORDINARY
        self.limit: int | None = rules.REPLY.days
        self.fixed_due: date | None = None
        self.fixed_on: date | None = None
        self.extension_days = 0
        self.extension_told_on: date | None = None

    def extend(self, working_days: int, *, told_on: date) -> None:
        """Lengthen the period; only one of a fixed number of days can be."""
        if self.limit is not None:
            self.limit += working_days
            self.extension_days = working_days
            self.extension_told_on = told_on

    def aim(self, working_days: int) -> None:
        """Let the period be the office's own target, where the law sets none."""
        self.kind = PeriodKind.OWN_TARGET
        self.limit = working_days

    def fix(self, due: date, *, kind: PeriodKind, on: date | None = None) -> None:
        """Let the period end on a set day."""
        self.kind = kind
        self.limit = None
        self.fixed_due = due
        self.fixed_on = self.fixed_on or on

    def as_period(self, *, due: date | None, on: date | None, by: EventType | None) -> Period:
        """Return what stands of it, ended on a day by an event, or still running."""
        return Period(
            self.cause,
            self.opened_on,
            self.start,
            self.kind,
            self.life,
            self.limit,
            due,
            self.extension_days,
            self.extension_told_on,
            self.fixed_on,
            on,
            by,
        )


def due(
    period: Stretch,
    *,
    pauses: Sequence[Consultation],
    calendar: Calendar,
    known_on: date | None = None,
) -> date | None:
    """Return the last day of the period; ``None`` while an open letter hides it.

    ``pauses`` stand in the order in which they begin. With ``known_on`` a pause ends where one had
    to assume on that day that it would.
    """
    if period.limit is None:
        return period.fixed_due
    last = calendar.rank(period.start) + period.limit
    covered = period.start
    due_on = calendar.day(last)
    for letter in pauses:
        if letter.begins_after is None:
            continue
        begins_after = max(letter.begins_after, covered)
        if begins_after >= due_on:
            break
        ends_on = letter.ends_on if known_on is None else letter.end_known_on(known_on)
        if ends_on is None:
            return None
        if ends_on > begins_after:
            last += calendar.rank(ends_on) - calendar.rank(begins_after)
            covered = ends_on
            due_on = calendar.day(last)
    return due_on


def used(
    period: Stretch, *, pauses: Sequence[Consultation], calendar: Calendar, until: date
) -> int | None:
    """Return the working days used up to and including a day; ``None`` where a date is fixed."""
    if period.limit is None:
        return None
    if until <= period.start:
        return 0
    days = calendar.rank(until) - calendar.rank(period.start)
    covered = period.start
    for letter in pauses:
        if letter.begins_after is None:
            continue
        begins_after = max(letter.begins_after, covered)
        if begins_after >= until:
            break
        ends_on = until if letter.ends_on is None else min(letter.ends_on, until)
        if ends_on > begins_after:
            days -= calendar.rank(ends_on) - calendar.rank(begins_after)
            covered = ends_on
    return days
