"""Read reviews and suits: those of one case, and those in which we still owe something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.models import Case, Proceeding, ProceedingFiling
from requests_app.selectors import cases

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """One page of the list, and the key of the next one."""

    rows: tuple[Proceeding, ...]
    next_key: str


def visible_to(actor: Actor) -> QuerySet[Proceeding]:
    """Return the standing proceedings of the cases an actor sees; none for who may neither lead nor read."""
    if not actor.may(Act.READ_CASE):
        return Proceeding.objects.none()
    found = Proceeding.objects.filter(voided_at__isnull=True)
    if actor.confined_to_department:
        found = found.filter(case__in=cases.visible_to(actor))
    return found


def owed(actor: Actor) -> QuerySet[Proceeding]:
    """Return those in which our answer or evidence is not in yet, earliest day first."""
    return visible_to(actor).filter(answered_on__isnull=True, result="").order_by("due_on", "pk")


def count_owed(actor: Actor) -> int:
    """Count what we owe, for the badge beside the list's name."""
    return owed(actor).count()


@dataclass(frozen=True)
class Counts:
    """How many stand under each tab of the list."""

    owed: int
    pending: int
    ended: int


def count(actor: Actor) -> Counts:
    """Count the three tabs in one query."""
    found = visible_to(actor).aggregate(
        owed=Count("pk", filter=Q(answered_on__isnull=True, result="")),
        pending=Count("pk", filter=Q(answered_on__isnull=False, result="")),
        ended=Count("pk", filter=~Q(result="")),
    )
    return Counts(**found)


def page(actor: Actor, *, tab: str, after: str = "") -> Page:
    """Return one page of a tab (``owed``, ``pending``, ``ended``), by keyset; refuses a key nobody made."""
    if tab == "ended":
        rows = visible_to(actor).exclude(result="").order_by("-result_on", "-pk")
    elif tab == "pending":
        rows = visible_to(actor).filter(answered_on__isnull=False, result="")
        rows = rows.order_by("due_on", "pk")
    else:
        rows = owed(actor)
    if after:
        rows = rows.filter(_behind(after, ended=tab == "ended"))
    found = list(rows.select_related("case__applicant")[: PAGE_SIZE + 1])
    shown = tuple(found[:PAGE_SIZE])
    more = len(found) > PAGE_SIZE
    return Page(shown, _key(shown[-1], ended=tab == "ended") if more else "")


def _key(row: Proceeding, *, ended: bool) -> str:
    return f"{(row.result_on if ended else row.due_on)}_{row.pk}"


def _behind(key: str, *, ended: bool) -> Q:
    try:
        day, pk = key.split("_")
        on, place = date.fromisoformat(day), int(pk)
    except ValueError:
        raise Refused.because("page_key", "没有这一页，请回到第一页。") from None
    if ended:
        return Q(result_on__lt=on) | Q(result_on=on, pk__lt=place)
    return Q(due_on__gt=on) | Q(due_on=on, pk__gt=place)


def of_case(case: Case) -> list[Proceeding]:
    """Return every proceeding of a case, void ones included, with what was filed in it."""
    filings = Prefetch("filings", ProceedingFiling.objects.select_related("recorded_by"))
    rows = case.proceedings.select_related("registered_by").prefetch_related(filings)
    return list(rows.order_by("pk"))
