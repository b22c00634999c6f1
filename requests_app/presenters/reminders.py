"""Reminders as pages show them: the word, the card, the days, where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from requests_app.domain.escalation import (
    KINDS,
    POST_LABELS,
    THRESHOLD_LABELS,
    URGENCY,
    Card,
    Kind,
    Post,
    Thresholds,
)
from requests_app.domain.ledger import CLOSED, STATUS_LABELS, Status
from requests_app.models import Reminder
from requests_app.presenters import dates, desk_dates
from requests_app.selectors import reminders

_TONES = {Card.NONE: "b", Card.YELLOW: "y", Card.RED: "r"}


@dataclass(frozen=True)
class Row:
    """One reminder as a line."""

    id: int
    case_id: int
    number: str
    label: str
    tone: str
    due_on: str
    owed_on: str
    sent: str
    days_late: int
    recipient: str
    post: str
    status: str
    ended: bool
    raised_by: str
    version: str


def rows(found: Iterable[Reminder], *, today: date) -> list[Row]:
    """Return reminders as lines, in the order given."""
    return [_row(each, today=today) for each in found]


def by_urgency(found: Iterable[Reminder], *, today: date) -> list[Row]:
    """Return reminders as lines, the most urgent first."""
    ordered = sorted(found, key=lambda row: (URGENCY.index(Kind(row.kind)), row.due_on, row.pk))
    return rows(ordered, today=today)


def _row(row: Reminder, *, today: date) -> Row:
    spec = KINDS[Kind(row.kind)]
    raised = row.raised_from
    return Row(
        id=row.pk,
        case_id=row.case_id,
        number=row.case.number,
        label=spec.label,
        tone=_TONES[spec.card],
        due_on=desk_dates.with_weekday(reminders.day_of(row), today=today),
        owed_on=desk_dates.short(row.owed_on, today=today),
        sent=dates.minute(row.sent_at) if row.sent_at else "",
        days_late=row.days_late,
        recipient=str(row.recipient),
        post=POST_LABELS[Post(row.post)],
        status=STATUS_LABELS[Status(row.case.status)],
        ended=Status(row.case.status) in CLOSED,
        raised_by=str(raised.recipient) if raised else "",
        version=f"第{row.settings_id}版" if row.settings_id else "初始设置",
    )


def threshold_rows(thresholds: Thresholds) -> list[tuple[str, int]]:
    """Return each threshold with its words and days."""
    return [(label, getattr(thresholds, name)) for name, label in THRESHOLD_LABELS.items()]
