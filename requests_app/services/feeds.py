"""Make and revoke the secret addresses of calendar feeds."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Refused
from requests_app.models import CalendarFeed, Department
from requests_app.selectors import feeds

#: More standing addresses than a person has devices are forgotten addresses.
MOST_FEEDS: Final = 10
_SECRET_BYTES: Final = 24


@dataclass(frozen=True)
class NewFeed:
    """A feed just made, and its secret, shown this once and stored nowhere."""

    feed: CalendarFeed
    secret: str


def make(*, department_id: int | None, actor: Actor, at: datetime) -> NewFeed:
    """Make an address for the actor's own cases, or for those of a department the actor may see.

    Refuses a role that reads no reports, a department that is not there or not the actor's, and
    more than ``MOST_FEEDS`` standing addresses.
    """
    owner_id = _owner(actor)
    if department_id is not None and not _may_see(department_id, actor=actor):
        raise Refused.because("department", "没有这个部门，或者不是您的部门。")
    with transaction.atomic():
        standing = CalendarFeed.objects.select_for_update().filter(
            owner_id=owner_id, revoked_at__isnull=True
        )
        if len(standing) >= MOST_FEEDS:
            sentence = f"您已经有 {MOST_FEEDS} 个订阅地址，请先停用不用的。"
            raise Refused.because("too_many_feeds", sentence)
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        feed = CalendarFeed.objects.create(
            owner_id=owner_id,
            department_id=department_id,
            secret_hash=feeds.hash_of(secret),
            made_at=at,
        )
    return NewFeed(feed, secret)


def revoke(feed_id: int, *, actor: Actor, at: datetime) -> None:
    """Let an own address hold no longer; refuses somebody else's, and one revoked already."""
    owner_id = _owner(actor)
    changed = CalendarFeed.objects.filter(
        pk=feed_id, owner_id=owner_id, revoked_at__isnull=True
    ).update(revoked_at=at)
    if not changed:
        raise Refused.because("feed", "没有这个订阅地址，或者已经停用。")


def _owner(actor: Actor) -> int:
    """Return the person's key; refuse a role that reads no reports."""
    reasons = reasons_against(Act.READ_REPORTS, actor=actor)
    if reasons or actor.staff_id is None:
        raise Refused(reasons)
    return actor.staff_id


def _may_see(department_id: int, *, actor: Actor) -> bool:
    if actor.confined_to_department and actor.department_id != department_id:
        return False
    return Department.objects.filter(pk=department_id).exists()
