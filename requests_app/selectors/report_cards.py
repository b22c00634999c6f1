"""Yellow and red cards: which cases were warned of on the last day, and which after it (desk.md 1.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from requests_app.domain.access import Actor
from requests_app.domain.deadline_report import Figure
from requests_app.domain.jobs import OFFICE_ZONE
from requests_app.domain.lights import FlagLevel
from requests_app.models import DueFlag
from requests_app.selectors import cases

_LEVELS: Final = {Figure.YELLOW: FlagLevel.DUE, Figure.RED: FlagLevel.OVERDUE}


def has_card(figure: Figure, *, since: date, until: date) -> Q:
    """Return the condition of a case that got such a card from one day to another."""
    return Q(Exists(_flags(figure, since=since, until=until).filter(case=OuterRef("pk"))))


def count_by(
    actor: Actor, *, group: str, figure: Figure, since: date, until: date
) -> Mapping[int | None, int]:
    """Count the cases with such a card for each department or clerk (``group``)."""
    found = _flags(figure, since=since, until=until)
    if actor.confined_to_department:
        found = found.filter(case__in=cases.visible_to(actor))
    rows = found.order_by().values(f"case__{group}").annotate(n=Count("case", distinct=True))
    return {row[f"case__{group}"]: row["n"] for row in rows}


def _flags(figure: Figure, *, since: date, until: date) -> QuerySet[DueFlag]:
    begins = datetime.combine(since, time(), tzinfo=OFFICE_ZONE)
    ends = datetime.combine(until + timedelta(days=1), time(), tzinfo=OFFICE_ZONE)
    return DueFlag.objects.filter(
        level=_LEVELS[figure].value, raised_at__gte=begins, raised_at__lt=ends
    )
