"""Putting a case away: the guide's list per case, the file number (档号), how long, what may be lent.

Pure. Which papers a case holds is judged in ``dossier``; here their absence is weighed, and the
archive's own rules stand: DA/T 22-2015 for the number, 国家档案局令第8号 for the periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.dossier import SECTION_LABELS, Item, Section
from requests_app.domain.errors import Reason
from requests_app.domain.matters import Matter

DA_T_22: Final = "DA/T 22-2015"
KEEPING_RULE: Final = "《机关文件材料归档范围和文书档案保管期限规定》（国家档案局令第8号）"
#: The unit's own list of periods is approved by the archive authority of the same level.
APPROVAL_RULE: Final = "《档案法实施条例》第十九条"
ITEM_DIGITS: Final = 4
_CODE: Final = re.compile(r"[A-Z0-9]{1,10}")


class Retention(StrEnum):
    """How long a file is kept; the code stands in its number."""

    PERMANENT = "Y"
    THIRTY_YEARS = "D30"
    TEN_YEARS = "D10"


RETENTION_LABELS: Final[Mapping[Retention, str]] = MappingProxyType(
    {
        Retention.PERMANENT: "永久",
        Retention.THIRTY_YEARS: "30年",
        Retention.TEN_YEARS: "10年",
    }
)
_YEARS: Final = {Retention.THIRTY_YEARS: 30, Retention.TEN_YEARS: 10}


class FileKind(StrEnum):
    """What decides how long a file is kept."""

    DISPUTED = "disputed"
    ANSWERED = "answered"
    ENDED = "ended"
    AMENDMENT = "amendment"

    @property
    def label(self) -> str:
        """Return its name for people."""
        return FILE_KIND_LABELS[self]


FILE_KIND_LABELS: Final[Mapping[FileKind, str]] = MappingProxyType(
    {
        FileKind.DISPUTED: "有行政复议或者行政诉讼的",
        FileKind.ANSWERED: "作出答复的",
        FileKind.ENDED: "撤回、视为放弃的",
        FileKind.AMENDMENT: "申请更正本人信息的",
    }
)

#: Suggested until the office has its own approved list; 8号 knows only these three periods.
SUGGESTED: Final[Mapping[FileKind, Retention]] = MappingProxyType(
    {
        FileKind.DISPUTED: Retention.THIRTY_YEARS,
        FileKind.ANSWERED: Retention.TEN_YEARS,
        FileKind.ENDED: Retention.TEN_YEARS,
        FileKind.AMENDMENT: Retention.TEN_YEARS,
    }
)


def kind_of(*, matter: Matter, answered: bool, disputed: bool) -> FileKind:
    """Tell which line of the list of periods a file falls under; a dispute outweighs the rest."""
    if disputed:
        return FileKind.DISPUTED
    if matter is Matter.AMENDMENT:
        return FileKind.AMENDMENT
    return FileKind.ANSWERED if answered else FileKind.ENDED


def kept_until(year: int, retention: Retention) -> date | None:
    """Return the last day a file of ``year`` is kept; None for ever.

    The period counts in calendar years from 1 January after the year of the file.
    """
    years = _YEARS.get(retention)
    return None if years is None else date(year + years, 12, 31)


@dataclass(frozen=True)
class FileNumber:
    """A 档号: 全宗号-门类代码·年度-保管期限-机构(问题)代码-件号.

    Without a fonds number, which the archive gives, the rest stands alone. Refuses parts that would
    not be one number any more.
    """

    fonds: str
    category: str
    year: int
    retention: Retention
    unit: str
    item: int

    def __post_init__(self) -> None:
        if reasons := against_codes(fonds=self.fonds, category=self.category, unit=self.unit):
            raise ValueError("; ".join(reason.code for reason in reasons))
        if self.item < 1:
            raise ValueError("items are numbered from 1")

    def __str__(self) -> str:
        rest = (
            f"{self.category}·{self.year}-{self.retention}-{self.unit}-{self.item:0{ITEM_DIGITS}d}"
        )
        return f"{self.fonds}-{rest}" if self.fonds else rest


def against_codes(*, fonds: str, category: str, unit: str) -> tuple[Reason, ...]:
    """Return what is wrong with the codes of a file number: capitals and digits, at most ten."""
    named = (
        ("fonds_number", "全宗号", fonds, False),
        ("category_code", "门类代码", category, True),
        ("unit_code", "机构（问题）代码", unit, True),
    )
    return tuple(
        Reason(code, f"{label}只用大写字母和数字，1至10位。", DA_T_22)
        for code, label, value, needed in named
        if not (_CODE.fullmatch(value) or (not value and not needed))
    )


#: Named, and never in the way: an opinion not every case has, proof of letters that begin nothing.
ADVISORY: Final = frozenset({"legal_opinion", "confirmation"})

#: Where on the list each thing that ``dossier.missing`` names is shown.
_PLACES: Final[Mapping[str, Section]] = MappingProxyType(
    {
        "application": Section.APPLICATION,
        "envelope": Section.APPLICATION,
        "identity": Section.IDENTITY,
        "authorisation": Section.IDENTITY,
        "receipt": Section.RECEIPT,
        "opinion": Section.THIRD_PARTY,
        "legal_opinion": Section.LEGAL_OPINION,
        "unmade": Section.ANSWER,
        "answer": Section.ANSWER,
        "delivery": Section.DELIVERY,
        "confirmation": Section.DELIVERY,
        "proof": Section.DELIVERY,
    }
)

#: The guide's list, in its order; notices and the explanation of the period are this office's own.
GUIDE_SECTIONS: Final = tuple(
    section for section in Section if section not in {Section.NOTICES, Section.DEADLINE}
)


@dataclass(frozen=True)
class ChecklistLine:
    """One line of the guide's list: how many papers the case holds under it, and what it lacks."""

    section: Section
    held: int
    lacks: tuple[Reason, ...]

    @property
    def label(self) -> str:
        """Return the words of the guide."""
        return SECTION_LABELS[self.section]

    @property
    def compulsory(self) -> bool:
        """Tell whether something is lacking that stands in the way of archiving."""
        return bool(compulsory(self.lacks))


def checklist(items: Iterable[Item], *, missing: Sequence[Reason]) -> tuple[ChecklistLine, ...]:
    """Lay the guide's list (五) beside what a case holds; every reason stands under one line."""
    held: dict[Section, int] = {}
    for item in items:
        held[item.section] = held.get(item.section, 0) + 1
    lacks: dict[Section, list[Reason]] = {}
    for reason in missing:
        lacks.setdefault(_PLACES.get(reason.code, Section.OTHER), []).append(reason)
    return tuple(
        ChecklistLine(section, held.get(section, 0), tuple(lacks.get(section, ())))
        for section in GUIDE_SECTIONS
    )


def compulsory(missing: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return what must be there, or be explained, before a case is put away."""
    return tuple(reason for reason in missing if reason.code not in ADVISORY)


class LendingKind(StrEnum):
    """Read in the office, or taken away for a time."""

    READING = "reading"
    LENDING = "lending"


LENDING_KIND_LABELS: Final[Mapping[LendingKind, str]] = MappingProxyType(
    {LendingKind.READING: "查阅（在档案室）", LendingKind.LENDING: "借阅（借出）"}
)


def against_lending(
    kind: LendingKind, *, out_on: date, due_on: date | None, today: date
) -> tuple[Reason, ...]:
    """Return what stands against an entry of the reading and lending log."""
    reasons = []
    if out_on > today:
        reasons.append(Reason("out_on", "日期不能晚于今天。"))
    if kind is LendingKind.LENDING and due_on is None:
        reasons.append(Reason("due_on", "借出的要写明应当归还的日期。"))
    if due_on is not None and due_on < out_on:
        reasons.append(Reason("due_on", "归还期限不能早于借出日期。"))
    return tuple(reasons)


def overdue_days(*, due_on: date | None, returned_on: date | None, today: date) -> int:
    """Return for how many calendar days a file should have been back; 0 where it need not."""
    if due_on is None or returned_on is not None:
        return 0
    return max((today - due_on).days, 0)


def scans_due_on(closed_on: date, *, months: int) -> date:
    """Return the day from which sensitive scans of a case closed on ``closed_on`` are deleted.

    Calendar months; a day the month does not have becomes its last.
    """
    total = closed_on.year * 12 + closed_on.month - 1 + months
    year, month = divmod(total, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date(year, month + 1, 1)).days  # noqa: PLR2004 - December
    return date(year, month + 1, min(closed_on.day, last))
