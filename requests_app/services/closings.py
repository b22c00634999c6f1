"""End a case other than by an answer, and open it again; putting it away is in ``archives``."""

from __future__ import annotations

from datetime import date, datetime

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.domain.letters import LetterKind
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Event
from requests_app.services import case_file, entries, letters, signing


def withdraw(case_id: int, *, on: date, reason: str, actor: Actor, at: datetime) -> Event:
    """Record the applicant's withdrawal, void what has not gone out, and confirm it in writing."""
    with case_file.opened(case_id, act=Act.WITHDRAW, actor=actor, at=at, on=on) as file:
        letters.void_unsent(file, reason="申请人撤回申请")
        event = entries.append(
            file.case,
            entry=Entry.WITHDRAWN,
            on=on,
            actor=actor,
            at=at,
            data={"reason": reason.strip(), "outcome": OutcomeCode.WITHDRAWN.value},
        )
        signing.issue_unasked(
            file.case, kind=LetterKind.WITHDRAWAL, act=Act.WITHDRAW, fields={"withdrawn_on": on.isoformat()},
            actor=actor, at=at,
        )  # fmt: skip
        return event


def reopen(
    case_id: int,
    *,
    on: date,
    decision: str,
    decided_on: date,
    actor: Actor,
    at: datetime,
    days: int | None = None,
    until: date | None = None,
) -> Event:
    """Open a case again after a review decision or judgment that orders a new answer.

    ``decided_on`` is the day the decision bears, ``on`` the day it was served on the office. The
    decision's own period, in working days or until a day, counts from its service; without one an
    ordinary period of 20 working days begins.
    """
    with case_file.opened(case_id, act=Act.REOPEN, actor=actor, at=at, on=on) as file:
        kept = case_file.require_text(
            decision, code="decision", sentence="请写明复议决定书或者判决书的文号。"
        )
        if decided_on > on:
            sentence = "决定书、判决书的日期不能晚于它送达本机关的日期。"
            raise Refused.because("decided_on", sentence)
        if days is not None and until is not None:
            raise Refused.because("until", "期限按天数或者按日期，只能填一项。")
        if days is not None and days < 1:
            raise Refused.because("days", "期限至少1个工作日。")
        if until is not None and until < on:
            raise Refused.because("until", "期限不能早于决定书送达之日。")
        data: dict[str, object] = {"decision": kept, "decided_on": decided_on.isoformat()}
        if days is not None:
            data["days"] = days
        if until is not None:
            data["until"] = until.isoformat()
        return entries.append(file.case, entry=Entry.REOPENED, on=on, actor=actor, at=at, data=data)
