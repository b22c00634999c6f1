"""The transition table, read back through ledgers typed by hand."""

from datetime import date

import pytest

from requests_app.domain import clock
from requests_app.domain.ledger import (
    CLOSED,
    ENTRY_LABELS,
    MOVES,
    OPEN,
    STATUS_LABELS,
    Entry,
    LedgerEntry,
    Status,
    standing,
    status_of,
)

E = Entry


def ledger(*steps: Entry | tuple[Entry, int]) -> tuple[LedgerEntry, ...]:
    """One entry a day from 2026-03-02 on; ``(E.VOIDED, 3)`` voids the third."""
    entries = []
    for seq, step in enumerate(steps, start=1):
        entry, voids = step if isinstance(step, tuple) else (step, None)
        entries.append(LedgerEntry(entry, date(2026, 3, 1 + seq), seq, voids=voids))
    return tuple(entries)


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ((), Status.RECEIVED),
        ((E.RECEIVED,), Status.RECEIVED),
        ((E.RECEIVED, E.ASSIGNED), Status.ASSIGNED),
        ((E.RECEIVED, E.ASSIGNED, E.SIGNED_FOR), Status.HANDLING),
        ((E.RECEIVED, E.ASSIGNED, E.SENT_BACK), Status.RECEIVED),
        ((E.RECEIVED, E.ASSIGNED, E.SIGNED_FOR, E.ASSIGNED), Status.ASSIGNED),
        ((E.RECEIVED, E.CORRECTION_REQUESTED), Status.AWAITING_CORRECTION),
        ((E.RECEIVED, E.CORRECTION_REQUESTED, E.CORRECTION_DELIVERED), Status.AWAITING_CORRECTION),
        ((E.RECEIVED, E.CORRECTION_REQUESTED, E.CORRECTED), Status.HANDLING),
        ((E.RECEIVED, E.CORRECTION_REQUESTED, E.LAPSE_PROPOSED), Status.LAPSE_PROPOSED),
        ((E.RECEIVED, E.CORRECTION_REQUESTED, E.LAPSE_PROPOSED, E.CORRECTED), Status.HANDLING),
        ((E.RECEIVED, E.CORRECTION_REQUESTED, E.LAPSE_PROPOSED, E.LAPSED), Status.LAPSED),
        ((E.RECEIVED, E.CORRECTION_REQUESTED, E.LAPSED), Status.LAPSED),
        ((E.RECEIVED, E.LAPSED), Status.RECEIVED),
        ((E.RECEIVED, E.MERGED), Status.MERGED),
        ((E.RECEIVED, E.MERGED, E.ARCHIVED), Status.MERGED),
        ((E.RECEIVED, E.CORRECTED), Status.RECEIVED),
        ((E.RECEIVED, E.FEE_NOTICE), Status.AWAITING_PAYMENT),
        ((E.RECEIVED, E.FEE_NOTICE, E.PAID), Status.HANDLING),
        ((E.RECEIVED, E.FEE_NOTICE, E.LAPSE_PROPOSED), Status.LAPSE_PROPOSED),
        ((E.RECEIVED, E.CONSULT_SENT, E.CONSULT_DELIVERED, E.CONSULT_REPLIED), Status.RECEIVED),
        ((E.RECEIVED, E.ASSIGNED, E.SIGNED_FOR, E.EXTENDED, E.EXTENSION_NOTIFIED), Status.HANDLING),
        ((E.RECEIVED, E.REASONS_ASKED), Status.AWAITING_REASONS),
        ((E.RECEIVED, E.REASONS_ASKED, E.REASONS_GIVEN), Status.HANDLING),
        ((E.RECEIVED, E.ANSWER_SUBMITTED), Status.AWAITING_APPROVAL),
        ((E.RECEIVED, E.ANSWER_SUBMITTED, E.ANSWER_RETURNED), Status.HANDLING),
        ((E.RECEIVED, E.ANSWER_SUBMITTED, E.ANSWER_SIGNED), Status.AWAITING_DISPATCH),
        ((E.RECEIVED, E.ANSWER_SUBMITTED, E.ANSWER_SIGNED, E.ANSWER_RETURNED), Status.HANDLING),
        ((E.RECEIVED, E.ANSWER_SUBMITTED, E.ANSWER_SIGNED, E.REPLIED), Status.ANSWERED),
        ((E.RECEIVED, E.REPLIED, E.ANSWER_DELIVERED), Status.DELIVERED),
        ((E.RECEIVED, E.REPLIED, E.ANSWER_DELIVERED, E.ARCHIVED), Status.ARCHIVED),
        ((E.RECEIVED, E.REPLIED, E.ARCHIVED), Status.ANSWERED),
        ((E.RECEIVED, E.WITHDRAWN), Status.WITHDRAWN),
        ((E.RECEIVED, E.FEE_NOTICE, E.WITHDRAWN), Status.WITHDRAWN),
        ((E.RECEIVED, E.REPLIED, E.WITHDRAWN), Status.ANSWERED),
        ((E.RECEIVED, E.REPLIED, E.ANSWER_DELIVERED, E.REOPENED), Status.HANDLING),
        ((E.RECEIVED, E.WITHDRAWN, E.ARCHIVED, E.REOPENED), Status.HANDLING),
        ((E.RECEIVED, E.NOTED, E.CALENDAR_CHANGED, E.LETTER_ISSUED), Status.RECEIVED),
    ],
)
def test_status_follows_from_the_entries(steps: tuple[Entry, ...], status: Status) -> None:
    assert status_of(ledger(*steps)) is status


def test_voiding_an_entry_puts_the_status_back() -> None:
    entries = ledger(E.RECEIVED, E.ASSIGNED, E.SIGNED_FOR, E.CORRECTION_REQUESTED, (E.VOIDED, 4))

    assert status_of(entries) is Status.HANDLING


def test_entries_stand_by_day_and_then_by_place() -> None:
    late = LedgerEntry(E.CORRECTION_REQUESTED, date(2026, 3, 10), 1)
    early = LedgerEntry(E.RECEIVED, date(2026, 3, 2), 2)
    same_day = LedgerEntry(E.NOTED, date(2026, 3, 10), 3)

    assert standing((late, early, same_day)) == (early, late, same_day)


def test_a_voided_entry_and_its_void_both_fall_out() -> None:
    entries = ledger(E.RECEIVED, E.NOTED, (E.VOIDED, 2))

    assert [each.seq for each in standing(entries)] == [1]


def test_every_entry_and_status_has_a_name_for_people() -> None:
    assert set(ENTRY_LABELS) == set(Entry)
    assert set(STATUS_LABELS) == set(Status)


def test_open_and_closed_divide_the_statuses() -> None:
    assert set(Status) == OPEN | CLOSED
    assert not OPEN & CLOSED


def test_no_two_moves_contradict_each_other() -> None:
    pairs = [(move.entry, source) for move in MOVES for source in move.sources]

    assert len(pairs) == len(set(pairs))


def test_the_ledger_speaks_the_clocks_vocabulary() -> None:
    publication = {"info_formed", "info_changed", "published"}
    legal = {kind.value for kind in clock.EventType} - publication

    assert legal <= {entry.value for entry in Entry}
    assert {ENTRY_LABELS[Entry(code)] == "" for code in legal} == {False}
