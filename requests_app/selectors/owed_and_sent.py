"""How the ladder kept its word: what was owed, what was sent, what came late and why, what lies unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from requests_app.domain.jobs import Job
from requests_app.domain.workdays import Calendar
from requests_app.models import JobRun, Reminder
from requests_app.selectors.escalation import LIVE, UNREAD

#: How many late, unread and waiting reminders a page names; the figures count all.
SHOWN: Final = 100
_WINDOW_DAYS: Final = 45


@dataclass(frozen=True)
class DayTally:
    """One working day: how many reminders fell owed, how many of them went out in time, late, not yet."""

    on: date
    ran: bool
    owed: int
    in_time: int
    late: int
    waiting: int
    cancelled: int


@dataclass(frozen=True)
class Account:
    """The whole page: days, the reminders that came late with the cause, what is owed and not sent."""

    days: tuple[DayTally, ...]
    late: tuple[tuple[Reminder, str], ...]
    late_by_outage: int
    waiting: tuple[Reminder, ...]
    unread: tuple[Reminder, ...]
    unread_count: int


def account(*, today: date, calendar: Calendar, working_days: int = 10) -> Account:
    """Return the account of the last working days up to and including ``today``."""
    first = calendar.day(max(1, calendar.rank(today) - working_days + 1))
    ran = _days_with_a_run(since=first - timedelta(days=_WINDOW_DAYS))
    late = _shown(Reminder.objects.filter(days_late__gt=0, owed_on__gte=first))
    causes = [(row, _cause(row, ran=ran)) for row in late]
    return Account(
        days=_days(first, today=today, calendar=calendar, ran=ran),
        late=tuple(causes),
        late_by_outage=sum(cause == OUTAGE for _, cause in causes),
        waiting=tuple(_shown(Reminder.objects.filter(LIVE))),
        unread=tuple(_shown(Reminder.objects.filter(UNREAD))),
        unread_count=Reminder.objects.filter(UNREAD).count(),
    )


OUTAGE: Final = "当日没有运行，恢复后补发"
NEXT_DIGEST: Final = "当日已发过汇总，并入次一工作日"


def _cause(row: Reminder, *, ran: frozenset[date]) -> str:
    return NEXT_DIGEST if row.owed_on in ran else OUTAGE


def _days(
    first: date, *, today: date, calendar: Calendar, ran: frozenset[date]
) -> tuple[DayTally, ...]:
    counted = (
        Reminder.objects.filter(owed_on__range=(first, today))
        .order_by()
        .values_list("owed_on")
        .annotate(
            owed=Count("pk"),
            in_time=Count("pk", filter=Q(sent_at__isnull=False, days_late=0)),
            late=Count("pk", filter=Q(days_late__gt=0)),
            waiting=Count("pk", filter=LIVE),
            cancelled=Count("pk", filter=Q(cancelled_at__isnull=False)),
        )
    )
    rows = {on: counts for on, *counts in counted}
    ranks = range(calendar.rank(today), calendar.rank(first) - 1, -1)
    return tuple(
        DayTally(on, on in ran, *rows.get(on, (0, 0, 0, 0, 0))) for on in map(calendar.day, ranks)
    )


def _days_with_a_run(*, since: date) -> frozenset[date]:
    """Return the days on which the ladder ran to its end while the office was open."""
    runs = JobRun.objects.filter(
        job=Job.ESCALATE.value, ended_at__isnull=False, error="", started_at__date__gte=since
    )
    moments: Sequence[datetime] = list(runs.values_list("started_at", flat=True))
    return frozenset(timezone.localtime(each).date() for each in moments)


def _shown(rows: QuerySet[Reminder]) -> list[Reminder]:
    related = ("case", "case__department", "recipient", "settings", "raised_from__recipient")
    return list(rows.select_related(*related).order_by("-owed_on", "pk")[:SHOWN])
