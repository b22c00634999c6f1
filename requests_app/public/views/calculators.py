"""The two calculators: what a request would cost, and by when it must be answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from requests_app.domain import clock
from requests_app.domain.clock import CaseKind, Event, EventType
from requests_app.domain.clock.events import PUBLICATION_TYPES
from requests_app.domain.errors import Refused
from requests_app.models import OfficeSettings
from requests_app.presenters import calculators, guide
from requests_app.public import page
from requests_app.public.forms.calculators import AsOfForm, EventForm, ItemsForm, PagesForm
from requests_app.selectors import calendars, offices

#: No case has more; an address may not make the server draw a thousand rows.
MOST_EVENTS: Final = 30
_ROW: Final = re.compile(rf"({'|'.join(EventForm.NAMES)})([0-9]{{1,2}})")
_SPARE_ROWS: Final = 2


@require_safe
def show_fees(request: HttpRequest) -> HttpResponse:
    """Show both tariffs; with numbers in the address, the sum, the next price and the ways out."""
    try:
        office = page.office_today()
    except Refused as refusal:
        return page.render(request, "public/closed.html", {"refusal": refusal}, status=503)
    asked = request.GET
    items = ItemsForm(asked if "items" in asked else None)
    pages = PagesForm(asked if "pages" in asked else None)
    context: dict[str, Any] = {"guide": guide.present(office), "items": items, "pages": pages}
    if items.is_bound and items.is_valid():
        cleaned = items.cleaned_data
        context["by_item"] = calculators.items_answer(
            before=cleaned["before"] or 0, items=cleaned["items"]
        )
    if pages.is_bound and pages.is_valid():
        context["by_page"] = calculators.pages_answer(pages.cleaned_data["pages"])
    status = 422 if items.errors or pages.errors else 200
    return page.render(request, "public/section/fees.html", context, office=office, status=status)


@require_safe
def show_deadlines(request: HttpRequest) -> HttpResponse:
    """Show the events typed and, once they make sense, the date and how it came about."""
    try:
        office = page.office_today()
        rows, pressed = _rows(request.GET)
        as_of = AsOfForm(request.GET if pressed else None)
        context: dict[str, Any] = {
            "rows": rows,
            "as_of": as_of,
            "examples": calculators.examples(today=timezone.localdate()),
            "most": len(rows) >= MOST_EVENTS,
            "last_year": calendars.current().last_published_year,
        }
        status = 200
        if pressed:
            context |= _computed(rows, as_of, office=office)
            status = 200 if "answer" in context else 422
    except Refused as refusal:
        return page.render(request, "public/closed.html", {"refusal": refusal}, status=503)
    template = "public/section/deadlines.html"
    return page.render(request, template, context, office=office, status=status)


def _rows(asked: QueryDict) -> tuple[list[EventForm], bool]:
    """Return the rows to draw, and whether the date is asked for.

    A row too many, or one to remove, only changes what is drawn; nothing typed is lost.
    """
    typed: dict[int, dict[str, str]] = {}
    for key, value in asked.items():
        if found := _ROW.fullmatch(key):
            typed.setdefault(int(found[2]), {})[found[1]] = str(value)
    told = [typed[place] for place in sorted(typed)][:MOST_EVENTS]
    removed = asked.get("remove", "")
    if removed.isdecimal() and len(removed) <= len(str(MOST_EVENTS)) and int(removed) < len(told):
        del told[int(removed)]
    if not told:
        rows = [EventForm(initial={"what": EventType.RECEIVED.value}, position=0)]
        return [*rows, *(EventForm(position=n + 1) for n in range(_SPARE_ROWS - 1))], False
    if "add" in asked or removed:
        if "add" in asked and len(told) < MOST_EVENTS:
            told.append({})
        return [EventForm(initial=row, position=n) for n, row in enumerate(told)], False
    return [_bound(row, position=n) for n, row in enumerate(told)], True


def _bound(row: Mapping[str, str], *, position: int) -> EventForm:
    return EventForm({f"{name}{position}": value for name, value in row.items()}, position=position)


def _computed(rows: list[EventForm], as_of: AsOfForm, *, office: OfficeSettings) -> dict[str, Any]:
    """Return the answer; or, where the rows do not make a case, the sentences that say why."""
    valid = [row.is_valid() for row in rows]
    if not all([*valid, as_of.is_valid()]):
        return {"slips": sum(len(row.problems()) for row in rows) + len(as_of.problems())}
    try:
        events = [_event(row.cleaned_data) for row in rows if not row.is_empty]
        timeline = clock.evaluate(
            events,
            as_of=as_of.day() or max((event.on for event in events), default=timezone.localdate()),
            calendar=calendars.current(),
            kind=_kind(events),
            readings=offices.readings(office),
        )
        answer = calculators.date_answer(timeline)
    except Refused as refusal:
        return {"reasons": refusal.reasons}
    return {"answer": answer, "query": _query(rows, as_of)}


def _event(given: Mapping[str, Any]) -> Event:
    what = EventType(given["what"])
    data: dict[str, Any] = {}
    if what in _WITH_DAYS and given["days"] is not None:
        data["days"] = given["days"]
    if what in _WITH_UNTIL and given["until"] is not None:
        data["until"] = given["until"]
    if what is EventType.CONSULT_SENT:
        data["to"] = given["to"] or "third_party"
    letter = (given["letter"] or "1") if what in _OF_A_LETTER else ""
    return Event(type=what, on=given["on"], id=letter, data=data)


def _kind(events: list[Event]) -> CaseKind:
    unasked = any(event.type in PUBLICATION_TYPES for event in events)
    return CaseKind.PROACTIVE if unasked else CaseKind.APPLICATION


def _query(rows: list[EventForm], as_of: AsOfForm) -> str:
    """Return the shortest address of this result: what is empty is left out."""
    told = [
        (f"{name}{place}", row.data[row.add_prefix(name)])
        for place, row in enumerate(row for row in rows if not row.is_empty)
        for name in EventForm.NAMES
        if row.data.get(row.add_prefix(name))
    ]
    day = as_of.day()
    return urlencode([*told, *([("as_of", day.isoformat())] if day else [])])


_WITH_DAYS: Final = frozenset(
    {EventType.EXTENDED, EventType.CORRECTION_REQUESTED, EventType.REOPENED}
)
_WITH_UNTIL: Final = frozenset({EventType.DELAYED, EventType.REOPENED})
_OF_A_LETTER: Final = frozenset(
    {EventType.CONSULT_SENT, EventType.CONSULT_DELIVERED, EventType.CONSULT_REPLIED}
)
