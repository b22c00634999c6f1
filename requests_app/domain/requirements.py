"""What the record must hold before an outcome may be used, or information be withheld on a ground.

Names of fields are those of ``placeholders``. Which outcome requires what stands in ``outcomes``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from requests_app.domain.grounds import REGULATION, Ground
from requests_app.domain.withheld_parts import PARTS


@dataclass(frozen=True)
class Requirement:
    """What the record must hold before the outcome may be used: all fields of one alternative."""

    label: str
    alternatives: tuple[tuple[str, ...], ...]
    citation: str

    def met_by(self, given: Mapping[str, str]) -> bool:
        """Tell whether every field of at least one alternative is filled in."""
        return any(
            all(given.get(name, "").strip() for name in names) for names in self.alternatives
        )

    def begun(self, given: Mapping[str, str]) -> bool:
        """Tell whether any field of it is filled in."""
        return any(given.get(name, "").strip() for names in self.alternatives for name in names)


def art(article: str) -> str:
    """Cite an article of the regulation by its full name."""
    return f"{REGULATION}{article}"


def need(label: str, *names: str, article: str) -> Requirement:
    """Require every one of the named fields."""
    return Requirement(label=label, alternatives=(names,), citation=art(article))


#: What the record must hold before information may be withheld on a ground, in full or in part.
GROUND_REQUIREMENTS: Final[Mapping[Ground, Requirement]] = MappingProxyType(
    {
        Ground.CLASSIFIED: need(
            "密级和保密期限", "secret_level", "secret_until", article="第十四条"
        ),
        Ground.BANNED: need("禁止公开的法律、行政法规", "banning_law", article="第十四条"),
        Ground.THIRD_PARTY: need(
            "征求第三方意见的情况", "third_party_position", article="第三十二条"
        ),
    }
)

#: A further withheld part is named, grounded and reasoned, or not begun at all.
FURTHER_PARTS: Final = tuple(
    need(f"不予公开的内容之{part.ordinal}的内容、依据和理由", *part.names, article="第三十七条")
    for part in PARTS[1:]
)
