"""How people are named on lists: enough to tell them apart, not enough to copy down."""

from __future__ import annotations

import re
from typing import Final

from django.utils import timezone

from requests_app.domain import applicants
from requests_app.domain.applicants import RELATION_LABELS, GuardianRelation
from requests_app.domain.application import (
    APPLICANT_KIND_LABELS,
    ORGANISATION_TYPE_LABELS,
    ApplicantKind,
    OrganisationType,
)
from requests_app.domain.identity import ID_KIND_LABELS, IdKind
from requests_app.models import Applicant, Case, CoApplicant, Guardian

#: 金昌某某公司（演示）: what stands in brackets at the end tells nobody apart.
_TRAILING_REMARK: Final = re.compile(r"（[^（）]*）$")
_SHORT_NAME: Final = 2
_LONG_ORGANISATION: Final = 8
_PHONE_SHOWN: Final = 7


def masked_name(applicant: Applicant | CoApplicant) -> str:
    """Write 张*华 for a person, 甘肃恒瑞**公司 for an organisation."""
    return _masked(applicant.name, organisation=applicant.kind == ApplicantKind.ORGANISATION)


def _masked(full: str, *, organisation: bool) -> str:
    name = _TRAILING_REMARK.sub("", full) or full
    if organisation:
        if len(name) > _LONG_ORGANISATION:
            return f"{name[:4]}**{name[-2:]}"
        return name if len(name) <= _SHORT_NAME else f"{name[:-2]}*{name[-1]}"
    if len(name) <= _SHORT_NAME:
        return f"{name[:1]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def masked_names(case: Case) -> str:
    """Write 张*华等3人 where several apply together; without a question to the database."""
    return applicants.short_name(masked_name(case.applicant), count=case.applicant_count)


def kind(applicant: Applicant) -> str:
    """Name the type of applicant: 公民, or the type of organisation."""
    if applicant.organisation_type:
        return ORGANISATION_TYPE_LABELS[OrganisationType(applicant.organisation_type)]
    return APPLICANT_KIND_LABELS[ApplicantKind(applicant.kind)]


def others(case: Case, *, full: bool) -> tuple[tuple[str, str], ...]:
    """Write who else stands behind a case: those who apply together, and a guardian who consented.

    ``full`` shows names in clear; numbers of papers are masked in any case.
    """
    told = [
        (f"第{each.position}个申请人", _partner(each, full=full))
        for each in (case.co_applicants.all() if case.applicant_count > 1 else ())
    ]
    guardian = case.guardian
    if guardian is not None:
        name = guardian.name if full else _masked(guardian.name, organisation=False)
        relation = RELATION_LABELS[GuardianRelation(guardian.relation)]
        phone = guardian.phone if full else masked_phone(guardian.phone)
        consented = f"{timezone.localtime(guardian.consented_at):%Y-%m-%d %H:%M}同意"
        words = (f"{name}（{relation}）{_paper(guardian)}", phone, consented)
        told.append(("监护人", "　".join(each for each in words if each)))
    return tuple(told)


def _partner(row: CoApplicant, *, full: bool) -> str:
    name = row.name if full else masked_name(row)
    phone = row.phone if full else masked_phone(row.phone)
    return f"{name}{_paper(row)}" + (f"　{phone}" if phone else "")


def _paper(row: CoApplicant | Guardian) -> str:
    if not row.identity_masked:
        return ""
    return f"　{ID_KIND_LABELS[IdKind(row.identity_kind)]} {row.identity_masked}"


def masked_phone(phone: str) -> str:
    """Write 138****6027."""
    if len(phone) < _PHONE_SHOWN:
        return phone
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def masked_email(email: str) -> str:
    """Write zh***@example.cn."""
    name, at, host = email.partition("@")
    return f"{name[:2]}***{at}{host}" if at else email
