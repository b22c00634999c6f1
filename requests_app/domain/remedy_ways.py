"""Which ways are open against a reply, or against silence: to whom, where, until which day.

The paragraph of a letter (``remedies``) says it in general; here are the days, computed for one
case. Which variant a reply carries stands in ``outcomes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from requests_app.domain import remedies
from requests_app.domain.remedies import Calendar, RemedyOffice, RemedyVariant


class WayKind(StrEnum):
    """Administrative review, or a suit."""

    REVIEW = "review"
    SUIT = "suit"


WAY_KIND_LABELS: Final = {WayKind.REVIEW: "申请行政复议", WayKind.SUIT: "提起行政诉讼"}


@dataclass(frozen=True)
class RemedyWay:
    """One way: before whom, where to hand it in, and the last day.

    ``until`` is None where no day can be named yet: service is not on record, or a suit has to wait
    for review; ``counted`` says from what it runs. ``first``: nothing else is open before it.
    ``part``: of a partial disclosure, the part it is about.
    """

    kind: WayKind
    to: str
    counted: str
    citation: str
    until: date | None = None
    first: bool = False
    where: str = ""
    online: str = ""
    part: str = ""


def after_reply(
    variant: RemedyVariant, *, served_on: date | None, office: RemedyOffice, calendar: Calendar
) -> tuple[RemedyWay, ...]:
    """Return the ways open against a reply; none where its letter carries no remedies."""
    match variant:
        case RemedyVariant.R0:
            return ()
        case RemedyVariant.R1:
            return _free(served_on, office=office, calendar=calendar)
        case RemedyVariant.R1_SWITCHED if office.print_suit_for_inadmissible:
            return _free(served_on, office=office, calendar=calendar)
        case RemedyVariant.R1_SWITCHED:
            return _free(served_on, office=office, calendar=calendar)[:1]
        case RemedyVariant.R2:
            return _review_first(served_on, office=office, calendar=calendar)
        case RemedyVariant.R3:
            withheld, rest = "不予公开的部分", "其他部分"
            return (
                *_review_first(served_on, office=office, calendar=calendar, part=withheld),
                *_free(served_on, office=office, calendar=calendar, part=rest),
            )


def after_silence(
    due_on: date, *, office: RemedyOffice, calendar: Calendar
) -> tuple[RemedyWay, ...]:
    """Return the ways open where the last day went by without a reply: review or suit, as one likes.

    Both run from the end of the period (行政复议法实施条例 16; 行诉解释 66; 法释〔2025〕8号 2 ¶2).
    """
    return (
        _review(
            office,
            until=remedies.review_until(due_on, calendar=calendar),
            counted="自答复期限届满之日起60日",
            citation="《行政复议法》第二十条、《行政复议法实施条例》第十六条",
        ),
        RemedyWay(
            WayKind.SUIT,
            office.court,
            "自答复期限届满之日起6个月",
            "《最高人民法院关于适用〈行政诉讼法〉的解释》第六十六条",
            until=remedies.suit_until(due_on, calendar=calendar),
        ),
    )


def _free(
    served_on: date | None, *, office: RemedyOffice, calendar: Calendar, part: str = ""
) -> tuple[RemedyWay, ...]:
    return (
        _against_reply(served_on, office=office, calendar=calendar, part=part),
        RemedyWay(
            WayKind.SUIT,
            office.court,
            "自收到答复之日起6个月",
            "《行政诉讼法》第四十六条",
            until=None if served_on is None else remedies.suit_until(served_on, calendar=calendar),
            part=part,
        ),
    )


def _review_first(
    served_on: date | None, *, office: RemedyOffice, calendar: Calendar, part: str = ""
) -> tuple[RemedyWay, ...]:
    return (
        _against_reply(served_on, office=office, calendar=calendar, part=part, first=True),
        RemedyWay(
            WayKind.SUIT,
            office.court,
            "先复议；自收到复议决定书之日起15日，复议机关逾期不作决定的，自复议期限届满之日起15日",
            "《行政复议法》第二十三条、第三十四条",
            part=part,
        ),
    )


def _against_reply(
    served_on: date | None,
    *,
    office: RemedyOffice,
    calendar: Calendar,
    part: str,
    first: bool = False,
) -> RemedyWay:
    until = None if served_on is None else remedies.review_until(served_on, calendar=calendar)
    citation = "《行政复议法》第二十三条、第二十条" if first else "《行政复议法》第二十条"
    return _review(
        office,
        until=until,
        counted="自收到答复之日起60日",
        citation=citation,
        first=first,
        part=part,
    )


def _review(
    office: RemedyOffice,
    *,
    until: date | None,
    counted: str,
    citation: str,
    first: bool = False,
    part: str = "",
) -> RemedyWay:
    return RemedyWay(
        WayKind.REVIEW,
        office.review_body,
        counted,
        citation,
        until=until,
        first=first,
        where=office.review_address,
        online=office.online_channel,
        part=part,
    )
