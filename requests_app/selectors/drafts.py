"""Read what a person has typed before filing. Writing is for ``services.drafts``."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field

from requests_app.adapters import crypto
from requests_app.models import DraftFile, FilingDraft


@dataclass(frozen=True)
class Draft:
    """A draft with its answers opened. They hold an identity number, so they stay out of ``repr``."""

    row: FilingDraft
    answers: dict[str, str] = field(repr=False)
    files: tuple[DraftFile, ...]

    @property
    def key(self) -> uuid.UUID:
        """Return the draft's key, which the application will carry as its idempotency key."""
        return self.row.pk


def find(key: uuid.UUID) -> Draft | None:
    """Return a draft, or ``None`` once it was filed, discarded or too old.

    A draft sealed under a key that is gone counts as gone too: the person starts again.
    """
    row = FilingDraft.objects.filter(pk=key).prefetch_related("files").first()
    if row is None:
        return None
    try:
        answers = open_answers(row)
    except crypto.SealError:
        return None
    return Draft(row, answers, tuple(row.files.all()))


def open_answers(row: FilingDraft) -> dict[str, str]:
    """Return the sealed answers of a draft."""
    if not row.answers_sealed:
        return {}
    opened = json.loads(crypto.open_sealed(row.answers_sealed, bound_to=binding(row)))
    return {str(name): str(value) for name, value in opened.items()}


def binding(row: FilingDraft) -> str:
    """Return what a draft's seal is bound to."""
    return f"draft:{row.pk}:answers"
