"""How two cases belong together: cut from one letter, or one merged into the other."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class LinkKind(StrEnum):
    """Why a case points at an earlier one."""

    SAME_LETTER = "same_letter"
    MERGED_INTO = "merged_into"


LINK_LABELS: Final[Mapping[LinkKind, str]] = MappingProxyType(
    {
        LinkKind.SAME_LETTER: "同一来件拆分",
        LinkKind.MERGED_INTO: "并入",
    }
)
