"""The section's home, the guide, and how the visitor wants to see them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from requests_app.domain.errors import Refused
from requests_app.presenters import guide, section
from requests_app.public import page
from requests_app.selectors import offices

_YEAR: Final = int(timedelta(days=365).total_seconds())


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the three doors, what belongs elsewhere, how long it takes, and the ways to ask."""
    try:
        office = page.office_today()
    except Refused as refusal:
        return page.render(request, "public/closed.html", {"refusal": refusal}, status=503)
    laid_out = guide.present(office)
    context = {"guide": laid_out, "materials": section.on_home()}
    return page.render(request, "public/home.html", context, office=office)


@require_safe
def show_guide(request: HttpRequest) -> HttpResponse:
    """Show the guide with remedies as the law has them since 2024 and the tariffs of fees."""
    today = timezone.localdate()
    try:
        office = page.office_today()
        bodies = offices.bodies()
        remedies = [(body.name, offices.remedies(body, on=today)) for body in bodies]
    except Refused as refusal:
        return page.render(request, "public/closed.html", {"refusal": refusal}, status=503)
    laid_out = guide.present(office, points=offices.reading_points(on=today), remedies=remedies)
    return page.render(request, "public/guide.html", {"guide": laid_out}, office=office)


@require_safe
def choose_look(request: HttpRequest) -> HttpResponse:
    """Remember colours, size and pointer in a cookie and go back. It holds no personal data."""
    look = page.Look.of({**page.look_of(request).chosen(), **request.GET.dict()})
    back = request.GET.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("public:home")
    response = HttpResponseRedirect(back)
    response.set_cookie(
        page.LOOK_COOKIE,
        look.packed(),
        max_age=_YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response
