"""What must never leave the office in a message, whatever the channel.

Here belongs the last look at a text before ``mailer`` or ``sms`` hands it on. The words of the
messages are written elsewhere and hold none of this; a mistake there must stop here.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from requests_app.domain import identity
from requests_app.domain.errors import Refused
from requests_app.domain.identity import IdKind

_EIGHTEEN: Final = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")


class DeliveryFailed(Exception):
    """A message was not handed on; ``retryable`` says whether a later try can succeed.

    The text is for the row of the message and the log; it names no person and no address.
    """

    def __init__(self, text: str, *, retryable: bool) -> None:
        super().__init__(text)
        self.retryable = retryable


def holds_identity_number(text: str) -> bool:
    """Whether a citizen's number stands in ``text``; other numbers of 18 digits fail its check."""
    return any(_is_identity_number(found) for found in _EIGHTEEN.findall(text))


def _is_identity_number(number: str) -> bool:
    try:
        # Whether the birthday is past makes no difference here.
        identity.check_identity(IdKind.RESIDENT_CARD, number, today=date.max)
    except Refused:
        return False
    return True
