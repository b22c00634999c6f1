"""A clerk's own reminder to whoever holds a case: a row of the same owed-and-sent ledger as the ladder's.

So it is acknowledged, raised where nobody reads it, and shown in the work list like any other. The
ladder of warnings itself runs in ``escalation``.
"""

from __future__ import annotations

from datetime import datetime

from requests_app.domain import inquiries, ledger
from requests_app.domain.access import Act, Actor, Role
from requests_app.domain.errors import Refused
from requests_app.domain.escalation import Kind, Post
from requests_app.domain.ledger import OPEN, STATUS_LABELS, Entry, Status
from requests_app.domain.staffing import Staffing
from requests_app.models import Case, Event, Reminder, StaffUser
from requests_app.selectors import facts
from requests_app.services import case_file, digests, entries, escalation


def remind(case_id: int, *, actor: Actor, at: datetime) -> Event:
    """Remind the people a case waits for, and keep it in the case's ledger.

    The heads of the working body while it waits for a signature, the department that has it and those
    that owe a reply, else its clerk; for who is away, the cover. It goes out at once in their digest of the day; where that
    was sent already or the office is closed, in the next one, and stands on their desk meanwhile.
    Once a day: the second time it is refused. Refuses a closed case and one that nobody holds.
    """
    with case_file.opened(case_id, act=Act.NOTE, actor=actor, at=at) as file:
        case, today = file.case, file.today
        if Status(case.status) not in OPEN:
            raise Refused.because(
                "closed", f"已经办结（{STATUS_LABELS[Status(case.status)]}），不用催办。"
            )
        asked_today = Reminder.objects.filter(case=case, kind=Kind.NUDGE.value, due_on=today)
        if asked_today.exists():
            raise Refused.because("reminded", "今天已经提醒过。")
        rules = escalation.rules(at=at)
        post, people = _holders(case, staffing=rules.staffing)
        if not people:
            raise Refused.because("nobody", "没有可以提醒的人：还没有分办，或者对方没有账号。")
        Reminder.objects.bulk_create(
            Reminder(
                case=case,
                kind=Kind.NUDGE.value,
                due_on=today,
                recipient_id=person,
                post=post.value,
                owed_on=today,
                planned_at=at,
                settings=rules.settings,
                calendar_version=rules.calendar.version,
            )
            for person in people
        )
        sent = [digests.send_to(person, at=at) for person in people]
        data = {"text": _told(people, all_sent=all(sent)), "reminded": list(people)}
        return entries.append(case, entry=Entry.NOTED, on=today, actor=actor, at=at, data=data)


def _holders(case: Case, *, staffing: Staffing) -> tuple[Post, tuple[int, ...]]:
    """Return who holds the case, or who covers for them, and in which capacity they are told."""
    if case.status == Status.AWAITING_APPROVAL:
        return Post.OFFICE, staffing.present(staffing.holding(Role.HEAD))
    handlers: tuple[int, ...] = ()
    if case.department_id is not None:
        handlers = staffing.holding(Role.HANDLER, department_id=case.department_id)
    asked = [
        person
        for each in inquiries.still_open(ledger.standing(facts.entries(case)))
        for person in staffing.holding(Role.HANDLER, department_id=each.department_id)
    ]
    return Post.HANDLER, staffing.present((*handlers, *asked) or (case.clerk_id,))


def _told(people: tuple[int, ...], *, all_sent: bool) -> str:
    found = StaffUser.objects.in_bulk(people)
    names = "、".join(found[person].display_name for person in people)
    when = "" if all_sent else "（今日汇总已发或者不在办公时间，并入下一次；办理台上现在可见）"
    return f"已发提醒：{names}{when}"
