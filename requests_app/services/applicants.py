"""Write down who applies: the applicant, those who apply with them, guardian and agent, sealed.

Called by ``filing`` inside its transaction; whether they may apply was checked before.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Model

from requests_app.adapters import crypto
from requests_app.domain import identity
from requests_app.domain.applicants import GuardianRelation
from requests_app.domain.application import ApplicantKind
from requests_app.domain.identity import IdKind
from requests_app.models import Agent, Applicant, Case, CoApplicant, Guardian
from requests_app.services import case_file
from requests_app.services.applications import (
    AgentGiven,
    ApplicantGiven,
    GuardianGiven,
    PartnerGiven,
)

#: What the seal of each row is bound to, before its own ``seal_binding``.
_SEALED_AS: Final[Mapping[type[Model], str]] = {
    Applicant: "applicant",
    CoApplicant: "co_applicant",
    Guardian: "guardian",
    Agent: "agent",
}


@dataclass(frozen=True)
class _Paper:
    """A number as the rows keep it: kind, sealed, indexed, masked; all empty where there is none."""

    kind: str
    binding: uuid.UUID
    sealed: str
    index: str
    masked: str


def save_applicant(given: ApplicantGiven, *, today: date) -> Applicant:
    """Write the first applicant."""
    organisation = given.kind is ApplicantKind.ORGANISATION
    paper = _paper(Applicant, _kind(given), given.identity_number, today=today)
    row = Applicant(
        kind=given.kind.value,
        name=identity.clean_name(given.name),
        organisation_type=_organisation_type(given),
        representative=given.representative if organisation else "",
        contact_person=given.contact_person if organisation else "",
        identity_kind=paper.kind,
        identity_sealed=paper.sealed,
        identity_index=paper.index,
        identity_masked=paper.masked,
        seal_binding=paper.binding,
        phone=given.phone,
        email=given.email,
        address=given.address,
        postcode=given.postcode,
        fax=given.fax,
        needs_help=given.needs_help,
        help_wanted=given.help_wanted if given.needs_help else "",
    )
    case_file.refuse_too_long(row)
    row.save()
    return row


def save_partners(case: Case, partners: Sequence[PartnerGiven], *, today: date) -> None:
    """Write those who apply together with the first applicant, in the order they were named."""
    rows = []
    for place, given in enumerate(partners, start=2):
        paper = _paper(CoApplicant, _kind(given), given.identity_number, today=today)
        row = CoApplicant(
            case=case,
            position=place,
            kind=given.kind.value,
            name=identity.clean_name(given.name),
            organisation_type=_organisation_type(given),
            representative=given.representative if given.kind is ApplicantKind.ORGANISATION else "",
            identity_kind=paper.kind,
            identity_sealed=paper.sealed,
            identity_index=paper.index,
            identity_masked=paper.masked,
            seal_binding=paper.binding,
            phone=given.phone,
        )
        case_file.refuse_too_long(row)
        rows.append(row)
    CoApplicant.objects.bulk_create(rows)


def save_guardian(given: GuardianGiven | None, *, today: date, at: datetime) -> Guardian | None:
    """Write the guardian, who consents with the application (个人信息保护法 31)."""
    if given is None or given.relation is None or not given.consents:
        return None
    paper = _paper(Guardian, given.identity_kind, given.identity_number, today=today)
    row = Guardian(
        name=identity.clean_name(given.name),
        relation=given.relation.value,
        identity_kind=given.identity_kind.value,
        identity_sealed=paper.sealed,
        identity_masked=paper.masked,
        seal_binding=paper.binding,
        phone=given.phone,
        consented_at=at,
    )
    case_file.refuse_too_long(row)
    row.save()
    return row


def save_agent(given: AgentGiven | None, *, today: date) -> Agent | None:
    """Write who files for the applicant, if anybody does."""
    if given is None:
        return None
    paper = _paper(Agent, given.identity_kind, given.identity_number, today=today)
    row = Agent(
        name=identity.clean_name(given.name),
        identity_kind=given.identity_kind.value,
        identity_sealed=paper.sealed,
        identity_masked=paper.masked,
        seal_binding=paper.binding,
        phone=given.phone,
    )
    case_file.refuse_too_long(row)
    row.save()
    return row


def open_number(row: Applicant | CoApplicant | Guardian | Agent) -> str:
    """Return the number on somebody's paper in clear; who may ask is for ``access_log``."""
    if not row.identity_sealed:
        return ""
    bound_to = f"{_SEALED_AS[type(row)]}:{row.seal_binding}"
    return crypto.open_sealed(row.identity_sealed, bound_to=bound_to)


def guardian_given(row: Guardian | None) -> GuardianGiven | None:
    """Return a guardian as filed, for a case that follows from this one; the consent given stands."""
    if row is None:
        return None
    return GuardianGiven(
        name=row.name,
        relation=GuardianRelation(row.relation),
        identity_kind=IdKind(row.identity_kind),
        identity_number=open_number(row),
        phone=row.phone,
        consents=True,
    )


def _kind(given: ApplicantGiven | PartnerGiven) -> IdKind | None:
    organisation = given.kind is ApplicantKind.ORGANISATION
    return given.identity_kind or (
        IdKind.CREDIT_CODE if organisation and given.identity_number.strip() else None
    )


def _organisation_type(given: ApplicantGiven | PartnerGiven) -> str:
    if given.kind is not ApplicantKind.ORGANISATION or given.organisation_type is None:
        return ""
    return given.organisation_type.value


def _paper(model: type[Model], kind: IdKind | None, number: str, *, today: date) -> _Paper:
    binding = uuid.uuid4()
    normal = _normal_number(kind, number, today=today)
    if kind is None or not normal:
        return _Paper("", binding, "", "", "")
    return _Paper(
        kind=kind.value,
        binding=binding,
        sealed=crypto.seal(normal, bound_to=f"{_SEALED_AS[model]}:{binding}"),
        index=crypto.blind_index(normal),
        masked=identity.mask(normal),
    )


def _normal_number(kind: IdKind | None, number: str, *, today: date) -> str:
    """Return the number in its stored form. Credit codes warn and never stop (real registered codes fail the check)."""
    if kind is None or not number.strip():
        return ""
    if kind is IdKind.CREDIT_CODE:
        return identity.normalise_number(number)
    return identity.check_identity(kind, number, today=today)
