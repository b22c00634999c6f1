"""A month, a quarter or a year of statistics, and the figures of what was done in it.

Percentages of a handful of cases mislead, so below ``FEW`` a share is told as "3/4". Days: *net* are the
working days the law counted in the period the answer was given in, *gross* the working days from
receipt to the first closing. A case counts by its first closing, as in the annual report.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import mean, median
from types import MappingProxyType
from typing import Any, Final

from requests_app.domain.errors import Refused
from requests_app.domain.report_status import PeriodKind

FEW: Final = 10
#: Answered within this part of the period, and not extended: 提前办结.
EARLY_PERCENT: Final = 60
_MOST: Final = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.YEAR: 1}
_MONTHS: Final = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}
_EARLIEST: Final = 2008
_LATEST: Final = 2100


@dataclass(frozen=True)
class Period:
    """One period; ``number`` is 1 to 12, 1 to 4, or 1. Refuses one there is not."""

    kind: PeriodKind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not (_EARLIEST <= self.year <= _LATEST and 1 <= self.number <= _MOST[self.kind]):
            raise Refused.because("period", "没有这个统计期。")

    @property
    def first(self) -> date:
        """Return the first day."""
        return date(self.year, (self.number - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def last(self) -> date:
        """Return the last day."""
        month = self.number * _MONTHS[self.kind]
        return date(self.year, month, monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return {
            PeriodKind.MONTH: f"{self.year}年{self.number}月",
            PeriodKind.QUARTER: f"{self.year}年第{self.number}季度",
            PeriodKind.YEAR: f"{self.year}年",
        }[self.kind]


@dataclass(frozen=True)
class Finished:
    """One case closed in the period, by its first closing. Days are working days.

    ``on_time`` and ``early`` are ``None`` where no period ran out or in: withdrawn, or lapsed.
    """

    case_id: int
    number: str
    row: str
    on_time: bool | None
    net: int
    gross: int
    excluded: int
    extended: bool
    corrected: bool
    consulted: bool
    early: bool | None = None


@dataclass(frozen=True)
class Number:
    """One number of a figure; ``None`` where there is none to tell."""

    value: float | None
    unit: str


@dataclass(frozen=True)
class Line:
    """One figure of the page: its name, its words, and its numbers for signed differences."""

    name: str
    words: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Share:
    """A part of a whole, told as a percentage only where the whole is not too small."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Return the percentage; ``None`` of a whole too small for one."""
        return None if self.whole < FEW else 100 * self.part / self.whole

    def __str__(self) -> str:
        if self.whole == 0:
            return "—"
        return f"{self.part}/{self.whole}" if self.percent is None else f"{self.percent:.1f}%"

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Return what signed differences are told of: points of percent, nothing where there are none."""
        shown = None if self.percent is None else round(self.percent, 1)
        return (Number(shown, "个百分点"),)


@dataclass(frozen=True)
class Days:
    """Median and mean of a number of days; empty where there is no case."""

    median: float | None
    mean: float | None

    @classmethod
    def of(cls, days: Sequence[int]) -> Days:
        """Return both for a list of days."""
        return cls(median(days), round(mean(days), 1)) if days else cls(None, None)

    def __str__(self) -> str:
        return "—" if self.mean is None else f"中位 {self.median:g}，平均 {self.mean:g}"

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Return both with their units."""
        return (Number(self.median, "天（中位）"), Number(self.mean, "天（平均）"))


@dataclass(frozen=True)
class Came:
    """What came in and what was carried over: counts, and channels of what came in."""

    received: int
    carried: int
    channels: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Aside:
    """What is counted beside the cases: fees charged and paid (fen), reviews and suits.

    ``paid_fen`` is net: what came in less what was given back in the period.
    """

    fees_charged: int
    charged_fen: int
    fees_paid: int
    paid_fen: int
    proceedings_received: int
    proceedings_ended: int
    corrected: int
    refunded_fen: int = 0


class Light(StrEnum):
    """How a rate of answers in time is judged at a glance."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


#: From so many percent on, the best first; below the last it is red.
_LIGHTS: Final[Mapping[Light, int]] = MappingProxyType({Light.GREEN: 90, Light.AMBER: 85})
TARGET_PERCENT: Final = 100


def general_light(share: Share) -> Light | None:
    """Return the light by the general scale: from 90 % green, from 85 % amber; none for a few."""
    percent = share.percent
    if percent is None:
        return None
    return next((light for light, least in _LIGHTS.items() if percent >= least), Light.RED)


def target_light(share: Share) -> Light | None:
    """Return the light by the office's own target, 100 %: one late answer makes it red; none for none."""
    if not share.whole:
        return None
    return Light.GREEN if share.part == share.whole else Light.RED


def in_time(finished: Iterable[Sequence[Any]]) -> Share:
    """Return the rate of answers in time among finished cases as they are kept (``rows``)."""
    judged = [each[_ON_TIME] for each in finished if each[_ON_TIME] is not None]
    return Share(sum(judged), len(judged))


def lines(came: Came, finished: Sequence[Finished], aside: Aside) -> list[Line]:
    """Return the figures of a period, in the order of the page."""
    judged = [each for each in finished if each.on_time is not None]
    whole = len(finished)

    def share(name: str) -> Share:
        return Share(sum(1 for each in finished if getattr(each, name)), whole)

    def count(name: str, number: int) -> Line:
        return Line(name, f"{number} 件", (Number(number, "件"),))

    def rate(name: str, found: Share) -> Line:
        return Line(name, str(found), found.numbers)

    def days(name: str, found: Days) -> Line:
        return Line(name, str(found), found.numbers)

    consulted = [each.excluded for each in finished if each.consulted]
    waited = Days.of(consulted)
    return [
        count("新收", came.received),
        count("上期结转", came.carried),
        count("办结", whole),
        count("期末在办", came.received + came.carried - whole),
        rate("按期率", Share(sum(1 for each in judged if each.on_time), len(judged))),
        count("超期办结", sum(1 for each in judged if not each.on_time)),
        rate("提前办结率", Share(sum(1 for each in judged if each.early), len(judged))),
        days("用时（净，工作日）", Days.of([each.net for each in finished])),
        days("用时（毛，工作日）", Days.of([each.gross for each in finished])),
        rate("延期率", share("extended")),
        rate("补正率", share("corrected")),
        rate("征求意见率", share("consulted")),
        Line(
            "征求意见不计入的工作日",
            f"合计 {sum(consulted)} 天，{waited}",
            (Number(sum(consulted), "天（合计）"), *waited.numbers),
        ),
        Line(
            "收费通知",
            f"{aside.fees_charged} 件，{aside.charged_fen / 100:g} 元",
            (Number(aside.fees_charged, "件"), Number(aside.charged_fen / 100, "元")),
        ),
        Line(
            "缴清信息处理费",
            _paid(aside),
            (Number(aside.fees_paid, "件"), Number(aside.paid_fen / 100, "元")),
        ),
        count("新收复议、诉讼", aside.proceedings_received),
        count("审结复议、诉讼", aside.proceedings_ended),
        rate("纠错率", Share(aside.corrected, aside.proceedings_ended)),
    ]


def _paid(aside: Aside) -> str:
    told = f"{aside.fees_paid} 件，{aside.paid_fen / 100:g} 元"
    back = f"（已减去退还的 {aside.refunded_fen / 100:g} 元）"
    return told + (back if aside.refunded_fen else "")


def outcomes(finished: Iterable[Finished]) -> Counter[str]:
    """Count the finished cases by their row of table 三."""
    return Counter(each.row for each in finished)


#: Where ``on_time`` stands in a row.
_ON_TIME: Final = 3


def rows(finished: Iterable[Finished]) -> list[list[Any]]:
    """Return the finished cases as plain data, to be hashed and kept."""
    return [
        [
            each.case_id, each.number, each.row, each.on_time, each.net, each.gross, each.excluded,
            each.extended, each.corrected, each.consulted, each.early,
        ]
        for each in sorted(finished, key=lambda each: each.case_id)
    ]  # fmt: skip
