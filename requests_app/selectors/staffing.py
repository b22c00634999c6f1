"""Who is in the office on a day: accounts, roles, duties, leave. Read in four queries for a whole run."""

from __future__ import annotations

from datetime import date

from requests_app.domain.access import Role
from requests_app.domain.staffing import Duty, Person, Staffing
from requests_app.models import Absence, DutyHolder, StaffUser


def on(day: date) -> Staffing:
    """Return the office's people on a day, as ``domain.staffing`` asks for them."""
    people = StaffUser.objects.filter(is_active=True).prefetch_related("held_roles").order_by("pk")
    duties: dict[tuple[int | None, Duty], tuple[int, ...]] = {}
    for held in DutyHolder.objects.order_by("pk"):
        key = (held.department_id, Duty(held.duty))
        duties[key] = (*duties.get(key, ()), held.person_id)
    return Staffing(
        people={
            each.pk: Person(
                each.pk,
                frozenset(Role(held.role) for held in each.held_roles.all()),
                each.department_id,
            )
            for each in people
        },
        duties=duties,
        away={
            absence.person_id: absence.cover_id
            for absence in Absence.objects.filter(
                first_on__lte=day, last_on__gte=day, cancelled_at__isnull=True
            ).order_by("pk")
        },
    )


def absence_of(person_id: int, *, on: date) -> Absence | None:
    """Return why somebody is away on a day, or nothing."""
    return (
        Absence.objects.filter(
            person_id=person_id, first_on__lte=on, last_on__gte=on, cancelled_at__isnull=True
        )
        .select_related("person", "cover")
        .order_by("-pk")
        .first()
    )
