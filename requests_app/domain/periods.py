"""A month, a quarter or a year of statistics, and the figures of what was done in it.

Percentages of a handful of cases mislead, so below ``FEW`` a share is told as "3/4". Days: *net* are the
working days the law counted in the period the answer was given in, *gross* the working days from
receipt to the first closing. A case counts by its first closing, as in the annual report.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean, median
from typing import Any, Final

from requests_app.domain.errors import Refused
from requests_app.domain.report_status import PeriodKind

FEW: Final = 10
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

    ``on_time`` is ``None`` where no period ran out or in: withdrawn, or lapsed.
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


@dataclass(frozen=True)
class Share:
    """A part of a whole, told as a percentage only where the whole is not too small."""

    part: int
    whole: int

    def __str__(self) -> str:
        if self.whole == 0:
            return "—"
        if self.whole < FEW:
            return f"{self.part}/{self.whole}"
        return f"{100 * self.part / self.whole:.1f}%"


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


def lines(came: Came, finished: Sequence[Finished], aside: Aside) -> list[tuple[str, str]]:
    """Return the figures of a period in words, in the order of the page."""
    judged = [each for each in finished if each.on_time is not None]
    whole = len(finished)

    def share(name: str) -> str:
        return str(Share(sum(1 for each in finished if getattr(each, name)), whole))

    consulted = [each.excluded for each in finished if each.consulted]
    return [
        ("新收", f"{came.received} 件"),
        ("上期结转", f"{came.carried} 件"),
        ("办结", f"{whole} 件"),
        ("期末在办", f"{came.received + came.carried - whole} 件"),
        ("按期率", str(Share(sum(1 for each in judged if each.on_time), len(judged)))),
        ("超期办结", f"{sum(1 for each in judged if not each.on_time)} 件"),
        ("用时（净，工作日）", str(Days.of([each.net for each in finished]))),
        ("用时（毛，工作日）", str(Days.of([each.gross for each in finished]))),
        ("延期率", share("extended")),
        ("补正率", share("corrected")),
        ("征求意见率", share("consulted")),
        ("征求意见不计入的工作日", f"合计 {sum(consulted)} 天，{Days.of(consulted)}"),
        ("收费通知", f"{aside.fees_charged} 件，{aside.charged_fen / 100:g} 元"),
        ("缴清信息处理费", _paid(aside)),
        ("新收复议、诉讼", f"{aside.proceedings_received} 件"),
        ("审结复议、诉讼", f"{aside.proceedings_ended} 件"),
        ("纠错率", str(Share(aside.corrected, aside.proceedings_ended))),
    ]


def _paid(aside: Aside) -> str:
    told = f"{aside.fees_paid} 件，{aside.paid_fen / 100:g} 元"
    back = f"（已减去退还的 {aside.refunded_fen / 100:g} 元）"
    return told + (back if aside.refunded_fen else "")


def outcomes(finished: Iterable[Finished]) -> Counter[str]:
    """Count the finished cases by their row of table 三."""
    return Counter(each.row for each in finished)


def rows(finished: Iterable[Finished]) -> list[list[Any]]:
    """Return the finished cases as plain data, to be hashed and kept."""
    return [
        [
            each.case_id, each.number, each.row, each.on_time, each.net, each.gross, each.excluded,
            each.extended, each.corrected, each.consulted,
        ]
        for each in sorted(finished, key=lambda each: each.case_id)
    ]  # fmt: skip


def differences(
    frozen: Sequence[tuple[str, str]], live: Sequence[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """Return the figures that are no longer what they were: name, then, now."""
    now = dict(live)
    return [(name, then, now.get(name, "—")) for name, then in frozen if now.get(name) != then]


def moved(frozen: Iterable[list[Any]], live: Iterable[list[Any]]) -> list[tuple[str, int, str]]:
    """Return the cases behind the differences, signed: a finished case that came, left or changed."""
    then, now = {row[0]: row for row in frozen}, {row[0]: row for row in live}
    found: list[tuple[str, int, str]] = []
    for key in sorted(then.keys() | now.keys()):
        if key not in now:
            found.append(("−1", key, then[key][1]))
        elif key not in then:
            found.append(("+1", key, now[key][1]))
        elif then[key] != now[key]:
            found.append(("±0", key, now[key][1]))
    return found
