"""Fees put right: paid in part, paid too much, given back, charged in error."""

from datetime import date

import pytest

from requests_app.domain.delivery import DeliveryWay
from requests_app.domain.ledger import Entry
from requests_app.domain.periods import Period, PeriodKind
from requests_app.models import Case, Fee, FeeMovement
from requests_app.selectors import fee_accounts, period_figures, year_figures
from requests_app.services import deliveries, entries, fee_corrections, fees, lapses, letters
from tests import factories
from tests.factories import due, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

JUNE_30 = date(2026, 6, 30)


@pytest.fixture
def case(desk):
    """A case with a fee of 1500 yuan, served on 2026-05-20; before it the reply was due on 06-04."""
    case = desk.file("2026-05-08")
    desk.charge(case, "2026-05-20", served="2026-05-20", pages=140)
    return case


def pay(desk, case, on, yuan=None, *, bill="甘财0001", at=""):
    return fees.record_payment(
        case.pk,
        on=date.fromisoformat(on),
        amount_fen=None if yuan is None else yuan * 100,
        bill_number=bill,
        actor=desk.clerk,
        at=moment(at or on),
    )


def extra(desk, case, on, yuan, **changes):
    given = {"bill_number": "甘财0009", "note": "重复缴纳", "actor": desk.clerk, "at": moment(on)}
    return fee_corrections.record_extra(
        case.pk, amount_fen=yuan * 100, on=date.fromisoformat(on), **(given | changes)
    )


def refund(desk, case, on, yuan, **changes):
    given = {"bill_number": "退0001", "note": "退回原账户", "actor": desk.clerk, "at": moment(on)}
    return fee_corrections.refund(
        case.pk, amount_fen=yuan * 100, on=date.fromisoformat(on), **(given | changes)
    )


def withdraw(desk, case, on, reason="页数数错，没有超过30页"):
    return fee_corrections.withdraw(case.pk, reason=reason, actor=desk.clerk, at=moment(on))


def account(case):
    found = fee_accounts.of(case, standing=())
    return [
        (each.account.charged_fen, each.account.held_fen, each.account.owed_fen,
         each.account.refundable_fen)
        for each in found
    ]  # fmt: skip


def test_part_of_the_money_is_recorded_and_the_rest_owed(desk, case):
    pay(desk, case, "2026-06-01", 600, bill="甘财0001")
    waiting = factories.stored(case)
    owed = account(case)
    pay(desk, case, "2026-06-10", 900, bill="甘财0002")

    assert (waiting["status"], waiting["due_on"], waiting["payment_due_on"]) == (
        "awaiting_payment",
        None,
        date(2026, 6, 17),
    )
    assert owed == [(150_000, 60_000, 90_000, 0)]
    # W6: paid in full on 06-10, due 07-09
    assert (status(case), due(case)) == ("handling", "2026-07-09")
    fee = Fee.objects.get()
    assert (fee.paid_on, fee.bill_number) == (date(2026, 6, 10), "甘财0002")
    texts = [
        (each.entry, each.data.get("text"))
        for each in case.events.filter(entry__in=[Entry.FEE_RECEIVED, Entry.PAID]).order_by("seq")
    ]
    assert texts == [
        ("fee_received", "收到600元，尚欠900元，答复期限不重新计算"),
        ("paid", "收到900元，连同以前收到的，已经缴清"),
    ]


def test_money_sent_twice_from_one_page_is_recorded_once(desk, case):
    case.refresh_from_db()
    seen = {"seen_version": case.version, "actor": desk.clerk, "bill_number": "甘财0001"}
    first = {"amount_fen": 60_000, "on": date(2026, 6, 1), "at": moment("2026-06-01")}
    fees.record_payment(case.pk, **first, **seen)
    again = refused(fees.record_payment, case.pk, **first, **seen)
    pay(desk, case, "2026-06-10", 900)

    case.refresh_from_db()
    seen = {"seen_version": case.version, "bill_number": "甘财0009"}
    extra(desk, case, "2026-06-11", 100, **seen)
    extra_again = refused(extra, desk, case, "2026-06-11", 100, **seen)
    case.refresh_from_db()
    seen = {"seen_version": case.version}
    refund(desk, case, "2026-06-12", 50, **seen)
    refund_again = refused(refund, desk, case, "2026-06-12", 50, **seen)

    assert (again, extra_again, refund_again) == (("conflict",),) * 3
    assert account(case) == [(150_000, 155_000, 0, 5_000)]


def test_money_entered_in_another_order_is_complete_on_the_day_of_the_last(desk, case):
    pay(desk, case, "2026-06-10", 900)
    pay(desk, case, "2026-06-08", 600, at="2026-06-11")

    assert Fee.objects.get().paid_on == date(2026, 6, 10)
    assert due(case) == "2026-07-09"


def test_part_of_the_money_does_not_save_the_application_and_is_given_back(desk, case):
    pay(desk, case, "2026-06-17", 600)
    late = refused(pay, desk, case, "2026-06-18", 900)
    lapses.propose(case.pk, at=moment("2026-06-18"))
    too_early = refused(refund, desk, case, "2026-06-18", 600)
    letter = lapses.confirm(
        case.pk, judgement="已经电话告知", actor=desk.clerk, at=moment("2026-06-18")
    )
    desk.issue(letter, "2026-06-18")
    refund(desk, case, "2026-06-22", 600)

    assert (late, too_early) == (("payment_late",), ("nothing_to_refund",))
    assert status(case) == "lapsed"
    assert [each.entry for each in case.events.filter(entry="fee_refunded")] == ["fee_refunded"]


def test_too_much_is_told_and_goes_back_in_parts(desk, case):
    pay(desk, case, "2026-06-10", 1600)
    too_much = refused(refund, desk, case, "2026-06-12", 101)
    refund(desk, case, "2026-06-12", 40)
    refund(desk, case, "2026-06-15", 60)
    nothing_left = refused(refund, desk, case, "2026-06-15", 1)

    assert (too_much, nothing_left) == (("amount",), ("nothing_to_refund",))
    assert due(case) == "2026-07-09"
    assert account(case) == [(150_000, 150_000, 0, 0)]


def test_money_paid_twice_is_taken_in_without_moving_the_period(desk, case):
    awaited = refused(extra, desk, case, "2026-06-09", 1500)
    pay(desk, case, "2026-06-10")
    before = factories.stored(case)
    extra(desk, case, "2026-06-12", 1500)

    after = factories.stored(case)
    assert awaited == ("payment_awaited",)
    assert {name: after[name] for name in ("status", "due_on", "clock_state")} == {
        name: before[name] for name in ("status", "due_on", "clock_state")
    }
    assert account(case) == [(150_000, 300_000, 0, 150_000)]


@pytest.mark.parametrize(
    ("changes", "yuan", "code"),
    [
        ({"bill_number": " "}, 100, "bill_number"),
        ({"bill_number": "1" * 61}, 100, "bill_number"),
        ({"note": ""}, 100, "note"),
        ({"note": "长" * 301}, 100, "note"),
        ({}, 0, "amount"),
        ({}, -5, "amount"),
    ],
)
def test_money_without_amount_bill_or_reason_is_refused(desk, case, changes, yuan, code):
    pay(desk, case, "2026-06-10", 1600)

    assert refused(refund, desk, case, "2026-06-12", yuan, **changes) == (code,)
    assert refused(extra, desk, case, "2026-06-12", yuan, **changes) == (code,)
    assert FeeMovement.objects.count() == 1


@pytest.mark.parametrize(
    ("on", "code"), [("2026-05-19", "day_out_of_order"), ("2026-07-01", "day_in_future")]
)
def test_money_before_the_notice_or_after_today_is_refused(desk, case, on, code):
    pay(desk, case, "2026-06-10", 1600)

    assert refused(refund, desk, case, on, 100, at=moment("2026-06-12")) == (code,)
    assert refused(extra, desk, case, on, 100, at=moment("2026-06-12")) == (code,)


def test_part_of_the_money_before_the_notice_is_refused(desk, case):
    assert refused(pay, desk, case, "2026-05-19", 10, at="2026-05-21") == ("day_out_of_order",)
    assert refused(pay, desk, case, "2026-05-21", 0) == ("amount",)
    assert FeeMovement.objects.count() == 0


def test_a_notice_charged_in_error_leaves_the_period_as_it_was(desk, case):
    letter = withdraw(desk, case, "2026-05-26")

    # received 05-08, 05-09 a make-up Saturday: the twentieth working day is 06-04
    assert (status(case), due(case)) == ("received", "2026-06-04")
    assert case.letters.get(kind="fee").status == "void"
    fee = Fee.objects.get()
    assert (fee.withdrawn_on, fee.withdrawn_reason) == (
        date(2026, 5, 26),
        "页数数错，没有超过30页",
    )
    printed = factories.printed(letter)
    assert "页数数错，没有超过30页" in printed
    assert "答复期限为2026年6月4日（含当日）" in printed
    assert "视同没有发出过该通知书" in printed
    assert "退还" not in printed
    assert Case.objects.get(pk=case.pk).item_count == 1


def test_who_paid_on_a_notice_charged_in_error_gets_all_of_it_back(desk, case):
    pay(desk, case, "2026-05-21")
    assert due(case) == "2026-06-18"

    letter = withdraw(desk, case, "2026-05-26")

    assert (status(case), due(case)) == ("received", "2026-06-04")
    assert "信息处理费1500元，本机关将全额退还" in factories.printed(letter)
    assert account(case) == [(150_000, 150_000, 0, 150_000)]
    refund(desk, case, "2026-05-28", 1500)
    assert account(case) == [(150_000, 0, 0, 0)]


def test_the_letter_names_no_day_that_has_gone_by(desk, case):
    pay(desk, case, "2026-05-21")

    letter = withdraw(desk, case, "2026-06-05")

    assert (due(case), factories.stored(case)["clock_state"]) == ("2026-06-04", "overdue")
    assert "答复期限为" not in factories.printed(letter)


def test_another_fee_may_be_charged_after_a_withdrawal(desk, case):
    pay(desk, case, "2026-05-21", 600)
    withdraw(desk, case, "2026-05-25")
    refund(desk, case, "2026-05-26", 600)
    desk.charge(case, "2026-05-26", served="2026-05-26", pages=40)
    pay(desk, case, "2026-05-27")

    assert [each.amount_fen for each in Fee.objects.order_by("pk")] == [150_000, 10_000]
    assert account(case) == [(150_000, 0, 0, 0), (10_000, 10_000, 0, 0)]


def test_what_cannot_be_withdrawn_is_refused(desk, case):
    without_reason = refused(withdraw, desk, case, "2026-05-26", " ")
    too_long = refused(withdraw, desk, case, "2026-05-26", "长" * 301)
    withdraw(desk, case, "2026-05-26")
    again = refused(withdraw, desk, case, "2026-05-27")
    nobody = refused(
        fee_corrections.withdraw,
        case.pk,
        reason="错",
        actor=desk.handler,
        at=moment("2026-05-27"),
    )

    assert (without_reason, again) == (("reason",), ("no_fee",))
    assert set(too_long) <= {"void_reason", "withdrawn_reason"}
    assert nobody in {("role",), ("no_such_case",)}


def test_a_notice_not_yet_out_is_discarded_not_withdrawn(desk):
    case = desk.file("2026-05-08", **factories.BY_POST)
    desk.charge(case, "2026-05-20")

    assert refused(withdraw, desk, case, "2026-05-21") == ("no_fee",)


def test_the_letter_of_a_withdrawal_goes_out_and_arrives(desk, case):
    letter = withdraw(desk, case, "2026-05-26")

    letters.render(letter.pk, at=moment("2026-05-26"))
    letter.refresh_from_db()
    assert (letter.status, letter.delivery.way) == ("dispatched", DeliveryWay.ONLINE)
    deliveries.fetch(letter.pk, case_id=case.pk, at=moment("2026-05-27"))
    letter.refresh_from_db()
    assert letter.status == "delivered"
    assert due(case) == "2026-06-04"


def test_entries_of_money_are_voided_with_what_they_wrote(desk, case):
    part = pay(desk, case, "2026-06-01", 600)
    whole = pay(desk, case, "2026-06-10", 1000)
    back = refund(desk, case, "2026-06-12", 100)

    def void(event):
        entries.void(
            case.pk, seq=event.seq, reason="登记错", actor=desk.clerk, at=moment("2026-06-12")
        )

    assert refused(void, part) == ("depended_on",)
    assert refused(void, whole) == ("depended_on",)
    for event in (back, whole, part):
        void(event)
    assert account(case) == [(150_000, 0, 150_000, 0)]
    assert (status(case), Fee.objects.get().paid_on) == ("awaiting_payment", None)
    assert FeeMovement.objects.filter(voided=True).count() == 3


def test_reports_count_net(desk, case):
    pay(desk, case, "2026-06-10", 1600)
    refund(desk, case, "2026-06-12", 100)
    other = desk.file("2026-06-01")
    desk.charge(other, "2026-06-10", served="2026-06-10", pages=40)
    withdraw(desk, other, "2026-06-11")

    found = period_figures.live(Period(PeriodKind.MONTH, 2026, 6), today=JUNE_30)
    figures = {line.name: line.words for line in found.lines}
    takings = fee_accounts.takings(date(2026, 6, 1), JUNE_30)
    year = year_figures.live(2026)

    assert (takings.cases, takings.net_fen, takings.refunded_fen) == (1, 150_000, 10_000)
    assert (year.fee_cases, year.fee_fen) == (1, 150_000)
    # The notice withdrawn was no charge; the other went out in May.
    assert (figures["收费通知"], figures["缴清信息处理费"]) == (
        "0 件，0 元",
        "1 件，1500 元（已减去退还的 100 元）",
    )
