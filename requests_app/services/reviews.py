"""Have a draft answer reviewed: ask, give the opinion, say how an opinion that does not agree was met.

Each step stands in the ledger of the case; voiding its entry takes it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import ART_17, ART_45
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.reviews import (
    REVIEW_KIND_LABELS,
    REVIEW_VERDICT_LABELS,
    ReviewKind,
    ReviewVerdict,
)
from requests_app.models import Event, Letter, Review
from requests_app.selectors import facts, offices, releases
from requests_app.selectors import reviews as selector
from requests_app.services import case_file, entries, papers
from requests_app.services.case_file import OpenCase
from requests_app.services.papers import FileGiven

_UNSIGNED: Final = frozenset({LetterStatus.DRAFT.value, LetterStatus.PENDING.value})


def ask(
    letter_id: int,
    *,
    kinds: Sequence[ReviewKind],
    question: str = "",
    actor: Actor,
    at: datetime,
) -> list[Review]:
    """Ask for one or both reviews of a draft answer.

    Refuses what is not an unsigned answer, no kind at all, and a review that is already awaited.
    """
    case_id = _case_of(letter_id)
    with case_file.opened(case_id, act=Act.ASK_REVIEW, actor=actor, at=at) as file:
        letter = _unsigned(file, letter_id)
        if not kinds:
            raise Refused.because("kinds", "请选择送哪一种审查。")
        awaited = set(
            Review.objects.filter(letter=letter, verdict="", cancelled_at__isnull=True).values_list(
                "kind", flat=True
            )
        )
        asked = []
        for kind in dict.fromkeys(kinds):
            if kind.value in awaited:
                raise Refused.because(
                    "kinds", f"{REVIEW_KIND_LABELS[kind]}已经送审，意见还没有提出。"
                )
            row = Review(
                case=file.case,
                letter=letter,
                kind=kind.value,
                question=question.strip(),
                asked_by_id=actor.staff,
                asked_at=at,
            )
            case_file.refuse_too_long(row)
            row.save()
            more = f"：{row.question}" if row.question else ""
            _note(
                file,
                row,
                step="asked",
                text=f"送{REVIEW_KIND_LABELS[kind]}（{_named(letter)}）{more}",
            )
            asked.append(row)
        return asked


def give(
    review_id: int,
    *,
    verdict: ReviewVerdict,
    reasons: str,
    actor: Actor,
    at: datetime,
    files: Sequence[FileGiven] = (),
) -> Review:
    """Record the reviewer's opinion on the draft as it stands now, with its papers.

    Refuses who had a hand in the draft, an opinion given before, and one that does not agree and
    gives no reasons.
    """
    limits = offices.settings(on=case_file.local_day(at))
    case_id = _case_of_review(review_id)
    with (
        papers.taken_in(files, limits=limits) as taken,
        case_file.opened(case_id, act=Act.GIVE_REVIEW, actor=actor, at=at) as file,
    ):
        row = _standing(review_id)
        letter = _unsigned(file, row.letter_id)
        if row.verdict:
            raise Refused.because("review_given", "这一项审查已经提出意见。")
        if actor.staff_id in facts.authors(letter) | releases.prepared_by(letter):
            sentence = (
                "起草、修改过文书，准备提供的文件、登记遮盖的人不能审查它，请由另一位审查人员审查。"
            )
            raise Refused.because("four_eyes", sentence, ART_45)
        kept = reasons.strip()
        if verdict is not ReviewVerdict.CONSENT and not kept:
            sentence = f"“{REVIEW_VERDICT_LABELS[verdict]}”必须写明理由或者怎样修改。"
            raise Refused.because("reasons", sentence, ART_17 if _is_secrecy(row) else "")
        papers.attach(file.case, taken=taken, actor=actor, at=at, limits=limits)
        row.verdict, row.reasons = verdict.value, kept
        row.digest = selector.digest(letter)
        row.given_by_id, row.given_at = actor.staff, at
        case_file.refuse_too_long(row)
        row.save(update_fields=["verdict", "reasons", "digest", "given_by", "given_at"])
        words = REVIEW_VERDICT_LABELS[verdict] + (f"。{kept}" if kept else "")
        entries.append(
            file.case,
            entry=Entry.OPINION_GIVEN,
            on=file.today,
            actor=actor,
            at=at,
            data={
                "text": f"{REVIEW_KIND_LABELS[ReviewKind(row.kind)]}（{_named(letter)}）：{words}",
                "by": actor.name,
                "review": row.pk,
                "step": "given",
                "review_kind": row.kind,
                "digest": row.digest,
            },
        )
        return row


def answer(review_id: int, *, text: str, actor: Actor, at: datetime) -> Review:
    """Say how an opinion that does not agree was met, and why; signing waits for it.

    Refuses an opinion that agrees or is not given yet, one answered before, and no words.
    """
    case_id = _case_of_review(review_id)
    with case_file.opened(case_id, act=Act.ANSWER_REVIEW, actor=actor, at=at) as file:
        row = _standing(review_id)
        if row.verdict in {"", ReviewVerdict.CONSENT.value}:
            raise Refused.because("not_negative", "没有需要说明处理的审查意见。")
        if row.answer:
            raise Refused.because("review_answered", "这条审查意见的处理已经说明。")
        row.answer = case_file.require_text(
            text, code="text", sentence="请写明怎样处理审查意见，以及理由。"
        )
        row.answered_by_id, row.answered_at = actor.staff, at
        case_file.refuse_too_long(row)
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        kind = REVIEW_KIND_LABELS[ReviewKind(row.kind)]
        _note(file, row, step="answered", text=f"对{kind}意见的处理：{row.answer}")
        return row


def _note(file: OpenCase, row: Review, *, step: str, text: str) -> Event:
    data = {"text": text, "review": row.pk, "step": step, "review_kind": row.kind}
    return entries.append(
        file.case, entry=Entry.NOTED, on=file.today, actor=file.actor, at=file.at, data=data
    )


def _case_of(letter_id: int) -> int:
    try:
        return Letter.objects.values_list("case_id", flat=True).get(pk=letter_id)
    except Letter.DoesNotExist:
        raise Refused.because("no_such_letter", "没有这份文书。") from None


def _case_of_review(review_id: int) -> int:
    try:
        return Review.objects.values_list("case_id", flat=True).get(pk=review_id)
    except Review.DoesNotExist:
        raise Refused.because("no_such_review", "没有这项审查。") from None


def _standing(review_id: int) -> Review:
    row = Review.objects.filter(pk=review_id, cancelled_at__isnull=True).first()
    if row is None:
        raise Refused.because("no_such_review", "这项审查已经撤回。")
    return row


def _unsigned(file: OpenCase, letter_id: int) -> Letter:
    letter = file.case.letters.filter(pk=letter_id).first()
    if letter is None or not letter.outcome or letter.status not in _UNSIGNED:
        sentence = "只有还没有签发的答复才能送审、审查。"
        raise Refused.because("letter_status", sentence)
    return letter


def _is_secrecy(row: Review) -> bool:
    return row.kind == ReviewKind.SECRECY.value


def _named(letter: Letter) -> str:
    return KINDS[LetterKind(letter.kind)].label
