"""Cut a case's text into pieces, so that it is found again and its likes are known.

Done when a case comes in; what was there before the index is caught up by ``index_texts``. A case
is compared with all that came earlier, in the database, and the likeness is kept: it is a fact of
two texts that do not change.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import Count

from requests_app.domain import likeness
from requests_app.domain.ledger import Status
from requests_app.models import Applicant, Case, CaseLikeness, CasePiece, CaseText
from requests_app.services.tally import Tally

#: Longer texts are known by their beginning; the whole is in the paper.
_INDEXED_CHARACTERS: Final = 4000
_MOST_LIKENESSES: Final = 20


def index(case: Case) -> None:
    """Index one case inside the caller's transaction, and note which earlier ones are like it."""
    text = f"{case.document_name}\n{case.description}"[:_INDEXED_CHARACTERS]
    compared = likeness.compared(text)
    CaseText.objects.create(case=case, compared_pieces=len(compared))
    CasePiece.objects.bulk_create(
        CasePiece(case=case, piece=piece, compared=piece in compared)
        for piece in sorted(likeness.pieces(text) | compared)
    )
    if len(compared) >= likeness.FEWEST_PIECES:
        _note_likenesses(case, mine=len(compared))


def catch_up() -> Tally:
    """Index the cases that came before there was an index, oldest first, each by itself."""
    done = 0
    missing = list(
        Case.objects.filter(text_index__isnull=True).order_by("pk").values_list("pk", flat=True)
    )
    for case_id in missing:
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=case_id)
            if not CaseText.objects.filter(case=case).exists():
                index(case)
                done += 1
    return Tally(seen=len(missing), changed=done)


def _note_likenesses(case: Case, *, mine: int) -> None:
    fewest = -(-mine * likeness.SIMILAR_PERCENT // 100)
    own = CasePiece.objects.filter(case=case, compared=True).values("piece")
    shared = (
        CasePiece.objects.filter(piece__in=own, compared=True, case_id__lt=case.pk)
        .exclude(case__status=Status.MERGED.value)
        .values("case_id")
        .annotate(shared=Count("pk"))
        .filter(shared__gte=fewest)
        .values_list("case_id", "shared", "case__text_index__compared_pieces")
    )
    alike = sorted(
        (
            (likeness.percent(shared=number, mine=mine, other=other), case_id)
            for case_id, number, other in shared
        ),
        reverse=True,
    )[:_MOST_LIKENESSES]
    found = {case_id: percent for percent, case_id in alike if percent >= likeness.SIMILAR_PERCENT}
    applicants = Applicant.objects.filter(case__in=list(found)).select_related("case")
    CaseLikeness.objects.bulk_create(
        CaseLikeness(
            case=case,
            other_id=other.case.pk,
            percent=found[other.case.pk],
            same_applicant=is_same(case.applicant, other),
        )
        for other in applicants
    )


def is_same(one: Applicant, other: Applicant) -> bool:
    """Tell whether two applicants are one person, as far as can be known.

    By the blind index of the identity number where both have one; else by name and a way to
    reach them. A name alone is not enough.
    """
    if one.identity_index and other.identity_index:
        return one.identity_index == other.identity_index
    if one.name != other.name:
        return False
    return any(
        getattr(one, way) and getattr(one, way) == getattr(other, way)
        for way in ("phone", "email", "address")
    )
