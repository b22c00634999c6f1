"""Asking departments for records and opinions: what is open, with whom, since when.

Several departments may be asked at once, each with its own step clock beside the department that has
the case (签收 1, 部门意见 5 working days). Inner sections pause nothing (条例 33 ¶3 speaks of
third parties and other organs). Folded from the ledger, so a voided entry counts no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.ledger import Entry, LedgerEntry

#: Under which names an entry of the ledger carries an inquiry and its step.
INQUIRY: Final = "inquiry"
STEP: Final = "step"


class InquiryStep(StrEnum):
    """What happened to an inquiry."""

    ASKED = "asked"
    SIGNED = "signed"
    REPLIED = "replied"
    RETURNED = "returned"


class Wanted(StrEnum):
    """What a department is asked for."""

    RECORDS = "records"
    OPINION = "opinion"
    BOTH = "both"


WANTED_LABELS: Final[Mapping[Wanted, str]] = MappingProxyType(
    {
        Wanted.BOTH: "查找并提供材料，提出能否公开的意见",
        Wanted.RECORDS: "查找并提供材料",
        Wanted.OPINION: "提出能否公开的意见",
    }
)


@dataclass(frozen=True)
class InquirySeen:
    """One inquiry as its entries tell: which department, asked when, signed for, ended."""

    ref: int
    department_id: int
    department: str
    asked: LedgerEntry
    signed: LedgerEntry | None = None
    ended: LedgerEntry | None = None

    @property
    def open(self) -> bool:
        """Tell whether the department still owes its reply."""
        return self.ended is None


def of(standing: Iterable[LedgerEntry]) -> tuple[InquirySeen, ...]:
    """Fold the standing entries of a ledger into its inquiries, in the order of asking."""
    found: dict[int, InquirySeen] = {}
    for each in sorted(standing, key=lambda entry: entry.seq):
        ref = each.data.get(INQUIRY)
        if ref is None:
            continue
        step = InquiryStep(each.data[STEP])
        if step is InquiryStep.ASKED:
            found[ref] = InquirySeen(
                ref, each.data["department_id"], each.data["of_department"], each
            )
        elif ref in found:
            seen = found[ref]
            signing = step is InquiryStep.SIGNED
            found[ref] = replace(seen, signed=each) if signing else replace(seen, ended=each)
    return tuple(found.values())


def still_open(standing: Iterable[LedgerEntry]) -> tuple[InquirySeen, ...]:
    """Return the inquiries whose department still owes its reply."""
    return tuple(each for each in of(standing) if each.open)


def is_departments_opinion(entry: LedgerEntry) -> bool:
    """Tell whether an opinion is that of the department which has the case: no reviewer's, no other's."""
    named = {INQUIRY, "review"} & set(entry.data)
    return entry.entry is Entry.OPINION_GIVEN and not named


def names(seen: Sequence[InquirySeen]) -> str:
    """Return the departments' names as a list for a sentence."""
    return "、".join(dict.fromkeys(each.department for each in seen))
