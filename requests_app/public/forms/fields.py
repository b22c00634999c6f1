"""The pieces the public forms are made of: marked labels, choices as cards, several uploads, errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from requests_app.domain.errors import Reason


@dataclass(frozen=True)
class FieldError:
    """One line of the error summary: where to go, which field, what to do."""

    link: str
    label: str
    sentence: str


class Cards(forms.widgets.ChoiceWidget):
    """Radio buttons as cards, each with a line of help and the classes that show or hide it."""

    input_type = "radio"
    template_name = "public/widgets/cards.html"
    option_template_name = "django/forms/widgets/radio_option.html"
    use_fieldset = True

    def __init__(
        self,
        *,
        notes: Mapping[str, str] | None = None,
        fits: Mapping[str, str] | None = None,
        two_up: bool = False,
    ) -> None:
        super().__init__()
        self.notes = notes or {}
        self.fits = fits or {}
        self.two_up = two_up

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["two_up"] = self.two_up
        context["widget"]["invalid"] = "is-invalid" in str((attrs or {}).get("class", ""))
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["note"] = self.notes.get(str(option["value"]), "")
        option["fits"] = self.fits.get(str(option["value"]), "")
        return option

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        # The legend names the group; only a single option has a label of its own.
        return f"{id_}_{index}" if id_ and index is not None else ""


class UploadInput(forms.FileInput):
    """A bare file control that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class Uploads(forms.Field):
    """Several files. They are looked into by the service that keeps them, not here."""

    widget = UploadInput

    def __init__(self, *, accept: str, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs["accept"] = accept
        #: The files kept so far, shown below the control.
        self.kept: Sequence[object] = ()

    def clean(self, value: Any) -> list[Any]:
        return list(value or [])


class Fold(Div):
    """A block that starts folded; the form's property ``opens`` opens it where it holds something."""

    template = "public/fields/fold.html"

    def __init__(self, title: str, *fields: Any, opens: str, css_class: str = "") -> None:
        super().__init__(*fields, css_class=css_class)
        self.title = title
        self.opens = opens

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> SafeString:
        """Draw the block, told whether it starts open."""
        self.is_open = bool(getattr(form, self.opens))
        drawn: SafeString = super().render(form, context, *args, **kwargs)
        return drawn


class PublicForm(forms.Form):
    """A form whose mandatory fields the service decides, told by field.

    ``marked`` puts a star or 选填 behind each label; ``add_reasons`` files a refusal under the
    fields its codes name; ``problems`` lists every error for the summary above the form.
    """

    error_css_class = ""
    required_css_class = ""
    #: Which field a reason goes to whose code is not a field of this form.
    other_codes: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.plain_labels = {name: str(field.label or "") for name, field in self.fields.items()}

    def mark(self, *, mandatory: Iterable[str] = (), optional: Iterable[str] = ()) -> None:
        """Put the star or the word 选填 behind the labels of these fields."""
        for name in mandatory:
            self.star(name, self.plain_labels[name])
        for name in optional:
            self.call_optional(name, self.plain_labels[name])

    def star(self, name: str, label: str) -> None:
        """Put the star behind a label."""
        self.fields[name].label = _starred(label)
        self.fields[name].widget.attrs["aria-required"] = "true"

    def call_optional(self, name: str, label: str) -> None:
        """Put the word 选填 behind a label."""
        self.fields[name].label = _optional(label)

    def add_reasons(self, reasons: Iterable[Reason]) -> None:
        """File each reason under its field; those of fields on another page are left out."""
        for reason in reasons:
            name = self.other_codes.get(reason.code, reason.code)
            if name in self.fields and not self.has_error(name):
                self.add_error(name, reason.sentence)

    def add_all_reasons(self, reasons: Iterable[Reason]) -> None:
        """File each reason under its field, or over the whole form where it names none."""
        for reason in reasons:
            name = self.other_codes.get(reason.code, reason.code)
            self.add_error(name if name in self.fields else None, str(reason))

    def problems(self) -> tuple[FieldError, ...]:
        """Return every error in the order of the fields, for the summary."""
        found = [
            FieldError(self._link(name), self.plain_labels[name], str(sentence))
            for name in self.fields
            for sentence in self.errors.get(name, ())
        ]
        return (*(FieldError("", "", str(each)) for each in self.non_field_errors()), *found)

    def _link(self, name: str) -> str:
        bound = self[name]
        first = "_0" if isinstance(bound.field.widget, Cards) else ""
        return f"#{bound.auto_id}{first}"


def _starred(label: str) -> SafeString:
    return format_html('{}<span class="star" title="必填">*</span>', label)


def _optional(label: str) -> SafeString:
    return format_html('{}<span class="optional">选填</span>', label)
