"""The periods of the law, one object each: what it is called, how long, in force from when.

Here belong lengths, citations and the sentence of each rule, so that a number of days is written
once. How the days run is ``clock``; how a date is told to people is ``explain``. Also the readings:
what the law leaves open, what this office chose, and on what ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """In what a period is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    NONE = "none"


UNIT_LABELS: Final = {
    Unit.WORKING_DAYS: "个工作日",
    Unit.CALENDAR_DAYS: "日",
    Unit.MONTHS: "个月",
    Unit.NONE: "",
}


@dataclass(frozen=True)
class Rule:
    """One rule of law. ``days`` counts ``unit``; 0 where the rule sets no length.

    ``in_force_to`` is the last day it held, ``None`` while it does.
    """

    id: str
    citation: str
    days: int
    unit: Unit
    in_force_from: date
    sentence: str
    in_force_to: date | None = None

    def __post_init__(self) -> None:
        if (self.days > 0) is (self.unit is Unit.NONE) or self.days < 0:
            message = f"{self.id}: a length and its unit go together"
            raise ValueError(message)

    def in_force(self, on: date) -> bool:
        """Tell whether the rule held on a day."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


REGULATION: Final = "《政府信息公开条例》"
FEE_MEASURE: Final = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
_REGULATION_FROM: Final = date(2019, 5, 15)
_FEE_FROM: Final = date(2021, 1, 1)
_REVIEW_ACT_FROM: Final = date(2024, 1, 1)
_LITIGATION_ACT_FROM: Final = date(2015, 5, 1)
_CIVIL_CODE_FROM: Final = date(2021, 1, 1)

COUNTING_START: Final = Rule(
    id="counting_start",
    citation="《中华人民共和国民法典》第二百零一条",
    days=0,
    unit=Unit.NONE,
    in_force_from=_CIVIL_CODE_FROM,
    sentence="按照日计算期间的，开始的当日不计入，自下一日开始计算。",
)
COUNTING_START_2017: Final = Rule(
    id="counting_start_2017",
    citation="《中华人民共和国民法总则》第二百零一条",
    days=0,
    unit=Unit.NONE,
    in_force_from=date(2017, 10, 1),
    in_force_to=date(2020, 12, 31),
    sentence="按照日计算期间的，开始的当日不计入，自下一日开始计算。",
)
LAST_DAY: Final = Rule(
    id="last_day",
    citation="《中华人民共和国民法典》第二百零三条",
    days=0,
    unit=Unit.NONE,
    in_force_from=_CIVIL_CODE_FROM,
    sentence="期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日；最后一日整日有效。",
)
RECEIPT: Final = Rule(
    id="receipt",
    citation=f"{REGULATION}第三十一条",
    days=0,
    unit=Unit.NONE,
    in_force_from=_REGULATION_FROM,
    sentence="当面提交的，提交之日为收到之日；邮寄的，签收之日或者双方确认之日；互联网或者传真提交的，双方确认之日。",
)
CORRECTION_NOTICE: Final = Rule(
    id="correction_notice",
    citation=f"{REGULATION}第三十条",
    days=7,
    unit=Unit.WORKING_DAYS,
    in_force_from=_REGULATION_FROM,
    sentence="申请内容不明确的，应当自收到申请之日起7个工作日内一次性告知补正。",
)
CORRECTION: Final = Rule(
    id="correction",
    citation=f"{REGULATION}第三十条；本机关政府信息公开指南",
    days=10,
    unit=Unit.WORKING_DAYS,
    in_force_from=_REGULATION_FROM,
    sentence="申请人应当自收到补正告知之日起10个工作日内补正；无正当理由逾期不补正的，视为放弃申请。",
)
CORRECTION_RESTART: Final = Rule(
    id="correction_restart",
    citation=f"{REGULATION}第三十条",
    days=20,
    unit=Unit.WORKING_DAYS,
    in_force_from=_REGULATION_FROM,
    sentence="答复期限自行政机关收到补正的申请之日起计算。",
)
REPLY: Final = Rule(
    id="reply",
    citation=f"{REGULATION}第三十三条第二款",
    days=20,
    unit=Unit.WORKING_DAYS,
    in_force_from=_REGULATION_FROM,
    sentence="不能当场答复的，应当自收到申请之日起20个工作日内予以答复。",
)
EXTENSION: Final = Rule(
    id="extension",
    citation=f"{REGULATION}第三十三条第二款",
    days=20,
    unit=Unit.WORKING_DAYS,
    in_force_from=_REGULATION_FROM,
    sentence="需要延长答复期限的，应当经政府信息公开工作机构负责人同意并告知申请人，延长的期限最长不得超过20个工作日。",
)
PAUSE: Final = Rule(
    id="pause",
    citation=f"{REGULATION}第三十三条第三款",
    days=0,
    unit=Unit.NONE,
    in_force_from=_REGULATION_FROM,
    sentence="征求第三方和其他机关意见所需时间不计算在答复期限内。",
)
THIRD_PARTY: Final = Rule(
    id="third_party",
    citation=f"{REGULATION}第三十二条",
    days=15,
    unit=Unit.WORKING_DAYS,
    in_force_from=_REGULATION_FROM,
    sentence="第三方应当自收到征求意见书之日起15个工作日内提出意见；逾期未提出意见的，由行政机关依照条例决定是否公开。",
)
CO_MAKER: Final = Rule(
    id="co_maker",
    citation=f"{REGULATION}第三十四条",
    days=15,
    unit=Unit.WORKING_DAYS,
    in_force_from=_REGULATION_FROM,
    sentence="被征求意见的共同制作机关应当自收到征求意见书之日起15个工作日内提出意见；逾期未提出意见的视为同意公开。",
)
OTHER_ORGAN: Final = Rule(
    id="other_organ",
    citation=f"{REGULATION}第十一条",
    days=15,
    unit=Unit.WORKING_DAYS,
    in_force_from=_REGULATION_FROM,
    sentence="涉及其他机关的，应当与有关机关协商、确认；15个工作日为本机关自定的期限。",
)
DELAY: Final = Rule(
    id="delay",
    citation=f"{REGULATION}第三十五条",
    days=0,
    unit=Unit.NONE,
    in_force_from=_REGULATION_FROM,
    sentence="申请理由合理但不能在规定期限内答复的，可以确定延迟答复的合理期限并告知申请人。",
)
PAYMENT: Final = Rule(
    id="payment",
    citation=FEE_MEASURE,
    days=20,
    unit=Unit.WORKING_DAYS,
    in_force_from=_FEE_FROM,
    sentence="申请人应当自收到收费通知次日起20个工作日内缴纳；逾期未缴纳的，视为放弃申请。",
)
FEE_NOTICE: Final = Rule(
    id="fee_notice",
    citation=FEE_MEASURE,
    days=0,
    unit=Unit.NONE,
    in_force_from=_FEE_FROM,
    sentence="收费通知应当在申请处理期限内发出。",
)
PAYMENT_RESTART: Final = Rule(
    id="payment_restart",
    citation=FEE_MEASURE,
    days=20,
    unit=Unit.WORKING_DAYS,
    in_force_from=_FEE_FROM,
    sentence="处理期限自申请人完成缴费次日起重新计算。",
)
PROACTIVE: Final = Rule(
    id="proactive",
    citation=f"{REGULATION}第二十六条",
    days=20,
    unit=Unit.WORKING_DAYS,
    in_force_from=_REGULATION_FROM,
    sentence="属于主动公开范围的政府信息，应当自形成或者变更之日起20个工作日内公开。",
)
REANSWER: Final = Rule(
    id="reanswer",
    citation="复议决定或者判决；《中华人民共和国行政复议法》第六十四条",
    days=0,
    unit=Unit.NONE,
    in_force_from=_REVIEW_ACT_FROM,
    sentence="复议决定或者判决责令重新答复的，按其指定的期限办理；没有指定的，按条例的期限办理。",
)
REVIEW: Final = Rule(
    id="review",
    citation="《中华人民共和国行政复议法》第二十条",
    days=60,
    unit=Unit.CALENDAR_DAYS,
    in_force_from=_REVIEW_ACT_FROM,
    sentence="可以自知道或者应当知道该行政行为之日起60日内申请行政复议。",
)
SUIT: Final = Rule(
    id="suit",
    citation="《中华人民共和国行政诉讼法》第四十六条",
    days=6,
    unit=Unit.MONTHS,
    in_force_from=_LITIGATION_ACT_FROM,
    sentence="直接提起诉讼的，应当自知道或者应当知道作出行政行为之日起6个月内提出。",
)
SUIT_AFTER_REVIEW: Final = Rule(
    id="suit_after_review",
    citation="《中华人民共和国行政诉讼法》第四十五条",
    days=15,
    unit=Unit.CALENDAR_DAYS,
    in_force_from=_LITIGATION_ACT_FROM,
    sentence="不服复议决定的，可以在收到复议决定书之日起15日内提起诉讼。",
)
AMENDMENT: Final = Rule(
    id="amendment",
    citation=f"{REGULATION}第四十一条",
    days=0,
    unit=Unit.NONE,
    in_force_from=_REGULATION_FROM,
    sentence="要求更正本人记录的，有权更正的应当予以更正并告知；没有规定办理的天数。",
)

RULES: Final = (
    COUNTING_START, COUNTING_START_2017, LAST_DAY, RECEIPT, CORRECTION_NOTICE, CORRECTION,
    CORRECTION_RESTART, REPLY, EXTENSION, PAUSE, THIRD_PARTY, CO_MAKER, OTHER_ORGAN, DELAY,
    FEE_NOTICE, PAYMENT, PAYMENT_RESTART, PROACTIVE, REANSWER, REVIEW, SUIT, SUIT_AFTER_REVIEW,
    AMENDMENT,
)  # fmt: skip


def counting_start(on: date) -> Rule:
    """Return the rule by which the first day is not counted, as it held on a day."""
    return COUNTING_START if COUNTING_START.in_force(on) else COUNTING_START_2017


# --- What the law leaves open ---------------------------------------------------------------------


class PauseFrom(StrEnum):
    """After which day a consultation pauses the period."""

    DISPATCH = "dispatch"
    SERVICE = "service"


class ToldBy(StrEnum):
    """What tells the applicant of an extension: the notice's dispatch, or its service."""

    DISPATCH = "dispatch"
    SERVICE = "service"


class RestDayReceipt(StrEnum):
    """What an application received on a rest day does."""

    KEEP = "keep"
    DEFER = "defer"


class LateCorrectionNotice(StrEnum):
    """What a correction notice sent after its 7 working days does."""

    RESTART = "restart"
    NONE = "none"


@dataclass(frozen=True)
class Readings:
    """The office's choices where the law can be read two ways. The defaults are the usual ones.

    Every choice that is not the default is printed with the date it led to.
    """

    pause_from: PauseFrom = PauseFrom.DISPATCH
    told_by: ToldBy = ToldBy.DISPATCH
    rest_day_receipt: RestDayReceipt = RestDayReceipt.KEEP
    late_correction_notice: LateCorrectionNotice = LateCorrectionNotice.RESTART


DEFAULT_READINGS: Final = Readings()

Choice = PauseFrom | ToldBy | RestDayReceipt | LateCorrectionNotice

#: What each choice says, and the ground it stands on; for every reading, also the usual one. Pairs,
#: because two choices of different questions may share their stored code, and so be equal as keys.
_SENTENCES: Final[tuple[tuple[Choice, str], ...]] = (
    (
        PauseFrom.DISPATCH,
        "征求意见自征求意见书发出次日起不计入答复期限（条例第三十三条第三款“所需时间”的通常理解）。",
    ),
    (
        PauseFrom.SERVICE,
        "征求意见自征求意见书送达次日起不计入答复期限（条例第三十三条第三款，从严理解，路途时间计入）。",
    ),
    (
        ToldBy.DISPATCH,
        "延期告知以告知书发出之日为准（条例第三十三条第二款“告知申请人”的通常理解）。",
    ),
    (ToldBy.SERVICE, "延期告知以告知书送达申请人之日为准（条例第三十三条第二款，从严理解）。"),
    (RestDayReceipt.KEEP, "休息日收到的申请，以实际收到之日为收到之日（条例第三十一条）。"),
    (
        RestDayReceipt.DEFER,
        "休息日收到的申请，以其后第一个工作日为收到之日（有法院判决采用此种理解）。",
    ),
    (
        LateCorrectionNotice.RESTART,
        "超过7个工作日告知补正的，答复期限仍自收到补正的申请之日起计算（条例第三十条未规定失权后果）。",
    ),
    (
        LateCorrectionNotice.NONE,
        "超过7个工作日告知补正的，不影响原答复期限（条例第三十条，从严理解）。",
    ),
)


def reading_sentence(choice: Choice) -> str:
    """Return what a choice says and the ground it stands on, for people."""
    return next(sentence for known, sentence in _SENTENCES if known is choice)


def unusual(readings: Readings) -> tuple[str, ...]:
    """Return a sentence for every choice that is not the usual one."""
    chosen = (
        (readings.pause_from, DEFAULT_READINGS.pause_from),
        (readings.told_by, DEFAULT_READINGS.told_by),
        (readings.rest_day_receipt, DEFAULT_READINGS.rest_day_receipt),
        (readings.late_correction_notice, DEFAULT_READINGS.late_correction_notice),
    )
    return tuple(reading_sentence(choice) for choice, usual in chosen if choice is not usual)
