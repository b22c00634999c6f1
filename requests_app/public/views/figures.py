"""What the office publishes of its own work: the year's figures and the annual reports."""

from __future__ import annotations

import logging
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from requests_app.adapters.storage import StorageError
from requests_app.domain.errors import Refused
from requests_app.domain.report_status import REPORT_MEDIA_TYPES, ReportFileKind
from requests_app.models import AnnualReportFile
from requests_app.presenters import statistics as words
from requests_app.public import page
from requests_app.selectors import annual_reports, statistics

logger = logging.getLogger(__name__)

_YEAR_DIGITS: Final = 4


@require_safe
def show_statistics(request: HttpRequest) -> HttpResponse:
    """Show one year's figures; the newest year, or the one asked for."""
    today = timezone.localdate()
    years = statistics.years(today=today)
    asked = request.GET.get("year", "")
    if asked and (not asked.isdecimal() or len(asked) != _YEAR_DIGITS or int(asked) not in years):
        raise Http404
    year = int(asked) if asked else (years[0] if years else None)
    shown = None
    if year is not None:
        shown = words.present(statistics.of_year(year, today=today), today=today)
    context = {"years": years, "shown": shown, "today": today, "few": words.FEW}
    return page.render(request, "public/section/statistics.html", context, published_on=today)


@require_safe
def list_annual_reports(request: HttpRequest) -> HttpResponse:
    """List the annual reports that were published, newest first, each with its files."""
    reports = list(annual_reports.published())
    latest = timezone.localtime(reports[0].published_at).date() if reports else None
    context = {"reports": reports}
    template = "public/section/annual_reports.html"
    return page.render(request, template, context, published_on=latest)


@require_safe
def fetch_annual_report(request: HttpRequest, year: str, kind: str) -> HttpResponse:
    """Hand out one file of a published report as it was published."""
    try:
        file, content = annual_reports.published_file(int(year), ReportFileKind(kind))
    except AnnualReportFile.DoesNotExist:
        raise Http404 from None
    except StorageError as error:
        logger.exception("a published annual report cannot be handed out")
        refusal = Refused.because("report_unreadable", error.sentence)
        return page.render(request, "public/closed.html", {"refusal": refusal}, status=503)
    response = HttpResponse(content, content_type=REPORT_MEDIA_TYPES[ReportFileKind(file.kind)])
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"政府信息公开工作年度报告-{year}.{kind}"
    )
    return response
