"""Form fields made from the catalogue of letters: what a kind asks for is what the clerk is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from requests_app.admin.acts.form import DayInput
from requests_app.domain import outcomes
from requests_app.domain.letter_types import Field, InputKind
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.outcomes import Outcome
from requests_app.domain.releases import Released
from requests_app.domain.withheld_parts import PARTS

_LINES = 4
_SHOWN_PARTS = 3


def of_kind(
    kind: LetterKind,
    *,
    initial: Mapping[str, str] | None = None,
    without: frozenset[str] = frozenset(),
) -> Iterator[tuple[str, forms.Field]]:
    """Give a form field for each thing a kind asks for; what a service fills in is not asked."""
    for spec in KINDS[kind].fields:
        if not spec.computed and spec.name not in without:
            yield spec.name, _folded(_field(spec, initial=(initial or {}).get(spec.name, "")), spec)


def of_outcome(
    outcome: Outcome, *, initial: Mapping[str, str] | None = None
) -> Iterator[tuple[str, forms.Field]]:
    """Give the form fields of an answer: no other ground's, and what the outcome requires marked so."""
    required = {
        name
        for record in outcome.required_fields
        if len(record.alternatives) == 1
        for name in record.alternatives[0]
    }
    without = outcomes.of_other_grounds(outcome.code)
    for name, field in of_kind(outcome.letter_kind, initial=initial, without=without):
        field.required = field.required or name in required
        yield name, field


def relax_parts(fields: dict[str, forms.Field], files: Sequence[Released]) -> None:
    """Ask for no withheld part where the register of redactions has some; more may still be typed."""
    if not any(each.redactions for each in files):
        return
    for name in PARTS[0].names:
        if name in fields:
            fields[name].required = False
    if PARTS[0].withheld in fields:
        fields[
            PARTS[0].withheld
        ].help_text = "登记过的遮盖会自动写进答复书；这里只写另外整份、整段不提供的，没有的不填。"


def given(kind: LetterKind, cleaned: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed for a kind as letters keep it: dates as ISO text, numbers as digits."""
    return {
        spec.name: _text(cleaned[spec.name]) for spec in KINDS[kind].fields if spec.name in cleaned
    }


def _folded(field: forms.Field, spec: Field) -> forms.Field:
    """Mark where a part that few answers need begins; the page folds it away, each within the last.

    Nothing is hidden from anybody: the browser opens it without script, one part after the other.
    """
    further = PARTS[_SHOWN_PARTS:]
    part = next((each for each in further if spec.name == each.withheld), None)
    if part is not None:
        field.fold = f"再写一处：不予公开的内容之{part.ordinal}"  # type: ignore[attr-defined]
    if spec.name == further[-1].reason:
        field.unfold = further  # type: ignore[attr-defined]
    return field


def _field(spec: Field, *, initial: str) -> forms.Field:
    # What is missing the letter itself refuses, with its article; so nothing is required twice.
    common: dict[str, Any] = {
        "label": spec.label,
        "help_text": spec.help,
        "required": spec.required,
        "initial": initial,
    }
    match spec.input:
        case InputKind.TEXTAREA:
            return forms.CharField(**common, widget=forms.Textarea(attrs={"rows": _LINES}))
        case InputKind.DATE:
            return forms.DateField(**common, widget=DayInput())
        case InputKind.INT:
            return forms.IntegerField(**common, min_value=0)
        case InputKind.CHOICE:
            empty = ("", "请选择" if spec.required else "—")
            return forms.ChoiceField(
                **common, choices=[empty, *((c.code, c.label) for c in spec.choices)]
            )
        case InputKind.TEXT:
            return forms.CharField(**common)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
