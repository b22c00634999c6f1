"""The tabs of the reports: one line for each page, in the order they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from requests_app.domain.access import Act, Actor


@dataclass(frozen=True)
class Tab:
    """A page of the reports: its words, the name of its address, and the act that opens it."""

    label: str
    name: str
    act: Act = Act.READ_REPORTS


#: A page of a further module adds its line here and its addresses to ``urls``.
TABS: Final = (
    Tab("现在", "reports:deadlines"),
    Tab("案件清单", "reports:cases"),
    Tab("运行健康", "reports:health"),
    Tab("日历订阅", "reports:feeds"),
    Tab("催办督办", "reports:reminders", Act.SUPERVISE),
    Tab("督办单", "reports:orders", Act.REPLY_SUPERVISION),
    Tab("后台任务", "reports:jobs", Act.SET_ESCALATION),
    Tab("提醒设置", "reports:escalation_settings", Act.SET_ESCALATION),
    Tab("统计期", "reports:periods", Act.READ_ANNUAL),
    Tab("年度报告", "reports:annual_years", Act.READ_ANNUAL),
)


@dataclass(frozen=True)
class Link:
    """A tab as one person sees it."""

    label: str
    url: str
    current: bool


def of(person: Actor, *, path: str) -> list[Link]:
    """Return the tabs a person may open; the longest address that ``path`` begins with is the current."""
    known = [(tab.label, reverse(tab.name)) for tab in TABS if person.may(tab.act)]
    here = max((url for _, url in known if path.startswith(url)), key=len, default="")
    return [Link(label, url, url == here) for label, url in known]
