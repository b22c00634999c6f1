"""The lists behind the figures of the reports: one condition a figure, for its count and its list.

A figure of the present asks dates, never yesterday's stored words, so it is right although no job
ran last night. Figures of a past day are folds of ledgers: ``selectors.past_days``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from requests_app.domain import clock
from requests_app.domain.access import Actor
from requests_app.domain.deadline_report import COLUMNS, SIGN_WITHIN_WORKING_DAYS, Figure
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import CLOSED, OPEN, Entry, Status
from requests_app.models import Case, Event
from requests_app.models.choices import values
from requests_app.selectors import cases, report_cards, worklist_keys
from requests_app.selectors.worklists import Day

PAGE_SIZE: Final = 50

#: At an end and out of the office's hands; all others are live. Worded as the partial index is.
SETTLED: Final = CLOSED - {Status.ANSWERED}

#: Figures over a time, not over what is in hand: they are listed newest first.
OVER_A_TIME: Final = frozenset(
    {
        Figure.LATE_DONE,
        Figure.YELLOW,
        Figure.RED,
        Figure.ORDERS,
        Figure.RECEIVED,
        Figure.CLOSED,
    }
)
_BY_CLOSING: Final = frozenset({Figure.LATE_DONE, Figure.CLOSED})


@dataclass(frozen=True)
class Group:
    """A department or a clerk that is asked for; ``pk`` is ``None`` for cases nobody has yet."""

    pk: int | None


@dataclass(frozen=True)
class Query:
    """What is asked of the cases: a figure, whose, and between which days.

    ``since`` and ``until`` are days of closing for what was closed, of the card for cards, of
    receipt for all others. Without them a figure over a time speaks of the year up to the day of
    the report. ``due_since`` and ``due_until`` keep the open cases whose last day lies between them.
    """

    figure: Figure = Figure.IN_HAND
    department: Group | None = None
    clerk: Group | None = None
    since: date | None = None
    until: date | None = None
    due_since: date | None = None
    due_until: date | None = None
    #: Keep these cases only: those a concern of the health page lists.
    among: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Page:
    """One page of a list and the key of the next, empty on the last."""

    rows: tuple[Case, ...]
    next_key: str = field(default="")


def base(actor: Actor, *, query: Query) -> QuerySet[Case]:
    """Return the cases the actor may see of the department and the clerk asked for."""
    found = cases.visible_to(actor)
    return found.filter(_of("department", query.department), _of("clerk", query.clerk))


def _of(column: str, group: Group | None) -> Q:
    if group is None:
        return Q()
    return Q(**{f"{column}__isnull": True} if group.pk is None else {column: group.pk})


def live(found: QuerySet[Case]) -> QuerySet[Case]:
    """Keep what is in hand; worded so that a partial index answers it."""
    return found.exclude(status__in=values(SETTLED))


def matching(actor: Actor, *, query: Query, day: Day) -> QuerySet[Case]:
    """Return the cases behind one figure, in no order. Its count is the figure."""
    found = base(actor, query=query).filter(_due_between(query))
    if query.among is not None:
        return found.filter(pk__in=query.among)
    if query.figure in OVER_A_TIME:
        return found.filter(condition(query, day=day))
    return live(found).filter(_received_between(query), condition(query, day=day))


def _received_between(query: Query) -> Q:
    asked = {"received_on__gte": query.since, "received_on__lte": query.until}
    return Q(**{name: value for name, value in asked.items() if value is not None})


def _due_between(query: Query) -> Q:
    if query.due_since is None and query.due_until is None:
        return Q()
    asked = {"due_on__gte": query.due_since, "due_on__lte": query.due_until}
    between = {name: value for name, value in asked.items() if value is not None}
    return Q(status__in=values(OPEN), **between)


def count(actor: Actor, *, query: Query, day: Day) -> int:
    """Count the cases behind one figure."""
    return matching(actor, query=query, day=day).count()


def count_by(
    actor: Actor, *, group: str, day: Day, figures: tuple[Figure, ...] = ()
) -> Mapping[int | None, Mapping[Figure, int]]:
    """Count every figure of the present for each department or clerk (``group``) in one query."""
    wanted = figures or (Figure.IN_HAND, *COLUMNS, Figure.UNSIGNED)
    asked: dict[str, Any] = {
        figure.value: Count("pk", filter=condition(Query(figure), day=day)) for figure in wanted
    }
    found = live(cases.visible_to(actor)).order_by().values(group).annotate(**asked)
    return {row[group]: {figure: row[figure.value] for figure in wanted} for row in found}


def page(actor: Actor, *, query: Query, day: Day, after: str, size: int = PAGE_SIZE) -> Page:
    """Return one page of a list from the key where the last one ended (keyset, so never slower)."""
    found = matching(actor, query=query, day=day)
    if query.figure not in OVER_A_TIME and query.among is None:
        ordered = worklist_keys.ordered(found, closed=False)
        ordered = worklist_keys.after(ordered, key=after, closed=False)
        return _cut(ordered, size, key_of=lambda case: worklist_keys.key_of(case, closed=False))
    column = "closed_on" if query.figure in _BY_CLOSING else "received_on"
    ordered = found.order_by(f"-{column}", "-pk")
    if after:
        ordered = ordered.filter(_behind(column, key=after))
    return _cut(ordered, size, key_of=lambda case: f"{getattr(case, column).isoformat()}_{case.pk}")


def _cut(found: QuerySet[Case], size: int, *, key_of: Callable[[Case], str]) -> Page:
    related = found.select_related("applicant", "body", "department", "clerk")
    lean = related.defer("query_code_hash", "applicant__identity_sealed")
    taken = list(lean[: size + 1])
    shown = tuple(taken[:size])
    return Page(shown, key_of(shown[-1]) if len(taken) > size else "")


def _behind(column: str, *, key: str) -> Q:
    try:
        day, pk = key.split("_")
        on, after = date.fromisoformat(day), int(pk)
    except ValueError:
        raise Refused.because("page_key", "没有这一页，请回到第一页。") from None
    return Q(**{f"{column}__lte": on}) & (Q(**{f"{column}__lt": on}) | Q(pk__lt=after))


def condition(query: Query, *, day: Day) -> Q:
    """Return the one condition of a figure. Figures of the present are asked of live cases only."""
    if query.figure in OVER_A_TIME:
        return _over_a_time(query, day=day)
    running = Q(status__in=values(OPEN), due_on__isnull=False)
    # A pause that has run out no longer stops anything, whatever the last nightly run wrote.
    stopped = Q(clock_state=clock.State.PAUSED.value, due_on__gte=day.today) & (
        Q(consult_due_on__isnull=True) | Q(consult_due_on__gte=day.today)
    )
    moving = running & ~stopped
    within = day.last_day_within
    urgent, soon = within(day.thresholds.urgent), within(day.thresholds.soon)
    conditions: dict[Figure, Callable[[], Q]] = {
        Figure.IN_HAND: Q,
        Figure.RUNNING: lambda: running & (moving | Q(due_on__lt=day.today)),
        Figure.OVERDUE: lambda: running & Q(due_on__lt=day.today),
        Figure.TODAY: lambda: moving & Q(due_on__gte=day.today, due_on__lte=within(0)),
        Figure.URGENT: lambda: moving & Q(due_on__gt=within(0), due_on__lte=urgent),
        Figure.SOON: lambda: moving & Q(due_on__gt=urgent, due_on__lte=soon),
        Figure.AHEAD: lambda: moving & Q(due_on__gt=soon),
        Figure.NEAR: lambda: moving & Q(due_on__gte=day.today, due_on__lte=soon),
        Figure.PAUSED: lambda: Q(status__in=values(OPEN)) & (Q(due_on__isnull=True) | stopped),
        Figure.ANSWERED: lambda: Q(status=Status.ANSWERED.value),
        Figure.UNSIGNED: lambda: _unsigned(day),
    }
    return conditions[query.figure]()


def _unsigned(day: Day) -> Q:
    """Return the condition of a case given to a department too long ago and not signed for."""
    calendar = day.calendar
    since = calendar.day(calendar.rank(day.today) - SIGN_WITHIN_WORKING_DAYS)
    assigned = Event.objects.filter(case=OuterRef("pk"), entry=Entry.ASSIGNED.value)
    lately = assigned.filter(on__gte=since).exclude(
        Exists(Event.objects.filter(case=OuterRef("case"), voids=OuterRef("seq")))
    )
    return Q(status=Status.ASSIGNED.value) & ~Q(Exists(lately))


def _over_a_time(query: Query, *, day: Day) -> Q:
    since = query.since or date(day.today.year, 1, 1)
    until = query.until or day.today
    if query.figure is Figure.RECEIVED:
        return Q(received_on__gte=since, received_on__lte=until)
    if query.figure is Figure.CLOSED:
        return Q(closed_on__gte=since, closed_on__lte=until)
    if query.figure is Figure.LATE_DONE:
        return Q(closed_on__gte=since, closed_on__lte=until, closed_on__gt=F("due_on"))
    return report_cards.condition(query.figure, since=since, until=until)
