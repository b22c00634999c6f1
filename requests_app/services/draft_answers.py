"""From the answers of a draft to an application: names of fields in, values of the domain out.

What is not answered yet is left empty. Form and way have no empty value, so until step three is
answered they stand as the two that need nothing further; the form itself asks for a choice.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Final

from requests_app.domain.applicants import MOST_JOINT, GuardianRelation
from requests_app.domain.application import ApplicantKind, FormWanted, OrganisationType, WayWanted
from requests_app.domain.form_fields import partner_field
from requests_app.domain.identity import IdKind
from requests_app.domain.papers import PaperKind
from requests_app.services.applications import (
    AgentGiven,
    ApplicantGiven,
    Application,
    GuardianGiven,
    PartnerGiven,
)
from requests_app.services.papers import FileGiven, FileTaken

#: The uploads of the form, by the name of their field.
PAPER_FIELDS: Final[Mapping[str, PaperKind]] = {
    "identity_paper": PaperKind.IDENTITY,
    "guardian_paper": PaperKind.GUARDIANSHIP,
    "agent_paper": PaperKind.AUTHORISATION,
    "papers": PaperKind.OTHER,
}

_Files = Sequence[FileGiven | FileTaken]
_Answers = Mapping[str, str]


def application(key: uuid.UUID, answers: _Answers, *, files: _Files) -> Application:
    """Build the application these answers make; its key is that of the draft."""
    return Application(
        applicant=_applicant(answers),
        partners=[_partner(answers, place) for place in range(2, 2 + partners(answers))],
        guardian=guardian(answers, files=files),
        agent=agent(answers, files=files),
        description=answers.get("description", ""),
        document_name=answers.get("document_name", ""),
        document_number=answers.get("document_number", ""),
        document_year=answers.get("document_year", ""),
        body_code=answers.get("body_code", ""),
        form_wanted=FormWanted(answers.get("form_wanted") or FormWanted.ELECTRONIC),
        way_wanted=WayWanted(answers.get("way_wanted") or WayWanted.ONLINE),
        reading_point=answers.get("reading_point", ""),
        accepts_other_form=bool(answers.get("accepts_other_form")),
        idempotency_key=key,
        files=files,
    )


def partners(answers: _Answers) -> int:
    """Return how many apply together with the first applicant."""
    typed = answers.get("partners", "")
    count = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 3 else 0  # noqa: PLR2004
    return min(count, MOST_JOINT - 1)


def _applicant(answers: _Answers) -> ApplicantGiven:
    kind, identity_kind, number = _who(answers, prefix="")
    return ApplicantGiven(
        kind=kind,
        name=answers.get("name", ""),
        identity_kind=identity_kind,
        identity_number=number,
        organisation_type=_organisation_type(answers.get("organisation_type", "")),
        representative=answers.get("representative", ""),
        contact_person=answers.get("contact_person", ""),
        phone=answers.get("phone", ""),
        email=answers.get("email", ""),
        address=answers.get("address", ""),
        postcode=answers.get("postcode", ""),
        fax=answers.get("fax", ""),
        needs_help=bool(answers.get("needs_help")),
        help_wanted=answers.get("help_wanted", ""),
        under_14=bool(answers.get("under_14")),
    )


def _partner(answers: _Answers, place: int) -> PartnerGiven:
    def answer(name: str) -> str:
        return answers.get(partner_field(place, name), "")

    kind, identity_kind, number = _who(answers, prefix=partner_field(place, ""))
    return PartnerGiven(
        kind=kind,
        name=answer("name"),
        identity_kind=identity_kind,
        identity_number=number,
        organisation_type=_organisation_type(answer("organisation_type")),
        representative=answer("representative"),
        phone=answer("phone"),
    )


def _who(answers: _Answers, *, prefix: str) -> tuple[ApplicantKind, IdKind | None, str]:
    """Return the type of an applicant, the paper that fits it, and its number."""
    kind = ApplicantKind(answers.get(f"{prefix}kind") or ApplicantKind.PERSON)
    if kind is ApplicantKind.ORGANISATION:
        code = answers.get(f"{prefix}credit_code", "")
        return kind, IdKind.CREDIT_CODE if code.strip() else None, code
    paper = answers.get(f"{prefix}identity_kind", "")
    return kind, IdKind(paper) if paper else None, answers.get(f"{prefix}identity_number", "")


def _organisation_type(typed: str) -> OrganisationType | None:
    return OrganisationType(typed) if typed else None


def guardian(answers: _Answers, *, files: _Files) -> GuardianGiven | None:
    """Return who consents for a child, if anything was said of one."""
    if not _begun(answers, "guardian", files=files, kind=PaperKind.GUARDIANSHIP):
        return None
    relation = answers.get("guardian_relation", "")
    return GuardianGiven(
        name=answers.get("guardian_name", ""),
        relation=GuardianRelation(relation) if relation else None,
        identity_kind=IdKind(answers.get("guardian_identity_kind") or IdKind.RESIDENT_CARD),
        identity_number=answers.get("guardian_identity_number", ""),
        phone=answers.get("guardian_phone", ""),
        consents=bool(answers.get("guardian_consent")),
    )


def agent(answers: _Answers, *, files: _Files) -> AgentGiven | None:
    """Return who files for the applicant, if anything was said of one."""
    if not _begun(answers, "agent", files=files, kind=PaperKind.AUTHORISATION):
        return None
    return AgentGiven(
        name=answers.get("agent_name", ""),
        identity_kind=IdKind(answers.get("agent_identity_kind") or IdKind.RESIDENT_CARD),
        identity_number=answers.get("agent_identity_number", ""),
        phone=answers.get("agent_phone", ""),
    )


def _begun(answers: _Answers, who: str, *, files: _Files, kind: PaperKind) -> bool:
    """Tell whether anything was said of a guardian or an agent."""
    named = answers.get(f"{who}_name", "") + answers.get(f"{who}_identity_number", "")
    return bool(named.strip()) or any(given.kind is kind for given in files)
