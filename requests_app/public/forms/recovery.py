"""Forms for finding a lost query code again."""

from __future__ import annotations

from django import forms

from requests_app.domain import numbering
from requests_app.domain.errors import Refused
from requests_app.public.forms.fields import PublicForm


class RecoverForm(PublicForm):
    """The number, and the e-mail address or mobile number given when the application was filed."""

    number = forms.CharField(
        label="申请编号",
        max_length=40,
        help_text="例如 2026-0037。编号也忘了的，请打电话，或者带身份证件当面查询。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "narrow"}),
        error_messages={"required": "请填写申请编号，例如 2026-0037。"},
    )
    contact = forms.CharField(
        label="申请时留的手机号或者电子邮箱",
        max_length=254,
        help_text="验证码只发到这件申请登记的联系方式。",
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "请填写申请时留的手机号或者电子邮箱。"},
    )

    def clean_number(self) -> str:
        try:
            return numbering.normalise_case_number(str(self.cleaned_data["number"]))
        except Refused as refusal:
            raise forms.ValidationError(
                [reason.sentence for reason in refusal.reasons]
            ) from refusal


class OneTimeCodeForm(PublicForm):
    """The six digits that were sent."""

    code = forms.CharField(
        label="验证码",
        max_length=20,
        help_text="6 位数字。",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "narrower"}
        ),
        error_messages={"required": "请填写收到的 6 位验证码。"},
    )
