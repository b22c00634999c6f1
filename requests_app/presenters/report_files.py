"""The tables of the reports as files: one description for XLSX and PDF, with the stamp of the query.

The stamp says what was asked, as of when, when it was drawn, by whom, and by which calendar, so that
a printed figure can be asked for again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from requests_app.domain.deadline_report import Reading
from requests_app.domain.sheets import Grid, Sheet
from requests_app.domain.workbooks import Workbook, WorkCell, Worksheet
from requests_app.domain.workdays import Calendar
from requests_app.presenters import dates, deadline_report, report_list
from requests_app.presenters.charts import Chart
from requests_app.presenters.deadline_report import Row

TITLE: Final = "依申请公开期限报表"
LIST_TITLE: Final = "依申请公开案件清单"
_HUNDRED: Final = 100
_WIDEST: Final = 36
_NARROWEST: Final = 9
Value = str | int


@dataclass(frozen=True)
class Table:
    """One table of a file: ``shares`` are the widths of its columns in percent."""

    name: str
    head: tuple[str, ...]
    lines: tuple[tuple[Value, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True)
class File:
    """A file of tables: title, who made it, and the stamp."""

    title: str
    office: str
    tables: tuple[Table, ...]
    stamp: tuple[str, ...]


def stamp(
    query: str, *, as_of: str, at: datetime, by: str, calendar: Calendar, count: int
) -> tuple[str, ...]:
    """Return the lines that say how the figures came about."""
    return (
        f"查询：{query}（{count} 件）",
        f"截至：{as_of}",
        f"制表时间：{dates.minute(at)}　制表人：{by}",
        f"工作日历：{calendar.notice_no}（版本 {calendar.version}，已公布至 {calendar.last_published_year} 年）",
    )


def figures(rows: Sequence[Row], total: Row, *, label: str, reading: Reading, cards: bool) -> Table:
    """Return the table of the deadline report."""
    words = tuple(
        f"{word}{f'（{days}）' if days else ''}" for word, days in deadline_report.heads(reading)
    )
    head = (label, *words, "最长在办（自然日）", "平均剩余（工作日）")
    head += ("今年黄牌", "今年红牌", "督办未回") if cards else ()
    lines = tuple(_figures(row) for row in (*rows, total))
    return Table("期限报表", head, lines, _shares(len(head), first=16))


def _figures(row: Row) -> tuple[Value, ...]:
    longest: Value = "—" if row.longest_days is None else row.longest_days
    numbers = tuple(cell.number for cell in row.cells)
    return (row.label, *numbers, longest, row.mean_remaining, *(cell.number for cell in row.cards))


def chart(drawn: Chart) -> Table:
    """Return the data table of a chart."""
    lines: tuple[tuple[Value, ...], ...] = tuple(
        (datum.label, *datum.numbers) for datum in drawn.data
    )
    return Table(drawn.title, drawn.head, lines, _shares(len(drawn.head), first=40))


def cases(rows: Sequence[report_list.Row]) -> Table:
    """Return the table of the case list."""
    shares = (7, 8, 6, 5, 5, 5, 3, 12, 5, 6, 7, 7, 8, 4, 8, 4)
    return Table("案件清单", report_list.HEADS, tuple(row.cells() for row in rows), shares)


def _shares(columns: int, *, first: int) -> tuple[int, ...]:
    each = (_HUNDRED - first) // (columns - 1)
    return (_HUNDRED - each * (columns - 1), *([each] * (columns - 1)))


def workbook(file: File) -> Workbook:
    """Return the file as a workbook: a sheet for each table, the stamp on the last."""
    sheets = tuple(
        Worksheet(
            name=table.name,
            rows=(
                tuple(WorkCell(word, head=True) for word in table.head),
                *(tuple(WorkCell(value) for value in line) for line in table.lines),
            ),
            widths=tuple(min(_WIDEST, max(_NARROWEST, share * 2)) for share in table.shares),
            repeat=1,
        )
        for table in file.tables
    )
    return Workbook(file.title, file.office, sheets, file.stamp)


def sheet(file: File) -> Sheet:
    """Return the file as a paper: A4 on its side, the stamp at its foot."""
    several = len(file.tables) > 1
    return Sheet(
        title=file.title,
        issuer=file.office,
        blocks=tuple(
            Grid(
                columns=table.head,
                lines=tuple(tuple(str(value) for value in line) for line in table.lines),
                shares=table.shares,
                head=table.name if several else "",
                empty="没有这样的申请",
            )
            for table in file.tables
        ),
        foot=file.stamp,
        landscape=True,
    )
