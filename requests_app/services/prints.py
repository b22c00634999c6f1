"""Keep in mind who printed what holds an applicant's contacts (个人信息保护法 51)."""

from __future__ import annotations

from datetime import datetime

from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.models import AccessRecord
from requests_app.selectors import cases
from requests_app.services import case_file


def record(case_id: int, *, what: str, actor: Actor, at: datetime) -> AccessRecord:
    """Write down that somebody printed ``what``; refuses a case the actor does not see."""
    refuse_if_any(reasons_against(Act.READ_CASE, actor=actor))
    if not cases.visible_to(actor).filter(pk=case_id).exists():
        raise Refused.because("no_such_case", "没有这件申请，或者不属于您的办理范围。")
    return keep(case_id, what=f"打印：{what}", reason="办理需要", actor=actor, at=at)


def keep(case_id: int, *, what: str, reason: str, actor: Actor, at: datetime) -> AccessRecord:
    """Keep one look of a member of staff at what is sensitive, with its reason."""
    kept = AccessRecord(case_id=case_id, staff_id=staff_id(actor), what=what, reason=reason, at=at)
    case_file.refuse_too_long(kept)
    kept.save()
    return kept


def staff_id(actor: Actor) -> int:
    """Return who of the staff acts; anybody else here is a programming error."""
    if actor.staff_id is None:
        message = "only members of staff print and bind"
        raise ValueError(message)
    return actor.staff_id
