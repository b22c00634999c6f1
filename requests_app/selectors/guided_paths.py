"""Read the guided path of a case: the answers kept, the path that stands, what it may rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from requests_app.domain import guided_path
from requests_app.domain.consultations import POSITION_LABELS, ConsultationKind, Position
from requests_app.domain.errors import Reason
from requests_app.domain.guided_path import Given, Path
from requests_app.domain.guided_questions import Evidence, Step
from requests_app.domain.identity import conceal
from requests_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from requests_app.domain.reviews import (
    REVIEW_KIND_LABELS,
    REVIEW_VERDICT_LABELS,
    ReviewKind,
    ReviewVerdict,
)
from requests_app.models import Case, GuidedAnswer
from requests_app.selectors import facts, reviews, searches

_ASKED: Final[Mapping[ConsultationKind, Evidence]] = {
    ConsultationKind.THIRD_PARTY: Evidence.THIRD_PARTY,
    ConsultationKind.CO_MAKER: Evidence.ORGAN,
    ConsultationKind.ORGAN: Evidence.ORGAN,
}


@dataclass(frozen=True)
class Piece:
    """Something of the case an answer may rest on."""

    kind: Evidence
    pk: int
    words: str

    @property
    def code(self) -> str:
        """Return how a form names it."""
        return f"{self.kind.value}-{self.pk}"


@dataclass(frozen=True)
class Walked:
    """The path that stands and the row behind each of its answers; ``last_id`` is 0 before the first."""

    path: Path
    rows: Mapping[Step, GuidedAnswer]
    last_id: int

    @property
    def kept(self) -> tuple[GuidedAnswer, ...]:
        """Return the rows of the answers that stand, in the order of the questions."""
        return tuple(self.rows[each.step] for each in self.path.answers)


def of(case: Case) -> Walked:
    """Return the path of a case. One query."""
    return walked(GuidedAnswer.objects.filter(case=case).select_related("given_by").order_by("pk"))


def walked(rows: Iterable[GuidedAnswer]) -> Walked:
    """Fold rows, oldest first; the last answer to a question is the one that stands."""
    found = list(rows)
    return Walked(
        path=guided_path.fold(_given(row) for row in found),
        rows={Step(row.step): row for row in found},
        last_id=found[-1].pk if found else 0,
    )


def against_outcome(case: Case, outcome: str) -> tuple[Reason, ...]:
    """Return the warnings about a draft of ``outcome``, by the path of the case and its age."""
    if not outcome:
        return ()
    path = of(case).path
    if not path.answers:
        return ()
    since = searches.log(case).since
    return (
        *guided_path.against_outcome(path, outcome),
        *guided_path.against_age(path, since=since),
    )


def pieces(case: Case) -> tuple[Piece, ...]:
    """Return everything of the case an answer may rest on; only what came to a result."""
    return (*_searched(case), *_reviewed(case), *_asked(case), *_papers(case))


def _searched(case: Case) -> Sequence[Piece]:
    return [
        Piece(
            Evidence.SEARCH,
            each.row.pk,
            f"{each.search.on} {each.search.where}，{each.search.how}（{each.search.by}）",
        )
        for each in searches.rows(case, entries=facts.entries(case))
        if each.stands
    ]


def _reviewed(case: Case) -> Sequence[Piece]:
    return [
        Piece(
            Evidence.REVIEW,
            row.pk,
            f"{REVIEW_KIND_LABELS[ReviewKind(row.kind)]}："
            f"{REVIEW_VERDICT_LABELS[ReviewVerdict(row.verdict)]}（{row.given_by}）",
        )
        for row in reviews.of_case(case)
        if row.verdict
    ]


def _asked(case: Case) -> Sequence[Piece]:
    return [
        Piece(
            _ASKED[ConsultationKind(row.kind)],
            row.pk,
            f"{row.name}：{POSITION_LABELS[Position(row.position)]}",
        )
        for row in case.consultations.order_by("pk")
        if row.position and row.cancelled_at is None
    ]


def _papers(case: Case) -> Sequence[Piece]:
    return [
        Piece(
            Evidence.PAPER, row.pk, f"{PAPER_KIND_LABELS[PaperKind(row.kind)]}：{conceal(row.name)}"
        )
        for row in case.attachments.order_by("pk")
    ]


def _given(row: GuidedAnswer) -> Given:
    return Given(
        step=Step(row.step),
        answer=row.answer,
        evidence=row.evidence,
        refs=tuple(Evidence(each["kind"]) for each in row.refs),
        on=timezone.localtime(row.given_at).date(),
    )
