"""Who applies, by name: the first applicant and those who apply together with them."""

from __future__ import annotations

from requests_app.domain import applicants
from requests_app.models import Case


def names(case: Case) -> tuple[str, ...]:
    """Return the names of all applicants in the order they were named; one query, none for a single one."""
    others = case.co_applicants.all() if case.applicant_count > 1 else ()
    return (case.applicant.name, *(each.name for each in others))


def all_names(case: Case) -> str:
    """Return every name, as letters address those who apply together."""
    return applicants.all_names(names(case))
