"""What the dates would be if an act were done today: nothing is written, the clock is only asked.

Each question adds the entries the act would make and folds the ledger again. Whoever waits is
supposed to take all the time the law gives them, so the date shown is the latest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from requests_app.domain import clock, ledger
from requests_app.domain.ledger import Entry, LedgerEntry
from requests_app.models import Case
from requests_app.selectors import facts

_SUPPOSED = "supposed"


@dataclass(frozen=True)
class WhatIf:
    """The case as it stands and as it would stand.

    ``waits_until`` is the last day of whoever must act then; ``then`` the case on that day, if they
    act on that very day.
    """

    before: clock.Timeline
    after: clock.Timeline
    waits_until: date | None = None
    then: clock.Timeline | None = None


def extension(case: Case, *, days: int, today: date) -> WhatIf:
    """Suppose an extension by ``days`` working days, approved and told today."""
    return _suppose(
        case,
        today,
        (Entry.EXTENDED, {"days": days}),
        (Entry.EXTENSION_NOTIFIED, {}),
    )


def correction(case: Case, *, days: int, today: date) -> WhatIf:
    """Suppose a 补正 asked and served today, answered on the last of its ``days`` working days."""
    found = _suppose(
        case,
        today,
        (Entry.CORRECTION_REQUESTED, {"days": days}),
        (Entry.CORRECTION_DELIVERED, {}),
    )
    return _answered(case, found, until=found.after.correction_due, by=Entry.CORRECTED)


def consultation(case: Case, *, today: date) -> WhatIf:
    """Suppose a consultation sent and served today, whose 15 working days are used up."""
    found = _suppose(
        case,
        today,
        (Entry.CONSULT_SENT, {"to": "third_party"}),
        (Entry.CONSULT_DELIVERED, {}),
        ref=_SUPPOSED,
    )
    until = found.after.consult_due.get(_SUPPOSED)
    return WhatIf(found.before, found.after, waits_until=until)


def fee_notice(case: Case, *, today: date) -> WhatIf:
    """Suppose a fee notice sent and served today, paid on the last day."""
    found = _suppose(case, today, (Entry.FEE_NOTICE, {}), (Entry.FEE_NOTICE_DELIVERED, {}))
    return _answered(case, found, until=found.after.payment_due, by=Entry.PAID)


def without_fee_notice(case: Case, *, today: date) -> WhatIf:
    """Suppose the fee notice that stands had never gone out; the case as it is where none does."""
    entries = facts.entries(case)
    notice = ledger.last(entries, Entry.FEE_NOTICE)
    effects = ledger.fee_notice_effects(entries, notice=notice) if notice else ()
    gone = {entry.seq for entry in effects}
    kept = tuple(entry for entry in entries if entry.seq not in gone)
    return WhatIf(
        before=facts.timeline_of(entries, today=today), after=facts.timeline_of(kept, today=today)
    )


def receipt(case: Case, *, on: date, today: date) -> WhatIf:
    """Suppose the application had been received on another day."""
    entries = facts.entries(case)
    wrong = {entry.seq for entry in ledger.standing(entries) if entry.entry is Entry.RECEIVED}
    others = tuple(entry for entry in entries if entry.seq not in wrong)
    moved = (*others, LedgerEntry(entry=Entry.RECEIVED, on=on, seq=0))
    return WhatIf(
        before=facts.timeline_of(entries, today=today), after=facts.timeline_of(moved, today=today)
    )


def _suppose(
    case: Case, today: date, *supposed: tuple[Entry, dict[str, object]], ref: str = ""
) -> WhatIf:
    entries = facts.entries(case)
    return WhatIf(
        before=facts.timeline_of(entries, today=today),
        after=facts.timeline_of(_with(entries, today, *supposed, ref=ref), today=today),
    )


def _answered(case: Case, found: WhatIf, *, until: date | None, by: Entry) -> WhatIf:
    """Add the due date that follows when the applicant acts on the last day."""
    if until is None:
        return found
    supposed = tuple(
        LedgerEntry(
            entry=Entry(event.type.value), on=event.on, seq=place, ref=event.id, data=event.data
        )
        for place, event in enumerate(found.after.events)
    )
    answered = (*supposed, LedgerEntry(entry=by, on=until, seq=len(supposed)))
    return WhatIf(found.before, found.after, until, facts.timeline_of(answered, today=until))


def _with(
    entries: tuple[LedgerEntry, ...],
    today: date,
    *supposed: tuple[Entry, dict[str, object]],
    ref: str,
) -> tuple[LedgerEntry, ...]:
    last = max(entry.seq for entry in entries)
    added = (
        LedgerEntry(entry=entry, on=today, seq=last + place, ref=ref, data=data)
        for place, (entry, data) in enumerate(supposed, start=1)
    )
    return (*entries, *added)
