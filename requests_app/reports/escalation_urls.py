"""The addresses of the ladder's pages: reminders, 督办单, jobs, thresholds."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from requests_app.reports import escalation_settings, jobs, orders, reminders

PATTERNS: Final[list[URLPattern]] = [
    path("reminders/", reminders.view, name="reminders"),
    path("orders/", orders.view, name="orders"),
    path("orders/<int:order_id>/", orders.order, name="order"),
    path("orders/<int:order_id>.pdf", orders.pdf, name="order_pdf"),
    path("cases/<int:case_id>/order/", orders.issue, name="order_new"),
    path("jobs/", jobs.view, name="jobs"),
    path("reminder-settings/", escalation_settings.view, name="escalation_settings"),
]
