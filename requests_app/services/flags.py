"""Flag what is due or overdue, once per case, day and level.

Flags are a record of how near a day had come; the lights on the pages are computed when a page is
read and need none of this, and telling people is the ladder's (``services.escalation``). A week
without a worker changes nothing: each run looks at every open case as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Case as SqlCase
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value, When

from requests_app.domain import clock
from requests_app.domain.ledger import CLOSED
from requests_app.domain.lights import FlagLevel, Thresholds
from requests_app.domain.workdays import Calendar
from requests_app.models import Case, DueFlag
from requests_app.models.choices import values
from requests_app.selectors import calendars, offices
from requests_app.services.case_file import local_day
from requests_app.services.tally import Tally


def raise_due(*, at: datetime) -> Tally:
    """Flag every open case whose next day is near or gone by.

    A day is the reply's last day, or the applicant's own while the office waits. A paused period
    is left alone until its pause has run out.
    """
    today = local_day(at)
    calendar = calendars.current()
    near = _Near(today, calendar, offices.thresholds(offices.settings(on=today)))
    already = DueFlag.objects.filter(
        case=OuterRef("pk"), due_on=OuterRef("next_due_on"), level=OuterRef("flag_level")
    )
    with transaction.atomic():
        seen = _due(near).count()
        rows = _due(near).annotate(flag_level=_level(near)).filter(~Exists(already))
        DueFlag.objects.bulk_create(
            [
                DueFlag(case_id=pk, due_on=due_on, level=level, raised_at=at)
                for pk, due_on, level in rows.values_list("pk", "next_due_on", "flag_level")
                if due_on is not None
            ],
            ignore_conflicts=True,
        )
        # Count back what is ours: another run may have raised some of them a moment before.
        raised = DueFlag.objects.filter(raised_at=at).count()
    return Tally(seen=seen, changed=raised)


@dataclass(frozen=True)
class _Near:
    """What counts as near on a day: the thresholds as dates, worked out once."""

    today: date
    calendar: Calendar
    thresholds: Thresholds

    def end(self, working_days: int) -> date:
        """Return the day before which at most so many working days are left."""
        return self.calendar.add(self.today, working_days + 1)


def _due(near: _Near) -> QuerySet[Case]:
    """Return the open cases whose next day is near or gone by; plain comparisons of dates."""
    paused = Q(clock_state=clock.State.PAUSED.value, consult_due_on__gte=near.today)
    return (
        Case.objects.exclude(status__in=values(CLOSED))
        .exclude(paused)
        .filter(next_due_on__lt=near.end(near.thresholds.soon))
        .order_by("pk")
    )


def _level(near: _Near) -> SqlCase:
    return SqlCase(
        When(next_due_on__lt=near.today, then=Value(FlagLevel.OVERDUE.value)),
        When(next_due_on__lt=near.end(near.thresholds.due), then=Value(FlagLevel.DUE.value)),
        When(next_due_on__lt=near.end(near.thresholds.urgent), then=Value(FlagLevel.URGENT.value)),
        default=Value(FlagLevel.SOON.value),
        output_field=CharField(),
    )
