"""A period as its page and its files show it: figures with their light, results, channels, what changed.

Works on the plain data of a snapshot, frozen or made just now, so that page and file cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from requests_app.domain import period_differences, periods
from requests_app.domain.annual_report import ROW_LABELS
from requests_app.domain.period_differences import Difference, Moved
from requests_app.domain.periods import EARLY_PERCENT, Light, Period
from requests_app.domain.report_rows import ReportRow
from requests_app.models import ClosedPeriod
from requests_app.presenters import dates
from requests_app.presenters.report_files import File, Table

IN_TIME: Final = "按期率"
_SHAPES: Final[Mapping[Light, str]] = MappingProxyType(
    {Light.GREEN: "●", Light.AMBER: "▲", Light.RED: "■"}
)
_TONES: Final[Mapping[Light, str]] = MappingProxyType(
    {Light.GREEN: "g", Light.AMBER: "y", Light.RED: "r"}
)
_TARGET: Final = {
    Light.GREEN: "绿：达到本市 100% 的目标",
    Light.RED: "红：没有达到本市 100% 的目标",
}
_GENERAL: Final = {
    Light.GREEN: "绿：通行标准 90% 以上",
    Light.AMBER: "黄：通行标准 85% 至 90%",
    Light.RED: "红：低于通行标准 85%",
}
_HINTS: Final[Mapping[str, str]] = MappingProxyType({
    IN_TIME: "在期限内发出的，占有期限可比的办结件",
    "提前办结率": f"没有延期、净用时不超过期限 {EARLY_PERCENT}% 的，占有期限可比的办结件",
    "用时（净，工作日）": "只算依法计入期限的工作日",
    "用时（毛，工作日）": "从收到到首次办结的全部工作日",
})  # fmt: skip


@dataclass(frozen=True)
class Tag:
    """A judgement in shape, word and colour."""

    words: str
    tone: str


@dataclass(frozen=True)
class Figure:
    """One line of the page."""

    name: str
    words: str
    hint: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True)
class PeriodPage:
    """Everything the page and its files show of a period."""

    figures: tuple[Figure, ...]
    outcomes: tuple[tuple[str, int], ...]
    channels: tuple[tuple[str, int], ...]
    differences: tuple[Difference, ...]
    moved: tuple[Moved, ...]
    calendar: str


def page(shown: Mapping[str, Any], *, now: Mapping[str, Any], frozen: bool) -> PeriodPage:
    """Return what to show of a snapshot; ``now`` is what the cases say today, for the differences."""
    return PeriodPage(
        figures=tuple(_figure(line, shown) for line in shown["lines"]),
        outcomes=tuple(
            (ROW_LABELS[ReportRow(row)] if row else "没有办理结果", n)
            for row, n in shown["outcomes"].items()
        ),
        channels=tuple((label, n) for label, n in shown["channels"]),
        differences=tuple(period_differences.differences(shown["lines"], now["lines"]))
        if frozen
        else (),
        moved=tuple(period_differences.moved(shown, now)) if frozen else (),
        calendar=_calendar(shown.get("calendar")),
    )


def _figure(line: Sequence[Any], shown: Mapping[str, Any]) -> Figure:
    name, words = line[0], line[1]
    tags = _tags(shown["finished"]) if name == IN_TIME else ()
    return Figure(name, words, _HINTS.get(name, ""), tags)


def _tags(finished: Sequence[Sequence[Any]]) -> tuple[Tag, ...]:
    share = periods.in_time(finished)
    judged = (
        (periods.target_light(share), _TARGET),
        (periods.general_light(share), _GENERAL),
    )
    return tuple(
        Tag(f"{_SHAPES[light]} {words[light]}", _TONES[light])
        for light, words in judged
        if light is not None
    )


def _calendar(kept: Mapping[str, Any] | None) -> str:
    if kept is None:
        return "锁定时没有记录"
    return f"{kept['notice_no']}（版本 {kept['version']}，已公布至 {kept['published_to']} 年）"


def file(
    found: PeriodPage,
    *,
    period: Period,
    closed: ClosedPeriod | None,
    office: str,
    at: datetime,
    by: str,
) -> File:
    """Return the page as a file: the same tables, and the stamp of how the figures came about."""
    figures = tuple(
        (
            each.name,
            each.words,
            "；".join((*(tag.words for tag in each.tags), each.hint)).strip("；"),
        )
        for each in found.figures
    )
    tables = [
        Table("数据", ("统计项", "数字", "说明"), figures, (28, 28, 44)),
        Table("办理结果", ("表三的行", "首次办结（件）"), found.outcomes, (80, 20)),
        Table("渠道", ("渠道", "新收（件）"), found.channels, (80, 20)),
    ]
    if found.differences:
        lines = tuple((each.name, each.then, each.now, each.signed) for each in found.differences)
        head = ("统计项", "锁定时", "现在", "差")
        tables.append(Table("锁定后的差异", head, lines, (28, 26, 26, 20)))
    if found.moved:
        rows = tuple((each.name, each.sign, each.number, each.what) for each in found.moved)
        head = ("统计项", "变动", "案件", "变动的内容")
        tables.append(Table("变动的案件", head, rows, (24, 8, 20, 48)))
    state = (
        f"锁定：{dates.minute(closed.closed_at)} {closed.closed_by}　SHA-256 {closed.sha256}"
        if closed
        else "没有锁定，数字随案件更新"
    )
    return File(
        title=f"依申请公开统计 {period}",
        office=office,
        tables=tuple(tables),
        stamp=(
            f"查询：{period}（{period.first} 至 {period.last}）",
            state,
            f"制表时间：{dates.minute(at)}　制表人：{by}",
            f"工作日历：{found.calendar}",
        ),
    )
