"""The one extension: the head's consent and notice, both in time (条例 33 ¶2)."""

from datetime import date

import pytest

from requests_app.services import corrections, deliveries, extensions, letters
from tests import factories
from tests.factories import due, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def request(desk, case, on, days=20, *, reason="需要核对档案", actor=None):
    return extensions.request(
        case.pk, days=days, reason=reason, actor=actor or desk.clerk, at=moment(on)
    )


def test_an_extension_on_the_twentieth_day_takes_effect(desk, case):
    letter = desk.extend(case, "2026-03-30")

    assert (due(case), letter.status) == ("2026-04-28", "dispatched")
    assert "延长后的答复期限为2026年4月28日" in factories.printed(letter)
    assert factories.ledger_of(case)[-2:] == [
        (3, "2026-03-30", "extended", "head"),
        (4, "2026-03-30", "extension_notified", "system"),
    ]


def test_an_extension_on_the_twenty_first_day_is_refused(desk, case):
    assert refused(request, desk, case, "2026-03-31") == ("extension_after_due",)


def test_an_extension_drafted_in_time_is_not_signed_too_late(desk, case):
    letter = request(desk, case, "2026-03-30")
    letters.submit(letter.pk, actor=desk.clerk, at=moment("2026-03-30"))

    codes = refused(letters.approve, letter.pk, actor=desk.head, at=moment("2026-03-31"))

    assert codes == ("extension_after_due",)
    letter.refresh_from_db()
    assert (letter.status, letter.number, due(case)) == ("pending", "", "2026-03-30")


def test_an_extension_made_too_late_is_left_to_a_person(desk, case):
    letter = request(desk, case, "2026-03-30")
    letters.submit(letter.pk, actor=desk.clerk, at=moment("2026-03-30"))
    letters.approve(letter.pk, actor=desk.head, at=moment("2026-03-30"))

    letters.render(letter.pk, at=moment("2026-03-31"))

    letter.refresh_from_db()
    assert (letter.status, due(case)) == ("issued", "2026-03-30")
    assert factories.stored(case)["clock_flags"] == ["extension_not_notified"]
    assert refused(
        deliveries.dispatch,
        letter.pk,
        way=deliveries.DeliveryWay.ONLINE,
        on=date(2026, 3, 31),
        actor=desk.clerk,
        at=moment("2026-03-31"),
    ) == ("extension_after_due",)


def test_nobody_signs_the_own_extension(desk, case):
    letter = request(desk, case, "2026-03-20", actor=desk.clerk_and_head)
    letters.submit(letter.pk, actor=desk.clerk_and_head, at=moment("2026-03-20"))

    own = refused(letters.approve, letter.pk, actor=desk.clerk_and_head, at=moment("2026-03-20"))
    letters.approve(letter.pk, actor=desk.head, at=moment("2026-03-20"))

    assert own == ("four_eyes",)
    letter.refresh_from_db()
    assert (letter.drafted_by_id, letter.signed_by_id) == (
        desk.clerk_and_head.staff_id,
        desk.head.staff_id,
    )


def test_a_clerk_signs_no_extension(desk, case):
    letter = request(desk, case, "2026-03-20")
    letters.submit(letter.pk, actor=desk.clerk, at=moment("2026-03-20"))

    assert refused(letters.approve, letter.pk, actor=desk.clerk_too, at=moment("2026-03-20")) == (
        "role",
    )


def test_a_second_extension_is_refused(desk, case):
    drafted = request(desk, case, "2026-03-20")
    while_drafted = refused(request, desk, case, "2026-03-20")
    desk.issue(drafted, "2026-03-20")

    assert while_drafted == ("letter_under_way",)
    assert refused(request, desk, case, "2026-03-23") == ("extension_repeated",)


@pytest.mark.parametrize("days", [0, -1, 21, 10_000])
def test_an_extension_of_an_impossible_length_is_refused(desk, case, days):
    assert refused(request, desk, case, "2026-03-20", days) == ("days",)


@pytest.mark.parametrize("days", ["0", "21", "40", "二十", ""])
def test_a_draft_is_not_revised_to_an_impossible_length(desk, case, days):
    letter = request(desk, case, "2026-03-20")

    codes = refused(
        letters.revise, letter.pk, fields={"days": days}, actor=desk.clerk, at=moment("2026-03-20")
    )

    assert codes == ("days",)
    letter.refresh_from_db()
    assert letter.fields == {"days": "20", "reason": "需要核对档案"}


def test_an_extension_without_a_reason_is_refused(desk, case):
    assert refused(request, desk, case, "2026-03-20", reason=" ") == ("reason",)


def test_an_extension_that_was_voided_leaves_no_consent_behind(desk, case):
    # The first is signed for 20 days and voided; the second grants 5: 03-31=1 … 04-03=4, 04-07=5.
    first = request(desk, case, "2026-03-20", 20)
    letters.submit(first.pk, actor=desk.clerk, at=moment("2026-03-20"))
    letters.approve(first.pk, actor=desk.head, at=moment("2026-03-20"))
    letters.discard(first.pk, reason="天数写错", actor=desk.clerk, at=moment("2026-03-23"))
    second = desk.extend(case, "2026-03-24", days=5)

    assert due(case) == "2026-04-07"
    assert "延长5个工作日，延长后的答复期限为2026年4月7日" in factories.printed(second)
    assert factories.stored(case)["clock_flags"] == []
    assert [row[2] for row in factories.ledger_of(case)][2:] == [
        "extended",
        "voided",
        "letter_voided",
        "extended",
        "extension_notified",
    ]
    assert second.number == "金政办公开延〔2026〕2号"


def test_an_extension_while_nothing_runs_is_refused(desk, case):
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")

    assert refused(request, desk, case, "2026-03-05") == ("status",)


def test_a_new_period_after_a_correction_may_be_extended_once_more(desk, case):
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")
    corrections.answer(
        case.pk, text="改造", on=date(2026, 3, 16), actor=desk.clerk, at=moment("2026-03-16")
    )
    # 03-17..03-20=4, 03-23..03-27=9, 03-30..04-03=14, 04-07..04-10=18, 04-13..04-14=20
    restarted = due(case)
    desk.extend(case, "2026-04-14", days=1)

    assert (restarted, due(case)) == ("2026-04-14", "2026-04-15")


def test_an_extension_during_a_pause_counts_from_the_paused_date(desk, case):
    desk.consult(case, "2026-03-05", served="2026-03-09")

    letter = desk.extend(case, "2026-03-20")

    # W2 + 20 by hand: 04-24..04-30=5, 05-06..05-09=9, 05-11..05-15=14, 05-18..05-22=19, 05-25=20
    assert due(case) == "2026-05-25"
    assert "2026年5月25日" in factories.printed(letter)


def test_an_extension_beside_a_letter_without_its_return_slip_names_the_latest_day(desk, case):
    # Sent 03-05 with 3 days used, no slip yet. Were it served on 03-20, its 15 days would end on
    # 04-13. 17 are left: 04-14..04-17=4, 04-20..04-24=9, 04-27..04-30=13, 05-06..05-09=17.
    desk.consult(case, "2026-03-05")

    letter = desk.extend(case, "2026-03-20", days=1)

    text = factories.printed(letter)
    assert "不能在2026年5月9日以前（含当日）作出答复" in text
    assert "延长后的答复期限为2026年5月11日" in text
    assert due(case) == ""


@pytest.fixture
def signed_on_paper(desk):
    """An extension of a case answered by post: signed, made, and not yet taken to the post."""
    case = desk.file("2026-03-02", **factories.BY_POST)
    draft = request(desk, case, "2026-03-10")
    letters.submit(draft.pk, actor=desk.clerk, at=moment("2026-03-10"))
    letters.approve(draft.pk, actor=desk.head, at=moment("2026-03-10"))
    letters.render(draft.pk, at=moment("2026-03-10"))
    draft.refresh_from_db()
    assert draft.status == "issued"
    return draft


def post(desk, letter, on):
    return deliveries.dispatch(
        letter.pk,
        way=deliveries.DeliveryWay.EMS,
        on=date.fromisoformat(on),
        tracking_number=factories.EMS,
        actor=desk.clerk,
        at=moment(on),
    )


def test_an_extension_whose_day_still_stands_goes_out(desk, signed_on_paper):
    post(desk, signed_on_paper, "2026-03-12")

    assert due(signed_on_paper.case) == "2026-04-28"


def test_an_extension_that_names_a_day_since_moved_does_not_go_out(desk, signed_on_paper):
    desk.consult(signed_on_paper.case, "2026-03-11", served="2026-03-12")

    assert refused(post, desk, signed_on_paper, "2026-03-12") == ("moved_day",)
    signed_on_paper.refresh_from_db()
    assert signed_on_paper.status == "issued"
