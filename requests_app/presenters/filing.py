"""The last look before filing: everything once more, with the way back to where it can be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from requests_app.domain import identity
from requests_app.domain.applicants import RELATION_LABELS, GuardianRelation
from requests_app.domain.application import (
    APPLICANT_KIND_LABELS,
    ORGANISATION_TYPE_LABELS,
    ApplicantKind,
    OrganisationType,
)
from requests_app.domain.form_fields import partner_field
from requests_app.domain.identity import ID_KIND_LABELS, IdKind
from requests_app.domain.papers import PaperKind
from requests_app.models import DraftFile, IssuingBody
from requests_app.presenters.receipt import hand_over
from requests_app.services import draft_answers


@dataclass(frozen=True)
class Line:
    """One answer and the step it belongs to."""

    term: str
    value: str
    step: str


def lines(
    answers: Mapping[str, str], *, files: Iterable[DraftFile], bodies: Iterable[IssuingBody]
) -> tuple[Line, ...]:
    """List the answers of a draft. The identity number is masked, what is empty is left out."""
    files = tuple(files)
    found = (
        *_who(answers, files=files),
        Line("要的信息", answers.get("description", "").strip(), "what"),
        Line("文件名称", answers.get("document_name", "").strip(), "what"),
        Line("文号", answers.get("document_number", "").strip(), "what"),
        Line("年份", answers.get("document_year", "").strip(), "what"),
        Line("附件", _names(files, PaperKind.OTHER), "what"),
        Line("向谁申请", _body(answers.get("body_code", ""), bodies=bodies), "what"),
        Line("怎么给您", _how(answers), "how"),
    )
    return tuple(line for line in found if line.value)


def _who(answers: Mapping[str, str], *, files: tuple[DraftFile, ...]) -> Iterable[Line]:
    kind = ApplicantKind(answers.get("kind") or ApplicantKind.PERSON)
    yield Line(
        "申请人", f"{answers.get('name', '').strip()}（{APPLICANT_KIND_LABELS[kind]}）", "who"
    )
    if kind is ApplicantKind.ORGANISATION:
        yield Line(
            "统一社会信用代码", identity.normalise_number(answers.get("credit_code", "")), "who"
        )
        if answers.get("organisation_type"):
            label = ORGANISATION_TYPE_LABELS[OrganisationType(answers["organisation_type"])]
            yield Line("单位性质", label, "who")
        yield Line("负责人", answers.get("representative", ""), "who")
        yield Line("联系人", answers.get("contact_person", ""), "who")
    else:
        yield Line("证件", _paper(answers, "identity_kind", "identity_number"), "who")
    for place in range(2, 2 + draft_answers.partners(answers)):
        yield Line(f"第 {place} 个申请人", _partner(answers, place), "who")
    yield Line("身份证明", _names(files, PaperKind.IDENTITY), "who")
    contact = (answers.get(name, "").strip() for name in ("phone", "email", "address", "postcode"))
    yield Line("联系方式", "，".join(each for each in contact if each), "who")
    if answers.get("needs_help"):
        wanted = answers.get("help_wanted", "").strip()
        yield Line("需要帮助", wanted or "阅读或者书写有困难", "who")
    if answers.get("guardian_name"):
        yield Line("监护人", _guardian(answers), "who")
        yield Line("监护证明", _names(files, PaperKind.GUARDIANSHIP), "who")
    if answers.get("agent_name"):
        agent = f"{answers['agent_name'].strip()}，{_paper(answers, 'agent_identity_kind', 'agent_identity_number')}"
        yield Line("代理人", agent, "who")
        yield Line("授权委托书", _names(files, PaperKind.AUTHORISATION), "who")


def _paper(answers: Mapping[str, str], kind: str, number: str) -> str:
    label = ID_KIND_LABELS[IdKind(answers.get(kind) or IdKind.RESIDENT_CARD)]
    return f"{label}　{identity.mask(identity.normalise_number(answers.get(number, '')))}"


def _partner(answers: Mapping[str, str], place: int) -> str:
    kind = ApplicantKind(answers.get(partner_field(place, "kind")) or ApplicantKind.PERSON)
    name = answers.get(partner_field(place, "name"), "").strip()
    if kind is ApplicantKind.ORGANISATION:
        paper = identity.normalise_number(answers.get(partner_field(place, "credit_code"), ""))
    else:
        number = partner_field(place, "identity_number")
        paper = _paper(answers, partner_field(place, "identity_kind"), number)
    phone = answers.get(partner_field(place, "phone"), "").strip()
    return "，".join(
        each for each in (f"{name}（{APPLICANT_KIND_LABELS[kind]}）", paper, phone) if each
    )


def _guardian(answers: Mapping[str, str]) -> str:
    relation = answers.get("guardian_relation", "")
    label = f"（{RELATION_LABELS[GuardianRelation(relation)]}）" if relation else ""
    paper = _paper(answers, "guardian_identity_kind", "guardian_identity_number")
    consent = "，同意处理孩子的个人信息" if answers.get("guardian_consent") else ""
    return f"{answers['guardian_name'].strip()}{label}，{paper}{consent}"


def _names(files: tuple[DraftFile, ...], kind: PaperKind) -> str:
    return "、".join(row.name for row in files if row.kind == kind)


def _body(code: str, *, bodies: Iterable[IssuingBody]) -> str:
    return next((body.name for body in bodies if body.code == code), "")


def _how(answers: Mapping[str, str]) -> str:
    form, way = answers.get("form_wanted", ""), answers.get("way_wanted", "")
    if not form or not way:
        return ""
    other = "做不到时可以换一种方式" if answers.get("accepts_other_form") else "只要这一种方式"
    needed = {"fax": "fax", "read_on_site": "reading_point"}.get(way, "")
    place = answers.get(needed, "").strip()
    return f"{hand_over(form, way)}{f'（{place}）' if place else ''}；{other}"
