"""Ask for an own record to be put right, as somebody whose case is already open here (条例 41).

Whoever has none files like anybody else: ``filing.file_online`` with the matter in the application.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from requests_app.domain.access import APPLICANT, Act
from requests_app.domain.application import (
    ApplicantKind,
    Channel,
    FormWanted,
    OrganisationType,
    WayWanted,
)
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.identity import IdKind
from requests_app.domain.matters import ART_41, Matter
from requests_app.models import Applicant, Case
from requests_app.selectors import offices
from requests_app.services import applicants, application_checks, applications, case_file, filing
from requests_app.services.applications import (
    AgentGiven,
    ApplicantGiven,
    Application,
    GuardianGiven,
)
from requests_app.services.filing import Filed
from requests_app.services.papers import FileGiven

_SOMEBODY_ELSE: Final = (
    "这件申请由代理人提出，或者由几位一起提出，不能凭它申请更正个人的记录；"
    "请从“申请更正”另行提出，附身份证明，代理的附委托书。"
)


@dataclass(frozen=True)
class RecordGiven:
    """Which record is wrong, what in it, and how the answer should come; with the evidence."""

    record_name: str
    wrong_content: str
    form_wanted: FormWanted
    way_wanted: WayWanted
    idempotency_key: uuid.UUID
    evidence: Sequence[FileGiven] = ()


def application_of(
    given: RecordGiven,
    *,
    applicant: ApplicantGiven,
    guardian: GuardianGiven | None = None,
    agent: AgentGiven | None = None,
) -> Application:
    """Return the application a record makes."""
    return Application(
        applicant=applicant,
        guardian=guardian,
        agent=agent,
        description=given.wrong_content,
        document_name=given.record_name,
        form_wanted=given.form_wanted,
        way_wanted=given.way_wanted,
        idempotency_key=given.idempotency_key,
        files=given.evidence,
        matter=Matter.AMENDMENT,
    )


def file_online(
    given: RecordGiven,
    *,
    applicant: ApplicantGiven,
    at: datetime,
    guardian: GuardianGiven | None = None,
    agent: AgentGiven | None = None,
) -> Filed:
    """File the application of somebody new; refuses like any filing, and without evidence."""
    application = application_of(given, applicant=applicant, guardian=guardian, agent=agent)
    return filing.file_online(application, at=at)


def file_as_applicant_of(case_id: int, *, given: RecordGiven, at: datetime) -> Filed:
    """File in the name of the applicant of a case that was opened by number and code.

    Who it is was proved there, so neither the papers nor the number are asked for again. A guardian
    who consented there still stands for the child. Refuses where the code may be in other hands:
    an agent's, who needs an authority for this matter, or those of people who apply together.
    """
    case = Case.objects.select_related("applicant", "guardian").get(pk=case_id)
    application = application_of(
        given,
        applicant=_as_given(case.applicant),
        guardian=applicants.guardian_given(case.guardian),
    )
    if (earlier := filing.already_filed(application)) is not None:
        return earlier
    if not knows_who_asks(case):
        raise Refused.because("applicant", _SOMEBODY_ELSE, ART_41)
    today = case_file.local_day(at)
    offices.refuse_unless_online(offices.settings(on=today))
    tidied = applications.tidy(application)
    refuse_if_any(
        application_checks.check(
            tidied, today=today, identity_paper_required=False, evidence_required=True
        )
    )
    return filing.take_in(
        tidied,
        channel=Channel.ONLINE,
        arrived_on=today,
        received_on=today,
        actor=APPLICANT,
        act=Act.FILE,
        at=at,
    )


def knows_who_asks(case: Case) -> bool:
    """Tell whether the code of a case is the applicant's alone: no agent, nobody who applies together."""
    return case.agent_id is None and case.applicant_count == 1


def _as_given(held: Applicant) -> ApplicantGiven:
    return ApplicantGiven(
        kind=ApplicantKind(held.kind),
        name=held.name,
        identity_kind=IdKind(held.identity_kind) if held.identity_kind else None,
        identity_number=applicants.open_number(held),
        organisation_type=OrganisationType(held.organisation_type)
        if held.organisation_type
        else None,
        representative=held.representative,
        contact_person=held.contact_person,
        phone=held.phone,
        email=held.email,
        address=held.address,
        postcode=held.postcode,
        needs_help=held.needs_help,
    )
