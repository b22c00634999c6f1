"""What anybody who holds a letter may check of it: its number, its date and its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from requests_app.adapters import crypto
from requests_app.domain.case_facts import LetterStatus
from requests_app.models import Letter


@dataclass(frozen=True)
class Verified:
    """One issued letter as the verify page shows it: no name, no matter, no case number."""

    code: str
    number: str
    dated_on: date
    sha256: str
    is_void: bool

    @property
    def printed_code(self) -> str:
        """Return the code in groups, as it stands under the QR code."""
        return crypto.format_query_code(self.code)

    def has_hash(self, sha256: str) -> bool:
        """Tell whether a file with this hash is the letter, byte for byte."""
        return sha256 == self.sha256


def find(code: str) -> Verified | None:
    """Return the issued letter that bears ``code``; None where there is none, whatever the reason."""
    letter = (
        Letter.objects.exclude(sha256="")
        .filter(verify_code=crypto.normalise_query_code(code))
        .exclude(verify_code="")
        .only("verify_code", "number", "text", "sha256", "status")
        .first()
    )
    if letter is None:
        return None
    text = letter.text or {}
    return Verified(
        code=letter.verify_code,
        number=letter.number,
        dated_on=date.fromisoformat(text["dated_on"]),
        sha256=letter.sha256,
        is_void=letter.status == LetterStatus.VOID.value,
    )
