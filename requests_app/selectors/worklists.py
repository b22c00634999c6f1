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
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from requests_app.domain import clock, lights
from requests_app.domain.access import Actor
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.ledger import CLOSED, OPEN, WAITING, Status
from requests_app.domain.lights import Light
from requests_app.domain.workdays import Calendar
from requests_app.models import Case, CaseWatch, Consultation, Letter
from requests_app.models.choices import values
from requests_app.selectors import cases, worklist_flags, worklist_keys, worklist_search
from requests_app.selectors.worklist_flags import STRIP, Flag

PAGE_SIZE: Final = 50

#: Nobody reads further; the office's whole past is never counted for a number on a tab.
COUNTED_CLOSED: Final = 999


class Tab(StrEnum):
    """The tabs of the work list, in the order they stand on the page."""

    LIVE = "live"
    TO_ASSIGN = "to_assign"
    TODAY = "today"
    APPLICANT = "applicant"
    CONSULTING = "consulting"
    PAYMENT = "payment"
    DEPARTMENT = "department"
    APPROVAL = "approval"
    DISPATCH = "dispatch"
    OVERDUE = "overdue"
    WATCHED = "watched"
    CLOSED = "closed"


@dataclass(frozen=True)
class Query:
    """What was asked of the list: a tab, words to look for, filters, and where the page begins.

    Both ends of a range belong to it.
    """

    tab: Tab = Tab.LIVE
    words: str = ""
    department_id: int | None = None
    clerk_id: int | None = None
    channel: str = ""
    applicant_kind: str = ""
    status: str = ""
    received_from: date | None = None
    received_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    light: Light | None = None
    flag: Flag | None = None
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
    """How many cases stand under each tab and each mark of the strip, for the same words and filters."""

    tabs: Mapping[Tab, int]
    flags: Mapping[Flag, int]


#: Answered but not yet delivered is still work: it stays on the list of what is in hand.
LIVE: Final = OPEN | {Status.ANSWERED}


def rows(actor: Actor, *, query: Query, day: Day) -> QuerySet[Case]:
    """Return the cases of a tab that ``actor`` may see, filtered, in the order of urgency."""
    found = _base(actor, query=query, day=day).filter(_condition(query.tab, actor=actor, day=day))
    found = _narrowed(found, query=query, actor=actor, day=day)
    return worklist_keys.ordered(found, closed=query.tab is Tab.CLOSED)


def page(actor: Actor, *, query: Query, day: Day, total: int) -> Page:
    """Return one page of a tab, from the key where the last one ended (keyset, so never slower).

    ``total`` is the tab's count, which the caller has from ``count``.
    """
    closed = query.tab is Tab.CLOSED
    found = worklist_keys.after(rows(actor, query=query, day=day), key=query.after, closed=closed)
    taken = list(with_people(found)[: PAGE_SIZE + 1])
    shown = tuple(taken[:PAGE_SIZE])
    following = worklist_keys.key_of(shown[-1], closed=closed) if len(taken) > PAGE_SIZE else ""
    return Page(rows=shown, total=total, next_key=following)


def with_people(found: QuerySet[Case]) -> QuerySet[Case]:
    """Read what a row shows of a case along with it; nothing sealed leaves the database."""
    related = found.select_related("applicant", "body", "department", "clerk")
    return related.defer("query_code_hash", "ledger_hash", "applicant__identity_sealed")


def count(actor: Actor, *, query: Query, day: Day) -> Counts:
    """Count tabs and strip with the same conditions the lists use.

    Only what is in hand is counted; of closed cases at most ``COUNTED_CLOSED`` are looked at.
    """
    base = _base(actor, query=query, day=day)
    narrowed = _narrowed(base, query=query, actor=actor, day=day)
    counted = [tab for tab in Tab if tab not in {Tab.CLOSED, Tab.WATCHED}]
    asked: dict[str, Any] = {
        tab.value: Count("pk", filter=_condition(tab, actor=actor, day=day)) for tab in counted
    }
    found = narrowed.filter(status__in=values(LIVE)).aggregate(**asked)
    flags = base.filter(status__in=values(LIVE)).aggregate(
        **{flag.value: Count("pk", filter=_flag(flag, actor=actor, day=day)) for flag in STRIP}
    )
    tabs: dict[Tab, int] = {tab: found[tab.value] for tab in counted}
    for tab in (Tab.WATCHED, Tab.CLOSED):
        of_tab = narrowed.filter(_condition(tab, actor=actor, day=day)).order_by()
        tabs[tab] = of_tab[: COUNTED_CLOSED + 1].count()
    return Counts(
        tabs={tab: tabs[tab] for tab in Tab},
        flags={Flag(code): number for code, number in flags.items()},
    )


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
    """Return the one condition of a tab. Every tab but the last two asks of what is in hand."""
    is_open = Q(status__in=values(OPEN))
    lapsing = Q(status=Status.LAPSE_PROPOSED.value)
    conditions: dict[Tab, Q] = {
        Tab.LIVE: Q(status__in=values(LIVE)),
        Tab.TO_ASSIGN: Q(status__in=values({Status.RECEIVED, Status.ASSIGNED})),
        Tab.TODAY: is_open
        & (
            Q(due_on__lte=day.last_day_within(day.thresholds.due))
            | lapsing
            | Q(status__in=values(WAITING), next_due_on__lt=day.today)
        ),
        Tab.APPLICANT: Q(status__in=values({Status.AWAITING_CORRECTION, Status.AWAITING_REASONS}))
        | (lapsing & Q(payment_due_on__isnull=True)),
        Tab.CONSULTING: is_open & Q(_has(_unanswered())),
        Tab.PAYMENT: Q(status=Status.AWAITING_PAYMENT.value)
        | (lapsing & Q(payment_due_on__isnull=False)),
        Tab.DEPARTMENT: Q(status=Status.HANDLING.value),
        Tab.APPROVAL: is_open
        & (Q(status=Status.AWAITING_APPROVAL.value) | Q(_has(_letters(LetterStatus.PENDING)))),
        Tab.DISPATCH: Q(status__in=values(LIVE))
        & (
            Q(status__in=values({Status.AWAITING_DISPATCH, Status.ANSWERED}))
            | Q(_has(_letters(LetterStatus.ISSUED)))
            | Q(_has(worklist_flags.without_proof()))
        ),
        Tab.OVERDUE: is_open & Q(due_on__lt=day.today),
        Tab.WATCHED: Q(_has(CaseWatch.objects.filter(staff_id=actor.staff_id))),
        Tab.CLOSED: Q(status__in=values(CLOSED - {Status.ANSWERED})),
    }
    return conditions[tab]


def _flag(flag: Flag, *, actor: Actor, day: Day) -> Q:
    return worklist_flags.condition(flag, actor=actor, today=day.today, calendar=day.calendar)


def _has(rows: QuerySet[Any]) -> Exists:
    return Exists(rows.filter(case=OuterRef("pk")))


def _letters(status: LetterStatus) -> QuerySet[Letter]:
    return Letter.objects.filter(status=status.value)


def _unanswered() -> QuerySet[Consultation]:
    return Consultation.objects.filter(position="", cancelled_at__isnull=True)


def _base(actor: Actor, *, query: Query, day: Day) -> QuerySet[Case]:
    """Return what ``actor`` may see of what was asked for, whatever its light and mark."""
    asked = {
        "department_id": query.department_id,
        "clerk_id": query.clerk_id,
        "channel": query.channel or None,
        "status": query.status or None,
        "received_on__gte": query.received_from,
        "received_on__lte": query.received_to,
        "due_on__gte": query.due_from,
        "due_on__lte": query.due_to,
    }
    found = cases.visible_to(actor).filter(
        _kind(query.applicant_kind),
        **{name: value for name, value in asked.items() if value is not None},
    )
    if not query.words.strip():
        return found
    return found.filter(worklist_search.condition(query.words))


def _narrowed(found: QuerySet[Case], *, query: Query, actor: Actor, day: Day) -> QuerySet[Case]:
    """Narrow by light and mark, which the strip itself is not."""
    if query.light is not None:
        found = found.filter(light_condition(query.light, day=day))
    if query.flag is not None:
        found = found.filter(_flag(query.flag, actor=actor, day=day))
    return found


def _kind(code: str) -> Q:
    """Return the condition of a kind of applicant: person, organisation, or a type of organisation."""
    if not code:
        return Q()
    return Q(applicant__kind=code) | Q(applicant__organisation_type=code)
