"""The four steps of filing: 谁来申请, 要什么, 怎么给, 核对提交.

Field names are the codes under which ``services.applications.check`` refuses. Lengths are those of the
rows. Nothing is asked that 条例 29 does not list: no purpose, no employer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms

from requests_app.domain import form_fields
from requests_app.domain.application import (
    APPLICANT_KIND_LABELS,
    FORM_LABELS,
    ORGANISATION_TYPE_LABELS,
    WAY_LABELS,
    WAYS_FOR_FORM,
    ApplicantKind,
    FormWanted,
    WayWanted,
)
from requests_app.domain.identity import ID_KIND_LABELS, PERSON_ID_KINDS, IdKind
from requests_app.models import IssuingBody, OfficeSettings
from requests_app.public.forms.fields import Cards, Fold, PublicForm, Uploads

IDENTITY_ACCEPT: Final = ".jpg,.jpeg,.png,.pdf,image/jpeg,image/png,application/pdf"
OTHER_ACCEPT: Final = f"{IDENTITY_ACCEPT},.doc,.docx"
_PICK: Final = [("", "请选择")]
_PICK_CHOICE: Final = {"required": "请选一项。", "invalid_choice": "请从列出的几项里选。"}
_PAPERS: Final = [(kind.value, ID_KIND_LABELS[kind]) for kind in PERSON_ID_KINDS]


def _text(label: str, *, most: int, help_text: str = "", **attrs: str) -> forms.CharField:
    messages = {"max_length": f"最多 {most} 个字，现在是 %(show_value)d 个字，请写短一些。"}
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs=attrs),
        error_messages=messages,
    )


class StepForm(PublicForm):
    """One step: draws itself, and says what to keep of it."""

    def __init__(self, *args: Any, office: OfficeSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the token stands beside the button
        self.helper.form_show_errors = True

    @property
    def uploads(self) -> tuple[str, ...]:
        """Return the names of the fields that take files."""
        return tuple(name for name, each in self.fields.items() if isinstance(each, Uploads))

    def typed(self) -> dict[str, str]:
        """Return what was typed, right or wrong, for the draft."""
        kept = {}
        for name, each in self.fields.items():
            if isinstance(each, Uploads):
                continue
            value = self[name].value()
            if isinstance(each, forms.BooleanField):
                kept[name] = "on" if value else ""
            elif isinstance(each, forms.ChoiceField):
                # An answer that is no choice was not made on this form.
                kept[name] = str(value) if each.valid_value(value) else ""
            else:
                kept[name] = str(value or "")
        return kept

    def show_kept(self, files: Iterable[Any], *, kinds: Mapping[str, str]) -> None:
        """Put the files kept so far below their controls; ``kinds`` maps field to stored kind."""
        files = list(files)
        for name in self.uploads:
            each = self.fields[name]
            if isinstance(each, Uploads):
                each.kept = [row for row in files if row.kind == kinds[name]]


class WhoForm(StepForm):
    """Who applies and how to reach them: person or organisation, agent where there is one."""

    kind = forms.ChoiceField(
        label="以谁的名义申请",
        choices=[(kind.value, label) for kind, label in APPLICANT_KIND_LABELS.items()],
        initial=ApplicantKind.PERSON.value,
        widget=Cards(
            notes={"person": "自己申请，或者替别人申请", "organisation": "公司、社团、村委会等"},
            two_up=True,
        ),
        error_messages=_PICK_CHOICE,
    )
    name = _text(
        form_fields.label("name"),
        most=120,
        help_text="和证件上一样。生僻字、间隔号“·”都可以写。",
        autocomplete="name",
    )
    identity_kind = forms.ChoiceField(
        label=form_fields.label("identity_kind"),
        choices=_PAPERS,
        initial=IdKind.RESIDENT_CARD.value,
        required=False,
        error_messages=_PICK_CHOICE,
    )
    identity_number = _text(
        form_fields.label("identity_number"),
        most=60,
        help_text="加密保存，只用来核实身份。",
        autocomplete="off",
        spellcheck="false",
    )
    credit_code = _text(
        form_fields.label("credit_code"),
        most=60,
        help_text="18 位。没有代码的组织空着就行。",
        autocomplete="off",
    )
    organisation_type = forms.ChoiceField(
        label=form_fields.label("organisation_type"),
        choices=[
            *_PICK,
            *((kind.value, label) for kind, label in ORGANISATION_TYPE_LABELS.items()),
        ],
        required=False,
        error_messages=_PICK_CHOICE,
    )
    representative = _text(form_fields.label("representative"), most=60)
    contact_person = _text(form_fields.label("contact_person"), most=60)
    identity_paper = Uploads(label="身份证明", accept=IDENTITY_ACCEPT)
    phone = _text(form_fields.label("phone"), most=40, autocomplete="tel", inputmode="tel")
    email = forms.EmailField(
        label=form_fields.label("email"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "邮箱要有 @ 和后面的网站名，例如 name@example.com，请再看一遍。"
        },
    )
    address = _text(
        form_fields.label("address"),
        most=200,
        help_text="写到门牌号。想让我们邮寄的，必填。",
        autocomplete="street-address",
    )
    postcode = _text(
        form_fields.label("postcode"), most=10, inputmode="numeric", autocomplete="postal-code"
    )
    needs_help = forms.BooleanField(
        label=form_fields.label("needs_help"),
        required=False,
        help_text="我们会打电话或者当面帮您把申请写清楚。",
    )
    agent_name = _text(form_fields.label("agent_name"), most=60)
    agent_identity_kind = forms.ChoiceField(
        label=form_fields.label("agent_identity_kind"),
        choices=_PAPERS,
        initial=IdKind.RESIDENT_CARD.value,
        required=False,
        error_messages=_PICK_CHOICE,
    )
    agent_identity_number = _text(
        form_fields.label("agent_identity_number"), most=60, autocomplete="off", spellcheck="false"
    )
    agent_phone = _text(form_fields.label("agent_phone"), most=40, inputmode="tel")
    agent_paper = Uploads(label="授权委托书", accept=IDENTITY_ACCEPT)

    def __init__(self, *args: Any, office: OfficeSettings, **kwargs: Any) -> None:
        super().__init__(*args, office=office, **kwargs)
        size = f"单个不超过 {office.max_file_mb} MB。"
        self.fields[
            "identity_paper"
        ].help_text = f"身份证件、营业执照等的照片或者扫描件，JPG、PNG、PDF 都行，可以多选，{size}不用手持拍照。"
        self.fields["agent_paper"].help_text = f"申请人签名或者盖章的委托书，照片、PDF 都行，{size}"
        self.mark(
            mandatory=(
                "name", "identity_kind", "identity_number", "representative", "contact_person",
                "identity_paper",
            ),
            optional=("credit_code", "organisation_type", "postcode", "agent_phone"),
        )  # fmt: skip
        self.helper.layout = Layout(
            "kind",
            "name",
            Field("identity_kind", wrapper_class="for-person", css_class="narrow"),
            Field("identity_number", wrapper_class="for-person", css_class="narrow"),
            Field("credit_code", wrapper_class="for-organisation", css_class="narrow"),
            Field("organisation_type", wrapper_class="for-organisation", css_class="narrow"),
            Field("representative", wrapper_class="for-organisation", css_class="narrow"),
            Field("contact_person", wrapper_class="for-organisation", css_class="narrow"),
            Field("identity_paper", template="public/fields/uploads.html"),
            Div(
                HTML('<h2 id="contact">怎么联系您<span class="star" title="必填">*</span></h2>'),
                HTML("<p>电话、邮箱、地址，留一种就行。通知和答复都用它。</p>"),
                Field("phone", css_class="narrow"),
                "email",
                "address",
                Field("postcode", css_class="narrower"),
                "needs_help",
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
                Field("agent_paper", template="public/fields/uploads.html"),
            ),
        )

    @property
    def opens_fold(self) -> bool:
        """Tell whether the agent's block holds something and so starts open."""
        typed = any(self[name].value() for name in ("agent_name", "agent_identity_number"))
        paper = self.fields["agent_paper"]
        return typed or (isinstance(paper, Uploads) and bool(paper.kept))


class WhatForm(StepForm):
    """What is wanted, and of whom. Name and number of a document help but are never needed."""

    other_codes = {"files": "papers"}

    description = forms.CharField(
        label=form_fields.label("description"),
        required=False,
        max_length=20_000,
        help_text="写清是哪件事、哪一年。不用写理由。",
        widget=forms.Textarea(attrs={"rows": 9, "data-count": "20000"}),
        error_messages={
            "max_length": "最多 20000 个字，现在是 %(show_value)d 个字。更长的材料请作为附件上传。"
        },
    )
    document_name = _text(form_fields.label("document_name"), most=200)
    document_number = _text(
        form_fields.label("document_number"),
        most=80,
        help_text="括号写成哪一种都行，例如 金政发〔2024〕18号。",
    )
    papers = Uploads(label="附件", accept=OTHER_ACCEPT)
    body_code = forms.ChoiceField(
        label=form_fields.label("body_code"), required=False, error_messages=_PICK_CHOICE
    )

    def __init__(
        self, *args: Any, office: OfficeSettings, bodies: Iterable[IssuingBody], **kwargs: Any
    ) -> None:
        super().__init__(*args, office=office, **kwargs)
        bodies = list(bodies)
        chosen = self.fields["body_code"]
        if isinstance(chosen, forms.ChoiceField):
            default = next((body.code for body in bodies if body.is_default), "")
            chosen.widget = Cards(notes={default: "拿不准就选这个"}, two_up=True)
            chosen.choices = [(body.code, body.name) for body in bodies]
            chosen.initial = default
        self.fields["papers"].help_text = (
            f"能帮我们找到文件的照片、PDF、Word 都行，可以多选。单个不超过 {office.max_file_mb} MB，"
            f"最多 {office.max_files} 个，合起来不超过 {office.max_case_mb} MB。"
        )
        self.mark(
            mandatory=("description", "body_code"),
            optional=("document_name", "document_number", "papers"),
        )
        self.helper.layout = Layout(
            Field("description", template="public/fields/long_text.html"),
            HTML('{% include "public/apply/_writing_hints.html" %}'),
            Fold(
                "知道文件名称或者文号",
                "document_name",
                Field("document_number", css_class="narrow"),
            ),
            Field("papers", template="public/fields/uploads.html"),
            "body_code",
        )

    @property
    def opens_fold(self) -> bool:
        """Tell whether a name or number was given, or refused, so that the fold starts open."""
        names = ("document_name", "document_number")
        return any(self[name].value() or self[name].errors for name in names)


_FITS: Final = {
    way.value: " ".join(f"fits-{form.value}" for form in FormWanted if way in WAYS_FOR_FORM[form])
    for way in WayWanted
}


class HowForm(StepForm):
    """The carrier, and the way that fits it (条例 29 ¶2(三)); the address the way needs."""

    form_wanted = forms.ChoiceField(
        label=form_fields.label("form_wanted"),
        choices=[(form.value, label) for form, label in FORM_LABELS.items()],
        initial=FormWanted.ELECTRONIC.value,
        widget=Cards(
            notes={
                "electronic": "最快，答复当天就能看到",
                "paper": "复印件，邮寄或者来取",
                "disc": "文件特别大的时候",
                "reading": "到查阅点看，可以抄录",
            }
        ),
        error_messages=_PICK_CHOICE,
    )
    way_wanted = forms.ChoiceField(
        label=form_fields.label("way_wanted"),
        choices=[(way.value, label) for way, label in WAY_LABELS.items()],
        initial=WayWanted.ONLINE.value,
        error_messages=_PICK_CHOICE,
    )
    email = forms.EmailField(
        label="收件邮箱",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "邮箱要有 @ 和后面的网站名，例如 name@example.com，请再看一遍。"
        },
    )
    address = _text("收件地址", most=200, help_text="写到门牌号。", autocomplete="street-address")
    accepts_other_form = forms.BooleanField(
        label=form_fields.label("accepts_other_form"),
        required=False,
        initial=True,
        help_text="例如只有纸质原件、扫描会损坏。换之前先告诉您。",
    )

    def __init__(
        self, *args: Any, office: OfficeSettings, points: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, office=office, **kwargs)
        places = "、".join(points)
        self.fields["way_wanted"].widget = Cards(
            notes={
                "online": "凭申请编号和查询码，在本网站下载",
                "email": "请填收件邮箱",
                "post": "请填收件地址",
                "collect": office.address,
                "read_on_site": places or office.address,
                "fax": "发到您在第一步留的电话号码",
            },
            fits=_FITS,
        )
        way = self.fields["way_wanted"]
        if isinstance(way, forms.ChoiceField):
            way.widget.choices = way.choices  # a widget set late does not know the choices
        self.mark(mandatory=("email", "address"))
        self.helper.layout = Layout(
            "form_wanted",
            "way_wanted",
            Field("email", wrapper_class="for-email"),
            Field("address", wrapper_class="for-post"),
            "accepts_other_form",
        )

    def typed(self) -> dict[str, str]:
        """Keep only the address the way needs: the others stand hidden and are step one's own."""
        kept = super().typed()
        needed = {WayWanted.EMAIL: "email", WayWanted.POST: "address"}
        for way, name in needed.items():
            if kept["way_wanted"] != way:
                del kept[name]
        return kept


class CheckForm(PublicForm):
    """The last look before filing; ``key`` makes sending twice one application."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    confirm = forms.BooleanField(
        label="以上内容属实",
        required=False,
        help_text="身份和联系信息只用来办这份申请。",
    )

    def clean_confirm(self) -> bool:
        if not self.cleaned_data["confirm"]:
            raise forms.ValidationError("核对无误的，请在“以上内容属实”前打勾。")
        return True
