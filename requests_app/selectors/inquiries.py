"""Read inquiries: of a case, those a handler owes a reply to."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from requests_app.domain.access import Act, Actor
from requests_app.domain.inquiries import INQUIRY
from requests_app.models import Case, Event, Inquiry


def of_case(case: Case) -> QuerySet[Inquiry]:
    """Return every inquiry of a case that was not taken back, in the order of asking."""
    return (
        Inquiry.objects.filter(case=case, cancelled_at__isnull=True)
        .select_related("department", "asked_by", "signed_by", "replied_by", "returned_by")
        .order_by("pk")
    )


def of_events(case: Case, events: Iterable[Event]) -> tuple[Inquiry, ...]:
    """Return the inquiries of a case; nothing is asked of the database where its ledger names none."""
    if not any(INQUIRY in event.data for event in events):
        return ()
    return tuple(of_case(case))


def owed(actor: Actor) -> QuerySet[Inquiry]:
    """Return what a handler's department owes a reply to, the nearest last day first."""
    if not actor.may(Act.REPLY_INQUIRY) or actor.department_id is None:
        return Inquiry.objects.none()
    return (
        Inquiry.objects.filter(
            department_id=actor.department_id,
            replied_at__isnull=True,
            returned_at__isnull=True,
            cancelled_at__isnull=True,
        )
        .select_related("case__applicant", "department", "asked_by")
        .order_by("due_on", "pk")
    )


def count_owed(actor: Actor) -> int:
    """Count what a handler's department owes a reply to, for the header."""
    return owed(actor).count()
