"""Reviews of drafts as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.reviews import (
    REVIEW_KIND_LABELS,
    REVIEW_VERDICT_LABELS,
    ReviewKind,
    ReviewVerdict,
)
from requests_app.models import Review
from requests_app.presenters import desk_dates

_TONES: Final = {
    ReviewVerdict.CONSENT: "g",
    ReviewVerdict.CHANGES: "y",
    ReviewVerdict.OBJECT: "r",
}


@dataclass(frozen=True)
class Row:
    """One review as a line; ``open`` waits for the reviewer, ``owing`` for how it was met."""

    review_id: int
    letter_id: int
    kind: str
    letter: str
    asked: str
    state: str
    tone: str
    words: str
    answer: str
    open: bool
    owing: bool


def rows(found: Iterable[Review], *, today: date) -> tuple[Row, ...]:
    """Return reviews as lines, in the order given."""
    return tuple(_row(each, today=today) for each in found)


def _row(row: Review, *, today: date) -> Row:
    verdict = ReviewVerdict(row.verdict) if row.verdict else None
    given = ""
    if row.given_at is not None:
        on = desk_dates.short(timezone.localtime(row.given_at).date(), today=today)
        given = f"{row.given_by} {on}"
    asked_on = desk_dates.short(timezone.localtime(row.asked_at).date(), today=today)
    return Row(
        review_id=row.pk,
        letter_id=row.letter_id,
        kind=REVIEW_KIND_LABELS[ReviewKind(row.kind)],
        letter=KINDS[LetterKind(row.letter.kind)].label,
        asked=f"{row.asked_by} {asked_on}",
        state=REVIEW_VERDICT_LABELS[verdict] if verdict else "等待意见",
        tone=_TONES[verdict] if verdict else "b",
        words="　".join(part for part in (row.reasons or row.question, given) if part),
        answer=f"{row.answer}（{row.answered_by}）" if row.answer else "",
        open=verdict is None,
        owing=verdict not in {None, ReviewVerdict.CONSENT} and not row.answer,
    )


def facts(row: Review) -> Sequence[tuple[str, str]]:
    """Return what the person should know beside the form."""
    shown = [
        ("审查", REVIEW_KIND_LABELS[ReviewKind(row.kind)]),
        ("文书", KINDS[LetterKind(row.letter.kind)].label),
        ("送审", f"{row.asked_by}：{row.question or '没有说明'}"),
    ]
    if row.verdict:
        verdict = REVIEW_VERDICT_LABELS[ReviewVerdict(row.verdict)]
        shown.append(("意见", f"{row.given_by}：{verdict}。{row.reasons}"))
    return shown
