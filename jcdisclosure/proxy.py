"""The address of the visitor behind a reverse proxy of our own (JC_TRUST_PROXY).

Nothing else may read X-Forwarded-For: whoever can reach the site directly can forge it.
"""

import contextlib
import ipaddress
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class ForwardedAddressMiddleware:
    """Put the address that the nearest proxy saw into REMOTE_ADDR."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # The last entry is the one our own proxy wrote; those before it come from the visitor.
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
        # What is no address would be refused by the column that counts failed sign-ins.
        with contextlib.suppress(ValueError):
            request.META["REMOTE_ADDR"] = str(ipaddress.ip_address(_without_port(seen)))
        return self.get_response(request)


def _without_port(seen: str) -> str:
    """Take off the port that some proxies write behind an address."""
    bracketed, closed, _ = seen.removeprefix("[").partition("]")
    if closed:
        return bracketed
    return seen.partition(":")[0] if seen.count(":") == 1 else seen
