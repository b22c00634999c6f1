"""What a row of the work list says beside its dates: read or not, followed, alike, reminded.

A fixed number of queries for a page, however many rows it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from requests_app.domain.access import Actor
from requests_app.domain.ledger import Entry
from requests_app.models import Case, CaseWatch, DueFlag
from requests_app.selectors import likenesses, news
from requests_app.selectors.likenesses import Likeness, Repeated


@dataclass(frozen=True)
class Reminded:
    """The last warning of a case: at which level, when, and how many there were."""

    level: str
    at: datetime
    times: int


@dataclass(frozen=True)
class Notes:
    """What one row says beside its dates."""

    watched: bool = False
    unread: Sequence[Entry] = ()
    bounced: int = 0
    likeness: Likeness = likenesses.NOTHING
    repeated: Repeated = likenesses.ONCE
    reminded: Reminded | None = None


NOTHING: Final = Notes()


def of(page: Sequence[Case], *, actor: Actor) -> Mapping[int, Notes]:
    """Read the notes of a page of cases for one reader, by case."""
    ids = [case.pk for case in page]
    watched = set(
        CaseWatch.objects.filter(case_id__in=ids, staff_id=actor.staff_id).values_list(
            "case_id", flat=True
        )
    )
    unread, bounced = news.unread(ids, actor=actor), news.bounced(ids)
    alike, repeated = likenesses.marks(ids), likenesses.repeated(page)
    reminded = _reminded(ids)
    return {
        pk: Notes(
            watched=pk in watched,
            unread=unread.get(pk, ()),
            bounced=bounced.get(pk, 0),
            likeness=alike.get(pk, likenesses.NOTHING),
            repeated=repeated.get(pk, likenesses.ONCE),
            reminded=reminded.get(pk),
        )
        for pk in ids
    }


def _reminded(ids: Iterable[int]) -> Mapping[int, Reminded]:
    """Return the last warning that people were reminded with."""
    found: dict[int, Reminded] = {}
    rows = DueFlag.objects.filter(case_id__in=ids).order_by("pk")
    for case_id, level, at in rows.values_list("case_id", "level", "raised_at"):
        before = found.get(case_id)
        found[case_id] = Reminded(level, at, times=(before.times if before else 0) + 1)
    return found
