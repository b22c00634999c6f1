"""An application as handed in, and everything that stands against it (条例 29).

Nothing is written here; ``filing`` takes in what passes.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from requests_app.adapters import pdf
from requests_app.domain import application as law
from requests_app.domain import identity
from requests_app.domain.application import (
    ApplicantKind,
    FormWanted,
    OrganisationType,
    WayWanted,
)
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.identity import IdKind
from requests_app.domain.papers import PaperKind
from requests_app.models import IssuingBody
from requests_app.services.papers import FileGiven

ART_29: Final = "《政府信息公开条例》第二十九条第二款"
MAX_DESCRIPTION: Final = 20_000


@dataclass(frozen=True)
class ApplicantGiven:
    """Who applies, as typed. The identity number leaves this object only sealed or indexed."""

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
    needs_help: bool = False


@dataclass(frozen=True)
class AgentGiven:
    """Who files for the applicant, as typed."""

    name: str
    identity_kind: IdKind
    identity_number: str = field(repr=False)
    phone: str = ""


@dataclass(frozen=True)
class Application:
    """One application as handed in. The same ``idempotency_key`` twice is the same application."""

    applicant: ApplicantGiven
    description: str
    form_wanted: FormWanted
    way_wanted: WayWanted
    idempotency_key: uuid.UUID
    agent: AgentGiven | None = None
    body_code: str = ""
    document_name: str = ""
    document_number: str = ""
    accepts_other_form: bool = True
    files: Sequence[FileGiven] = ()


def check(
    application: Application, *, today: date, identity_paper_required: bool
) -> tuple[Reason, ...]:
    """Return everything that stands against an application; codes name the fields.

    Asks only for what 条例 29 ¶2 lists: who and how to reach them, what is wanted, in which form.
    """
    return (
        *_about_applicant(application.applicant, today=today),
        *_about_agent(application, today=today),
        *_about_content(application),
        *_about_papers(application, required=identity_paper_required),
    )


def _about_applicant(given: ApplicantGiven, *, today: date) -> tuple[Reason, ...]:
    reasons = list(_refusals("name", lambda: identity.clean_name(given.name)))
    if given.kind is ApplicantKind.PERSON:
        if given.identity_kind is None:
            reasons.append(Reason("identity_kind", "请选择证件类型。", f"{ART_29}第（一）项"))
        elif given.identity_kind is IdKind.CREDIT_CODE:
            reasons.append(
                Reason("identity_kind", "公民请选择个人的证件类型。", f"{ART_29}第（一）项")
            )
        else:
            kind = given.identity_kind
            reasons += _refusals(
                "identity_number",
                lambda: identity.check_identity(kind, given.identity_number, today=today),
            )
    else:
        if not given.representative.strip():
            reasons.append(
                Reason("representative", "请填写法定代表人或者负责人。", f"{ART_29}第（一）项")
            )
        if not given.contact_person.strip():
            reasons.append(Reason("contact_person", "请填写联系人。", f"{ART_29}第（一）项"))
    if not (given.phone.strip() or given.email.strip() or given.address.strip()):
        sentence = "请至少留一种联系方式：电话、电子邮箱或者通信地址。"
        reasons.append(Reason("phone", sentence, f"{ART_29}第（一）项"))
    if given.email.strip():
        reasons += _about_email(given.email.strip())
    return tuple(reasons)


def _about_email(email: str) -> tuple[Reason, ...]:
    try:
        validate_email(email)
    except ValidationError:
        return (Reason("email", "电子邮箱的样子不对，请核对，例如：name@example.com。"),)
    return ()


def _about_agent(application: Application, *, today: date) -> tuple[Reason, ...]:
    agent = application.agent
    if agent is None:
        return ()
    reasons = [
        *_refusals("agent_name", lambda: identity.clean_name(agent.name)),
        *_refusals(
            "agent_identity_number",
            lambda: identity.check_identity(
                agent.identity_kind, agent.identity_number, today=today
            ),
        ),
    ]
    if not any(given.kind is PaperKind.AUTHORISATION for given in application.files):
        reasons.append(
            Reason("agent_paper", "代理人申请的，请上传授权委托书。", f"{ART_29}第（一）项")
        )
    return tuple(reasons)


def _about_content(application: Application) -> tuple[Reason, ...]:
    reasons = []
    description = application.description.strip()
    if not description:
        sentence = "请写明需要什么政府信息：文件名称、文号或者其他便于查询的特征。"
        reasons.append(Reason("description", sentence, f"{ART_29}第（二）项"))
    elif len(description) > MAX_DESCRIPTION:
        sentence = f"内容描述不能超过{MAX_DESCRIPTION}字，现在是{len(description)}字。更长的材料请作为附件上传。"
        reasons.append(Reason("description", sentence))
    for name, text in (("description", description), ("document_name", application.document_name)):
        reasons += _about_signs(name, text)
    given = application.applicant
    try:
        law.check_way(
            application.form_wanted,
            application.way_wanted,
            email=given.email,
            address=given.address,
        )
    except Refused as refusal:
        fields = {
            "way_does_not_fit": "way_wanted",
            "email_missing": "email",
            "address_missing": "address",
        }
        reasons += [
            Reason(fields[each.code], each.sentence, each.citation) for each in refusal.reasons
        ]
    if (
        application.body_code
        and not IssuingBody.objects.filter(code=application.body_code).exists()
    ):
        reasons.append(Reason("body_code", "请选择向市政府还是市政府办公室申请。"))
    return tuple(reasons)


def _about_signs(field_name: str, text: str) -> tuple[Reason, ...]:
    """Refuse pictures and private signs, which every letter would have to repeat and none can print.

    Rare characters are no fault of the applicant: the office installs the font.
    """
    signs = [each for each in pdf.uncovered(text) if unicodedata.category(each)[0] not in "LM"]
    if not signs:
        return ()
    sentence = f"这些符号印不到文书上，请去掉或者换成文字：{'、'.join(signs)}。"
    return (Reason(field_name, sentence),)


def _about_papers(application: Application, *, required: bool) -> tuple[Reason, ...]:
    if not required or any(given.kind is PaperKind.IDENTITY for given in application.files):
        return ()
    person = application.applicant.kind is ApplicantKind.PERSON
    sentence = (
        "请上传有效身份证件的扫描件或者照片。"
        if person
        else "请上传单位证照（如营业执照）的扫描件或者照片。"
    )
    return (Reason("identity_paper", sentence, f"{ART_29}第（一）项"),)


def _refusals(field_name: str, attempt: Callable[[], object]) -> tuple[Reason, ...]:
    """Run a domain check and give its reasons the name of the field they belong to."""
    try:
        attempt()
    except Refused as refusal:
        return tuple(Reason(field_name, each.sentence, each.citation) for each in refusal.reasons)
    return ()
