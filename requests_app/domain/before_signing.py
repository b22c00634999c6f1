"""What the file must hold before a letter may be submitted and signed: evidence of its outcome, reviews."""

from __future__ import annotations

from requests_app.domain import reviews, searches
from requests_app.domain.access import Act
from requests_app.domain.case_facts import CaseFacts, LetterFact
from requests_app.domain.errors import Reason
from requests_app.domain.outcome_types import OutcomeCode


def against(act: Act, *, letter: LetterFact, facts: CaseFacts) -> tuple[Reason, ...]:
    """Return why a letter may not be submitted or signed yet, each reason with its article.

    The reviews are asked for at signing alone: a draft may be with the reviewers and the head at once,
    and an opinion that asks for changes needs a draft that can be changed.
    """
    reasons: tuple[Reason, ...] = ()
    if letter.outcome == OutcomeCode.NOT_EXIST.value:
        reasons = searches.against_not_exist(facts.searches)
    if act is Act.APPROVE:
        reasons += reviews.against(letter.reviews)
    return reasons
