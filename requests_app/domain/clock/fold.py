"""Fold the ledger of an application, event by event.

One function for each type of event. It asks first whether the event can have effect, in the order
of the rules (not available, repeated, after the due date, undelivered), flags only the first thing
wrong, and changes the case only if nothing is. Deliveries do nothing when their own turn comes: the
letter they belong to has looked ahead for them, so that it has effect from the day it was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from requests_app.domain import rules
from requests_app.domain.clock import matching
from requests_app.domain.clock.answer import answer
from requests_app.domain.clock.course import Course
from requests_app.domain.clock.events import Event, EventType
from requests_app.domain.clock.flags import Flag
from requests_app.domain.clock.phases import DECIDED, Consultation, PeriodKind, Wait, WaitKind
from requests_app.domain.clock.timeline import State, Timeline
from requests_app.domain.rules import LateCorrectionNotice, PauseFrom, Readings
from requests_app.domain.workdays import Calendar


def fold(
    ledger: tuple[Event, ...], *, as_of: date, calendar: Calendar, readings: Readings
) -> Timeline:
    """Return where an application stands on ``as_of``; ``ledger`` holds what is known by then."""
    case = Course(ledger, calendar=calendar, readings=readings)
    for index, event in enumerate(ledger):
        step = _STEPS.get(event.type)
        if step is not None:
            step(case, event, index)
    return answer(case, as_of=as_of)


# --- Receipt, restarts, reopening -----------------------------------------------------------------


def _received(case: Course, event: Event, index: int) -> None:
    if (target := event.data.get("target_days")) is not None:
        case.period.aim(target)
        return
    case.notice_due = case.calendar.add(case.period.start, rules.CORRECTION_NOTICE.days)


def _corrected(case: Course, event: Event, index: int) -> None:
    wait = case.wait
    if case.closed is not None:
        case.flag(Flag.EVENT_AFTER_CLOSE, event)
    elif wait is None or wait.kind is not WaitKind.CORRECTION:
        case.flag(Flag.EXTRA_CORRECTION_IGNORED, event)
    elif event.on <= wait.due:
        _restart(case, event)
    elif event.data.get("justified"):
        case.flag(Flag.CORRECTED_LATE_JUSTIFIED, event)
        _restart(case, event)
    else:
        case.flag(Flag.CORRECTED_LATE, event)


def _paid(case: Course, event: Event, index: int) -> None:
    wait = case.wait
    if case.closed is not None:
        case.flag(Flag.EVENT_AFTER_CLOSE, event)
    elif wait is None or wait.kind is not WaitKind.PAYMENT:
        case.flag(Flag.PAYMENT_UNEXPECTED, event)
    elif event.on <= wait.due:
        _restart(case, event)
    else:
        case.flag(Flag.PAYMENT_LATE, event)


def _restart(case: Course, event: Event) -> None:
    if case.period.extension_days:
        case.flag(Flag.EXTENSION_LAPSED_ON_RESTART, event)
    case.restart(event)


def _reopened(case: Course, event: Event, index: int) -> None:
    case.reopen(event, index)
    case.notice_due = None
    if (days := event.data.get("days")) is not None:
        case.period.kind = PeriodKind.DECISION_DAYS
        case.period.limit = days
    elif (until := event.data.get("until")) is not None:
        case.period.fix(case.calendar.roll(until), kind=PeriodKind.DECISION_DATE)
    elif (target := case.ledger[0].data.get("target_days")) is not None:
        case.period.aim(target)
    else:
        case.notice_due = case.calendar.add(event.on, rules.CORRECTION_NOTICE.days)


# --- Notices that make the office wait ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Notice:
    """What correction and fee notices share: once delivered, they make the office wait."""

    wait: WaitKind
    delivery: EventType
    proof: EventType
    not_available: Flag
    repeated: Flag
    after_due: Flag
    undelivered: Flag


_CORRECTION: Final = _Notice(
    wait=WaitKind.CORRECTION,
    delivery=EventType.CORRECTION_DELIVERED,
    proof=EventType.CORRECTED,
    not_available=Flag.CORRECTION_NOT_AVAILABLE,
    repeated=Flag.CORRECTION_REPEATED,
    after_due=Flag.CORRECTION_AFTER_DUE,
    undelivered=Flag.CORRECTION_UNDELIVERED,
)
_FEE: Final = _Notice(
    wait=WaitKind.PAYMENT,
    delivery=EventType.FEE_NOTICE_DELIVERED,
    proof=EventType.PAID,
    not_available=Flag.FEE_NOTICE_NOT_AVAILABLE,
    repeated=Flag.FEE_NOTICE_REPEATED,
    after_due=Flag.FEE_NOTICE_AFTER_DUE,
    undelivered=Flag.FEE_NOTICE_UNDELIVERED,
)


def _correction_requested(case: Course, event: Event, index: int) -> None:
    delivered_on = _delivered_with_effect(case, event, index, notice=_CORRECTION)
    if delivered_on is None:
        return
    if case.notice_due is not None and event.on > case.notice_due:
        case.flag(Flag.CORRECTION_LATE, event)
        case.strict_due = case.due()
        if case.readings.late_correction_notice is LateCorrectionNotice.NONE:
            return
    days = event.data.get("days", rules.CORRECTION.days)
    due = case.calendar.add(delivered_on, days)
    case.wait_for(Wait(WaitKind.CORRECTION, event.on, delivered_on, due), event)


def _fee_notice(case: Course, event: Event, index: int) -> None:
    delivered_on = _delivered_with_effect(case, event, index, notice=_FEE)
    if delivered_on is not None:
        due = case.calendar.add(delivered_on, rules.PAYMENT.days)
        case.wait_for(Wait(WaitKind.PAYMENT, event.on, delivered_on, due), event)


def _delivered_with_effect(
    case: Course, event: Event, index: int, *, notice: _Notice
) -> date | None:
    """Return when a notice that can have effect was delivered; flag the one that cannot."""
    if case.is_closed(event.on):
        case.flag(Flag.EVENT_AFTER_CLOSE, event)
    elif case.wait is not None or case.period.kind in DECIDED:
        case.flag(notice.not_available, event)
    elif notice.wait in case.waits:
        case.flag(notice.repeated, event)
    elif case.is_over(event.on):
        case.flag(notice.after_due, event)
    else:
        delivered_on = matching.notice_delivered_on(
            case.ledger, index, delivery=notice.delivery, proof=notice.proof, since=case.since
        )
        if delivered_on is None:
            case.flag(notice.undelivered, event)
        return delivered_on
    return None


# --- Consultations --------------------------------------------------------------------------------


def _consult_sent(case: Course, event: Event, index: int) -> None:
    repeated = any(letter.id == event.id for letter in case.pausing)
    fault = _consultation_fault(case, event, repeated=repeated)
    letter = _letter(case, event, effective=fault is None)
    case.consult(letter)
    if letter.due is not None and not repeated:
        # It binds those asked whether or not the letter pauses anything (条例 32, 34).
        case.consult_due[event.id] = letter.due
    if fault is not None:
        case.flag(fault, event)
    elif letter.delivered_on is None and letter.answered_on is None:
        case.flag(Flag.CONSULT_UNDELIVERED, event)


def _consultation_fault(case: Course, event: Event, *, repeated: bool) -> Flag | None:
    if case.is_closed(event.on):
        return Flag.EVENT_AFTER_CLOSE
    # While a correction is awaited a set date is gone for good; while payment is, it is only put by.
    if case.period.kind is not PeriodKind.ORDINARY and not case.awaits(WaitKind.CORRECTION):
        return Flag.PAUSE_NOT_APPLICABLE
    if case.wait is None and case.is_over(event.on):
        return Flag.CONSULT_AFTER_DUE
    return Flag.CONSULT_REPEATED if repeated else None


def _letter(case: Course, event: Event, *, effective: bool) -> Consultation:
    delivered_on, answered_on = matching.letter_dates(case.ledger, event)
    due = None
    if delivered_on is not None:
        due = case.calendar.add(delivered_on, rules.THIRD_PARTY.days)
    in_time = answered_on is not None and (due is None or answered_on <= due)
    begins_after: date | None = event.on
    if case.readings.pause_from is PauseFrom.SERVICE:
        begins_after = delivered_on or answered_on
    return Consultation(
        id=event.id,
        to=str(event.data.get("to", "")),
        sent_on=event.on,
        delivered_on=delivered_on,
        answered_on=answered_on,
        due=due,
        begins_after=begins_after,
        ends_on=answered_on if in_time else due,
        effective=effective,
        life=case.life,
    )


def _consult_replied(case: Course, event: Event, index: int) -> None:
    if not case.is_closed(event.on) and any(
        letter.id == event.id and letter.answered_late and letter.answered_on == event.on
        for letter in case.pausing
    ):
        case.flag(Flag.CONSULT_REPLY_LATE, event)


# --- Longer periods -------------------------------------------------------------------------------


def _extended(case: Course, event: Event, index: int) -> None:
    if case.is_closed(event.on):
        case.void_approvals.add(index)
        case.flag(Flag.EVENT_AFTER_CLOSE, event)
    elif not matching.is_told(case.ledger, event, telling=case.telling):
        case.flag(Flag.EXTENSION_NOT_NOTIFIED, event)


def _extension_notified(case: Course, event: Event, index: int) -> None:
    if event.type is case.telling:
        _told(case, event)
    elif case.is_closed(event.on):
        case.flag(Flag.EVENT_AFTER_CLOSE, event)


def _extension_delivered(case: Course, event: Event, index: int) -> None:
    # Where dispatch tells the applicant, this is a delivery like any other and changes nothing.
    if event.type is case.telling:
        _told(case, event)


def _told(case: Course, event: Event) -> None:
    approval = matching.approval_told(
        case.ledger, event, after=case.last_told_on, since=case.since, void=case.void_approvals
    )
    case.last_told_on = event.on
    if case.is_closed(event.on):
        case.flag(Flag.EVENT_AFTER_CLOSE, event)
    elif case.wait is not None:
        case.flag(Flag.EXTENSION_NO_RUNNING_PERIOD, event)
    elif case.period.kind is not PeriodKind.ORDINARY:
        case.flag(Flag.EXTENSION_NOT_APPLICABLE, event)
    elif case.is_over(event.on):
        case.flag(Flag.EXTENSION_AFTER_DUE, event)
    elif case.period.extension_days:
        case.flag(Flag.EXTENSION_REPEATED, event)
    elif approval is None:
        case.flag(Flag.EXTENSION_NOT_DECIDED, event)
    else:
        days = approval.data["days"]
        if days > rules.EXTENSION.days:
            case.flag(Flag.EXTENSION_CAPPED, event)
        case.period.extend(min(days, rules.EXTENSION.days), told_on=event.on)


def _delayed(case: Course, event: Event, index: int) -> None:
    if case.is_closed(event.on):
        case.flag(Flag.EVENT_AFTER_CLOSE, event)
    elif case.wait is not None or case.period.kind in DECIDED:
        case.flag(Flag.DELAY_NOT_AVAILABLE, event)
    elif case.is_over(event.on):
        case.flag(Flag.DELAY_AFTER_DUE, event)
    else:
        until = case.calendar.roll(event.data["until"])
        # An act is judged by what one could know on its day, not by answers that came later.
        so_far = case.due_as_known_on(event.on)
        if so_far is not None and until <= so_far:
            case.flag(Flag.DELAY_NOT_LATER, event)
        else:
            case.period.fix(until, kind=PeriodKind.DELAYED, on=event.on)


# --- The end --------------------------------------------------------------------------------------


def _replied(case: Course, event: Event, index: int) -> None:
    if case.is_closed(event.on):
        case.flag(Flag.EVENT_AFTER_CLOSE, event)
        return
    due = None if case.wait else case.due_as_known_on(event.on)
    case.on_time = due is None or event.on <= due
    case.close(event, State.REPLIED, due=due)


def _withdrawn(case: Course, event: Event, index: int) -> None:
    if case.is_closed(event.on):
        case.flag(Flag.EVENT_AFTER_CLOSE, event)
        return
    due = None
    if case.wait is None and case.is_over(event.on):
        due = case.due()
        case.flag(Flag.OVERDUE_BEFORE_WITHDRAWAL, event)
    case.close(event, State.WITHDRAWN, due=due)


def _merged(case: Course, event: Event, index: int) -> None:
    """End a duplicate: the period goes on in the case it was merged into."""
    if case.is_closed(event.on):
        case.flag(Flag.EVENT_AFTER_CLOSE, event)
        return
    case.close(event, State.MERGED, due=None)


_STEPS: Final[dict[EventType, Callable[[Course, Event, int], None]]] = {
    EventType.RECEIVED: _received,
    EventType.CORRECTION_REQUESTED: _correction_requested,
    EventType.CORRECTED: _corrected,
    EventType.CONSULT_SENT: _consult_sent,
    EventType.CONSULT_REPLIED: _consult_replied,
    EventType.EXTENDED: _extended,
    EventType.EXTENSION_NOTIFIED: _extension_notified,
    EventType.EXTENSION_DELIVERED: _extension_delivered,
    EventType.FEE_NOTICE: _fee_notice,
    EventType.PAID: _paid,
    EventType.DELAYED: _delayed,
    EventType.REPLIED: _replied,
    EventType.WITHDRAWN: _withdrawn,
    EventType.MERGED: _merged,
    EventType.REOPENED: _reopened,
}
