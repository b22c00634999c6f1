"""What the case list of the reports says of each case: how its dates moved, what it took, why.

Four queries for a page, however many rows it has; each ledger of the page is folded once. On a past
day only what counted then is folded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from requests_app.domain import clock, ledger
from requests_app.domain.access import Act
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.errors import Refused
from requests_app.domain.escalation import KINDS, Kind
from requests_app.domain.ledger import MOVES, Entry, LedgerEntry, Status
from requests_app.domain.workdays import Calendar
from requests_app.models import Event, Letter, Reminder
from requests_app.selectors import facts, past_days
from requests_app.selectors.past_days import PastDay

#: Entries that give a case another last day, or stop the counting towards it.
_CHANGES: Final = frozenset({
    Entry.CORRECTED, Entry.CONSULT_SENT, Entry.EXTENSION_NOTIFIED, Entry.PAID, Entry.DELAYED,
    Entry.REOPENED, Entry.CALENDAR_CHANGED,
})  # fmt: skip
_MOVING: Final = frozenset(move.entry for move in MOVES) | {Entry.RECEIVED}
_CLOSING: Final = (Entry.REPLIED, Entry.LAPSED, Entry.WITHDRAWN)
#: Letters by which a last day moves.
_GROUNDS: Final = (Act.ASK_CORRECTION, Act.CONSULT, Act.EXTEND, Act.CHARGE_FEE, Act.DELAY)


@dataclass(frozen=True)
class CaseRow:
    """One case of the list. Days are working days unless they say calendar days.

    ``net`` counts the days of the period, pauses left out; ``gross`` all since the receipt. Late
    days are ``None`` while the day has not gone by, and may be 0 when no working day has since.
    """

    received_on: date
    original_due: date | None
    due_on: date | None
    status: Status
    changes: int
    grounds: tuple[str, ...]
    closed_on: date | None
    net: int | None
    gross: int
    late_original: int | None
    late: int | None
    stands_since: date
    stands: int
    reasons: tuple[str, ...]
    warned: str


def of(
    case_ids: Iterable[int],
    *,
    on: date,
    calendar: Calendar,
    readings: clock.Readings,
    past: PastDay | None = None,
) -> Mapping[int, CaseRow]:
    """Read the rows of a page of cases; one whose ledger cannot be read is left out."""
    ids = list(case_ids)
    ledgers: defaultdict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(case_id__in=ids).order_by("case_id", "seq"):
        ledgers[event.case_id].append(event)
    grounds, reasons = _letters(ids, past=past)
    warned = _warnings(ids, past=past)
    rows: dict[int, CaseRow] = {}
    for pk, events in ledgers.items():
        known = past_days.known(events, past=past) if past else _standing(events)
        try:
            timeline = facts.evaluate(known, today=on, calendar=calendar, readings=readings)
            first = tuple(each for each in known if each.entry is Entry.RECEIVED)[:1]
            start = facts.evaluate(first, today=on, calendar=calendar, readings=readings)
        except Refused:
            continue
        rows[pk] = _row(
            known,
            timeline,
            original_due=start.due,
            calendar=calendar,
            net=_net(known, timeline, calendar=calendar, readings=readings),
            grounds=tuple(grounds[pk]),
            reasons=(*_why_late(known), *reasons[pk]),
            warned=warned.get(pk, ""),
        )
    return rows


def _why_late(known: Iterable[LedgerEntry]) -> tuple[str, ...]:
    """Return why each missed day was missed, in the words said last."""
    said = {
        str(each.data["late_for"]): str(each.data.get("late_words", ""))
        for each in known
        if each.entry is Entry.NOTED and "late_for" in each.data
    }
    return tuple(words for words in said.values() if words)


def _standing(events: Iterable[Event]) -> tuple[LedgerEntry, ...]:
    return ledger.standing(facts.from_rows(events))


def _row(
    known: tuple[LedgerEntry, ...],
    timeline: clock.Timeline,
    *,
    original_due: date | None,
    net: int | None,
    calendar: Calendar,
    grounds: tuple[str, ...],
    reasons: tuple[str, ...],
    warned: str,
) -> CaseRow:
    status = ledger.status_of(known)
    received_on = next(each.on for each in known if each.entry is Entry.RECEIVED)
    closing = ledger.last(known, *_CLOSING) if status in ledger.CLOSED else None
    end = closing.on if closing else timeline.as_of
    since = [each.on for each in known if each.entry in _MOVING][-1]
    return CaseRow(
        received_on=received_on,
        original_due=original_due,
        due_on=timeline.due,
        status=status,
        changes=sum(each.entry in _CHANGES for each in known),
        grounds=grounds,
        closed_on=closing.on if closing else None,
        net=net,
        gross=calendar.count(received_on, end),
        late_original=_late(original_due, end, calendar=calendar),
        late=_late(timeline.due, end, calendar=calendar),
        stands_since=since,
        stands=calendar.count(since, timeline.as_of),
        reasons=reasons,
        warned=warned,
    )


def _net(
    known: tuple[LedgerEntry, ...],
    timeline: clock.Timeline,
    *,
    calendar: Calendar,
    readings: clock.Readings,
) -> int | None:
    """Return the days of the last period that counted; of a closed case those until its closing."""
    closing = ledger.last(known, *_CLOSING)
    if timeline.closed_on is None or closing is None:
        return timeline.counted
    before = tuple(entry for entry in known if entry.seq < closing.seq)
    return facts.evaluate(before, today=closing.on, calendar=calendar, readings=readings).counted


def _late(due: date | None, end: date, *, calendar: Calendar) -> int | None:
    return calendar.count(due, end) if due is not None and due < end else None


def _letters(
    ids: list[int], *, past: PastDay | None
) -> tuple[defaultdict[int, list[str]], defaultdict[int, list[str]]]:
    """Return the numbers of the letters that moved a date, and the reasons given for exceptions."""
    found = Letter.objects.filter(case_id__in=ids).exclude(status=LetterStatus.VOID.value)
    if past is not None:
        found = found.filter(signed_at__lt=past.ends_at)
    grounds: defaultdict[int, list[str]] = defaultdict(list)
    reasons: defaultdict[int, list[str]] = defaultdict(list)
    for case_id, act, number, reason in found.order_by("pk").values_list(
        "case_id", "act", "number", "override_reason"
    ):
        if act in _GROUNDS and number:
            grounds[case_id].append(number)
        if reason:
            reasons[case_id].append(reason)
    return grounds, reasons


def _warnings(ids: list[int], *, past: PastDay | None) -> dict[int, str]:
    """Return the last reminder that went out for each case."""
    found = Reminder.objects.filter(case_id__in=ids, sent_at__isnull=False)
    if past is not None:
        found = found.filter(sent_at__lt=past.ends_at)
    rows = found.order_by("owed_on", "pk").values_list("case_id", "kind")
    return {case_id: KINDS[Kind(kind)].label for case_id, kind in rows}
