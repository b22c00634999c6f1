"""Extend the reply period once, with the head's consent and notice in time (条例 33 ¶2)."""

from __future__ import annotations

from datetime import datetime

from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import ART_33_2
from requests_app.domain.letters import LetterKind
from requests_app.models import Letter
from requests_app.services import case_file, letters


def request(
    case_id: int,
    *,
    days: int,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Letter:
    """Draft the 延期答复告知书 for ``days`` working days (1 to 20); the head decides by signing it."""
    with case_file.opened(
        case_id, act=Act.EXTEND, actor=actor, at=at, seen_version=seen_version
    ) as file:
        kept = case_file.require_text(
            reason,
            code="reason",
            sentence="请写明延长答复期限的理由。",
            citation=ART_33_2,
        )
        fields = {"days": str(days), "reason": kept}
        return letters.draft(file, kind=LetterKind.EXTENSION, act=Act.EXTEND, fields=fields)
