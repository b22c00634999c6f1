"""Reviews and suits as the desk shows them: whose turn it is, how many days are left, how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from requests_app.domain import proceedings
from requests_app.domain.remedy_kinds import (
    PENDING_LABEL,
    PROCEEDING_KIND_LABELS,
    RESULT_LABELS,
    STAGE_LABELS,
    SUITS,
    Procedure,
    ProceedingKind,
    Result,
    Stage,
)
from requests_app.domain.workdays import Calendar
from requests_app.models import Proceeding
from requests_app.presenters import people

#: The tabs of the list, by the selector's code.
TABS: Final[Mapping[str, str]] = MappingProxyType(
    {"owed": "待我方答复、举证", "pending": "已提交，待结果", "ended": "已审结"}
)
_SOON: Final = 3


@dataclass(frozen=True)
class Line:
    """One row of a list. ``tone`` is a tag's colour; the words beside it say the same."""

    proceeding_id: int
    case_id: int
    case_number: str
    applicant: str
    kind: str
    stage: str
    authority: str
    number: str
    received_on: date
    due_on: date
    due_words: str
    tone: str
    state: str


def lines(rows: Iterable[Proceeding], *, today: date, calendar: Calendar) -> list[Line]:
    """Return the rows of a list."""
    return [line(row, today=today, calendar=calendar) for row in rows]


def line(row: Proceeding, *, today: date, calendar: Calendar) -> Line:
    """Return one row: its day, what it means today, where it stands."""
    tone, due_words = _due(row, today=today, calendar=calendar)
    kind = ProceedingKind(row.kind)
    return Line(
        proceeding_id=row.pk,
        case_id=row.case_id,
        case_number=row.case.number,
        applicant=people.masked_name(row.case.applicant),
        kind=PROCEEDING_KIND_LABELS[kind],
        stage=STAGE_LABELS[Stage(row.stage)],
        authority=row.authority,
        number=row.number,
        received_on=row.received_on,
        due_on=row.due_on,
        due_words=due_words,
        tone=tone,
        state=RESULT_LABELS[Result(row.result)] if row.result else PENDING_LABEL,
    )


def _due(row: Proceeding, *, today: date, calendar: Calendar) -> tuple[str, str]:
    if row.answered_on is not None:
        late = row.answered_on > row.due_on
        return (
            ("r", f"{row.answered_on}提交，已逾期") if late else ("g", f"{row.answered_on}已提交")
        )
    if row.result:
        return "", "没有提交记录"
    left = calendar.count(today, row.due_on)
    if today > row.due_on:
        return "r", "已过期限，仍未提交"
    if today == row.due_on:
        return "r", "今日到期"
    return ("y" if left <= _SOON else "b"), f"还有{left}个工作日"


def clock(row: Proceeding, *, calendar: Calendar) -> proceedings.OurClock:
    """Return our clock in a proceeding, with its words and its article."""
    kind = ProceedingKind(row.kind)
    return proceedings.clock(
        kind,
        procedure=None if kind in SUITS else Procedure(row.procedure),
        received_on=row.received_on,
        calendar=calendar,
    )
