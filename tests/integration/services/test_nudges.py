"""A clerk's own 催办 goes through the ledger of reminders: told once, acknowledged, raised, settled."""

import pytest

from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Digest, Reminder
from requests_app.selectors import reminders, worklist_notes
from requests_app.services import answers, assignments, digests, escalation, letters, nudges
from tests.factories import DISCLOSED, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]
AT = moment("2026-03-05")


@pytest.fixture
def case(desk):
    """Received on Monday 2026-03-02, with the housing department; due 2026-03-30."""
    case = desk.register("2026-03-02")
    desk.assign(case, "2026-03-03")
    return case


def nudged():
    return Reminder.objects.filter(kind="nudge").order_by("pk")


def test_it_stands_after_the_ladder_ran_and_nobody_acknowledged(desk, case):
    nudges.remind(case.pk, actor=desk.clerk, at=AT)

    escalation.run(at=moment("2026-03-05", "11:00"))

    row = nudged().get()
    assert (row.cancelled_at, row.settled_at, row.raised_at) == (None, None, None)


def test_unread_it_goes_up_one_level(desk, case):
    nudges.remind(case.pk, actor=desk.clerk, at=AT)

    escalation.run(at=moment("2026-03-09", "11:00"))

    first, *raised = nudged()
    assert first.raised_at is not None
    assert {(row.recipient_id, row.post, row.raised_from_id) for row in raised} == {
        (desk.head.staff_id, "head", first.pk),
        (desk.clerk_and_head.staff_id, "head", first.pk),
    }


def test_acknowledged_it_stays_where_it_is(desk, case):
    nudges.remind(case.pk, actor=desk.clerk, at=AT)
    digests.acknowledge([nudged().get().pk], actor=desk.handler, at=moment("2026-03-05", "11:00"))

    escalation.run(at=moment("2026-03-09", "11:00"))

    assert nudged().get().raised_at is None


def test_the_end_of_the_case_settles_it(desk, case):
    nudges.remind(case.pk, actor=desk.clerk, at=AT)
    desk.answer(case, "2026-03-06")

    escalation.run(at=moment("2026-03-09", "11:00"))

    assert nudged().get().settled_at is not None


def test_another_holder_settles_the_first_ones(desk, case):
    nudges.remind(case.pk, actor=desk.clerk, at=AT)
    assignments.assign(
        case.pk, department_id=desk.finance.pk, clerk_id=None, actor=desk.clerk, at=AT
    )

    escalation.run(at=moment("2026-03-06", "11:00"))

    assert nudged().get().settled_at is not None


def test_with_todays_digest_gone_it_waits_for_the_next(desk, case):
    Digest.objects.create(
        person_id=desk.handler.staff_id, on=AT.date(), sent_at=moment("2026-03-05", "08:30")
    )

    event = nudges.remind(case.pk, actor=desk.clerk, at=AT)

    row = nudged().get()
    assert row.sent_at is None
    assert [each.pk for each in reminders.inbox(desk.handler)] == [row.pk]
    assert event.data["text"].startswith("已发提醒：承办戊（今日汇总已发")


def test_while_a_letter_waits_for_the_head_the_head_is_told(desk, case):
    letter = answers.draft(
        case.pk, outcome=OutcomeCode.DISCLOSED, fields=DISCLOSED, actor=desk.clerk, at=AT
    )
    letters.submit(letter.pk, actor=desk.clerk, at=AT)

    nudges.remind(case.pk, actor=desk.clerk_too, at=AT)

    assert {(row.recipient_id, row.post) for row in nudged()} == {
        (desk.head.staff_id, "office"),
        (desk.clerk_and_head.staff_id, "office"),
    }


def test_a_closed_case_is_refused(desk, case):
    desk.answer(case, "2026-03-04")

    assert refused(nudges.remind, case.pk, actor=desk.clerk, at=AT) == ("closed",)


def test_the_work_list_names_the_last_reminder_of_the_ledger(desk, case):
    nudges.remind(case.pk, actor=desk.clerk, at=AT)

    case.refresh_from_db()
    last = worklist_notes.of([case], actor=desk.clerk)[case.pk].reminded
    assert (last.label, last.told, last.sent_at, last.acknowledged) == (
        "人工催办",
        ("承办戊",),
        AT,
        0,
    )
