"""Yellow and red cards and unanswered 督办单, from the ladder's own ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q

from requests_app.domain.access import Actor
from requests_app.domain.deadline_report import Figure
from requests_app.domain.escalation import KINDS, Card
from requests_app.domain.jobs import OFFICE_ZONE
from requests_app.models import Reminder, SupervisionOrder
from requests_app.models.choices import values
from requests_app.selectors import cases

_KINDS: Final = {
    figure: values(kind for kind, spec in KINDS.items() if spec.card is card)
    for figure, card in ((Figure.YELLOW, Card.YELLOW), (Figure.RED, Card.RED))
}


def condition(figure: Figure, *, since: date, until: date) -> Q:
    """Return the condition of a case that got such a card, or whose 督办单 stood unanswered."""
    if figure is Figure.ORDERS:
        found = SupervisionOrder.objects.filter(_open_order(until=until), case=OuterRef("pk"))
        return Q(Exists(found))
    shown = Reminder.objects.filter(_card(figure, since=since, until=until))
    return Q(Exists(shown.filter(case=OuterRef("pk"))))


def count_by(
    actor: Actor, *, group: str, figure: Figure, since: date, until: date
) -> Mapping[int | None, int]:
    """Count the cases behind such a figure for each department or clerk (``group``)."""
    asked = Q() if not actor.confined_to_department else Q(case__in=cases.visible_to(actor))
    key = f"case__{group}"
    distinct = {"n": Count("case", distinct=True)}
    if figure is Figure.ORDERS:
        orders = SupervisionOrder.objects.filter(asked, _open_order(until=until))
        return {row[key]: row["n"] for row in orders.order_by().values(key).annotate(**distinct)}
    shown = Reminder.objects.filter(asked, _card(figure, since=since, until=until))
    return {row[key]: row["n"] for row in shown.order_by().values(key).annotate(**distinct)}


def _card(figure: Figure, *, since: date, until: date) -> Q:
    return Q(
        kind__in=_KINDS[figure], owed_on__gte=since, owed_on__lte=until, cancelled_at__isnull=True
    )


def _open_order(*, until: date) -> Q:
    ends = datetime.combine(until + timedelta(days=1), time(), tzinfo=OFFICE_ZONE)
    return Q(issued_at__lt=ends) & (Q(replied_on__isnull=True) | Q(replied_on__gt=until))
