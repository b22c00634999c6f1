"""What every act's form shares: whose case, which day, how a refusal comes back to its field.

A form knows what it asks for and which one service it calls. When the act is possible is not
judged here: the domain does that, and its reasons are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict

from requests_app.admin.desk_form import DeskForm
from requests_app.domain.access import ACT_LABELS, Act, Actor
from requests_app.domain.case_facts import CaseFacts
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.papers import PaperKind
from requests_app.models import Case
from requests_app.presenters.fee_lens import FeeLens
from requests_app.presenters.what_if import Comparison
from requests_app.services.papers import FileGiven

_MOST_DIGITS: Final = 9

#: Refusals of a day belong to the field that asks for it.
DAY_REASONS: Final[Mapping[str, str]] = {
    "day_in_future": "on",
    "day_before_receipt": "on",
    "day_out_of_order": "on",
}


@dataclass(frozen=True)
class Subject:
    """The case an act is about, as the page was asked for."""

    case: Case
    facts: CaseFacts
    actor: Actor
    today: date


@dataclass(frozen=True)
class Option:
    """One way into an act that must be chosen first: an outcome, a kind of consultation, an entry."""

    label: str
    query: str
    note: str = ""


class ActForm(DeskForm):
    """The form of one act."""

    act: ClassVar[Act]
    heading: ClassVar[str] = ""
    button: ClassVar[str] = "办理"
    next_steps: ClassVar[Sequence[str]] = ()
    #: Refusal codes of the service that belong to a field of another name.
    reason_fields: ClassVar[Mapping[str, str]] = {}
    # A name no letter's field has.
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, subject: Subject, asked: QueryDict, **kwargs: Any) -> None:
        self.subject, self.asked = subject, asked
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = subject.case.version
        self.arrange()
        self.dress()

    @classmethod
    def options(cls, subject: Subject, *, asked: QueryDict) -> Mapping[str, Sequence[Option]]:
        """Return what must be chosen before the form can be shown, by heading; empty when nothing."""
        return {}

    @classmethod
    def title(cls) -> str:
        """Return the heading of the page."""
        return cls.heading or ACT_LABELS[cls.act]

    def chosen(self, name: str) -> str:
        """Return what was chosen before the form was shown, as it stands in the address."""
        return str(self.asked.get(name, ""))

    def arrange(self) -> None:
        """Add the fields that depend on the case. Called once, before any data is read."""

    def perform(self, *, at: datetime) -> str:
        """Call the service and return the sentence that tells what was done."""
        raise NotImplementedError(f"{type(self).__name__} performs nothing")

    def comparison(self) -> Comparison | None:
        """Return the dates with and without the act, where it moves them."""
        return None

    def lens(self) -> FeeLens | None:
        """Return a fee before it is a bill, where the act is to charge one."""
        return None

    def remarks(self) -> Sequence[Reason]:
        """Return what the person should be warned of; nothing here stops the act."""
        return ()

    def facts(self) -> Sequence[tuple[str, str]]:
        """Return what the person should know beside the form, as label and value."""
        return ()

    @property
    def seen(self) -> int | None:
        """Return which version of the case the person was looking at."""
        value = self.cleaned_data.get("seen_version")
        return value if isinstance(value, int) else None

    def take(self, refusal: Refused) -> None:
        """Show a refusal: each reason at its field where it has one, else above the form."""
        for reason in refusal.reasons:
            places = {"files": "papers", **DAY_REASONS, **self.reason_fields}
            name = places.get(reason.code, reason.code)
            self.add_error(name if name in self.fields else None, str(reason))


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads in one field; none is an empty list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            super().clean(None, initial)
            return []
        given = data if isinstance(data, list | tuple) else [data]
        return [forms.FileField.clean(self, each, initial) for each in given]


class DayInput(forms.DateInput):
    """A date as browsers ask for it; typed as 2026-11-25 where they do not."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(
    label: str, *, initial: date | None = None, help_text: str = "", required: bool = True
) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label, initial=initial, help_text=help_text, required=required, widget=DayInput()
    )


def text_field(
    label: str, *, help_text: str = "", required: bool = True, rows: int = 3
) -> forms.CharField:
    """Return a field for some lines of text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def files_field(label: str = "材料") -> FilesField:
    """Return a field for papers."""
    return FilesField(label=label, required=False, help_text="PDF、图片或者文档；可以选几个文件。")


def given_files(files: Sequence[Any], *, kind: PaperKind) -> tuple[FileGiven, ...]:
    """Return uploads as the services take them."""
    return tuple(FileGiven(kind=kind, name=each.name or "", content=each) for each in files)


def whole_number(typed: object) -> int | None:
    """Return what was typed as a whole number from 0 on, or nothing when it is none."""
    text = str(typed)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None
