"""Forms of the verify page: the code under the QR code, and the file to compare."""

from __future__ import annotations

from django import forms

from requests_app.public.forms.fields import PublicForm


class VerifyCodeForm(PublicForm):
    """The code as it is printed on the letter."""

    code = forms.CharField(
        label="核验码",
        max_length=60,
        help_text="13 位，印在文书末页二维码的下面。大小写、空格、横线都不要紧。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "class": "narrow"}
        ),
        error_messages={"required": "请填写核验码，它印在文书末页二维码的下面。"},
    )


class CompareForm(PublicForm):
    """A letter's file, of which only the SHA-256 is taken; it is not kept."""

    file = forms.FileField(
        label="文书文件（PDF）",
        help_text="只计算这份文件的 SHA-256，不保存文件。",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        error_messages={
            "required": "请选择要比对的文件。",
            "empty": "这份文件是空的，请重新选择。",
        },
    )
