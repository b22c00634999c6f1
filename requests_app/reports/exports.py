"""The reports as files to hand out: XLSX and PDF, stamped with query, time and calendar."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from requests_app.domain.access import Act
from requests_app.domain.deadline_report import Figure
from requests_app.domain.errors import Refused
from requests_app.presenters import deadline_report as presenter
from requests_app.presenters import desk_dates, report_files, report_list
from requests_app.presenters.report_files import File
from requests_app.reports import asked as addresses
from requests_app.reports import case_list, deadlines, files, frame
from requests_app.reports.asked import Asked
from requests_app.selectors import offices, report_groups, report_rows
from requests_app.selectors.deadline_report import Grouping
from requests_app.selectors.past_days import AXIS_LABELS

#: A longer list is no longer read by anybody, and would hold up everybody else while it is drawn.
MOST_ROWS: Final = {"xlsx": 3000, "pdf": 500}


@require_safe
@frame.needs(Act.READ_REPORTS)
def report(request: HttpRequest, suffix: str) -> HttpResponse:
    """Hand out the deadline report with the data of its charts."""
    person, today = frame.actor(request), frame.today()
    asked = addresses.read(request, today=today)
    found, reading, _ = deadlines.read(person, asked=asked)
    names, label = report_groups.names(asked.grouping), report_groups.LABELS[asked.grouping]
    rows, total = presenter.rows(found, grouping=asked.grouping, names=names, asked={})
    drawn = presenter.drawings(found, reading=reading, asked={})
    table = report_files.figures(rows, total, label=label, reading=reading, cards=bool(total.cards))
    file = File(
        title=report_files.TITLE,
        office=offices.settings(on=today).office_name,
        tables=(table, *(report_files.chart(each) for each in drawn)),
        stamp=report_files.stamp(
            f"全部在办，按{label}",
            as_of=_as_of(asked, on=desk_dates.full(reading.on)),
            at=frame.now(),
            by=person.name,
            calendar=reading.calendar,
            count=found.total.counts.get(Figure.IN_HAND, 0),
        ),
    )
    return files.hand_out(file, suffix=suffix, name=f"期限报表-{reading.on}")


@require_safe
@frame.needs(Act.READ_REPORTS)
def cases(request: HttpRequest, suffix: str) -> HttpResponse:
    """Hand out the whole list behind a figure; refuses one that is too long to be read."""
    person, today = frame.actor(request), frame.today()
    asked = addresses.read(request, today=today)
    most = MOST_ROWS[suffix]
    found = case_list.find(person, asked=asked, size=most, whole=True)
    if found.total > most:
        raise Refused.because(
            "too_long",
            f"这张清单有 {found.total} 件，{suffix.upper()} 一次最多 {most} 件，请按部门、经办或者日期分开导出。",
        )
    details = report_rows.of(
        [case.pk for case in found.cases],
        on=found.on,
        calendar=found.calendar,
        readings=offices.readings(offices.settings(on=found.on)),
        past=asked.past,
    )
    limits = report_list.limits(
        asked.query,
        departments=report_groups.names(Grouping.DEPARTMENT),
        clerks=report_groups.names(Grouping.CLERK),
    )
    label = case_list.label_of(asked)
    rows = report_list.rows(found.cases, details=details, today=found.on)
    file = File(
        title=report_files.LIST_TITLE,
        office=offices.settings(on=today).office_name,
        tables=(report_files.cases(rows),),
        stamp=report_files.stamp(
            "，".join((label, *limits)),
            as_of=_as_of(asked, on=desk_dates.full(found.on)),
            at=frame.now(),
            by=person.name,
            calendar=found.calendar,
            count=found.total,
        ),
    )
    return files.hand_out(file, suffix=suffix, name=f"案件清单-{label}-{found.on}")


def _as_of(asked: Asked, *, on: str) -> str:
    return f"{on}（{AXIS_LABELS[asked.axis]}）" if asked.past else on
