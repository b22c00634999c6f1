"""How people are named on lists: enough to tell them apart, not enough to copy down."""

from __future__ import annotations

import re
from typing import Final

from requests_app.domain.application import (
    APPLICANT_KIND_LABELS,
    ORGANISATION_TYPE_LABELS,
    ApplicantKind,
    OrganisationType,
)
from requests_app.models import Applicant

#: 金昌某某公司（演示）: what stands in brackets at the end tells nobody apart.
_TRAILING_REMARK: Final = re.compile(r"（[^（）]*）$")
_SHORT_NAME: Final = 2
_LONG_ORGANISATION: Final = 8
_PHONE_SHOWN: Final = 7


def masked_name(applicant: Applicant) -> str:
    """Write 张*华 for a person, 甘肃恒瑞**公司 for an organisation."""
    name = _TRAILING_REMARK.sub("", applicant.name) or applicant.name
    if applicant.kind == ApplicantKind.ORGANISATION:
        if len(name) > _LONG_ORGANISATION:
            return f"{name[:4]}**{name[-2:]}"
        return name if len(name) <= _SHORT_NAME else f"{name[:-2]}*{name[-1]}"
    if len(name) <= _SHORT_NAME:
        return f"{name[:1]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def kind(applicant: Applicant) -> str:
    """Name the type of applicant: 公民, or the type of organisation."""
    if applicant.organisation_type:
        return ORGANISATION_TYPE_LABELS[OrganisationType(applicant.organisation_type)]
    return APPLICANT_KIND_LABELS[ApplicantKind(applicant.kind)]


def masked_phone(phone: str) -> str:
    """Write 138****6027."""
    if len(phone) < _PHONE_SHOWN:
        return phone
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def masked_email(email: str) -> str:
    """Write zh***@example.cn."""
    name, at, host = email.partition("@")
    return f"{name[:2]}***{at}{host}" if at else email
