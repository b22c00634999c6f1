"""The addresses of the reports. A module with pages of its own brings a list that is added here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from requests_app.reports import annual, case_list, deadlines, escalation_urls, exports, periods

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", deadlines.view, name="deadlines"),
    path("cases/", case_list.view, name="cases"),
    re_path(r"^deadlines\.(?P<suffix>xlsx|pdf)$", exports.report, name="deadlines_file"),
    re_path(r"^cases\.(?P<suffix>xlsx|pdf)$", exports.cases, name="cases_file"),
    *escalation_urls.PATTERNS,
    *annual.addresses(),
    *periods.addresses(),
]
