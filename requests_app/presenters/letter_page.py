"""One letter on the page: its words as they would be printed now, what is missing, what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from requests_app.domain import letters as catalogue
from requests_app.domain import workflow
from requests_app.domain.access import Act, Actor
from requests_app.domain.case_facts import LETTER_STATUS_LABELS, CaseFacts, LetterStatus
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.letters import KINDS, LetterKind, LetterText
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.domain.remedies import REMEDY_LABELS
from requests_app.models import Letter
from requests_app.selectors import letter_values, reviews


@dataclass(frozen=True)
class Paper:
    """The words of a letter, or the reasons why they cannot be put together yet."""

    text: LetterText | None
    missing: tuple[Reason, ...]
    draft: bool

    @property
    def dated_on(self) -> date | None:
        """Return the day the letter bears."""
        if self.text is None or not self.text.dated_on:
            return None
        return date.fromisoformat(self.text.dated_on)


@dataclass(frozen=True)
class Head:
    """What stands above a letter."""

    label: str
    status: str
    basis: str
    remedies: str
    outcome: str
    needs_approval: bool


def paper(letter: Letter, *, at: datetime) -> Paper:
    """Return the frozen words of a signed letter, or those a draft would have if issued now."""
    draft = letter.status in {LetterStatus.DRAFT, LetterStatus.PENDING}
    if letter.text is not None:
        return Paper(LetterText.from_dict(letter.text), (), draft)
    try:
        return Paper(letter_values.compose(letter, at=at, number=""), (), draft)
    except Refused as refusal:
        return Paper(None, refusal.reasons, draft)


def head(letter: Letter) -> Head:
    """Return the head of a letter's page."""
    kind = KINDS[LetterKind(letter.kind)]
    outcome = OUTCOMES[OutcomeCode(letter.outcome)] if letter.outcome else None
    remedies = outcome.remedies if outcome else catalogue.remedies_of(kind.code)
    return Head(
        label=kind.label,
        status=LETTER_STATUS_LABELS[LetterStatus(letter.status)],
        basis=kind.basis,
        remedies=REMEDY_LABELS[remedies],
        outcome=outcome.label if outcome else "",
        needs_approval=kind.needs_approval,
    )


def verdicts(
    letter: Letter, *, facts_of_case: CaseFacts, actor: Actor, acts: tuple[Act, ...]
) -> dict[Act, workflow.Verdict]:
    """Judge each act on this letter that the actor's roles know."""
    seen = reviews.letter_fact(letter, today=facts_of_case.today)
    return {
        act: workflow.check_letter(act, letter=seen, facts=facts_of_case, actor=actor)
        for act in acts
        if actor.may(act)
    }
