"""Read what the ladder judges by: the situation of many cases at once, thresholds, what stands.

Cost follows what is open, undelivered or ended of late, never the history: the partial indexes of
``Case`` hold just those. Three queries a batch, however many cases are in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from requests_app.domain import clock, escalation, step_clocks
from requests_app.domain.access import Act
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.escalation import Situation, Thresholds
from requests_app.domain.ledger import CLOSED, ENDED, LedgerEntry, Status
from requests_app.domain.step_clocks import CaseSeen, LetterSeen
from requests_app.domain.workdays import Calendar
from requests_app.models import (
    Case,
    EscalationSettings,
    Event,
    Letter,
    Reminder,
    SupervisionOrder,
)
from requests_app.models.choices import values
from requests_app.selectors import facts

#: A case that ended longer ago is no longer asked to be archived: the health page lists it.
ENDED_WITHIN: Final = timedelta(days=60)

LIVE: Final = Q(sent_at__isnull=True, cancelled_at__isnull=True)
UNREAD: Final = Q(sent_at__isnull=False, acknowledged_at__isnull=True, settled_at__isnull=True)

_COLUMNS: Final = (
    "pk", "status", "clock_state", "received_on", "due_on", "allowance_working_days", "consult_due_on",
    "clerk_id", "department_id",
)  # fmt: skip
_LETTER_ACTS: Final = {act.value for act in Act} - {Act.REGISTER.value}


@dataclass(frozen=True)
class Watched:
    """A case on the ladder: who holds it, and its situation on the day asked for."""

    case_id: int
    clerk_id: int | None
    department_id: int | None
    situation: Situation
    open: bool = True


def settings_row(*, on: date) -> EscalationSettings | None:
    """Return the version of the thresholds in force on a day; none while the built-in ones hold."""
    return (
        EscalationSettings.objects.filter(effective_from__lte=on)
        .order_by("-effective_from", "-pk")
        .first()
    )


def thresholds(row: EscalationSettings | None) -> Thresholds:
    """Return the thresholds of a version."""
    if row is None:
        return escalation.DEFAULT_THRESHOLDS
    return Thresholds(**{each.name: getattr(row, each.name) for each in fields(Thresholds)})


def candidates(*, today: date) -> list[int]:
    """Return the ids of every case for which something may be owed, or stands to be settled."""
    open_cases = Case.objects.exclude(status__in=values(CLOSED))
    undelivered = Case.objects.filter(status=Status.ANSWERED.value)
    ended = Case.objects.filter(status__in=values(ENDED), closed_on__gte=today - ENDED_WITHIN)
    standing = Reminder.objects.filter(LIVE | UNREAD).order_by().values_list("case_id", flat=True)
    found: set[int] = set(standing.distinct())
    for rows in (open_cases, undelivered, ended):
        found.update(rows.order_by().values_list("pk", flat=True))
    return sorted(found)


def watched(case_ids: Sequence[int], *, today: date, calendar: Calendar) -> Iterator[Watched]:
    """Give the situation of each case on a day; a ledger that cannot be judged raises where it is met."""
    entries, known_on = _entries(case_ids)
    letters = _letters(case_ids)
    for row in Case.objects.filter(pk__in=case_ids).order_by("pk").values(*_COLUMNS):
        pk = row["pk"]
        yield Watched(
            case_id=pk,
            clerk_id=row["clerk_id"],
            department_id=row["department_id"],
            situation=step_clocks.situation(
                _seen(row),
                entries=entries.get(pk, []),
                known_on=known_on.get(pk, {}),
                letters=letters.get(pk, []),
                today=today,
                calendar=calendar,
            ),
            open=Status(row["status"]) not in CLOSED,
        )


def reminders(case_ids: Sequence[int]) -> Mapping[int, list[Reminder]]:
    """Return every reminder of these cases, by case, in the order they were planned."""
    found: dict[int, list[Reminder]] = {}
    for row in _of_cases(case_ids):
        found.setdefault(row.case_id, []).append(row)
    return found


def ordered_days(case_ids: Sequence[int]) -> frozenset[tuple[int, date]]:
    """Return for which missed days of these cases the ladder has issued a 督办单."""
    rows = SupervisionOrder.objects.filter(case_id__in=case_ids, by_ladder=True)
    return frozenset(rows.order_by().values_list("case_id", "due_on"))


def _of_cases(case_ids: Sequence[int]) -> QuerySet[Reminder]:
    return Reminder.objects.filter(case_id__in=case_ids).order_by("pk")


def _seen(row: Mapping[str, object]) -> CaseSeen:
    state = clock.State(str(row["clock_state"]))
    return CaseSeen(
        status=Status(str(row["status"])),
        clock_state=state,
        received_on=row["received_on"],  # type: ignore[arg-type]
        due_on=row["due_on"],  # type: ignore[arg-type]
        allowance=row["allowance_working_days"],  # type: ignore[arg-type]
        paused_until=row["consult_due_on"],  # type: ignore[arg-type]
        clerk_id=row["clerk_id"],  # type: ignore[arg-type]
        department_id=row["department_id"],  # type: ignore[arg-type]
    )


def _entries(
    case_ids: Sequence[int],
) -> tuple[dict[int, list[LedgerEntry]], dict[int, dict[int, date]]]:
    """Return the ledgers as far as the ladder reads them, and the day each entry was made."""
    entries: dict[int, list[LedgerEntry]] = {}
    known_on: dict[int, dict[int, date]] = {}
    wanted = Event.objects.filter(case_id__in=case_ids, entry__in=values(step_clocks.READ))
    for row in wanted.order_by("case_id", "seq"):
        entries.setdefault(row.case_id, []).extend(facts.from_rows([row]))
        known_on.setdefault(row.case_id, {})[row.seq] = timezone.localtime(row.recorded_at).date()
    return entries, known_on


def _letters(case_ids: Sequence[int]) -> dict[int, list[LetterSeen]]:
    found: dict[int, list[LetterSeen]] = {}
    rows = Letter.objects.filter(case_id__in=case_ids, act__in=_LETTER_ACTS).exclude(
        status=LetterStatus.VOID.value
    )
    for row in rows.order_by("pk").values_list(
        "case_id", "act", "status", "drafted_at", "submitted_at", "issued_at"
    ):
        case_id, act, status, drafted_at, submitted_at, issued_at = row
        since = {
            LetterStatus.PENDING.value: submitted_at,
            LetterStatus.ISSUED.value: issued_at,
        }.get(status)
        found.setdefault(case_id, []).append(
            LetterSeen(
                Act(act), LetterStatus(status), timezone.localtime(since or drafted_at).date()
            )
        )
    return found
