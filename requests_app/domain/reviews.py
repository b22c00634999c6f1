"""Legal and secrecy review of a draft answer: what is required before signing, and what stands against it.

条例 17: information is examined before it is released, by a set procedure and with named responsibility;
so answers that release something need the secrecy review unless the office has set otherwise. No
article asks for a legal review of an answer: that is the office's own rule, off until it is set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.articles import ART_17
from requests_app.domain.errors import Reason
from requests_app.domain.outcome_types import OutcomeCode


class ReviewKind(StrEnum):
    """Which review."""

    LEGAL = "legal"
    SECRECY = "secrecy"


REVIEW_KIND_LABELS: Final[Mapping[ReviewKind, str]] = MappingProxyType(
    {ReviewKind.LEGAL: "法制审核", ReviewKind.SECRECY: "保密审查"}
)


class ReviewVerdict(StrEnum):
    """What a review came to."""

    CONSENT = "consent"
    CHANGES = "changes"
    OBJECT = "object"


REVIEW_VERDICT_LABELS: Final[Mapping[ReviewVerdict, str]] = MappingProxyType(
    {
        ReviewVerdict.CONSENT: "同意",
        ReviewVerdict.CHANGES: "修改意见",
        ReviewVerdict.OBJECT: "不同意",
    }
)

_BASIS: Final[Mapping[ReviewKind, str]] = MappingProxyType(
    {ReviewKind.LEGAL: "本机关设置：签发前须经法制审核", ReviewKind.SECRECY: ART_17}
)

#: Answers that hand information out: nothing of it goes out unexamined (条例 17).
RELEASING: Final = frozenset({OutcomeCode.DISCLOSED, OutcomeCode.PARTIAL})
#: Answers by which the applicant gets all that was asked for: nobody will dispute them.
_GRANTING: Final = frozenset({OutcomeCode.DISCLOSED, OutcomeCode.ALREADY_PUBLIC})


@dataclass(frozen=True)
class ReviewRules:
    """Which reviews the office requires before it signs."""

    legal: bool = False
    secrecy: bool = True


@dataclass(frozen=True)
class ReviewSeen:
    """One review asked for: what it came to, whether of the draft as it stands now, and the answer to it.

    ``verdict`` is None while it is awaited.
    """

    kind: ReviewKind
    verdict: ReviewVerdict | None = None
    current: bool = True
    answered: bool = False


@dataclass(frozen=True)
class LetterReviews:
    """The reviews a letter needs before it is signed, and those asked for, in the order of asking."""

    required: frozenset[ReviewKind] = frozenset()
    seen: tuple[ReviewSeen, ...] = ()


NO_REVIEWS: Final = LetterReviews()


def required(outcome: str, *, rules: ReviewRules) -> frozenset[ReviewKind]:
    """Return which reviews an answer of ``outcome`` needs: secrecy where it releases, legal where it denies."""
    if not outcome:
        return frozenset()
    code = OutcomeCode(outcome)
    secrecy = rules.secrecy and code in RELEASING
    legal = rules.legal and code not in _GRANTING
    wanted = ((ReviewKind.LEGAL, legal), (ReviewKind.SECRECY, secrecy))
    return frozenset(kind for kind, needed in wanted if needed)


def against(reviews: LetterReviews) -> tuple[Reason, ...]:
    """Return what the reviews say against signing.

    The last review of each kind counts. One that was asked for is waited for, required or not; one
    that does not agree is answered with a reason; a required one is of the draft as it stands.
    """
    return tuple(
        reason
        for kind in ReviewKind
        for reason in _against(kind, _last(kind, reviews.seen), required=kind in reviews.required)
    )


def _against(kind: ReviewKind, last: ReviewSeen | None, *, required: bool) -> Iterator[Reason]:
    name, basis = REVIEW_KIND_LABELS[kind], _BASIS[kind]
    if last is None:
        if required:
            yield Reason("review_missing", f"签发前须经{name}，还没有送审。", basis)
    elif last.verdict is None:
        yield Reason("review_open", f"{name}的意见还没有提出。", basis)
    elif required and not last.current:
        sentence = f"{name}以后，草稿或者拟提供的文件改过，请再送{name}。"
        yield Reason("review_outdated", sentence, basis)
    elif last.verdict is not ReviewVerdict.CONSENT and not last.answered:
        verdict = REVIEW_VERDICT_LABELS[last.verdict]
        sentence = f"{name}的意见是“{verdict}”，请先说明怎样处理、理由是什么。"
        yield Reason("review_unanswered", sentence, basis)


def _last(kind: ReviewKind, seen: Iterable[ReviewSeen]) -> ReviewSeen | None:
    found = [each for each in seen if each.kind is kind]
    return found[-1] if found else None
