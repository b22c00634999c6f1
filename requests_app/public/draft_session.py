"""Which draft this browser goes on with. The session holds only its key; what was typed lies sealed."""

from __future__ import annotations

import uuid
from typing import Final

from django.http import HttpRequest

from requests_app.selectors import drafts
from requests_app.selectors.drafts import Draft

_KEY: Final = "filing_draft"


def current(request: HttpRequest) -> Draft | None:
    """Return the draft of this session, if it is still there."""
    found = key(request)
    return drafts.find(found) if found else None


def key(request: HttpRequest) -> uuid.UUID | None:
    """Return the key of this session's draft."""
    try:
        return uuid.UUID(str(request.session.get(_KEY)))
    except ValueError:
        return None


def hold(request: HttpRequest, draft: Draft) -> None:
    """Go on with ``draft`` from now on."""
    request.session[_KEY] = str(draft.key)


def release(request: HttpRequest) -> None:
    """Forget the draft; whether it is deleted is for the services."""
    request.session.pop(_KEY, None)
