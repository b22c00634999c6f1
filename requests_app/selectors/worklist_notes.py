"""What a row of the work list says beside its dates: read or not, followed, alike, reminded.

A fixed number of queries for a page, however many rows it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from requests_app.domain.access import Actor
from requests_app.domain.ledger import Entry
from requests_app.models import Case, CaseWatch
from requests_app.selectors import likenesses, news, reminders
from requests_app.selectors.likenesses import Likeness, Repeated
from requests_app.selectors.reminders import LastReminder


@dataclass(frozen=True)
class Notes:
    """What one row says beside its dates."""

    watched: bool = False
    unread: Sequence[Entry] = ()
    bounced: int = 0
    likeness: Likeness = likenesses.NOTHING
    repeated: Repeated = likenesses.ONCE
    reminded: LastReminder | None = None


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
    reminded = reminders.last_sent(ids)
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
