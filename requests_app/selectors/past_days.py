"""How every live case stood on a past day, folded from its ledger.

Two questions, two axes. By the dates of the events: what had happened by then, as known today. By
what had been entered: what the office could have read then, under the calendar known then. The
work is bounded by what was live on that day: a case closed before it or received after is not read.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain import clock, ledger
from requests_app.domain.access import Actor
from requests_app.domain.deadline_report import Reading, Standing
from requests_app.domain.errors import Refused
from requests_app.domain.jobs import OFFICE_ZONE
from requests_app.domain.ledger import ENDINGS, Entry, LedgerEntry, Status
from requests_app.models import Case, Event
from requests_app.models.choices import values
from requests_app.selectors import calendars, cases, facts, offices, report_cases
from requests_app.selectors.report_cases import Query

logger = logging.getLogger(__name__)

_BATCH: Final = 500
_SETTLED: Final = report_cases.SETTLED
#: Entries that may name a clerk.
_HANDING: Final = frozenset({Entry.ASSIGNED, Entry.NOTED})


class Axis(StrEnum):
    """By which dates a past day is looked at."""

    EVENTS = "events"
    ENTRIES = "entries"


AXIS_LABELS: Final[Mapping[Axis, str]] = MappingProxyType(
    {Axis.EVENTS: "按事项发生的日期", Axis.ENTRIES: "按当时已经登记的事项"}
)


@dataclass(frozen=True)
class PastDay:
    """A day to look back to, at its end, and along which axis."""

    on: date
    axis: Axis = Axis.EVENTS

    @property
    def ends_at(self) -> datetime:
        """Return the moment the day ended."""
        return datetime.combine(self.on + timedelta(days=1), time(), tzinfo=OFFICE_ZONE)


@dataclass(frozen=True)
class Past:
    """The live cases of a past day, and what they are counted by.

    ``unreadable`` are the cases whose ledger could not be folded; a page must name them.
    """

    reading: Reading
    cases: tuple[Standing, ...]
    unreadable: tuple[int, ...]


def look_back(actor: Actor, *, past: PastDay) -> Past:
    """Fold every case the actor may see that was live on the day."""
    office = offices.settings(on=past.on)
    known_on = past.on if past.axis is Axis.ENTRIES else None
    calendar = calendars.current(known_on=known_on)
    reading = Reading(past.on, calendar, offices.thresholds(office))
    readings = offices.readings(office)
    found: list[Standing] = []
    unreadable: list[int] = []
    for case, rows in _ledgers(actor, past=past):
        counted = known(rows, past=past)
        if (
            not any(entry.entry is Entry.RECEIVED for entry in counted)
            or ledger.status_of(counted) in _SETTLED
        ):
            continue
        try:
            timeline = facts.evaluate(counted, today=past.on, calendar=calendar, readings=readings)
        except Refused:
            logger.exception("ledger of case %s cannot be read as of %s", case.pk, past.on)
            unreadable.append(case.pk)
            continue
        # A clerk named later is not the clerk of that day; one never named came with the case.
        named = any(row.data.get("clerk_id") for row in rows)
        clerk = None if named else case.clerk_id
        found.append(_standing(case, counted, timeline=timeline, clerk=clerk))
    return Past(reading, tuple(found), tuple(unreadable))


def matching(past: Past, *, query: Query) -> tuple[Standing, ...]:
    """Return the cases behind one figure of the past day, most urgent first. Its count is the figure."""
    kept = [case for case in past.cases if _admits(query, case, reading=past.reading)]
    return tuple(
        sorted(kept, key=lambda case: (case.due_on or date.max, case.received_on, case.case_id))
    )


def _admits(query: Query, case: Standing, *, reading: Reading) -> bool:
    if query.figure not in reading.figures(case):
        return False
    if query.department is not None and case.department_id != query.department.pk:
        return False
    if query.clerk is not None and case.clerk_id != query.clerk.pk:
        return False
    if not _between(case.received_on, query.since, query.until):
        return False
    if query.due_since is None and query.due_until is None:
        return True
    counts = case.due_on is not None and case.status is not Status.ANSWERED
    return counts and _between(case.due_on, query.due_since, query.due_until)


def _between(day: date | None, since: date | None, until: date | None) -> bool:
    return day is not None and (since is None or since <= day) and (until is None or day <= until)


def _ledgers(actor: Actor, *, past: PastDay) -> Iterator[tuple[Case, list[Event]]]:
    """Read the candidates with their whole ledgers, a batch at a time."""
    ids = sorted(candidates(past))
    visible = cases.visible_to(actor).only("pk", "number", "clerk_id", "department_id")
    for start in range(0, len(ids), _BATCH):
        batch = {case.pk: case for case in visible.filter(pk__in=ids[start : start + _BATCH])}
        rows: defaultdict[int, list[Event]] = defaultdict(list)
        for row in Event.objects.filter(case_id__in=list(batch)).order_by("case_id", "seq"):
            rows[row.case_id].append(row)
        for pk, case in batch.items():
            yield case, rows[pk]


def candidates(past: PastDay) -> set[int]:
    """Return a superset of what was live on the day.

    What is live now, and what an ending took out of the office's hands since: answered, lapsed or
    withdrawn, delivered, or the voiding of a reopening. Each query asks an index of its own.
    """
    alive = report_cases.live(Case.objects.order_by())
    if past.axis is Axis.ENTRIES:
        there = alive.filter(created_at__lt=past.ends_at)
        ended = Event.objects.filter(
            entry__in=values(ENDINGS),
            recorded_at__gte=past.ends_at,
            case__created_at__lt=past.ends_at,
        )
    else:
        there = alive.filter(received_on__lte=past.on)
        ended = Event.objects.filter(
            entry__in=values(ENDINGS), on__gt=past.on, case__received_on__lte=past.on
        )
    ids = set(there.values_list("pk", flat=True))
    return ids | set(ended.order_by().values_list("case_id", flat=True).distinct())


def known(rows: Iterable[Event], *, past: PastDay) -> tuple[LedgerEntry, ...]:
    """Return the entries that count on the day, by the axis."""
    if past.axis is Axis.ENTRIES:
        written = [row for row in rows if row.recorded_at < past.ends_at]
        return ledger.standing(facts.from_rows(written))
    return tuple(entry for entry in ledger.standing(facts.from_rows(rows)) if entry.on <= past.on)


def _standing(
    case: Case, known: tuple[LedgerEntry, ...], *, timeline: clock.Timeline, clerk: int | None
) -> Standing:
    department, assigned_on = None, None
    for entry in known:
        if entry.entry is Entry.ASSIGNED:
            department, assigned_on = entry.data.get("department_id"), entry.on
        elif entry.entry is Entry.SENT_BACK:
            department = None
        if entry.entry in _HANDING and entry.data.get("clerk_id"):
            clerk = entry.data["clerk_id"]
    received = next(entry for entry in known if entry.entry is Entry.RECEIVED)
    return Standing(
        case_id=case.pk,
        number=case.number,
        department_id=department,
        clerk_id=clerk,
        received_on=received.on,
        due_on=timeline.due,
        status=ledger.status_of(known),
        paused=timeline.state is clock.State.PAUSED,
        assigned_on=assigned_on,
    )
