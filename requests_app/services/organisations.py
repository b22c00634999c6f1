"""Fill in what kind of organisation applied, where nobody has written it down.

Old registers often do not say. Table 三 counts organisations by their kind, so a year cannot be locked
while one is missing. What was filed stays: only an empty field is filled, and the ledger tells it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.application import (
    ORGANISATION_TYPE_LABELS,
    ApplicantKind,
    OrganisationType,
)
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.ledger import Entry
from requests_app.models import Applicant, Case
from requests_app.services import case_file, entries, projections


def record_kind(case_id: int, *, kind: str, actor: Actor, at: datetime) -> Case:
    """Record the kind of the organisation that applied, also in a closed case.

    Refuses who may not, a kind there is not, a natural person, and an organisation whose kind is known.
    """
    refuse_if_any(reasons_against(Act.RECORD_ORGANISATION, actor=actor))
    if kind not in set(OrganisationType):
        raise Refused.because(
            "organisation_type",
            "请选择单位性质，年度报告表三按它计数。",
            "国办公开办函〔2021〕30号",
        )
    with transaction.atomic():
        case = case_file.lock(case_id, actor=actor)
        applicant = Applicant.objects.select_for_update().get(pk=case.applicant_id)
        if applicant.kind != ApplicantKind.ORGANISATION:
            raise Refused.because("kind", f"{case.number}的申请人是自然人，没有单位性质。")
        if applicant.organisation_type:
            known = ORGANISATION_TYPE_LABELS[OrganisationType(applicant.organisation_type)]
            raise Refused.because("known", f"{case.number}已经记为“{known}”，不能在这里改。")
        applicant.organisation_type = kind
        applicant.save(update_fields=["organisation_type"])
        today = case_file.local_day(at)
        text = f"补记单位性质：{ORGANISATION_TYPE_LABELS[OrganisationType(kind)]}"
        entries.append(case, entry=Entry.NOTED, on=today, actor=actor, at=at, data={"text": text})
        projections.refresh(case, today=today, by_machine=True)
    return case
