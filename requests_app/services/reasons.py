"""Too many or too frequent: ask for reasons, record them, set a later date (条例 35)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import ART_35
from requests_app.domain.ledger import Entry
from requests_app.domain.letters import LetterKind
from requests_app.models import Event, Letter
from requests_app.services import case_file, entries, letters


def ask(
    case_id: int,
    *,
    fields: Mapping[str, str],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Letter:
    """Draft the 说明理由通知书. It stops no clock."""
    with case_file.opened(
        case_id, act=Act.ASK_REASONS, actor=actor, at=at, seen_version=seen_version
    ) as file:
        return letters.draft(file, kind=LetterKind.REASONS, act=Act.ASK_REASONS, fields=fields)


def give(case_id: int, *, text: str, on: date, actor: Actor, at: datetime) -> Event:
    """Record the reasons the applicant gives; whether they are reasonable the office decides."""
    with case_file.opened(case_id, act=Act.GIVE_REASONS, actor=actor, at=at, on=on) as file:
        kept = case_file.require_text(
            text, code="text", sentence="请写申请的理由。", citation=ART_35
        )
        return entries.append(
            file.case, entry=Entry.REASONS_GIVEN, on=on, actor=actor, at=at, data={"text": kept}
        )


def delay(
    case_id: int,
    *,
    until: date,
    fields: Mapping[str, str],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Letter:
    """Draft the 延迟答复告知书: the reasons hold, and the office sets a later, reasonable day."""
    with case_file.opened(
        case_id, act=Act.DELAY, actor=actor, at=at, seen_version=seen_version
    ) as file:
        given = {**fields, "until": until.isoformat()}
        return letters.draft(file, kind=LetterKind.DELAY, act=Act.DELAY, fields=given)
