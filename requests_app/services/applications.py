"""An application as handed in, by whatever way: values only.

``application_checks`` says what stands against one, ``filing`` takes in what passes.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, TypeVar

from requests_app.domain import plain_text
from requests_app.domain.applicants import GuardianRelation
from requests_app.domain.application import ApplicantKind, FormWanted, OrganisationType, WayWanted
from requests_app.domain.identity import IdKind
from requests_app.domain.matters import Matter
from requests_app.services.papers import FileGiven, FileTaken

ART_29: Final = "《政府信息公开条例》第二十九条第二款"
MAX_DESCRIPTION: Final = 20_000

_Given = TypeVar("_Given", "ApplicantGiven", "PartnerGiven", "GuardianGiven", "AgentGiven")
#: ``identity`` judges and cleans these by itself, or there is more than one line in them.
_LEFT_ALONE: Final = frozenset({"name", "identity_number"})


@dataclass(frozen=True)
class ApplicantGiven:
    """Who applies, as typed. The identity number leaves this object only sealed or indexed.

    ``under_14`` is what was said, for papers whose number carries no day of birth.
    """

    kind: ApplicantKind
    name: str
    identity_kind: IdKind | None = None
    identity_number: str = field(default="", repr=False)
    organisation_type: OrganisationType | None = None
    representative: str = ""
    contact_person: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    fax: str = ""
    needs_help: bool = False
    help_wanted: str = ""
    under_14: bool = False


@dataclass(frozen=True)
class PartnerGiven:
    """Who applies together with the first applicant, as typed."""

    kind: ApplicantKind
    name: str
    identity_kind: IdKind | None = None
    identity_number: str = field(default="", repr=False)
    organisation_type: OrganisationType | None = None
    representative: str = ""
    phone: str = ""


@dataclass(frozen=True)
class GuardianGiven:
    """Who consents for an applicant under 14, as typed."""

    name: str
    relation: GuardianRelation | None
    identity_kind: IdKind
    identity_number: str = field(repr=False)
    phone: str = ""
    consents: bool = False


@dataclass(frozen=True)
class AgentGiven:
    """Who files for the applicant, as typed."""

    name: str
    identity_kind: IdKind
    identity_number: str = field(repr=False)
    phone: str = ""


@dataclass(frozen=True)
class Application:
    """One application as handed in. The same ``idempotency_key`` twice is the same application.

    ``files`` are as somebody handed them in, or taken in before and kept with a draft.
    """

    applicant: ApplicantGiven
    description: str
    form_wanted: FormWanted
    way_wanted: WayWanted
    idempotency_key: uuid.UUID
    partners: Sequence[PartnerGiven] = ()
    guardian: GuardianGiven | None = None
    agent: AgentGiven | None = None
    body_code: str = ""
    document_name: str = ""
    document_number: str = ""
    document_year: str = ""
    reading_point: str = ""
    accepts_other_form: bool = True
    files: Sequence[FileGiven | FileTaken] = ()
    matter: Matter = Matter.DISCLOSURE

    @property
    def people(self) -> tuple[tuple[IdKind | None, str], ...]:
        """Return paper and number of each applicant who is a person."""
        everybody: tuple[ApplicantGiven | PartnerGiven, ...] = (self.applicant, *self.partners)
        return tuple(
            (each.identity_kind, each.identity_number)
            for each in everybody
            if each.kind is ApplicantKind.PERSON
        )


def tidy(application: Application) -> Application:
    """Return the application without what nobody can see: see ``domain.plain_text``."""
    return replace(
        application,
        applicant=_tidy(application.applicant),
        partners=tuple(_tidy(each) for each in application.partners),
        guardian=_tidy(application.guardian) if application.guardian else None,
        agent=_tidy(application.agent) if application.agent else None,
        description=plain_text.clean(application.description),
        document_name=plain_text.one_line(application.document_name),
        document_number=plain_text.one_line(application.document_number),
        document_year=plain_text.one_line(application.document_year),
    )


def _tidy(given: _Given) -> _Given:
    changes: dict[str, Any] = {}
    for each in fields(given):
        value = getattr(given, each.name)
        # The members of an enumeration are texts too, and stay what they are.
        if type(value) is str and each.name not in _LEFT_ALONE:
            changes[each.name] = plain_text.one_line(value)
    return replace(given, **changes)
