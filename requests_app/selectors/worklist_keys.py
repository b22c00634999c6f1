"""The order of a work list, and where a page of it begins (keyset pagination).

A key names the last row of a page; the next page begins after it. Unlike an offset it costs the
same on every page, and a case that comes in meanwhile neither hides nor doubles a row.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import Case as Choice
from django.db.models import DateField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Status
from requests_app.models import Case

#: Stands for "no date": behind every date there is.
_NEVER: Final = date(9999, 12, 31)
_FIRST: Final = date(1, 1, 1)


def ordered(cases: QuerySet[Case], *, closed: bool) -> QuerySet[Case]:
    """Order by urgency: overdue, then fewest working days left, then earliest receipt.

    A later due date never has fewer working days left, so the date itself is the order. Cases
    without a running period come after those, what only waits for delivery last. Closed cases
    stand newest first.
    """
    if closed:
        return cases.annotate(
            shut_on=Coalesce(F("closed_on"), Value(_FIRST), output_field=DateField())
        ).order_by("-shut_on", "-pk")
    return cases.annotate(
        rank=Choice(
            When(status=Status.ANSWERED.value, then=Value(2)),
            When(due_on__isnull=True, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        ),
        until=Coalesce(F("due_on"), F("next_due_on"), Value(_NEVER), output_field=DateField()),
    ).order_by("rank", "until", "received_on", "pk")


def key_of(case: Any, *, closed: bool) -> str:
    """Return the key of a row that came from ``ordered``."""
    if closed:
        return f"{case.shut_on.isoformat()}_{case.pk}"
    return f"{case.rank}_{case.until.isoformat()}_{case.received_on.isoformat()}_{case.pk}"


def after(cases: QuerySet[Case], *, key: str, closed: bool) -> QuerySet[Case]:
    """Return the rows behind ``key``; all of them when it is empty. Refuses a key nobody made."""
    if not key:
        return cases
    try:
        return cases.filter(_behind_closed(key) if closed else _behind(key))
    except ValueError:
        raise Refused.because("page_key", "没有这一页，请回到第一页。") from None


def _behind(key: str) -> Q:
    rank, until, received, pk = key.split("_")
    place = {
        "rank": int(rank),
        "until": date.fromisoformat(until),
        "received_on": date.fromisoformat(received),
        "pk": int(pk),
    }
    behind, equal = Q(), Q()
    for name, value in place.items():
        behind |= equal & Q(**{f"{name}__gt": value})
        equal &= Q(**{name: value})
    return behind


def _behind_closed(key: str) -> Q:
    shut, pk = key.split("_")
    on = date.fromisoformat(shut)
    return Q(shut_on__lt=on) | Q(shut_on=on, pk__lt=int(pk))
