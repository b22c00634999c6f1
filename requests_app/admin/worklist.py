"""The work list: what is in hand, most urgent first. The first page of the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from requests_app.adapters import workbooks
from requests_app.admin import shell, worklist_query
from requests_app.domain.access import Act, Role
from requests_app.domain.application import (
    APPLICANT_KIND_LABELS,
    CHANNEL_LABELS,
    ORGANISATION_TYPE_LABELS,
    Channel,
)
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import STATUS_LABELS
from requests_app.domain.lights import LIGHT_LABELS, Light
from requests_app.models import Department, SavedFilter, StaffUser
from requests_app.presenters import desk_dates, register
from requests_app.presenters import worklist as presenter
from requests_app.selectors import (
    calendars,
    job_health,
    offices,
    registers,
    worklist_details,
    worklist_flags,
    worklist_notes,
    worklists,
)
from requests_app.selectors.worklists import Day, Query, Tab

_TONES = {
    worklist_flags.Flag.DUE_TODAY: "red",
    worklist_flags.Flag.DUE_IN_THREE: "orange",
    worklist_flags.Flag.OVERDUE: "red",
    worklist_flags.Flag.LONG_PAUSE: "grey",
    worklist_flags.Flag.NO_PROOF: "",
}


def view(request: HttpRequest) -> HttpResponse:
    """Show one page of one tab, with the counts of all tabs for the same words and filters."""
    person, today = shell.actor(request), shell.today()
    settings = offices.settings(on=today)
    day = Day(today, calendars.current(), offices.thresholds(settings))
    query = worklist_query.read(request.GET)
    counts = worklists.count(person, query=query, day=day)
    try:
        page = worklists.page(person, query=query, day=day, total=counts.tabs[query.tab])
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
        query = Query(tab=query.tab)
        page = worklists.page(person, query=query, day=day, total=counts.tabs[query.tab])
    return shell.page(
        request,
        "admin/desk/worklist.html",
        _choices(query),
        title="工作列表",
        list_words=query.words,
        rows=presenter.rows(
            page.rows,
            details=worklist_details.of(page.rows, day=day, settings=settings),
            notes=worklist_notes.of(page.rows, actor=person),
            day=day,
            actor=person,
        ),
        total=page.total,
        more_than_counted=page.total > worklists.COUNTED_CLOSED,
        tabs=[
            (
                label,
                number,
                current,
                worklist_query.link(query, tab=tab.value),
                tab is Tab.OVERDUE,
            )
            for tab, label, number, current in presenter.tabs(counts.tabs, current=query.tab)
        ],
        strip=[
            (
                worklist_flags.FLAG_LABELS[flag],
                number,
                worklist_query.link(query, tab=Tab.LIVE.value, flag=flag.value, light=""),
                flag is query.flag,
                _TONES[flag] if number else "z",
            )
            for flag, number in counts.flags.items()
        ],
        next_page=worklist_query.link(query, after=page.next_key) if page.next_key else "",
        first_page=worklist_query.link(query) if query.after else "",
        here=worklist_query.link(query),
        asked=worklist_query.values(query),
        query=query,
        saved_filters=list(SavedFilter.objects.filter(owner_id=person.staff_id)),
        may_take=person.may(Act.ANSWER) and person.may(Act.ASSIGN),
        may_register=person.may(Act.REGISTER),
        bulk_acts=[(code, label) for code, label, act in _BULK if person.may(act)],
        today_words=_today_words(day),
        coverage=day.calendar.last_published_year,
        last_run=job_health.last_nightly(),
    )


_BULK = (
    ("assign", "批量分办", Act.ASSIGN),
    ("remind", "发提醒", Act.NOTE),
    ("archive", "归档", Act.ARCHIVE),
)


@shell.needs(Act.READ_CASE)
def export(request: HttpRequest) -> HttpResponse:
    """Give the list as asked for, whole, as a spreadsheet under the office's own headings."""
    person, today = shell.actor(request), shell.today()
    settings = offices.settings(on=today)
    day = Day(today, calendars.current(), offices.thresholds(settings))
    query = replace(worklist_query.read(request.GET), after="")
    found = worklists.with_people(worklists.rows(person, query=query, day=day))
    cases = list(found[: registers.MOST_ROWS + 1])
    if len(cases) > registers.MOST_ROWS:
        sentence = f"一次最多导出{registers.MOST_ROWS}件，请先用收到日期等条件缩小范围。"
        raise Refused.because("too_many", sentence)
    columns = registers.columns()
    rows = presenter.rows(
        cases,
        details=worklist_details.of(cases, day=day, settings=settings),
        notes={},
        day=day,
        actor=person,
    )
    book = register.workbook(
        cases,
        rows=rows,
        columns=columns,
        answers=registers.answer_numbers([case.pk for case in cases]),
        on=today,
        office=settings.office_name,
    )
    answer = HttpResponse(workbooks.write(book), content_type=workbooks.MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="register-{today:%Y%m%d}.xlsx"'
    return answer


def _choices(query: Query) -> dict[str, Any]:
    """Return what the filters offer."""
    return {
        "channels": [(channel.value, CHANNEL_LABELS[channel]) for channel in Channel],
        "kinds": [
            (code.value, label)
            for code, label in (
                *APPLICANT_KIND_LABELS.items(),
                *ORGANISATION_TYPE_LABELS.items(),
            )
        ],
        "stages": [(status.value, label) for status, label in STATUS_LABELS.items()],
        "departments": list(Department.objects.values_list("pk", "name")),
        "clerks": list(
            StaffUser.objects.filter(held_roles__role=Role.CLERK.value).values_list(
                "pk", "display_name"
            )
        ),
        "light_choices": [
            (light.value, LIGHT_LABELS[light]) for light in Light if light is not Light.NONE
        ],
        "flag_choices": [
            (flag.value, label) for flag, label in worklist_flags.FLAG_LABELS.items()
        ],
        "refined": any(
            (query.applicant_kind, query.status, query.received_from, query.received_to,
             query.due_from, query.due_to)
        ),
    }  # fmt: skip


def _today_words(day: Day) -> str:
    words = desk_dates.full(day.today)
    if day.calendar.is_working(day.today):
        return words
    following = day.calendar.roll(day.today)
    return f"{words} · 非工作日 · 下一工作日 {desk_dates.with_weekday(following, today=day.today)}"
