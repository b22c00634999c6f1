"""The account of a fee: charged, received, owed, to be given back; and a withdrawn notice's dates."""

from datetime import date

import pytest

from requests_app.adapters import calendar_files
from requests_app.domain import clock, fee_account, ledger
from requests_app.domain.fee_account import FeeAccount, Movement, MovementKind
from requests_app.domain.ledger import Entry, LedgerEntry, Status
from tests.factories import refused

CALENDAR = calendar_files.packaged_calendar()


def money(fen, kind=MovementKind.RECEIVED, on=date(2026, 6, 1)):
    return Movement(kind, on, fen, "甘财0001")


def back(fen):
    return money(fen, MovementKind.REFUNDED)


@pytest.mark.parametrize(
    ("due", "movements", "owed", "refundable"),
    [
        (True, (), 150_000, 0),
        (True, (money(60_000),), 90_000, 0),
        (True, (money(60_000), money(90_000)), 0, 0),
        (True, (money(160_000),), 0, 10_000),
        (True, (money(160_000), back(10_000)), 0, 0),
        (True, (money(150_000), money(150_000)), 0, 150_000),
        # Nothing is due on a notice withdrawn, nor on an application given up.
        (False, (), 0, 0),
        (False, (money(60_000),), 0, 60_000),
        (False, (money(60_000), back(20_000)), 0, 40_000),
    ],
)
def test_what_is_owed_and_what_goes_back(due, movements, owed, refundable):
    account = FeeAccount(150_000, due=due, movements=movements)

    assert (account.owed_fen, account.refundable_fen) == (owed, refundable)


def test_a_refund_is_bound_by_what_is_held_too_much():
    account = FeeAccount(150_000, due=True, movements=(money(160_000),))

    fee_account.check_refund(10_000, account=account)
    assert refused(fee_account.check_refund, 10_001, account=account) == ("amount",)
    assert refused(fee_account.check_refund, 0, account=account) == ("amount",)


@pytest.mark.parametrize("fen", [0, -1, 10**12 + 1])
def test_an_amount_that_cannot_be_is_refused(fen):
    assert refused(fee_account.check_amount, fen) == ("amount",)


def test_money_that_is_nothing_does_not_exist():
    with pytest.raises(ValueError, match="more than nothing"):
        money(0)


@pytest.mark.parametrize(("fen", "told"), [(100, "1"), (14_050, "140.50"), (5, "0.05")])
def test_yuan_without_idle_decimals(fen, told):
    assert fee_account.yuan(fen) == told


# Received 2026-05-08, due 06-04 (W6 of the worked cases); the notice is served on 05-20 and the
# applicant's 20 working days end on 06-17; paid 06-10 the new period ends on 07-09.
RECEIVED = LedgerEntry(Entry.RECEIVED, date(2026, 5, 8), 1)
NOTICE = LedgerEntry(Entry.FEE_NOTICE, date(2026, 5, 20), 2, letter=5)
SERVED = LedgerEntry(Entry.FEE_NOTICE_DELIVERED, date(2026, 5, 20), 3, letter=5)
PAID = LedgerEntry(Entry.PAID, date(2026, 6, 10), 4)
TYPES = {kind.value: kind for kind in clock.EventType}


def line(entries, on):
    events = tuple(
        clock.Event(TYPES[each.entry.value], each.on)
        for each in ledger.standing(entries)
        if each.entry.value in TYPES
    )
    return clock.evaluate(events, as_of=on, calendar=CALENDAR)


def voided(entries, notice, on):
    effects = ledger.fee_notice_effects(entries, notice=notice)
    last = max(each.seq for each in entries)
    return (
        *entries,
        *(
            LedgerEntry(Entry.VOIDED, on, last + place, voids=each.seq)
            for place, each in enumerate(effects, start=1)
        ),
    )


def test_a_voided_fee_notice_leaves_the_period_as_if_it_had_not_been():
    charged = (RECEIVED, NOTICE, SERVED)

    waiting = line(charged, date(2026, 5, 26))
    after = voided(charged, NOTICE, date(2026, 5, 26))
    without = line(after, date(2026, 5, 26))

    assert (waiting.due, waiting.payment_due) == (None, date(2026, 6, 17))
    assert (without.due, without.payment_due) == (date(2026, 6, 4), None)
    assert without.state is clock.State.RUNNING
    # 05-27..05-29 and 06-01..06-04 are left
    assert without.remaining == 7
    assert ledger.status_of(after) is Status.RECEIVED


def test_a_voided_notice_takes_the_new_period_of_its_payment_with_it():
    paid = (RECEIVED, NOTICE, SERVED, PAID)

    restarted = line(paid, date(2026, 6, 11))
    without = line(voided(paid, NOTICE, date(2026, 6, 11)), date(2026, 6, 11))

    assert restarted.due == date(2026, 7, 9)
    assert (without.due, without.state) == (date(2026, 6, 4), clock.State.OVERDUE)


def test_only_what_the_notice_made_goes_with_it():
    lapse_of_correction = LedgerEntry(Entry.LAPSE_PROPOSED, date(2026, 5, 18), 2)
    notice = LedgerEntry(Entry.FEE_NOTICE, date(2026, 5, 20), 3, letter=5)
    part = LedgerEntry(Entry.FEE_RECEIVED, date(2026, 6, 1), 4)
    lapse = LedgerEntry(Entry.LAPSE_PROPOSED, date(2026, 6, 18), 5)

    effects = ledger.fee_notice_effects(
        (RECEIVED, lapse_of_correction, notice, part, lapse), notice=notice
    )

    assert effects == (notice, lapse)


def test_part_of_the_money_does_not_move_the_period():
    part = LedgerEntry(Entry.FEE_RECEIVED, date(2026, 6, 10), 4)
    entries = (RECEIVED, NOTICE, SERVED, part)

    in_time = line(entries, date(2026, 6, 17))
    day_after = line(entries, date(2026, 6, 18))

    assert (in_time.due, in_time.payment_due) == (None, date(2026, 6, 17))
    assert day_after.state is clock.State.ABANDONED
    assert ledger.status_of(entries) is Status.AWAITING_PAYMENT
