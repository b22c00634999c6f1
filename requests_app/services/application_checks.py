"""Everything that stands against an application as handed in (条例 29); codes name the fields.

Nothing is written here. The fields of who applies together are named ``partner_2_name`` and so on:
the first applicant has the first place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from requests_app.adapters import pdf
from requests_app.domain import applicants, identity, plain_text
from requests_app.domain import application as law
from requests_app.domain.applicants import MOST_JOINT
from requests_app.domain.application import ApplicantKind, WayWanted
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.identity import IdKind
from requests_app.domain.matters import ART_41, Matter
from requests_app.domain.papers import PaperKind
from requests_app.models import IssuingBody
from requests_app.selectors import offices
from requests_app.services.applications import (
    ART_29,
    MAX_DESCRIPTION,
    ApplicantGiven,
    Application,
    PartnerGiven,
)

_ONE: Final = f"{ART_29}第（一）项"
#: Where a way lacks what it needs, by the codes of ``domain.application.check_way``.
_FIELD_OF_WAY: Final = {
    "way_does_not_fit": "way_wanted",
    "email_missing": "email",
    "address_missing": "address",
    "fax_missing": "fax",
}


def check(
    application: Application,
    *,
    today: date,
    identity_paper_required: bool,
    reading_point_required: bool = False,
    evidence_required: bool = False,
) -> tuple[Reason, ...]:
    """Return everything that stands against an application.

    Asks only for what 条例 29 ¶2 lists: who and how to reach them, what is wanted, in which form;
    and for the consent of a guardian where the law on personal information wants it. Online a 更正
    comes with its evidence (条例 41); at the desk the evidence may lie on paper.
    """
    return (
        *_about_applicant(application.applicant, today=today),
        *_about_partners(application, today=today),
        *_about_guardian(application, today=today, paper_required=identity_paper_required),
        *_about_agent(application, today=today),
        *_about_content(application),
        *_about_evidence(application, required=evidence_required),
        *_about_form(application),
        *_about_place(application, today=today, required=reading_point_required),
        *_about_papers(application, required=identity_paper_required),
        *_about_signs(application),
    )


def _about_applicant(given: ApplicantGiven, *, today: date) -> tuple[Reason, ...]:
    reasons = list(_refusals("name", lambda: identity.clean_name(given.name)))
    if given.kind is ApplicantKind.PERSON:
        reasons += _about_paper(given, prefix="", today=today)
    else:
        if not given.representative:
            reasons.append(Reason("representative", "请填写法定代表人或者负责人。", _ONE))
        if not given.contact_person:
            reasons.append(Reason("contact_person", "请填写联系人。", _ONE))
    if not (given.phone or given.email or given.address):
        sentence = "请至少留一种联系方式：电话、电子邮箱或者通信地址。"
        reasons.append(Reason("phone", sentence, _ONE))
    reasons += plain_text.check_telephone("phone", given.phone, thing="电话")
    reasons += plain_text.check_telephone("fax", given.fax, thing="传真号码")
    return (*reasons, *_about_email(given.email))


def _about_paper(
    given: ApplicantGiven | PartnerGiven, *, prefix: str, today: date
) -> Iterable[Reason]:
    kind = given.identity_kind
    if kind is None:
        yield Reason(f"{prefix}identity_kind", "请选择证件类型。", _ONE)
    elif kind is IdKind.CREDIT_CODE:
        yield Reason(f"{prefix}identity_kind", "公民请选择个人的证件类型。", _ONE)
    else:
        yield from _refusals(
            f"{prefix}identity_number",
            lambda: identity.check_identity(kind, given.identity_number, today=today),
        )


def _about_email(email: str) -> tuple[Reason, ...]:
    try:
        if email:
            validate_email(email)
    except ValidationError:
        return (Reason("email", "电子邮箱的样子不对，请核对，例如：name@example.com。"),)
    return ()


def _about_partners(application: Application, *, today: date) -> Iterable[Reason]:
    """Every one of those who apply together is named and shown like the first (条例 29 ¶2(一))."""
    if 1 + len(application.partners) > MOST_JOINT:
        sentence = f"一件申请最多{MOST_JOINT}个申请人；人更多的，可以推选代表，附上名单和授权。"
        yield Reason("partners", sentence)
    seen = {_same(application.applicant)}
    for place, given in enumerate(application.partners, start=2):
        prefix = f"partner_{place}_"
        yield from _refusals(f"{prefix}name", partial(identity.clean_name, given.name))
        if given.kind is ApplicantKind.PERSON:
            yield from _about_paper(given, prefix=prefix, today=today)
        yield from plain_text.check_telephone(f"{prefix}phone", given.phone, thing="手机")
        if given.name.strip() and _same(given) in seen:
            yield Reason(f"{prefix}name", "这个申请人前面已经写过了，请移除重复的一个。")
        seen.add(_same(given))


def _same(given: ApplicantGiven | PartnerGiven) -> tuple[str, str]:
    return given.name.strip(), identity.normalise_number(given.identity_number)


def _about_guardian(
    application: Application, *, today: date, paper_required: bool
) -> Iterable[Reason]:
    """Below 14 a guardian consents to the use of what was filled in (个人信息保护法 31)."""
    given = application.guardian
    said = application.applicant.under_14 or given is not None
    if not applicants.needs_guardian(application.people, today=today, said_under_14=said):
        if given is not None:
            sentence = (
                "按证件号码，申请人已满14周岁，不用填监护人，请清空；替申请人办的，请填在代理人里。"
            )
            yield Reason("guardian_name", sentence, identity.PIPL_31)
        return
    if given is None:
        sentence = "申请人不满14周岁，请由监护人填写自己的姓名和证件，并表示同意。"
        yield Reason("guardian_name", sentence, identity.PIPL_31)
        return
    yield from _refusals("guardian_name", lambda: identity.clean_name(given.name))
    if given.relation is None:
        yield Reason("guardian_relation", "请选择监护人与申请人的关系。", identity.PIPL_31)
    yield from _refusals(
        "guardian_identity_number",
        lambda: identity.check_identity(given.identity_kind, given.identity_number, today=today),
    )
    yield from plain_text.check_telephone("guardian_phone", given.phone, thing="电话")
    if not given.consents:
        sentence = "没有监护人的同意，我们不能处理不满14周岁申请人的个人信息，请打勾表示同意。"
        yield Reason("guardian_consent", sentence, identity.PIPL_31)
    if paper_required and not _has(application, PaperKind.GUARDIANSHIP):
        sentence = "请上传监护人的证件和能说明监护关系的一页，例如户口簿、出生证明。"
        yield Reason("guardian_paper", sentence, identity.PIPL_31)


def _about_agent(application: Application, *, today: date) -> Iterable[Reason]:
    agent = application.agent
    if agent is None:
        return
    yield from _refusals("agent_name", lambda: identity.clean_name(agent.name))
    yield from _refusals(
        "agent_identity_number",
        lambda: identity.check_identity(agent.identity_kind, agent.identity_number, today=today),
    )
    yield from plain_text.check_telephone("agent_phone", agent.phone, thing="电话")
    if not _has(application, PaperKind.AUTHORISATION):
        yield Reason("agent_paper", "代理人申请的，请上传授权委托书。", _ONE)


def _about_content(application: Application) -> Iterable[Reason]:
    length = len(application.description)
    if application.matter is Matter.AMENDMENT:
        yield from _about_record(application)
    elif not length:
        sentence = "请写明需要什么政府信息：文件名称、文号或者其他便于查询的特征。"
        yield Reason("description", sentence, f"{ART_29}第（二）项")
    if length > MAX_DESCRIPTION:
        sentence = (
            f"内容描述不能超过{MAX_DESCRIPTION}字，现在是{length}字。更长的材料请作为附件上传。"
        )
        yield Reason("description", sentence)
    code = application.body_code
    if code and not IssuingBody.objects.filter(code=code).exists():
        yield Reason("body_code", "请选择向市政府还是市政府办公室申请。")


def _about_record(application: Application) -> Iterable[Reason]:
    """Ask for what 条例 41 builds on: which record, what in it is wrong."""
    if not application.document_name.strip():
        sentence = "请写明是哪一份政府信息，例如《城镇住房保障对象登记表》（2021年）。"
        yield Reason("document_name", sentence, ART_41)
    if not application.description.strip():
        sentence = "请写明哪里记录得不准确、应当是什么，一行写一项。"
        yield Reason("description", sentence, ART_41)


def _about_evidence(application: Application, *, required: bool) -> Iterable[Reason]:
    amends = application.matter is Matter.AMENDMENT
    if required and amends and not _has(application, PaperKind.APPLICATION):
        sentence = "请上传能证明记录不准确的材料，例如户口簿、证书、判决书的照片。"
        yield Reason("evidence", sentence, ART_41)


def _about_form(application: Application) -> tuple[Reason, ...]:
    given = application.applicant
    try:
        law.check_way(
            application.form_wanted,
            application.way_wanted,
            email=given.email,
            address=given.address,
            fax=given.fax,
        )
    except Refused as refusal:
        return tuple(
            Reason(_FIELD_OF_WAY[each.code], each.sentence, each.citation)
            for each in refusal.reasons
        )
    return ()


def _about_place(application: Application, *, today: date, required: bool) -> Iterable[Reason]:
    """Who comes to read says where; only the office's own reading points can be chosen."""
    if application.way_wanted is not WayWanted.READ_ON_SITE:
        return
    places = [offices.place(point) for point in offices.reading_points(on=today)]
    chosen = application.reading_point
    if (chosen and chosen not in places) or (required and places and not chosen):
        yield Reason("reading_point", "请选一个查阅点。", f"{ART_29}第（三）项")


def _about_papers(application: Application, *, required: bool) -> Iterable[Reason]:
    if required and not _has(application, PaperKind.IDENTITY):
        sentence = (
            "请上传有效身份证件的扫描件或者照片。"
            if application.applicant.kind is ApplicantKind.PERSON
            else "请上传单位证照（如营业执照）的扫描件或者照片。"
        )
        yield Reason("identity_paper", sentence, _ONE)


def _may_wait(sign: str) -> bool:
    """Tell whether a sign without a font is text: a letter may wait for its font, or it prints as nothing."""
    category = unicodedata.category(sign)
    return category[0] in "LM" or category in {"Cc", "Cf", "Cn"}


def _about_signs(application: Application) -> Iterable[Reason]:
    """Refuse pictures and private signs, which every letter would have to repeat and none can print.

    Rare characters are no fault of the applicant: the office installs the font.
    """
    given = application.applicant
    typed = {
        "name": given.name,
        "representative": given.representative,
        "contact_person": given.contact_person,
        "phone": given.phone,
        "address": given.address,
        "postcode": given.postcode,
        "fax": given.fax,
        "help_wanted": given.help_wanted,
        "description": application.description,
        "document_name": application.document_name,
        "document_number": application.document_number,
        "document_year": application.document_year,
    }
    for place, partner in enumerate(application.partners, start=2):
        typed[f"partner_{place}_name"] = partner.name
        typed[f"partner_{place}_representative"] = partner.representative
        typed[f"partner_{place}_phone"] = partner.phone
    if application.guardian:
        typed |= {
            "guardian_name": application.guardian.name,
            "guardian_phone": application.guardian.phone,
        }
    if application.agent:
        typed |= {"agent_name": application.agent.name, "agent_phone": application.agent.phone}
    for name, text in typed.items():
        signs = [each for each in pdf.uncovered(text) if not _may_wait(each)]
        if signs:
            sentence = f"这些符号印不到文书上，请去掉或者换成文字：{'、'.join(signs)}。"
            yield Reason(name, sentence)


def _has(application: Application, kind: PaperKind) -> bool:
    return any(given.kind is kind for given in application.files)


def _refusals(field_name: str, attempt: Callable[[], object]) -> tuple[Reason, ...]:
    """Run a domain check and give its reasons the name of the field they belong to."""
    try:
        attempt()
    except Refused as refusal:
        return tuple(Reason(field_name, each.sentence, each.citation) for each in refusal.reasons)
    return ()
