"""Make the file of a signed letter: drawn with seal, code and case data, then signed.

Takes seconds and may ask a seal service, so it runs outside any transaction. Who claims the letter
and stores the file is ``letters``; the code itself is drawn with the number, in ``signing``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse

from requests_app.adapters import crypto, pdf, signature
from requests_app.adapters.signature import Signed
from requests_app.domain.letter_types import RECEIPTS
from requests_app.models import IssuingBody, Letter
from requests_app.selectors import letter_facts
from requests_app.services import signing

#: What somebody must install or mend before the letter can be made; it costs the letter no try.
WAITS_FOR: Final = (
    pdf.PdfUnavailable,
    pdf.MissingGlyphs,
    pdf.SealRefused,
    signature.SignatureFailed,
)

_FOLLOW, _VERIFY = "扫码查进度", "扫码核验"


def make(letter: Letter, *, at: datetime) -> Signed:
    """Draw and sign one letter. Raises what ``WAITS_FOR`` names, and ``pdf.RenderFailed``."""
    return signature.sign(draw(letter), number=letter.number, at=at)


def draw(letter: Letter) -> bytes:
    """Draw a signed letter as it is issued, but for the electronic signature: always the same bytes."""
    return pdf.render_letter(
        signing.printable_text(letter),
        facts=letter_facts.attached(letter),
        marks=pdf.Marks(
            seal=_seal(letter.case.body),
            scan_url=_scan_url(letter),
            scan_words=_FOLLOW if letter.kind in RECEIPTS else _VERIFY,
            verify_code=crypto.format_query_code(letter.verify_code) if letter.verify_code else "",
        ),
    )


def _scan_url(letter: Letter) -> str:
    """Lead from a receipt to where the case is followed, from any other letter to its verification."""
    if letter.kind in RECEIPTS:
        path = f"{reverse('public:status')}?number={letter.case.number}"
    elif letter.verify_code:
        path = reverse("public:verify", args=[letter.verify_code])
    else:
        return ""  # signed before letters had one
    return f"{settings.PUBLIC_BASE_URL}{path}"


def _seal(body: IssuingBody) -> str:
    """Return the body's seal, a demo's seal that says so, or nothing: then it is stamped by hand."""
    path = settings.SEALS_DIR / f"{body.code}.svg"
    if path.is_file():
        return pdf.read_seal(path, name=body.name)
    return pdf.draw_demo_seal(body.name) if settings.DEMO else ""
