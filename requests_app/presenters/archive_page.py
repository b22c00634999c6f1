"""What pages say of the archive: the guide's list as lines, who has the file, the electronic file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from requests_app.domain import archiving
from requests_app.domain.archiving import RETENTION_LABELS, ChecklistLine, LendingKind, Retention
from requests_app.domain.dossier import Section
from requests_app.domain.errors import Reason
from requests_app.domain.ledger import ENDED, Status
from requests_app.models import ArchiveRecord, Case, Lending
from requests_app.selectors import archives

#: While a case runs nearly everything is still to come; the list is shown once it is closed.
_SHOWN: Final = ENDED | {Status.ANSWERED, Status.ARCHIVED}


@dataclass(frozen=True)
class Summary:
    """The archive's few lines on the case page; ``number`` is empty before the case is put away."""

    number: str
    archived_on: date | None
    retention: str
    kept_to: date | None
    lacking: tuple[Reason, ...]
    advised: tuple[Reason, ...]
    lent: str
    lent_tone: str


@dataclass(frozen=True)
class Line:
    """One line of the guide's list: its mark as a word, how many papers, what is lacking."""

    label: str
    held: int
    mark: str
    tone: str
    lacks: tuple[Reason, ...]


@dataclass(frozen=True)
class LoanLine:
    """One entry of the reading and lending log."""

    row: Lending
    state: str
    tone: str
    out: bool


def summary(case: Case, *, today: date) -> Summary | None:
    """Say in a few lines how a closed case stands with the archive; nothing of one still running."""
    if Status(case.status) not in _SHOWN:
        return None
    record = archives.record_of(case)
    archived = Status(case.status) is Status.ARCHIVED
    missing = () if archived else archives.standing(case, today=today).missing
    lacking = archiving.compulsory(missing)
    out = None if record is None else _out(case, today=today)
    return Summary(
        number=record.number if record else "",
        archived_on=record.archived_on if record else None,
        retention=RETENTION_LABELS[Retention(record.retention)] if record else "",
        kept_to=record.kept_to if record else None,
        lacking=lacking,
        advised=tuple(reason for reason in missing if reason not in lacking),
        lent=f"{out.row.person}　{out.state}" if out else "",
        lent_tone=out.tone if out else "",
    )


def lines(found: Iterable[ChecklistLine]) -> list[Line]:
    """Return the guide's list with a mark in words: complete, lacking, to be looked at, or none."""
    return [Line(each.label, each.held, *_mark(each), each.lacks) for each in found]


def loans(rows: Iterable[Lending], *, today: date) -> list[LoanLine]:
    """Return the log with the state of each entry in words."""
    return [_loan(row, today=today) for row in rows]


def retention(record: ArchiveRecord) -> str:
    """Say how long a file is kept and until when."""
    label = RETENTION_LABELS[Retention(record.retention)]
    return f"{label}，至{record.kept_to}" if record.kept_to else label


def _mark(line: ChecklistLine) -> tuple[str, str]:
    if line.compulsory:
        return "缺", "r"
    if line.lacks:
        return "请核对", "y"
    if line.held:
        return "有", "g"
    # Nothing is lacking under it, so the papers were seen where they were handed in.
    return ("已当面核验", "g") if line.section is Section.IDENTITY else ("不涉及", "")


def _out(case: Case, *, today: date) -> LoanLine | None:
    found = archives.lendings_of(case).filter(
        kind=LendingKind.LENDING.value, returned_on__isnull=True
    )
    row = found.first()
    return None if row is None else _loan(row, today=today)


def _loan(row: Lending, *, today: date) -> LoanLine:
    if row.kind == LendingKind.READING:
        return LoanLine(row, "当场查阅", "", out=False)
    if row.returned_on is not None:
        late = archiving.overdue_days(due_on=row.due_on, returned_on=None, today=row.returned_on)
        return LoanLine(row, f"已还（超期{late}天）" if late else "已还", "", out=False)
    late = archiving.overdue_days(due_on=row.due_on, returned_on=None, today=today)
    if late:
        return LoanLine(row, f"超期{late}天未还", "r", out=True)
    return LoanLine(row, f"借出，{row.due_on}应还", "b", out=True)
