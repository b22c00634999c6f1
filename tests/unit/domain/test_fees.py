"""Worked examples of both tariffs (国办函〔2020〕109号 articles 4 and 5), typed by hand."""

import datetime as dt
from typing import Any

import pytest

from requests_app.domain import fees
from requests_app.domain.errors import Refused

CITATION = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"


@pytest.mark.parametrize(
    ("items", "yuan"),
    [
        (0, 0),
        (1, 0),
        (10, 0),
        (11, 100),
        (20, 1_000),
        (30, 2_000),
        (31, 2_200),
        (35, 3_000),
        (40, 4_000),
        (41, 4_300),
        (50, 7_000),
        (51, 7_400),
        (60, 11_000),
        (61, 11_500),
        (100, 37_000),
    ],
)
def test_item_fee_of_a_month(items: int, yuan: int) -> None:
    assert fees.item_fee(0, items) == yuan


@pytest.mark.parametrize(
    ("before", "items", "yuan"),
    [(5, 5, 0), (8, 5, 300), (25, 10, 1_500), (28, 5, 800), (30, 1, 200), (40, 1, 300), (99, 0, 0)],
)
def test_item_fee_after_earlier_items_of_the_month(before: int, items: int, yuan: int) -> None:
    assert fees.item_fee(before, items) == yuan


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [
        (0, 0),
        (1, 0),
        (30, 0),
        (31, 10),
        (44, 140),
        (57, 270),
        (72, 420),
        (100, 700),
        (101, 720),
        (109, 880),
        (119, 1_080),
        (150, 1_700),
        (200, 2_700),
        (201, 2_740),
        (250, 4_700),
        (500, 14_700),
        # Two bills that were in the news (西安, 成都).
        (2_219, 83_460),
        (1_500, 54_700),
    ],
)
def test_page_fee(pages: int, yuan: int) -> None:
    assert fees.page_fee(pages) == yuan


def test_item_fee_equals_the_sum_of_single_items() -> None:
    singly = sum(fees.item_fee(before, 1) for before in range(137))

    assert fees.item_fee(0, 137) == singly


@pytest.mark.parametrize(
    ("value", "code", "sentence"),
    [
        (-1, "fee_count_negative", "页数不能小于0。"),
        (True, "fee_count_not_whole", "页数须为整数。"),
        (1.0, "fee_count_not_whole", "页数须为整数。"),
        ("3", "fee_count_not_whole", "页数须为整数。"),
        (None, "fee_count_not_whole", "页数须为整数。"),
        (10_000_001, "fee_count_too_large", "页数超过10000000，请核对。"),
    ],
)
def test_page_fee_refused(value: Any, code: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        fees.page_fee(value)

    assert [(r.code, r.sentence, r.citation) for r in refused.value.reasons] == [
        (code, sentence, CITATION)
    ]


def test_item_fee_refused_names_every_bad_count() -> None:
    with pytest.raises(Refused) as refused:
        fees.item_fee(-1, -2)

    assert [r.sentence for r in refused.value.reasons] == [
        "本月此前件数不能小于0。",
        "本次申请件数不能小于0。",
    ]


def test_the_largest_count_is_still_priced() -> None:
    # 70 pages at 10, 100 at 20, the rest at 40.
    assert fees.page_fee(10_000_000) == 700 + 2_000 + 9_999_800 * 40


def test_monthly_fees_begin_again_in_the_next_month() -> None:
    receipts = [
        fees.Receipt(on=dt.date(2026, 3, 2), items=8),
        fees.Receipt(on=dt.date(2026, 3, 20), items=8),
        fees.Receipt(on=dt.date(2026, 4, 1), items=8),
    ]

    assert fees.monthly_fees(receipts) == fees.MonthlyFees(fees=(0, 600, 0), total=600)


def test_monthly_fees_count_each_applicant_apart() -> None:
    receipts = [
        fees.Receipt(on=dt.date(2026, 6, 1), items=12, applicant="甲"),
        fees.Receipt(on=dt.date(2026, 6, 2), items=12, applicant="乙"),
    ]

    assert fees.monthly_fees(receipts) == fees.MonthlyFees(fees=(200, 200), total=400)


def test_monthly_fees_follow_the_date_and_keep_the_order_of_one_day() -> None:
    receipts = [
        fees.Receipt(on=dt.date(2026, 5, 29), items=1),
        fees.Receipt(on=dt.date(2026, 5, 6), items=29),
        fees.Receipt(on=dt.date(2026, 5, 6), items=1),
    ]

    assert fees.monthly_fees(receipts) == fees.MonthlyFees(fees=(1_900, 100, 200), total=2_200)


def test_monthly_fees_tell_the_same_month_of_two_years_apart() -> None:
    receipts = [
        fees.Receipt(on=dt.date(2025, 3, 31), items=10),
        fees.Receipt(on=dt.date(2026, 3, 31), items=10),
    ]

    assert fees.monthly_fees(receipts) == fees.MonthlyFees(fees=(0, 0), total=0)


def test_monthly_fees_of_nothing() -> None:
    assert fees.monthly_fees([]) == fees.MonthlyFees(fees=(), total=0)


def test_monthly_fees_refused_names_every_bad_receipt() -> None:
    receipts = [
        fees.Receipt(on=dt.date(2026, 3, 2), items=-1),
        fees.Receipt(on=dt.date(1900, 1, 1), items=1),
        fees.Receipt(on=dt.date(9999, 12, 31), items=1),
    ]

    with pytest.raises(Refused) as refused:
        fees.monthly_fees(receipts)

    assert [(r.code, r.sentence) for r in refused.value.reasons] == [
        ("fee_count_negative", "第1笔的件数不能小于0。"),
        ("fee_date_out_of_range", "第2笔的日期1900-01-01不在2000年至2100年之间，请核对。"),
        ("fee_date_out_of_range", "第3笔的日期9999-12-31不在2000年至2100年之间，请核对。"),
    ]


def test_item_rows_for_the_notice() -> None:
    assert fees.item_rows(8, 35) == (
        fees.Row(first=9, last=10, count=2, price=0, amount=0, unit="件"),
        fees.Row(first=11, last=30, count=20, price=100, amount=2_000, unit="件"),
        fees.Row(first=31, last=40, count=10, price=200, amount=2_000, unit="件"),
        fees.Row(first=41, last=43, count=3, price=300, amount=900, unit="件"),
    )


def test_page_rows_for_the_notice() -> None:
    assert fees.page_rows(201) == (
        fees.Row(first=1, last=30, count=30, price=0, amount=0, unit="页"),
        fees.Row(first=31, last=100, count=70, price=10, amount=700, unit="页"),
        fees.Row(first=101, last=200, count=100, price=20, amount=2_000, unit="页"),
        fees.Row(first=201, last=201, count=1, price=40, amount=40, unit="页"),
    )


def test_rows_of_nothing() -> None:
    assert fees.page_rows(0) == ()
    assert fees.item_rows(12, 0) == ()


@pytest.mark.parametrize("count", [0, 1, 10, 30, 31, 57, 200, 201, 333])
def test_rows_sum_to_the_fee(count: int) -> None:
    assert sum(row.amount for row in fees.page_rows(count)) == fees.page_fee(count)
    assert sum(row.amount for row in fees.item_rows(7, count)) == fees.item_fee(7, count)


def test_rows_are_labelled_as_printed() -> None:
    assert [row.label for row in fees.page_rows(31)] == ["第1至30页", "第31页"]
    assert [row.label for row in fees.item_rows(10, 21)] == ["第11至30件", "第31件"]


def test_lens_on_items_shows_the_next_price() -> None:
    assert fees.look_at_items(28, 5) == fees.Lens(
        fee=800,
        rows=(
            fees.Row(first=29, last=30, count=2, price=100, amount=200, unit="件"),
            fees.Row(first=31, last=33, count=3, price=200, amount=600, unit="件"),
        ),
        next_tier=fees.NextTier(left=7, price=200, price_after=300, unit="件"),
        free_units=0,
        citation=CITATION + "第四条",
    )


def test_lens_on_pages_shows_the_next_price_and_what_is_free() -> None:
    assert fees.look_at_pages(25) == fees.Lens(
        fee=0,
        rows=(fees.Row(first=1, last=25, count=25, price=0, amount=0, unit="页"),),
        next_tier=fees.NextTier(left=5, price=0, price_after=10, unit="页"),
        free_units=30,
        citation=CITATION + "第五条",
    )


@pytest.mark.parametrize(
    ("pages", "tier"),
    [
        (30, fees.NextTier(left=70, price=10, price_after=20, unit="页")),
        (199, fees.NextTier(left=1, price=20, price_after=40, unit="页")),
        (200, None),
        (5_000, None),
    ],
)
def test_next_tier_of_pages_ends_with_the_last_band(pages: int, tier: fees.NextTier | None) -> None:
    assert fees.look_at_pages(pages).next_tier == tier


def test_free_items_left_in_the_month() -> None:
    assert fees.look_at_items(4, 3).free_units == 6


@pytest.mark.parametrize(
    ("counts", "lowest", "highest"),
    [([], 0, 0), ([7], 7, 7), ([None], 0, 0), ([12, 3, 40], 3, 40), ([12, None], 0, 12)],
)
def test_whose_items_come_before_a_joint_request(counts, lowest, highest):
    assert fees.joint_before(counts, reading=fees.JointCount.LOWEST) == lowest
    assert fees.joint_before(counts, reading=fees.JointCount.HIGHEST) == highest
