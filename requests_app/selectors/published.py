"""Find published documents before anybody asks for them (条例 20, 36(一)).

The catalogue of published documents is not built yet: until it is, nothing is found, and
``CATALOGUE_READY`` tells pages to say so. The pages show what ``search`` gives and nothing else, so
that the catalogue comes in here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

CATALOGUE_READY: Final = False


@dataclass(frozen=True)
class PublishedDocument:
    """One document anybody can read already: what it is called, whose, and where it stands."""

    title: str
    document_number: str
    issuer: str
    published_on: date
    url: str


def search(words: str, *, limit: int = 10) -> tuple[PublishedDocument, ...]:
    """Return published documents that match ``words``, best first; none until there is a catalogue."""
    del words, limit
    return ()
