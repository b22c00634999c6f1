"""Read what an applicant said beside the case."""

from __future__ import annotations

from requests_app.models import Case, PublicationSuggestion, Rating


def rating(case: Case) -> Rating | None:
    """Return the rating of a case, if there is one."""
    return getattr(case, "rating", None)


def suggestion(case: Case) -> PublicationSuggestion | None:
    """Return the suggestion to publish made with a case, if there is one."""
    return getattr(case, "suggestion", None)
