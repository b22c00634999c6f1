"""Read the wordings of letters: which one is in force on a day, which one waits, what came before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from requests_app.domain import letters
from requests_app.domain.letters import LetterKind
from requests_app.domain.wordings import WORDINGS
from requests_app.models import LetterWording


@dataclass(frozen=True)
class Wording:
    """The words of one kind of letter, and the name by which a letter remembers them.

    ``own`` is the office's text, None where the built-in words hold.
    """

    kind: LetterKind
    name: str
    own: str | None = None

    @property
    def text(self) -> str:
        """Return the words themselves."""
        return WORDINGS[self.kind] if self.own is None else self.own


def in_force(kind: LetterKind, *, on: date) -> Wording:
    """Return the wording that letters of ``kind`` made on ``on`` have.

    The latest approved version whose day has come and that was not withdrawn by then; without one,
    the built-in words.
    """
    row = _approved(on=on).filter(kind=kind.value).order_by("-valid_from", "-version").first()
    return built_in(kind) if row is None else Wording(kind, row.name, row.text)


def all_in_force(*, on: date) -> dict[LetterKind, Wording]:
    """Return the wording in force of every kind, in one query."""
    found = {kind: built_in(kind) for kind in LetterKind}
    for row in _approved(on=on).order_by("valid_from", "version"):
        kind = LetterKind(row.kind)
        found[kind] = Wording(kind, row.name, row.text)
    return found


def built_in(kind: LetterKind) -> Wording:
    """Return the words that come with the program."""
    return Wording(kind, letters.WORDING_VERSION)


def waiting() -> QuerySet[LetterWording]:
    """Return the proposals nobody has decided on yet, oldest first."""
    rows = LetterWording.objects.filter(approved_at__isnull=True, withdrawn_at__isnull=True)
    return rows.select_related("proposed_by").order_by("proposed_at")


def versions(kind: LetterKind) -> QuerySet[LetterWording]:
    """Return every version of a kind, newest first, withdrawn ones included."""
    people = ("proposed_by", "approved_by", "withdrawn_by")
    rows = LetterWording.objects.filter(kind=kind.value).select_related(*people)
    return rows.order_by("-version")


def words_before(row: LetterWording) -> str:
    """Return the words a version was written against: the approved version before it, or the built-in."""
    before = LetterWording.objects.filter(
        kind=row.kind, version__lt=row.version, approved_at__isnull=False
    )
    found = before.order_by("-version").first()
    return WORDINGS[LetterKind(row.kind)] if found is None else found.text


def _approved(*, on: date) -> QuerySet[LetterWording]:
    """Return the approved versions whose day has come and that still held at the end of ``on``."""
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    return LetterWording.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end),
        approved_at__isnull=False,
        valid_from__lte=on,
    )
