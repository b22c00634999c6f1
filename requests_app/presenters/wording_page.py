"""The wordings of letters on the page: the list of kinds, what may be written, what a version changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from requests_app.domain import letters as catalogue
from requests_app.domain.letters import KINDS, PLACEHOLDERS, LetterKind
from requests_app.domain.placeholders import SYSTEM
from requests_app.domain.remedies import REMEDY_LABELS, RemedyVariant
from requests_app.domain.withheld_parts import PARTS
from requests_app.models import LetterWording
from requests_app.selectors.wordings import Wording

#: Names worked out while a letter is composed, and the kinds they make sense in; the last wherever
#: a letter ends a case.
_DERIVED: Final[Mapping[LetterKind, tuple[str, ...]]] = {
    LetterKind.WITHHELD: ("ground_article", "ground_sentence", "ground_consequence"),
    LetterKind.FEE: ("fee_standard",),
    LetterKind.PARTIAL: ("withheld_parts",),
}
_AGAIN: Final = "decided_again"
_ONE_BY_ONE: Final = frozenset(name for part in PARTS for name in part.names)
_NOT_WRITTEN: Final = frozenset(
    {"decision_number", "decision_on", "decision_made_on", "replaced_number"}
)


@dataclass(frozen=True)
class Row:
    """One kind in the list."""

    kind: str
    label: str
    basis: str
    in_force: str
    own: bool
    waiting: LetterWording | None


@dataclass(frozen=True)
class Name:
    """One placeholder a kind's wording may use; ``demanded`` when it may not be left out."""

    code: str
    label: str
    sample: str
    demanded: bool


@dataclass(frozen=True)
class Piece:
    """A run of characters of a line, marked where the two versions differ."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Change:
    """One line of a comparison: ``same``, ``gone`` or ``new``."""

    look: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Rules:
    """What no wording of a kind can change."""

    label: str
    title: str
    basis: str
    remedies: str
    must_say: tuple[str, ...]
    names: tuple[Name, ...]


def rows(in_force: Mapping[LetterKind, Wording], *, waiting: Iterable[LetterWording]) -> list[Row]:
    """Return one line for each kind, in the catalogue's order."""
    proposed = {row.kind: row for row in waiting}
    return [
        Row(
            kind.value,
            KINDS[kind].label,
            KINDS[kind].basis,
            version_words(found),
            found.own is not None,
            proposed.get(kind.value),
        )
        for kind, found in in_force.items()
    ]


def version_words(found: Wording) -> str:
    """Say which version a wording is: built in, or the office's own."""
    return "内置文本" if found.own is None else f"本机关第{found.name.rpartition('/')[2]}版"


def rules(kind: LetterKind) -> Rules:
    """Return what a wording of ``kind`` must say, what it may use, and what is put in for it."""
    spec = KINDS[kind]
    remedies = catalogue.remedies_of(kind)
    return Rules(
        label=spec.label,
        title=spec.title,
        basis=spec.basis,
        remedies=REMEDY_LABELS[remedies] if remedies is not RemedyVariant.R0 else "不写",
        must_say=tuple(
            words for words in spec.must_say if not (words[0] == "{" and words[-1] == "}")
        ),
        names=tuple(_names(kind)),
    )


def _names(kind: LetterKind) -> Iterator[Name]:
    spec = KINDS[kind]
    demanded = "\n".join(spec.must_say)
    fields = [each.name for each in spec.fields if each.printed and each.name not in _ONE_BY_ONE]
    derived = [*_DERIVED.get(kind, ())]
    if catalogue.outcomes_of(kind):
        derived.append(_AGAIN)
    system = [name for name in PLACEHOLDERS if name in SYSTEM - _NOT_WRITTEN]
    for name in dict.fromkeys([*fields, *derived, *system]):
        field, known = spec.field(name), PLACEHOLDERS[name]
        yield Name(
            f"{{{name}}}",
            field.label if field is not None else known.label,
            known.sample,
            f"{{{name}}}" in demanded,
        )


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Compare two wordings line by line, and changed lines character by character."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Change("same", (Piece(line, marked=False),)) for line in old[a:b]]
        else:
            found += _replaced(old[a:b], new[c:d])
    return tuple(found)


def _replaced(old: list[str], new: list[str]) -> Iterator[Change]:
    for place in range(max(len(old), len(new))):
        gone = old[place] if place < len(old) else None
        came = new[place] if place < len(new) else None
        if gone is not None:
            yield Change("gone", tuple(_pieces(gone, came)))
        if came is not None:
            yield Change("new", tuple(_pieces(came, gone)))


def _pieces(line: str, other: str | None) -> Iterator[Piece]:
    if other is None:
        yield Piece(line, marked=True)
        return
    for tag, a, b, _, _ in SequenceMatcher(None, line, other, autojunk=False).get_opcodes():
        if line[a:b]:
            yield Piece(line[a:b], marked=tag != "equal")
