"""The cases behind each concern of the health page, by key. Bounded by what is live or recent."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.domain import clock, ledger
from requests_app.domain.access import Actor
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.errors import Refused
from requests_app.domain.jobs import OFFICE_ZONE
from requests_app.domain.ledger import OPEN, WORKING, Entry, Status
from requests_app.domain.report_health import (
    LATE_EXTENSION_WORKING_DAYS_LEFT,
    LONG_PAUSE_WORKING_DAYS,
    LOOKS_BACK_DAYS,
    PROOF_WITHIN_WORKING_DAYS,
    QUIET_WORKING_DAYS,
    Concern,
)
from requests_app.domain.workdays import Calendar
from requests_app.models import Case, Delivery, Event
from requests_app.models.choices import values
from requests_app.selectors import cases, facts, offices, report_cases
from requests_app.selectors.worklist_flags import SELF_SENT
from requests_app.selectors.worklists import Day

_BEGINNINGS = (
    Entry.CONSULT_SENT, Entry.CORRECTION_REQUESTED, Entry.FEE_NOTICE, Entry.LAPSE_PROPOSED,
)  # fmt: skip


def case_ids(actor: Actor, *, concern: Concern, day: Day) -> tuple[int, ...]:
    """Return the cases behind a concern, longest standing first. Not for ``MISMATCH``."""
    visible = cases.visible_to(actor)
    if concern is Concern.LATE_EXTENSION:
        return _late_extensions(visible, day=day)
    found = {
        Concern.LONG_PAUSE: _long_pauses,
        Concern.NO_PROOF: _without_proof,
        Concern.QUIET: _quiet,
        Concern.VOIDED: _voided,
    }[concern](visible, day)
    return tuple(found.order_by("received_on", "pk").values_list("pk", flat=True))


def _ago(day: Day, working_days: int) -> date:
    """Return the day so many working days back: what lies before it is longer ago."""
    calendar: Calendar = day.calendar
    return calendar.day(calendar.rank(day.today) - working_days)


def _moment(on: date) -> datetime:
    return datetime.combine(on, time(), tzinfo=OFFICE_ZONE)


def _not_voided(events: QuerySet[Event]) -> QuerySet[Event]:
    return events.exclude(
        Exists(Event.objects.filter(case=OuterRef("case"), voids=OuterRef("seq")))
    )


def _long_pauses(visible: QuerySet[Case], day: Day) -> QuerySet[Case]:
    """Open, standing still, and nothing that stopped it was entered within the time."""
    before = _ago(day, LONG_PAUSE_WORKING_DAYS)
    begun = _not_voided(Event.objects.filter(case=OuterRef("pk"), entry__in=values(_BEGINNINGS)))
    stopped = Q(clock_state=clock.State.PAUSED.value) | Q(due_on__isnull=True)
    return report_cases.live(visible).filter(
        stopped,
        Exists(begun.filter(on__lt=before)),
        ~Q(Exists(begun.filter(on__gte=before))),
        status__in=values(OPEN),
    )


def _without_proof(visible: QuerySet[Case], day: Day) -> QuerySet[Case]:
    waiting = Delivery.objects.filter(
        delivered_on__isnull=True,
        dispatched_on__lt=_ago(day, PROOF_WITHIN_WORKING_DAYS),
        letter__status=LetterStatus.DISPATCHED.value,
    ).exclude(letter__act__in=SELF_SENT)
    return visible.filter(pk__in=waiting.values("letter__case_id"))


def _quiet(visible: QuerySet[Case], day: Day) -> QuerySet[Case]:
    """In somebody's hands, the period running, and no entry since."""
    since = _moment(_ago(day, QUIET_WORKING_DAYS))
    stopped = Q(clock_state=clock.State.PAUSED.value) & (
        Q(consult_due_on__isnull=True) | Q(consult_due_on__gte=day.today)
    )
    lately = Event.objects.filter(case=OuterRef("pk"), recorded_at__gte=since)
    hands = WORKING - {Status.AWAITING_REASONS} | {
        Status.AWAITING_APPROVAL,
        Status.AWAITING_DISPATCH,
    }
    return (
        report_cases.live(visible)
        .filter(~Q(Exists(lately)), status__in=values(hands))
        .exclude(stopped)
    )


def _voided(visible: QuerySet[Case], day: Day) -> QuerySet[Case]:
    since = _moment(day.today - timedelta(days=LOOKS_BACK_DAYS))
    lately = Event.objects.filter(entry=Entry.VOIDED.value, recorded_at__gte=since)
    return visible.filter(pk__in=lately.values("case_id"))


def _late_extensions(visible: QuerySet[Case], *, day: Day) -> tuple[int, ...]:
    """Fold the cases extended lately to the day before, and keep those with a day left or none."""
    since = day.today - timedelta(days=LOOKS_BACK_DAYS)
    lately = Event.objects.filter(
        entry=Entry.EXTENSION_NOTIFIED.value, recorded_at__gte=_moment(since)
    )
    ids = list(visible.filter(pk__in=lately.values("case_id")).values_list("pk", flat=True))
    ledgers: defaultdict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(case_id__in=ids).order_by("case_id", "seq"):
        ledgers[event.case_id].append(event)
    readings = offices.readings(offices.settings(on=day.today))
    found = []
    for pk, events in ledgers.items():
        standing = ledger.standing(facts.from_rows(events))
        told = ledger.last(standing, Entry.EXTENSION_NOTIFIED)
        if told is None:
            continue
        before = tuple(
            each for each in standing
            if each.seq < told.seq and each.entry is not Entry.EXTENDED
        )  # fmt: skip
        try:
            timeline = facts.evaluate(
                before, today=told.on, calendar=day.calendar, readings=readings
            )
        except Refused:
            continue
        left = timeline.remaining
        if left is not None and left <= LATE_EXTENSION_WORKING_DAYS_LEFT:
            found.append(pk)
    return tuple(found)
