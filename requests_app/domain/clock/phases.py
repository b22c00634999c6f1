"""The stretches a case consists of.

Periods bind the office, waits bind the applicant, consultations bind third parties and other organs.
Named tuples, not frozen dataclasses: a night's recomputation makes them by the hundred thousand, and
a frozen dataclass takes several times as long to make.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from requests_app.domain.clock.events import EventType


class PeriodKind(StrEnum):
    """Who set the length. Only the law's own period can be paused and extended.

    ``OWN_TARGET``: the law sets none (条例 41), the office set itself one.
    """

    ORDINARY = "ordinary"
    DECISION_DAYS = "decision_days"
    DECISION_DATE = "decision_date"
    DELAYED = "delayed"
    OWN_TARGET = "own_target"


#: Set by a review decision or a judgment, which leave no room for notices of our own.
DECIDED = frozenset({PeriodKind.DECISION_DAYS, PeriodKind.DECISION_DATE})


class WaitKind(StrEnum):
    """What the office waits for."""

    CORRECTION = "correction"
    PAYMENT = "payment"


class Period(NamedTuple):
    """A period that binds the office; day 1 is the day after ``start``.

    ``opened_on`` is the day of the event that began it, which is ``start`` unless the office reads
    a receipt on a rest day as one of the next working day. ``limit`` is in working days, the
    extension included, ``None`` where a date is fixed. ``due`` is ``None`` where it cannot be
    computed. ``fixed_on`` is the day on which art. 35's later date was set. ``ended_on`` and
    ``ended_by`` tell what ended it before or after its time, ``None`` while it is the current one.
    """

    cause: EventType
    opened_on: date
    start: date
    kind: PeriodKind
    life: int
    limit: int | None
    due: date | None
    extension_days: int = 0
    extension_told_on: date | None = None
    fixed_on: date | None = None
    ended_on: date | None = None
    ended_by: EventType | None = None


class Wait(NamedTuple):
    """A time in which the applicant must act: after ``sent_on``, up to and including ``due``."""

    kind: WaitKind
    sent_on: date
    delivered_on: date
    due: date
    ended_on: date | None = None
    ended_by: EventType | None = None

    def ended(self, on: date, *, by: EventType) -> Wait:
        """Return it with its end."""
        return self._replace(ended_on=on, ended_by=by)


class Consultation(NamedTuple):
    """A letter that asks a third party or another organ.

    ``due`` is the 15th working day after delivery. The pause excludes the days after
    ``begins_after`` up to and including ``ends_on`` (``None``: not known yet). ``effective`` tells
    whether it pauses anything; ``life`` counts the decisions that reopened the case before it.
    """

    id: str
    to: str
    sent_on: date
    delivered_on: date | None
    answered_on: date | None
    due: date | None
    begins_after: date | None
    ends_on: date | None
    effective: bool
    life: int

    def is_open(self, as_of: date) -> bool:
        """Tell whether an answer may still come in time: not answered, not run out on ``as_of``."""
        if self.answered_on is not None:
            return False
        return self.due is None or as_of <= self.due

    @property
    def pauses_after(self) -> date:
        """Return the day after which it pauses; its sending where no pause has begun."""
        return self.begins_after or self.sent_on

    def pauses_on(self, as_of: date) -> bool:
        """Tell whether it keeps a period waiting on a day; its own sending day included."""
        return self.begins_after is not None and self.begins_after <= as_of and self.is_open(as_of)

    @property
    def answered_late(self) -> bool:
        """Tell whether the answer came after the 15 working days."""
        return self.answered_on is not None and self.due is not None and self.due < self.answered_on

    def end_known_on(self, day: date) -> date | None:
        """Return when the pause ends as one could tell on a day; ``None`` if one could not."""
        if self.answered_on is not None and self.answered_on <= day and not self.answered_late:
            return self.answered_on
        if self.delivered_on is not None and self.delivered_on <= day:
            return self.due
        return None
