"""A clerk's own reminder to whoever holds a case. The ladder of warnings runs by itself elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from requests_app.domain import message_texts
from requests_app.domain.access import Act, Actor, Role
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import OPEN, STATUS_LABELS, Entry, Status
from requests_app.domain.message_texts import DueLine
from requests_app.models import Case, Event, StaffUser
from requests_app.models.messages import MessageChannel
from requests_app.selectors import offices
from requests_app.services import case_file, entries, messages

_LEVEL = "催办"


def remind(case_id: int, *, actor: Actor, at: datetime) -> Event:
    """Owe a reminder to the people a case waits for, and keep it in the ledger.

    The head while it waits for a signature, the department that has it, else its clerk. Once a
    day: the second time it is refused. Refuses a closed case and one that nobody holds.
    """
    with case_file.opened(case_id, act=Act.NOTE, actor=actor, at=at) as file:
        case, today = file.case, file.today
        if Status(case.status) not in OPEN:
            raise Refused.because(
                "closed", f"已经办结（{STATUS_LABELS[Status(case.status)]}），不用催办。"
            )
        if case.events.filter(entry=Entry.NOTED.value, on=today, data__has_key="reminded").exists():
            raise Refused.because("reminded", "今天已经提醒过。")
        people = list(_holders(case))
        if not people:
            raise Refused.because("nobody", "没有可以提醒的人：没有分办，或者对方没有邮箱。")
        line = DueLine(
            number=case.number,
            level=_LEVEL,
            due_on=case.next_due_on or case.due_on or today,
            status=STATUS_LABELS[Status(case.status)],
        )
        mail = message_texts.due_digest(
            [line],
            today=today,
            link=f"{settings.PUBLIC_BASE_URL}/admin/cases/{case.pk}/",
            office=messages.office_words(offices.settings(on=today)),
        )
        for person in people:
            messages.owe(
                case,
                key=f"nudge:{case.pk}:{person.pk}:{today}",
                channel=MessageChannel.EMAIL,
                to=person.email,
                subject=mail.subject,
                body=mail.body,
                at=at,
            )
        names = "、".join(person.display_name for person in people)
        data = {"text": f"已发提醒：{names}", "reminded": [person.pk for person in people]}
        return entries.append(case, entry=Entry.NOTED, on=today, actor=actor, at=at, data=data)


def _holders(case: Case) -> QuerySet[StaffUser]:
    reachable = StaffUser.objects.filter(is_active=True).exclude(email="")
    if case.status == Status.AWAITING_APPROVAL:
        return reachable.filter(held_roles__role=Role.HEAD.value)
    if case.department_id is not None:
        return reachable.filter(
            held_roles__role=Role.HANDLER.value, department_id=case.department_id
        )
    return reachable.filter(cases=case)
