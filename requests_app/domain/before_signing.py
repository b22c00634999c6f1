"""What the file must hold before a letter may be submitted and signed: the evidence of its outcome."""

from __future__ import annotations

from requests_app.domain import searches
from requests_app.domain.case_facts import CaseFacts, LetterFact
from requests_app.domain.errors import Reason
from requests_app.domain.outcome_types import OutcomeCode


def against(letter: LetterFact, *, facts: CaseFacts) -> tuple[Reason, ...]:
    """Return why a letter may not be submitted or signed yet, each reason with its article."""
    if letter.outcome == OutcomeCode.NOT_EXIST.value:
        return searches.against_not_exist(facts.searches)
    return ()
