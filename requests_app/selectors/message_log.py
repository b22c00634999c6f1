"""Every message owed to an applicant, over all cases: what went out, what waits, what failed and why."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from requests_app.domain import numbering
from requests_app.domain.access import Actor
from requests_app.domain.errors import Refused
from requests_app.models import Message
from requests_app.models.messages import MessageStatus
from requests_app.selectors import cases


def of(actor: Actor) -> QuerySet[Message]:
    """Return the messages of the cases ``actor`` may read, the newest first; digests to staff are not among them."""
    return (
        Message.objects.filter(case__in=cases.visible_to(actor))
        .select_related("case", "letter")
        .order_by("-pk")
    )


def page(
    actor: Actor, *, status: str = "", number: str = "", before: int | None = None, size: int
) -> list[Message]:
    """Return up to ``size`` messages older than the one numbered ``before``.

    ``status`` that is none of ours filters nothing; ``number`` is a case number as somebody types it.
    """
    found = of(actor)
    if status in set(MessageStatus):
        found = found.filter(status=status)
    if number.strip():
        try:
            typed = numbering.normalise_case_number(number)
        except Refused:
            return []
        found = found.filter(Q(case__number=typed) | Q(case__former_number=typed))
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found[:size])


def counts(actor: Actor) -> dict[str, int]:
    """Return how many messages stand in each status."""
    rows = of(actor).order_by().values("status").annotate(count=Count("pk"))
    return {row["status"]: row["count"] for row in rows}
