"""No page for staff before the second factor is given.

What a session still owes stands in the session since the sign-in (``requests_app.admin.second_factor``),
so this asks the database nothing.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from requests_app.domain.second_factor import SESSION_KEY, Standing

#: Everything staff see stands below these.
GUARDED: Final = ("/admin/", "/reports/")

#: Where a session that owes something is led, and what it may still open.
OWED: Final = {Standing.ASK: "admin:second_factor", Standing.SET_UP: "admin:second_factor_set_up"}
OPEN: Final = (*OWED.values(), "admin:login", "admin:logout")


class SecondFactorMiddleware:
    """Lead a session that owes its second factor to the page that asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        owed = (
            OWED.get(request.session.get(SESSION_KEY, ""))
            if request.path.startswith(GUARDED)
            else None
        )
        if owed is None or request.path in map(reverse, OPEN):
            return self.get_response(request)
        here = request.get_full_path() if request.method == "GET" else reverse("admin:index")
        return HttpResponseRedirect(f"{reverse(owed)}?{urlencode({'next': here})}")
