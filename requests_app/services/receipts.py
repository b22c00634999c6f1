"""Put a wrong day of receipt right: every date follows from it (条例 31)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from requests_app.domain import clock, ledger
from requests_app.domain.access import Act, Actor
from requests_app.domain.application import ART_31
from requests_app.domain.clock.timeline import COUNTING
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.domain.matters import Matter
from requests_app.models import Event
from requests_app.selectors import facts
from requests_app.services import case_file, entries, projections, signing
from requests_app.services.case_file import OpenCase

_CLOCK: Final = frozenset(kind.value for kind in clock.EventType)


def correct(
    case_id: int,
    *,
    on: date,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Event:
    """Enter the right day of receipt, void the wrong one, and send the applicant a new receipt.

    Both stay readable, with the reason. Where no reply period runs there is no day to tell, and no
    new receipt. Refuses tomorrow, the day it already is, and a day later
    than something that has been done about the application since.
    """
    with case_file.opened(
        case_id, act=Act.VOID_EVENT, actor=actor, at=at, seen_version=seen_version
    ) as file:
        kept = case_file.require_text(
            reason, code="reason", sentence="更正收到日期必须写明理由。", citation=ART_31
        )
        _check_day(file, on=on)
        wrong = next(
            entry
            for entry in ledger.standing(facts.entries(file.case))
            if entry.entry is Entry.RECEIVED
        )
        entries.void_entry(file, seq=wrong.seq, reason=kept)
        event = entries.append(
            file.case,
            entry=Entry.RECEIVED,
            on=on,
            actor=actor,
            at=at,
            data={**wrong.data, "corrects": wrong.seq, "reason": kept},
        )
        line = projections.refresh(file.case, today=file.today)
        if line.state in COUNTING and line.due is not None:
            _send_receipt(file)
        return event


def _send_receipt(file: OpenCase) -> None:
    signing.issue_unasked(
        file.case,
        kind=signing.RECEIPT_OF[Matter(file.case.matter)],
        act=Act.REGISTER,
        fields={},
        actor=file.actor,
        at=file.at,
        extra={"query_code": signing.QUERY_CODE_MARK},
    )


def _check_day(file: OpenCase, *, on: date) -> None:
    if on > file.today:
        raise Refused.because("on", "收到日期不能晚于今天。", ART_31)
    if on == file.case.received_on:
        raise Refused.because("on", "收到日期已经是这一天。", ART_31)
    done = [
        entry.on
        for entry in ledger.standing(facts.entries(file.case))
        if entry.entry is not Entry.RECEIVED and entry.entry.value in _CLOCK
    ]
    if done and on > min(done):
        sentence = f"{min(done)}已有办理事项，收到日期不能晚于这一天。"
        raise Refused.because("on", sentence, ART_31)
