"""Turn the domain's enums into stored choices, so that codes have one source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

Code = TypeVar("Code", bound=StrEnum)


def choices(labels: Mapping[Code, str]) -> list[tuple[str, str]]:
    """Return (stored code, Chinese label) for each member that ``labels`` names."""
    return [(code.value, label) for code, label in labels.items()]


def values(codes: Iterable[StrEnum]) -> list[str]:
    """Return the stored codes, sorted, for use in a constraint."""
    return sorted(code.value for code in codes)
