"""The desk's lists: which cases stand under which tab, in which order, and how many.

A tab is one condition. Count and list both come from it, so they cannot differ. Conditions ask
dates (`due_on` against today), never yesterday's stored words, so a list is right although no job
ran last night. What a row looks like belongs to ``presenters.worklist``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from requests_app.domain import clock, lights
from requests_app.domain.access import Act, Actor
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.ledger import CLOSED, OPEN, WAITING, Status
from requests_app.domain.lights import Light
from requests_app.domain.numbering import normalise_document_number
from requests_app.domain.workdays import Calendar
from requests_app.models import Case, Consultation, Letter
from requests_app.models.choices import values
from requests_app.selectors import cases, worklist_keys

PAGE_SIZE: Final = 50
_SHORTEST_PHONE_TAIL: Final = 4


class Tab(StrEnum):
    """The tabs of the work list, in the order they stand on the page."""

    LIVE = "live"
    TO_ASSIGN = "to_assign"
    TODAY = "today"
    APPLICANT = "applicant"
    CONSULTING = "consulting"
    DEPARTMENT = "department"
    APPROVAL = "approval"
    DISPATCH = "dispatch"
    OVERDUE = "overdue"
    MINE = "mine"
    CLOSED = "closed"


@dataclass(frozen=True)
class Query:
    """What was asked of the list: a tab, words to look for, filters, and where the page begins."""

    tab: Tab = Tab.LIVE
    words: str = ""
    department_id: int | None = None
    clerk_id: int | None = None
    channel: str = ""
    light: Light | None = None
    after: str = ""


@dataclass(frozen=True)
class Day:
    """The day a list is asked on, and the days at which lights change, in the calendar's terms."""

    today: date
    calendar: Calendar
    thresholds: lights.Thresholds = field(default_factory=lights.Thresholds)

    def last_day_within(self, working_days: int) -> date:
        """Return the last day that lies at most ``working_days`` working days ahead."""
        return self.calendar.add(self.today, working_days + 1) - timedelta(days=1)


@dataclass(frozen=True)
class Page:
    """One page of a list: its cases, how many there are in all, and the key of the next page."""

    rows: tuple[Case, ...]
    total: int
    next_key: str


@dataclass(frozen=True)
class Counts:
    """How many cases stand under each tab and each light, for the same words and filters."""

    tabs: Mapping[Tab, int]
    lights: Mapping[Light, int]


#: Answered but not yet delivered is still work: it stays on the list of what is in hand.
LIVE: Final = OPEN | {Status.ANSWERED}

#: Letters that only repeat a fact; once out, nobody at the desk waits for their proof.
SELF_SENT: Final = frozenset({Act.REGISTER.value, Act.TELL_APPLICANT.value})


def rows(actor: Actor, *, query: Query, day: Day) -> QuerySet[Case]:
    """Return the cases of a tab that ``actor`` may see, filtered, in the order of urgency."""
    found = _base(actor, query=query, day=day).filter(_condition(query.tab, actor=actor, day=day))
    if query.light is not None:
        found = found.filter(light_condition(query.light, day=day))
    return worklist_keys.ordered(found, closed=query.tab is Tab.CLOSED)


def page(actor: Actor, *, query: Query, day: Day, total: int) -> Page:
    """Return one page of a tab, from the key where the last one ended (keyset, so never slower).

    ``total`` is the tab's count, which the caller has from ``count``.
    """
    closed = query.tab is Tab.CLOSED
    found = worklist_keys.after(rows(actor, query=query, day=day), key=query.after, closed=closed)
    related = found.select_related("applicant", "body", "department", "clerk")
    taken = list(
        related.defer("query_code_hash", "ledger_hash", "applicant__identity_sealed")[
            : PAGE_SIZE + 1
        ]
    )
    shown = tuple(taken[:PAGE_SIZE])
    following = worklist_keys.key_of(shown[-1], closed=closed) if len(taken) > PAGE_SIZE else ""
    return Page(rows=shown, total=total, next_key=following)


def count(actor: Actor, *, query: Query, day: Day) -> Counts:
    """Count every tab and every light in two queries, with the same conditions the lists use."""
    base = _base(actor, query=query, day=day)
    tabbed = base if query.light is None else base.filter(light_condition(query.light, day=day))
    live = [tab for tab in Tab if tab is not Tab.CLOSED]
    asked: dict[str, Any] = {
        tab.value: Count("pk", filter=_condition(tab, actor=actor, day=day)) for tab in live
    }
    found = tabbed.filter(status__in=values(LIVE)).aggregate(**asked)
    found_lights = base.filter(status__in=values(LIVE)).aggregate(
        **{
            light.value: Count("pk", filter=light_condition(light, day=day))
            for light in Light
            if light is not Light.NONE
        }
    )
    tabs: dict[Tab, int] = {tab: found[tab.value] for tab in live}
    tabs[Tab.CLOSED] = tabbed.filter(_condition(Tab.CLOSED, actor=actor, day=day)).count()
    return Counts(tabs=tabs, lights={Light(code): number for code, number in found_lights.items()})


def count_live(actor: Actor) -> int:
    """Count what is in hand, for the badge beside the list's name."""
    return cases.visible_to(actor).filter(status__in=values(LIVE)).count()


def light_condition(light: Light, *, day: Day) -> Q:
    """Return the condition under which a case shows ``light`` today."""
    paused = Q(clock_state=clock.State.PAUSED.value) & ~Q(due_on__lt=day.today)
    waiting = Q(due_on__isnull=True)
    standing = Q(status__in=values(OPEN)) & ~paused & ~waiting
    within = day.last_day_within
    borders = {
        Light.DARKRED: Q(due_on__lt=day.today),
        Light.RED: Q(due_on__gte=day.today, due_on__lte=within(day.thresholds.due)),
        Light.ORANGE: Q(
            due_on__gt=within(day.thresholds.due), due_on__lte=within(day.thresholds.urgent)
        ),
        Light.YELLOW: Q(
            due_on__gt=within(day.thresholds.urgent), due_on__lte=within(day.thresholds.soon)
        ),
        Light.GREEN: Q(due_on__gt=within(day.thresholds.soon)),
    }
    if light in borders:
        return standing & borders[light]
    if light is Light.GREY:
        return Q(status__in=values(OPEN)) & (paused | waiting)
    if light is Light.BLUE:
        return Q(status=Status.ANSWERED.value)
    return Q(status__in=values(CLOSED - {Status.ANSWERED}))


def _condition(tab: Tab, *, actor: Actor, day: Day) -> Q:
    """Return the one condition of a tab. Every tab but the last asks of what is in hand."""
    is_open = Q(status__in=values(OPEN))
    conditions: dict[Tab, Q] = {
        Tab.LIVE: Q(status__in=values(LIVE)),
        Tab.TO_ASSIGN: Q(status__in=values({Status.RECEIVED, Status.ASSIGNED})),
        Tab.TODAY: is_open
        & (
            Q(due_on__lte=day.last_day_within(day.thresholds.due))
            | Q(status=Status.LAPSE_PROPOSED.value)
            | Q(status__in=values(WAITING), next_due_on__lt=day.today)
        ),
        Tab.APPLICANT: Q(status__in=values(WAITING | {Status.AWAITING_REASONS})),
        Tab.CONSULTING: is_open & Q(_has(_unanswered())),
        Tab.DEPARTMENT: Q(status=Status.HANDLING.value),
        Tab.APPROVAL: is_open
        & (Q(status=Status.AWAITING_APPROVAL.value) | Q(_has(_letters(LetterStatus.PENDING)))),
        Tab.DISPATCH: Q(status__in=values(LIVE))
        & (
            Q(status__in=values({Status.AWAITING_DISPATCH, Status.ANSWERED}))
            | Q(_has(_letters(LetterStatus.ISSUED)))
            | Q(_has(_letters(LetterStatus.DISPATCHED).exclude(act__in=SELF_SENT)))
        ),
        Tab.OVERDUE: is_open & Q(due_on__lt=day.today),
        Tab.MINE: Q(status__in=values(LIVE), clerk_id=actor.staff_id),
        Tab.CLOSED: Q(status__in=values(CLOSED - {Status.ANSWERED})),
    }
    return conditions[tab]


def _has(rows: QuerySet[Any]) -> Exists:
    return Exists(rows.filter(case=OuterRef("pk")))


def _letters(status: LetterStatus) -> QuerySet[Letter]:
    return Letter.objects.filter(status=status.value)


def _unanswered() -> QuerySet[Consultation]:
    return Consultation.objects.filter(position="", cancelled_at__isnull=True)


def _base(actor: Actor, *, query: Query, day: Day) -> QuerySet[Case]:
    found = cases.visible_to(actor)
    exact = {
        "department_id": query.department_id,
        "clerk_id": query.clerk_id,
        "channel": query.channel or None,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    return found.filter(_words(query.words)) if query.words.strip() else found


def _words(words: str) -> Q:
    """Return where the words may stand: number, name, a letter's number in any bracket, phone tail."""
    typed = words.strip()
    number = normalise_document_number(typed)
    places = [
        Q(number__contains=number),
        Q(applicant__name__contains=typed),
        Q(document_number__contains=number),
        Q(document_number__contains=typed),
        Q(tracking_number__iexact=number),
        Q(_has(Letter.objects.filter(number__contains=number).exclude(number=""))),
    ]
    if number.isdecimal() and len(number) >= _SHORTEST_PHONE_TAIL:
        places.append(Q(applicant__phone__endswith=number))
    return reduce(or_, places)
