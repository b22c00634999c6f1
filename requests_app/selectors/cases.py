"""Find cases: whose they are to see, and by number and query code."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from requests_app.adapters import crypto
from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.models import Case, Inquiry, Letter


def visible_to(actor: Actor) -> QuerySet[Case]:
    """Return the cases ``actor`` may read: all, those the own department has or is asked about, or none."""
    if not actor.may(Act.READ_CASE):
        return Case.objects.none()
    if actor.confined_to_department:
        if actor.department_id is None:
            return Case.objects.none()
        asked = Inquiry.objects.filter(
            department_id=actor.department_id, returned_at__isnull=True, cancelled_at__isnull=True
        )
        return Case.objects.filter(
            Q(department_id=actor.department_id) | Q(pk__in=asked.values("case_id"))
        )
    return Case.objects.all()


def get_visible(actor: Actor, *, case_id: int) -> Case:
    """Return one case with what every page of it shows; ``Case.DoesNotExist`` when not the actor's."""
    people = ("applicant", "agent", "guardian", "clerk")
    related = (*people, "body", "department", "rating", "suggestion")
    return visible_to(actor).select_related(*related).get(pk=case_id)


def find_by_code(*, number: str, query_code: str) -> Case:
    """Return the case of this number and query code; refuse in the same words whatever was wrong.

    A number may stand in the series of two bodies, or be the former one of a case whose body was
    corrected, so every candidate is compared; one comparison is made for a number nobody has.
    """
    typed = number.strip()
    found = Case.objects.filter(Q(number=typed) | Q(former_number=typed))
    candidates = list(found.select_related("applicant", "body"))
    for case in candidates:
        try:
            crypto.check_query_code(query_code, stored=case.query_code_hash)
        except Refused:
            continue
        return case
    crypto.check_query_code(query_code, stored="")
    raise Case.DoesNotExist  # unreachable: the line above always refuses


def get_for_applicant(*, case_id: int) -> Case:
    """Return a case the citizen has opened by number and code; the interface keeps that proof."""
    related = Case.objects.select_related("applicant", "agent", "body", "rating", "suggestion")
    letters = Prefetch("letters", Letter.objects.select_related("delivery"))
    return related.prefetch_related("events", letters).get(pk=case_id)
