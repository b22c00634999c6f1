"""What a request costs: the two tariffs of the fee measure, in whole yuan.

Source: 《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）, article 4 (by item) and article 5 (by page).
The tariffs are data; one function adds them up. Here belongs everything that is true of a fee on
paper: the sum, its rows for the notice, and where the next price begins. Not here: who decides to
charge, the notice itself (`letters`), the days to pay (`clock`), money as stored (fen, `models`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from requests_app.domain.errors import Reason, refuse_if_any

MEASURE = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"

# Far above anything an office could copy, far below what would exhaust a computer: beyond this the
# number is a slip of the hand.
MOST = 10_000_000
FIRST_YEAR, LAST_YEAR = 2000, 2100


class FeeMode(StrEnum):
    """How one request is charged; never both ways at once (article 3)."""

    ITEM = "item"
    PAGE = "page"


FEE_MODE_LABELS = {FeeMode.ITEM: "按件计收", FeeMode.PAGE: "按量计收"}


class JointCount(StrEnum):
    """Whose count of the month holds where several apply together.

    The measure speaks of 同一申请人 and is silent on joint applicants (ADR 17). ``LOWEST`` never
    charges more than any one of them would pay alone.
    """

    LOWEST = "lowest"
    HIGHEST = "highest"


JOINT_COUNT_LABELS = {
    JointCount.LOWEST: "按其中本月件数最少的人计",
    JointCount.HIGHEST: "按其中本月件数最多的人计",
}


class Alternative(StrEnum):
    """What an applicant is offered before a bill: ways to the information that cost less or nothing."""

    READING = "reading"
    NARROWING = "narrowing"


ALTERNATIVE_LABELS = {
    Alternative.READING: "到现场查阅、抄录，不按量收费",
    Alternative.NARROWING: "缩小申请范围",
}


@dataclass(frozen=True)
class Offer:
    """What was offered before the bill, and how it was told; where nothing was, ``how`` says why."""

    ways: tuple[Alternative, ...]
    how: str

    @property
    def told(self) -> str:
        """Say it as the file keeps it."""
        if not self.ways:
            return f"收费前没有告知其他办法：{self.how}"
        return f"收费前已告知其他办法：{'；'.join(ALTERNATIVE_LABELS[way] for way in self.ways)}。{self.how}"


@dataclass(frozen=True)
class Band:
    """The units after the previous band up to and including number `last` cost `price` yuan each."""

    last: int
    price: int


@dataclass(frozen=True)
class Tariff:
    """Bands with their own price each, then a tail that may go on rising for ever.

    `tail_price` is the price of the first units after the last band. Every further `tail_width`
    units cost `tail_rise` yuan more each; without a width the tail is one endless band.
    """

    unit: str
    bands: tuple[Band, ...]
    tail_price: int
    tail_width: int | None
    tail_rise: int
    citation: str


BY_ITEM = Tariff(
    unit="件",
    bands=(Band(last=10, price=0), Band(last=30, price=100)),
    tail_price=200,
    tail_width=10,
    tail_rise=100,
    citation=f"{MEASURE}第四条",
)
BY_PAGE = Tariff(
    unit="页",
    bands=(Band(last=30, price=0), Band(last=100, price=10), Band(last=200, price=20)),
    tail_price=40,
    tail_width=None,
    tail_rise=0,
    citation=f"{MEASURE}第五条",
)
TARIFFS = {FeeMode.ITEM: BY_ITEM, FeeMode.PAGE: BY_PAGE}


@dataclass(frozen=True)
class Row:
    """One line of the table in the fee notice: units `first` to `last` of the count, in yuan."""

    first: int
    last: int
    count: int
    price: int
    amount: int
    unit: str

    @property
    def label(self) -> str:
        """Name the span as the notice prints it, such as 第11至30件."""
        span = f"{self.first}" if self.first == self.last else f"{self.first}至{self.last}"
        return f"第{span}{self.unit}"


@dataclass(frozen=True)
class NextTier:
    """Where the price changes next: `left` more units at `price` yuan each, then `price_after`."""

    left: int
    price: int
    price_after: int
    unit: str


@dataclass(frozen=True)
class Lens:
    """A fee seen before it is a bill: the sum, its rows, the next price, and the most that is free."""

    fee: int
    rows: tuple[Row, ...]
    next_tier: NextTier | None
    free_units: int
    citation: str


@dataclass(frozen=True)
class Receipt:
    """Items asked for by one applicant in a request received on a day."""

    on: dt.date
    items: int
    applicant: str = ""


@dataclass(frozen=True)
class MonthlyFees:
    """The fee of each receipt in order of date, and their sum, in yuan."""

    fees: tuple[int, ...]
    total: int


def item_fee(before: int, items: int) -> int:
    """Return the yuan for `items` items that follow `before` items of the same month.

    The count is of one applicant and one calendar month; items counted before keep their price.
    Refuses anything but whole numbers from 0 (国办函〔2020〕109号 article 4).
    """
    _check_counts((before, "本月此前件数"), (items, "本次申请件数"))
    return _cumulative(BY_ITEM, before + items) - _cumulative(BY_ITEM, before)


def joint_before(counts: Sequence[int | None], *, reading: JointCount) -> int:
    """Return the items of the month that come before a request of one or several applicants.

    ``counts`` holds each applicant's own items so far; None where nobody can tell who it is, which
    counts as none (国办函〔2020〕109号 article 4: 同一申请人).
    """
    known = [count or 0 for count in counts] or [0]
    return min(known) if reading is JointCount.LOWEST else max(known)


def page_fee(pages: int) -> int:
    """Return the yuan for the pages of one request; pages of other requests are never added.

    Refuses anything but whole numbers from 0 (国办函〔2020〕109号 article 5).
    """
    _check_counts((pages, "页数"))
    return _cumulative(BY_PAGE, pages)


def monthly_fees(receipts: Sequence[Receipt]) -> MonthlyFees:
    """Price receipts in order of date, each applicant and calendar month with a count of its own.

    Receipts of one day keep the order they were given in. Refuses impossible counts and years,
    naming every receipt concerned.
    """
    refuse_if_any(
        tuple(
            reason
            for number, receipt in enumerate(receipts, start=1)
            for reason in _receipt_reasons(number, receipt)
        )
    )
    counted: Counter[tuple[str, int, int]] = Counter()
    fees = []
    for receipt in sorted(receipts, key=lambda receipt: receipt.on):
        month = (receipt.applicant, receipt.on.year, receipt.on.month)
        fees.append(item_fee(counted[month], receipt.items))
        counted[month] += receipt.items
    return MonthlyFees(fees=tuple(fees), total=sum(fees))


def item_rows(before: int, items: int) -> tuple[Row, ...]:
    """Break `item_fee` into the rows of the notice, free items included; their amounts sum to the fee."""
    _check_counts((before, "本月此前件数"), (items, "本次申请件数"))
    return _rows(BY_ITEM, before, before + items)


def page_rows(pages: int) -> tuple[Row, ...]:
    """Break `page_fee` into the rows of the notice, free pages included; their amounts sum to the fee."""
    _check_counts((pages, "页数"))
    return _rows(BY_PAGE, 0, pages)


def look_at_items(before: int, items: int) -> Lens:
    """Show what these items cost, and when the next one costs more, before any notice is written."""
    return Lens(
        fee=item_fee(before, items),
        rows=item_rows(before, items),
        next_tier=_next_tier(BY_ITEM, before + items),
        free_units=max(0, BY_ITEM.bands[0].last - before),
        citation=BY_ITEM.citation,
    )


def look_at_pages(pages: int) -> Lens:
    """Show what these pages cost, and when the next one costs more, before any notice is written."""
    return Lens(
        fee=page_fee(pages),
        rows=page_rows(pages),
        next_tier=_next_tier(BY_PAGE, pages),
        free_units=BY_PAGE.bands[0].last,
        citation=BY_PAGE.citation,
    )


def _cumulative(tariff: Tariff, count: int) -> int:
    total, start = 0, 0
    for band in tariff.bands:
        if count <= band.last:
            return total + (count - start) * band.price
        total += (band.last - start) * band.price
        start = band.last
    rest = count - start
    if tariff.tail_width is None:
        return total + rest * tariff.tail_price
    full, part = divmod(rest, tariff.tail_width)
    # The prices of the full steps are an arithmetic series; adding it up keeps a slip of the hand
    # such as 10,000,000 items from walking a million bands.
    steps = full * tariff.tail_price + tariff.tail_rise * (full * (full - 1) // 2)
    return total + tariff.tail_width * steps + part * (tariff.tail_price + full * tariff.tail_rise)


def _band_after(tariff: Tariff, count: int) -> tuple[int | None, int]:
    """Return the last number (None: endless) and the price of the band that unit `count` + 1 is in."""
    for band in tariff.bands:
        if count < band.last:
            return band.last, band.price
    start = tariff.bands[-1].last
    if tariff.tail_width is None:
        return None, tariff.tail_price
    step = (count - start) // tariff.tail_width
    return start + (step + 1) * tariff.tail_width, tariff.tail_price + step * tariff.tail_rise


def _rows(tariff: Tariff, before: int, after: int) -> tuple[Row, ...]:
    rows = []
    start = before
    while start < after:
        band_last, price = _band_after(tariff, start)
        last = after if band_last is None else min(after, band_last)
        count = last - start
        rows.append(
            Row(
                first=start + 1,
                last=last,
                count=count,
                price=price,
                amount=count * price,
                unit=tariff.unit,
            )
        )
        start = last
    return tuple(rows)


def _next_tier(tariff: Tariff, count: int) -> NextTier | None:
    band_last, price = _band_after(tariff, count)
    if band_last is None:
        return None
    _, price_after = _band_after(tariff, band_last)
    return NextTier(left=band_last - count, price=price, price_after=price_after, unit=tariff.unit)


def _check_counts(*counts: tuple[int, str]) -> None:
    refuse_if_any(tuple(reason for value, name in counts for reason in _count_reasons(value, name)))


def _count_reasons(value: object, name: str) -> Iterable[Reason]:
    # A bool is an int in Python; "true pages" is a slip that must not be charged as one page.
    if isinstance(value, bool) or not isinstance(value, int):
        yield Reason("fee_count_not_whole", f"{name}须为整数。", MEASURE)
    elif value < 0:
        yield Reason("fee_count_negative", f"{name}不能小于0。", MEASURE)
    elif value > MOST:
        yield Reason("fee_count_too_large", f"{name}超过{MOST}，请核对。", MEASURE)


def _receipt_reasons(number: int, receipt: Receipt) -> Iterable[Reason]:
    yield from _count_reasons(receipt.items, f"第{number}笔的件数")
    if not FIRST_YEAR <= receipt.on.year <= LAST_YEAR:
        yield Reason(
            "fee_date_out_of_range",
            f"第{number}笔的日期{receipt.on.isoformat()}不在{FIRST_YEAR}年至{LAST_YEAR}年之间，请核对。",
            MEASURE,
        )
