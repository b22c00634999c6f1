"""A composed letter: what is frozen at signing, travels as JSON, and becomes paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; ``style`` is body, h1, h2 or list."""

    text: str
    style: str = "body"


@dataclass(frozen=True)
class LetterText:
    """A composed letter. A draft has no ``number``; ``dated_on`` is ISO text, empty until signed."""

    title: str
    issuer: str
    number: str
    addressee: str
    paragraphs: tuple[Paragraph, ...]
    remedies: tuple[str, ...]
    attachments: tuple[str, ...]
    signer: str
    dated_on: str
    contact: str

    def to_dict(self) -> dict[str, Any]:
        """Return the letter as plain data for JSON."""
        plain = asdict(self)
        return plain | {
            name: list(plain[name]) for name in ("paragraphs", "remedies", "attachments")
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> LetterText:
        """Read a letter back from the data of ``to_dict``."""
        return cls(
            **{
                **data,
                "paragraphs": tuple(Paragraph(**each) for each in data["paragraphs"]),
                "remedies": tuple(data["remedies"]),
                "attachments": tuple(data["attachments"]),
            }
        )

    def all_text(self) -> Iterator[str]:
        """Give every piece of text that will be printed, in order."""
        yield from (self.issuer, self.number, self.title, self.addressee)
        yield from (paragraph.text for paragraph in self.paragraphs)
        yield from (*self.remedies, *self.attachments, self.signer, self.contact)
