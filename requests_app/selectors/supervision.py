"""Read 督办单: one of them, those that wait for an answer, and the facts a new one states."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.domain.identity import conceal
from requests_app.domain.ledger import STATUS_LABELS, Status
from requests_app.domain.supervision import Order
from requests_app.models import LateReason, SupervisionOrder
from requests_app.selectors import calendars, cases

_LONGEST_SUBJECT = 200


def order(order_id: int) -> SupervisionOrder:
    """Return one order with its case and people; refuses one that is not there."""
    found = _rows().filter(pk=order_id).first()
    if found is None:
        raise Refused.because("no_such_order", "没有这份督办单。")
    return found


def visible(actor: Actor) -> QuerySet[SupervisionOrder]:
    """Return the orders about cases the actor may read, the newest first."""
    if not actor.may(Act.READ_CASE):
        return SupervisionOrder.objects.none()
    return _rows().filter(case__in=cases.visible_to(actor)).order_by("-pk")


def unanswered(actor: Actor) -> QuerySet[SupervisionOrder]:
    """Return the orders that wait for an answer, the longest overdue first."""
    return visible(actor).filter(replied_on__isnull=True).order_by("reply_due_on", "pk")


def late_reasons(case_id: int, *, due_on: date | None = None) -> QuerySet[LateReason]:
    """Return why a case was late, in the order it was said (for one missed day)."""
    rows = LateReason.objects.filter(case_id=case_id).select_related("given_by")
    return rows.filter(due_on=due_on) if due_on else rows


def facts(row: SupervisionOrder, *, today: date) -> Order:
    """Return what a 督办单 states of its case on the day it is issued."""
    case = row.case
    late = calendars.current().count(row.due_on, today)
    if today > row.due_on:
        standing = f"答复期限{row.due_on}，截至{today}已超过{late}个工作日。"
        if late == 0:
            standing = f"答复期限{row.due_on}，截至{today}已过期限。"
    else:
        standing = f"答复期限{row.due_on}，截至{today}还有{-late}个工作日。"
    return Order(
        issuer=case.body.name,
        number=row.number,
        case_number=case.number,
        subject=conceal(case.description)[:_LONGEST_SUBJECT],
        status=STATUS_LABELS[Status(case.status)],
        received_on=case.received_on.isoformat(),
        due_on=row.due_on.isoformat(),
        standing=standing,
        department=str(case.department or "工作机构"),
        clerk=str(case.clerk or "（未分办）"),
        addressee=str(row.addressee or case.department or "工作机构"),
        copy_to=str(row.copy_to or ""),
        asked=row.asked,
        issued_on=timezone.localtime(row.issued_at).date().isoformat(),
        reply_due_on=row.reply_due_on.isoformat(),
        issued_by=str(row.issued_by) if row.issued_by_id else "系统（到期自动发出）",
    )


def _rows() -> QuerySet[SupervisionOrder]:
    return SupervisionOrder.objects.select_related(
        "case", "case__body", "case__department", "case__clerk", "addressee", "copy_to", "issued_by"
    )
