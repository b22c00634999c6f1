"""Register a review or a suit about a case and lead it: our clock, what we filed, how it ended.

Each step is told in the case's ledger as a note, so that the case's own story stays whole; the rows
here are what lists and table 四 read. A mistake is voided with a reason and stops counting.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from requests_app.domain import ledger, proceedings
from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.ledger import Entry
from requests_app.domain.remedies import REVIEW_LAW, SUIT_LAW
from requests_app.domain.remedy_kinds import (
    FILING_LABELS,
    PROCEEDING_KIND_LABELS,
    RESULT_LABELS,
    STAGE_LABELS,
    SUITS,
    FilingKind,
    Procedure,
    ProceedingKind,
    Result,
    Stage,
)
from requests_app.models import Case, Proceeding, ProceedingFiling
from requests_app.selectors import calendars, facts
from requests_app.services import case_file, entries, projections

_ORDER: Final = tuple(Stage)


@dataclass(frozen=True)
class Papers:
    """What the papers of a review or a suit say, as somebody entered it."""

    kind: ProceedingKind
    authority: str
    received_on: date
    number: str = ""
    claimant: str = ""
    matter: str = ""
    procedure: Procedure | None = None


@dataclass(frozen=True)
class Decision:
    """How a proceeding ended: the result, its day, the day we had it, its number, what it orders."""

    result: Result
    on: date
    served_on: date
    number: str
    note: str = ""
    orders_answer: bool = False
    answer_days: int | None = None


def register(case_id: int, *, papers: Papers, actor: Actor, at: datetime) -> Proceeding:
    """Register a review or a suit whose papers came in; our last day follows from the law.

    Refuses who may not, papers from the future or from before the case, a review without procedure.
    """
    with _opened(case_id, actor=actor, at=at) as case:
        today = case_file.local_day(at)
        case_file.check_day(papers.received_on, case=case, today=today)
        reasons = list(proceedings.procedure_reasons(papers.kind, papers.procedure))
        if not papers.authority.strip():
            reasons.append(Reason("authority", "请填写复议机关或者法院的名称。"))
        refuse_if_any(tuple(reasons))
        calendar = calendars.current()
        review = papers.kind is ProceedingKind.REVIEW
        clock = proceedings.clock(
            papers.kind,
            procedure=papers.procedure,
            received_on=papers.received_on,
            calendar=calendar,
        )
        row = Proceeding(
            case=case,
            kind=papers.kind.value,
            authority=papers.authority.strip(),
            number=papers.number.strip(),
            claimant=papers.claimant.strip() or case.applicant.name,
            matter=papers.matter.strip(),
            procedure=papers.procedure.value if review and papers.procedure else "",
            stage=(Stage.PENDING if review else Stage.FIRST_INSTANCE).value,
            received_on=papers.received_on,
            due_on=clock.due,
            calendar_version=calendar.version,
            registered_at=at,
            registered_by_id=actor.staff,
        )
        case_file.refuse_too_long(row)
        row.save()
        words = f"{_named(row)}：{papers.received_on}收到副本，{clock.due}前{_task(papers.kind)}。"
        _note(case, row, words, actor=actor, at=at)
        return row


def file(
    proceeding_id: int,
    *,
    kind: FilingKind,
    on: date,
    proof: str,
    actor: Actor,
    at: datetime,
    description: str = "",
) -> ProceedingFiling:
    """Record what we handed in, when, and the proof of it; the answer or the evidence stops our clock."""
    with _led(proceeding_id, actor=actor, at=at) as row:
        _check_filing(row, kind=kind, on=on, today=case_file.local_day(at))
        kept = case_file.require_text(
            proof, code="proof", sentence="请写明提交的凭据（收件回执、EMS单号、签收人）。"
        )
        filing = ProceedingFiling(
            proceeding=row,
            kind=kind.value,
            on=on,
            proof=kept,
            description=description.strip(),
            recorded_at=at,
            recorded_by_id=actor.staff,
        )
        case_file.refuse_too_long(filing)
        filing.save()
        _refresh_answered(row)
        late = f"，超过期限（{row.due_on}）" if kind in _OWED and on > row.due_on else ""
        words = f"{_named(row)}：{on}提交{FILING_LABELS[kind]}{late}，凭据：{kept}。"
        _note(row.case, row, words, actor=actor, at=at)
        return filing


def void_filing(filing_id: int, *, reason: str, actor: Actor, at: datetime) -> None:
    """Void what was recorded as handed in by mistake; our clock runs again if it was what stopped it."""
    found = ProceedingFiling.objects.filter(pk=filing_id, voided_at__isnull=True).first()
    if found is None:
        raise Refused.because("no_such_filing", "没有这份材料的记录，或者它已经作废。")
    with _led(found.proceeding_id, actor=actor, at=at, ended=True) as row:
        kept = case_file.require_text(reason, code="reason", sentence="作废必须写明理由。")
        found.voided_at, found.voided_by_id, found.void_reason = at, actor.staff_id, kept
        case_file.refuse_too_long(found)
        found.save()
        _refresh_answered(row)
        words = (
            f"{_named(row)}：作废{found.on}“{FILING_LABELS[FilingKind(found.kind)]}”的记录。{kept}"
        )
        _note(row.case, row, words, actor=actor, at=at)


def amend(
    proceeding_id: int,
    *,
    number: str,
    procedure: Procedure | None,
    stage: Stage,
    actor: Actor,
    at: datetime,
) -> Proceeding:
    """Put the number in, change the procedure of a review, or take a suit to its next stage.

    Another procedure counts our days anew from the same receipt. A stage never goes back.
    """
    with _led(proceeding_id, actor=actor, at=at) as row:
        kind = ProceedingKind(row.kind)
        refuse_if_any(proceedings.procedure_reasons(kind, procedure))
        if kind is not ProceedingKind.REVIEW:
            if stage is Stage.PENDING or _ORDER.index(stage) < _ORDER.index(Stage(row.stage)):
                now = STAGE_LABELS[Stage(row.stage)]
                raise Refused.because("stage", f"现在是{now}，不能退回前一审级。")
            row.stage = stage.value
        elif procedure is not None and procedure.value != row.procedure:
            calendar = calendars.current()
            clock = proceedings.clock(
                kind, procedure=procedure, received_on=row.received_on, calendar=calendar
            )
            row.procedure, row.due_on = procedure.value, clock.due
            row.calendar_version = calendar.version
        row.number = number.strip()
        case_file.refuse_too_long(row)
        row.save()
        stage_words = "" if kind is ProceedingKind.REVIEW else f"，{STAGE_LABELS[Stage(row.stage)]}"
        words = f"{_named(row)}：更新案号、程序或者审级{stage_words}，我方期限{row.due_on}。"
        _note(row.case, row, words, actor=actor, at=at)
        return row


def decide(proceeding_id: int, *, decision: Decision, actor: Actor, at: datetime) -> Proceeding:
    """Record how a proceeding ended; it is then counted in table 四 by its result.

    A decision that orders another answer leads on to reopening the case. Refuses days out of order,
    a decision without number, and an order in a decision that corrected nothing.
    """
    with _led(proceeding_id, actor=actor, at=at) as row:
        refuse_if_any(_against(decision, row, today=case_file.local_day(at)))
        row.result, row.result_on = decision.result.value, decision.on
        row.result_served_on = decision.served_on
        row.result_number, row.result_note = decision.number.strip(), decision.note.strip()
        row.orders_answer, row.answer_days = decision.orders_answer, decision.answer_days
        case_file.refuse_too_long(row)
        row.save()
        words = (
            f"{_named(row)}：{decision.on}审结，{RESULT_LABELS[decision.result]}"
            f"（{row.result_number}），{decision.served_on}收到。"
        )
        _note(row.case, row, words, actor=actor, at=at)
        return row


def withdraw_decision(proceeding_id: int, *, reason: str, actor: Actor, at: datetime) -> Proceeding:
    """Take back a result entered by mistake, or overtaken by an appeal: it is under way again.

    Refused once the case was reopened because of it; that entry is voided first.
    """
    with _led(proceeding_id, actor=actor, at=at, ended=True) as row:
        kept = case_file.require_text(reason, code="reason", sentence="撤回结果必须写明理由。")
        if not row.result:
            raise Refused.because("no_result", "还没有登记结果。")
        if reopening(row) is not None:
            sentence = "这件申请已据此重新办理，请先作废“依复议决定或判决重新办理”。"
            raise Refused.because("reopened", sentence)
        row.result, row.result_number, row.result_note = "", "", ""
        row.result_on = row.result_served_on = row.answer_days = None
        row.orders_answer = False
        row.save()
        _note(row.case, row, f"{_named(row)}：撤回结果。{kept}", actor=actor, at=at)
        return row


def void(proceeding_id: int, *, reason: str, actor: Actor, at: datetime) -> Proceeding:
    """Void a proceeding registered by mistake; it stays readable and is counted nowhere."""
    with _led(proceeding_id, actor=actor, at=at, ended=True) as row:
        kept = case_file.require_text(reason, code="reason", sentence="作废必须写明理由。")
        row.voided_at, row.voided_by_id, row.void_reason = at, actor.staff_id, kept
        case_file.refuse_too_long(row)
        row.save()
        _note(row.case, row, f"{_named(row)}：作废登记。{kept}", actor=actor, at=at)
        return row


def reopening(row: Proceeding) -> int | None:
    """Return the place in the ledger where the case was reopened by this decision, if it was.

    It is the standing entry that names the decision's number.
    """
    if not row.result_number:
        return None
    return next(
        (
            entry.seq
            for entry in ledger.standing(facts.entries(row.case))
            if entry.entry is Entry.REOPENED
            and row.result_number in str(entry.data.get("decision", ""))
        ),
        None,
    )


_OWED: Final = frozenset({FilingKind.REPLY, FilingKind.EVIDENCE})


def _task(kind: ProceedingKind) -> str:
    return "提交证据和答辩状" if kind in SUITS else "提交书面答复和证据"


def _named(row: Proceeding) -> str:
    label = PROCEEDING_KIND_LABELS[ProceedingKind(row.kind)]
    return f"{label}（{row.number or row.authority}）"


def _check_filing(row: Proceeding, *, kind: FilingKind, on: date, today: date) -> None:
    if on > today:
        raise Refused.because("on", f"日期{on}晚于今天，不能登记还没有提交的材料。")
    if on < row.received_on:
        raise Refused.because("on", f"提交日期不能早于收到副本之日（{row.received_on}）。")
    wrong = FilingKind.EVIDENCE if row.kind == ProceedingKind.REVIEW else FilingKind.REPLY
    if kind is wrong:
        label = PROCEEDING_KIND_LABELS[ProceedingKind(row.kind)]
        raise Refused.because("kind", f"“{FILING_LABELS[kind]}”不是{label}的材料。")


def _against(decision: Decision, row: Proceeding, *, today: date) -> tuple[Reason, ...]:
    law = REVIEW_LAW if row.kind == ProceedingKind.REVIEW else SUIT_LAW
    found = []
    if decision.on < row.received_on:
        found.append(Reason("result_on", f"不能早于收到副本之日（{row.received_on}）。"))
    if decision.served_on < decision.on:
        found.append(Reason("result_served_on", "收到之日不能早于作出之日。"))
    if decision.served_on > today:
        found.append(Reason("result_served_on", "收到之日不能晚于今天。"))
    if not decision.number.strip():
        found.append(Reason("result_number", "请填写决定书或者判决书的文号。", law))
    if decision.orders_answer and decision.result is not Result.CORRECTED:
        found.append(Reason("orders_answer", "责令重新答复的，结果应当是“结果纠正”。", law))
    if decision.answer_days is not None and not decision.orders_answer:
        found.append(Reason("answer_days", "没有责令重新答复的，不填期限。"))
    if decision.answer_days is not None and decision.answer_days < 1:
        found.append(Reason("answer_days", "期限至少1个工作日。"))
    return tuple(found)


def _refresh_answered(row: Proceeding) -> None:
    first = row.filings.filter(voided_at__isnull=True, kind__in=[k.value for k in _OWED]).first()
    row.answered_on = first.on if first else None
    row.save(update_fields=["answered_on"])


def _note(case: Case, row: Proceeding, words: str, *, actor: Actor, at: datetime) -> None:
    data = {"text": words, "proceeding": row.pk}
    today = case_file.local_day(at)
    entries.append(case, entry=Entry.NOTED, on=today, actor=actor, at=at, data=data)


@contextmanager
def _opened(case_id: int, *, actor: Actor, at: datetime) -> Iterator[Case]:
    refuse_if_any(reasons_against(Act.LEAD_PROCEEDING, actor=actor))
    with transaction.atomic():
        case = case_file.lock(case_id, actor=actor)
        yield case
        projections.refresh(case, today=case_file.local_day(at))


@contextmanager
def _led(
    proceeding_id: int, *, actor: Actor, at: datetime, ended: bool = False
) -> Iterator[Proceeding]:
    """Open a proceeding under its case's lock; refuse one that is void, or ended unless allowed."""
    case_id = Proceeding.objects.filter(pk=proceeding_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise Refused.because("no_such_proceeding", "没有这件复议或者诉讼。")
    with _opened(case_id, actor=actor, at=at) as case:
        row = Proceeding.objects.get(pk=proceeding_id)
        row.case = case
        if row.voided_at is not None:
            raise Refused.because("voided", "这件复议或者诉讼的登记已经作废。")
        if row.result and not ended:
            raise Refused.because("ended", "这件复议或者诉讼已经审结，先撤回结果才能再登记。")
        yield row
