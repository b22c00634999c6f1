"""Read a clerk's load: what a hand-over would pass on."""

from __future__ import annotations

from typing import Final

from django.db.models import Count, QuerySet

from requests_app.domain.ledger import Status
from requests_app.models import Case
from requests_app.models.choices import values

#: Put away or merged: nobody holds these any more.
AWAY: Final = frozenset({Status.ARCHIVED, Status.MERGED})


def load(clerk_id: int) -> QuerySet[Case]:
    """Return every case a clerk holds that is not put away."""
    return Case.objects.filter(clerk_id=clerk_id).exclude(status__in=values(AWAY))


def loads() -> list[tuple[str, int]]:
    """Return each person who holds cases that are not put away, with their number, the most first."""
    held = (
        Case.objects.filter(clerk__isnull=False)
        .exclude(status__in=values(AWAY))
        .order_by()
        .values_list("clerk__display_name", "clerk_id")
        .annotate(count=Count("pk"))
    )
    return sorted(((name, count) for name, _, count in held), key=lambda row: (-row[1], row[0]))
