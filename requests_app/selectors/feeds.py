"""Find a calendar feed by its secret, and the due dates it holds."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from requests_app.domain.access import Act, Actor
from requests_app.models import CalendarFeed, Case
from requests_app.selectors import cases, report_cases


def hash_of(secret: str) -> str:
    """Return the hash a secret is stored under; 192 random bits need no slow one."""
    return hashlib.sha256(f"calendar-feed:{secret}".encode()).hexdigest()


def of(actor: Actor) -> QuerySet[CalendarFeed]:
    """Return the standing addresses of a person, newest first."""
    return CalendarFeed.objects.filter(
        owner_id=actor.staff_id, revoked_at__isnull=True
    ).select_related("department")


def find(secret: str) -> CalendarFeed | None:
    """Return the standing feed of a secret whose owner may still read it."""
    found = (
        CalendarFeed.objects.filter(secret_hash=hash_of(secret), revoked_at__isnull=True)
        .select_related("owner", "department")
        .first()
    )
    if found is None or not found.owner.is_active:
        return None
    return found if found.owner.as_actor().may(Act.READ_REPORTS) else None


def due_dates(feed: CalendarFeed) -> QuerySet[Case]:
    """Return the live cases of a feed that have a next day, by what its owner may see today."""
    found = report_cases.live(cases.visible_to(feed.owner.as_actor()))
    if feed.department_id is None:
        found = found.filter(clerk_id=feed.owner_id)
    else:
        found = found.filter(department_id=feed.department_id)
    return found.filter(next_due_on__isnull=False).order_by("next_due_on", "pk")
