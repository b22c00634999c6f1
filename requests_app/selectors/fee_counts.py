"""Count an applicant's items of a calendar month, on which the fee by item depends."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Sum

from requests_app.domain import fees
from requests_app.domain.fees import JointCount
from requests_app.domain.matters import Matter
from requests_app.models import Case, CoApplicant
from requests_app.selectors import offices


@dataclass(frozen=True)
class MonthCount:
    """What one applicant asked for earlier in the month: the place among those who apply, the items.

    ``items`` is None where the applicant gave no number and so nothing can be added up.
    """

    place: int
    items: int | None


def items_before(case: Case) -> int:
    """Return the items that came before this case in the month, as the fee by item counts them.

    Of several who apply together the office's reading says whose count holds (``JointCount``).
    """
    settings = offices.settings(on=case.received_on)
    return fees.joint_before(
        [each.items for each in of_applicants(case)], reading=JointCount(settings.joint_fee_count)
    )


def of_applicants(case: Case) -> tuple[MonthCount, ...]:
    """Return the count of each who applies, in order; a person is counted by identity alone.

    The same person is found by the blind index of the identity number, whether first or together
    with others; without one only the case itself is known, and nothing is added up (the benefit of
    the doubt is the applicant's). A person named twice in one case is one person.
    """
    indexes = [case.applicant.identity_index]
    if case.applicant_count > 1:
        together = case.co_applicants.order_by("position")
        indexes += together.values_list("identity_index", flat=True)
    return tuple(
        MonthCount(place, _items(case, index=index) if index else None)
        for place, index in enumerate(indexes, start=1)
        if not index or index not in indexes[: place - 1]
    )


def _items(case: Case, *, index: str) -> int:
    earlier = Q(received_on__lt=case.received_on) | Q(received_on=case.received_on, pk__lt=case.pk)
    together = CoApplicant.objects.filter(case=OuterRef("pk"), identity_index=index)
    same_month = Case.objects.filter(
        earlier,
        Q(applicant__identity_index=index) | Exists(together),
        matter=Matter.DISCLOSURE.value,  # 更正 costs nothing and counts for nothing here
        received_on__year=case.received_on.year,
        received_on__month=case.received_on.month,
    )
    return same_month.aggregate(items=Sum("item_count"))["items"] or 0
