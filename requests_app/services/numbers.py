"""Draw numbers: gap-free per body, series and year, under the counter's own lock.

Call inside the transaction that uses the number: rolled back together, no gap stays. PostgreSQL
locks the counter's row; SQLite's IMMEDIATE transaction is the lock.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from requests_app.domain import numbering
from requests_app.domain.archiving import Retention
from requests_app.domain.numbering import Series
from requests_app.models import IssuingBody, NumberSeries

_CASES: Final = "case"
_YEAR_DIGITS: Final = 4


def draw_case_number(body: IssuingBody, *, year: int) -> str:
    """Draw the next case number of ``body`` in the year of receipt, such as ``2026-0184``."""
    return numbering.case_number(year, _next(body, series=_CASES, year=year))


def draw_letter_number(body: IssuingBody, *, series: Series, year: int) -> str:
    """Draw the next 文号 of a series, such as ``金政办公开告〔2026〕12号``."""
    n = _next(body, series=series.value, year=year)
    return numbering.letter_number(body.number_prefix, series, year, n)


def draw_archive_item(body: IssuingBody, *, retention: Retention, year: int) -> int:
    """Draw the next 件号 of a body's files of one year and period (DA/T 22: each begins at 1)."""
    return _next(body, series=f"archive-{retention.value}", year=year)


def _next(body: IssuingBody, *, series: str, year: int) -> int:
    NumberSeries.objects.get_or_create(body=body, series=series, year=year)
    counter = NumberSeries.objects.select_for_update().get(body=body, series=series, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def begin_after(body: IssuingBody, *, used: Iterable[str]) -> None:
    """Let the case numbers of each year go on behind those already used, such as imported ones."""
    highest: dict[int, int] = {}
    for number in used:
        year, _, place = number.partition("-")
        if len(year) == _YEAR_DIGITS and year.isdecimal() and place.isdecimal():
            highest[int(year)] = max(highest.get(int(year), 0), int(place))
    for of_year, last in highest.items():
        NumberSeries.objects.get_or_create(body=body, series=_CASES, year=of_year)
        counter = NumberSeries.objects.select_for_update().get(
            body=body, series=_CASES, year=of_year
        )
        if counter.last < last:
            counter.last = last
            counter.save(update_fields=["last"])
