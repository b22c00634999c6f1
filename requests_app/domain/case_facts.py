"""What an act is judged by: the facts of a case and of its letters, read once under the lock.

Values only. What follows from them is said in ``conditions`` and ``workflow``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from requests_app.domain import clock
from requests_app.domain.access import Act, Actor
from requests_app.domain.inquiries import InquirySeen
from requests_app.domain.ledger import Status
from requests_app.domain.matters import Matter
from requests_app.domain.reviews import NO_REVIEWS, LetterReviews
from requests_app.domain.searches import NO_SEARCHES, SearchLog


class LetterStatus(StrEnum):
    """The life of a letter. From ``SIGNED`` on it is frozen."""

    DRAFT = "draft"
    PENDING = "pending"
    SIGNED = "signed"
    ISSUED = "issued"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"
    VOID = "void"


LETTER_STATUS_LABELS: Final[dict[LetterStatus, str]] = {
    LetterStatus.DRAFT: "草稿",
    LetterStatus.PENDING: "待签发",
    LetterStatus.SIGNED: "已签发，制作中",
    LetterStatus.ISSUED: "已制成，待发出",
    LetterStatus.DISPATCHED: "已发出，待送达",
    LetterStatus.DELIVERED: "已送达",
    LetterStatus.VOID: "作废",
}

#: A letter of one of these acts is under way: a second one of the same act would contradict it.
UNDER_WAY: Final = frozenset({
    LetterStatus.DRAFT, LetterStatus.PENDING, LetterStatus.SIGNED, LetterStatus.ISSUED,
})  # fmt: skip


@dataclass(frozen=True)
class LetterFact:
    """What the workflow must know of a letter: its act, where it stands and who worked on it.

    ``explained``: it was drafted with a written reason against a rule that such a reason overcomes.
    """

    letter_id: int
    act: Act
    status: LetterStatus
    needs_approval: bool
    authors: frozenset[int]
    kind: str = ""
    explained: bool = False
    outcome: str = ""
    reviews: LetterReviews = NO_REVIEWS


@dataclass(frozen=True)
class CaseFacts:
    """Everything an act is judged by, read once under the case's lock.

    ``open_consultations`` counts third parties and organs whose answer may still come (neither
    answered nor past their 15 working days); ``silences`` names those whose silence is recorded.
    ``fee_used``: a fee notice stands; ``fee_ever``: one went out, withdrawn or not;
    ``lapsed``: a person confirmed that the application counts as given up. ``today`` is the day of the act in Asia/Shanghai.
    """

    status: Status
    timeline: clock.Timeline
    today: date
    letters: tuple[LetterFact, ...] = ()
    open_consultations: int = 0
    silences: frozenset[str] = frozenset()
    corrected: bool = False
    correction_used: bool = False
    fee_used: bool = False
    fee_ever: bool = False
    fee_refundable_fen: int = 0
    lapsed: bool = False
    reasons_asked: bool = False
    reasons_given: bool = False
    matter: Matter = Matter.DISCLOSURE
    late_explained: bool = False
    searches: SearchLog = NO_SEARCHES
    department_id: int | None = None
    department: str = ""
    inquiries: tuple[InquirySeen, ...] = ()

    @property
    def period_runs(self) -> bool:
        """Tell whether a reply period is alive: running or paused, its last day not gone by."""
        return self.timeline.state in {clock.State.RUNNING, clock.State.PAUSED}

    @property
    def overdue(self) -> bool:
        """Tell whether the last day of the reply period has gone by unanswered."""
        return self.timeline.state is clock.State.OVERDUE

    @property
    def missed_on(self) -> date | None:
        """Return the last day of the reply period that was not kept; ``None`` while none was missed."""
        return missed_on(self.timeline)

    @property
    def awaited(self) -> clock.WaitKind | None:
        """Return what the applicant still has to do, in time or not, where a notice was delivered."""
        waits = self.timeline.waits
        return waits[-1].kind if waits and waits[-1].ended_on is None else None

    @property
    def payment_awaited(self) -> bool:
        """Tell whether the applicant may still pay with effect: a notice is out, its time not gone by."""
        waits = self.status in {Status.AWAITING_PAYMENT, Status.LAPSE_PROPOSED}
        other = self.awaited is clock.WaitKind.CORRECTION
        return waits and not other and self.timeline.state is not clock.State.ABANDONED

    @property
    def results_owed(self) -> bool:
        """Tell whether a letter that asks someone went out and nothing is recorded of its result."""
        return any(
            asked.answered_on is None and asked.id not in self.silences
            for asked in self.timeline.consultations
        )

    @property
    def applicants_last_day(self) -> date | None:
        """Return the last day of the applicant's own period, while there is one."""
        waits = self.timeline.waits
        return waits[-1].due if waits and waits[-1].ended_on is None else None

    @property
    def ordinary_period(self) -> bool:
        """Tell whether the period is the law's own (not set by a decision or art. 35)."""
        return self.timeline.extendable

    @property
    def decided_period(self) -> bool:
        """Tell whether a review decision or a judgment set the period, and left room for nothing else."""
        return self.timeline.period.kind in {
            clock.PeriodKind.DECISION_DAYS,
            clock.PeriodKind.DECISION_DATE,
        }

    def elsewhere(self, actor: Actor) -> bool:
        """Tell whether another department than the actor's has the case, or none."""
        return self.department_id != actor.department_id

    @property
    def unsigned_answer(self) -> bool:
        """Tell whether an answer is drafted and not signed yet."""
        return any(
            each.outcome and each.status in {LetterStatus.DRAFT, LetterStatus.PENDING}
            for each in self.letters
        )

    def letter_under_way(self, act: Act) -> LetterFact | None:
        """Return the letter of ``act`` that is drafted but not yet sent, if there is one."""
        return next((x for x in self.letters if x.act is act and x.status in UNDER_WAY), None)


def missed_on(timeline: clock.Timeline) -> date | None:
    """Return the last day that went by without the answer going out; ``None`` where none did."""
    late = timeline.state is clock.State.OVERDUE or timeline.on_time is False
    return timeline.due if late else None
