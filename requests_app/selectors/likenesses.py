"""Cases that ask for the same: by the same person, by others, answered before (条例 36(六), 44 ¶1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q

from requests_app.domain import likeness
from requests_app.domain.access import Actor
from requests_app.domain.ledger import Status
from requests_app.models import Case, CaseLikeness, CasePiece, PublicationDecision
from requests_app.selectors import cases

_SHOWN: Final = 20
_SHOWN_BEFORE: Final = 5
_COMPARED_CHARACTERS: Final = 1000
_ANSWERED: Final = frozenset({
    Status.ANSWERED.value, Status.DELIVERED.value, Status.ARCHIVED.value,
})  # fmt: skip


@dataclass(frozen=True)
class Similar:
    """A case that asks for nearly the same. ``answered`` ones may lead to 不予重复处理."""

    case: Case
    percent: int
    same_applicant: bool

    @property
    def answered(self) -> bool:
        """Tell whether it was answered already."""
        return self.case.status in _ANSWERED and bool(self.case.outcome)


@dataclass(frozen=True)
class Likeness:
    """What the list says of one case: how many like it, from how many others, decided or not."""

    same_applicant: int = 0
    others: int = 0
    decided: bool = False

    @property
    def for_publication(self) -> bool:
        """Tell whether several people ask for it and nobody has decided about publishing it."""
        return self.others > 0 and not self.decided


@dataclass(frozen=True)
class Repeated:
    """How often the applicant of a case has asked: cases this year, items in the month of receipt."""

    in_year: int = 1
    items_in_month: int = 1


NOTHING: Final = Likeness()
ONCE: Final = Repeated()


def of(case: Case, *, actor: Actor) -> tuple[Similar, ...]:
    """Return the cases like ``case`` that ``actor`` may see, the most alike first."""
    rows = CaseLikeness.objects.filter(Q(case=case) | Q(other=case)).order_by("-percent", "-pk")
    pairs = {
        (row.other_id if row.case_id == case.pk else row.case_id): row for row in rows[:_SHOWN]
    }
    seen = cases.visible_to(actor).filter(pk__in=list(pairs))
    found = seen.select_related("applicant", "body").defer("applicant__identity_sealed")
    return tuple(
        sorted(
            (
                Similar(each, pairs[each.pk].percent, pairs[each.pk].same_applicant)
                for each in found
            ),
            key=lambda similar: (-similar.percent, -similar.case.pk),
        )
    )


def marks(case_ids: Sequence[int]) -> Mapping[int, Likeness]:
    """Return what the list says of each case; two queries however many there are."""
    wanted = set(case_ids)
    same_people: Counter[int] = Counter()
    others: Counter[int] = Counter()
    rows = CaseLikeness.objects.filter(Q(case_id__in=case_ids) | Q(other_id__in=case_ids))
    for one, other, same in rows.values_list("case_id", "other_id", "same_applicant"):
        for each in {one, other} & wanted:
            (same_people if same else others)[each] += 1
    decided = set(
        PublicationDecision.objects.filter(case_id__in=list(others)).values_list(
            "case_id", flat=True
        )
    )
    return {
        each: Likeness(same_people[each], others[each], decided=each in decided)
        for each in {*same_people, *others}
    }


def repeated(page: Sequence[Case]) -> Mapping[int, Repeated]:
    """Return how often each case's applicant has asked, by the blind index. One query for a page.

    Without an identity number only the case itself is known, and nothing is added up.
    """
    indexes = {each.applicant.identity_index for each in page} - {""}
    if not indexes:
        return {}
    years = {each.received_on.year for each in page}
    counts: defaultdict[tuple[str, int, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
    asked = Case.objects.filter(
        applicant__identity_index__in=indexes,
        received_on__gte=date(min(years), 1, 1),
        received_on__lte=date(max(years), 12, 31),
    ).exclude(status=Status.MERGED.value)
    for index, on, items in asked.values_list(
        "applicant__identity_index", "received_on", "item_count"
    ):
        number, total = counts[index, on.year, on.month]
        counts[index, on.year, on.month] = (number + 1, total + items)
    found = {}
    for each in page:
        index, on = each.applicant.identity_index, each.received_on
        if index:
            found[each.pk] = Repeated(
                in_year=sum(counts[index, on.year, month][0] for month in range(1, 13)),
                items_in_month=counts[index, on.year, on.month][1],
            )
    return found


def same_applicant(case: Case, *, actor: Actor) -> tuple[Case, ...]:
    """Return the other cases of the same applicant that ``actor`` may see, newest first."""
    index = case.applicant.identity_index
    if not index:
        return ()
    rows = cases.visible_to(actor).filter(applicant__identity_index=index).exclude(pk=case.pk)
    return tuple(
        rows.select_related("body", "applicant")
        .defer("applicant__identity_sealed")
        .order_by("-received_on", "-pk")[:_SHOWN]
    )


@dataclass(frozen=True)
class Before:
    """What is known of an application before it is registered."""

    in_year: int = 0
    items_in_month: int = 0
    similar: tuple[tuple[Case, int], ...] = ()


def before(text: str, *, identity_index: str, actor: Actor, today: date) -> Before:
    """Compare what is being typed with what came before: same person, same words. Writes nothing."""
    wanted = likeness.compared(text[:_COMPARED_CHARACTERS])
    found = []
    if len(wanted) >= likeness.FEWEST_PIECES:
        fewest = -(-len(wanted) * likeness.SIMILAR_PERCENT // 100)
        rows = (
            CasePiece.objects.filter(piece__in=sorted(wanted), compared=True)
            .filter(case__in=cases.visible_to(actor))
            .values("case_id")
            .annotate(shared=Count("pk"))
            .filter(shared__gte=fewest)
            .values_list("case_id", "shared", "case__text_index__compared_pieces")
        )
        percents = {
            case_id: likeness.percent(shared=shared, mine=len(wanted), other=other)
            for case_id, shared, other in rows
        }
        alike = {pk: each for pk, each in percents.items() if each >= likeness.SIMILAR_PERCENT}
        top = sorted(alike, key=lambda pk: (-alike[pk], -pk))[:_SHOWN_BEFORE]
        by_id = Case.objects.in_bulk(top)
        found = [(by_id[pk], alike[pk]) for pk in top]
    if not identity_index:
        return Before(similar=tuple(found))
    own = Case.objects.filter(
        applicant__identity_index=identity_index, received_on__year=today.year
    ).exclude(status=Status.MERGED.value)
    days = list(own.values_list("received_on", "item_count"))
    month = sum(items for on, items in days if on.month == today.month)
    return Before(in_year=len(days), items_in_month=month, similar=tuple(found))
