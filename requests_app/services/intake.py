"""Register what came to the counter, by post, by fax or by word of mouth (条例 29, 31)."""

from __future__ import annotations

from datetime import datetime

from requests_app.domain import access
from requests_app.domain.access import Act, Actor
from requests_app.domain.application import Arrival, Channel
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.services import application_checks, applications, case_file, filing
from requests_app.services.applications import Application
from requests_app.services.filing import Filed


def register(
    application: Application,
    *,
    arrival: Arrival,
    actor: Actor,
    at: datetime,
    tracking_number: str = "",
    filled_by_staff_reason: str = "",
    identity_verified: bool = False,
) -> Filed:
    """Register a paper, fax or oral application; the day of receipt follows from how it came.

    ``identity_verified``: a member of staff saw the original paper, so no copy is asked for. An
    oral application needs the reason why it could not be written (条例 29 ¶1).
    """
    refuse_if_any(access.reasons_against(Act.REGISTER, actor=actor))
    if arrival.channel is Channel.ONLINE:
        raise Refused.because("channel", "网上申请由申请人自己提交，不在这里登记。")
    if arrival.channel is Channel.ORAL and not filled_by_staff_reason.strip():
        sentence = "口头申请请写明采用书面形式确有困难的原因，并向申请人宣读核对。"
        raise Refused.because(
            "filled_by_staff_reason", sentence, "《政府信息公开条例》第二十九条第一款"
        )
    if (earlier := filing.already_filed(application)) is not None:
        return earlier
    today = case_file.local_day(at)
    received_on = arrival.received_on(today=today)
    given = applications.tidy(application)
    refuse_if_any(
        application_checks.check(given, today=today, identity_paper_required=not identity_verified)
    )
    return filing.take_in(
        given,
        channel=arrival.channel,
        arrived_on=arrival.arrived_on,
        received_on=received_on,
        actor=actor,
        act=Act.REGISTER,
        at=at,
        confirmed_how=arrival.confirmed_how.strip(),
        tracking_number=tracking_number.strip(),
        filled_by_staff_reason=filled_by_staff_reason.strip(),
    )
