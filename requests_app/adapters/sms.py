"""Short messages to mobile phones, through a gateway of the office's choice.

Here belong the gateways and what every one of them refuses. Approved templates and their words
are written elsewhere. A gateway that speaks another way is a class with ``send``, named in
``settings.SMS_BACKEND``.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from requests_app.adapters import outgoing

MAX_LENGTH: Final = 500  # with the signature the platform adds; every carrier's limit

_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_FORBIDDEN: Final = re.compile(r"[【】\x00-\x1f\x7f]")  # the brackets are the signature's
_LATER: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


class SmsFailed(outgoing.DeliveryFailed):
    """A short message was not handed to the gateway."""


@dataclass(frozen=True)
class OutgoingSms:
    """One short message to one mobile number of mainland China; ``key`` names it for good."""

    key: str
    to: str
    text: str = field(repr=False)


class Gateway(Protocol):
    """What a gateway does: hand one message on, return the provider's id, or ``SmsFailed``."""

    def send(self, sms: OutgoingSms) -> str:
        """Hand one message on; the same ``sms.key`` again should not send again."""
        ...


class FileGateway:
    """Writes messages as JSON lines to ``settings.SMS_FILE_PATH``: the default, sends nothing."""

    def send(self, sms: OutgoingSms) -> str:
        provider_id = hashlib.sha256(sms.key.encode()).hexdigest()[:16]
        line = json.dumps(
            {"id": provider_id, "to": sms.to, "text": sms.text}, ensure_ascii=False, sort_keys=True
        )
        path = Path(settings.SMS_FILE_PATH)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # One write of one line in append mode: two workers never mix their letters.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(f"{line}\n".encode())
        except OSError as error:
            raise SmsFailed(f"file not written: {error.strerror}", retryable=True) from error
        return provider_id


class HttpGateway:
    """Posts JSON (``key``, ``to``, ``text``) to ``settings.SMS_URL`` with a bearer token.

    A 2xx answer ``{"id": "…"}`` is a message handed on. Redirects are not followed: they would
    carry the token elsewhere.
    """

    def send(self, sms: OutgoingSms) -> str:
        body = json.dumps({"key": sms.key, "to": sms.to, "text": sms.text}).encode()
        try:
            status, answer = self._post(body)
        except (OSError, http.client.HTTPException) as error:
            raise SmsFailed(
                f"gateway not reached: {type(error).__name__}", retryable=True
            ) from error
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            retryable = status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR
            raise SmsFailed(f"gateway answered {status}", retryable=retryable)
        return self._provider_id(answer)

    def _post(self, body: bytes) -> tuple[int, bytes]:
        url = urlsplit(settings.SMS_URL)
        connect = (
            http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        )
        connection = connect(url.hostname or "", url.port, timeout=settings.SMS_TIMEOUT)
        headers: Mapping[str, str] = {
            "Authorization": f"Bearer {settings.SMS_TOKEN}",
            "Content-Type": "application/json",
        }
        try:
            connection.request("POST", url.path or "/", body=body, headers=headers)
            response = connection.getresponse()
            return response.status, response.read(64 * 1024)
        finally:
            connection.close()

    def _provider_id(self, answer: bytes) -> str:
        try:
            return str(json.loads(answer)["id"])
        except (ValueError, KeyError, TypeError) as error:
            # Taken, but unnamed: another try might send it twice.
            raise SmsFailed("gateway gave no id", retryable=False) from error


def send(sms: OutgoingSms) -> str:
    """Hand one short message to the configured gateway and return the provider's id.

    Raises ``SmsFailed``; not retryable for what is no mobile number, a text that is too long or
    holds characters carriers refuse, or an identity number in the text.
    """
    if not _MOBILE.fullmatch(sms.to):
        raise SmsFailed("not a mobile number", retryable=False)
    if not sms.text or len(sms.text) > MAX_LENGTH or _FORBIDDEN.search(sms.text):
        raise SmsFailed("text empty, too long or with forbidden characters", retryable=False)
    if outgoing.holds_identity_number(sms.text):
        raise SmsFailed("identity number in the text", retryable=False)
    gateway: Gateway = import_string(settings.SMS_BACKEND)()
    return gateway.send(sms)
