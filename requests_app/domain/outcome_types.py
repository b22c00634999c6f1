"""What an outcome is: its code, who ends the case by it, and the line that joins all that follows.

The lines themselves stand in ``outcomes`` and, for an own record that is wrong, in
``amendment_outcomes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from requests_app.domain.grounds import GROUNDS, Ground, GroundRule
from requests_app.domain.letter_types import LetterKind
from requests_app.domain.matters import Matter
from requests_app.domain.remedies import RemedyVariant
from requests_app.domain.report_rows import ReportRow
from requests_app.domain.requirements import Requirement


class OutcomeCode(StrEnum):
    """How a case ends, as stored."""

    ALREADY_PUBLIC = "already_public"
    DISCLOSED = "disclosed"
    PARTIAL = "partial"
    CLASSIFIED = "classified"
    BANNED = "banned"
    SAFETY = "safety"
    THIRD_PARTY = "third_party"
    INTERNAL = "internal"
    PROCESS = "process"
    ENFORCEMENT = "enforcement"
    OTHER_LAW = "other_law"
    NOT_EXIST = "not_exist"
    NOT_OURS = "not_ours"
    NEEDS_PROCESSING = "needs_processing"
    STILL_UNCLEAR = "still_unclear"
    PETITION = "petition"
    REPEATED = "repeated"
    PUBLICATION = "publication"
    EXCESSIVE = "excessive"
    RECONFIRMATION = "reconfirmation"
    LAPSED_CORRECTION = "lapsed_correction"
    LAPSED_FEE = "lapsed_fee"
    WITHDRAWN = "withdrawn"
    OTHER = "other"
    AMENDED = "amended"
    AMENDMENT_REFUSED = "amendment_refused"
    AMENDMENT_PASSED_ON = "amendment_passed_on"
    AMENDMENT_ELSEWHERE = "amendment_elsewhere"


class Ending(StrEnum):
    """Who ends the case and how: the office's answer, its confirmed lapse, or the applicant."""

    ANSWERED = "answered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Outcome:
    """One line of the table. ``articles`` are cited with the name of the law.

    ``report_row`` is None where table 三 does not count the case: it counts applications for
    information, and 更正 is none.
    """

    code: OutcomeCode
    label: str
    articles: tuple[str, ...]
    letter_kind: LetterKind
    remedies: RemedyVariant
    report_row: ReportRow | None
    required_fields: tuple[Requirement, ...] = ()
    ending: Ending = Ending.ANSWERED
    ground: Ground | None = None
    matter: Matter = Matter.DISCLOSURE

    @property
    def ground_rule(self) -> GroundRule | None:
        """Return the ground of a full refusal."""
        return None if self.ground is None else GROUNDS[self.ground]

    @property
    def discretionary(self) -> bool:
        """Tell whether the law only allows withholding (条例 16), so that the reason must say why."""
        return self.ground_rule is not None and self.ground_rule.discretionary

    @property
    def ended_by_applicant(self) -> bool:
        """Tell whether the applicant ended the case; the office needs no approval for that."""
        return self.ending is Ending.WITHDRAWN
