"""Step one, 谁来申请: applicant, those who apply together, guardian, agent, and how to reach them.

Field names are the codes under which ``services.application_checks`` refuses. Everybody who applies
together has fields of the same names behind ``partner_2_`` and so on; how many there are stands in
the hidden field ``partners``, which the buttons 再加一个申请人 and 移除 change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.utils.datastructures import MultiValueDict

from requests_app.domain import form_fields
from requests_app.domain.applicants import MOST_JOINT, RELATION_LABELS
from requests_app.domain.application import (
    APPLICANT_KIND_LABELS,
    ORGANISATION_TYPE_LABELS,
    ApplicantKind,
)
from requests_app.domain.form_fields import partner_field
from requests_app.domain.identity import ID_KIND_LABELS, PERSON_ID_KINDS, IdKind
from requests_app.models import OfficeSettings
from requests_app.public.forms.base import PICK, PICK_CHOICE, StepForm, email, text
from requests_app.public.forms.fields import Cards, Fold, Uploads

IDENTITY_ACCEPT: Final = (
    ".jpg,.jpeg,.png,.heic,.heif,.pdf,image/jpeg,image/png,image/heic,image/heif,application/pdf"
)
PARTNER_NAMES: Final = (
    "kind", "name", "identity_kind", "identity_number", "credit_code", "organisation_type",
    "representative", "phone",
)  # fmt: skip
_PAPERS: Final = [(kind.value, ID_KIND_LABELS[kind]) for kind in PERSON_ID_KINDS]
_KINDS: Final = [(kind.value, label) for kind, label in APPLICANT_KIND_LABELS.items()]
_TYPES: Final = [*PICK, *((kind.value, label) for kind, label in ORGANISATION_TYPE_LABELS.items())]
_UPLOADS: Final = "public/fields/uploads.html"


def _kind(**widget: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="以谁的名义申请",
        choices=_KINDS,
        initial=ApplicantKind.PERSON.value,
        widget=Cards(two_up=True, **widget),
        error_messages=PICK_CHOICE,
    )


def _paper(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=_PAPERS,
        initial=IdKind.RESIDENT_CARD.value,
        required=False,
        error_messages=PICK_CHOICE,
    )


def _number(label: str, *, help_text: str = "") -> forms.CharField:
    # Never kept on the applicant's machine; draft.js leaves out what is marked so.
    private = {"autocomplete": "off", "spellcheck": "false", "data-private": "yes"}
    return text(label, most=60, help_text=help_text, **private)


def _type() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=form_fields.label("organisation_type"),
        choices=_TYPES,
        required=False,
        error_messages=PICK_CHOICE,
    )


class WhoForm(StepForm):
    """Who applies and how to reach them."""

    other_codes = {"files": "identity_paper"}

    partners = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = _kind(
        notes={"person": "自己申请，或者替别人申请", "organisation": "公司、社团、村委会等"}
    )
    name = text(
        form_fields.label("name"),
        most=120,
        help_text="和证件上一样。生僻字、间隔号“·”都可以写。",
        autocomplete="name",
    )
    identity_kind = _paper(form_fields.label("identity_kind"))
    identity_number = _number(
        form_fields.label("identity_number"), help_text="加密保存，只用来核实身份。"
    )
    credit_code = _number(
        form_fields.label("credit_code"), help_text="18 位。没有代码的组织空着就行。"
    )
    organisation_type = _type()
    representative = text(form_fields.label("representative"), most=60)
    contact_person = text(form_fields.label("contact_person"), most=60)
    identity_paper = Uploads(label="身份证明", accept=IDENTITY_ACCEPT)
    under_14 = forms.BooleanField(
        label="申请人不满 14 周岁",
        required=False,
        help_text="由父亲、母亲或者其他监护人填写下面几项并表示同意。",
    )
    guardian_name = text(form_fields.label("guardian_name"), most=60)
    guardian_relation = forms.ChoiceField(
        label=form_fields.label("guardian_relation"),
        choices=[*PICK, *((kind.value, label) for kind, label in RELATION_LABELS.items())],
        required=False,
        error_messages=PICK_CHOICE,
    )
    guardian_identity_kind = _paper(form_fields.label("guardian_identity_kind"))
    guardian_identity_number = _number(form_fields.label("guardian_identity_number"))
    guardian_phone = text(form_fields.label("guardian_phone"), most=40, inputmode="tel")
    guardian_paper = Uploads(label="监护人证件和监护证明", accept=IDENTITY_ACCEPT)
    guardian_consent = forms.BooleanField(
        label=form_fields.label("guardian_consent"),
        required=False,
        help_text="只用来办这份申请，可以随时撤回同意。",
    )
    phone = text(form_fields.label("phone"), most=40, autocomplete="tel", inputmode="tel")
    email = email(form_fields.label("email"))
    address = text(
        form_fields.label("address"),
        most=200,
        help_text="写到门牌号。想让我们邮寄的，必填。",
        autocomplete="street-address",
    )
    postcode = text(
        form_fields.label("postcode"), most=10, inputmode="numeric", autocomplete="postal-code"
    )
    needs_help = forms.BooleanField(
        label=form_fields.label("needs_help"),
        required=False,
        help_text="我们会打电话或者当面帮您把申请写清楚。",
    )
    help_wanted = text(
        form_fields.label("help_wanted"),
        most=200,
        help_text="例如：请打电话念给我听；看不清小字；请用手语沟通。",
    )
    agent_name = text(form_fields.label("agent_name"), most=60)
    agent_identity_kind = _paper(form_fields.label("agent_identity_kind"))
    agent_identity_number = _number(form_fields.label("agent_identity_number"))
    agent_phone = text(form_fields.label("agent_phone"), most=40, inputmode="tel")
    agent_paper = Uploads(label="授权委托书", accept=IDENTITY_ACCEPT)

    def __init__(self, *args: Any, office: OfficeSettings, **kwargs: Any) -> None:
        data = args[0] if args else kwargs.get("data")
        self.partner_count = _count(data, kwargs.get("initial"))
        super().__init__(*args, office=office, **kwargs)
        self._add_partner_fields()
        self._say_limits(office)
        self.mark(
            mandatory=(
                "name", "identity_kind", "identity_number", "representative", "contact_person",
                "identity_paper",
            ),
            optional=(
                "credit_code", "organisation_type", "postcode", "agent_phone", "guardian_phone",
                "help_wanted",
            ),
        )  # fmt: skip
        self.helper.layout = self._layout()

    def _add_partner_fields(self) -> None:
        for place in range(2, 2 + self.partner_count):
            made: dict[str, forms.Field] = {
                "kind": _kind(),
                "name": text(form_fields.label("name"), most=120),
                "identity_kind": _paper(form_fields.label("identity_kind")),
                "identity_number": _number(form_fields.label("identity_number")),
                "credit_code": _number(form_fields.label("credit_code")),
                "organisation_type": _type(),
                "representative": text(form_fields.label("representative"), most=60),
                "phone": text(
                    "手机",
                    most=40,
                    inputmode="tel",
                    help_text="只在找回查询码的时候用；通知还是发给第一个申请人。",
                ),
            }
            for name, field in made.items():
                full = partner_field(place, name)
                self.fields[full] = field
                # The summary tells whose field it is; the page says so in the heading.
                self.plain_labels[full] = f"第{place}个申请人，{field.label}"
            for name in ("name", "identity_kind", "identity_number"):
                self.star(partner_field(place, name), str(made[name].label))
            for name in ("credit_code", "organisation_type", "representative", "phone"):
                self.call_optional(partner_field(place, name), str(made[name].label))

    def _say_limits(self, office: OfficeSettings) -> None:
        size = f"可以多选，单个不超过 {office.max_file_mb} MB，一件申请最多 {office.max_files} 个。"
        marked = "照片会印上“仅用于政府信息公开申请”的字样。" if office.identity_watermark else ""
        kinds = "JPG、PNG、HEIC、PDF 都行"
        each = "每个申请人都要有。" if self.partner_count else ""
        helps = {
            "identity_paper": (
                f"身份证件、营业执照等的照片或者扫描件，{kinds}，{size}{each}不用手持拍照。{marked}"
            ),
            "guardian_paper": f"监护人的证件，和户口簿、出生证明等能说明关系的一页，{kinds}。{marked}",
            "agent_paper": f"申请人签名或者盖章的委托书，{kinds}。",
        }
        for name, words in helps.items():
            self.fields[name].help_text = words

    def _layout(self) -> Layout:
        return Layout(
            "partners",
            Div(*_who_fields(""), css_class="person"),
            *(self._partner_block(place) for place in range(2, 2 + self.partner_count)),
            HTML('{% include "public/apply/_more_applicants.html" %}'),
            Field("identity_paper", template=_UPLOADS),
            Fold(
                "申请人不满 14 周岁，由监护人同意",
                "under_14",
                Field("guardian_name", css_class="narrow"),
                Field("guardian_relation", css_class="narrow"),
                Field("guardian_identity_kind", css_class="narrow"),
                Field("guardian_identity_number", css_class="narrow"),
                Field("guardian_phone", css_class="narrow"),
                Field("guardian_paper", template=_UPLOADS),
                "guardian_consent",
                opens="opens_guardian",
                css_class="for-people",
            ),
            Div(
                HTML('{% include "public/apply/_contact_head.html" %}'),
                Field("phone", css_class="narrow"),
                "email",
                "address",
                Field("postcode", css_class="narrower"),
                "needs_help",
                Field("help_wanted", wrapper_class="for-help"),
                css_class="group",
                role="group",
                aria_labelledby="contact",
            ),
            Fold(
                "我是代理人，替别人申请",
                Field("agent_name", css_class="narrow"),
                Field("agent_identity_kind", css_class="narrow"),
                Field("agent_identity_number", css_class="narrow"),
                Field("agent_phone", css_class="narrow"),
                Field("agent_paper", template=_UPLOADS),
                opens="opens_agent",
            ),
        )

    @staticmethod
    def _partner_block(place: int) -> Div:
        return Div(
            HTML(
                f'<div class="person-head"><h2 id="partner-{place}">第 {place} 个申请人</h2>'
                f'<button type="submit" class="btn btn-link" name="drop_partner" value="{place}" formnovalidate>'
                f'移除<span class="visually-hidden">第 {place} 个申请人</span></button></div>'
            ),
            *_who_fields(partner_field(place, "")),
            Field(partner_field(place, "phone"), css_class="narrow"),
            css_class="person another",
            role="group",
            aria_labelledby=f"partner-{place}",
        )

    @property
    def may_add_partner(self) -> bool:
        """Tell whether another may still join."""
        return self.partner_count + 1 < MOST_JOINT

    @property
    def opens_guardian(self) -> bool:
        """Tell whether the guardian's block holds something, or must, and so starts open."""
        return self._holds("guardian") or bool(self["under_14"].value())

    @property
    def opens_agent(self) -> bool:
        """Tell whether the agent's block holds something and so starts open."""
        return self._holds("agent")

    def _holds(self, who: str) -> bool:
        paper = self.fields[f"{who}_paper"]
        return (
            any(self[f"{who}_{name}"].value() for name in ("name", "identity_number"))
            or (isinstance(paper, Uploads) and bool(paper.kept))
            or (
                self.is_bound
                and any(name.startswith(f"{who}_") for name, found in self.errors.items() if found)
            )
        )

    def typed(self) -> dict[str, str]:
        """Return what was typed; a partner asked for or removed counts already."""
        kept = super().typed()
        kept["partners"] = str(self.partner_count)
        if "add_partner" in self.data and self.may_add_partner:
            kept["partners"] = str(self.partner_count + 1)
        dropped = self.data.get("drop_partner", "")
        if dropped in {str(place) for place in range(2, 2 + self.partner_count)}:
            kept |= self._without(int(dropped), kept)
        return kept

    def _without(self, dropped: int, kept: Mapping[str, str]) -> dict[str, str]:
        """Return the answers with those behind the removed one moved up a place."""
        moved = {"partners": str(self.partner_count - 1)}
        last = 1 + self.partner_count
        for place in range(dropped, last + 1):
            for name in PARTNER_NAMES:
                here, behind = partner_field(place, name), partner_field(place + 1, name)
                # Whoever is added at this place later begins with the form's own choices.
                fresh = str(self.fields[here].initial or "")
                moved[here] = kept.get(behind, "") if place < last else fresh
        return moved

    @property
    def stays(self) -> bool:
        """Tell whether somebody was added or removed."""
        return "add_partner" in self.data or "drop_partner" in self.data


def _who_fields(prefix: str) -> tuple[Any, ...]:
    """Lay out the fields that name an applicant; CSS shows those of the type chosen."""
    fields: list[Any] = [
        f"{prefix}kind",
        f"{prefix}name",
        Field(f"{prefix}identity_kind", wrapper_class="for-person", css_class="narrow"),
        Field(f"{prefix}identity_number", wrapper_class="for-person", css_class="narrow"),
        Field(f"{prefix}credit_code", wrapper_class="for-organisation", css_class="narrow"),
        Field(f"{prefix}organisation_type", wrapper_class="for-organisation", css_class="narrow"),
        Field(f"{prefix}representative", wrapper_class="for-organisation", css_class="narrow"),
    ]
    if not prefix:
        fields.append(Field("contact_person", wrapper_class="for-organisation", css_class="narrow"))
    return tuple(fields)


def _count(
    data: Mapping[str, Any] | MultiValueDict[str, Any] | None, initial: Mapping[str, Any] | None
) -> int:
    """Return how many partners the form has, from what was sent or kept; never more than may be."""
    given = str((data if data is not None else initial or {}).get("partners", "") or "")
    known = given.isascii() and given.isdecimal() and len(given) < len("100")
    return min(int(given), MOST_JOINT - 1) if known else 0
