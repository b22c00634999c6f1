"""The office's register of applications (台账): which columns it has, and which cases stand in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from requests_app.domain.access import Act
from requests_app.domain.ledger_columns import HEADINGS, LedgerColumn
from requests_app.models import Letter, RegisterColumn

#: More than an office receives in some years; what is larger is narrowed by a filter first.
MOST_ROWS: Final = 5000


def columns() -> Mapping[LedgerColumn, str]:
    """Return the columns in the office's order, each with its heading; all of them until it chose."""
    chosen = {
        LedgerColumn(row.code): row.heading or HEADINGS[LedgerColumn(row.code)]
        for row in RegisterColumn.objects.all()
    }
    return chosen or HEADINGS


def answer_numbers(case_ids: Sequence[int]) -> Mapping[int, str]:
    """Return the 文号 of the answer of each case, the last one that stands."""
    letters = Letter.objects.filter(
        case_id__in=case_ids, act__in=[Act.ANSWER.value, Act.CONFIRM_LAPSE.value]
    ).exclude(number="")
    standing = letters.exclude(status="void").order_by("pk")
    return dict(standing.values_list("case_id", "number"))
