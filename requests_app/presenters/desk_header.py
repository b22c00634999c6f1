"""The header of every staff page: where the person may go, how much work waits there, who it is.

Desk and reports are two interfaces with one header, so it stands below both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse

from requests_app.domain.access import ROLE_LABELS, Act, Actor, Role
from requests_app.presenters import job_runs
from requests_app.selectors import (
    archives,
    inquiries,
    job_health,
    letter_queue,
    proceedings,
    reminders,
    reviews,
    worklists,
)

#: Who keeps the working calendar or answers for it (who may record and approve is the service's rule).
CALENDAR_READERS: Final = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SUPERVISOR})


#: The first of these a person may open leads to the reports.
_REPORTS: Final = (
    (Act.READ_REPORTS, "报表", "reports:deadlines"),
    (Act.SET_ESCALATION, "后台任务", "reports:jobs"),
)


#: Pages of work: who may open each, and how much waits there.
_WORK: Final[tuple[tuple[Act, str, str, Callable[[Actor], int] | None], ...]] = (
    (Act.READ_CASE, "工作列表", "admin:index", worklists.count_live),
    (Act.REGISTER, "登记来件", "admin:intake", None),
    (Act.APPROVE, "审签", "admin:approvals", letter_queue.count_pending),
    (Act.GIVE_REVIEW, "待我意见", "admin:asked_of_me", reviews.count_awaited),
    (Act.REPLY_INQUIRY, "待协办", "admin:asked_of_me", inquiries.count_owed),
    (Act.LEAD_PROCEEDING, "复议诉讼", "admin:proceedings", proceedings.count_owed),
)


@dataclass(frozen=True)
class Entry:
    """One entry of the header: its words, address, count of waiting work, whether it is this page."""

    label: str
    url: str
    count: int | None = None
    current: bool = False


def navigation(person: Actor, *, path: str, today: date) -> list[Entry]:
    """Return the entries for the roles of a person on the page at ``path``: no page they could not open."""
    entries: list[Entry] = []

    def add(label: str, name: str, count: int | None = None) -> None:
        url = reverse(name)
        current = path == url or (name != "admin:index" and path.startswith(url))
        entries.append(Entry(label, url, count, current))

    for act, label, name, count in _WORK:
        if person.may(act):
            add(label, name, count(person) if count else None)
    if Role.ARCHIVIST in person.roles:
        add("档案", "admin:archives", archives.count_overdue(person, today=today))
    add("提醒", "admin:reminders", reminders.count_unread(person))
    for _, label, name in [each for each in _REPORTS if person.may(each[0])][:1]:
        add(label, name)
    for label, name in _kept(person):
        add(label, name)
    if Role.ADMINISTRATOR in person.roles:
        entries.append(Entry("基础设置", reverse("admin:setup"), None, _in_setup(path)))
    return entries


def _kept(person: Actor) -> list[tuple[str, str]]:
    """Return what the office itself keeps and this person may open: calendar, wordings."""
    found = []
    if person.roles & CALENDAR_READERS:
        found.append(("工作日历", "admin:calendars"))
    if person.may(Act.PROPOSE_WORDING) or person.may(Act.APPROVE_WORDING):
        found.append(("文书文本", "admin:wordings"))
    return found


def banner(person: Actor, *, at: datetime) -> str:
    """Return the sentence on background jobs that are missing, for who answers for them; else nothing."""
    if not person.may(Act.SET_ESCALATION):
        return ""
    return job_runs.banner(job_health.missing_jobs(at=at))


def _in_setup(path: str) -> bool:
    models = reverse("admin:app_list", args=["requests_app"])
    return path.startswith((reverse("admin:setup"), models))


def context(person: Actor, *, path: str, today: date) -> dict[str, Any]:
    """Return what the template of the header asks for; nearly nothing for somebody without a role."""
    if not person.roles:
        return {"desk_navigation": [], "desk_actor": None}
    return {
        "desk_navigation": navigation(person, path=path, today=today),
        "desk_actor": person,
        "desk_roles": "、".join(ROLE_LABELS[role] for role in Role if role in person.roles),
        "desk_may_search": person.may(Act.READ_CASE),
        "desk_today": today,
    }
