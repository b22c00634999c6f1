"""What came into a case that a person has not read yet: from the applicant, a department, a third party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from requests_app.domain.access import Actor
from requests_app.domain.ledger import Entry
from requests_app.models import CaseReading, Event, Message
from requests_app.models.choices import values
from requests_app.models.messages import MessageStatus

#: Entries that bring something from outside the desk.
NEWS: Final = frozenset({
    Entry.CORRECTED, Entry.LATE_CORRECTION_OFFERED, Entry.REASONS_GIVEN, Entry.WITHDRAWN,
    Entry.OPINION_GIVEN, Entry.SENT_BACK, Entry.CONSULT_REPLIED, Entry.PAID, Entry.ANSWER_RETURNED,
})  # fmt: skip


def unread(case_ids: Sequence[int], *, actor: Actor) -> Mapping[int, Sequence[Entry]]:
    """Return what came into each case since ``actor`` last opened it, in order. Two queries.

    What the person entered is no news to them; a voided entry is none to anybody.
    """
    read = dict(
        CaseReading.objects.filter(case_id__in=case_ids, staff_id=actor.staff_id).values_list(
            "case_id", "seq"
        )
    )
    rows = Event.objects.filter(
        case_id__in=case_ids, entry__in=values(NEWS | {Entry.VOIDED})
    ).order_by("case_id", "seq")
    found: defaultdict[int, dict[int, Entry]] = defaultdict(dict)
    for case_id, seq, entry, voids, by in rows.values_list(
        "case_id", "seq", "entry", "voids", "recorded_by_id"
    ):
        if voids is not None:
            found[case_id].pop(voids, None)
        elif seq > read.get(case_id, 0) and by != actor.staff_id:
            found[case_id][seq] = Entry(entry)
    return {case_id: tuple(entries.values()) for case_id, entries in found.items() if entries}


def bounced(case_ids: Sequence[int]) -> Mapping[int, int]:
    """Return how many messages of each case were given up after several tries."""
    failed = Message.objects.filter(case_id__in=case_ids, status=MessageStatus.FAILED.value)
    counts: defaultdict[int, int] = defaultdict(int)
    for case_id in failed.values_list("case_id", flat=True):
        if case_id is not None:
            counts[case_id] += 1
    return counts
