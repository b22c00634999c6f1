"""Cut one letter that asks for several things into several cases (一事一申请)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone

from requests_app.domain.access import Act, Actor
from requests_app.domain.application import (
    ApplicantKind,
    Channel,
    FormWanted,
    OrganisationType,
    WayWanted,
)
from requests_app.domain.case_links import LinkKind
from requests_app.domain.errors import Refused
from requests_app.domain.identity import IdKind
from requests_app.domain.ledger import Entry
from requests_app.domain.matters import Matter
from requests_app.models import Agent, Applicant, Case, CaseLink, CoApplicant
from requests_app.services import applicants, case_file, entries, filing
from requests_app.services.applications import (
    AgentGiven,
    ApplicantGiven,
    Application,
    PartnerGiven,
)

MOST: Final = 20


def split(
    case_id: int,
    *,
    kept: str,
    parts: Sequence[str],
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> tuple[Case, ...]:
    """Leave ``kept`` with the case and make one more case of each of ``parts``; all or nothing.

    Each has its own number, code and receipt, the same applicant, guardian and agent, the same
    reading point and the same day of receipt, and points at the first. The scans stay with the first. What the letter said before stays in the
    ledger.
    """
    with case_file.opened(
        case_id, act=Act.SPLIT, actor=actor, at=at, seen_version=seen_version
    ) as file:
        first = file.case
        why = case_file.require_text(reason, code="reason", sentence="请写明为什么拆分。")
        own = case_file.require_text(kept, code="kept", sentence="请写明本件保留哪一项。")
        wanted = [part.strip() for part in parts if part.strip()]
        if not wanted:
            raise Refused.because("parts", "请至少写出一项要拆成另一件的内容。")
        if len(wanted) > MOST:
            raise Refused.because("parts", f"一次最多拆出{MOST}件。")
        if len({own, *wanted}) <= len(wanted):
            raise Refused.because("parts", "各件的内容不能相同。")
        made = tuple(
            _make(first, text=text, place=place, actor=actor, at=at)
            for place, text in enumerate(wanted, start=1)
        )
        numbers = "、".join(case.number for case in made)
        entries.append(
            first,
            entry=Entry.NOTED,
            on=file.today,
            actor=actor,
            at=at,
            data={
                "text": f"一事一申请，拆出{numbers}",
                "reason": why,
                "original": first.description,
            },
        )
        first.description = own
        case_file.refuse_too_long(first)
        return made


def _make(first: Case, *, text: str, place: int, actor: Actor, at: datetime) -> Case:
    application = Application(
        applicant=_as_given(first.applicant),
        description=text,
        form_wanted=FormWanted(first.form_wanted),
        way_wanted=WayWanted(first.way_wanted),
        accepts_other_form=first.accepts_other_form,
        body_code=first.body.code,
        partners=tuple(_as_partner(each) for each in first.co_applicants.order_by("position")),
        guardian=applicants.guardian_given(first.guardian),
        agent=_as_agent(first.agent),
        reading_point=first.reading_point,
        matter=Matter(first.matter),
        idempotency_key=uuid.uuid5(first.idempotency_key, f"{first.version}:{place}"),
    )

    def along(case: Case) -> None:
        if case.guardian is not None and first.guardian is not None:
            # Consent was given once, with the letter; cutting the letter gives it no other day.
            case.guardian.consented_at = first.guardian.consented_at
            case.guardian.save(update_fields=["consented_at"])
        CaseLink.objects.create(
            case=case,
            other=first,
            kind=LinkKind.SAME_LETTER.value,
            made_at=at,
            made_by_id=actor.staff,
        )

    return filing.take_in(
        application,
        channel=Channel(first.channel),
        arrived_on=timezone.localtime(first.arrived_at).date(),
        received_on=first.received_on,
        actor=actor,
        act=Act.REGISTER,
        at=at,
        confirmed_how=first.confirmed_how,
        tracking_number=first.tracking_number,
        filled_by_staff_reason=first.filled_by_staff_reason,
        along=along,
    ).case


def _as_given(applicant: Applicant) -> ApplicantGiven:
    """Return the applicant as filed; the identity number goes from seal to seal and is shown to nobody."""
    kind = applicant.organisation_type
    return ApplicantGiven(
        kind=ApplicantKind(applicant.kind),
        name=applicant.name,
        identity_kind=IdKind(applicant.identity_kind) if applicant.identity_kind else None,
        identity_number=applicants.open_number(applicant),
        organisation_type=OrganisationType(kind) if kind else None,
        representative=applicant.representative,
        contact_person=applicant.contact_person,
        phone=applicant.phone,
        email=applicant.email,
        address=applicant.address,
        postcode=applicant.postcode,
        fax=applicant.fax,
        needs_help=applicant.needs_help,
        help_wanted=applicant.help_wanted,
    )


def _as_partner(row: CoApplicant) -> PartnerGiven:
    kind = row.organisation_type
    return PartnerGiven(
        kind=ApplicantKind(row.kind),
        name=row.name,
        identity_kind=IdKind(row.identity_kind) if row.identity_kind else None,
        identity_number=applicants.open_number(row),
        organisation_type=OrganisationType(kind) if kind else None,
        representative=row.representative,
        phone=row.phone,
    )


def _as_agent(row: Agent | None) -> AgentGiven | None:
    if row is None:
        return None
    return AgentGiven(
        name=row.name,
        identity_kind=IdKind(row.identity_kind),
        identity_number=applicants.open_number(row),
        phone=row.phone,
    )
