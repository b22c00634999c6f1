"""What an office is doing with a case, and since when: the ledger and the letters as step clocks.

The clock of the law stands still or runs by ``clock``; these are the office's own days,
which no pause of the law lengthens except where the step itself waits for somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from requests_app.domain import clock, inquiries, ledger
from requests_app.domain.access import Act
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.consultations import Position
from requests_app.domain.escalation import Situation, Step, StepKind
from requests_app.domain.ledger import CLOSED, WORKING, Entry, LedgerEntry, Status
from requests_app.domain.rules import THIRD_PARTY
from requests_app.domain.workdays import Calendar

_OFFICE_NOISE: Final = frozenset({
    Entry.NOTED, Entry.LETTER_ISSUED, Entry.LETTER_DISPATCHED, Entry.LETTER_DELIVERED,
    Entry.LETTER_VOIDED, Entry.ARCHIVED, Entry.OPINION_GIVEN, Entry.SIGNED_FOR, Entry.ASSIGNED,
    Entry.SENT_BACK, Entry.ANSWER_SUBMITTED, Entry.ANSWER_RETURNED, Entry.ANSWER_SIGNED,
    Entry.BODY_CHANGED,
})  # fmt: skip
#: What shows that the content was clear enough to begin with, so that no 补正 is in question.
_UNDERSTOOD: Final = frozenset({
    Entry.CORRECTION_REQUESTED, Entry.CONSULT_SENT, Entry.OPINION_GIVEN, Entry.FEE_NOTICE,
    Entry.EXTENDED, Entry.REOPENED,
})  # fmt: skip
_NOT_ORDINARY: Final = frozenset({Entry.REOPENED, Entry.DELAYED})
_ORDINARY_DAYS: Final = 20

#: The entries by which the ladder judges; everything else need not be read.
READ: Final = frozenset(Entry) - {
    Entry.LETTER_ISSUED, Entry.LETTER_DISPATCHED, Entry.LETTER_DELIVERED,
}  # fmt: skip


@dataclass(frozen=True)
class LetterSeen:
    """A letter that is neither void nor a receipt: its act, where it stands, since when it does."""

    act: Act
    status: LetterStatus
    since: date


@dataclass(frozen=True)
class CaseSeen:
    """The stored projection of a case, as far as the ladder goes by it.

    ``paused_until`` is the last day of the open consultation that pauses the period, ``None`` where
    nothing pauses it or its end is not known.
    """

    status: Status
    clock_state: clock.State
    received_on: date
    due_on: date | None
    allowance: int | None
    paused_until: date | None
    clerk_id: int | None
    department_id: int | None


def situation(
    case: CaseSeen,
    *,
    entries: Sequence[LedgerEntry],
    known_on: Mapping[int, date],
    letters: Sequence[LetterSeen],
    today: date,
    calendar: Calendar,
) -> Situation:
    """Return what the ladder must know of a case on a day.

    ``entries`` is the ledger as far as it is ``READ``, voided entries included; ``known_on`` tells the
    day each was entered, by its place.
    """
    standing = ledger.standing(entries)
    pauses = tuple(_pauses(standing, calendar=calendar))
    due = _reply_due(case, today=today)
    dated = max((known_on[each.seq] for each in entries if _moves_dates(each)), default=today)
    resumed = (calendar.add(last, 1) for _, last in pauses if last < today)
    return Situation(
        reply_due=due,
        known_on=max((dated, *resumed)),
        used_of_ordinary=_extendable(case, standing=standing, letters=letters),
        steps=tuple(
            _steps(
                case,
                standing=standing,
                known_on=known_on,
                letters=letters,
                served=[served for served, _ in pauses],
                paused=due is None and case.clock_state is clock.State.PAUSED,
            )
        ),
    )


def _reply_due(case: CaseSeen, *, today: date) -> date | None:
    """Return the day that binds the office now: none in a pause, a wait, or at an end."""
    if case.status in CLOSED:
        return None
    if case.clock_state in {clock.State.RUNNING, clock.State.OVERDUE}:
        return case.due_on
    # A pause may have run out by itself since the projection was stored.
    ran_out = case.paused_until is not None and case.paused_until < today
    return case.due_on if case.clock_state is clock.State.PAUSED and ran_out else None


def _moves_dates(entry: LedgerEntry) -> bool:
    return entry.entry not in _OFFICE_NOISE


def _pauses(
    standing: Sequence[LedgerEntry], *, calendar: Calendar
) -> Iterator[tuple[LedgerEntry, date]]:
    """Give each consultation served and neither answered nor its silence noted, with its last day."""
    settled = {
        each.ref
        for each in standing
        if each.entry is Entry.CONSULT_REPLIED
        or (each.entry is Entry.NOTED and each.data.get("position") == Position.SILENT.value)
    }
    reopened = _last(standing, Entry.REOPENED)
    for each in standing:
        earlier = reopened is not None and each.seq < reopened.seq
        if each.entry is Entry.CONSULT_DELIVERED and each.ref not in settled and not earlier:
            yield each, calendar.add(each.on, THIRD_PARTY.days)


def _extendable(
    case: CaseSeen, *, standing: Sequence[LedgerEntry], letters: Sequence[LetterSeen]
) -> int | None:
    ordinary = case.allowance == _ORDINARY_DAYS and not any(
        each.entry in _NOT_ORDINARY for each in standing
    )
    under_way = any(each.act is Act.EXTEND for each in letters)
    drafting = any(each.act is Act.ANSWER for each in letters)
    return _ORDINARY_DAYS if ordinary and not under_way and not drafting else None


def _steps(
    case: CaseSeen,
    *,
    standing: Sequence[LedgerEntry],
    known_on: Mapping[int, date],
    letters: Sequence[LetterSeen],
    served: Sequence[LedgerEntry],
    paused: bool,
) -> Iterator[Step]:
    """Give the steps under way; a pause leaves only those that wait for others or for a signature."""
    if case.status not in CLOSED:
        yield from (Step(StepKind.CONSULT, each.on, known_on[each.seq]) for each in served)
        yield from _inquiries(standing, known_on=known_on)
    for letter in letters:
        if letter.status in _BY_LETTER:
            yield Step(_BY_LETTER[letter.status], letter.since, letter.since)
    if not paused:
        yield from _own_steps(case, standing=standing, known_on=known_on, letters=letters)


def _inquiries(standing: Sequence[LedgerEntry], *, known_on: Mapping[int, date]) -> Iterator[Step]:
    """Give the steps of the departments asked: signing first, then the reply; no pause lengthens them."""
    for each in inquiries.still_open(standing):
        if each.signed is None:
            asked = each.asked
            yield Step(StepKind.INQUIRY_SIGN, asked.on, known_on[asked.seq], each.department_id)
        yield Step(StepKind.INQUIRY, each.asked.on, known_on[each.asked.seq], each.department_id)


def _own_steps(
    case: CaseSeen,
    *,
    standing: Sequence[LedgerEntry],
    known_on: Mapping[int, date],
    letters: Sequence[LetterSeen],
) -> Iterator[Step]:
    kinds = {each.entry for each in standing}
    entered = _entered(standing)

    def step(kind: StepKind, entry: LedgerEntry) -> Step:
        return Step(kind, entry.on, known_on[entry.seq])

    if entered is not None:
        if case.status is Status.RECEIVED and case.clerk_id is None and case.department_id is None:
            yield step(StepKind.ASSIGN, entered)
        if case.status in _BY_STATUS:
            yield step(_BY_STATUS[case.status], entered)
    if case.status in WORKING and not kinds & _UNDERSTOOD and not letters:
        receipt = next((each for each in standing if each.entry is Entry.RECEIVED), None)
        if receipt is not None:
            yield step(StepKind.CORRECTION, receipt)
    if case.status is Status.HANDLING and case.department_id is not None:
        signed = _last(standing, Entry.SIGNED_FOR)
        opinion = next(
            (each for each in reversed(standing) if inquiries.is_departments_opinion(each)), None
        )
        if signed is not None and (opinion is None or opinion.seq < signed.seq):
            yield step(StepKind.OPINION, signed)


_BY_STATUS: Final[Mapping[Status, StepKind]] = {
    Status.ASSIGNED: StepKind.SIGN_FOR,
    Status.LAPSE_PROPOSED: StepKind.LAPSE,
    Status.ANSWERED: StepKind.DELIVERY,
    Status.DELIVERED: StepKind.ARCHIVE,
    Status.LAPSED: StepKind.ARCHIVE,
    Status.WITHDRAWN: StepKind.ARCHIVE,
}
_BY_LETTER: Final[Mapping[LetterStatus, StepKind]] = {
    LetterStatus.DRAFT: StepKind.REVIEW,
    LetterStatus.PENDING: StepKind.SIGN,
    LetterStatus.ISSUED: StepKind.DELIVERY,
}
_TARGETS: Final = {
    (move.entry, source): move.target for move in ledger.MOVES for source in move.sources
}


def _entered(standing: Sequence[LedgerEntry]) -> LedgerEntry | None:
    """Return the entry by which the case came to where it stands; the receipt at first."""
    status, entered = Status.RECEIVED, None
    for each in standing:
        target = _TARGETS.get((each.entry, status))
        if each.entry is Entry.RECEIVED or target is not None:
            status, entered = target or status, each
    return entered


def _last(standing: Sequence[LedgerEntry], wanted: Entry) -> LedgerEntry | None:
    return next((each for each in reversed(standing) if each.entry is wanted), None)
