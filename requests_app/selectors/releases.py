"""Read the files of a case that are, or will be, handed to its applicant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from requests_app.domain.access import Act
from requests_app.domain.case_facts import CaseFacts, LetterStatus
from requests_app.domain.grounds import Ground
from requests_app.domain.papers import PaperKind
from requests_app.domain.releases import Redaction as RedactionValue
from requests_app.domain.releases import Released
from requests_app.models import Attachment, Case, Letter, Redaction, ReleasedFile

_UNSIGNED: Final = frozenset({LetterStatus.DRAFT.value, LetterStatus.PENDING.value})
#: Letters that are out: only their files are the applicant's.
_OUT: Final = (LetterStatus.DISPATCHED.value, LetterStatus.DELIVERED.value)


def loose(case: Case) -> QuerySet[ReleasedFile]:
    """Return the files prepared for the next answer of a case, with their redactions."""
    return _rows().filter(attachment__case=case, letter__isnull=True, removed_at__isnull=True)


def rows_of(letter: Letter) -> QuerySet[ReleasedFile]:
    """Return the files of an answer: those prepared while it is unsigned, its own ever after."""
    if Act(letter.act) is not Act.ANSWER:
        return _rows().none()
    if letter.status in _UNSIGNED:
        return loose(letter.case)
    return _rows().filter(letter=letter)


def of(letter: Letter) -> tuple[Released, ...]:
    """Return the files of an answer as the letter speaks of them."""
    return values(rows_of(letter))


def prepared_by(letter: Letter) -> frozenset[int]:
    """Return who prepared the files of an answer, or registered what is blacked out in them."""
    rows = rows_of(letter)
    redactions = Redaction.objects.filter(file__in=rows)
    return frozenset(rows.values_list("added_by", flat=True)) | frozenset(
        redactions.values_list("added_by", flat=True)
    )


def prepared(case: Case) -> tuple[Released, ...]:
    """Return the files prepared for the next answer as its letter will speak of them."""
    return values(loose(case))


def values(rows: QuerySet[ReleasedFile]) -> tuple[Released, ...]:
    """Return rows as the domain sees them."""
    return tuple(value(row) for row in rows)


def value(row: ReleasedFile) -> Released:
    """Return one row as the domain sees it."""
    return Released(
        name=row.attachment.name,
        pages=row.pages,
        sha256=row.attachment.sha256,
        redacted=row.redacted,
        redactions=tuple(
            RedactionValue(each.page, each.what, Ground(each.ground), each.reason)
            for each in row.redactions.all()
        ),
    )


def everything(case: Case) -> list[ReleasedFile]:
    """Return all files of a case that were not taken out again, letter by letter, for the desk."""
    kept = _rows().filter(attachment__case=case, removed_at__isnull=True)
    return list(kept.select_related("attachment", "added_by", "letter"))


def out(case: Case, *, known: CaseFacts) -> list[ReleasedFile]:
    """Return the files its applicant may fetch: those of answers that are out and not voided.

    Nothing is read while no answer is out.
    """
    answered = any(
        letter.act is Act.ANSWER and letter.status.value in _OUT for letter in known.letters
    )
    if not answered:
        return []
    return list(
        ReleasedFile.objects.filter(
            letter__case=case, letter__status__in=_OUT, letter__act=Act.ANSWER.value
        )
        .select_related("attachment", "letter__delivery")
        .order_by("pk")
    )


def fetchable(file_id: int, *, case_id: int) -> ReleasedFile | None:
    """Return one file its applicant may fetch by number and code, if it is one."""
    found = _rows().filter(
        pk=file_id,
        letter__case_id=case_id,
        letter__status__in=_OUT,
        letter__act=Act.ANSWER.value,
    )
    return found.select_related("attachment", "letter__delivery", "letter__case").first()


def kept_until(row: ReleasedFile, *, days: int) -> date | None:
    """Return the last day on which a file can be fetched online; ``None`` while its letter is not out.

    ``days`` are the calendar days of the office's setting, counted from dispatch.
    """
    if row.letter is None or not hasattr(row.letter, "delivery"):
        return None
    return row.letter.delivery.dispatched_on + timedelta(days=days)


def never_handed_over(case: Case) -> QuerySet[Attachment]:
    """Return the prepared files that no valid answer carries: no part of the file of the case."""
    carried = ReleasedFile.objects.filter(attachment=OuterRef("pk"), letter__isnull=False).exclude(
        letter__status=LetterStatus.VOID.value
    )
    prepared_once = ReleasedFile.objects.filter(attachment=OuterRef("pk"))
    return Attachment.objects.filter(
        Q(Exists(prepared_once)) & ~Q(Exists(carried)),
        case=case,
        kind=PaperKind.RELEASED.value,
    )


def _rows() -> QuerySet[ReleasedFile]:
    standing = Redaction.objects.filter(removed_at__isnull=True)
    return (
        ReleasedFile.objects.select_related("attachment")
        .prefetch_related(Prefetch("redactions", standing))
        .order_by("pk")
    )
