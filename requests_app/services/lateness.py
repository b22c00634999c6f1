"""Say why a case was late: compulsory once the reply period went by, attributed by segment.

It never keeps an answer from going out; a late case without its reason cannot be archived, and the
lists name it every day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.lateness import SEGMENT_LABELS, Segment
from requests_app.domain.ledger import Entry
from requests_app.models import LateReason
from requests_app.services import case_file, entries


@dataclass(frozen=True)
class Share:
    """How many working days one segment used too many, and why."""

    segment: Segment
    working_days: int
    text: str


def explain(
    case_id: int,
    *,
    shares: Sequence[Share],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Sequence[LateReason]:
    """Record why the present reply period was not kept, share by share; earlier words are replaced.

    Refuses a case that is not late, no share, a share without days or words, and one segment twice.
    What was said stands in the ledger too, and stays there when it is said anew.
    """
    with case_file.opened(
        case_id, act=Act.EXPLAIN_LATE, actor=actor, at=at, seen_version=seen_version
    ) as file:
        missed = file.facts.missed_on
        if missed is None:
            raise Refused.because("not_late", "这件申请没有超过答复期限。")
        refuse_if_any(_against(shares))
        LateReason.objects.filter(case=file.case, due_on=missed).delete()
        rows = []
        for share in shares:
            row = LateReason(
                case=file.case,
                due_on=missed,
                segment=share.segment.value,
                working_days=share.working_days,
                text=share.text.strip(),
                given_by_id=actor.staff,
                given_at=at,
            )
            case_file.refuse_too_long(row)
            row.save()
            rows.append(row)
        text = "；".join(
            f"{SEGMENT_LABELS[each.segment]}{each.working_days}个工作日：{each.text.strip()}"
            for each in shares
        )
        entries.append(
            file.case,
            entry=Entry.NOTED,
            on=file.today,
            actor=actor,
            at=at,
            data={
                "text": f"超期原因（期限{missed}）：{text}",
                "late_for": missed.isoformat(),
                "late_words": text,
            },
        )
        return rows


def _against(shares: Sequence[Share]) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    if not shares:
        reasons.append(Reason("shares", "请至少写明一个环节耽误的天数和原因。"))
    for share in shares:
        name = SEGMENT_LABELS[share.segment]
        if not share.text.strip():
            reasons.append(Reason(f"text_{share.segment}", f"请写明“{name}”耽误的原因。"))
        if share.working_days < 1:
            sentence = f"“{name}”耽误的天数应当是1以上的整数。"
            reasons.append(Reason(f"days_{share.segment}", sentence))
    if len({share.segment for share in shares}) < len(shares):
        reasons.append(Reason("shares", "一个环节只写一次。"))
    return tuple(reasons)
