"""Read what the archive needs: the settings in force, the guide's list, file numbers, what is lent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.domain import archiving, numbering
from requests_app.domain.access import Act, Actor
from requests_app.domain.archiving import ChecklistLine, FileKind, LendingKind
from requests_app.domain.errors import Reason
from requests_app.domain.ledger import ENDED, Entry
from requests_app.domain.matters import Matter
from requests_app.models import (
    ArchiveFile,
    ArchiveRecord,
    ArchiveSettings,
    Case,
    IssuingBody,
    Lending,
    Proceeding,
)
from requests_app.selectors import cases, dossiers

PAGE_SIZE: Final = 50
_MOST_DIGITS: Final = 15


@dataclass(frozen=True)
class Standing:
    """A case as the archive sees it: the guide's list, what is lacking, and the open settings."""

    lines: tuple[ChecklistLine, ...]
    missing: tuple[Reason, ...]
    settings: ArchiveSettings
    kind: FileKind

    @property
    def compulsory(self) -> tuple[Reason, ...]:
        """Return what must be there, or be explained."""
        return archiving.compulsory(self.missing)

    @property
    def unset(self) -> tuple[Reason, ...]:
        """Return what the office has not settled with the archive authority yet."""
        found = []
        if not self.settings.fonds_number:
            found.append(Reason("fonds", "全宗号还没有设置，档号先不带全宗号。", archiving.DA_T_22))
        if not self.settings.approved_by:
            sentence = "保管期限表还没有登记档案主管部门的批准，暂按建议的期限。"
            found.append(Reason("approval", sentence, archiving.APPROVAL_RULE))
        return tuple(found)


def settings(body: IssuingBody, *, on: date) -> ArchiveSettings:
    """Return the settings of ``body`` in force on ``on``; before any, the suggested ones, not saved."""
    found = (
        ArchiveSettings.objects.filter(body=body, effective_from__lte=on)
        .order_by("-effective_from")
        .first()
    )
    return found or ArchiveSettings(body=body, effective_from=on, unit_code=_unit_code(body))


def _unit_code(body: IssuingBody) -> str:
    """Return a code no other body has: its own short name in letters, else its number."""
    letters = "".join(char for char in body.code.upper() if char.isascii() and char.isalnum())
    return letters[:10] or f"JG{body.pk}"


def standing(case: Case, *, today: date) -> Standing:
    """Judge the file of ``case`` by the guide's list and the settings in force."""
    found = dossiers.load(case, today=today)
    return Standing(
        lines=archiving.checklist(found.items, missing=found.missing),
        missing=found.missing,
        settings=settings(case.body, on=today),
        kind=kind(case),
    )


def kind(case: Case) -> FileKind:
    """Tell which line of the list of periods the file of ``case`` falls under."""
    events = list(case.events.values_list("seq", "entry", "voids"))
    voided = {voids for _, _, voids in events}
    answered = any(entry == Entry.REPLIED and seq not in voided for seq, entry, _ in events)
    disputed = Proceeding.objects.filter(case=case, voided_at__isnull=True).exists()
    return archiving.kind_of(matter=Matter(case.matter), answered=answered, disputed=disputed)


def record_of(case: Case) -> ArchiveRecord | None:
    """Return the record that holds for ``case``: the latest."""
    found = ArchiveRecord.objects.filter(case=case).select_related("archived_by")
    return found.order_by("-pk").first()


def files_of(case: Case) -> QuerySet[ArchiveFile]:
    """Return the electronic files of ``case``, newest first."""
    return ArchiveFile.objects.filter(record__case=case).select_related("record").order_by("-pk")


def lendings_of(case: Case) -> QuerySet[Lending]:
    """Return the reading and lending log of ``case``, newest first."""
    found = Lending.objects.filter(record__case=case)
    return found.select_related("record", "recorded_by", "returned_to").order_by("-pk")


def out(actor: Actor) -> QuerySet[Lending]:
    """Return what is lent and not back, the longest due first."""
    found = Lending.objects.filter(
        kind=LendingKind.LENDING.value,
        returned_on__isnull=True,
        record__case__in=cases.visible_to(actor),
    )
    return found.select_related("record__case").order_by("due_on", "pk")


def count_overdue(actor: Actor, *, today: date) -> int:
    """Count what should have been back before today, for the badge beside the list's name."""
    return out(actor).filter(due_on__lt=today).count()


def waiting(actor: Actor) -> QuerySet[Case]:
    """Return the ended cases nobody has put away, the oldest first."""
    found = cases.visible_to(actor).filter(status__in=[each.value for each in ENDED])
    return found.select_related("applicant").order_by("closed_on", "pk")


@dataclass(frozen=True)
class Page:
    """One page of the register, and the key of the next one."""

    rows: tuple[ArchiveRecord, ...]
    next_key: str


def register(actor: Actor, *, words: str, before: str) -> Page:
    """Return the register of file numbers, newest first: by number, case number or 文号.

    Numbers a later one replaced stand in it too, marked ``replaced``: none disappears. A key
    nobody made leads to the first page.
    """
    if not actor.may(Act.ARCHIVE):
        return Page((), "")
    later = ArchiveRecord.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    found = ArchiveRecord.objects.annotate(replaced=Exists(later)).select_related("case")
    if kept := words.strip():
        found = found.filter(
            Q(number__icontains=kept)
            | Q(case__number__icontains=kept)
            | Q(document_number__icontains=numbering.normalise_document_number(kept))
        )
    if before.isascii() and before.isdecimal() and len(before) <= _MOST_DIGITS:
        found = found.filter(pk__lt=int(before))
    rows = tuple(found.order_by("-pk")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    return Page(shown, str(shown[-1].pk) if len(rows) > PAGE_SIZE else "")


def owed_file(actor: Actor, *, archive_file_id: int) -> ArchiveFile | None:
    """Return an electronic file of a case the actor sees, with its record."""
    found = ArchiveFile.objects.filter(pk=archive_file_id, record__case__in=cases.visible_to(actor))
    return found.select_related("record").first()


def count_unmade() -> int:
    """Count the electronic files that are owed and not made."""
    return ArchiveFile.objects.filter(path="").count()
