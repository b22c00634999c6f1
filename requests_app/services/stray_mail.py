"""Keep a register of mail that is no application, and point its sender to the right door.

Nothing here is a case: no number, no period, no place in table three of the annual report.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from requests_app.domain import stray_mail
from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.stray_mail import StrayKind, StrayWay
from requests_app.models import Case, OfficeSettings, StrayMail
from requests_app.models.messages import MessageChannel
from requests_app.selectors import offices
from requests_app.services import case_file, messages


@dataclass(frozen=True)
class StrayGiven:
    """What came, as the clerk notes it. An empty ``pointer`` is the office's usual one."""

    arrived_on: date
    way: StrayWay
    kind: StrayKind
    summary: str
    idempotency_key: uuid.UUID
    sender: str = ""
    contact: str = ""
    pointer: str = ""
    answered_how: str = ""


def log(given: StrayGiven, *, actor: Actor, at: datetime) -> StrayMail:
    """Note a piece of mail and what its sender was told; by e-mail where that is how they are reached.

    The same form sent twice is one entry. Without ``answered_how`` and without an e-mail address
    it stays open until ``answer``.
    """
    refuse_if_any(reasons_against(Act.REGISTER, actor=actor))
    earlier = StrayMail.objects.filter(idempotency_key=given.idempotency_key).first()
    if earlier is not None:
        return earlier
    today = case_file.local_day(at)
    if given.arrived_on > today:
        raise Refused.because("arrived_on", "到达的日子不能晚于今天。")
    case_file.require_text(given.summary, code="summary", sentence="请写内容摘要。")
    row = StrayMail(
        arrived_on=given.arrived_on,
        way=given.way.value,
        kind=given.kind.value,
        sender=given.sender.strip(),
        contact=given.contact.strip(),
        summary=given.summary.strip(),
        pointer=given.pointer.strip() or usual_pointer(given.kind, on=today),
        idempotency_key=given.idempotency_key,
        recorded_at=at,
        recorded_by_id=actor.staff,
    )
    how = given.answered_how.strip()
    by_mail = not how and _is_email(row.contact)
    if how or by_mail:
        row.answered_how = how or f"电子邮件 {row.contact}"
        row.answered_at, row.answered_by_id = at, actor.staff
    case_file.refuse_too_long(row)
    row.save()
    if by_mail:
        _send(row, at=at)
    return row


def answer(stray_id: int, *, how: str, pointer: str, actor: Actor, at: datetime) -> StrayMail:
    """Record when and how the sender was told where to go; once."""
    refuse_if_any(reasons_against(Act.REGISTER, actor=actor))
    kept = case_file.require_text(
        how, code="how", sentence="请写明怎样告知的，例如：电话告知本人。"
    )
    row = StrayMail.objects.filter(pk=stray_id).first()
    if row is None:
        raise Refused.because("no_such_mail", "没有这条来件记录。")
    if row.answered_at is not None:
        raise Refused.because("answered", "这条来件已经告知过。")
    row.pointer = pointer.strip() or row.pointer
    row.answered_how, row.answered_at, row.answered_by_id = kept, at, actor.staff
    case_file.refuse_too_long(row)
    row.save()
    return row


def became(stray_id: int, *, case: Case) -> None:
    """Tie an entry to the application it turned out to be, inside the caller's transaction."""
    row = StrayMail.objects.filter(pk=stray_id).first()
    if row is None:
        raise Refused((Reason("stray_id", "没有这条来件记录。"),))
    row.case = case
    row.save(update_fields=["case"])


def usual_pointer(kind: StrayKind, *, on: date) -> str:
    """Return what the office usually tells the sender of such mail."""
    found = offices.settings(on=on)
    return stray_mail.POINTERS[kind].format(
        website=found.website,
        address=found.address,
        postcode=found.postcode,
        fax=found.fax,
        phone=found.phone,
        office_hours=found.office_hours,
    )


def _send(row: StrayMail, *, at: datetime) -> None:
    found: OfficeSettings = offices.settings(on=case_file.local_day(at))
    body = f"您好：\n\n{row.pointer}\n\n{found.office_name}\n电话：{found.phone}"
    messages.owe(
        None,
        key=f"stray-mail:{row.pk}",
        channel=MessageChannel.EMAIL,
        to=row.contact,
        subject="您的来件",
        body=body,
        at=at,
    )


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
