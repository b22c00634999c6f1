"""督办单: issue one with a number, make its file once, record the department's answer.

The ladder issues one for each day a case missed; a supervisor may issue a further one at any time.
Number, facts and addressees are frozen in the row; the PDF follows, is kept with its hash, and is
never made again.
"""

from __future__ import annotations

import io
import logging
from datetime import date, datetime
from typing import Final

from django.db import transaction

from requests_app.adapters import pdf, storage
from requests_app.domain import staffing as domain_staffing
from requests_app.domain import supervision as domain_supervision
from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.escalation import Post, Thresholds
from requests_app.domain.ledger import CLOSED, Entry, Status
from requests_app.domain.numbering import Series
from requests_app.domain.staffing import Staffing
from requests_app.domain.supervision import Order
from requests_app.domain.workdays import Calendar
from requests_app.models import Case, StaffUser, SupervisionOrder
from requests_app.selectors import calendars, supervision
from requests_app.selectors import escalation as selector
from requests_app.selectors import staffing as people
from requests_app.services import case_file, entries, numbers, projections
from requests_app.services.case_file import local_day
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)

ASKED: Final = (
    "本件已经超过答复期限。请立即办理，并在反馈时限前书面说明超期原因、责任环节和办结时间。"
)
ASKED_EARLY: Final = "请加快办理，确保按期答复，并在反馈时限前书面说明进展和办结时间。"
_MAX_BYTES: Final = 20 * 1024 * 1024


def issue_for_ladder(
    case: Case,
    *,
    missed_on: date,
    thresholds: Thresholds,
    staffing: Staffing,
    calendar: Calendar,
    at: datetime,
) -> SupervisionOrder:
    """Issue the 督办单 of a missed day, inside the ladder's transaction and under the case's lock."""
    return _issue(
        case,
        missed_on=missed_on,
        asked=ASKED,
        thresholds=thresholds,
        staffing=staffing,
        calendar=calendar,
        at=at,
        actor=None,
    )


def issue(case_id: int, *, asked: str, actor: Actor, at: datetime) -> SupervisionOrder:
    """Issue a 督办单 by hand, with what is asked in the supervisor's words.

    Refuses who may not, a case that is closed or not the actor's, and empty words.
    """
    refuse_if_any(reasons_against(Act.SUPERVISE, actor=actor))
    kept = case_file.require_text(asked, code="asked", sentence="请写督办要求。")
    with transaction.atomic():
        case = case_file.lock(case_id, actor=actor)
        if Status(case.status) in CLOSED or case.due_on is None:
            sentence = "这件申请已经办结或者没有正在计算的期限，不能督办。"
            raise Refused.because("closed", sentence)
        today = local_day(at)
        return _issue(
            case,
            missed_on=case.due_on,
            asked=kept,
            thresholds=selector.thresholds(selector.settings_row(on=today)),
            staffing=people.on(today),
            calendar=calendars.current(),
            at=at,
            actor=actor,
        )


def reply(order_id: int, *, text: str, on: date, actor: Actor, at: datetime) -> SupervisionOrder:
    """Record the department's answer, once; it also stands in the ledger of the case.

    Refuses who may not, a department that was only asked about the case, a second answer, an empty
    one, and a day before the order or after today.
    """
    refuse_if_any(reasons_against(Act.REPLY_SUPERVISION, actor=actor))
    kept = case_file.require_text(text, code="reply", sentence="请写反馈内容。")
    with transaction.atomic():
        found = SupervisionOrder.objects.filter(pk=order_id).first()
        if found is None:
            raise Refused.because("no_such_order", "没有这份督办单。")
        case = case_file.lock(found.case_id, actor=actor)
        order = SupervisionOrder.objects.select_for_update().get(pk=order_id)
        holds = actor.department_id == case.department_id or actor.staff_id == order.addressee_id
        if actor.confined_to_department and not holds:
            sentence = "这件不由本部门承办，督办单由承办部门反馈。"
            raise Refused.because("other_department", sentence)
        if order.replied_on is not None:
            raise Refused.because("replied", f"这份督办单已于{order.replied_on}反馈。")
        if not local_day(order.issued_at) <= on <= local_day(at):
            raise Refused.because("on", "反馈日期应当在督办单发出之日和今天之间。")
        order.replied_on, order.reply = on, kept
        order.reply_recorded_by_id, order.reply_recorded_at = actor.staff_id, at
        case_file.refuse_too_long(order)
        order.save()
        data = {"text": f"督办单{order.number}反馈：{kept}"}
        entries.append(case, entry=Entry.NOTED, on=on, actor=actor, at=at, data=data)
        projections.refresh(case, today=local_day(at), by_machine=True)
    return order


def render_missing(*, at: datetime) -> Tally:
    """Make the files that are missing, each by itself; one that cannot be made says why on its row."""
    made = failed = 0
    for order_id in list(
        SupervisionOrder.objects.filter(path="").order_by("pk").values_list("pk", flat=True)
    ):
        try:
            file(order_id)
            made += 1
        except (Refused, pdf.PdfError, storage.StorageError) as error:
            logger.exception("督办单 %s could not be made", order_id)
            SupervisionOrder.objects.filter(pk=order_id).update(render_error=str(error)[:300])
            failed += 1
    return Tally(changed=made, failed=failed)


def file(order_id: int) -> bytes:
    """Return the PDF of an order, making and keeping it first where there is none yet."""
    order = supervision.order(order_id)
    if order.path:
        return storage.read_file(order.path, sha256=order.sha256)
    content = pdf.render_sheet(domain_supervision.sheet(Order.from_dict(order.facts)))
    with storage.kept_on_success() as saved:
        saved.append(
            storage.save(io.BytesIO(content), kind_suffix="pdf", max_bytes=_MAX_BYTES, sealed=False)
        )
        (kept,) = saved
        won = SupervisionOrder.objects.filter(pk=order.pk, path="").update(
            path=kept.path, sha256=kept.sha256, size=kept.size, render_error=""
        )
        if not won:
            saved.clear()
            storage.delete(kept.path)
    order = supervision.order(order_id)
    return storage.read_file(order.path, sha256=order.sha256)


def _issue(
    case: Case,
    *,
    missed_on: date,
    asked: str,
    thresholds: Thresholds,
    staffing: Staffing,
    calendar: Calendar,
    at: datetime,
    actor: Actor | None,
) -> SupervisionOrder:
    today = local_day(at)
    reply_due_on = calendar.add(today, thresholds.order_reply)
    leader, copy_to = (
        _first(post, case, staffing=staffing) for post in (Post.LEADER, Post.DEPUTY_LEADER)
    )
    number = numbers.draw_letter_number(case.body, series=Series.SUPERVISION, year=today.year)
    order = SupervisionOrder(
        case=case,
        number=number,
        due_on=missed_on,
        by_ladder=actor is None,
        asked=asked,
        reply_due_on=reply_due_on,
        addressee=leader,
        copy_to=copy_to if copy_to != leader else None,
        issued_at=at,
        issued_by_id=actor.staff_id if actor else None,
    )
    order.facts = supervision.facts(order, today=today).to_dict()
    case_file.refuse_too_long(order)
    order.save()
    return order


def _first(post: Post, case: Case, *, staffing: Staffing) -> StaffUser | None:
    told = domain_staffing.told(
        post, clerk_id=case.clerk_id, department_id=case.department_id, staffing=staffing
    )
    return StaffUser.objects.filter(pk=told[0]).first() if told else None
