"""The addresses of the reports. A module with pages of its own brings a list that is added here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from requests_app.reports import (
    annual,
    case_list,
    deadlines,
    escalation_urls,
    exports,
    feeds,
    health,
    periods,
    statistics_api,
)

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", deadlines.view, name="deadlines"),
    path("health/", health.view, name="health"),
    path("feeds/", feeds.view, name="feeds"),
    path("feeds/<int:feed_id>/revoke/", feeds.revoke, name="feed_revoke"),
    path("feeds/<str:secret>.ics", feeds.feed, name="feed"),
    path("api/v1/statistics", statistics_api.years, name="statistics_years"),
    path("api/v1/statistics/<int:year>", statistics_api.year, name="statistics_year"),
    path("api/v1/openapi.json", statistics_api.document, name="statistics_document"),
    path("cases/", case_list.view, name="cases"),
    re_path(r"^deadlines\.(?P<suffix>xlsx|pdf)$", exports.report, name="deadlines_file"),
    re_path(r"^cases\.(?P<suffix>xlsx|pdf)$", exports.cases, name="cases_file"),
    *escalation_urls.PATTERNS,
    *annual.addresses(),
    *periods.addresses(),
]
