"""Hand the whole load of one clerk to another: one act, one entry in the ledger of each case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from requests_app.domain.access import Act, Actor, Role, reasons_against
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.ledger import Entry, Status
from requests_app.models import Case, StaffUser
from requests_app.selectors import handovers
from requests_app.services import assignments, case_file, entries


def hand_over(*, from_id: int, to_id: int, reason: str, actor: Actor, at: datetime) -> list[Case]:
    """Give every case a clerk holds and that is not put away to another clerk, all or none.

    A clerk hands over his own load; the heads of the working body anybody's. Refuses no reason, the
    same person, somebody who is no clerk, has no account in use or is on leave, and an empty load.
    """
    refuse_if_any(reasons_against(Act.HAND_OVER, actor=actor))
    if actor.staff_id != from_id and Role.HEAD not in actor.roles:
        raise Refused.because("giver", "只能移交自己的案件；他人的由工作机构负责人移交。")
    if from_id == to_id:
        raise Refused.because("taker", "接收人应当是另一位经办人。")
    kept = case_file.require_text(reason, code="reason", sentence="移交必须写明理由。")
    today = case_file.local_day(at)
    with transaction.atomic():
        giver = StaffUser.objects.filter(pk=from_id).first()
        if giver is None:
            raise Refused.because("giver", "没有这位经办人。")
        taker = assignments.clerk_at_work(to_id, on=today, code="taker")
        ids = list(handovers.load(from_id).order_by("pk").values_list("pk", flat=True))
        if not ids:
            raise Refused.because("giver", f"{giver}名下没有要移交的案件。")
        done = []
        for case_id in ids:
            with case_file.opened(case_id, act=Act.HAND_OVER, actor=actor, at=at) as file:
                if file.case.clerk_id != from_id or Status(file.case.status) in handovers.AWAY:
                    continue  # somebody took it meanwhile
                file.case.clerk = taker
                entries.append(
                    file.case,
                    entry=Entry.NOTED,
                    on=file.today,
                    actor=actor,
                    at=at,
                    data={
                        "text": f"移交：{giver.display_name} → {taker.display_name}。{kept}",
                        "handed_over": {"from": from_id, "to": to_id},
                    },
                )
                done.append(file.case)
        return done
