"""信息处理费: the sum, the notice, the payment; and every reason not to charge."""

from datetime import date

import pytest

from requests_app.domain.application import FormWanted, WayWanted
from requests_app.domain.fees import FeeMode
from requests_app.models import Case, Fee, ReadingPoint
from requests_app.services import entries, fees, lapses, letters
from tests import factories
from tests.factories import due, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

METHOD = {"payment_method": "凭缴款码到银行缴纳"}


@pytest.fixture
def case(desk):
    return desk.file("2026-05-08")


def charge(desk, case, mode=FeeMode.PAGE, on="2026-05-20", **changes):
    given = {"fields": METHOD, "actor": desk.clerk, "at": moment(on)}
    return fees.charge(case.pk, mode=mode, **(given | changes))


def pay(desk, case, on, bill="甘财0001", at=""):
    return fees.record_payment(
        case.pk,
        on=date.fromisoformat(on),
        bill_number=bill,
        actor=desk.clerk,
        at=moment(at or on),
    )


def test_a_fee_by_page_is_charged_paid_and_the_period_begins_again(desk, case):
    # W6: notice served 05-20, pay by 06-17, paid 06-10, due 07-09.
    letter = desk.charge(case, "2026-05-20", served="2026-05-20", pages=140)
    waiting = factories.stored(case)
    pay(desk, case, "2026-06-10")

    # 30 free, 70 at 10, 40 at 20
    fee = Fee.objects.get()
    assert (fee.amount_fen, fee.mode, fee.pages, fee.items, fee.items_before) == (
        150_000,
        "page",
        140,
        None,
        None,
    )
    assert (waiting["status"], waiting["due_on"], waiting["payment_due_on"]) == (
        "awaiting_payment",
        None,
        date(2026, 6, 17),
    )
    assert (status(case), due(case)) == ("handling", "2026-07-09")
    assert (fee.paid_on, fee.bill_number, fee.letter_id) == (
        date(2026, 6, 10),
        "甘财0001",
        letter.pk,
    )
    printed = factories.printed(letter)
    assert "1500元" in printed
    assert "第五条" in printed
    assert "凭缴款码到银行缴纳" in printed


def test_a_fee_by_item_counts_the_months_earlier_items_of_the_same_person(desk, case):
    Case.objects.filter(pk=case.pk).update(item_count=9)
    second = desk.file("2026-05-11")
    other_person = desk.file(
        "2026-05-11",
        applicant=factories.person(identity_number=factories.OTHER_IDENTITY_NUMBER),
    )
    next_month = desk.file("2026-06-01")

    # 9 before, 23 more: 9..10 free, 11..30 at 100, 31..32 at 200
    found = fees.quote(second.pk, mode=FeeMode.ITEM, items=23)
    others = [
        fees.quote(each.pk, mode=FeeMode.ITEM, items=23).items_before
        for each in (other_person, next_month)
    ]
    letter = charge(desk, second, FeeMode.ITEM, items=23)

    assert (found.items_before, found.amount_yuan, others) == (9, 2400, [0, 0])
    assert Fee.objects.get(letter=letter).amount_fen == 240_000
    assert Case.objects.get(pk=second.pk).item_count == 23


@pytest.mark.parametrize(
    ("mode", "changes", "code"),
    [
        (FeeMode.PAGE, {"pages": -1}, "fee_count_negative"),
        (FeeMode.PAGE, {"pages": 0}, "amount"),
        (FeeMode.PAGE, {"pages": 30}, "amount"),
        (FeeMode.ITEM, {"items": -1}, "fee_count_negative"),
        (FeeMode.ITEM, {"items": 10}, "amount"),
        (FeeMode.PAGE, {}, "pages"),
        (FeeMode.PAGE, {"pages": 40, "items": 1}, "pages"),
        (FeeMode.ITEM, {}, "items"),
        (FeeMode.ITEM, {"items": 40, "pages": 1}, "items"),
        (FeeMode.PAGE, {"pages": 40, "fields": {}}, "missing_payment_method"),
        (FeeMode.PAGE, {"pages": 40, "fields": METHOD | {"colour": "红"}}, "colour"),
    ],
)
def test_a_fee_that_cannot_be_is_refused(desk, case, mode, changes, code):
    assert refused(charge, desk, case, mode, **changes) == (code,)
    assert (Fee.objects.count(), case.letters.filter(kind="fee").count()) == (0, 0)


def test_who_reads_on_site_pays_nothing_by_page(desk):
    case = desk.file(
        "2026-05-08",
        form_wanted=FormWanted.READING,
        way_wanted=WayWanted.READ_ON_SITE,
        reading_point=ReadingPoint.objects.first().name,
    )

    assert refused(charge, desk, case, pages=400) == ("mode",)


def test_the_sum_on_the_notice_cannot_be_typed_over(desk, case):
    letter = charge(desk, case, pages=40)

    codes = refused(
        letters.revise,
        letter.pk,
        fields={"amount": "1", "fee_rows": "免费"},
        actor=desk.clerk,
        at=moment("2026-05-20"),
    )
    letters.revise(
        letter.pk,
        fields={"payment_method": "到窗口缴纳", "amount": "100"},
        actor=desk.clerk,
        at=moment("2026-05-20"),
    )

    assert codes == ("amount", "fee_rows")
    letter.refresh_from_db()
    assert (letter.fields["amount"], letter.fields["payment_method"]) == ("100", "到窗口缴纳")


def test_a_fee_is_charged_once_and_in_time(desk, case):
    charge(desk, case, pages=40)
    under_way = refused(charge, desk, case, pages=50)
    late = refused(charge, desk, desk.file("2026-05-08"), on="2026-06-05", pages=40)

    assert (under_way, late) == (("letter_under_way",), ("fee_notice_after_due",))


def test_a_second_notice_after_payment_is_refused(desk, case):
    desk.charge(case, "2026-05-20", served="2026-05-20")
    pay(desk, case, "2026-06-10")

    assert refused(charge, desk, case, on="2026-06-11", pages=40) == ("fee_notice_repeated",)


def test_a_payment_on_the_last_day_counts_and_the_day_after_not(desk, case):
    desk.charge(case, "2026-05-20", served="2026-05-20")
    late = refused(pay, desk, case, "2026-06-18")
    lapses.propose(case.pk, at=moment("2026-06-18"))
    late_again = refused(pay, desk, case, "2026-06-18")

    pay(desk, case, "2026-06-17", at="2026-06-18")

    assert (late, late_again) == (("payment_late",), ("payment_late",))
    # 06-18=1, 06-22..06-26=6, 06-29..07-03=11, 07-06..07-10=16, 07-13..07-16=20
    assert (status(case), due(case)) == ("handling", "2026-07-16")


def test_a_payment_dated_before_its_notice_is_refused(desk, case):
    desk.charge(case, "2026-05-20", served="2026-05-20")
    before = factories.stored(case)

    assert refused(pay, desk, case, "2026-05-19", at="2026-05-21") == ("day_out_of_order",)
    assert factories.stored(case) == before
    assert Fee.objects.get().paid_on is None


def test_a_payment_without_a_bill_number_or_a_notice_is_refused(desk, case):
    without_notice = refused(pay, desk, case, "2026-05-20")
    desk.charge(case, "2026-05-20", served="2026-05-20")

    assert without_notice == ("status",)
    assert refused(pay, desk, case, "2026-05-21", " ") == ("bill_number",)
    assert refused(pay, desk, case, "2026-05-21", "1" * 61) == ("bill_number",)


def test_a_voided_payment_is_owed_again(desk, case):
    desk.charge(case, "2026-05-20", served="2026-05-20")
    before = factories.stored(case)
    paid = pay(desk, case, "2026-06-10")

    entries.void(
        case.pk, seq=paid.seq, reason="他人的款项", actor=desk.clerk, at=moment("2026-06-10")
    )

    fee = Fee.objects.get()
    assert (fee.paid_on, fee.bill_number) == (None, "")
    assert factories.stored(case) | {"ledger_hash": ""} == before | {"ledger_hash": ""}
    pay(desk, case, "2026-06-11", "甘财0002")
    assert Fee.objects.get().bill_number == "甘财0002"


def test_a_voided_notice_leaves_no_items_behind(desk):
    case = desk.file("2026-05-08")
    letter = charge(desk, case, FeeMode.ITEM, items=40)
    letters.discard(letter.pk, reason="件数写错", actor=desk.clerk, at=moment("2026-05-20"))

    later = desk.file("2026-05-21")

    assert fees.quote(later.pk, mode=FeeMode.ITEM, items=1).items_before == 1
