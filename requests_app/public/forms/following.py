"""Forms of somebody whose application is already in: the way in, and the acts open to them."""

from __future__ import annotations

from typing import Any

from django import forms

from requests_app.domain import numbering
from requests_app.domain.errors import Refused
from requests_app.models import OfficeSettings
from requests_app.public.forms.fields import PublicForm, Uploads
from requests_app.public.forms.steps import OTHER_ACCEPT


class CodeForm(PublicForm):
    """Number and query code, as they stand on the receipt."""

    number = forms.CharField(
        label="申请编号",
        max_length=40,
        help_text="例如 2026-0037。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "narrow"}),
        error_messages={"required": "请填写申请编号，它在回执上。"},
    )
    query_code = forms.CharField(
        label="查询码",
        max_length=60,
        help_text="13 位，在回执上。大小写、空格、横线都不要紧。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "class": "narrow"}
        ),
        error_messages={"required": "请填写查询码，它在回执上。"},
    )

    def clean_number(self) -> str:
        typed = str(self.cleaned_data["number"])
        try:
            return numbering.normalise_case_number(typed)
        except Refused as refusal:
            raise forms.ValidationError(
                [reason.sentence for reason in refusal.reasons]
            ) from refusal


class CorrectionForm(PublicForm):
    """The answer to a 补正告知书: words, papers, and a reason where the time has gone by."""

    other_codes = {"files": "papers"}

    text = forms.CharField(
        label="补充的内容",
        required=False,
        max_length=20_000,
        help_text="按上面的几点，一点一点写。",
        widget=forms.Textarea(attrs={"rows": 8, "data-count": "20000"}),
        error_messages={
            "max_length": "最多 20000 个字，现在是 %(show_value)d 个字。更长的材料请作为附件上传。"
        },
    )
    papers = Uploads(label="补充的材料", accept=OTHER_ACCEPT)
    justified_reason = forms.CharField(
        label="为什么过了期限",
        required=False,
        max_length=2_000,
        help_text="例如生病住院、没有收到通知。我们会核实。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, office: OfficeSettings, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "papers"
        ].help_text = f"照片、PDF、Word 都行，可以多选，单个不超过 {office.max_file_mb} MB。"
        self.mark(mandatory=("text",), optional=("papers",))
        if late:
            self.mark(mandatory=("justified_reason",))
        else:
            del self.fields["justified_reason"]


class ReasonsForm(PublicForm):
    """The reasons for many or frequent applications (条例 35). Asked for only by that notice."""

    text = forms.CharField(
        label="申请的理由",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark(mandatory=("text",))


class PaymentForm(PublicForm):
    """Proof that the 信息处理费 was paid."""

    other_codes = {"files": "papers"}

    papers = Uploads(label="缴款凭证", accept=OTHER_ACCEPT)
    words = forms.CharField(
        label="要说明的",
        required=False,
        max_length=300,
        help_text="例如哪天、用谁的名字缴的。",
        widget=forms.TextInput(),
    )

    def __init__(self, *args: Any, office: OfficeSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        size = f"单个不超过 {office.max_file_mb} MB。"
        self.fields["papers"].help_text = f"银行回单、截图、收据的照片，或者 PDF，{size}"
        self.mark(mandatory=("papers",), optional=("words",))


class WithdrawForm(PublicForm):
    """The last question before a withdrawal. A reason may be given and is never needed."""

    reason = forms.CharField(
        label="撤回的原因",
        required=False,
        max_length=200,
        widget=forms.TextInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark(optional=("reason",))
