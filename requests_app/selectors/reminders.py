"""Read reminders: a person's own, those of a page of cases, those that were sent late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from requests_app.domain.access import Actor
from requests_app.domain.escalation import KINDS, URGENCY, Card, Kind
from requests_app.models import Reminder
from requests_app.selectors.escalation import LIVE, UNREAD


@dataclass(frozen=True)
class LastReminder:
    """The last reminder sent about a case: what, when, to whom, by which way, whether it was read."""

    label: str
    card: Card
    sent_at: datetime
    told: tuple[str, ...]
    ways: tuple[str, ...]
    acknowledged: int


def last_sent(case_ids: Sequence[int]) -> Mapping[int, LastReminder]:
    """Return, for each case that had any, the loudest reminder of its last sending. One query."""
    rows = (
        Reminder.objects.filter(case_id__in=case_ids, sent_at__isnull=False)
        .select_related("recipient", "digest__message")
        .order_by("case_id", "-sent_at", "pk")
    )
    latest: dict[int, list[Reminder]] = {}
    for row in rows:
        same = latest.setdefault(row.case_id, [])
        if not same or same[0].sent_at == row.sent_at:
            same.append(row)
    return {case_id: _told(same) for case_id, same in latest.items()}


def day_of(row: Reminder) -> date:
    """Return the day a reminder warns of; somebody's own 催办 was owed by no date, so the case's next."""
    if Kind(row.kind) is Kind.NUDGE:
        return row.case.next_due_on or row.case.due_on or row.due_on
    return row.due_on


def count_unread(actor: Actor) -> int:
    """Count what a person has not acknowledged, for the header."""
    return Reminder.objects.filter(UNREAD, recipient_id=actor.staff_id or 0).count()


def inbox(actor: Actor) -> QuerySet[Reminder]:
    """Return a person's reminders that wait for an acknowledgement or for their digest, with cases."""
    return (
        Reminder.objects.filter(LIVE | UNREAD, recipient_id=actor.staff_id or 0)
        .select_related("case", "case__department", "raised_from__recipient")
        .order_by("due_on", "case_id", "pk")
    )


def read(actor: Actor) -> QuerySet[Reminder]:
    """Return what a person acknowledged, the newest first."""
    return (
        Reminder.objects.filter(recipient_id=actor.staff_id or 0, acknowledged_at__isnull=False)
        .select_related("case")
        .order_by("-acknowledged_at", "-pk")
    )


def _told(same: Sequence[Reminder]) -> LastReminder:
    loudest = min(same, key=lambda row: URGENCY.index(Kind(row.kind)))
    spec = KINDS[Kind(loudest.kind)]
    mine = [row for row in same if row.kind == loudest.kind]
    if loudest.sent_at is None:
        message = "only sent reminders are read here"
        raise ValueError(message)
    return LastReminder(
        label=spec.label,
        card=spec.card,
        sent_at=loudest.sent_at,
        told=tuple(str(row.recipient) for row in mine),
        ways=tuple(dict.fromkeys(_way(row) for row in mine)),
        acknowledged=sum(row.acknowledged_at is not None for row in mine),
    )


def _way(row: Reminder) -> str:
    message = row.digest.message if row.digest else None
    return message.get_channel_display() if message else "办理台"
