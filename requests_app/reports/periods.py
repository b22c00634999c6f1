"""The period page: what a month, a quarter or a year came to; closed for good when asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe

from requests_app.domain.access import Act
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.periods import Period
from requests_app.domain.report_status import PERIOD_KIND_LABELS, PeriodKind
from requests_app.models import ClosedPeriod
from requests_app.presenters import dates, period_page
from requests_app.presenters.period_page import PeriodPage
from requests_app.reports import files, frame
from requests_app.selectors import offices, period_figures
from requests_app.services import periods as closing


@frame.needs(Act.READ_ANNUAL)
def view(request: HttpRequest) -> HttpResponse:
    """Show one period, as frozen where it is closed, with what has changed since."""
    period, person = _asked(request), frame.actor(request)
    refused: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            closing.close(period, actor=person, at=frame.now())
        except Refused as refusal:
            refused = refusal.reasons
        else:
            return HttpResponseRedirect(request.get_full_path())
    today = frame.today()
    closed = _closed(period)
    return frame.page(
        request,
        "reports/periods.html",
        status=422 if refused else 200,
        period=period,
        kinds=[
            (kind.value, label, kind is period.kind) for kind, label in PERIOD_KIND_LABELS.items()
        ],
        refused=refused,
        closed=closed,
        found=_found(period, closed=closed, today=today),
        query=f"kind={period.kind.value}&year={period.year}&number={period.number}",
        may_close=closed is None and person.may(Act.CLOSE_PERIOD) and today > period.last,
        stamp=f"制表 {dates.minute(frame.now())} · {person.name}",
    )


@require_safe
@frame.needs(Act.READ_ANNUAL)
def file(request: HttpRequest, suffix: str) -> HttpResponse:
    """Hand out one period as it is shown, with the stamp of how its figures came about."""
    period, today = _asked(request), frame.today()
    closed = _closed(period)
    made = period_page.file(
        _found(period, closed=closed, today=today),
        period=period,
        closed=closed,
        office=offices.settings(on=today).office_name,
        at=frame.now(),
        by=frame.actor(request).name,
    )
    return files.hand_out(made, suffix=suffix, name=f"统计-{period}")


def _closed(period: Period) -> ClosedPeriod | None:
    return (
        ClosedPeriod.objects.filter(kind=period.kind, year=period.year, number=period.number)
        .select_related("closed_by")
        .first()
    )


def _found(period: Period, *, closed: ClosedPeriod | None, today: date) -> PeriodPage:
    now = period_figures.live(period, today=today).snapshot()
    shown: Any = closed.snapshot if closed else now
    return period_page.page(shown, now=now, frozen=closed is not None)


def _asked(request: HttpRequest) -> Period:
    """Return the period asked for; this month where none is."""
    asked, today = request.GET, frame.today()
    kind, year, number = asked.get("kind", ""), asked.get("year", ""), asked.get("number", "")
    if kind not in set(PeriodKind) or not year.isdecimal():
        return Period(PeriodKind.MONTH, today.year, today.month)
    whole = int(number) if number.isdecimal() and len(number) <= len("12") else 1
    chosen = PeriodKind(kind)
    return Period(chosen, int(year[:6]), 1 if chosen is PeriodKind.YEAR else whole)


def addresses() -> list[URLPattern]:
    """Return the addresses of this page and its files."""
    return [
        path("periods/", view, name="periods"),
        re_path(r"^periods\.(?P<suffix>xlsx|pdf)$", file, name="periods_file"),
    ]
