"""Take in an old register of applications: look first, then all of it or nothing.

What was closed comes in as history, what is open goes on here. Every entry says that it was imported
and from which file, by its hash; the line of the old register is kept as it stood. Pauses and
extensions of the past are not known, so a past answer is judged by receipt and answer alone.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.utils import timezone

from requests_app.adapters import crypto, table_files
from requests_app.domain import access, identity, numbering, register_rows
from requests_app.domain.access import Act, Actor
from requests_app.domain.application import FormWanted, WayWanted
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.ledger import Entry
from requests_app.domain.outcomes import OUTCOMES, Ending, OutcomeCode
from requests_app.domain.register_rows import BadRow, OldCase
from requests_app.models import Applicant, Case, ImportedCase, IssuingBody, RegisterImport
from requests_app.selectors import calendars, offices
from requests_app.services import case_file, entries, numbers, projections, text_index

_NAMED: Final = 20
_UNREACHED: Final = "（旧台账未记载）"


@dataclass(frozen=True)
class Look:
    """What a file would bring: the rows that can be read, and those that cannot."""

    good: tuple[OldCase, ...]
    bad: tuple[BadRow, ...]
    sha256: str

    @property
    def closed(self) -> int:
        """Return how many cases come in as history."""
        return sum(each.closed_on is not None for each in self.good)

    @property
    def open(self) -> int:
        """Return how many cases go on here."""
        return len(self.good) - self.closed

    @property
    def years(self) -> Mapping[int, int]:
        """Return how many cases were received in each year, oldest first."""
        return dict(sorted(Counter(each.received_on.year for each in self.good).items()))


def look(content: bytes, *, actor: Actor, at: datetime) -> Look:
    """Read a file and say what it would bring; writes nothing.

    Refuses a file that is no register, and one that was taken in before.
    """
    refuse_if_any(access.reasons_against(Act.IMPORT_CASES, actor=actor))
    sha256 = hashlib.sha256(content).hexdigest()
    earlier = RegisterImport.objects.filter(sha256=sha256).first()
    if earlier is not None:
        on = case_file.local_day(earlier.imported_at)
        raise Refused.because("file", f"这个文件{on}已经导入过（{earlier.file_name}）。")
    today = case_file.local_day(at)
    good, bad = register_rows.read(table_files.read(content), today=today)
    if not good and not bad:
        raise Refused.because("file", "这个表格没有内容。")
    return _against_what_is_here(good, bad, sha256=sha256)


def take_in(content: bytes, *, file_name: str, actor: Actor, at: datetime) -> RegisterImport:
    """Take in every row of a file, or none: one bad row, and nothing is written."""
    seen = look(content, actor=actor, at=at)
    refuse_if_any(
        tuple(
            Reason("row", f"第{each.row}行{each.number}：{'；'.join(each.faults)}。")
            for each in seen.bad[:_NAMED]
        )
    )
    with transaction.atomic():
        body = offices.default_body()
        source = RegisterImport(
            file_name=file_name[-200:],
            sha256=seen.sha256,
            row_count=len(seen.good),
            closed_count=seen.closed,
            imported_at=at,
            imported_by_id=actor.staff,
        )
        source.save()
        for old in sorted(seen.good, key=lambda each: (each.received_on, each.row)):
            _make(old, source=source, body=body, actor=actor, at=at)
        numbers.begin_after(body, used=[old.number for old in seen.good])
    return source


def _against_what_is_here(good: Sequence[OldCase], bad: Sequence[BadRow], *, sha256: str) -> Look:
    """Move the rows whose number is taken, or whose day no calendar reaches, to the bad ones."""
    body = offices.default_body()
    taken = set(Case.objects.filter(body=body).values_list("number", flat=True))
    calendar = calendars.current()
    kept, faulty = [], list(bad)
    for old in good:
        faults = []
        if _number(old) in taken:
            faults.append("系统里已有这个编号")
        if not calendar.covers(old.received_on):
            faults.append(f"收到日期早于工作日历的第一天{calendar.first_day}")
        if faults:
            faulty.append(BadRow(old.row, old.number, tuple(faults)))
        else:
            kept.append(replace(old, number=_number(old)))
    return Look(tuple(kept), tuple(sorted(faulty, key=lambda each: each.row)), sha256)


def _number(old: OldCase) -> str:
    """Return a number of our own kind as we write it, any other as it stands."""
    try:
        return numbering.normalise_case_number(old.number)
    except Refused:
        return old.number


def _make(
    old: OldCase, *, source: RegisterImport, body: IssuingBody, actor: Actor, at: datetime
) -> None:
    today = case_file.local_day(at)
    applicant = Applicant(
        kind=old.kind.value,
        name=identity.clean_name(old.name),
        organisation_type=old.organisation_type.value if old.organisation_type else "",
        seal_binding=uuid.uuid4(),
        address=_UNREACHED,
    )
    case_file.refuse_too_long(applicant)
    applicant.save()
    case = Case(
        number=old.number,
        year=old.received_on.year,
        body=body,
        applicant=applicant,
        channel=old.channel.value,
        arrived_at=timezone.make_aware(datetime.combine(old.received_on, time.min)),
        description=old.description,
        form_wanted=FormWanted.PAPER.value,
        way_wanted=WayWanted.POST.value,
        # Nobody has this code: the applicant of the past got none.
        query_code_hash=crypto.hash_query_code(crypto.new_query_code()),
        idempotency_key=uuid.uuid5(uuid.NAMESPACE_OID, f"{source.sha256}:{old.row}"),
        created_at=at,
        received_on=old.received_on,
        projected_on=old.received_on,
    )
    case_file.refuse_too_long(case)
    case.save()
    ImportedCase.objects.create(
        case=case, source=source, row=old.row, original=dict(old.original or {})
    )
    text_index.index(case)
    mark = {"imported": source.sha256, "row": old.row}
    for entry, on, data in _entries(old):
        entries.append(case, entry=entry, on=on, actor=actor, at=at, data=mark | data)
    projections.refresh(case, today=today)


def _entries(old: OldCase) -> list[tuple[Entry, date, dict[str, object]]]:
    """Return what the old register tells: receipt, and for what was closed its end."""
    told: list[tuple[Entry, date, dict[str, object]]] = [
        (Entry.RECEIVED, old.received_on, {"channel": old.channel.value})
    ]
    if old.closed_on is None or old.outcome is None:
        return told
    end: dict[str, object] = {"outcome": old.outcome.value, "number": old.answer_number}
    if OUTCOMES[OutcomeCode(old.outcome)].ending is Ending.WITHDRAWN:
        told.append((Entry.WITHDRAWN, old.closed_on, end))
    else:
        told += [(Entry.REPLIED, old.closed_on, end), (Entry.ANSWER_DELIVERED, old.closed_on, {})]
    told.append((Entry.ARCHIVED, old.closed_on, {}))
    return told
