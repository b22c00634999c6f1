"""Table 四 of the annual report: reviews and suits, each with five cells, and their one identity.

A proceeding is counted in the year in which it ended, by its result, and as 尚未审结 in the year at
whose end it was still under way. An appeal is a stage of the same suit: the suit counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.annual_report import FORMAT
from requests_app.domain.errors import Refused
from requests_app.domain.remedy_kinds import (
    PENDING_LABEL,
    PROCEEDING_KIND_LABELS,
    RESULT_LABELS,
    ProceedingKind,
    Result,
)


class Cell(StrEnum):
    """The five cells of each group."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"
    PENDING = "pending"
    TOTAL = "total"


CELL_LABELS: Final[Mapping[Cell, str]] = MappingProxyType(
    {
        **{Cell(result.value): label for result, label in RESULT_LABELS.items()},
        Cell.PENDING: PENDING_LABEL,
        Cell.TOTAL: "总计",
    }
)
SUMMED: Final = tuple(cell for cell in Cell if cell is not Cell.TOTAL)

Cells = Mapping[ProceedingKind, Mapping[Cell, int]]


@dataclass(frozen=True)
class YearProceeding:
    """One proceeding's place in one year; ``result`` is ``None`` where it was still under way."""

    proceeding_id: int
    case_id: int
    number: str
    kind: ProceedingKind
    result: Result | None

    @property
    def cell(self) -> Cell:
        """Return the cell it is counted in, besides the sum."""
        return Cell.PENDING if self.result is None else Cell(self.result.value)


@dataclass(frozen=True)
class Failure:
    """A sum that is not the sum of its four."""

    kind: ProceedingKind
    found: int
    expected: int

    def __str__(self) -> str:
        label = PROCEEDING_KIND_LABELS[self.kind]
        return f"表四“{label}”：总计{self.found} ≠ 四项之和{self.expected}。"


def tabulate(proceedings: Iterable[YearProceeding]) -> Cells:
    """Count the proceedings of a year into the table."""
    counted = Counter((each.kind, cell) for each in proceedings for cell in (each.cell, Cell.TOTAL))
    return {kind: {cell: counted[kind, cell] for cell in Cell} for kind in ProceedingKind}


def read(cells: Mapping[str, Mapping[str, int]]) -> Cells:
    """Read a table back from stored codes; refuse one with a cell missing or not a whole number."""
    try:
        table = {
            kind: {cell: cells[kind.value][cell.value] for cell in Cell} for kind in ProceedingKind
        }
    except KeyError as missing:
        raise Refused.because("cell_missing", f"表四缺少单元格{missing}。", FORMAT) from None
    if any(type(n) is not int or n < 0 for line in table.values() for n in line.values()):
        raise Refused.because("cell_not_a_number", "表四各格均应为数字，没有的填0。", FORMAT)
    return table


def from_row(numbers: Iterable[int]) -> Cells:
    """Read the one row of 15 numbers of a printed report."""
    row = iter(numbers)
    return {kind: {cell: next(row) for cell in Cell} for kind in ProceedingKind}


def failures(cells: Cells) -> tuple[Failure, ...]:
    """Check that each 总计 is the sum of its four."""
    return tuple(
        Failure(kind, line[Cell.TOTAL], summed)
        for kind, line in cells.items()
        if line[Cell.TOTAL] != (summed := sum(line[cell] for cell in SUMMED))
    )
