"""When two applications ask for the same thing, as far as their words tell.

Texts are cut into overlapping pairs of characters (words and numbers of the Latin script stay
whole); the likeness of two texts is what their pairs share of all they have (Jaccard). The same
pieces answer a search. What follows from a likeness a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_RUN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[a-z0-9]+")
_FIRST_HAN: Final = "\u3400"

#: A piece longer than this is cut: a column holds it.
PIECE_LENGTH: Final = 16

#: From this likeness on, in hundredths, two texts are shown side by side.
SIMILAR_PERCENT: Final = 60
#: Fewer pieces tell nothing: two texts of four characters are alike by chance.
FEWEST_PIECES: Final = 4

#: What nearly every application says, and so distinguishes none.
_COMMON: Final = re.compile(
    "政府信息公开|政府信息|信息公开|申请公开|本人|现申请|请求|请予|提供|复印件"
)


def pieces(text: str) -> frozenset[str]:
    """Return the pieces of a text, for comparing and for finding it again."""
    return frozenset(
        piece[:PIECE_LENGTH] for run in _runs(text) for piece in _cut(run, keep_last=True)
    )


def compared(text: str) -> frozenset[str]:
    """Return the pieces by which a text is compared: without what nearly every application says."""
    plain = _COMMON.sub(" ", unicodedata.normalize("NFKC", text))
    return frozenset(
        piece[:PIECE_LENGTH] for run in _runs(plain) for piece in _cut(run, keep_last=False)
    )


def searched(words: str) -> frozenset[str]:
    """Return the pieces every text must have that contains ``words``; empty when nothing can be said.

    One character alone, and the end of a run of Latin letters, may stand inside a longer piece.
    """
    return frozenset(piece for run in _runs(words) if run[0] >= _FIRST_HAN for piece in _pairs(run))


def percent(*, shared: int, mine: int, other: int) -> int:
    """Return the likeness of two texts in hundredths, rounded down."""
    together = mine + other - shared
    return 100 * shared // together if together else 0


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def _cut(run: str, *, keep_last: bool) -> list[str]:
    if run[0] < _FIRST_HAN or len(run) == 1:
        return [run]
    return [*_pairs(run), run[-1]] if keep_last else _pairs(run)


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]
