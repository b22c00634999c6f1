"""The case data that travels inside an issued letter's file, for archives and machines.

What the letter itself says in its head, as data: no identity number, no query code, no address, no
name of the applicant. The words of the letter stand in the letter.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from django.utils import timezone

from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.models import Letter
from requests_app.selectors import releases

SCHEMA: Final = "jcdisclosure/letter/1"


def attached(letter: Letter) -> dict[str, Any]:
    """Return the facts of a signed letter; they follow from frozen fields alone."""
    kind = KINDS[LetterKind(letter.kind)]
    outcome = OUTCOMES[OutcomeCode(letter.outcome)] if letter.outcome else None
    text: dict[str, Any] = letter.text or {}
    handed_over = releases.of(letter)
    files = [{"name": x.name, "pages": x.pages, "sha256": x.sha256} for x in handed_over]
    return {
        **({"files": files} if files else {}),
        "schema": SCHEMA,
        "number": letter.number,
        "case_number": letter.case.number,
        "issuer": text.get("issuer", ""),
        "kind": {"code": kind.code.value, "label": kind.label},
        "outcome": None
        if outcome is None
        else {"code": outcome.code.value, "label": outcome.label},
        "articles": list(outcome.articles) if outcome else kind.basis.split("、"),
        "dates": {
            "received_on": letter.case.received_on.isoformat(),
            "dated_on": text.get("dated_on", ""),
            "signed_on": timezone.localtime(letter.signed_at).date().isoformat()
            if letter.signed_at
            else "",
        },
        "verify_code": letter.verify_code,
        "template_version": letter.template_version,
        # The frozen text, with a mark where a receipt prints its query code.
        "text_sha256": hashlib.sha256(
            json.dumps(text, ensure_ascii=False, sort_keys=True).encode()
        ).hexdigest(),
    }
