"""Correct which body an application is addressed to. It decides seal, numbers and remedies."""

from __future__ import annotations

from datetime import datetime

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.models import Event, IssuingBody
from requests_app.services import case_file, entries


def change(case_id: int, *, body_code: str, reason: str, actor: Actor, at: datetime) -> Event:
    """Change the body that answers, with the reason. Letters already issued keep their own.

    The case keeps its number: the applicant knows it by that.
    """
    with case_file.opened(case_id, act=Act.CHANGE_BODY, actor=actor, at=at) as file:
        kept = case_file.require_text(reason, code="reason", sentence="更正受文机关必须写明理由。")
        body = IssuingBody.objects.filter(code=body_code).first()
        if body is None or body.pk == file.case.body_id:
            raise Refused.because("body_code", "请选择另一个受文机关。")
        taken = type(file.case).objects.filter(body=body, number=file.case.number).exists()
        if taken:
            raise Refused.because(
                "body_code", "那个机关已有同号的申请，不能更正；请登记为新的申请。"
            )
        data = {"from": file.case.body.code, "to": body.code, "reason": kept}
        file.case.body = body
        return entries.append(
            file.case, entry=Entry.BODY_CHANGED, on=file.today, actor=actor, at=at, data=data
        )
