"""User text made printable, and what the installed fonts can draw of it.

Here: cleaning and coverage of characters. Where lines end is in `lines`.
"""

import functools
import json
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from requests_app.adapters.pdf import fonts

FULL_WIDTH = 1000

# Controls, format characters (zero-width, bidirectional, soft hyphen, byte order mark, tags) and
# lone surrogates: invisible on paper, but they would change what is read back.
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_NO_WIDTH = dict.fromkeys(_SELECTORS, 0)
_EMOJI_SELECTORS = frozenset("\ufe0e\ufe0f")
_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")


@dataclass(frozen=True)
class Metrics:
    """What a set of font files draws: sorted ranges of code points, and widths in 1/1000 em."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    widths: MappingProxyType[int, int]

    def draws(self, character: str) -> bool:
        """Say whether some file has this character."""
        point = ord(character)
        index = bisect_right(self.firsts, point) - 1
        return index >= 0 and point <= self.lasts[index]

    def width(self, character: str) -> int:
        """Give the advance width in 1/1000 em; a variation selector has none."""
        return self.widths.get(ord(character), FULL_WIDTH)


@functools.cache
def _read_metrics(folders: tuple[Path, ...]) -> Metrics:
    ranges: list[tuple[int, int]] = []
    widths: dict[int, int] = {}
    for folder in reversed(folders):  # the everyday files come first in the chain and win
        metrics = json.loads((folder / "metrics.json").read_text("utf-8"))
        ranges += [(first, last) for first, last in metrics["drawn"]]
        widths |= {int(point): width for point, width in metrics["widths"].items()}
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        # Sets overlap where an office has fonts of its own; the search wants ranges that do not.
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return Metrics(
        firsts=tuple(first for first, _ in joined),
        lasts=tuple(last for _, last in joined),
        widths=MappingProxyType(widths | _NO_WIDTH),
    )


def metrics() -> Metrics:
    """Give the metrics of all installed letter fonts; read once in a process."""
    return _read_metrics(fonts.folders())


def everyday_characters() -> frozenset[int]:
    """Give the code points the fonts of the repository draw."""
    known = _read_metrics((fonts.EVERYDAY_FOLDER,))
    return frozenset(
        point
        for first, last in zip(known.firsts, known.lasts, strict=True)
        for point in range(first, last + 1)
    )


def everyday_widths() -> dict[int, int]:
    """Give the width, in 1/1000 em, of what the fonts of the repository draw other than full width."""
    widths = _read_metrics((fonts.EVERYDAY_FOLDER,)).widths
    return {point: width for point, width in widths.items() if point not in _NO_WIDTH}


def is_variation_selector(character: str) -> bool:
    """Say whether this only picks a form of the character before it."""
    return ord(character) in _NO_WIDTH


def clean(text: str) -> str:
    """Take out what cannot be seen on paper, and make all line ends and spaces alike.

    Nothing visible is changed. A tab becomes a full-width space.
    """
    return text.replace("\r\n", "\n").translate(_printable)


class _Printable(dict[int, int | None]):
    """What becomes of each character: decided when first met, remembered, a million at most."""

    def __missing__(self, point: int) -> int | None:
        character = chr(point)
        category = unicodedata.category(character)
        kept: int | None = point
        if character in _LINE_ENDS:
            kept = ord("\n")
        elif character == "\t":
            kept = 0x3000
        elif category == "Zs":
            kept = point if character in " \u3000\u00a0" else ord(" ")
        elif (
            category in _DROPPED_CATEGORIES
            or character in _EMOJI_SELECTORS
            or _is_no_character(point)
        ):
            kept = None
        self[point] = kept
        return kept


_printable = _Printable()


def _is_no_character(point: int) -> bool:
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF  # noqa: PLR2004 (Unicode, 23.7)


def uncovered(text: str) -> list[str]:
    """List the characters, each once and in order, that no installed font can draw.

    Drawn anyway they would be boxes on paper, and other characters when copied. What `clean` takes
    out is not counted: it is not drawn.
    """
    known = metrics()
    return [
        character
        for character in dict.fromkeys(clean(text))
        if character != "\n" and not is_variation_selector(character) and not known.draws(character)
    ]
