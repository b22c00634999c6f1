"""Electronic mail, through Django's mail framework.

Here belongs handing one message to the configured backend (files by default, SMTP in production)
and telling failures apart. What is written, to whom and how often is tried, is decided by the
services.
"""

from __future__ import annotations

import hashlib
import smtplib
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from requests_app.adapters import outgoing

_PERMANENT: Final = 500  # SMTP: 4xx means later, 5xx means never
_BAD_LOGIN: Final = 535


class MailFailed(outgoing.DeliveryFailed):
    """A mail was not handed to the server."""


@dataclass(frozen=True)
class MailAttachment:
    """One attached file."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class OutgoingMail:
    """One mail to one address.

    ``key`` names the message for good: the same key gives the same Message-ID, so that a mail
    sent twice by a crash in between is shown once by most readers.
    """

    key: str
    to: str
    subject: str
    text: str = field(repr=False)
    attachments: tuple[MailAttachment, ...] = ()


def send(mail: OutgoingMail) -> str:
    """Hand one mail to the server and return its Message-ID.

    Raises ``MailFailed``: retryable when the server is away, busy or does not know us; not
    retryable when it refuses this address or this mail, when a header holds a line break, or when
    an identity number stands in the text.
    """
    _check(mail)
    message_id = _message_id(mail.key)
    message = EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        attachments=[(each.name, each.content, each.content_type) for each in mail.attachments],
        # Auto-Submitted (RFC 3834) keeps holiday answers from writing back to the office.
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise MailFailed(
            f"recipient refused ({codes})", retryable=all(code < _PERMANENT for code in codes)
        ) from error
    except smtplib.SMTPResponseException as error:
        # A wrong password is the office's mistake, not the mail's: it waits until it is mended.
        retryable = error.smtp_code < _PERMANENT or error.smtp_code == _BAD_LOGIN
        raise MailFailed(f"server answered {error.smtp_code}", retryable=retryable) from error
    except smtplib.SMTPServerDisconnected as error:
        raise MailFailed("server hung up", retryable=True) from error
    except smtplib.SMTPException as error:
        raise MailFailed(type(error).__name__, retryable=False) from error
    except OSError as error:
        raise MailFailed(f"server not reached: {type(error).__name__}", retryable=True) from error
    return message_id


def _check(mail: OutgoingMail) -> None:
    # Said here once more, since a backend may write headers without looking.
    if any(char in mail.to + mail.subject for char in "\r\n"):
        raise MailFailed("line break in a header", retryable=False)
    try:
        validate_email(mail.to)
    except ValidationError as error:
        raise MailFailed("not a mail address", retryable=False) from error
    if outgoing.holds_identity_number(f"{mail.subject}\n{mail.text}"):
        raise MailFailed("identity number in the text", retryable=False)


def _message_id(key: str) -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"
