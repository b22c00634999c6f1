"""What a page of the work list says beside the cases themselves: letters, consultations, marks.

Three queries for a page, however many rows it has, and a fourth only for paused cases whose stored
state is of an earlier day: a pause may have run out overnight, so those few ledgers are folded anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from requests_app.domain import clock, ledger
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.ledger import MOVES, Entry, LedgerEntry
from requests_app.models import Case, Consultation, Event, Letter, OfficeSettings
from requests_app.models.choices import values
from requests_app.selectors import facts, offices
from requests_app.selectors.worklist_flags import SELF_SENT
from requests_app.selectors.worklists import Day


@dataclass(frozen=True)
class LetterSeen:
    """The newest letter of a case, as far as a row shows it."""

    letter_id: int
    kind: str
    status: LetterStatus


@dataclass(frozen=True)
class Details:
    """What one row shows beside the case: counted marks, since when it stands, whom it waits for."""

    letter: LetterSeen | None = None
    pauses: int = 0
    extensions: int = 0
    restarts: int = 0
    stands_since: date | None = None
    waits_for: tuple[str, ...] = ()
    timeline: clock.Timeline | None = None


NOTHING: Final = Details()

_IN_HAND: Final = frozenset({LetterStatus.DRAFT, LetterStatus.PENDING, LetterStatus.ISSUED})
_RESTARTS: Final = frozenset({Entry.CORRECTED, Entry.PAID, Entry.REOPENED})
_MOVING: Final = frozenset(move.entry for move in MOVES) | {Entry.RECEIVED}
_SHOWN: Final = _MOVING | {Entry.CONSULT_SENT, Entry.EXTENSION_NOTIFIED, Entry.VOIDED}


@dataclass
class _Row:
    pauses: int = 0
    extensions: int = 0
    restarts: int = 0
    stands_since: date | None = None
    entries: list[LedgerEntry] = field(default_factory=list)


def of(cases: Sequence[Case], *, day: Day, settings: OfficeSettings) -> Mapping[int, Details]:
    """Read the details of a page of cases, by case."""
    ids = [case.pk for case in cases]
    letters, waits, timelines = (
        _letters(ids),
        _waits(ids),
        _stale(cases, day=day, settings=settings),
    )
    marks = _marks(ids)
    return {
        pk: Details(
            letter=letters.get(pk),
            pauses=marks[pk].pauses,
            extensions=marks[pk].extensions,
            restarts=marks[pk].restarts,
            stands_since=marks[pk].stands_since,
            waits_for=tuple(waits[pk]),
            timeline=timelines.get(pk),
        )
        for pk in ids
    }


def _letters(ids: Iterable[int]) -> Mapping[int, LetterSeen]:
    """Return the letter of each case that waits for somebody's hand, else its newest that matters."""
    rows = (
        Letter.objects.filter(case_id__in=ids)
        .exclude(status=LetterStatus.VOID.value)
        .order_by("pk")
        .values_list("case_id", "pk", "kind", "act", "status")
    )
    newest: dict[int, LetterSeen] = {}
    in_hand: dict[int, LetterSeen] = {}
    for case_id, pk, kind, act, status in rows:
        seen = LetterSeen(pk, kind, LetterStatus(status))
        if seen.status in _IN_HAND:
            in_hand[case_id] = seen
        elif act not in SELF_SENT:
            newest[case_id] = seen
    return newest | in_hand


def _waits(ids: Iterable[int]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Consultation.objects.filter(case_id__in=ids, position="", cancelled_at__isnull=True)
    for case_id, name in rows.order_by("pk").values_list("case_id", "name"):
        found[case_id].append(name)
    return found


def _marks(ids: Iterable[int]) -> defaultdict[int, _Row]:
    found: defaultdict[int, _Row] = defaultdict(_Row)
    rows = Event.objects.filter(case_id__in=ids, entry__in=values(_SHOWN)).order_by(
        "case_id", "seq"
    )
    for case_id, seq, entry, on, voids in rows.values_list(
        "case_id", "seq", "entry", "on", "voids"
    ):
        found[case_id].entries.append(LedgerEntry(entry=Entry(entry), on=on, seq=seq, voids=voids))
    for row in found.values():
        for standing in ledger.standing(row.entries):
            row.pauses += standing.entry is Entry.CONSULT_SENT
            row.extensions += standing.entry is Entry.EXTENSION_NOTIFIED
            row.restarts += standing.entry in _RESTARTS
            if standing.entry in _MOVING:
                row.stands_since = standing.on
    return found


def _stale(
    cases: Sequence[Case], *, day: Day, settings: OfficeSettings
) -> Mapping[int, clock.Timeline]:
    """Fold the ledgers of paused cases projected before today."""
    stale = [
        case.pk
        for case in cases
        if case.clock_state == clock.State.PAUSED and case.projected_on < day.today
    ]
    if not stale:
        return {}
    ledgers: defaultdict[int, list[Event]] = defaultdict(list)
    for row in Event.objects.filter(case_id__in=stale).order_by("case_id", "seq"):
        ledgers[row.case_id].append(row)
    readings = offices.readings(settings)
    return {
        case_id: facts.evaluate(
            facts.from_rows(rows), today=day.today, calendar=day.calendar, readings=readings
        )
        for case_id, rows in ledgers.items()
    }
