"""How much one request may send.

Django bounds the text of a form and the number of its files, not their size: without this, anybody
could fill the disk with one upload that is refused only after it was read.

A form whose files are too large together is still read, up to ``TIMES`` the limit: the upload
handler keeps no more than the limit of it, and the page can say which file was too much and show
what was typed. What is larger still is turned away unread.
"""

import contextlib
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase

TIMES = 4


class BodyLimitMiddleware:
    """Turn a request away by the length it announces; one that announces none has no body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        announced = 0
        with contextlib.suppress(ValueError):  # Django reads nothing then, either
            announced = int(request.META.get("CONTENT_LENGTH") or 0)
        most = settings.REQUEST_MAX_BYTES
        if announced > most * (TIMES if request.content_type == "multipart/form-data" else 1):
            raise RequestDataTooBig
        return self.get_response(request)
