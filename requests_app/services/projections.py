"""Refresh what is derived from a ledger: state, status, dates. Never typed, never nudged.

``refresh`` runs inside the transaction of the act that changed the ledger; ``verify`` recomputes
the open cases at night and reports every stored value that should not have differed.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from requests_app.domain import clock, ledger
from requests_app.domain.access import Actor
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import CLOSED, Entry, LedgerEntry, Status
from requests_app.domain.workdays import Calendar
from requests_app.models import Case, Event
from requests_app.models.choices import values
from requests_app.selectors import calendars, cases, facts, offices, report_cases
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)

#: What a projection consists of, and so what ``verify`` compares.
FIELDS: Final = (
    "status", "clock_state", "received_on", "due_on", "next_due_on", "correction_due_on", "payment_due_on",
    "consult_due_on", "used_working_days", "allowance_working_days", "due_projected", "due_provisional",
    "clock_flags", "calendar_version", "ledger_hash", "closed_on", "outcome",
)  # fmt: skip

#: Fields that may not move by the mere passing of days: a difference there is a fault.
STABLE: Final = frozenset({"status", "received_on", "ledger_hash", "closed_on", "outcome"})

DATES: Final = frozenset({"due_on", "next_due_on", "correction_due_on", "payment_due_on"})

BATCH: Final = 500

_CLOSING: Final = frozenset({Entry.REPLIED, Entry.WITHDRAWN, Entry.MERGED, Entry.LAPSED})


@dataclass(frozen=True)
class Mismatch:
    """A stored projection that is not what its ledger gives."""

    case_id: int
    field: str
    stored: Any
    computed: Any


def project(entries: tuple[LedgerEntry, ...], *, timeline: clock.Timeline) -> dict[str, Any]:
    """Compute the stored fields from a ledger and its timeline."""
    status = ledger.status_of(entries)
    standing = ledger.standing(entries)
    closing = _closing(status, standing)
    consult_due = min(timeline.consult_due.values(), default=None)
    paused = timeline.state is clock.State.PAUSED
    return {
        "status": status.value,
        "clock_state": timeline.state.value,
        "received_on": next(entry.on for entry in standing if entry.entry is Entry.RECEIVED),
        "due_on": timeline.due,
        "next_due_on": _next_due(status, timeline=timeline),
        "correction_due_on": timeline.correction_due,
        "payment_due_on": timeline.payment_due,
        "consult_due_on": consult_due if paused else None,
        "used_working_days": timeline.counted,
        "allowance_working_days": timeline.allowance,
        "due_projected": timeline.projected,
        "due_provisional": timeline.provisional,
        "clock_flags": sorted(flag.value for flag in timeline.flags),
        "calendar_version": timeline.calendar_version,
        "ledger_hash": facts.ledger_hash(entries),
        "closed_on": closing.on if closing else None,
        "outcome": _outcome(closing),
    }


def _next_due(status: Status, *, timeline: clock.Timeline) -> date | None:
    """Return the next day that binds somebody: the applicant's own while the office waits."""
    if status in CLOSED:
        return None
    if status is Status.AWAITING_CORRECTION and timeline.correction_due is not None:
        return timeline.correction_due
    if status is Status.AWAITING_PAYMENT and timeline.payment_due is not None:
        return timeline.payment_due
    return timeline.due


def _closing(status: Status, standing: tuple[LedgerEntry, ...]) -> LedgerEntry | None:
    """Return the entry that ended a case which is at an end."""
    if status not in CLOSED:
        return None
    return next((entry for entry in reversed(standing) if entry.entry in _CLOSING), None)


def _outcome(closing: LedgerEntry | None) -> str:
    """Return how the case ended; a voided answer takes its outcome with it."""
    return str(closing.data.get("outcome", "")) if closing else ""


def refresh(case: Case, *, today: date, by_machine: bool = False) -> clock.Timeline:
    """Recompute and store the projection of a locked case. Part of the act's own transaction.

    What a machine does without moving the case (a file made, a receipt put online) leaves the
    version alone: nobody at work on the case need look at it again.
    """
    entries = facts.from_rows(case.events.all())
    timeline = facts.timeline_of(entries, today=today)
    projected = project(entries, timeline=timeline)
    moved = any(
        getattr(case, field) != value
        for field, value in projected.items()
        if field != "ledger_hash"  # every entry changes it
    )
    for field, value in projected.items():
        setattr(case, field, value)
    case.projected_on = today
    case.version += 0 if by_machine and not moved else 1
    case.save()
    return timeline


def verify(*, at: datetime) -> Tally:
    """Recompute every open case, put the differing ones right, and log what should not have differed.

    State words move with the days (running, overdue); those are put right silently. A field that
    may not move by itself, a date that was wrong already when it was stored, and a ledger that
    cannot be read are faults: logged as errors and counted as failed.
    """
    open_cases = Case.objects.exclude(status__in=values(CLOSED)).order_by("pk")
    ids = list(open_cases.values_list("pk", flat=True))
    return recompute(ids, today=timezone.localtime(at).date())


def faulty(actor: Actor, *, today: date) -> tuple[int, ...]:
    """Return the live cases whose stored projection the passing of days does not explain.

    What ``verify`` would report tonight, asked without writing or locking anything. A ledger that
    cannot be read counts as a fault.
    """
    visible = report_cases.live(cases.visible_to(actor)).order_by("pk")
    ids = list(visible.values_list("pk", flat=True))
    readings = offices.readings(offices.settings(on=today))
    calendar = calendars.current()
    found = []
    for start in range(0, len(ids), BATCH):
        for case, entries in _read(ids[start : start + BATCH], lock=False):
            try:
                timeline = facts.evaluate(
                    entries, today=today, calendar=calendar, readings=readings
                )
            except Refused:
                found.append(case.pk)
                continue
            differing = _differences(case, project(entries, timeline=timeline))
            if _faults(case, entries, differing, calendar=calendar):
                found.append(case.pk)
    return tuple(found)


def recompute(case_ids: Sequence[int], *, today: date) -> Tally:
    """Fold the ledgers of many cases anew and write back what differs, a batch at a time.

    Three statements a batch, however many cases: lock and read the cases, read their ledgers, write.
    One ledger that cannot be read never holds up the others.
    """
    readings = offices.readings(offices.settings(on=today))
    calendar = calendars.current()
    done = Tally()
    for start in range(0, len(case_ids), BATCH):
        with transaction.atomic():
            batch = _read(case_ids[start : start + BATCH])
            differing = []
            failed = 0
            for case, entries in batch:
                try:
                    timeline = facts.evaluate(
                        entries, today=today, calendar=calendar, readings=readings
                    )
                except Refused:
                    logger.exception("ledger of case %s cannot be read", case.pk)
                    failed += 1
                    continue
                found = _differences(case, project(entries, timeline=timeline))
                if found:
                    failed += _report(case, _faults(case, entries, found, calendar=calendar))
                    _apply(case, found, today=today)
                    differing.append(case)
            _write(differing)
        done += Tally(len(batch), len(differing), failed)
    return done


def _read(
    case_ids: Sequence[int], *, lock: bool = True
) -> list[tuple[Case, tuple[LedgerEntry, ...]]]:
    """Read cases with their ledgers, in the order of their keys, and ``lock`` them."""
    asked = Case.objects.select_for_update() if lock else Case.objects.all()
    found = list(asked.filter(pk__in=case_ids).order_by("pk"))
    rows: dict[int, list[Event]] = {case.pk: [] for case in found}
    for row in Event.objects.filter(case_id__in=list(rows)):
        rows[row.case_id].append(row)
    return [(case, facts.from_rows(rows[case.pk])) for case in found]


def _write(cases: Sequence[Case]) -> None:
    """Write the projections of locked cases in one statement a batch.

    An upsert of rows that are known to exist: Django's ``bulk_update`` builds one CASE a column
    and row, which takes forty times as long.
    """
    Case.objects.bulk_create(
        cases,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*FIELDS, "projected_on", "version"],
    )


def mismatches(case: Case, *, today: date) -> tuple[Mismatch, ...]:
    """Compare a case's stored projection with a fresh one; empty when they agree."""
    entries = facts.entries(case)
    return _differences(case, project(entries, timeline=facts.timeline_of(entries, today=today)))


def _differences(case: Case, computed: dict[str, Any]) -> tuple[Mismatch, ...]:
    return tuple(
        Mismatch(case.pk, field, stored, value)
        for field, value in computed.items()
        if (stored := getattr(case, field)) != value
    )


def _apply(case: Case, found: tuple[Mismatch, ...], *, today: date) -> None:
    for each in found:
        setattr(case, each.field, each.computed)
    case.projected_on = today
    case.version += 1


def _faults(
    case: Case,
    entries: tuple[LedgerEntry, ...],
    found: tuple[Mismatch, ...],
    *,
    calendar: Calendar,
) -> list[Mismatch]:
    """Return what the passing of days does not explain.

    Dates may move with the days, when a consultation runs out; one that differs is a fault if it
    was wrong on the day it was stored, under the same calendar.
    """
    faults = [each for each in found if each.field in STABLE]
    dates = [each for each in found if each.field in DATES]
    if dates and case.calendar_version == calendar.version:
        readings = offices.readings(offices.settings(on=case.projected_on))
        timeline = facts.evaluate(
            entries, today=case.projected_on, calendar=calendar, readings=readings
        )
        then = project(entries, timeline=timeline)
        faults += [each for each in dates if each.stored != then[each.field]]
    return faults


def _report(case: Case, faults: list[Mismatch]) -> bool:
    """Log each fault; tell whether there was one."""
    for fault in faults:
        logger.error(
            "projection differs: case %s %s stored %s computed %s",
            case.pk,
            fault.field,
            fault.stored,
            fault.computed,
        )
    return bool(faults)
