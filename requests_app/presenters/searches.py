"""The log of searches as the case page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from requests_app.domain.searches import SEARCH_RESULT_LABELS, SearchResult
from requests_app.presenters import desk_dates
from requests_app.selectors.searches import Logged

_TONES: Final = {SearchResult.NOTHING: "", SearchResult.SIMILAR: "y", SearchResult.FOUND: "g"}


@dataclass(frozen=True)
class Row:
    """One search as a line of the panel."""

    on: str
    where: str
    keywords: str
    means: str
    result: str
    tone: str
    found: str
    by: str
    voided: bool


def rows(found: Iterable[Logged], *, today: date) -> tuple[Row, ...]:
    """Return the searches as lines, in the order of their days."""
    return tuple(
        Row(
            on=desk_dates.short(each.search.on, today=today),
            where=each.search.where,
            keywords=each.search.keywords,
            means=each.search.means,
            result=SEARCH_RESULT_LABELS[each.search.result],
            tone=_TONES[each.search.result],
            found=each.search.found,
            by=each.search.by,
            voided=not each.stands,
        )
        for each in found
    )
