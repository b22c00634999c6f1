"""The portal's statistics as JSON: added up, read-only, for machines (OpenAPI at ``openapi.json``).

The numbers are those of the public statistics page. No single case can be asked for, and no rate is
given over fewer than ``LEAST`` answers.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from requests_app.domain.report_rows import ReportRow
from requests_app.models import Event
from requests_app.reports import frame, throttle
from requests_app.reports.statistics_document import DOCUMENT
from requests_app.selectors import statistics

#: A rate over fewer answers says more about single cases than about the office.
LEAST: Final = 10
_MAX_AGE: Final = 900


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """Name the years there are figures of."""
    return _answer(request, lambda: {"years": list(statistics.years(today=frame.today()))})


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Give the figures of one year up to today; 404 for a year without any."""
    today = frame.today()
    if year not in statistics.years(today=today):
        return _problem(404, "没有这一年的数据。")
    return _answer(request, lambda: _figures(statistics.of_year(year, today=today), as_of=today))


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Describe this interface."""
    return _answer(request, lambda: DOCUMENT)


def _figures(found: statistics.YearFigures, *, as_of: Any) -> dict[str, Any]:
    rate = round(found.in_time / found.judged, 4) if found.judged >= LEAST else None
    return {
        "year": found.year,
        "as_of": as_of.isoformat(),
        "received": sum(found.received.values()),
        "received_by_month": {str(month): found.received.get(month, 0) for month in range(1, 13)},
        "ended": sum(found.ended.values()),
        "ended_by_month": {str(month): found.ended.get(month, 0) for month in range(1, 13)},
        "answered": found.answered,
        "withdrawn": found.withdrawn,
        "lapsed": found.lapsed,
        "results": {row.value: found.results.get(row, 0) for row in ReportRow},
        "in_time_rate": rate,
    }


def _answer(request: HttpRequest, content: Any) -> HttpResponse:
    """Answer with JSON that a client may keep, or with 304 where it has it already."""
    if not throttle.may_ask(request):
        refused = _problem(429, "这个地址一小时内问得太多，请稍后再来。")
        refused["Retry-After"] = str(throttle.HOUR)
        return refused
    body = json.dumps(content(), ensure_ascii=False, sort_keys=True).encode()
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    changed = _last_change()
    response: HttpResponse = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = changed.strftime("%a, %d %b %Y %H:%M:%S GMT")
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=_MAX_AGE)
    seconds = int(changed.timestamp()) if changed else None
    answered = get_conditional_response(
        request, etag=etag, last_modified=seconds, response=response
    )
    return answered or response


def _last_change() -> datetime | None:
    """Return when the last entry of any ledger was written, in UTC."""
    last = Event.objects.order_by("-pk").values_list("recorded_at", flat=True).first()
    return last.astimezone(UTC) if last else None


def _problem(status: int, sentence: str) -> JsonResponse:
    return JsonResponse(
        {"error": sentence}, status=status, json_dumps_params={"ensure_ascii": False}
    )
