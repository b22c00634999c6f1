"""What was counted when a year or a period was closed: its hash, and what has changed since.

A snapshot is plain data in a fixed form, so that the same figures always give the same hash. It names
each case with its place, so that a later correction can be told as a signed difference with the case.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from requests_app.domain.annual_remedies import CELL_LABELS, YearProceeding
from requests_app.domain.annual_report import COLUMN_LABELS, ROW_LABELS, Column, YearCase
from requests_app.domain.remedy_kinds import PROCEEDING_KIND_LABELS, ProceedingKind, Result
from requests_app.domain.report_rows import ReportRow


def digest(snapshot: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a snapshot in its canonical form (sorted keys, no spaces, UTF-8)."""
    packed = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """One cell that one case has moved into (+1) or out of (−1) since the figures were frozen."""

    delta: int
    cell: str
    column: str
    case_id: int
    number: str

    def __str__(self) -> str:
        sign = "+" if self.delta > 0 else "−"
        where = f"（{self.column}）" if self.column else ""
        return f"锁定后：{sign}{abs(self.delta)} {self.cell}{where}，案件 {self.number}"


def case_rows(cases: Iterable[YearCase]) -> list[list[Any]]:
    """Return the cases of a year as plain data, by number."""
    return [
        [
            each.case_id,
            each.number,
            each.column.value if each.column else None,
            each.came.value,
            each.went.value if each.went else None,
        ]
        for each in sorted(cases, key=lambda case: case.case_id)
    ]


def read_cases(rows: Iterable[list[Any]]) -> tuple[YearCase, ...]:
    """Read back what ``case_rows`` gave."""
    return tuple(
        YearCase(
            case_id,
            number,
            Column(column) if column else None,
            ReportRow(came),
            ReportRow(went) if went else None,
        )
        for case_id, number, column, came, went in rows
    )


def case_changes(frozen: Iterable[YearCase], live: Iterable[YearCase]) -> tuple[Change, ...]:
    """Tell, case by case, which cells of table 三 have changed: first what left, then what came."""
    then = {each.case_id: each for each in frozen}
    now = {each.case_id: each for each in live}
    return tuple(
        change
        for case_id in sorted(then.keys() | now.keys())
        for change in _moved(then.get(case_id), now.get(case_id))
    )


def _moved(then: YearCase | None, now: YearCase | None) -> Iterable[Change]:
    before, after = _places(then), _places(now)
    known = now or then
    if known is None:
        return
    for delta, places in ((-1, before - after), (1, after - before)):
        for row, column in sorted(places, key=lambda place: list(ReportRow).index(place[0])):
            label = COLUMN_LABELS[column] if column else "单位性质未填"
            yield Change(delta, ROW_LABELS[row], label, known.case_id, known.number)


def _places(case: YearCase | None) -> set[tuple[ReportRow, Column | None]]:
    """Return a case's cells but the sums, which follow from them."""
    if case is None:
        return set()
    return {(row, case.column) for row in (case.came, case.went) if row is not None}


def proceeding_changes(
    frozen: Iterable[YearProceeding], live: Iterable[YearProceeding]
) -> tuple[Change, ...]:
    """Tell, proceeding by proceeding, which cells of table 四 have changed."""
    then = {each.proceeding_id: each for each in frozen}
    now = {each.proceeding_id: each for each in live}
    changes = []
    for key in sorted(then.keys() | now.keys()):
        before, after = then.get(key), now.get(key)
        if before and after and (before.kind, before.cell) == (after.kind, after.cell):
            continue
        changes += [
            Change(
                delta,
                CELL_LABELS[each.cell],
                PROCEEDING_KIND_LABELS[each.kind],
                each.case_id,
                each.number,
            )
            for delta, each in ((-1, before), (1, after))
            if each is not None
        ]
    return tuple(changes)


def proceeding_rows(proceedings: Iterable[YearProceeding]) -> list[list[Any]]:
    """Return the reviews and suits of a year as plain data."""
    return [
        [
            each.proceeding_id,
            each.case_id,
            each.number,
            each.kind.value,
            each.result.value if each.result else None,
        ]
        for each in sorted(proceedings, key=lambda each: each.proceeding_id)
    ]


def read_proceedings(rows: Iterable[list[Any]]) -> tuple[YearProceeding, ...]:
    """Read back what ``proceeding_rows`` gave."""
    return tuple(
        YearProceeding(
            key, case_id, number, ProceedingKind(kind), Result(result) if result else None
        )
        for key, case_id, number, kind, result in rows
    )
