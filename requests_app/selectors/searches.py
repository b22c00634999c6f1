"""Read the log of searches of a case: its rows, and what an answer quotes of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from requests_app.domain import ledger, searches
from requests_app.domain.ledger import LedgerEntry
from requests_app.domain.searches import Search, SearchLog, SearchResult
from requests_app.models import Case, RecordsSearch
from requests_app.selectors import facts


@dataclass(frozen=True)
class Logged:
    """A row of the log; ``stands`` is false once its entry in the ledger was voided."""

    row: RecordsSearch
    search: Search
    stands: bool


def rows(case: Case, *, entries: Iterable[LedgerEntry] | None = None) -> tuple[Logged, ...]:
    """Return the whole log of ``case`` in the order of its days, voided searches included."""
    known = facts.entries(case) if entries is None else tuple(entries)
    if not any(searches.SEARCH in each.data for each in known):
        return ()
    standing = searches.standing_seqs(known)
    found = RecordsSearch.objects.filter(case=case).select_related("department", "event")
    return tuple(Logged(row, _search(row), row.event.seq in standing) for row in found)


def of(case: Case) -> tuple[Search, ...]:
    """Return the searches of ``case`` that stand."""
    return tuple(each.search for each in rows(case) if each.stands)


def log(case: Case) -> SearchLog:
    """Return what the workflow must know of the searches of ``case``."""
    return searches.log_of(ledger.standing(facts.entries(case)))


def quote(case: Case) -> dict[str, str]:
    """Return what the answer 信息不存在 quotes of the log, by the names of the letter's fields."""
    return searches.quote(of(case))


def _search(row: RecordsSearch) -> Search:
    return Search(
        on=row.searched_on,
        place=row.place,
        keywords=row.keywords,
        result=SearchResult(row.result),
        by=row.searched_by,
        means=row.means,
        department=row.department.name if row.department else "",
        found=row.found,
    )
