"""How much one request may send.

Django bounds the text of a form and the number of its files, not their size: without this, anybody
could fill the disk with one upload that is refused only after it was read.
"""

import contextlib
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase


class BodyLimitMiddleware:
    """Turn a request away by the length it announces; one that announces none has no body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        announced = 0
        with contextlib.suppress(ValueError):  # Django reads nothing then, either
            announced = int(request.META.get("CONTENT_LENGTH") or 0)
        if announced > settings.REQUEST_MAX_BYTES:
            raise RequestDataTooBig
        return self.get_response(request)
