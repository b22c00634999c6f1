"""What every page of the reports shares: who may read it, the moment it is drawn at, its frame.

The reports are an interface, so here the clock is asked; everything below takes the day as an
argument. The header is the desk's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.models import StaffUser
from requests_app.presenters import desk_header
from requests_app.reports import tabs

View = Callable[..., HttpResponse]


def now() -> datetime:
    """Return the present moment, aware."""
    return timezone.now()


def today() -> date:
    """Return the present day in the office's time zone."""
    return timezone.localdate()


def actor(request: HttpRequest) -> Actor:
    """Return who is signed in, asking for the roles once a request. Only behind ``needs``."""
    found: Actor = request.reports_actor  # type: ignore[attr-defined]
    return found


def needs(act: Act) -> Callable[[View], View]:
    """Let a view answer only staff whose roles know ``act``.

    Who is not signed in is led to the sign-in and back; a role that does not know the act gets
    403. A refusal the view did not answer itself is shown as a page of reasons.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not isinstance(user, StaffUser) or not user.is_active:
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            person = user.as_actor()
            if not person.may(act):
                raise PermissionDenied
            request.reports_actor = person  # type: ignore[attr-defined]
            try:
                response = view(request, *args, **kwargs)
            except Refused as refusal:
                response = page(
                    request, "reports/refused.html", status=422, reasons=refusal.reasons
                )
            add_never_cache_headers(response)
            return response

        return guarded

    return decorate


def page(
    request: HttpRequest,
    template: str,
    values: Mapping[str, Any] | None = None,
    /,
    *,
    status: int = 200,
    **more: Any,
) -> TemplateResponse:
    """Answer with a page of the reports: the desk's header, the tabs of the reports, the content."""
    person = actor(request)
    framed = {
        **desk_header.context(person, path=request.path, today=today()),
        "desk_banner": desk_header.banner(person, at=now()),
        "report_tabs": tabs.of(person, path=request.path),
    }
    return TemplateResponse(request, template, {**framed, **(values or {}), **more}, status=status)
