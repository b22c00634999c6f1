"""The office's register of applications (台账) as rows of a spreadsheet, under the office's own headings.

Names stand in full: it is the office's register, kept inside. Identity numbers, telephone numbers and
addresses never do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from requests_app.domain import applicants
from requests_app.domain.application import CHANNEL_LABELS, Channel
from requests_app.domain.ledger import STATUS_LABELS, Status
from requests_app.domain.ledger_columns import LedgerColumn
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.domain.workbooks import Workbook, WorkCell, Worksheet
from requests_app.models import Case
from requests_app.presenters import people
from requests_app.presenters.worklist import Row

Value = str | int | date | None


#: Widths in characters; what is asked for takes the most room.
_WIDTHS: Final[Mapping[LedgerColumn, int]] = MappingProxyType(
    {
        LedgerColumn.PLACE: 6,
        LedgerColumn.DESCRIPTION: 48,
        LedgerColumn.BODY: 20,
        LedgerColumn.DEPARTMENT: 20,
        LedgerColumn.ANSWER_NUMBER: 28,
    }
)
_WIDTH: Final = 14


def workbook(
    cases: Sequence[Case],
    *,
    rows: Sequence[Row],
    columns: Mapping[LedgerColumn, str],
    answers: Mapping[int, str],
    on: date,
    office: str,
) -> Workbook:
    """Return the register as a workbook. ``rows`` are the list's own, so that both say the same."""
    head = tuple(WorkCell(heading, head=True) for heading in columns.values())
    body = (
        _line(case, row, place=place, answer=answers.get(case.pk, ""))
        for place, (case, row) in enumerate(zip(cases, rows, strict=True), start=1)
    )
    lines = tuple(tuple(WorkCell(line[column]) for column in columns) for line in body)
    widths = tuple(_WIDTHS.get(column, _WIDTH) for column in columns)
    sheet = Worksheet("台账", (head, *lines), widths, repeat=1)
    stamp = (f"导出日期：{on}", f"共{len(cases)}件")
    return Workbook(title="政府信息公开申请台账", author=office, sheets=(sheet,), stamp=stamp)


def _line(case: Case, row: Row, *, place: int, answer: str) -> Mapping[LedgerColumn, Value]:
    outcome = OUTCOMES[OutcomeCode(case.outcome)].label if case.outcome else ""
    return {
        LedgerColumn.PLACE: place,
        LedgerColumn.NUMBER: case.number,
        LedgerColumn.BODY: case.body.name,
        LedgerColumn.RECEIVED_ON: case.received_on,
        LedgerColumn.CHANNEL: CHANNEL_LABELS[Channel(case.channel)],
        LedgerColumn.APPLICANT: applicants.short_name(
            case.applicant.name, count=case.applicant_count
        ),
        LedgerColumn.APPLICANT_KIND: people.kind(case.applicant),
        LedgerColumn.DESCRIPTION: case.description,
        LedgerColumn.STATUS: STATUS_LABELS[Status(case.status)],
        LedgerColumn.DEPARTMENT: str(case.department or ""),
        LedgerColumn.CLERK: str(case.clerk or ""),
        LedgerColumn.DUE_ON: row.standing.due_on,
        LedgerColumn.REMAINING: _remaining(row),
        LedgerColumn.LIGHT: row.standing.light_label,
        LedgerColumn.MARKS: " ".join(row.marks),
        LedgerColumn.OUTCOME: outcome,
        LedgerColumn.ANSWER_NUMBER: answer,
        LedgerColumn.CLOSED_ON: case.closed_on,
        LedgerColumn.WAITS_FOR: " ".join(part for part in (row.waits_for, row.waits_until) if part),
    }


def _remaining(row: Row) -> str:
    now = row.standing
    total = f"/{now.total}" if now.total else ""
    paused = "暂停 " if now.paused and now.figure != "—" else ""
    return f"{paused}{now.figure}{total}"
