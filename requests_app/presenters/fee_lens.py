"""A fee before it is a bill: both counts, both prices, the next tier, and the ways around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from requests_app.domain import fees
from requests_app.domain.errors import Refused
from requests_app.domain.fees import BY_ITEM, BY_PAGE, FEE_MODE_LABELS, FeeMode, Lens, NextTier
from requests_app.models import Case
from requests_app.presenters import people
from requests_app.selectors.fee_lens import Suggested

_FREE_ITEMS: Final = BY_ITEM.bands[0].last
_FREE_PAGES: Final = BY_PAGE.bands[0].last


@dataclass(frozen=True)
class Counter:
    """One count: of whom or of what, how many, and what is said of it."""

    label: str
    count: str
    note: str


@dataclass(frozen=True)
class Price:
    """What one method would cost; ``query`` fills the form with it. ``why_not`` where it cannot apply."""

    label: str
    amount: str
    rows: tuple[str, ...]
    next_tier: str
    query: str
    chosen: bool
    why_not: str = ""


@dataclass(frozen=True)
class FeeLens:
    """Everything a clerk looks at before a fee notice is drafted."""

    counters: tuple[Counter, ...]
    prices: tuple[Price, ...]
    alternatives: tuple[str, ...]
    warning: str


def of(case: Case, *, found: Suggested, units: int | None, mode: str) -> FeeLens:
    """Lay out both methods, each with the units typed for it or what the case itself counts."""
    items, pages = found.items, found.pages
    if units is not None and mode == FeeMode.PAGE.value:
        pages = units
    elif units is not None:
        items = units
    return FeeLens(
        counters=_counters(case, found),
        prices=(
            _price(FeeMode.ITEM, items, before=found.items_before, chosen=mode == FeeMode.ITEM),
            _pages_price(pages, found, chosen=mode == FeeMode.PAGE),
        ),
        alternatives=_alternatives(found, pages=pages),
        warning=_warning(found, pages=pages, mode=mode),
    )


def _counters(case: Case, found: Suggested) -> tuple[Counter, ...]:
    month = f"{case.received_on.year}年{case.received_on.month}月"
    names = [people.masked_name(case.applicant)]
    if case.applicant_count > 1:
        names += [people.masked_name(each) for each in case.co_applicants.all()]
    applicants = tuple(
        Counter(
            f"{names[each.place - 1]}，{month}此前申请",
            "数不出" if each.items is None else f"{each.items}件",
            "没有证件号码，不累计" if each.items is None else "同一自然月累计；共同申请的也计入",
        )
        for each in found.counts
    )
    joint = (
        (Counter("几个人一起申请，按件计收时按", f"{found.items_before}件", "口径见公开指南设置"),)
        if len(applicants) > 1
        else ()
    )
    handed = Counter("准备提供的文件", f"{found.pages}页", "只算这一件，不和别的申请相加")
    return (*applicants, *joint, handed)


def _price(mode: FeeMode, count: int, *, before: int, chosen: bool) -> Price:
    tariff = fees.TARIFFS[mode]
    query = f"?mode={mode.value}&units={count}"
    label = f"{FEE_MODE_LABELS[mode]}，{count}{tariff.unit}"
    try:
        lens = (
            fees.look_at_items(before, count) if mode is FeeMode.ITEM else fees.look_at_pages(count)
        )
    except Refused as refusal:
        return Price(label, "—", (), "", query, chosen, str(refusal))
    return Price(
        label=label,
        amount=f"{lens.fee}元" if lens.fee else "不收费",
        rows=_rows(lens),
        next_tier=_next(lens.next_tier),
        query=query,
        chosen=chosen,
    )


def _pages_price(pages: int, found: Suggested, *, chosen: bool) -> Price:
    if found.reads_on_site:
        label = f"{FEE_MODE_LABELS[FeeMode.PAGE]}，{pages}页"
        why = "申请人选择查阅、抄录，不适用按量计收（第五条）。"
        return Price(label, "不适用", (), "", "", chosen, why)
    return _price(FeeMode.PAGE, pages, before=0, chosen=chosen)


def _rows(lens: Lens) -> tuple[str, ...]:
    return tuple(
        f"{row.label}：{row.count}{row.unit} × {row.price}元 = {row.amount}元" for row in lens.rows
    )


def _next(tier: NextTier | None) -> str:
    if tier is None:
        return "已经是最高一档，再多的单价不变"
    now = "不收费" if tier.price == 0 else f"每{tier.unit}{tier.price}元"
    return f"再加{tier.left}{tier.unit}以内{now}，超过的每{tier.unit}{tier.price_after}元"


def _alternatives(found: Suggested, *, pages: int) -> tuple[str, ...]:
    offered = []
    if not found.reads_on_site:
        offered.append(
            "到现场查阅、抄录：不按量收费，按量计收只算提供纸质件、电子邮件、复制的电子数据。"
        )
    if pages > _FREE_PAGES:
        offered.append(
            f"缩小范围：现在{pages}页，减到{_FREE_PAGES}页以内不收费；可以先给目录，请申请人挑选。"
        )
    free = max(0, _FREE_ITEMS - found.items_before)
    offered.append(
        f"缩小范围：本月还有{free}件不收费。"
        if free
        else "缩小范围：本月不收费的10件已经用完；件数每个自然月从第1件重新数。"
    )
    return tuple(offered)


def _warning(found: Suggested, *, pages: int, mode: str) -> str:
    if mode == FeeMode.PAGE and found.pages and pages != found.pages:
        return f"准备提供的文件共{found.pages}页，填的是{pages}页，请核对。"
    return ""
