"""What a letter says about remedies, who reviews, and the last day for each.

Since 2024-01-01 a refusal under articles 14 to 16 of the disclosure regulation must go to
administrative review before any suit (行政复议法 23 ¶1(四), ¶2; 法释〔2025〕8号 1(二)). Which variant
an answer carries stands in ``outcomes``; it is never derived from a row of the annual report, where
（三）8 sits under 不予公开 without being a refusal of that kind.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol

from requests_app.domain.errors import Reason, Refused, refuse_if_any

REVIEW_LAW: Final = "《中华人民共和国行政复议法》"
SUIT_LAW: Final = "《中华人民共和国行政诉讼法》"

REVIEW_CALENDAR_DAYS: Final = 60
SUIT_MONTHS: Final = 6
SUIT_AFTER_REVIEW_CALENDAR_DAYS: Final = 15


class RemedyVariant(StrEnum):
    """Which paragraph a letter ends with.

    ``R1_SWITCHED`` is R1 for the answers that 法释〔2025〕8号 lists as not admissible in court
    (repeated, own access law, needs processing, petition, publication): whether their letters still
    mention a suit is the office's choice.
    """

    R0 = "r0"
    R1 = "r1"
    R1_SWITCHED = "r1_switched"
    R2 = "r2"
    R3 = "r3"


REMEDY_LABELS: Final[Mapping[RemedyVariant, str]] = MappingProxyType(
    {
        RemedyVariant.R0: "不写救济途径",
        RemedyVariant.R1: "复议或者诉讼",
        RemedyVariant.R1_SWITCHED: "复议；是否写明诉讼由设置决定",
        RemedyVariant.R2: "先复议，后诉讼",
        RemedyVariant.R3: "不予公开部分先复议，其他部分复议或者诉讼",
    }
)


class DocumentWord(StrEnum):
    """What the letter calls itself in its remedies: 本答复书, 本告知书 or 本决定书."""

    REPLY = "reply"
    NOTICE = "notice"
    DECISION = "decision"


_WORDS: Final[Mapping[DocumentWord, tuple[str, str]]] = MappingProxyType(
    {
        DocumentWord.REPLY: ("答复", "答复书"),
        DocumentWord.NOTICE: ("告知", "告知书"),
        DocumentWord.DECISION: ("决定", "决定书"),
    }
)


class IssuingBody(StrEnum):
    """In whose name a letter is issued; that decides who reviews it (行政复议法 24)."""

    GOVERNMENT = "government"
    OFFICE = "office"


#: The reviewing body by issuer: the next higher government, or the government the office belongs to.
REVIEW_BODIES: Final[Mapping[IssuingBody, str]] = MappingProxyType(
    {
        IssuingBody.GOVERNMENT: "甘肃省人民政府",
        IssuingBody.OFFICE: "金昌市人民政府",
    }
)

#: Jurisdiction in Gansu is concentrated across districts, so no court is named until the legal
#: adviser has set one; a suit against a city government begins at an intermediate court (行政诉讼法 15).
COURTS: Final[Mapping[IssuingBody, str]] = MappingProxyType(
    {
        IssuingBody.GOVERNMENT: "有管辖权的中级人民法院",
        IssuingBody.OFFICE: "有管辖权的人民法院",
    }
)

FEE_NOTICE_SENTENCES: Final = (
    "不能单独就本收费通知申请行政复议或者提起行政诉讼。",
    "对缴费期满后不再处理申请的决定不服的，可以依法投诉、举报、申请行政复议或者提起行政诉讼。",
)


@dataclass(frozen=True)
class RemedyOffice:
    """Who reviews and which court hears, as the office's legal adviser has set it for one body."""

    review_body: str
    court: str
    online_channel: str = ""
    print_suit_for_inadmissible: bool = True
    review_address: str = ""


class Calendar(Protocol):
    """The part of a working-day calendar that ends of periods need."""

    def roll(self, day: date, /) -> date:
        """Return ``day``, or the first working day after it when it is a rest day."""
        ...


def remedy_office_for(body: IssuingBody) -> RemedyOffice:
    """Return who reviews and hears the letters of ``body`` as the law has it, nothing else set."""
    return RemedyOffice(review_body=REVIEW_BODIES[body], court=COURTS[body])


def paragraph(
    variant: RemedyVariant,
    *,
    office: RemedyOffice,
    served_online: bool,
    document_word: DocumentWord,
) -> tuple[str, ...]:
    """Write the remedies paragraph of a letter; empty for ``R0``.

    Refuses, naming each, a missing reviewing body or court, and a letter served online without the
    online channel of review, which 行政复议法 22 ¶2 obliges the office to give.
    """
    if variant is RemedyVariant.R0:
        return ()
    refuse_if_any(_missing(office, served_online=served_online))
    short, full = _WORDS[document_word]
    match variant:
        case RemedyVariant.R1:
            sentences = [f"如不服本{short}，{_free_choice(office, full)}"]
        case RemedyVariant.R1_SWITCHED if office.print_suit_for_inadmissible:
            sentences = [f"如不服本{short}，{_free_choice(office, full)}"]
        case RemedyVariant.R1_SWITCHED:
            sentences = [f"如不服本{short}，可以{_review(office, full)}。"]
        case RemedyVariant.R2:
            sentences = [f"如不服本{short}，{_review_first(office, full)}"]
        case RemedyVariant.R3:
            sentences = [
                f"对本{short}中不予公开的部分不服的，{_review_first(office, full)}",
                f"对本{short}的其他部分不服的，{_free_choice(office, full)}",
            ]
    if office.review_address.strip():
        sentences.append(f"行政复议申请材料的提交地址：{office.review_address.strip()}。")
    if served_online:
        sentences.append(f"网上提交行政复议申请的渠道：{office.online_channel.strip()}。")
    return tuple(sentences)


def review_until(served_on: date, *, calendar: Calendar) -> date:
    """Return the last day to apply for review: 60 calendar days after service (行政复议法 20).

    A last day that is a rest day moves to the next working day (行政复议法 88, 民事诉讼法 85).
    """
    return calendar.roll(_later(served_on, calendar_days=REVIEW_CALENDAR_DAYS))


def suit_until(served_on: date, *, calendar: Calendar) -> date:
    """Return the last day of a direct suit: 6 months after service (行政诉讼法 46).

    Months end on the corresponding day, or on the last of a month that has none (民法典 202); a rest
    day moves to the next working day.
    """
    month_index = served_on.year * 12 + served_on.month - 1 + SUIT_MONTHS
    year, month = divmod(month_index, 12)
    if not date.min.year <= year <= date.max.year:
        raise _out_of_range(served_on)
    last = monthrange(year, month + 1)[1]
    return calendar.roll(date(year, month + 1, min(served_on.day, last)))


def suit_after_review_until(review_served_on: date, *, calendar: Calendar) -> date:
    """Return the last day to sue after review: 15 calendar days after its decision is served.

    Counted the same from the day the review period ends without a decision (行政诉讼法 45).
    """
    return calendar.roll(_later(review_served_on, calendar_days=SUIT_AFTER_REVIEW_CALENDAR_DAYS))


def _review(office: RemedyOffice, full: str) -> str:
    return (
        f"自收到本{full}之日起{REVIEW_CALENDAR_DAYS}日内向{office.review_body.strip()}申请行政复议"
    )


def _free_choice(office: RemedyOffice, full: str) -> str:
    return (
        f"可以{_review(office, full)}，"
        f"也可以自收到本{full}之日起{SUIT_MONTHS}个月内依法向{office.court.strip()}提起行政诉讼。"
    )


def _review_first(office: RemedyOffice, full: str) -> str:
    days = SUIT_AFTER_REVIEW_CALENDAR_DAYS
    court = office.court.strip()
    return (
        f"依照{REVIEW_LAW}第二十三条的规定，应当先{_review(office, full)}；"
        f"对行政复议决定不服的，可以自收到行政复议决定书之日起{days}日内依法向{court}提起行政诉讼；"
        f"行政复议机关逾期不作决定的，可以自行政复议期限届满之日起{days}日内依法向{court}提起行政诉讼。"
    )


def _missing(office: RemedyOffice, *, served_online: bool) -> tuple[Reason, ...]:
    reasons = []
    if not office.review_body.strip():
        reasons.append(
            Reason(
                "review_body_missing",
                "请先在设置中填写行政复议机关。",
                f"{REVIEW_LAW}第二十三条第二款",
            )
        )
    if not office.court.strip():
        reasons.append(
            Reason("court_missing", "请先在设置中填写有管辖权的法院。", f"{SUIT_LAW}第四十六条")
        )
    if served_online and not office.online_channel.strip():
        sentence = "本文书通过互联网送达，须同时告知网上申请行政复议的渠道，请先在设置中填写。"
        reasons.append(Reason("online_channel_missing", sentence, f"{REVIEW_LAW}第二十二条第二款"))
    return tuple(reasons)


def _later(day: date, *, calendar_days: int) -> date:
    try:
        return day + timedelta(days=calendar_days)
    except OverflowError as error:
        raise _out_of_range(day) from error


def _out_of_range(day: date) -> Refused:
    return Refused.because(
        "date_out_of_range", f"{day.isoformat()}超出可以计算的范围，请核对日期。"
    )
