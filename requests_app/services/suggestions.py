"""The applicant suggests publishing for all what was asked for; the office decides and says so.

条例 44 ¶2: what is within the scope of proactive publication is published without delay. The
publication itself is another room; here is the suggestion and the decision on it.
"""

from __future__ import annotations

from datetime import datetime

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.domain.voices import ART_44_2, SuggestionDecision
from requests_app.models import PublicationSuggestion
from requests_app.services import case_file


def make(case_id: int, *, text: str, actor: Actor, at: datetime) -> PublicationSuggestion:
    """Keep the suggestion, once a case."""
    with case_file.opened(case_id, act=Act.SUGGEST_PUBLICATION, actor=actor, at=at) as file:
        kept = case_file.require_text(
            text, code="text", sentence="请写明建议公开什么、为什么。", citation=ART_44_2
        )
        if PublicationSuggestion.objects.filter(case=file.case).exists():
            raise Refused.because("suggested_already", "您已经提过建议，处理情况写在进度页上。")
        suggestion = PublicationSuggestion(case=file.case, text=kept, suggested_at=at)
        case_file.refuse_too_long(suggestion)
        suggestion.save()
        return suggestion


def decide(
    case_id: int,
    *,
    decision: SuggestionDecision,
    words: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> PublicationSuggestion:
    """Record what the office makes of the suggestion, in words the suggester reads; once."""
    with case_file.opened(
        case_id, act=Act.DECIDE_SUGGESTION, actor=actor, at=at, seen_version=seen_version
    ) as file:
        kept = case_file.require_text(
            words, code="words", sentence="请写明处理的理由，申请人会看到。", citation=ART_44_2
        )
        suggestion = (
            PublicationSuggestion.objects.select_for_update().filter(case=file.case).first()
        )
        if suggestion is None:
            raise Refused.because("no_suggestion", "申请人没有提出主动公开的建议。", ART_44_2)
        if suggestion.decision:
            raise Refused.because("decided_already", "这条建议已经处理过。")
        suggestion.decision, suggestion.decision_words = decision.value, kept
        suggestion.decided_at, suggestion.decided_by_id = at, actor.staff_id
        case_file.refuse_too_long(suggestion)
        suggestion.save()
        return suggestion
