"""Notes, and voiding: what it puts back, what it refuses, what it shows beforehand."""

from datetime import date

import pytest

from requests_app.models import Case
from requests_app.services import archives, assignments, closings, corrections, entries, letters
from tests import factories
from tests.factories import due, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def void(desk, case, entry, on="2026-04-30", **changes):
    event = case.events.filter(entry=entry).last()
    given = {"seq": event.seq, "reason": "登记错了", "actor": desk.clerk, "at": moment(on)}
    return entries.void(case.pk, **(given | changes))


def lived(case):
    """What a case is, apart from how it was come by."""
    return factories.stored(case) | {"ledger_hash": ""}


def test_a_note_is_kept_and_moves_nothing(desk, case):
    before = lived(case)

    event = entries.note(case.pk, text=" 已电话联系 ", actor=desk.clerk, at=moment("2026-03-02"))

    assert (event.entry, event.data, event.on) == (
        "noted",
        {"text": "已电话联系"},
        date(2026, 3, 2),
    )
    assert lived(case) == before
    assert refused(entries.note, case.pk, text=" ", actor=desk.clerk, at=moment("2026-03-03")) == (
        "text",
    )


def test_a_voided_entry_stays_readable_and_stops_counting(desk, case):
    desk.ask_correction(case, "2026-03-10", served="2026-03-12")
    waiting = lived(case)
    desk.correct(case, "2026-03-25")

    event = void(desk, case, "corrected", "2026-03-26")

    assert lived(case) == waiting
    assert (event.voids, event.data, event.role) == (5, {"reason": "登记错了"}, "clerk")
    assert [row[2] for row in factories.ledger_of(case)] == [
        "received",
        "letter_issued",
        "correction_requested",
        "correction_delivered",
        "corrected",
        "voided",
    ]


def test_a_whole_correction_is_undone_step_by_step(desk, case):
    before = lived(case)
    desk.ask_correction(case, "2026-03-10", served="2026-03-12")
    desk.correct(case, "2026-03-25")

    first = refused(void, desk, case, "correction_requested", "2026-03-26")
    void(desk, case, "corrected", "2026-03-26")
    void(desk, case, "correction_delivered", "2026-03-26")
    void(desk, case, "correction_requested", "2026-03-26")

    found = lived(case)
    assert first == ("depended_on",)
    # Only the days have gone by.
    assert found == before | {"used_working_days": 18}
    assert case.letters.get(kind="correction").status == "issued"


def test_the_refusal_names_what_depends(desk, case):
    desk.ask_correction(case, "2026-03-10", served="2026-03-12")

    with pytest.raises(entries.Refused) as refusal:
        void(desk, case, "correction_requested", "2026-03-12")

    assert str(refusal.value) == "以下事项以它为前提，请先作废：2026-03-12补正告知书送达。"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "reason"),
        ({"seq": 99}, "not_standing"),
        ({"seq": 0}, "not_standing"),
        ({"seq": 1}, "only_receipt"),
        ({"seq": 2}, "made_by_letter"),
    ],
)
def test_a_void_that_cannot_be_is_refused(desk, case, changes, code):
    desk.ask_correction(case, "2026-03-10")

    assert refused(void, desk, case, "correction_requested", "2026-03-12", **changes) == (code,)


def test_nothing_is_voided_twice_nor_is_a_void(desk, case):
    entries.note(case.pk, text="？", actor=desk.clerk, at=moment("2026-03-03"))
    event = void(desk, case, "noted")

    assert refused(void, desk, case, "noted") == ("not_standing",)
    assert refused(void, desk, case, "voided", seq=event.seq) == ("not_standing",)


def test_only_clerks_void_and_nothing_archived(desk, case):
    closings.withdraw(
        case.pk, on=date(2026, 3, 4), reason="", actor=desk.clerk, at=moment("2026-03-04")
    )
    by_head = refused(void, desk, case, "withdrawn", actor=desk.head)
    for letter in case.letters.all():
        letters.render(letter.pk, at=moment("2026-03-04"))
    archives.put_away(case.pk, actor=desk.clerk, at=moment("2026-03-05"))

    assert by_head == ("role",)
    assert refused(void, desk, case, "withdrawn") == ("closed",)


def test_an_extension_told_too_late_and_voided_goes_back_to_its_letter(desk, case):
    letter = desk.extend(case, "2026-03-20")

    signature = refused(void, desk, case, "extended", "2026-03-20")
    void(desk, case, "extension_notified", "2026-03-20")
    letter.refresh_from_db()

    assert signature == ("made_by_letter",)
    assert (letter.status, due(case)) == ("issued", "2026-03-30")


def test_an_assignment_voided_takes_the_case_from_the_department(desk, case):
    assignments.assign(
        case.pk,
        department_id=desk.finance.pk,
        clerk_id=None,
        actor=desk.clerk,
        at=moment("2026-03-03"),
    )
    desk.assign(case, "2026-03-04")

    def holder():
        return Case.objects.get(pk=case.pk).department_id

    void(desk, case, "signed_for", "2026-03-04")
    void(desk, case, "assigned", "2026-03-04")
    after_one = holder()
    event = case.events.filter(entry="assigned").first()
    void(desk, case, "assigned", "2026-03-04", seq=event.seq)

    assert (after_one, holder()) == (desk.finance.pk, None)
    assert status(case) == "received"


def test_a_preview_shows_both_dates_and_writes_nothing(desk, case):
    desk.ask_correction(case, "2026-03-10", served="2026-03-12")
    desk.correct(case, "2026-03-25")
    before = (factories.ledger_of(case), lived(case))

    found = entries.preview_void(case.pk, seq=5, today=date(2026, 3, 25))
    of_notice = entries.preview_void(case.pk, seq=3, today=date(2026, 3, 25))

    assert (found.before.due, found.after.due, found.after.state.value) == (
        date(2026, 4, 23),
        None,
        "awaiting_correction",
    )
    assert found.dependents == ()
    assert [each.seq for each in of_notice.dependents] == [4, 5]
    assert (factories.ledger_of(case), lived(case)) == before
    assert refused(entries.preview_void, case.pk, seq=1, today=date(2026, 3, 25)) == (
        "only_receipt",
    )


def test_an_entry_dated_before_what_it_answers_is_refused(desk, case):
    desk.ask_correction(case, "2026-03-10", served="2026-03-12")

    assert refused(
        corrections.answer,
        case.pk,
        text="改造",
        on=date(2026, 3, 9),
        actor=desk.clerk,
        at=moment("2026-03-13"),
    ) == ("day_out_of_order",)
    assert status(case) == "awaiting_correction"
