"""Read a case's facts: its ledger, its timeline, and everything an act is judged by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from requests_app.domain import clock, fee_account, inquiries, ledger, searches
from requests_app.domain.access import Act
from requests_app.domain.case_facts import CaseFacts, LetterFact, LetterStatus, missed_on
from requests_app.domain.consultations import Position
from requests_app.domain.ledger import Entry, LedgerEntry
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.matters import Matter
from requests_app.domain.workdays import Calendar
from requests_app.models import Case, Event, Letter
from requests_app.selectors import calendars, fee_accounts, offices

_CLOCK_TYPES: Final = {kind.value: kind for kind in clock.EventType}


def from_rows(rows: Iterable[Event]) -> tuple[LedgerEntry, ...]:
    """Turn stored events into the domain's entries, in the order they were recorded."""
    return tuple(
        LedgerEntry(
            entry=Entry(row.entry),
            on=row.on,
            seq=row.seq,
            ref=row.ref,
            data=row.data,
            voids=row.voids,
            letter=row.letter_id,
        )
        for row in sorted(rows, key=lambda row: row.seq)
    )


def entries(case: Case) -> tuple[LedgerEntry, ...]:
    """Read the whole ledger of ``case``, voided entries included."""
    return from_rows(case.events.all())


def clock_events(standing: Iterable[LedgerEntry]) -> tuple[clock.Event, ...]:
    """Return the entries the clock counts; what only the office did is left out."""
    return tuple(
        clock.Event(
            type=_CLOCK_TYPES[entry.entry.value], on=entry.on, id=entry.ref, data=_clock_data(entry)
        )
        for entry in standing
        if entry.entry.value in _CLOCK_TYPES
    )


def _clock_data(entry: LedgerEntry) -> dict[str, object]:
    data = dict(entry.data)
    if isinstance(data.get("until"), str):
        data["until"] = date.fromisoformat(str(data["until"]))
    return data


def evaluate(
    ledger_entries: Iterable[LedgerEntry],
    *,
    today: date,
    calendar: Calendar,
    readings: clock.Readings,
) -> clock.Timeline:
    """Fold a ledger into its timeline as of ``today``."""
    standing = ledger.standing(ledger_entries)
    return clock.evaluate(clock_events(standing), as_of=today, calendar=calendar, readings=readings)


def timeline(case: Case, *, today: date) -> clock.Timeline:
    """Read a case's timeline as of ``today``, from its ledger and the calendar in force."""
    return timeline_of(entries(case), today=today)


def ledger_hash(ledger_entries: Iterable[LedgerEntry]) -> str:
    """Hash what counts in a ledger, so that a projection can prove which facts it came from."""
    rows = [
        [entry.entry.value, entry.on.isoformat(), entry.seq, entry.ref, entry.data, entry.voids]
        for entry in ledger_entries
    ]
    packed = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def load(case: Case, *, today: date) -> CaseFacts:
    """Read everything an act on ``case`` is judged by, as of ``today``."""
    all_entries = entries(case)
    standing = ledger.standing(all_entries)
    line = timeline_of(all_entries, today=today)
    kinds = {entry.entry for entry in standing}
    fee_ever = any(entry.entry is Entry.FEE_NOTICE for entry in all_entries)
    return CaseFacts(
        status=ledger.status_of(all_entries),
        timeline=line,
        today=today,
        letters=letters(case),
        open_consultations=len(line.open_consultations),
        silences=frozenset(
            entry.ref
            for entry in standing
            if entry.entry is Entry.NOTED and entry.data.get("position") == Position.SILENT.value
        ),
        corrected=Entry.CORRECTED in kinds,
        correction_used=Entry.CORRECTION_REQUESTED in kinds,
        fee_used=Entry.FEE_NOTICE in kinds,
        fee_ever=fee_ever,
        lapsed=Entry.LAPSED in kinds,
        fee_refundable_fen=_refundable(case, standing) if fee_ever else 0,
        reasons_asked=Entry.REASONS_ASKED in kinds,
        reasons_given=Entry.REASONS_GIVEN in kinds,
        matter=Matter(case.matter),
        late_explained=_late_explained(standing, line),
        searches=searches.log_of(standing),
        department_id=case.department_id,
        department=_department(standing),
        inquiries=inquiries.still_open(standing),
    )


def _refundable(case: Case, standing: tuple[LedgerEntry, ...]) -> int:
    accounts = fee_accounts.of(case, standing=standing)
    return fee_account.refundable_fen(each.account for each in accounts)


def _department(standing: tuple[LedgerEntry, ...]) -> str:
    """Return the name of the department that has the case, as the ledger gave it."""
    given = ledger.last(standing, Entry.ASSIGNED)
    return str(given.data.get("department", "")) if given else ""


def _late_explained(standing: tuple[LedgerEntry, ...], line: clock.Timeline) -> bool:
    """Tell whether the ledger says why the present period was not kept."""
    missed = missed_on(line)
    return missed is not None and any(
        entry.entry is Entry.NOTED and entry.data.get("late_for") == missed.isoformat()
        for entry in standing
    )


def timeline_of(ledger_entries: Iterable[LedgerEntry], *, today: date) -> clock.Timeline:
    """Fold ledger entries under the calendar and the readings in force on ``today``."""
    readings = offices.readings(offices.settings(on=today))
    return evaluate(ledger_entries, today=today, calendar=calendars.current(), readings=readings)


def letters(case: Case) -> tuple[LetterFact, ...]:
    """Read what the workflow must know of each letter of ``case``."""
    return tuple(letter_fact(row) for row in case.letters.all())


def authors(letter: Letter) -> frozenset[int]:
    """Return everybody who drafted or revised a letter; none of them may sign it."""
    return frozenset({letter.drafted_by_id, *letter.revised_by_ids} - {None})


def letter_fact(letter: Letter) -> LetterFact:
    """Return one letter as the workflow sees it."""
    return LetterFact(
        letter_id=letter.pk,
        act=Act(letter.act),
        status=LetterStatus(letter.status),
        needs_approval=KINDS[LetterKind(letter.kind)].needs_approval,
        authors=authors(letter),
        kind=letter.kind,
        explained=bool(letter.override_reason),
        outcome=letter.outcome,
    )
