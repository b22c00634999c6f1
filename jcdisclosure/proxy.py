"""The address of the visitor behind a reverse proxy of our own (JC_TRUST_PROXY).

Nothing else may read X-Forwarded-For: whoever can reach the site directly can forge it.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class ForwardedAddressMiddleware:
    """Put the address that the nearest proxy saw into REMOTE_ADDR."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # The last entry is the one our own proxy wrote; those before it come from the visitor.
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
        if seen:
            request.META["REMOTE_ADDR"] = seen
        return self.get_response(request)
