"""Read the reviews of drafts: of a letter, of a case, those that wait for a reviewer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from requests_app.domain import reviews
from requests_app.domain.access import Act, Actor
from requests_app.domain.case_facts import LetterFact, LetterStatus
from requests_app.domain.reviews import (
    LetterReviews,
    ReviewKind,
    ReviewRules,
    ReviewSeen,
    ReviewVerdict,
)
from requests_app.models import Case, Event, Letter, Review
from requests_app.selectors import facts, offices, releases

_UNSIGNED = frozenset({LetterStatus.DRAFT.value, LetterStatus.PENDING.value})


def rules(*, on: date) -> ReviewRules:
    """Return which reviews the office requires on a day."""
    settings = offices.settings(on=on)
    return ReviewRules(
        legal=settings.legal_review_required, secrecy=settings.secrecy_review_required
    )


def of_letter(letter: Letter, *, today: date) -> LetterReviews:
    """Return the reviews an unsigned answer needs and has; nothing of other letters and of signed ones."""
    if not letter.outcome or letter.status not in _UNSIGNED:
        return reviews.NO_REVIEWS
    rows = list(Review.objects.filter(letter=letter, cancelled_at__isnull=True).order_by("pk"))
    now = digest(letter) if any(row.verdict for row in rows) else ""
    return LetterReviews(
        required=reviews.required(letter.outcome, rules=rules(on=today)),
        seen=tuple(
            ReviewSeen(
                kind=ReviewKind(row.kind),
                verdict=ReviewVerdict(row.verdict) if row.verdict else None,
                current=row.digest in {"", now},
                answered=bool(row.answer),
            )
            for row in rows
        ),
    )


def letter_fact(letter: Letter, *, today: date) -> LetterFact:
    """Return a letter as the workflow judges an act on it: with its reviews."""
    return replace(facts.letter_fact(letter), reviews=of_letter(letter, today=today))


def digest(letter: Letter) -> str:
    """Hash what a reviewer reads: the draft as typed, the files that go with it, what is blacked out."""
    files = [
        [
            each.sha256, each.pages, each.redacted,
            [[one.page, one.what, one.ground.value, one.reason] for one in each.redactions],
        ]
        for each in releases.of(letter)
    ]  # fmt: skip
    read = [letter.kind, letter.outcome, letter.fields, files]
    packed = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def of_case(case: Case) -> QuerySet[Review]:
    """Return every review of a case that was not taken back, in the order of asking."""
    return (
        Review.objects.filter(case=case, cancelled_at__isnull=True)
        .select_related("letter", "asked_by", "given_by", "answered_by")
        .order_by("pk")
    )


def of_events(case: Case, events: Iterable[Event]) -> tuple[Review, ...]:
    """Return the reviews of a case; nothing is asked of the database where its ledger names none."""
    if not any("review" in event.data for event in events):
        return ()
    return tuple(of_case(case))


def unsigned_answer(case: Case) -> Letter | None:
    """Return the answer of a case that is drafted and not signed, if there is one."""
    unsigned = Letter.objects.filter(case=case, status__in=_UNSIGNED).exclude(outcome="")
    return unsigned.select_related("case").order_by("pk").last()


def count_awaited(actor: Actor) -> int:
    """Count what waits for this reviewer, for the header."""
    return awaited(actor).count()


def awaited(actor: Actor) -> QuerySet[Review]:
    """Return what waits for this reviewer: asked for, not given, of a draft he had no hand in."""
    if not actor.may(Act.GIVE_REVIEW):
        return Review.objects.none()
    return (
        Review.objects.filter(verdict="", cancelled_at__isnull=True, letter__status__in=_UNSIGNED)
        .exclude(letter__drafted_by_id=actor.staff_id)
        .select_related("case__applicant", "letter", "asked_by")
        .order_by("asked_at", "pk")
    )
