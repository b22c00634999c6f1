"""A year's report as the desk shows it: its tables with links, what fails and why, what changed since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from requests_app.domain import annual_remedies, annual_report
from requests_app.domain.annual_report import (
    COLUMN_LABELS,
    IDENTITY_LABELS,
    ROW_LABELS,
    Column,
    Failure,
    Identity,
    YearCase,
)
from requests_app.domain.report_document import FormCell, FormTable
from requests_app.domain.report_rows import ReportRow
from requests_app.models import Case
from requests_app.presenters import people
from requests_app.selectors import year_cases
from requests_app.selectors.year_figures import YearFigures


@dataclass(frozen=True)
class ShownCell:
    """One cell of a table on the page: its words, its spans, where its cases are, whether it fails."""

    text: str
    rows: int
    columns: int
    head: bool
    link: str = ""
    bad: bool = False
    nought: bool = False


@dataclass(frozen=True)
class Verdict:
    """One identity in one column: whether it holds, in words, and where its cases are."""

    holds: bool
    words: str
    link: str = ""


@dataclass(frozen=True)
class Concerned:
    """One case that makes an identity fail: what it lacks, and whether its kind is among that."""

    case_id: int
    number: str
    applicant: str
    lacks: str
    lacks_kind: bool


def shown(
    table: FormTable, *, year: int, failures: Iterable[Failure] = ()
) -> list[list[ShownCell]]:
    """Return a table's rows; a cell of table 三 that is not nought links to its cases."""
    bad = {(each.row.value, each.column.value) for each in failures}
    return [[_cell(cell, year=year, bad=bad) for cell in row] for row in table.rows]


def _cell(cell: FormCell, *, year: int, bad: set[tuple[str, str]]) -> ShownCell:
    nought = cell.key is not None and cell.text == "0"
    linked = cell.key is not None and cell.key[0] in set(ReportRow) and not nought
    link = cell_link(year, *cell.key) if linked and cell.key else ""
    return ShownCell(cell.text, cell.rows, cell.columns, cell.head, link, cell.key in bad, nought)


def cell_link(year: int, row: str, column: str) -> str:
    """Return the address of the cases in one cell of table 三."""
    return f"{reverse('reports:annual_cases', args=[year])}?row={row}&column={column}"


def verdicts(figures: YearFigures) -> list[tuple[str, list[Verdict]]]:
    """Return the two sums of every column, as the last rows of the table show them."""
    cells = figures.applications
    flow = {each.column: each for each in annual_report.flow_failures(cells)}
    results = {each.column: each for each in annual_report.result_failures(cells)}
    return [
        (IDENTITY_LABELS[identity], [_verdict(figures, column, found) for column in Column])
        for identity, found in ((Identity.FLOW, flow), (Identity.RESULTS, results))
    ]


def _verdict(figures: YearFigures, column: Column, found: dict[Column, Failure]) -> Verdict:
    failure = found.get(column)
    if failure is None:
        return Verdict(holds=True, words="✓")
    words = f"✗ {failure.found} ≠ {failure.expected}"
    link = cell_link(figures.year, failure.row.value, column.value)
    return Verdict(holds=False, words=words, link=link)


def concerned(figures: YearFigures) -> list[Concerned]:
    """Return every case that lacks an outcome or the kind of its organisation, once each."""
    lacking = [case for case in figures.cases if case.went is None or case.column is None]
    known = {case.pk: case for case in year_cases.names([each.case_id for each in lacking])}
    return [
        Concerned(
            each.case_id,
            each.number,
            people.masked_name(known[each.case_id].applicant) if each.case_id in known else "",
            "、".join(_lacks(each)),
            each.column is None,
        )
        for each in lacking
    ]


def _lacks(case: YearCase) -> Iterable[str]:
    if case.went is None:
        yield "已办结，没有办理结果"
    if case.column is None:
        yield "单位性质未填"


def cases_of(figures: YearFigures, *, row: str, column: str) -> list[Case]:
    """Return the cases counted in one cell, newest first; none for a cell there is not."""
    if row not in set(ReportRow) or column not in set(Column):
        return []
    wanted = [
        case.case_id
        for case in figures.cases
        if ReportRow(row) in case.rows() and Column(column) in case.columns()
    ]
    return list(year_cases.names(wanted))


def cell_title(row: str, column: str) -> str:
    """Name a cell of table 三 for people."""
    if row not in set(ReportRow) or column not in set(Column):
        return ""
    return f"{ROW_LABELS[ReportRow(row)]} · {COLUMN_LABELS[Column(column)]}"


def failure_words(figures: YearFigures, failures: Iterable[Failure]) -> list[tuple[str, str]]:
    """Return each identity that is not kept, with where to look."""
    found = [
        (str(each), cell_link(figures.year, each.row.value, each.column.value)) for each in failures
    ]
    found += [
        (str(each), reverse("admin:proceedings"))
        for each in annual_remedies.failures(figures.remedies)
    ]
    return found
