"""Decide a new version of the ladder's thresholds: from which day, by whom, why. None is ever changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.escalation import Thresholds
from requests_app.models import EscalationSettings
from requests_app.services import case_file
from requests_app.services.case_file import local_day


def decide(
    thresholds: Thresholds, *, effective_from: date, reason: str, actor: Actor, at: datetime
) -> EscalationSettings:
    """Add a version in force from a day on; what was planned before keeps the one it was planned by.

    Refuses who may not, a day before today and a missing reason.
    """
    refuse_if_any(reasons_against(Act.SET_ESCALATION, actor=actor))
    if effective_from < local_day(at):
        sentence = "生效日期不能早于今天：已经发出的提醒按当时的设置计算，不改写。"
        raise Refused.because("effective_from", sentence)
    kept = case_file.require_text(reason, code="reason", sentence="请写明修改理由。")
    row = EscalationSettings(
        effective_from=effective_from,
        reason=kept,
        decided_by_id=actor.staff,
        decided_at=at,
        **asdict(thresholds),
    )
    case_file.refuse_too_long(row)
    row.save()
    return row
