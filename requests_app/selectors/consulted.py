"""Read whether the third party was asked, as a ground of article 15 demands (条例 32)."""

from __future__ import annotations

from requests_app.domain import ledger
from requests_app.domain.consultations import ConsultationKind
from requests_app.domain.ledger import Entry
from requests_app.models import Case
from requests_app.selectors import facts


def third_party_asked(case: Case) -> bool:
    """Tell whether a letter that asks a third party went out and stands."""
    asked = case.consultations.filter(
        kind=ConsultationKind.THIRD_PARTY.value, cancelled_at__isnull=True
    )
    entries = facts.entries(case)
    return any(ledger.last(entries, Entry.CONSULT_SENT, ref=str(row.pk)) for row in asked)
