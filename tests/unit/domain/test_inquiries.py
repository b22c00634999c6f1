"""Departments asked, folded from the ledger; and their steps on the ladder."""

from datetime import date

from requests_app.adapters import calendar_files
from requests_app.domain import clock, inquiries, ledger, step_clocks
from requests_app.domain.escalation import DEFAULT_THRESHOLDS, Kind, Owed, owed
from requests_app.domain.inquiries import InquiryStep
from requests_app.domain.ledger import Entry, LedgerEntry, Status
from requests_app.domain.step_clocks import CaseSeen

CALENDAR = calendar_files.packaged_calendar()
ASKED, SIGNED, REPLIED, RETURNED = InquiryStep


def day(text):
    return date.fromisoformat(text)


def step(seq, on, what, ref=1, department=7):
    kind = Entry.OPINION_GIVEN if what is REPLIED else Entry.NOTED
    data = {
        "inquiry": ref, "step": what.value, "department_id": department,
        "of_department": f"部门{department}",
    }  # fmt: skip
    return LedgerEntry(kind, day(on), seq, data=data)


RECEIVED = LedgerEntry(Entry.RECEIVED, day("2026-03-02"), 1)


def still_open(*entries):
    found = inquiries.still_open(ledger.standing((RECEIVED, *entries)))
    return [(each.department_id, each.signed is not None) for each in found]


def test_each_department_has_its_own_course():
    asked = (step(2, "2026-03-03", ASKED), step(3, "2026-03-03", ASKED, 2, 8))

    assert still_open(*asked) == [(7, False), (8, False)]
    assert still_open(*asked, step(4, "2026-03-04", SIGNED)) == [(7, True), (8, False)]
    assert still_open(*asked, step(4, "2026-03-04", REPLIED)) == [(8, False)]
    assert still_open(*asked, step(4, "2026-03-04", RETURNED, 2, 8)) == [(7, False)]


def test_a_voided_step_counts_no_more():
    asked, replied = step(2, "2026-03-03", ASKED), step(3, "2026-03-04", REPLIED)

    assert still_open(asked, replied, void(4, 3)) == [(7, False)]
    assert still_open(asked, replied, void(4, 2)) == []


def void(seq, voids):
    return LedgerEntry(Entry.VOIDED, day("2026-03-05"), seq, voids=voids)


def reminders(*entries, today):
    entries = (RECEIVED, *entries)
    seen = CaseSeen(
        status=Status.HANDLING,
        clock_state=clock.State.RUNNING,
        received_on=day("2026-03-02"),
        due_on=day("2026-03-30"),
        allowance=20,
        paused_until=None,
        clerk_id=1,
        department_id=None,
    )
    situation = step_clocks.situation(
        seen,
        entries=entries,
        known_on={each.seq: each.on for each in entries},
        letters=[],
        today=day(today),
        calendar=CALENDAR,
    )
    found = owed(situation, today=day(today), calendar=CALENDAR, thresholds=DEFAULT_THRESHOLDS)
    return [each for each in found if each.department_id is not None]


def test_signing_is_due_in_one_working_day_and_the_reply_in_five():
    asked = step(2, "2026-03-03", ASKED)
    signing = Owed(Kind.INQUIRY_SIGN, day("2026-03-04"), day("2026-03-05"), 7)
    reply = Owed(Kind.INQUIRY, day("2026-03-10"), day("2026-03-11"), 7)

    assert reminders(asked, today="2026-03-04") == []
    assert reminders(asked, today="2026-03-05") == [signing]
    assert reminders(asked, step(3, "2026-03-05", SIGNED), today="2026-03-10") == []
    assert reminders(asked, step(3, "2026-03-05", SIGNED), today="2026-03-11") == [reply]
    assert reminders(asked, step(3, "2026-03-06", REPLIED), today="2026-03-20") == []


def test_another_departments_reply_is_not_the_opinion_of_the_one_with_the_case():
    own = LedgerEntry(Entry.OPINION_GIVEN, day("2026-03-04"), 2, data={"text": "可以公开"})
    review = LedgerEntry(Entry.OPINION_GIVEN, day("2026-03-04"), 2, data={"review": 1})

    assert inquiries.is_departments_opinion(own)
    assert not inquiries.is_departments_opinion(review)
    assert not inquiries.is_departments_opinion(step(2, "2026-03-04", REPLIED))
