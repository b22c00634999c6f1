"""A case between two events of its ledger: what runs, what is waited for, what was used up.

Here belong the state and the questions asked of it. Which event may change it, and what is wrong
with one that may not, is ``fold``.
"""

from __future__ import annotations

from datetime import date
from operator import attrgetter

from requests_app.domain.clock import reckoning
from requests_app.domain.clock.events import Event, EventType
from requests_app.domain.clock.flags import Fault, Flag
from requests_app.domain.clock.phases import Consultation, Period, PeriodKind, Wait, WaitKind
from requests_app.domain.clock.reckoning import Stretch
from requests_app.domain.clock.timeline import State
from requests_app.domain.rules import PauseFrom, Readings, RestDayReceipt, ToldBy
from requests_app.domain.workdays import Calendar


class Course:
    """The case so far.

    ``life`` counts the decisions that reopened it; ``since`` is where in the ledger it began.
    ``letters`` are all consultations, ``pausing`` those of this life that have effect, in the order
    in which they begin to pause.
    """

    def __init__(
        self, ledger: tuple[Event, ...], *, calendar: Calendar, readings: Readings
    ) -> None:
        self.ledger = ledger
        self.calendar = calendar
        self.readings = readings
        dispatch = readings.told_by is ToldBy.DISPATCH
        self.telling = EventType.EXTENSION_NOTIFIED if dispatch else EventType.EXTENSION_DELIVERED

        self.faults: list[Fault] = []
        self.phases: list[Period | Wait] = []
        self.letters: list[Consultation] = []
        self.pausing: list[Consultation] = []
        self.consult_due: dict[str, date] = {}
        self.life = 0
        self.since = 0
        # The first event is the receipt: `events.known` lets no other ledger through.
        received = ledger[0]
        start = received.on
        if readings.rest_day_receipt is RestDayReceipt.DEFER:
            start = calendar.roll(start)
        self.period = Stretch(received.type, received.on, start=start, life=0)
        self.wait: Wait | None = None
        self.waits: dict[WaitKind, Wait] = {}
        self.void_approvals: set[int] = set()
        self.last_told_on: date | None = None
        self.notice_due: date | None = None
        self.strict_due: date | None = None

        self.closed: State | None = None
        self.closed_on: date | None = None
        self.closed_due: date | None = None
        self.on_time: bool | None = None

    # --- Questions --------------------------------------------------------------------------------

    def is_closed(self, on: date) -> bool:
        """Tell whether the case was answered, withdrawn or abandoned before a day was over."""
        return self.closed is not None or (self.wait is not None and on > self.wait.due)

    def is_over(self, on: date) -> bool:
        """Tell whether the current period had ended before a day."""
        due = self.due()
        return due is not None and on > due

    def awaits(self, kind: WaitKind) -> bool:
        """Tell whether the case waits for a correction, or for payment, in time or not."""
        return self.wait is not None and self.wait.kind is kind

    def due(self) -> date | None:
        """Return the last day of the current period (see ``reckoning.due``)."""
        return reckoning.due(self.period, pauses=self.pauses(), calendar=self.calendar)

    def due_as_known_on(self, day: date) -> date | None:
        """Return the last day as one had to expect it on a day, from what one knew then."""
        return reckoning.due(
            self.period, pauses=self.pauses(), calendar=self.calendar, known_on=day
        )

    def pauses(self) -> list[Consultation]:
        """Return what pauses the current period; nothing pauses one that a date was set for."""
        return self.pausing if self.period.kind is PeriodKind.ORDINARY else []

    # --- Changes ----------------------------------------------------------------------------------

    def flag(self, flag: Flag, event: Event) -> None:
        """Remark on an event."""
        self.faults.append(Fault(flag, event))

    def consult(self, letter: Consultation) -> None:
        """Send a letter; one with effect pauses from the day after it."""
        self.letters.append(letter)
        if letter.effective:
            self.pausing.append(letter)
            if self.readings.pause_from is PauseFrom.SERVICE:
                # They may have been served in another order than they were sent in.
                self.pausing.sort(key=attrgetter("pauses_after"))

    def wait_for(self, wait: Wait, event: Event) -> None:
        """Stop the period and wait for the applicant."""
        self._leave_period(event)
        self.wait = self.waits[wait.kind] = wait

    def restart(self, event: Event) -> None:
        """Begin a new period of 20, after a correction or a payment."""
        self._leave(event)
        self.period = Stretch(event.type, event.on, start=event.on, life=self.life)

    def reopen(self, event: Event, index: int) -> None:
        """End whatever was before and begin anew."""
        self._leave(event)
        self.closed = self.closed_on = self.closed_due = self.on_time = None
        self.life += 1
        self.since = index
        self.pausing = []
        self.period = Stretch(event.type, event.on, start=event.on, life=self.life)

    def close(self, event: Event, state: State, *, due: date | None) -> None:
        """Close the case; ``due`` is the date that stays on record."""
        self._leave(event)
        self.closed, self.closed_on, self.closed_due = state, event.on, due

    def _leave(self, event: Event) -> None:
        if self.wait is not None:
            self.phases.append(self.wait.ended(event.on, by=event.type))
            self.wait = None
        elif self.closed is None:
            self._leave_period(event)

    def _leave_period(self, event: Event) -> None:
        due = self.due_as_known_on(event.on)
        self.phases.append(self.period.as_period(due=due, on=event.on, by=event.type))
