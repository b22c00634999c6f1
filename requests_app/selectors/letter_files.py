"""The finished file of a letter, as it was frozen."""

from __future__ import annotations

from requests_app.adapters import storage
from requests_app.domain.errors import Refused
from requests_app.models import Letter


def content(letter: Letter) -> bytes:
    """Return the PDF of an issued letter, checked against its hash; refuse one that is not made yet."""
    if not letter.path:
        raise Refused.because("not_issued", "这份文书还没有制成文件。")
    return storage.read_file(letter.path, sha256=letter.sha256)
