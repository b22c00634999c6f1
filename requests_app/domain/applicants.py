"""Who stands behind an application besides the applicant: those who apply together, a guardian.

The first applicant is the one the office writes to: one contact person for all of them. Whether a
guardian is needed follows from the age, never from a guess. Names and numbers belong to ``identity``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain import identity
from requests_app.domain.identity import IdKind

#: More than these file better through one of them with a power of attorney.
MOST_JOINT: Final = 20

_SEPARATOR: Final = "、"


class GuardianRelation(StrEnum):
    """How the guardian stands to the child (民法典 27)."""

    FATHER = "father"
    MOTHER = "mother"
    OTHER = "other"


RELATION_LABELS: Final[Mapping[GuardianRelation, str]] = MappingProxyType(
    {
        GuardianRelation.FATHER: "父亲",
        GuardianRelation.MOTHER: "母亲",
        GuardianRelation.OTHER: "其他监护人",
    }
)


def needs_guardian(
    people: Iterable[tuple[IdKind | None, str]], *, today: date, said_under_14: bool
) -> bool:
    """Tell whether one of these persons is under 14, so that a guardian must consent (个保法 31).

    ``people`` are papers and numbers. Where the number carries a day of birth that day decides;
    where none does, what was said decides.
    """
    for kind, number in people:
        born = identity.born_on(kind, number) if kind else None
        if born is None:
            if said_under_14:
                return True
        elif born <= today and identity.is_under_14(born, today=today):
            return True
    return False


def all_names(names: Sequence[str]) -> str:
    """Return every name, as letters address those who apply together."""
    return _SEPARATOR.join(names)


def short_name(first: str, *, count: int) -> str:
    """Return the first name and how many there are: 张三等3人, for lists and lines."""
    return first if count == 1 else f"{first}等{count}人"
