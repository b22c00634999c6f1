"""Which reviews an answer needs, and what stands against signing it."""

import pytest

from requests_app.domain import reviews
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.reviews import (
    LetterReviews,
    ReviewKind,
    ReviewRules,
    ReviewSeen,
    ReviewVerdict,
)

LEGAL, SECRECY = ReviewKind.LEGAL, ReviewKind.SECRECY
YES, CHANGES, NO = ReviewVerdict.CONSENT, ReviewVerdict.CHANGES, ReviewVerdict.OBJECT


@pytest.mark.parametrize(
    ("outcome", "usual", "both"),
    [
        (OutcomeCode.DISCLOSED, {SECRECY}, {SECRECY}),
        (OutcomeCode.PARTIAL, {SECRECY}, {SECRECY, LEGAL}),
        (OutcomeCode.ALREADY_PUBLIC, set(), set()),
        (OutcomeCode.CLASSIFIED, set(), {LEGAL}),
        (OutcomeCode.NOT_EXIST, set(), {LEGAL}),
        (OutcomeCode.PETITION, set(), {LEGAL}),
        ("", set(), set()),
    ],
)
def test_secrecy_where_something_is_released_legal_where_something_is_denied(outcome, usual, both):
    assert reviews.required(outcome, rules=ReviewRules()) == usual
    assert reviews.required(outcome, rules=ReviewRules(legal=True)) == both
    assert reviews.required(outcome, rules=ReviewRules(secrecy=False)) == set()


@pytest.mark.parametrize(
    ("required", "seen", "codes"),
    [
        (set(), [], []),
        ({SECRECY}, [], ["review_missing"]),
        ({SECRECY}, [ReviewSeen(LEGAL, YES)], ["review_missing"]),
        ({SECRECY}, [ReviewSeen(SECRECY)], ["review_open"]),
        (set(), [ReviewSeen(LEGAL)], ["review_open"]),
        ({SECRECY}, [ReviewSeen(SECRECY, YES)], []),
        ({SECRECY}, [ReviewSeen(SECRECY, YES, current=False)], ["review_outdated"]),
        (set(), [ReviewSeen(SECRECY, YES, current=False)], []),
        ({SECRECY}, [ReviewSeen(SECRECY, NO)], ["review_unanswered"]),
        (set(), [ReviewSeen(LEGAL, CHANGES)], ["review_unanswered"]),
        (set(), [ReviewSeen(LEGAL, CHANGES, answered=True, current=False)], []),
        ({SECRECY}, [ReviewSeen(SECRECY, NO, answered=True)], []),
        (
            {SECRECY},
            [ReviewSeen(SECRECY, NO, answered=True, current=False)],
            ["review_outdated"],
        ),
        ({SECRECY}, [ReviewSeen(SECRECY, NO, current=False), ReviewSeen(SECRECY, YES)], []),
        (
            {SECRECY, LEGAL},
            [ReviewSeen(LEGAL, NO)],
            ["review_unanswered", "review_missing"],
        ),
    ],
)
def test_what_stands_against_signing(required, seen, codes):
    found = reviews.against(LetterReviews(frozenset(required), tuple(seen)))

    assert [reason.code for reason in found] == codes


def test_the_secrecy_review_cites_article_17():
    found = reviews.against(LetterReviews(frozenset({SECRECY})))

    assert [(each.sentence, each.citation) for each in found] == [
        ("签发前须经保密审查，还没有送审。", "《政府信息公开条例》第十七条")
    ]
