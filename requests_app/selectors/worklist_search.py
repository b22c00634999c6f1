"""Where words typed into the search may stand: number, name, 文号 in any brackets, phone tail, text."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Final

from django.db.models import Exists, OuterRef, Q

from requests_app.domain import likeness
from requests_app.domain.numbering import normalise_document_number
from requests_app.models import CasePiece, CoApplicant, Letter

_SHORTEST_PHONE_TAIL: Final = 4
_MOST_PIECES: Final = 12


def condition(words: str) -> Q:
    """Return where a case may hold ``words``.

    The text is found through its pieces, which an index holds, and then compared as it stands: a
    search costs what it finds, not what the office has ever received.
    """
    typed = words.strip()
    number = normalise_document_number(typed)
    letters = Letter.objects.filter(case=OuterRef("pk"), number__contains=number)
    partners = CoApplicant.objects.filter(case=OuterRef("pk"), name__contains=typed)
    places = [
        Q(number__contains=number),
        Q(former_number=number),
        Q(applicant__name__contains=typed),
        Q(Exists(partners)),
        Q(document_number__contains=number),
        Q(document_number__contains=typed),
        Q(tracking_number__iexact=number),
        Q(Exists(letters.exclude(number=""))),
        _text(typed),
    ]
    if number.isdecimal() and len(number) >= _SHORTEST_PHONE_TAIL:
        places.append(Q(applicant__phone__endswith=number))
    return reduce(or_, places)


def _text(typed: str) -> Q:
    """Every word must stand in the text, in any order."""
    return reduce(and_, (_word(word) for word in typed.split()))


def _word(word: str) -> Q:
    inside = Q(description__icontains=word) | Q(document_name__icontains=word)
    for piece in sorted(likeness.searched(word))[:_MOST_PIECES]:
        inside &= Q(Exists(CasePiece.objects.filter(case=OuterRef("pk"), piece=piece)))
    return inside
