"""Which cases a year counts, and where: one question to the database, whatever the year holds.

A case is counted in the year by two facts only: the day it was received, and its first standing
closing (day and outcome). No ledger is folded. Cases closed before the year are left out by their
stored closing day, so the cost follows the year and what was open, not the history.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from requests_app.domain.annual_remedies import YearProceeding
from requests_app.domain.annual_report import CLOSING, YearCase, column_of, row_of
from requests_app.domain.application import ApplicantKind
from requests_app.domain.ledger import Entry, Status
from requests_app.domain.matters import Matter
from requests_app.domain.remedy_kinds import ProceedingKind, Result
from requests_app.domain.report_rows import ReportRow
from requests_app.models import Case, Event, Proceeding
from requests_app.models.choices import values


def bounds(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year's statistics."""
    return date(year, 1, 1), date(year, 12, 31)


def counted() -> QuerySet[Case]:
    """Return the applications that table 三 counts: each once, those cut from one letter each.

    A wrong record to be corrected (条例 41) is no application for information. A duplicate that was
    merged lives on in the case it was merged into. Stray mail is no case at all.
    """
    return Case.objects.filter(matter=Matter.DISCLOSURE.value).exclude(status=Status.MERGED.value)


def in_span(first: date, last: date) -> QuerySet[Any]:
    """Return the counted cases received by ``last`` and not closed before ``first``.

    Each row carries ``first_closed_on`` and ``first_outcome``, of its first standing closing ever.
    """
    closings = standing_closings().filter(case=OuterRef("pk")).order_by("on", "seq")
    outcome = closings.annotate(code=KeyTextTransform("outcome", "data")).values("code")
    closed_before = standing_closings().filter(case=OuterRef("pk"), on__lt=first)
    return (
        counted()
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gte=first), received_on__lte=last)
        .filter(~Exists(closed_before))
        .annotate(
            first_closed_on=Subquery(closings.values("on")[:1]),
            first_outcome=Subquery(outcome[:1]),
        )
        .order_by("pk")
    )


def standing_closings() -> QuerySet[Event]:
    """Return the entries that ended a case and were not voided."""
    voiding = Event.objects.filter(
        case=OuterRef("case"), entry=Entry.VOIDED.value, voids=OuterRef("seq")
    )
    return Event.objects.filter(entry__in=values(CLOSING)).filter(~Exists(voiding))


def of_year(year: int) -> tuple[YearCase, ...]:
    """Return every case of the year with its place in table 三."""
    first, last = bounds(year)
    rows = in_span(first, last).values_list(
        "pk",
        "number",
        "received_on",
        "first_closed_on",
        "first_outcome",
        "applicant__kind",
        "applicant__organisation_type",
    )
    return tuple(_placed(row, first=first, last=last) for row in rows)


def _placed(row: tuple[Any, ...], *, first: date, last: date) -> YearCase:
    pk, number, received_on, closed_on, outcome, kind, organisation_type = row
    ended = closed_on is not None and closed_on <= last
    return YearCase(
        case_id=pk,
        number=number,
        column=column_of(ApplicantKind(kind), organisation_type),
        came=ReportRow.NEW if received_on >= first else ReportRow.CARRIED_IN,
        went=row_of(outcome or "") if ended else ReportRow.CARRIED_OUT,
    )


def proceedings_of_year(year: int) -> tuple[YearProceeding, ...]:
    """Return every review and suit of the year with its place in table 四."""
    first, last = bounds(year)
    rows = (
        Proceeding.objects.filter(voided_at__isnull=True, received_on__lte=last)
        .filter(Q(result_on__isnull=True) | Q(result_on__gte=first))
        .order_by("pk")
        .values_list("pk", "case_id", "case__number", "kind", "result", "result_on")
    )
    return tuple(
        YearProceeding(
            proceeding_id=pk,
            case_id=case_id,
            number=number,
            kind=ProceedingKind(kind),
            result=Result(result) if result_on is not None and result_on <= last else None,
        )
        for pk, case_id, number, kind, result, result_on in rows
    )


def names(case_ids: list[int]) -> QuerySet[Case]:
    """Return cases with what a list of them shows, newest number first."""
    related = Case.objects.filter(pk__in=case_ids).select_related("applicant")
    return related.defer("query_code_hash", "applicant__identity_sealed").order_by(F("pk").desc())
