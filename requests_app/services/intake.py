"""Register what came to the counter, by post, by fax or by word of mouth (条例 29, 31)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from requests_app.domain import access, arrivals
from requests_app.domain.access import Act, Actor
from requests_app.domain.application import ApplicantKind, Arrival, Channel
from requests_app.domain.arrivals import CONFIRMED_WAY_LABELS, ArrivalProof
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.models import ArrivalRecord, Case
from requests_app.services import application_checks, applications, case_file, filing, stray_mail
from requests_app.services.applications import Application
from requests_app.services.filing import Filed

_TABLE_THREE: Final = "国办公开办函〔2021〕30号"
_NO_PROOF: Final = ArrivalProof()


def register(
    application: Application,
    *,
    arrival: Arrival,
    actor: Actor,
    at: datetime,
    proof: ArrivalProof = _NO_PROOF,
    filled_by_staff_reason: str = "",
    identity_verified: bool = False,
    stray_id: int | None = None,
) -> Filed:
    """Register a paper, fax or oral application; the day of receipt follows from how it came.

    ``proof`` says who signed, who confirmed, who read back; what the channel needs of it is asked
    for. ``identity_verified``: a member of staff saw the original paper, so no copy is asked for.
    An oral application needs the reason why it could not be written (条例 29 ¶1). ``stray_id``
    names the entry in the register of other mail that turned out to be this application.
    """
    refuse_if_any(access.reasons_against(Act.REGISTER, actor=actor))
    if arrival.channel is Channel.ONLINE:
        raise Refused.because("channel", "网上申请由申请人自己提交，不在这里登记。")
    if (earlier := filing.already_filed(application)) is not None:
        return earlier
    today = case_file.local_day(at)
    received_on = arrival.received_on(today=today)
    record = _record(arrival, proof=proof, actor=actor)
    given = applications.tidy(application)
    refuse_if_any(
        (
            *_about_words(arrival, reason=filled_by_staff_reason),
            *arrivals.reasons_against(proof, arrival=arrival),
            *_about_organisation(given),
            *application_checks.check(
                given, today=today, identity_paper_required=not identity_verified
            ),
        )
    )
    case_file.refuse_too_long(record)

    def along(case: Case) -> None:
        record.case = case
        record.save()
        if stray_id is not None:
            stray_mail.became(stray_id, case=case)

    return filing.take_in(
        given,
        channel=arrival.channel,
        arrived_on=arrival.arrived_on,
        received_on=received_on,
        actor=actor,
        act=Act.REGISTER,
        at=at,
        confirmed_how=_confirmed_words(arrival, proof=proof),
        tracking_number=arrivals.normalise_post_number(proof.tracking_number),
        filled_by_staff_reason=filled_by_staff_reason.strip(),
        along=along,
    )


def _about_words(arrival: Arrival, *, reason: str) -> tuple[Reason, ...]:
    if arrival.channel is not Channel.ORAL or reason.strip():
        return ()
    sentence = "口头申请请写明采用书面形式确有困难的原因，并向申请人宣读核对。"
    return (Reason("filled_by_staff_reason", sentence, "《政府信息公开条例》第二十九条第一款"),)


def _about_organisation(application: Application) -> tuple[Reason, ...]:
    """Ask the clerk for the column of table three; a citizen who files online may leave it open."""
    given = application.applicant
    if given.kind is ApplicantKind.PERSON or given.organisation_type is not None:
        return ()
    sentence = "请选择单位性质：年度报告按它分列。"
    return (Reason("organisation_type", sentence, _TABLE_THREE),)


def _record(arrival: Arrival, *, proof: ArrivalProof, actor: Actor) -> ArrivalRecord:
    confirmed = arrival.confirmed_on is not None
    return ArrivalRecord(
        signer=proof.signer.strip(),
        postmarked_on=proof.postmarked_on,
        confirmed_with=proof.confirmed_with.strip(),
        confirmed_way=proof.confirmed_way.value if proof.confirmed_way else "",
        confirmed_time=proof.confirmed_time,
        confirmer=actor.name if confirmed else "",
        late_reason=proof.late_reason.strip(),
        read_back=proof.read_back.value if proof.read_back else "",
        writer=actor.name if arrival.channel is Channel.ORAL else "",
    )


def _confirmed_words(arrival: Arrival, *, proof: ArrivalProof) -> str:
    """Put who confirmed with whom, when and how into one sentence for the case."""
    if arrival.confirmed_on is None:
        return ""
    way = CONFIRMED_WAY_LABELS[proof.confirmed_way] if proof.confirmed_way else ""
    at = f"{proof.confirmed_time:%H:%M}" if proof.confirmed_time else ""
    told = [way, at, proof.confirmed_with.strip(), arrival.confirmed_how.strip()]
    return "，".join(part for part in told if part)[:200]
