"""What a case is tied to: cases of the same letter, what it was merged with, where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from requests_app.domain.access import Actor
from requests_app.domain.case_links import LinkKind
from requests_app.models import Case, CaseLink, CaseWatch, ImportedCase
from requests_app.selectors import cases, likenesses
from requests_app.selectors.likenesses import Likeness


@dataclass(frozen=True)
class Relations:
    """The ties of one case that a reader may follow."""

    same_letter: Sequence[Case]
    merged_into: Case | None
    merged_from: Sequence[Case]
    likeness: Likeness
    watched: bool
    imported: ImportedCase | None


def of(case: Case, *, actor: Actor) -> Relations:
    """Read the ties of a case; a handler sees no case of another department through them."""
    seen = cases.visible_to(actor)
    links = list(
        CaseLink.objects.filter(Q(case=case) | Q(other=case))
        .filter(case__in=seen, other__in=seen)
        .select_related("case", "other")
    )
    merged = [link for link in links if link.kind == LinkKind.MERGED_INTO.value]
    return Relations(
        same_letter=_of_letter(case, links, seen=seen),
        merged_into=next((link.other for link in merged if link.case_id == case.pk), None),
        merged_from=[link.case for link in merged if link.other_id == case.pk],
        likeness=likenesses.marks([case.pk]).get(case.pk, likenesses.NOTHING),
        watched=CaseWatch.objects.filter(case=case, staff_id=actor.staff_id).exists(),
        imported=ImportedCase.objects.filter(case=case).select_related("source").first(),
    )


def _of_letter(case: Case, links: Sequence[CaseLink], *, seen: QuerySet[Case]) -> Sequence[Case]:
    """Return the other cases cut from the same letter. All of them point at the first."""
    of_letter = [link for link in links if link.kind == LinkKind.SAME_LETTER.value]
    firsts = {link.other_id for link in of_letter}
    siblings = CaseLink.objects.filter(
        other_id__in=firsts, kind=LinkKind.SAME_LETTER.value, case__in=seen
    )
    found = {link.case_id: link.case for link in siblings.select_related("case")} if firsts else {}
    found |= {link.other_id: link.other for link in of_letter}
    found.pop(case.pk, None)
    return [found[pk] for pk in sorted(found)]
