"""The addresses of the reports. A module with pages of its own brings a list that is added here."""

from __future__ import annotations

from django.urls import URLPattern, path

from requests_app.reports import case_list, deadlines

app_name = "reports"

urlpatterns: list[URLPattern] = [
    path("", deadlines.view, name="deadlines"),
    path("cases/", case_list.view, name="cases"),
]
