"""The withheld parts of a partial disclosure: up to twenty, each with its own ground and reason.

Here is how a part's three fields are called and which parts have been begun. What a part must hold
stands in ``requirements``; how the parts are printed in ``letter_blocks``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_ORDINALS: Final = (
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
    "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """The names of one part's fields; ``ordinal`` is its number for people."""

    ordinal: str
    mark: str

    @property
    def withheld(self) -> str:
        """Name the field that says what is withheld."""
        return f"withheld{self.mark}"

    @property
    def ground(self) -> str:
        """Name the field that holds the code of the ground."""
        return f"ground{self.mark}"

    @property
    def reason(self) -> str:
        """Name the field that gives the reason."""
        return f"withheld_reason{self.mark}"

    @property
    def names(self) -> tuple[str, str, str]:
        """Name all three, in the order of the form."""
        return (self.withheld, self.ground, self.reason)

    def begun(self, given: Mapping[str, str]) -> bool:
        """Tell whether any of the three is filled in."""
        return any(given.get(name, "").strip() for name in self.names)


#: The first part is compulsory and its fields bear no number.
PARTS: Final = tuple(
    Part(ordinal, "" if number == 1 else f"_{number}")
    for number, ordinal in enumerate(_ORDINALS, start=1)
)
