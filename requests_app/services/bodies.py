"""Correct which body an application is addressed to. It decides seal, numbers and remedies."""

from __future__ import annotations

from datetime import datetime

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.models import Case, Event, IssuingBody
from requests_app.services import case_file, entries, numbers


def change(case_id: int, *, body_code: str, reason: str, actor: Actor, at: datetime) -> Event:
    """Change the body that answers, with the reason. Letters already issued keep their own.

    Numbers run per body, so the case draws one of its new body's series. The applicant knows the
    former one from the receipt: it stays on the case, and keeps opening it with the query code.
    """
    with case_file.opened(case_id, act=Act.CHANGE_BODY, actor=actor, at=at) as file:
        kept = case_file.require_text(reason, code="reason", sentence="更正受文机关必须写明理由。")
        case = file.case
        body = IssuingBody.objects.filter(code=body_code).first()
        if body is None or body.pk == case.body_id:
            raise Refused.because("body_code", "请选择另一个受文机关。")
        number = _earlier_number(case, body=body)
        data = {
            "from": case.body.code,
            "to": body.code,
            "reason": kept,
            "former": case.number,
            "number": number or numbers.draw_case_number(body, year=case.year),
        }
        case.body = body
        case.former_number, case.number = case.number, data["number"]
        return entries.append(
            case, entry=Entry.BODY_CHANGED, on=file.today, actor=actor, at=at, data=data
        )


def _earlier_number(case: Case, *, body: IssuingBody) -> str:
    """Return the number the case had with ``body`` before, so that going back draws no second one."""
    changes = case.events.filter(entry=Entry.BODY_CHANGED.value).order_by("seq")
    return next((each.data["former"] for each in changes if each.data["from"] == body.code), "")
