"""Count an applicant's items of a calendar month, on which the fee by item depends."""

from __future__ import annotations

from django.db.models import Q, Sum

from requests_app.domain.matters import Matter
from requests_app.models import Case


def items_before(case: Case) -> int:
    """Return the items the same applicant asked for earlier in the month of receipt.

    The same person is found by the blind index of the identity number; without one only the case
    itself is known, and nothing is added up (the benefit of the doubt is the applicant's).
    """
    index = case.applicant.identity_index
    if not index:
        return 0
    earlier = Q(received_on__lt=case.received_on) | Q(received_on=case.received_on, pk__lt=case.pk)
    same_month = Case.objects.filter(
        earlier,
        matter=Matter.DISCLOSURE.value,  # 更正 costs nothing and counts for nothing here
        applicant__identity_index=index,
        received_on__year=case.received_on.year,
        received_on__month=case.received_on.month,
    )
    return same_month.aggregate(items=Sum("item_count"))["items"] or 0
