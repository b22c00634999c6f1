"""The receipt of an application filed online: the page that is the confirmation of 条例 31(三)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import segno

from requests_app.domain import clock
from requests_app.domain.application import FORM_LABELS, WAY_LABELS, FormWanted, WayWanted
from requests_app.domain.workdays import Calendar
from requests_app.models import Case
from requests_app.presenters import dates, deadline, status
from requests_app.presenters.deadline import Cells, NextDate
from requests_app.selectors import applicants


@dataclass(frozen=True)
class Stop:
    """One thing that moves the last day of the answer."""

    name: str
    sentence: str


@dataclass(frozen=True)
class ReceiptPage:
    """Everything the receipt says."""

    number: str
    second: str
    received_on: str
    body: str
    applicant: str
    hand_over: str
    rule: str
    citation: str
    due: NextDate | None
    first_day: str
    cells: Cells
    exceptions: str
    stops: tuple[Stop, ...]
    qr: str
    amends: bool = False


def present(case: Case, *, timeline: clock.Timeline, status_url: str) -> ReceiptPage:
    """Lay out the receipt. ``status_url`` is the full address the QR code leads to."""
    rule, citation = status.receipt_rule(case.channel)
    total = timeline.allowance or 0
    return ReceiptPage(
        number=case.number,
        second=dates.second(case.arrived_at),
        received_on=dates.full(case.received_on),
        body=case.body.name,
        applicant=applicants.all_names(case),
        hand_over=hand_over(case.form_wanted, case.way_wanted),
        rule=rule,
        citation=citation,
        due=_due(timeline),
        first_day=dates.day(case.received_on + timedelta(days=1)),
        cells=deadline.fresh_cells(total),
        exceptions=_exceptions(timeline),
        stops=() if timeline.own_target else _stops(timeline),
        amends=timeline.own_target,
        qr=segno.make(status_url, error="m").svg_data_uri(scale=4, border=2),
    )


def hand_over(form: str, way: str) -> str:
    """Return form and way in one phrase, such as 电子文件，网上查看、下载."""
    return f"{FORM_LABELS[FormWanted(form)]}，{WAY_LABELS[WayWanted(way)]}"


def _due(timeline: clock.Timeline) -> NextDate | None:
    found = deadline.next_date(timeline)
    return found if found is None or timeline.state is clock.State.RUNNING else None


def _exceptions(timeline: clock.Timeline) -> str:
    """Name the holidays and make-up days inside the period, so that nobody has to wonder."""
    if timeline.due is None:
        return ""
    first = timeline.period.start + timedelta(days=1)
    return exceptions(timeline.calendar, first=first, last=timeline.due)


def exceptions(calendar: Calendar, *, first: date, last: date) -> str:
    """Name what is out of the ordinary between two days, both included; empty when nothing is."""
    offs: list[str] = []
    makeups: list[str] = []
    day = first
    while day <= last:
        reason = calendar.why(day)
        if reason.name and not reason.works and reason.name not in offs:
            offs.append(reason.name)
        elif reason.name and reason.works:
            makeups.append(dates.day(day))
        day += timedelta(days=1)
    told = []
    if offs:
        told.append(f"{'、'.join(offs)}放假，不算")
    if makeups:
        told.append(f"{'、'.join(makeups)}调休上班，算")
    return f"{'；'.join(told)}。" if told else ""


def _stops(timeline: clock.Timeline) -> tuple[Stop, ...]:
    notice = timeline.correction_notice_due
    by = f"最晚 {dates.day(notice)}告诉您，只问一次。" if notice else "我们只问一次。"
    return (
        Stop("请您补正", f"写得不清楚、没法查找的，{by}您补好的第二天起，重新数 20 个工作日。"),
        Stop("征求意见", "要问第三方或者别的机关的，等意见的日子不算。"),
        Stop("收费通知", "申请的数量、次数超出一定范围才可能收费。缴清的第二天起，重新数。"),
        Stop("延长", "最多 20 个工作日，到期之前书面告诉您理由。"),
    )
