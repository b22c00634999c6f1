"""The period page: what a month, a quarter or a year came to; closed for good when asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from requests_app.domain import periods
from requests_app.domain.access import Act
from requests_app.domain.annual_report import ROW_LABELS
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.periods import Period
from requests_app.domain.report_rows import ReportRow
from requests_app.domain.report_status import PERIOD_KIND_LABELS, PeriodKind
from requests_app.models import ClosedPeriod
from requests_app.reports import frame
from requests_app.selectors import period_figures
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
    closed = (
        ClosedPeriod.objects.filter(kind=period.kind, year=period.year, number=period.number)
        .select_related("closed_by")
        .first()
    )
    now = period_figures.live(period, today=today).snapshot()
    shown: Any = closed.snapshot if closed else now
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
        lines=shown["lines"],
        outcomes=[
            (ROW_LABELS[ReportRow(row)] if row else "没有办理结果", n)
            for row, n in shown["outcomes"].items()
        ],
        channels=shown["channels"],
        differences=_differences(closed, now) if closed else [],
        moved=periods.moved(closed.snapshot["finished"], _plain(now["finished"])) if closed else [],
        may_close=closed is None and person.may(Act.CLOSE_PERIOD) and today > period.last,
    )


def _differences(closed: ClosedPeriod, now: dict[str, Any]) -> list[tuple[str, str, str]]:
    then = [(name, words) for name, words in closed.snapshot["lines"]]
    return periods.differences(then, [(name, words) for name, words in now["lines"]])


def _plain(rows: Any) -> list[list[Any]]:
    return [list(row) for row in rows]


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
    """Return the address of this page."""
    return [path("periods/", view, name="periods")]
