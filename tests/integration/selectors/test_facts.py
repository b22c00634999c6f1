"""What an act is judged by, read back from the rows."""

from datetime import date

import pytest

from requests_app.domain.access import Act
from requests_app.domain.ledger import Entry, LedgerEntry, Status
from requests_app.domain.workflow import LetterFact, LetterStatus
from requests_app.models import Event
from requests_app.selectors import facts
from requests_app.services import entries
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

TODAY = date(2026, 3, 12)


@pytest.fixture
def case(desk):
    made = desk.file("2026-03-02")
    desk.ask_correction(made, "2026-03-10", served="2026-03-12")
    return made


def test_the_ledger_is_read_in_its_order_with_what_it_holds(case):
    read = facts.entries(case)

    assert [(each.entry, each.on, each.seq) for each in read] == [
        (Entry.RECEIVED, date(2026, 3, 2), 1),
        (Entry.LETTER_ISSUED, date(2026, 3, 2), 2),
        (Entry.CORRECTION_REQUESTED, date(2026, 3, 10), 3),
        (Entry.CORRECTION_DELIVERED, date(2026, 3, 12), 4),
    ]
    letter = case.letters.get(kind="correction")
    assert read[2] == LedgerEntry(
        Entry.CORRECTION_REQUESTED,
        date(2026, 3, 10),
        3,
        data={
            "kind": "correction",
            "number": letter.number,
            "way": "online",
            "tracking_number": "",
            "sha256": letter.sha256,
            "days": 10,
        },
        letter=letter.pk,
    )
    assert facts.from_rows(reversed(list(case.events.all()))) == read


def test_the_facts_of_a_waiting_case(desk, case):
    found = facts.load(case, today=TODAY)
    receipt, correction = case.letters.order_by("pk")

    assert (found.status, found.today, found.timeline.correction_due) == (
        Status.AWAITING_CORRECTION,
        TODAY,
        date(2026, 3, 26),
    )
    assert found.letters == (
        LetterFact(
            receipt.pk, Act.REGISTER, LetterStatus.SIGNED, needs_approval=False, authors=frozenset(),
            kind="receipt",
        ),
        LetterFact(
            correction.pk, Act.ASK_CORRECTION, LetterStatus.DELIVERED, needs_approval=False,
            authors=frozenset({desk.clerk.staff_id}), kind="correction",
        ),
    )  # fmt: skip
    assert (found.correction_used, found.corrected, found.fee_used) == (True, False, False)
    assert (found.reasons_asked, found.reasons_given, found.open_consultations) == (
        False,
        False,
        0,
    )


def test_a_voided_entry_is_no_fact_any_more(desk, case):
    for entry in ("correction_delivered", "correction_requested"):
        event = case.events.get(entry=entry)
        entries.void(case.pk, seq=event.seq, reason="错", actor=desk.clerk, at=moment("2026-03-12"))

    found = facts.load(case, today=TODAY)

    assert (found.status, found.correction_used, found.timeline.due) == (
        Status.RECEIVED,
        False,
        date(2026, 3, 30),
    )


def test_the_hash_tells_any_two_ledgers_apart(case):
    read = facts.entries(case)
    changed = (*read[:-1], LedgerEntry(read[-1].entry, date(2026, 3, 13), 4, data=read[-1].data))

    assert facts.ledger_hash(read) == facts.ledger_hash(facts.entries(case))
    assert len({facts.ledger_hash(each) for each in (read, read[:-1], changed)}) == 3


def test_facts_are_read_with_the_same_queries_however_long_the_ledger(
    desk, case, django_assert_num_queries
):
    for _ in range(20):
        entries.note(case.pk, text="？", actor=desk.clerk, at=moment("2026-03-12"))
    assert Event.objects.filter(case=case).count() == 24

    # Ledger, settings, calendar, letters.
    with django_assert_num_queries(4):
        facts.load(case, today=TODAY)
