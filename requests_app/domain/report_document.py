"""The annual report as one document: headings, paragraphs, and the tables of the form with joined cells.

One description serves the page, the PDF, the Word file and the workbook, so that none can hold another
figure. How each looks belongs to templates and adapters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from requests_app.domain import annual_remedies, annual_report, proactive, report_text
from requests_app.domain.annual_remedies import CELL_LABELS, Cell
from requests_app.domain.annual_report import APPLICANTS, COLUMN_LABELS, FLOW_NOTE, Column
from requests_app.domain.remedy_kinds import ProceedingKind
from requests_app.domain.report_rows import (
    REPORT_GROUP_LABELS,
    REPORT_ROWS,
    ReportGroup,
    ReportLine,
)
from requests_app.domain.workbooks import Workbook, WorkCell, Worksheet

TITLE: Final = "{year}年政府信息公开工作年度报告"


@dataclass(frozen=True)
class FormCell:
    """One cell of a printed table; ``key`` names it (row and column) where it holds a figure."""

    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False
    key: tuple[str, str] | None = None


@dataclass(frozen=True)
class FormTable:
    """One table of the form: its caption, its rows of cells, how many of them are its head."""

    name: str
    caption: str
    rows: tuple[tuple[FormCell, ...], ...]
    head_rows: int
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Section:
    """One of the six sections: its heading, then paragraphs, then tables."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[FormTable, ...] = ()


@dataclass(frozen=True)
class Document:
    """The whole report; ``foot`` says how its figures came about."""

    title: str
    issuer: str
    sections: tuple[Section, ...]
    foot: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[FormTable, ...]:
        """Return every table, in order."""
        return tuple(table for section in self.sections for table in section.tables)


def build(
    *,
    year: int,
    issuer: str,
    texts: Mapping[str, str],
    figures: Mapping[str, str],
    made_public: Mapping[str, str],
    applications: annual_report.Cells,
    remedies: annual_remedies.Cells,
    foot: tuple[str, ...] = (),
) -> Document:
    """Put the report together: ``texts`` are the written sections by field, their names filled in."""

    def words(name: str) -> tuple[str, ...]:
        filled = report_text.fill(texts.get(name, ""), figures=figures)
        return tuple(line.strip() for line in filled.splitlines() if line.strip())

    return Document(
        title=TITLE.format(year=year),
        issuer=issuer,
        sections=(
            Section("一、总体情况", words("overview")),
            Section("二、主动公开政府信息情况", tables=proactive_tables(made_public)),
            Section(
                "三、收到和处理政府信息公开申请情况", tables=(application_table(applications),)
            ),
            Section("四、政府信息公开行政复议、行政诉讼情况", tables=(remedy_table(remedies),)),
            Section("五、存在的主要问题及改进情况", words("problems")),
            Section("六、其他需要报告的事项", words("other_matters")),
        ),
        foot=foot,
    )


def proactive_tables(figures: Mapping[str, str]) -> tuple[FormTable, ...]:
    """Lay out the four sub-tables of table 二."""
    tables = []
    for part in proactive.PARTS:
        head = (
            (FormCell(part.title, columns=1 + len(part.columns), head=True),),
            tuple(FormCell(text, head=True) for text in ("信息内容", *part.columns)),
        )
        body = tuple(
            (
                FormCell(row, head=True),
                *(
                    FormCell(figures.get(figure.name, ""), key=("table_2", figure.name))
                    for figure in row_figures
                ),
            )
            for row, row_figures in part.rows
        )
        share = 60 // len(part.columns)
        widths = (40, *(share for _ in part.columns))
        tables.append(FormTable("表二", part.title, (*head, *body), len(head), widths))
    return tuple(tables)


_PLAIN: Final = frozenset({ReportGroup.NEW, ReportGroup.CARRIED_IN, ReportGroup.CARRIED_OUT})
#: Under 三、本年度办理结果 but with no heading of their own.
_UNGROUPED: Final = frozenset({ReportGroup.RESULTS, ReportGroup.TOTAL})
_APPLICANT_KINDS: Final = "法人或其他组织"


def application_table(cells: annual_report.Cells) -> FormTable:
    """Lay out table 三 exactly as the form has it, with its note and its joined headings."""
    organisations = [column for column in APPLICANTS if column is not Column.PERSON]
    head = (
        (
            FormCell(FLOW_NOTE, rows=3, columns=3, head=True),
            FormCell("申请人情况", columns=len(Column), head=True),
        ),
        (
            FormCell(COLUMN_LABELS[Column.PERSON], rows=2, head=True),
            FormCell(_APPLICANT_KINDS, columns=len(organisations), head=True),
            FormCell(COLUMN_LABELS[Column.TOTAL], rows=2, head=True),
        ),
        tuple(FormCell(COLUMN_LABELS[column], head=True) for column in organisations),
    )
    body = tuple((*labels, *_numbers(line, cells)) for labels, line in _labelled())
    return FormTable(
        "表三", "收到和处理政府信息公开申请情况", (*head, *body), len(head),
        (8, 12, 31, 7, 7, 7, 7, 7, 7, 7),
    )  # fmt: skip


def _labelled() -> Iterator[tuple[tuple[FormCell, ...], ReportLine]]:
    """Give each row with the headings that begin beside it."""
    results = [line for line in REPORT_ROWS if line.group not in _PLAIN]
    for group, found in groupby(REPORT_ROWS, key=lambda line: line.group):
        lines = list(found)
        for place, line in enumerate(lines):
            labels: list[FormCell] = []
            if line is results[0]:
                text = REPORT_GROUP_LABELS[ReportGroup.RESULTS]
                labels.append(FormCell(text, rows=len(results), head=True))
            if group in _PLAIN:
                labels.append(FormCell(line.label, columns=3, head=True))
            elif group in _UNGROUPED:
                labels.append(FormCell(line.label, columns=2, head=True))
            else:
                if place == 0:
                    labels.append(FormCell(REPORT_GROUP_LABELS[group], rows=len(lines), head=True))
                labels.append(FormCell(line.label, head=True))
            yield tuple(labels), line


def _numbers(line: ReportLine, cells: annual_report.Cells) -> tuple[FormCell, ...]:
    return tuple(
        FormCell(str(cells[line.row][column]), key=(line.row.value, column.value))
        for column in Column
    )


_SUIT_HEADS: Final = (
    (ProceedingKind.DIRECT_SUIT, "未经复议直接起诉"),
    (ProceedingKind.SUIT_AFTER_REVIEW, "复议后起诉"),
)


def remedy_table(cells: annual_remedies.Cells) -> FormTable:
    """Lay out table 四: one row of fifteen numbers under three groups."""
    five = len(Cell)
    heads = tuple(FormCell(CELL_LABELS[cell], head=True) for cell in Cell)
    rows = (
        (
            FormCell("行政复议", columns=five, rows=2, head=True),
            FormCell("行政诉讼", columns=2 * five, head=True),
        ),
        tuple(FormCell(label, columns=five, head=True) for _, label in _SUIT_HEADS),
        heads * len(ProceedingKind),
        tuple(
            FormCell(str(cells[kind][cell]), key=(kind.value, cell.value))
            for kind in ProceedingKind
            for cell in Cell
        ),
    )
    return FormTable("表四", "政府信息公开行政复议、行政诉讼情况", rows, 3, (1,) * (3 * five))


def workbook(document: Document) -> Workbook:
    """Return the tables as a workbook: one sheet each for 二, 三 and 四."""
    by_name = [(name, list(found)) for name, found in groupby(document.tables, lambda t: t.name)]
    return Workbook(
        document.title,
        document.issuer,
        tuple(_worksheet(name, tables) for name, tables in by_name),
        stamp=document.foot,
    )


def _worksheet(name: str, tables: list[FormTable]) -> Worksheet:
    rows = tuple(
        tuple(
            WorkCell(_number(cell), rows=cell.rows, columns=cell.columns, head=cell.head)
            for cell in row
        )
        for table in tables
        for row in table.rows
    )
    widest = max((table.widths for table in tables), key=len)
    widths = tuple(max(9, width) for width in widest)
    return Worksheet(name, rows, widths, repeat=tables[0].head_rows if len(tables) == 1 else 0)


def _number(cell: FormCell) -> str | int:
    return int(cell.text) if cell.key is not None and cell.text.isdecimal() else cell.text
