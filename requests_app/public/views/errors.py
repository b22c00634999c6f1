"""The pages of what went wrong: nothing here, not allowed, too much at once, our own mistake."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from requests_app.public import page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is at this address."""
    return page.render(request, "errors/404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this may not be seen."""
    return page.render(request, "errors/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that what was sent could not be read, mostly because it was too much at once."""
    if _announced(request) > settings.REQUEST_MAX_BYTES:
        most = settings.REQUEST_MAX_BYTES // (1024 * 1024)
        return page.render(request, "errors/413.html", {"most_mb": most}, status=413)
    return page.render(request, "errors/400.html", status=400)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open too long, or cookies are off; nothing was changed."""
    return page.render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the mistake is ours. Drawn without the settings record where the database is away."""
    try:
        return page.render(request, "errors/500.html", status=500)
    except DatabaseError:
        return HttpResponse(render_to_string("errors/500_bare.html"), status=500)


def _announced(request: HttpRequest) -> int:
    """Return how much the request said it would send, in bytes."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
