"""The lines of a wording: what its marks mean, and where the locked sentences go among them.

``# `` and ``## `` mark headings, ``- `` a line of a list; ``{?name}`` and ``{!name}`` say when a line
is printed. What the names stand for is filled in by ``letters``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from requests_app.domain import letter_blocks, quotes

NAME: Final = re.compile(r"\{([a-z][a-z_0-9]*)\}")
CONDITION: Final = re.compile(r"\{([?!])([a-z][a-z_0-9]*)\}")
_STYLES: Final = (("# ", "h1"), ("## ", "h2"), ("- ", "list"))
#: Lines that tell when something was received.
_RECEIVED: Final = re.compile(r"\{(?:received_on|corrected_on)\}")


@dataclass(frozen=True)
class Line:
    """One line of a wording: printed when ``name`` is filled (``wanted``) or blank (not)."""

    text: str
    style: str
    name: str
    wanted: bool

    def applies(self, filled: Mapping[str, str]) -> bool:
        """Tell whether the line is printed with these values."""
        return not self.name or bool(filled.get(self.name)) is self.wanted


def read(text: str) -> Iterator[Line]:
    """Give the lines of a wording with their marks read off, empty ones left out."""
    for raw in text.splitlines():
        rest, name, wanted = raw.strip(), "", True
        if condition := CONDITION.match(rest):
            name, wanted = condition[2], condition[1] == "?"
            rest = rest[condition.end() :]
        style = next(
            ((mark, style) for mark, style in _STYLES if rest.startswith(mark)), ("", "body")
        )
        if body := rest.removeprefix(style[0]).strip():
            yield Line(text=body, style=style[1], name=name, wanted=wanted)


def fill(text: str, filled: Mapping[str, str]) -> str:
    """Put the values into one line, in one pass: braces inside a value stay what the person typed.

    A value that the wording sets in quotation marks has its own marks turned to the other kind.
    """

    def value(name: re.Match[str]) -> str:
        told = filled[name[1]]
        return quotes.inside(told) if quotes.is_open(text[: name.start()]) else told

    return NAME.sub(value, text)


def with_locked(lines: Iterable[Line], *, filled: Mapping[str, str]) -> list[Line]:
    """Put in what the case's history demands, wherever the wording has no place for it.

    A decision is named where the letter tells what was received; the letter that is replaced, last.
    """
    lines = list(lines)
    if filled.get("decided_again") and not any("{decided_again}" in each.text for each in lines):
        told = [place for place, each in enumerate(lines) if _RECEIVED.search(each.text)]
        lines.insert(max(told, default=0) + 1, Line("{decided_again}", "body", "", wanted=True))
    if letter_blocks.replacement(filled):
        lines.append(Line(letter_blocks.replacement(filled), "body", "", wanted=True))
    return lines
