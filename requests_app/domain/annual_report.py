"""Table 三 of the annual report: who asked, how it ended, and the identities its cells must keep (勾稽).

A case comes into a year once (received in it, or carried over) and leaves it once (by its first
closing, or into the next year). What was answered again after a review decision stays where the first
answer put it; the decision itself is counted in table 四 (``annual_remedies``). Rows and labels stand in
``report_rows``; which outcome is which row, in ``outcomes``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.application import (
    ORGANISATION_TYPE_LABELS,
    ApplicantKind,
    OrganisationType,
)
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.domain.report_rows import REPORT_ROWS, ReportRow

FORMAT: Final = "国办公开办函〔2021〕30号"
FLOW_NOTE: Final = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


class Column(StrEnum):
    """The columns of table 三, in the order of the form."""

    PERSON = "person"
    BUSINESS = "business"
    RESEARCH = "research"
    WELFARE = "welfare"
    LEGAL = "legal"
    OTHER = "other"
    TOTAL = "total"


COLUMN_LABELS: Final[Mapping[Column, str]] = MappingProxyType(
    {
        Column.PERSON: "自然人",
        **{Column(each.value): label for each, label in ORGANISATION_TYPE_LABELS.items()},
        Column.TOTAL: "总计",
    }
)

#: The columns that the last one sums.
APPLICANTS: Final = tuple(column for column in Column if column is not Column.TOTAL)

#: The rows that stand under 三、本年度办理结果, without their own sum.
RESULT_ROWS: Final = tuple(
    line.row
    for line in REPORT_ROWS
    if line.row not in {ReportRow.NEW, ReportRow.CARRIED_IN, ReportRow.TOTAL, ReportRow.CARRIED_OUT}
)

#: The entries a case leaves the year by. The first that stands counts; a merged duplicate is no case.
CLOSING: Final = frozenset({Entry.REPLIED, Entry.WITHDRAWN, Entry.LAPSED})

Cells = Mapping[ReportRow, Mapping[Column, int]]


@dataclass(frozen=True)
class YearCase:
    """One case's place in one year.

    ``came`` is 本年新收 or 上年结转; ``went`` the row of its outcome or 结转下年. ``column`` is ``None``
    while the kind of organisation is not recorded, ``went`` while a closed case has no outcome: both
    make an identity fail, on purpose.
    """

    case_id: int
    number: str
    column: Column | None
    came: ReportRow
    went: ReportRow | None

    def __post_init__(self) -> None:
        if self.came not in {ReportRow.NEW, ReportRow.CARRIED_IN}:
            message = "a case comes into a year new or carried over"
            raise ValueError(message)
        if self.went is not None and self.went not in {*RESULT_ROWS, ReportRow.CARRIED_OUT}:
            message = "a case leaves a year by an outcome or into the next"
            raise ValueError(message)

    def rows(self) -> tuple[ReportRow, ...]:
        """Return every row the case is counted in."""
        if self.went is None:
            return (self.came, ReportRow.TOTAL)
        if self.went is ReportRow.CARRIED_OUT:
            return (self.came, self.went)
        return (self.came, self.went, ReportRow.TOTAL)

    def columns(self) -> tuple[Column, ...]:
        """Return every column the case is counted in."""
        return (Column.TOTAL,) if self.column is None else (self.column, Column.TOTAL)


class Identity(StrEnum):
    """What must be equal in table 三."""

    FLOW = "flow"
    RESULTS = "results"
    COLUMNS = "columns"
    CARRIED = "carried"


IDENTITY_LABELS: Final[Mapping[Identity, str]] = MappingProxyType(
    {
        Identity.FLOW: "一 + 二 =（七）+ 四",
        Identity.RESULTS: "（七）=（一）至（六）之和",
        Identity.COLUMNS: "总计 = 六列之和",
        Identity.CARRIED: "本年第二项 = 上年第四项",
    }
)


@dataclass(frozen=True)
class Failure:
    """One identity that one cell does not keep: what the cell holds and what it should."""

    identity: Identity
    row: ReportRow
    column: Column
    found: int
    expected: int

    @property
    def difference(self) -> int:
        """Return by how much the cell is too large."""
        return self.found - self.expected

    def __str__(self) -> str:
        label = "" if self.identity is Identity.COLUMNS else f"“{COLUMN_LABELS[self.column]}”列："
        sides = f"{self.found} ≠ {self.expected}，差{abs(self.difference)}件"
        row = f"“{ROW_LABELS[self.row]}”行：" if self.identity is Identity.COLUMNS else ""
        return f"{label}{row}{IDENTITY_LABELS[self.identity]}不平，{sides}。"


ROW_LABELS: Final[Mapping[ReportRow, str]] = MappingProxyType(
    {line.row: line.label for line in REPORT_ROWS}
)


def column_of(kind: ApplicantKind, organisation_type: str) -> Column | None:
    """Return the column of an applicant; ``None`` for an organisation whose kind is not recorded."""
    if kind is ApplicantKind.PERSON:
        return Column.PERSON
    return Column(OrganisationType(organisation_type).value) if organisation_type else None


def row_of(outcome: str) -> ReportRow | None:
    """Return the row of an outcome as stored; ``None`` where none is recorded."""
    return OUTCOMES[OutcomeCode(outcome)].report_row if outcome else None


def tabulate(cases: Iterable[YearCase]) -> Cells:
    """Count the cases of a year into the table; every cell holds a number, nought included."""
    counted = Counter(
        (row, column) for case in cases for row in case.rows() for column in case.columns()
    )
    return {
        line.row: {column: counted[line.row, column] for column in Column} for line in REPORT_ROWS
    }


def read(cells: Mapping[str, Mapping[str, int]]) -> Cells:
    """Read a table back from stored codes; refuse one with a cell missing or not a whole number."""
    try:
        table = {
            line.row: {column: cells[line.row.value][column.value] for column in Column}
            for line in REPORT_ROWS
        }
    except KeyError as missing:
        raise Refused.because("cell_missing", f"表三缺少单元格{missing}。", FORMAT) from None
    if any(type(n) is not int or n < 0 for line in table.values() for n in line.values()):
        raise Refused.because("cell_not_a_number", "表三各格均应为数字，没有的填0。", FORMAT)
    return table


def flow_failures(cells: Cells, *, columns: Iterable[Column] = tuple(Column)) -> list[Failure]:
    """Check, column by column, that what came in went somewhere: 一 + 二 =（七）+ 四."""
    found = []
    for column in columns:
        came = cells[ReportRow.NEW][column] + cells[ReportRow.CARRIED_IN][column]
        went = cells[ReportRow.TOTAL][column] + cells[ReportRow.CARRIED_OUT][column]
        if came != went:
            found.append(Failure(Identity.FLOW, ReportRow.NEW, column, came, went))
    return found


def result_failures(cells: Cells, *, columns: Iterable[Column] = tuple(Column)) -> list[Failure]:
    """Check, column by column, that（七）is the sum of（一）to（六）."""
    found = []
    for column in columns:
        total = cells[ReportRow.TOTAL][column]
        results = sum(cells[row][column] for row in RESULT_ROWS)
        if total != results:
            found.append(Failure(Identity.RESULTS, ReportRow.TOTAL, column, total, results))
    return found


def column_failures(cells: Cells) -> list[Failure]:
    """Check, row by row, that 总计 is the sum of the six columns of applicants."""
    found = []
    for line in REPORT_ROWS:
        total = cells[line.row][Column.TOTAL]
        summed = sum(cells[line.row][column] for column in APPLICANTS)
        if total != summed:
            found.append(Failure(Identity.COLUMNS, line.row, Column.TOTAL, total, summed))
    return found


def carry_failures(cells: Cells, *, last_year: Cells) -> list[Failure]:
    """Check, column by column, that the year begins with what the last one left."""
    found = []
    for column in Column:
        came = cells[ReportRow.CARRIED_IN][column]
        left = last_year[ReportRow.CARRIED_OUT][column]
        if came != left:
            found.append(Failure(Identity.CARRIED, ReportRow.CARRIED_IN, column, came, left))
    return found


def failures(cells: Cells, *, last_year: Cells | None = None) -> tuple[Failure, ...]:
    """Check every identity; the carry-over only where last year's table is known."""
    found = [*flow_failures(cells), *result_failures(cells), *column_failures(cells)]
    if last_year is not None:
        found += carry_failures(cells, last_year=last_year)
    return tuple(found)


def concerned(failure: Failure, *, cases: Iterable[YearCase]) -> tuple[YearCase, ...]:
    """Return the cases that make an identity fail; none where no single case does (carry-over)."""
    match failure.identity:
        case Identity.RESULTS | Identity.FLOW:
            return tuple(
                case for case in cases if case.went is None and failure.column in case.columns()
            )
        case Identity.COLUMNS:
            return tuple(
                case for case in cases if case.column is None and failure.row in case.rows()
            )
        case Identity.CARRIED:
            return ()
