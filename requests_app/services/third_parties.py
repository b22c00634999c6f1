"""Tell a third party that its information will be disclosed against its will (条例 15, 32)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import ART_32
from requests_app.domain.consultations import ConsultationKind
from requests_app.domain.errors import Refused
from requests_app.domain.letters import LetterKind
from requests_app.models import Consultation, Letter
from requests_app.services import case_file, letters


def tell_decision(
    consultation_id: int,
    *,
    fields: Mapping[str, str],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Letter:
    """Draft the letter that tells a third party what will be disclosed and why; the head signs it.

    Refuses whoever is no third party, and one that was never asked.
    """
    found = Consultation.objects.filter(pk=consultation_id).first()
    if found is None:
        raise Refused.because("no_such_consultation", "没有这份征求意见书。")
    with case_file.opened(
        found.case_id, act=Act.TELL_THIRD_PARTY, actor=actor, at=at, seen_version=seen_version
    ) as file:
        if found.kind != ConsultationKind.THIRD_PARTY or found.cancelled_at is not None:
            sentence = "公开决定只告知征求过意见的第三方。"
            raise Refused.because("not_a_third_party", sentence, ART_32)
        return letters.draft(
            file,
            kind=LetterKind.THIRD_PARTY_DECISION,
            act=Act.TELL_THIRD_PARTY,
            fields=fields,
            consultation=found,
        )
