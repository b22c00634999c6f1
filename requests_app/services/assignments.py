"""Give a case to a department and a person; sign for it, send it back, add an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.models import Department, Event, StaffUser
from requests_app.selectors import offices, staffing
from requests_app.services import case_file, entries, papers
from requests_app.services.papers import FileGiven


def assign(
    case_id: int,
    *,
    department_id: int | None,
    clerk_id: int | None,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Event:
    """Hand a case to a department, a clerk, or both."""
    with case_file.opened(
        case_id, act=Act.ASSIGN, actor=actor, at=at, seen_version=seen_version
    ) as file:
        if department_id is None and clerk_id is None:
            raise Refused.because("nobody", "请选择承办部门或者经办人。")
        department = department_in_force(department_id, on=file.today) if department_id else None
        clerk = clerk_at_work(clerk_id, on=file.today) if clerk_id else None
        if department is not None:
            file.case.department = department
        file.case.clerk = clerk or file.case.clerk
        data = {
            "department": department.name if department else "",
            "department_id": department.pk if department else None,
            "clerk": clerk.display_name if clerk else "",
            "clerk_id": clerk.pk if clerk else None,
        }
        entry = Entry.ASSIGNED if department else Entry.NOTED
        return entries.append(file.case, entry=entry, on=file.today, actor=actor, at=at, data=data)


def sign_for(case_id: int, *, actor: Actor, at: datetime) -> Event:
    """Record that the department has taken the case on."""
    with case_file.opened(case_id, act=Act.SIGN_FOR, actor=actor, at=at) as file:
        return entries.append(file.case, entry=Entry.SIGNED_FOR, on=file.today, actor=actor, at=at)


def send_back(case_id: int, *, reason: str, actor: Actor, at: datetime) -> Event:
    """Return a case to the working body, with the reason."""
    with case_file.opened(case_id, act=Act.SEND_BACK, actor=actor, at=at) as file:
        kept = case_file.require_text(reason, code="reason", sentence="退回必须写明理由。")
        file.case.department = None
        data = {"reason": kept}
        return entries.append(
            file.case, entry=Entry.SENT_BACK, on=file.today, actor=actor, at=at, data=data
        )


def give_opinion(
    case_id: int, *, text: str, actor: Actor, at: datetime, files: Sequence[FileGiven] = ()
) -> Event:
    """Record a department's, legal or secrecy opinion, with its papers."""
    limits = offices.settings(on=case_file.local_day(at))
    with (
        papers.taken_in(files, limits=limits) as taken,
        case_file.opened(case_id, act=Act.GIVE_OPINION, actor=actor, at=at) as file,
    ):
        kept = case_file.require_text(text, code="text", sentence="请写意见。")
        papers.attach(file.case, taken=taken, actor=actor, at=at, limits=limits)
        data = {"text": kept, "by": actor.name}
        return entries.append(
            file.case, entry=Entry.OPINION_GIVEN, on=file.today, actor=actor, at=at, data=data
        )


def department_in_force(department_id: int, *, on: date) -> Department:
    """Return a department; refuse one that is not, or is no longer, in use on a day."""
    department = Department.objects.filter(pk=department_id, valid_from__lte=on).first()
    if department is None or (department.valid_to is not None and department.valid_to < on):
        raise Refused.because("department", "没有这个部门，或者它已经停用。")
    return department


def clerk_at_work(clerk_id: int, *, on: date, code: str = "clerk") -> StaffUser:
    """Return a clerk; refuse who is none, has no account in use, or is on leave, under ``code``."""
    clerk = (
        StaffUser.objects.filter(pk=clerk_id, is_active=True).prefetch_related("held_roles").first()
    )
    if clerk is None or not clerk.as_actor().may(Act.ANSWER):
        raise Refused.because(code, "没有这位经办人，或者其账号已停用。")
    away = staffing.absence_of(clerk.pk, on=on)
    if away is not None:
        cover = f"，由{away.cover}代理，请分给代理人" if away.cover else "，请分给别人"
        raise Refused.because(code, f"{clerk}请假到{away.last_on}{cover}。")
    return clerk
