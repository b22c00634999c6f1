"""Ask departments for records and opinions beside the one that has the case; take their replies.

Each step is an entry in the ledger of the case; voiding it takes the step back (``undoing``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.domain.inquiries import INQUIRY, STEP, WANTED_LABELS, InquiryStep, Wanted
from requests_app.domain.ledger import Entry
from requests_app.models import Event, Inquiry
from requests_app.selectors import calendars, offices
from requests_app.selectors import escalation as selector
from requests_app.services import assignments, case_file, entries, papers
from requests_app.services.case_file import OpenCase
from requests_app.services.papers import FileGiven


def ask(
    case_id: int,
    *,
    department_ids: Sequence[int],
    wanted: Wanted,
    question: str,
    actor: Actor,
    at: datetime,
) -> list[Inquiry]:
    """Ask one or several departments, each with its own last day (部门意见, by the ladder's settings).

    Refuses no department, one not in use, the one that has the case, one that still owes a reply,
    and an empty question. All or none are asked.
    """
    with case_file.opened(case_id, act=Act.ASK_DEPARTMENT, actor=actor, at=at) as file:
        kept = case_file.require_text(
            question, code="question", sentence="请写明请部门查找什么、对什么提意见。"
        )
        if not department_ids:
            raise Refused.because("departments", "请选择协办部门。")
        days = selector.thresholds(selector.settings_row(on=file.today)).opinion
        due_on = calendars.current().add(file.today, days)
        asked = []
        for department_id in dict.fromkeys(department_ids):
            department = assignments.department_in_force(department_id, on=file.today)
            if department.pk == file.case.department_id:
                sentence = f"{department}就是承办部门，请在分办里办理。"
                raise Refused.because("departments", sentence)
            if _open(file).filter(department=department).exists():
                raise Refused.because("departments", f"{department}还有协办事项没有回复。")
            row = Inquiry(
                case=file.case,
                department=department,
                wanted=wanted.value,
                question=kept,
                due_on=due_on,
                asked_by_id=actor.staff,
                asked_at=at,
            )
            case_file.refuse_too_long(row)
            row.save()
            text = f"请{department}协办（{due_on}前回复）：{WANTED_LABELS[wanted]}。{kept}"
            _record(file, row, InquiryStep.ASKED, text=text)
            asked.append(row)
        return asked


def sign_for(inquiry_id: int, *, actor: Actor, at: datetime) -> Inquiry:
    """Record that the department has taken the inquiry on; refuses the second time."""
    with case_file.opened(_case_of(inquiry_id), act=Act.SIGN_INQUIRY, actor=actor, at=at) as file:
        row = _own(file, inquiry_id, actor=actor)
        if row.signed_at is not None:
            raise Refused.because("inquiry_signed", "这项协办已经签收。")
        row.signed_by_id, row.signed_at = actor.staff, at
        row.save(update_fields=["signed_by", "signed_at"])
        _record(file, row, InquiryStep.SIGNED, text=f"{row.department}签收协办")
        return row


def reply(
    inquiry_id: int, *, text: str, actor: Actor, at: datetime, files: Sequence[FileGiven] = ()
) -> Inquiry:
    """Record the department's reply with its papers; it signs for the inquiry where nobody had."""
    limits = offices.settings(on=case_file.local_day(at))
    with (
        papers.taken_in(files, limits=limits) as taken,
        case_file.opened(_case_of(inquiry_id), act=Act.REPLY_INQUIRY, actor=actor, at=at) as file,
    ):
        row = _own(file, inquiry_id, actor=actor)
        kept = case_file.require_text(
            text, code="text", sentence="请写明回复：有没有、能不能公开、依据哪一条。"
        )
        papers.attach(file.case, taken=taken, actor=actor, at=at, limits=limits)
        row.reply, row.replied_by_id, row.replied_at = kept, actor.staff, at
        case_file.refuse_too_long(row)
        row.save(update_fields=["reply", "replied_by", "replied_at"])
        _record(file, row, InquiryStep.REPLIED, text=f"{row.department}：{kept}")
        return row


def send_back(inquiry_id: int, *, reason: str, actor: Actor, at: datetime) -> Inquiry:
    """Return an inquiry to the working body, with the reason; the department sees the case no more."""
    with case_file.opened(_case_of(inquiry_id), act=Act.RETURN_INQUIRY, actor=actor, at=at) as file:
        row = _own(file, inquiry_id, actor=actor)
        row.returned_reason = case_file.require_text(
            reason, code="reason", sentence="退回必须写明理由。"
        )
        row.returned_by_id, row.returned_at = actor.staff, at
        case_file.refuse_too_long(row)
        row.save(update_fields=["returned_reason", "returned_by", "returned_at"])
        text = f"{row.department}退回协办：{row.returned_reason}"
        _record(file, row, InquiryStep.RETURNED, text=text)
        return row


def _record(file: OpenCase, row: Inquiry, step: InquiryStep, *, text: str) -> Event:
    replied = step is InquiryStep.REPLIED
    return entries.append(
        file.case,
        entry=Entry.OPINION_GIVEN if replied else Entry.NOTED,
        on=file.today,
        actor=file.actor,
        at=file.at,
        data={
            "text": text,
            "by": file.actor.name,
            INQUIRY: row.pk,
            STEP: step.value,
            "department_id": row.department_id,
            "of_department": row.department.name,
        },
    )


def _open(file: OpenCase) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(
        case=file.case,
        replied_at__isnull=True,
        returned_at__isnull=True,
        cancelled_at__isnull=True,
    )


def _own(file: OpenCase, inquiry_id: int, *, actor: Actor) -> Inquiry:
    """Return an open inquiry of the actor's own department; refuse any other."""
    row = _open(file).select_related("department").filter(pk=inquiry_id).first()
    if row is None:
        raise Refused.because("no_such_inquiry", "没有这项协办，或者已经回复、退回、撤回。")
    if actor.department_id != row.department_id:
        raise Refused.because("other_department", f"这项协办由{row.department}办理。")
    return row


def _case_of(inquiry_id: int) -> int:
    try:
        return Inquiry.objects.values_list("case_id", flat=True).get(pk=inquiry_id)
    except Inquiry.DoesNotExist:
        raise Refused.because("no_such_inquiry", "没有这项协办。") from None
