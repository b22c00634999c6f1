"""The last look before filing: everything once more, with the way back to where it can be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from requests_app.domain import identity
from requests_app.domain.application import (
    APPLICANT_KIND_LABELS,
    ORGANISATION_TYPE_LABELS,
    ApplicantKind,
    OrganisationType,
)
from requests_app.domain.identity import ID_KIND_LABELS, IdKind
from requests_app.domain.papers import PaperKind
from requests_app.models import DraftFile, IssuingBody
from requests_app.presenters.receipt import hand_over


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
    yield Line("身份证明", _names(files, PaperKind.IDENTITY), "who")
    contact = (answers.get(name, "").strip() for name in ("phone", "email", "address", "postcode"))
    yield Line("联系方式", "，".join(each for each in contact if each), "who")
    yield Line("需要帮助", "阅读或者书写有困难" if answers.get("needs_help") else "", "who")
    if answers.get("agent_name"):
        agent = f"{answers['agent_name'].strip()}，{_paper(answers, 'agent_identity_kind', 'agent_identity_number')}"
        yield Line("代理人", agent, "who")
        yield Line("授权委托书", _names(files, PaperKind.AUTHORISATION), "who")


def _paper(answers: Mapping[str, str], kind: str, number: str) -> str:
    label = ID_KIND_LABELS[IdKind(answers.get(kind) or IdKind.RESIDENT_CARD)]
    return f"{label}　{identity.mask(identity.normalise_number(answers.get(number, '')))}"


def _names(files: tuple[DraftFile, ...], kind: PaperKind) -> str:
    return "、".join(row.name for row in files if row.kind == kind)


def _body(code: str, *, bodies: Iterable[IssuingBody]) -> str:
    return next((body.name for body in bodies if body.code == code), "")


def _how(answers: Mapping[str, str]) -> str:
    form, way = answers.get("form_wanted", ""), answers.get("way_wanted", "")
    if not form or not way:
        return ""
    other = "做不到时可以换一种方式" if answers.get("accepts_other_form") else "只要这一种方式"
    return f"{hand_over(form, way)}；{other}"
