"""From the case as its last event left it to the answer on the day asked."""

from __future__ import annotations

from datetime import date
from typing import Final

from requests_app.domain.clock import reckoning
from requests_app.domain.clock.course import Course
from requests_app.domain.clock.events import CaseKind
from requests_app.domain.clock.phases import WaitKind
from requests_app.domain.clock.timeline import COUNTING, State, Timeline

_WAITING: Final = {
    WaitKind.CORRECTION: State.AWAITING_CORRECTION,
    WaitKind.PAYMENT: State.AWAITING_PAYMENT,
}


def answer(case: Course, *, as_of: date) -> Timeline:
    """Return the timeline of a folded case on ``as_of``."""
    state, due = _standing(case, as_of)
    phases = list(case.phases)
    if case.wait is not None:
        phases.append(case.wait)
    elif case.closed is None:
        phases.append(case.period.as_period(due=due, on=None, by=None))
    counting = state in COUNTING
    counted = remaining = None
    projected = False
    if counting:
        counted = _counted(case, as_of=as_of, due=due)
    if counting and due is not None:
        remaining = _remaining(case, as_of=as_of, due=due, counted=counted)
        projected = _projected(case, as_of=as_of, due=due)
    correction = case.waits.get(WaitKind.CORRECTION)
    payment = case.waits.get(WaitKind.PAYMENT)
    return Timeline(
        kind=CaseKind.APPLICATION,
        as_of=as_of,
        state=state,
        due=due,
        remaining=remaining,
        counted=counted,
        allowance=case.period.limit if counting else None,
        projected=projected,
        provisional=due is not None and case.calendar.is_provisional(due),
        on_time=case.on_time,
        correction_notice_due=case.notice_due,
        correction_due=correction.due if correction else None,
        payment_due=payment.due if payment else None,
        consult_due=case.consult_due,
        flags=frozenset([fault.flag for fault in case.faults]),
        faults=tuple(case.faults),
        phases=tuple(phases),
        consultations=tuple(case.letters),
        events=case.ledger,
        closed_on=case.closed_on,
        strict_due=case.strict_due,
        readings=case.readings,
        calendar=case.calendar,
    )


def _standing(case: Course, as_of: date) -> tuple[State, date | None]:
    if case.closed is not None:
        return case.closed, case.closed_due
    if case.wait is not None:
        return (State.ABANDONED if as_of > case.wait.due else _WAITING[case.wait.kind]), None
    due = case.due()
    if due is not None and as_of > due:
        return State.OVERDUE, due
    if case.pausing and any(letter.pauses_on(as_of) for letter in case.pausing):
        return State.PAUSED, due
    return State.RUNNING, due


def _counted(case: Course, *, as_of: date, due: date | None) -> int | None:
    until = as_of if due is None else min(as_of, due)
    return reckoning.used(case.period, pauses=case.pauses(), calendar=case.calendar, until=until)


def _remaining(case: Course, *, as_of: date, due: date, counted: int | None) -> int:
    if as_of > due or counted is None or case.period.limit is None:
        return case.calendar.count(as_of, due)
    return case.period.limit - counted


def _projected(case: Course, *, as_of: date, due: date) -> bool:
    """Tell whether the date rests on the assumption that an open letter uses up its 15 days."""
    return any(
        letter.due is not None and letter.pauses_after < due and letter.is_open(as_of)
        for letter in case.pauses()
    )
