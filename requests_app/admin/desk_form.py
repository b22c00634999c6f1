"""What every form of the desk shares: its look, its words for a slip, and the list of slips above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class Slip:
    """One line of the list above a form: where to go, which field, what to do."""

    link: str
    label: str
    sentence: str


class DeskForm(forms.Form):
    """A form of the desk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def dress(self) -> None:
        """Give every field its look and its words. Called once, when all fields are there."""
        for field in self.fields.values():
            _dress(field)

    def slips(self) -> tuple[Slip, ...]:
        """Return what must be mended, in the order of the fields; empty before anything was sent."""
        whole = (Slip("", "", str(each)) for each in self.non_field_errors())
        found = (
            _slip(self[name], str(each))
            for name in self.fields
            for each in self.errors.get(name, ())
        )
        return (*whole, *found)


def _slip(bound: forms.BoundField, sentence: str) -> Slip:
    label = str(bound.label)
    return Slip(f"#{_first_id(bound)}", "" if label in sentence else label, sentence)


def _first_id(bound: forms.BoundField) -> str:
    return (
        f"{bound.auto_id}_0" if isinstance(bound.field.widget, forms.RadioSelect) else bound.auto_id
    )


def _dress(field: forms.Field) -> None:
    choosing = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.DateField)
    field.error_messages["required"] = f"请{'选择' if choosing else '填写'}“{field.label}”。"
    if isinstance(field, forms.IntegerField):
        field.error_messages["invalid"] = f"“{field.label}”请填整数。"
        field.error_messages["min_value"] = f"“{field.label}”不能小于{field.min_value}。"
    if isinstance(field, forms.DecimalField):
        field.error_messages["invalid"] = f"“{field.label}”请填数字，最多两位小数。"
        field.error_messages["min_value"] = f"“{field.label}”不能小于{field.min_value}。"
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return
    widget.attrs.setdefault("class", "inp")
    if isinstance(field, forms.IntegerField):
        widget.attrs.setdefault("inputmode", "numeric")
