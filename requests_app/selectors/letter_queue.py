"""Letters that wait for the head's signature."""

from __future__ import annotations

from django.db.models import F, QuerySet

from requests_app.domain.access import Actor
from requests_app.domain.case_facts import LetterStatus
from requests_app.models import Letter
from requests_app.selectors import cases


def pending(actor: Actor) -> QuerySet[Letter]:
    """Return the letters that wait for a signature, most urgent case first."""
    waiting = Letter.objects.filter(
        case__in=cases.visible_to(actor), status=LetterStatus.PENDING.value
    )
    related = ("case__applicant", "case__department", "drafted_by")
    return waiting.select_related(*related).order_by(F("case__due_on").asc(nulls_last=True), "pk")


def count_pending(actor: Actor) -> int:
    """Count them, for the badge beside the page's name."""
    return pending(actor).count()
