"""How satisfied the applicant is: given once, changeable until the case is archived.

Not an act in law on the case: it stands in a row of its own, not in the ledger.
"""

from __future__ import annotations

from datetime import datetime

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.domain.voices import SCORE_LABELS
from requests_app.models import Rating
from requests_app.services import case_file


def give(case_id: int, *, score: int, words: str, actor: Actor, at: datetime) -> Rating:
    """Keep the applicant's rating, or change the one there is; refuses once the case is archived."""
    if score not in SCORE_LABELS:
        raise Refused.because("score", "请在五个选项里选一个。")
    with case_file.opened(case_id, act=Act.RATE, actor=actor, at=at) as file:
        rating = Rating.objects.filter(case=file.case).first()
        if rating is None:
            rating = Rating(case=file.case, rated_at=at)
        else:
            rating.changed_at = at
        rating.score, rating.words = score, words.strip()
        case_file.refuse_too_long(rating)
        rating.save()
        return rating
