"""The work list: what is in hand, most urgent first. The first page of the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from requests_app.admin import shell
from requests_app.admin.acts.form import whole_number
from requests_app.domain.access import Role
from requests_app.domain.application import CHANNEL_LABELS, Channel
from requests_app.domain.errors import Refused
from requests_app.domain.lights import LIGHT_LABELS, Light
from requests_app.models import Department, StaffUser
from requests_app.presenters import desk_dates
from requests_app.presenters import worklist as presenter
from requests_app.selectors import calendars, job_health, offices, worklist_details, worklists
from requests_app.selectors.worklists import Day, Query, Tab


def view(request: HttpRequest) -> HttpResponse:
    """Show one page of one tab, with the counts of all tabs for the same words and filters."""
    person, today = shell.actor(request), shell.today()
    settings = offices.settings(on=today)
    day = Day(today, calendars.current(), offices.thresholds(settings))
    query = _query(request)
    counts = worklists.count(person, query=query, day=day)
    try:
        page = worklists.page(person, query=query, day=day, total=counts.tabs[query.tab])
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
        query = Query(tab=query.tab)
        page = worklists.page(person, query=query, day=day, total=counts.tabs[query.tab])
    details = worklist_details.of(page.rows, day=day, settings=settings)
    return shell.page(
        request,
        "admin/desk/worklist.html",
        title="工作列表",
        list_words=query.words,
        rows=presenter.rows(page.rows, details=details, day=day, actor=person),
        total=page.total,
        tabs=[
            (label, number, current, _link(query, tab=tab.value), tab is Tab.OVERDUE)
            for tab, label, number, current in presenter.tabs(counts.tabs, current=query.tab)
        ],
        lights=[
            (
                light,
                LIGHT_LABELS[light],
                counts.lights[light],
                _link(query, light=light.value),
                light is query.light,
            )
            for light in _STRIP
        ],
        clear_light=_link(query, light=""),
        next_page=_link(query, after=page.next_key) if page.next_key else "",
        first_page=_link(query) if query.after else "",
        query=query,
        channels=[(channel.value, CHANNEL_LABELS[channel]) for channel in Channel],
        departments=Department.objects.values_list("pk", "name"),
        clerks=StaffUser.objects.filter(held_roles__role=Role.CLERK.value).values_list(
            "pk", "display_name"
        ),
        light_choices=[
            (light.value, LIGHT_LABELS[light]) for light in Light if light is not Light.NONE
        ],
        today_words=_today_words(day),
        coverage=day.calendar.last_published_year,
        last_run=job_health.last_nightly(),
    )


_STRIP = (Light.DARKRED, Light.RED, Light.ORANGE, Light.YELLOW, Light.GREY, Light.BLUE)


def _query(request: HttpRequest) -> Query:
    asked = request.GET
    light, tab, channel = asked.get("light", ""), asked.get("tab", ""), asked.get("channel", "")
    return Query(
        tab=Tab(tab) if tab in set(Tab) else Tab.LIVE,
        # PostgreSQL refuses to look for the one character it never keeps.
        words=asked.get("q", "").replace("\0", "").strip()[:80],
        department_id=whole_number(asked.get("department", "")),
        clerk_id=whole_number(asked.get("clerk", "")),
        channel=channel if channel in set(Channel) else "",
        light=Light(light) if light in set(Light) else None,
        after=asked.get("after", "")[:60],
    )


def _link(query: Query, **changes: str) -> str:
    """Return the address of the list as asked for, with some things changed; back to page one."""
    asked = {
        "tab": query.tab.value,
        "q": query.words,
        "department": query.department_id or "",
        "clerk": query.clerk_id or "",
        "channel": query.channel,
        "light": query.light.value if query.light else "",
        **changes,
    }
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _today_words(day: Day) -> str:
    words = desk_dates.full(day.today)
    if day.calendar.is_working(day.today):
        return words
    following = day.calendar.roll(day.today)
    return f"{words} · 非工作日 · 下一工作日 {desk_dates.with_weekday(following, today=day.today)}"
