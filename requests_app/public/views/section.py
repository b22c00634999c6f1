"""The pages of the section that only tell: flow, questions, rules, statements, map, English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from requests_app.domain import rules
from requests_app.domain.errors import Refused
from requests_app.models import OfficeSettings
from requests_app.presenters import guide, section
from requests_app.public import page
from requests_app.selectors import offices
from requests_app.services import drafts

View = Callable[..., HttpResponse]


def _telling(template: str, more: Callable[[OfficeSettings], dict[str, Any]] | None = None) -> View:
    """Make the view of a page that prints the guide's facts in words of its own."""

    @require_safe
    def show(request: HttpRequest) -> HttpResponse:
        try:
            office = page.office_today()
        except Refused as refusal:
            return page.render(request, "public/closed.html", {"refusal": refusal}, status=503)
        context = {"guide": guide.present(office), **(more(office) if more else {})}
        return page.render(request, template, context, office=office)

    return show


def _places(office: OfficeSettings) -> dict[str, Any]:
    return {"points": offices.reading_points(on=timezone.localdate())}


def _kept(office: OfficeSettings) -> dict[str, Any]:
    return {"draft_days": drafts.KEPT_FOR.days, "bodies": offices.bodies()}


def _map(office: OfficeSettings) -> dict[str, Any]:
    return {"groups": section.by_group()}


def _english(office: OfficeSettings) -> dict[str, Any]:
    return {"pages": section.in_english(), "rule": rules.REPLY}


show_flow = _telling("public/section/flow.html")
show_questions = _telling("public/section/faq.html", _places)
show_privacy = _telling("public/section/privacy.html", _kept)
show_accessibility = _telling("public/section/accessibility.html")
show_map = _telling("public/section/sitemap.html", _map)
show_english = _telling("public/section/english.html", _english)
