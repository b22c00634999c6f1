"""What every step of filing has: it draws itself, says what to keep of it, shows the files kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from crispy_forms.helper import FormHelper
from django import forms

from requests_app.models import OfficeSettings
from requests_app.public.forms.fields import PublicForm, Uploads

PICK: Final = [("", "请选择")]
PICK_CHOICE: Final = {"required": "请选一项。", "invalid_choice": "请从列出的几项里选。"}


def email(label: str) -> forms.EmailField:
    """Make a field for an e-mail address."""
    return forms.EmailField(
        label=label,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "邮箱要有 @ 和后面的网站名，例如 name@example.com，请再看一遍。",
            "max_length": "邮箱最多 254 个字，请再看一遍。",
        },
        max_length=254,
    )


def text(label: str, *, most: int, help_text: str = "", **attrs: str) -> forms.CharField:
    """Make a field of one line; ``most`` is the length of its column."""
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
    def stays(self) -> bool:
        """Tell whether a button was pressed that changes the step instead of leaving it."""
        return False

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
