"""Inquiries of departments as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from requests_app.domain.inquiries import WANTED_LABELS, Wanted
from requests_app.domain.workdays import Calendar
from requests_app.models import Inquiry
from requests_app.presenters import desk_dates


@dataclass(frozen=True)
class Row:
    """One department asked, as a line; ``left`` says how many working days it may still use."""

    inquiry_id: int
    department_id: int
    department: str
    question: str
    wanted: str
    asked: str
    due: str
    left: str
    state: str
    tone: str
    words: str
    open: bool
    signed: bool


def rows(found: Iterable[Inquiry], *, today: date, calendar: Calendar) -> tuple[Row, ...]:
    """Return inquiries as lines, in the order given."""
    return tuple(_row(each, today=today, calendar=calendar) for each in found)


def _row(row: Inquiry, *, today: date, calendar: Calendar) -> Row:
    state, tone, words = _state(row, today=today)
    open_ = row.replied_at is None and row.returned_at is None
    return Row(
        inquiry_id=row.pk,
        department_id=row.department_id,
        department=str(row.department),
        question=row.question,
        wanted=WANTED_LABELS[Wanted(row.wanted)],
        asked=_day(row.asked_at, today=today),
        due=desk_dates.short(row.due_on, today=today),
        left=_left(row.due_on, today=today, calendar=calendar) if open_ else "",
        state=state,
        tone=tone,
        words=words,
        open=open_,
        signed=row.signed_at is not None,
    )


def _state(row: Inquiry, *, today: date) -> tuple[str, str, str]:
    if row.replied_at is not None:
        who = f"{row.replied_by} {_day(row.replied_at, today=today)}"
        return "已回复", "g", f"{row.reply}　{who}"
    if row.returned_at is not None:
        who = f"{row.returned_by} {_day(row.returned_at, today=today)}"
        return "已退回", "r", f"{row.returned_reason}　{who}"
    if row.signed_at is not None:
        return "办理中", "b", f"{row.signed_by} {_day(row.signed_at, today=today)} 签收"
    return "待签收", "y", ""


def _left(due_on: date, *, today: date, calendar: Calendar) -> str:
    if due_on == today:
        return "今天到期"
    if due_on < today:
        return f"超过{calendar.count(due_on, today)}个工作日"
    return f"余{calendar.count(today, due_on)}个工作日"


def _day(at: object, *, today: date) -> str:
    return desk_dates.short(timezone.localtime(at).date(), today=today)  # type: ignore[arg-type]
