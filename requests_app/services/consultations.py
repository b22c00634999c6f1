"""Ask third parties, co-makers and other organs, and record what they say (条例 11, 32, 34)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from requests_app.domain import ledger
from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import ART_32
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.consultations import ConsultationKind, Position
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.domain.letters import LetterKind
from requests_app.models import Consultation, Event, Letter
from requests_app.selectors import facts, offices
from requests_app.services import case_file, entries, letters, papers
from requests_app.services.case_file import OpenCase
from requests_app.services.papers import FileGiven

_LETTER_OF = {
    ConsultationKind.THIRD_PARTY: LetterKind.CONSULT_THIRD_PARTY,
    ConsultationKind.CO_MAKER: LetterKind.CONSULT_CO_MAKER,
    ConsultationKind.ORGAN: LetterKind.CONSULT_ORGAN,
}


def start(
    case_id: int,
    *,
    kind: ConsultationKind,
    name: str,
    address: str,
    subject: str,
    actor: Actor,
    at: datetime,
    fields: Mapping[str, str] | None = None,
    seen_version: int | None = None,
) -> Consultation:
    """Draft a letter that asks one third party or organ.

    The period pauses when the letter goes out, and then the applicant is told (see ``deliveries``). The letter names no applicant
    (个人信息保护法 25): whom it asks need not know who wants to know.
    """
    with case_file.opened(
        case_id, act=Act.CONSULT, actor=actor, at=at, seen_version=seen_version
    ) as file:
        consultation = Consultation(
            case=file.case,
            kind=kind.value,
            name=case_file.require_text(
                name, code="name", sentence="请填写征求对象的名称。", citation=ART_32
            ),
            address=address.strip(),
            subject=case_file.require_text(
                subject, code="subject", sentence="请写明征求意见的政府信息。", citation=ART_32
            ),
            created_at=at,
        )
        case_file.refuse_too_long(consultation)
        consultation.save()
        letters.draft(
            file,
            kind=_LETTER_OF[kind],
            act=Act.CONSULT,
            fields=fields or {},
            consultation=consultation,
        )
        return consultation


def record_reply(
    consultation_id: int,
    *,
    position: Position,
    reason: str,
    on: date,
    actor: Actor,
    at: datetime,
    files: Sequence[FileGiven] = (),
) -> Event:
    """Record an answer, which ends the pause on ``on``; or their silence, once 15 working days are over.

    Silence is not consent for a third party; for a co-maker it is (条例 32, 34).
    """
    found = _consultation(consultation_id)
    limits = offices.settings(on=case_file.local_day(at))
    with (
        papers.taken_in(files, limits=limits) as taken,
        case_file.opened(found.case_id, act=Act.RECORD_OPINION, actor=actor, at=at, on=on) as file,
    ):
        consultation = _consultation(consultation_id)
        _check_answerable(file, consultation, position=position)
        if position in {Position.REFUSES, Position.PARTLY}:
            case_file.require_text(
                reason,
                code="reason",
                sentence="不同意公开的，请写明对方的理由；有没有理由决定能否公开。",
                citation=ART_32,
            )
        papers.attach(file.case, taken=taken, actor=actor, at=at, limits=limits)
        consultation.position, consultation.position_reason = position.value, reason.strip()
        consultation.save(update_fields=["position", "position_reason"])
        entry = Entry.NOTED if position is Position.SILENT else Entry.CONSULT_REPLIED
        data = {"position": position.value, "name": consultation.name, "text": reason.strip()}
        return entries.append(
            file.case, entry=entry, on=on, actor=actor, at=at, ref=str(consultation.pk), data=data
        )


def cancel(consultation_id: int, *, reason: str, actor: Actor, at: datetime) -> Consultation:
    """Call off a consultation whose letter has not gone out; one that has is answered or runs out."""
    found = _consultation(consultation_id)
    with case_file.opened(found.case_id, act=Act.CONSULT, actor=actor, at=at) as file:
        kept = case_file.require_text(reason, code="reason", sentence="撤销征求意见必须写明理由。")
        drafts = Letter.objects.filter(consultation_id=consultation_id).exclude(
            status=LetterStatus.VOID.value
        )
        if drafts.filter(
            status__in=[LetterStatus.DISPATCHED.value, LetterStatus.DELIVERED.value]
        ).exists():
            sentence = "征求意见书已经发出，不能撤销。请登记对方的答复，或者等15个工作日期满。"
            raise Refused.because("already_sent", sentence, ART_32)
        for letter in drafts:
            letters.void(letter, file, reason=kept)
        consultation = _consultation(consultation_id)
        consultation.cancelled_at = at
        consultation.save(update_fields=["cancelled_at"])
        data = {"text": f"撤销对{consultation.name}的征求意见：{kept}"}
        entries.append(
            file.case,
            entry=Entry.NOTED,
            on=file.today,
            actor=actor,
            at=at,
            ref=str(consultation.pk),
            data=data,
        )
        return consultation


def _consultation(consultation_id: int) -> Consultation:
    try:
        return Consultation.objects.get(pk=consultation_id)
    except Consultation.DoesNotExist:
        raise Refused.because("no_such_consultation", "没有这份征求意见书。") from None


def _check_answerable(file: OpenCase, consultation: Consultation, *, position: Position) -> None:
    ref = str(consultation.pk)
    if consultation.position:
        raise Refused.because(
            "answered_already", "这份征求意见书已经登记过结果；登记错了请先作废那一条。", ART_32
        )
    sent = ledger.last(facts.entries(file.case), Entry.CONSULT_SENT, ref=ref)
    if sent is None:
        raise Refused.because("not_sent", "征求意见书还没有发出，不能登记结果。", ART_32)
    if file.facts.today < sent.on:
        sentence = f"答复的日期不能早于征求意见书发出之日（{sent.on}）。"
        raise Refused.because("day_out_of_order", sentence, ART_32)
    last = file.facts.timeline.consult_due.get(ref)
    if position is Position.SILENT and (last is None or last >= file.facts.today):
        until = f"到{last}（含当日）才满15个工作日" if last else "还没有送达"
        raise Refused.because(
            "not_silent_yet", f"对方的期限{until}，现在不能按逾期未答复登记。", ART_32
        )
