"""Flag what is due or overdue, once per case, day and level, and remind the people it concerns.

Flags are a record of having warned; the lights on the pages are computed when a page is read and
need none of this. A week without a worker changes nothing but the day of the reminder: each run
looks at every open case as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Case as SqlCase
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from requests_app.domain import clock, message_texts
from requests_app.domain.access import Role
from requests_app.domain.jobs import OFFICE_ZONE
from requests_app.domain.ledger import CLOSED, STATUS_LABELS, Status
from requests_app.domain.lights import FLAG_LEVEL_LABELS, FlagLevel, Thresholds
from requests_app.domain.message_texts import DueLine
from requests_app.domain.workdays import Calendar
from requests_app.models import Case, DueFlag, StaffUser
from requests_app.models.choices import values
from requests_app.models.messages import MessageChannel
from requests_app.selectors import calendars, offices
from requests_app.services import messages
from requests_app.services.case_file import local_day
from requests_app.services.tally import Tally

#: Nobody's telephone should ring at night: reminders wait for the office to open.
OPENS_AT: Final = time(8, 30)

#: From this level on the head and the supervisor hear of it too (催办, 督办).
_ESCALATED: Final = frozenset({FlagLevel.DUE, FlagLevel.OVERDUE})
_URGENCY: Final = (FlagLevel.OVERDUE, FlagLevel.DUE, FlagLevel.URGENT, FlagLevel.SOON)


def raise_due(*, at: datetime) -> Tally:
    """Flag every open case whose next day is near or gone by, and owe one digest a person.

    A day is the reply's last day, or the applicant's own while the office waits. A paused period
    is left alone until its pause has run out.
    """
    today = local_day(at)
    calendar = calendars.current()
    near = _Near(today, calendar, offices.thresholds(offices.settings(on=today)))
    already = DueFlag.objects.filter(
        case=OuterRef("pk"), due_on=OuterRef("next_due_on"), level=OuterRef("flag_level")
    )
    with transaction.atomic():
        seen = _due(near).count()
        rows = _due(near).annotate(flag_level=_level(near)).filter(~Exists(already))
        DueFlag.objects.bulk_create(
            [
                DueFlag(case_id=pk, due_on=due_on, level=level, raised_at=at)
                for pk, due_on, level in rows.values_list("pk", "next_due_on", "flag_level")
                if due_on is not None
            ],
            ignore_conflicts=True,
        )
        # Read back what is ours: another run may have raised some of them a moment before.
        raised = list(
            DueFlag.objects.filter(raised_at=at)
            .select_related("case", "case__clerk")
            .order_by("pk")
        )
        _remind(raised, at=at, calendar=calendar)
    return Tally(seen=seen, changed=len(raised))


@dataclass(frozen=True)
class _Near:
    """What counts as near on a day: the thresholds as dates, worked out once."""

    today: date
    calendar: Calendar
    thresholds: Thresholds

    def end(self, working_days: int) -> date:
        """Return the day before which at most so many working days are left."""
        return self.calendar.add(self.today, working_days + 1)


def _due(near: _Near) -> QuerySet[Case]:
    """Return the open cases whose next day is near or gone by; plain comparisons of dates."""
    paused = Q(clock_state=clock.State.PAUSED.value, consult_due_on__gte=near.today)
    return (
        Case.objects.exclude(status__in=values(CLOSED))
        .exclude(paused)
        .filter(next_due_on__lt=near.end(near.thresholds.soon))
        .order_by("pk")
    )


def _level(near: _Near) -> SqlCase:
    return SqlCase(
        When(next_due_on__lt=near.today, then=Value(FlagLevel.OVERDUE.value)),
        When(next_due_on__lt=near.end(near.thresholds.due), then=Value(FlagLevel.DUE.value)),
        When(next_due_on__lt=near.end(near.thresholds.urgent), then=Value(FlagLevel.URGENT.value)),
        default=Value(FlagLevel.SOON.value),
        output_field=CharField(),
    )


def _remind(raised: list[DueFlag], *, at: datetime, calendar: Calendar) -> None:
    if not raised:
        return
    today = local_day(at)
    staff = _Staff()
    flags_of: dict[StaffUser, list[DueFlag]] = {}
    for flag in raised:
        for person in staff.told_of(flag):
            flags_of.setdefault(person, []).append(flag)
    office = messages.office_words(offices.settings(on=today))
    for person, flags in flags_of.items():
        mail = message_texts.due_digest(
            _lines(flags), today=today, link=f"{settings.PUBLIC_BASE_URL}/admin/", office=office
        )
        messages.owe(
            None,
            key=f"due-digest:{person.pk}:{at.isoformat()}",
            channel=MessageChannel.EMAIL,
            to=person.email,
            subject=mail.subject,
            body=mail.body,
            at=opening(at, calendar=calendar),
        )


def opening(at: datetime, *, calendar: Calendar) -> datetime:
    """Return ``at``, or the next moment the office opens when ``at`` lies before that.

    Evenings count as working time: a reminder raised at 20:00 waits for no one.
    """
    local = timezone.localtime(at, OFFICE_ZONE)
    opens = datetime.combine(calendar.roll(local.date()), OPENS_AT, tzinfo=OFFICE_ZONE)
    return max(at, opens)


def _lines(flags: Iterable[DueFlag]) -> list[DueLine]:
    by_urgency = sorted(
        flags,
        key=lambda flag: (_URGENCY.index(FlagLevel(flag.level)), flag.due_on, flag.case.number),
    )
    return [
        DueLine(
            number=flag.case.number,
            level=FLAG_LEVEL_LABELS[FlagLevel(flag.level)],
            due_on=flag.due_on,
            status=STATUS_LABELS[Status(flag.case.status)],
        )
        for flag in by_urgency
    ]


class _Staff:
    """Who is to be told, read once for a whole run."""

    def __init__(self) -> None:
        people = (
            StaffUser.objects.filter(is_active=True)
            .exclude(email="")
            .prefetch_related("held_roles")
        )
        self._people: Mapping[int, StaffUser] = {
            person.pk: person for person in people.order_by("pk")
        }
        self._roles = {
            pk: {Role(held.role) for held in person.held_roles.all()}
            for pk, person in self._people.items()
        }

    def told_of(self, flag: DueFlag) -> list[StaffUser]:
        """Return whom a flag concerns: the clerk (or all, while there is none) and the department."""
        case = flag.case
        clerk = self._people.get(case.clerk_id) if case.clerk_id is not None else None
        told = [clerk] if clerk else self._holding(Role.CLERK)
        if case.department_id is not None:
            told += [
                each
                for each in self._holding(Role.HANDLER)
                if each.department_id == case.department_id
            ]
        if FlagLevel(flag.level) in _ESCALATED:
            told += self._holding(Role.HEAD) + self._holding(Role.SUPERVISOR)
        return list(dict.fromkeys(told))

    def _holding(self, role: Role) -> list[StaffUser]:
        return [person for pk, person in self._people.items() if role in self._roles[pk]]
