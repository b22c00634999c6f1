"""What the clock answers: the state of a case, its periods and waits, and every day's place.

Values only. How they come about is ``fold`` and ``publication``; how they are told is ``explain``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from requests_app.domain.clock import segments
from requests_app.domain.clock.events import CaseKind, Event, EventType
from requests_app.domain.clock.flags import Fault, Flag
from requests_app.domain.clock.phases import Consultation, Period, PeriodKind, Wait
from requests_app.domain.rules import Readings
from requests_app.domain.workdays import Calendar


class State(StrEnum):
    """The clock's own word, by date alone; what the office does about it is another field."""

    RUNNING = "running"
    PAUSED = "paused"
    OVERDUE = "overdue"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_PAYMENT = "awaiting_payment"
    ABANDONED = "abandoned"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    PUBLISHED = "published"


STATE_LABELS: Mapping[State, str] = {
    State.RUNNING: "计算中",
    State.PAUSED: "暂停计算",
    State.OVERDUE: "已过期限",
    State.AWAITING_CORRECTION: "等待补正",
    State.AWAITING_PAYMENT: "等待缴费",
    State.ABANDONED: "期满未补正或者未缴费",
    State.REPLIED: "已答复",
    State.WITHDRAWN: "已撤回",
    State.MERGED: "已并入另一件",
    State.PUBLISHED: "已公开",
}
#: A period is alive, or went by unanswered: there is something to count.
COUNTING = frozenset({State.RUNNING, State.PAUSED, State.OVERDUE})


@dataclass(frozen=True)
class Timeline:
    """Where a ledger stands on ``as_of``. Field by field as in the deadline cases' format.

    ``remaining``, ``counted`` and ``allowance`` are working days; ``allowance`` is the length of
    the current period (20, 40 once extended, a decision's own), ``None`` where it has none.
    ``phases`` are the periods and waits in order. ``strict_due`` is the earlier date that counts
    for those who hold that a late correction notice stops nothing: a warning, not a due date.
    """

    kind: CaseKind
    as_of: date
    state: State
    due: date | None
    remaining: int | None
    counted: int | None
    allowance: int | None
    projected: bool
    provisional: bool
    on_time: bool | None
    correction_notice_due: date | None
    correction_due: date | None
    payment_due: date | None
    consult_due: Mapping[str, date]
    flags: frozenset[Flag]
    faults: tuple[Fault, ...]
    phases: tuple[Period | Wait, ...]
    consultations: tuple[Consultation, ...]
    events: tuple[Event, ...]
    closed_on: date | None
    strict_due: date | None
    readings: Readings
    calendar: Calendar = field(repr=False, compare=False)

    @property
    def calendar_version(self) -> str:
        """Return the version of the calendar that gave these dates."""
        return self.calendar.version

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return the periods, waits left out; of published information one for each version."""
        return tuple(phase for phase in self.phases if isinstance(phase, Period))

    @property
    def waits(self) -> tuple[Wait, ...]:
        """Return the times in which the applicant had to act."""
        return tuple(phase for phase in self.phases if isinstance(phase, Wait))

    @property
    def period(self) -> Period:
        """Return the current period, or the last there was."""
        if self.kind is CaseKind.PROACTIVE:
            return next((p for p in self.periods if p.ended_on is None), self.periods[-1])
        return self.periods[-1]

    @property
    def extendable(self) -> bool:
        """Tell whether the period is the law's own, which alone can be paused and extended."""
        return self.period.kind is PeriodKind.ORDINARY

    @property
    def own_target(self) -> bool:
        """Tell whether the law sets no period, so that the last day is the office's own target."""
        return self.period.kind is PeriodKind.OWN_TARGET

    @property
    def extended(self) -> bool:
        """Tell whether the current period has had its extension."""
        return self.period.extension_days > 0

    @property
    def open_consultations(self) -> tuple[Consultation, ...]:
        """Return the consultations that may still be answered in time, with effect or without.

        None in a closed case: there is nothing left to ask for.
        """
        if self.closed_on is not None:
            return ()
        life = self.period.life
        return tuple(x for x in self.consultations if x.life == life and x.is_open(self.as_of))

    @cached_property
    def segments(self) -> tuple[segments.Segment, ...]:
        """Return every day from receipt to the due date (or ``as_of``) in blocks of one kind."""
        until = self.as_of
        if self.closed_on is None and self.due is not None:
            until = max(until, self.due)
        proactive = self.kind is CaseKind.PROACTIVE
        return segments.build(
            (self.period,) if proactive else self.phases,
            consultations=self.consultations,
            calendar=self.calendar,
            until=until,
        )

    def events_of(self, type_: EventType) -> tuple[Event, ...]:
        """Return the events of one type that were known on ``as_of``."""
        return tuple(event for event in self.events if event.type is type_)
