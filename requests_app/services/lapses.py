"""视为放弃: the clock proposes, a person decides, the applicant is told (条例 30, 国办函〔2020〕109号)."""

from __future__ import annotations

from datetime import datetime

from requests_app.domain.access import SYSTEM, Act, Actor
from requests_app.domain.articles import ART_30
from requests_app.domain.clock import WaitKind
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.domain.letters import LetterKind
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Letter
from requests_app.selectors import facts, letter_values
from requests_app.services import case_file, entries, letters


def propose(case_id: int, *, at: datetime) -> bool:
    """Propose a lapse when the applicant's time has gone by. Never lapses anything by itself.

    Returns whether a proposal was made; a case that is not (or no longer) due for one is left alone.
    """
    try:
        with case_file.opened(case_id, act=Act.PROPOSE_LAPSE, actor=SYSTEM, at=at) as file:
            last = file.facts.applicants_last_day
            data = {"last": last.isoformat() if last else "", "waiting": file.facts.status.value}
            entries.append(
                file.case, entry=Entry.LAPSE_PROPOSED, on=file.today, actor=SYSTEM, at=at, data=data
            )
    except Refused:
        return False  # the answer to "is a lapse due?" was no; nothing failed
    return True


def confirm(
    case_id: int, *, judgement: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> Letter:
    """Draft the 不再处理告知书 after a person found no good reason for the delay; the head signs it.

    ``judgement`` says how that was looked into; it stays with the letter and is not printed. What the
    letter prints, the notice, its service and the last day, comes from the ledger and the clock.
    """
    with case_file.opened(
        case_id, act=Act.CONFIRM_LAPSE, actor=actor, at=at, seen_version=seen_version
    ) as file:
        kept = case_file.require_text(
            judgement,
            code="judgement",
            sentence="请写明怎样核实、为什么认定没有正当理由。",
            citation=ART_30,
        )
        by_fee = file.facts.awaited is WaitKind.PAYMENT
        kind = LetterKind.LAPSE_FEE if by_fee else LetterKind.LAPSE_CORRECTION
        outcome = OutcomeCode.LAPSED_FEE if by_fee else OutcomeCode.LAPSED_CORRECTION
        fields = letter_values.lapse_dates(
            file.case, entries=facts.entries(file.case), timeline=file.facts.timeline, by_fee=by_fee
        )
        return letters.draft(
            file,
            kind=kind,
            act=Act.CONFIRM_LAPSE,
            fields=fields,
            outcome=outcome.value,
            override_reason=kept,
        )
