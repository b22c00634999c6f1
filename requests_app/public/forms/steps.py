"""Steps two to four of filing: 要什么, 怎么给, 核对提交. Step one is in ``who``.

Field names are the codes under which ``services.application_checks`` refuses. Lengths are those of
the rows. Nothing is asked that 条例 29 does not list: no purpose, no employer.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from crispy_forms.layout import HTML, Field, Layout
from django import forms

from requests_app.domain import form_fields
from requests_app.domain.application import (
    FORM_LABELS,
    WAY_LABELS,
    WAYS_FOR_FORM,
    FormWanted,
    WayWanted,
)
from requests_app.models import IssuingBody, OfficeSettings
from requests_app.public.forms.base import PICK_CHOICE, StepForm, email, text
from requests_app.public.forms.fields import Cards, Fold, PublicForm, Uploads
from requests_app.public.forms.who import IDENTITY_ACCEPT

OTHER_ACCEPT: Final = f"{IDENTITY_ACCEPT},.doc,.docx"


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
    document_name = text(form_fields.label("document_name"), most=200)
    document_number = text(
        form_fields.label("document_number"),
        most=80,
        help_text="括号写成哪一种都行，例如 金政发〔2024〕18号。",
    )
    document_year = text(
        form_fields.label("document_year"), most=40, help_text="例如 2024，或者 2021 至 2023。"
    )
    papers = Uploads(label="附件", accept=OTHER_ACCEPT)
    body_code = forms.ChoiceField(
        label=form_fields.label("body_code"), required=False, error_messages=PICK_CHOICE
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
            optional=("document_name", "document_number", "document_year", "papers"),
        )
        self.helper.layout = Layout(
            Field("description", template="public/fields/long_text.html"),
            HTML('{% include "public/apply/_writing_hints.html" %}'),
            Fold(
                "知道文件名称、文号或者年份",
                "document_name",
                Field("document_number", css_class="narrow"),
                Field("document_year", css_class="narrower"),
                opens="opens_document",
            ),
            Field("papers", template="public/fields/uploads.html"),
            "body_code",
        )

    @property
    def opens_document(self) -> bool:
        """Tell whether a name or number was given, or refused, so that the fold starts open."""
        names = ("document_name", "document_number", "document_year")
        return any(self[name].value() or self[name].errors for name in names)


_FITS: Final = {
    way.value: " ".join(f"fits-{form.value}" for form in FormWanted if way in WAYS_FOR_FORM[form])
    for way in WayWanted
}


#: What the chosen way needs beside it.
_NEEDED: Final = {
    WayWanted.EMAIL: "email",
    WayWanted.POST: "address",
    WayWanted.FAX: "fax",
    WayWanted.READ_ON_SITE: "reading_point",
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
        error_messages=PICK_CHOICE,
    )
    way_wanted = forms.ChoiceField(
        label=form_fields.label("way_wanted"),
        choices=[(way.value, label) for way, label in WAY_LABELS.items()],
        initial=WayWanted.ONLINE.value,
        error_messages=PICK_CHOICE,
    )
    email = email("收件邮箱")
    address = text("收件地址", most=200, help_text="写到门牌号。", autocomplete="street-address")
    reading_point = forms.ChoiceField(
        label=form_fields.label("reading_point"), required=False, error_messages=PICK_CHOICE
    )
    fax = text(
        form_fields.label("fax"), most=40, help_text="带区号，例如 0935-8213402。", inputmode="tel"
    )
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
        places = list(points)
        self.fields["way_wanted"].widget = Cards(
            notes={
                "online": "凭申请编号和查询码，在本网站下载",
                "email": "请填收件邮箱",
                "post": "请填收件地址",
                "collect": office.address,
                "read_on_site": "下面选一个查阅点" if places else office.address,
                "fax": "请填传真号码，页数多的不方便传真",
            },
            fits=_FITS,
        )
        way = self.fields["way_wanted"]
        if isinstance(way, forms.ChoiceField):
            way.widget.choices = way.choices  # a widget set late does not know the choices
        point = self.fields["reading_point"]
        if isinstance(point, forms.ChoiceField):
            point.widget = Cards()
            point.choices = [(place, place) for place in places]
        self.mark(mandatory=("email", "address", "fax", "reading_point"))
        self.helper.layout = Layout(
            "form_wanted",
            "way_wanted",
            Field("email", wrapper_class="for-email"),
            Field("address", wrapper_class="for-post"),
            Field("fax", wrapper_class="for-fax", css_class="narrow"),
            *([Field("reading_point", wrapper_class="for-reading")] if places else ()),
            "accepts_other_form",
        )

    def typed(self) -> dict[str, str]:
        """Keep only what the way needs: addresses stand hidden and are step one's own."""
        kept = super().typed()
        for way, name in _NEEDED.items():
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
