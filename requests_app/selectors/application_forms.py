"""The application form with the office's own facts: blank for everybody, filled in for one case."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils import timezone

from requests_app.domain import application_form
from requests_app.domain.application import CHANNEL_LABELS, ApplicantKind, Channel
from requests_app.domain.form_fields import Group
from requests_app.domain.identity import conceal
from requests_app.domain.sheets import Sheet
from requests_app.models import Case, CoApplicant
from requests_app.selectors import offices

_YES: Final = "yes"


def blank(*, on: date) -> Sheet:
    """Return the blank form as of a day; refuses before the office is set up."""
    settings = offices.settings(on=on)
    contact = application_form.Contact(
        issuer=offices.default_body().name,
        unit=settings.receiving_unit,
        address=settings.address,
        postcode=settings.postcode,
        phone=settings.phone,
        fax=settings.fax if settings.takes_fax else "",
        hours="；".join(filter(None, (settings.office_hours, settings.season_hours))),
        envelope_note=settings.envelope_note,
        website=settings.website if settings.takes_online else "",
    )
    return application_form.blank(contact, bodies=_bodies())


def filled(case: Case) -> Sheet:
    """Return the form as ``case`` was filed, with numbers of papers masked."""
    applicant, agent = case.applicant, case.agent
    organisation = applicant.kind == ApplicantKind.ORGANISATION
    values = {
        "organisation_name" if organisation else "name": applicant.name,
        "credit_code" if organisation else "identity_number": applicant.identity_masked,
        "identity_kind": applicant.identity_kind,
        "organisation_type": applicant.organisation_type,
        "representative": applicant.representative,
        "contact_person": applicant.contact_person,
        "phone": applicant.phone,
        "email": applicant.email,
        "address": applicant.address,
        "postcode": applicant.postcode,
        "fax": applicant.fax,
        "needs_help": _YES if applicant.needs_help else "",
        "help_wanted": applicant.help_wanted,
        "body_code": case.body.code,
        "description": conceal(case.description),
        "document_name": case.document_name,
        "document_number": case.document_number,
        "document_year": case.document_year,
        "form_wanted": case.form_wanted,
        "way_wanted": case.way_wanted,
        "reading_point": case.reading_point,
        "accepts_other_form": _YES if case.accepts_other_form else "",
    }
    others = set()
    if case.applicant_count > 1:
        others.add(Group.PARTNERS)
        values["partners"] = "\n".join(map(_partner, case.co_applicants.all()))
    if (guardian := case.guardian) is not None:
        others.add(Group.GUARDIAN)
        values |= {
            "guardian_name": guardian.name,
            "guardian_phone": guardian.phone,
            "guardian_identity_kind": guardian.identity_kind,
            "guardian_identity_number": guardian.identity_masked,
            "guardian_relation": guardian.relation,
            "guardian_consent": _YES,
        }
    if agent is not None:
        others.add(Group.AGENT)
        values |= {
            "agent_name": agent.name,
            "agent_identity_kind": agent.identity_kind,
            "agent_identity_number": agent.identity_masked,
            "agent_phone": agent.phone,
        }
    arrived = timezone.localtime(case.arrived_at)
    channel = CHANNEL_LABELS[Channel(case.channel)]
    return application_form.filled(
        values,
        bodies=_bodies(),
        number=case.number,
        issuer=case.body.name,
        received=f"{channel}，{arrived:%Y-%m-%d %H:%M}到达，收到日期{case.received_on:%Y-%m-%d}。",
        organisation=organisation,
        others=others,
    )


def _partner(row: CoApplicant) -> str:
    paper = (
        f"，{row.get_identity_kind_display()}　{row.identity_masked}" if row.identity_kind else ""
    )
    head = f"，负责人{row.representative}" if row.representative else ""
    return f"{row.name}{head}{paper}"


def _bodies() -> dict[str, str]:
    return {body.code: body.name for body in offices.bodies()}
