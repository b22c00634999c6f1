"""Merge a duplicate into the case received first: the same person, the same request, sent twice.

The duplicate ends there; its papers stay with it and are found through the link. The applicant
keeps both receipts and is told which number goes on. What was merged is counted once: table 三 of
the annual report leaves it out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import ART_45
from requests_app.domain.case_facts import UNDER_WAY
from requests_app.domain.case_links import LinkKind
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.ledger import OPEN, STATUS_LABELS, Entry, Status
from requests_app.models import Case, CaseLink, Event
from requests_app.selectors import cases
from requests_app.services import case_file, entries, text_index
from requests_app.services.case_file import OpenCase

_ART_29: Final = "《政府信息公开条例》第二十九条"


def merge(
    case_id: int,
    *,
    into_id: int,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Event:
    """End ``case_id`` as merged into ``into_id``, which goes on with the earlier period.

    Refuses different applicants, a target that was received later or is closed, and a duplicate
    with a letter under way or a question still out: nothing anybody waits for may vanish.
    """
    with case_file.opened(
        case_id, act=Act.MERGE, actor=actor, at=at, seen_version=seen_version
    ) as file:
        kept = case_file.require_text(reason, code="reason", sentence="并案必须写明理由。")
        target = _target(into_id, actor=actor)
        refuse_if_any((*_against_target(file.case, target=target), *_unfinished(file)))
        data = {"into": target.number, "into_id": target.pk, "reason": kept}
        event = entries.append(
            file.case, entry=Entry.MERGED, on=file.today, actor=actor, at=at, data=data
        )
        CaseLink.objects.create(
            case=file.case,
            other=target,
            kind=LinkKind.MERGED_INTO.value,
            made_at=at,
            made_by_id=actor.staff,
        )
        return event


def _target(into_id: int, *, actor: Actor) -> Case:
    found = cases.visible_to(actor).select_related("applicant").filter(pk=into_id).first()
    if found is None:
        raise Refused.because("into", "没有这件申请，请核对编号。")
    return found


def _against_target(case: Case, *, target: Case) -> tuple[Reason, ...]:
    if target.pk == case.pk:
        return (Reason("into", "不能并入它自己。"),)
    reasons = []
    if not text_index.is_same(case.applicant, target.applicant):
        sentence = "只有同一申请人重复提交的申请才能合并；不同的人申请同样的内容，分别答复。"
        reasons.append(Reason("into", sentence, _ART_29))
    if target.body_id != case.body_id:
        reasons.append(Reason("into", "两件申请的受文机关不同，请先更正受文机关。"))
    if (target.received_on, target.pk) > (case.received_on, case.pk):
        sentence = f"请并入先收到的那一件：{target.number}收到在后，期限会因此变晚。"
        reasons.append(Reason("into", sentence))
    if Status(target.status) not in OPEN:
        sentence = f"{target.number}已经办结（{STATUS_LABELS[Status(target.status)]}），不能再并入；可以按重复申请答复。"
        reasons.append(Reason("into", sentence, "《政府信息公开条例》第三十六条第（六）项"))
    return tuple(reasons)


def _unfinished(file: OpenCase) -> tuple[Reason, ...]:
    reasons = []
    if any(
        letter.status in UNDER_WAY and letter.act is not Act.REGISTER
        for letter in file.facts.letters
    ):
        sentence = "这件申请还有文书在起草、签发或者待发出，请先处理。"
        reasons.append(Reason("letters_waiting", sentence, ART_45))
    if file.facts.open_consultations:
        reasons.append(Reason("open_consultation", "这件申请还在征求意见，请先登记结果。"))
    return tuple(reasons)
