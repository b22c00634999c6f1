"""Decide whether what several people asked for is published unasked (条例 44 ¶1)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.models import CaseLikeness, Event, PublicationDecision
from requests_app.services import case_file, entries

ART_44: Final = "《政府信息公开条例》第四十四条第一款"


def decide(
    case_id: int,
    *,
    publish: bool,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Event:
    """Record the decision with its reason, in the ledger and beside it.

    Asked only where another person's application asks for nearly the same. A later application for
    it raises the question anew, for that application.
    """
    with case_file.opened(
        case_id, act=Act.DECIDE_PUBLICATION, actor=actor, at=at, seen_version=seen_version
    ) as file:
        kept = case_file.require_text(
            reason, code="reason", sentence="请写明决定的理由。", citation=ART_44
        )
        if not _others_ask(case_id):
            sentence = "没有其他申请人申请同样的信息，不需要作这个决定。"
            raise Refused.because("nobody_else", sentence, ART_44)
        row = PublicationDecision(
            case=file.case,
            publish=publish,
            reason=kept,
            decided_at=at,
            decided_by_id=actor.staff,
        )
        case_file.refuse_too_long(row)
        row.save()
        words = "转为主动公开" if publish else "暂不主动公开"
        data = {"text": f"多人申请同样信息：{words}", "reason": kept, "publish": publish}
        return entries.append(
            file.case, entry=Entry.NOTED, on=file.today, actor=actor, at=at, data=data
        )


def _others_ask(case_id: int) -> bool:
    pairs = CaseLikeness.objects.filter(same_applicant=False)
    return pairs.filter(case_id=case_id).exists() or pairs.filter(other_id=case_id).exists()
