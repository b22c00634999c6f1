"""Check the chains: whether every record still says what it said when it was written and sealed.

Reads only. What differs is a ``Fault``; the nightly job logs and counts them (``services.seals``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from requests_app.domain import chain
from requests_app.models import AccessRecord, Case, Event, Seal, SealedHead, SetupChange

_EVENT_FIELDS: Final = (
    "case_id", "seq", "entry", "on", "ref", "data", "voids", "letter_id", "recorded_at",
    "recorded_by_id", "role",
)  # fmt: skip
_ACCESS_FIELDS: Final = ("id", "case_id", "staff_id", "what", "reason", "at")
_CHANGE_FIELDS: Final = ("id", "at", "staff_id", "table", "row", "row_id", "before", "after")
_CHUNK: Final = 5_000


@dataclass(frozen=True)
class Fault:
    """One place where a record is not what was written: a sentence in Chinese, and where."""

    sentence: str
    case_id: int | None = None
    seq: int | None = None


def link_of(event: Event, *, previous: str) -> str:
    """Return the link of ``event`` after ``previous`` (empty for the first entry of a case)."""
    return _link({name: getattr(event, name) for name in _EVENT_FIELDS}, previous=previous)


def _link(row: Mapping[str, Any], *, previous: str) -> str:
    return chain.link(previous or chain.start(f"case:{row['case_id']}"), row)


def exported(event: Event) -> dict[str, Any]:
    """Return ``event`` as an export holds it: what its link covers, as text, and the link itself."""
    row = {name: getattr(event, name) for name in _EVENT_FIELDS}
    plain = json.loads(json.dumps(row, ensure_ascii=False, default=chain.plain))
    return {**plain, "chain": event.chain}


def faults() -> Iterator[Fault]:
    """Return every fault in the whole history, read as a stream."""
    yield from _broken_links(Event.objects.all())
    yield from _moved_heads(SealedHead.objects.all())
    yield from _broken_seals()


def faults_of(case: Case) -> tuple[Fault, ...]:
    """Return the faults of one case."""
    return (*_broken_links(case.events.all()), *_moved_heads(case.sealed_heads.all()))


def _broken_links(events: QuerySet[Event]) -> Iterator[Fault]:
    """Name the first entry of each case whose link is wrong; all after it hang on that one."""
    rows = events.order_by("case_id", "seq").values(*_EVENT_FIELDS, "chain")
    for case_id, ledger in groupby(rows.iterator(chunk_size=_CHUNK), lambda row: row["case_id"]):
        previous = ""
        for place, row in enumerate(ledger, start=1):
            stored = row.pop("chain")
            if row["seq"] != place:
                yield Fault(f"台账缺第{place}条。", case_id, place)
                break
            if _link(row, previous=previous) != stored:
                yield Fault(f"台账第{place}条与登记时不一致。", case_id, place)
                break
            previous = stored


def _moved_heads(heads: QuerySet[SealedHead]) -> Iterator[Fault]:
    event = Event.objects.filter(case=OuterRef("case"), seq=OuterRef("seq"))
    moved = heads.annotate(now=Subquery(event.values("chain")[:1])).filter(
        Q(now__isnull=True) | ~Q(now=F("chain"))
    )
    for head in moved.order_by("case_id", "seq"):
        yield Fault(f"台账第{head.seq}条与封存时不一致。", head.case_id, head.seq)


def _broken_seals() -> Iterator[Fault]:
    """Compute every seal again, from its own heads and from what was recorded between two seals."""
    heads = Stream(_head_rows(SealedHead.objects.all()), key="seal__number")
    access = Stream(_rows(AccessRecord.objects.order_by("pk"), _ACCESS_FIELDS), key="id")
    changes = Stream(_rows(SetupChange.objects.order_by("pk"), _CHANGE_FIELDS), key="id")
    previous = chain.start("seals")
    for place, seal in enumerate(Seal.objects.order_by("number"), start=1):
        if seal.number != place:
            yield Fault(f"缺第{place}次封存。")
            return
        computed = digest_of(
            seal,
            previous=previous,
            heads=heads.up_to(seal.number),
            access=access.up_to(seal.last_access),
            changes=changes.up_to(seal.last_change),
        )
        if computed != seal.digest:
            yield Fault(
                f"第{seal.number}次封存与当时的记录不一致（查看记录、设置变更或者封存本身）。"
            )
        previous = seal.digest


def digest_of(
    seal: Seal,
    *,
    previous: str,
    heads: Iterable[Mapping[str, Any]],
    access: Iterable[Mapping[str, Any]],
    changes: Iterable[Mapping[str, Any]],
) -> str:
    """Return the digest of ``seal`` over what it covers; ``previous`` is the seal's before it."""
    return chain.link(
        previous,
        {
            "number": seal.number,
            "at": seal.at,
            "heads": chain.digest(
                {"case": head["case_id"], "seq": head["seq"], "chain": head["chain"]}
                for head in heads
            ),
            "access": chain.digest(access),
            "changes": chain.digest(changes),
        },
    )


def unsealed_heads() -> list[dict[str, Any]]:
    """Return the last entry of every case that went on since it was last sealed, in order."""
    later = Event.objects.filter(case=OuterRef("case"), seq__gt=OuterRef("seq"))
    sealed = SealedHead.objects.filter(case=OuterRef("case"), seq=OuterRef("seq"))
    ends = Event.objects.filter(~Exists(later), ~Exists(sealed)).order_by("case_id")
    return list(_rows(ends, ("case_id", "seq", "chain")))


def access_rows(*, after: int, up_to: int) -> Iterator[dict[str, Any]]:
    """Return the records of who saw what, by their ids after ``after`` up to ``up_to``."""
    return _rows(
        AccessRecord.objects.filter(pk__gt=after, pk__lte=up_to).order_by("pk"), _ACCESS_FIELDS
    )


def change_rows(*, after: int, up_to: int) -> Iterator[dict[str, Any]]:
    """Return the changes of the set-up, by their ids after ``after`` up to ``up_to``."""
    return _rows(
        SetupChange.objects.filter(pk__gt=after, pk__lte=up_to).order_by("pk"), _CHANGE_FIELDS
    )


def _rows(rows: QuerySet[Any], fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    return rows.values(*fields).iterator(chunk_size=_CHUNK)


def _head_rows(heads: QuerySet[SealedHead]) -> Iterator[dict[str, Any]]:
    rows = heads.order_by("seal__number", "case_id")
    return _rows(rows, ("seal__number", "case_id", "seq", "chain"))


class Stream:
    """Rows in the order of ``key``, given out in portions up to a mark."""

    def __init__(self, rows: Iterator[dict[str, Any]], *, key: str) -> None:
        self._rows, self._key = rows, key
        self._next = next(rows, None)

    def up_to(self, mark: int) -> Iterator[dict[str, Any]]:
        """Give the next rows whose key is at most ``mark``."""
        while self._next is not None and self._next[self._key] <= mark:
            row = self._next
            self._next = next(self._rows, None)
            yield row
