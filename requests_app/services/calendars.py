"""Bring notices on public holidays into the calendar: record, look at the impact, approve.

A notice counts from its approval on. Approving it recomputes every open case in the same
transaction and leaves an entry in the ledger of each whose dates moved, later or earlier, with the
number of the notice. A recorded notice is corrected while it waits; an approved one only by a
further notice with a number of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from requests_app.domain import calendar_notices
from requests_app.domain.access import ROLE_LABELS, SYSTEM, Actor, Role
from requests_app.domain.calendar_notices import DayGiven
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.ledger import CLOSED, Entry
from requests_app.domain.workdays import Calendar, DayChange
from requests_app.models import CalendarDay, CalendarNotice, Case
from requests_app.models.choices import values
from requests_app.selectors import calendars, facts, offices
from requests_app.services import case_file, entries, projections

_MAY_RECORD: Final = frozenset({Role.ADMINISTRATOR, Role.SYSTEM})
_MAY_APPROVE: Final = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SUPERVISOR, Role.SYSTEM})

REPLY: Final = "答复期限"
CORRECTION: Final = "补正期限"
PAYMENT: Final = "缴费期限"
CONSULTATION: Final = "征求意见期限"


@dataclass(frozen=True)
class NoticeGiven:
    """A notice as its papers give it. ``number`` may be a local decision's own source number."""

    number: str
    published_on: date
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class DateMove:
    """One date of one open case before and after; equal when the notice leaves it alone."""

    case_id: int
    number: str
    what: str
    old: date | None
    new: date | None

    @property
    def changed(self) -> bool:
        """Tell whether the date moves at all."""
        return self.old != self.new

    @property
    def earlier(self) -> bool:
        """Tell whether the date moves forward, so that less time is left than was shown."""
        return self.old is not None and self.new is not None and self.new < self.old


@dataclass(frozen=True)
class ImpactReport:
    """What notices do, or did, to the open cases: dates that come earlier first.

    ``notices`` are those recorded or approved now, ``known`` those that were there already.
    """

    notices: tuple[str, ...]
    known: tuple[str, ...]
    moves: tuple[DateMove, ...]
    cases: int
    approved: bool

    @property
    def changed(self) -> tuple[DateMove, ...]:
        """Return only the dates that move."""
        return tuple(move for move in self.moves if move.changed)


def import_notices(
    changes: Iterable[DayChange],
    *,
    actor: Actor,
    at: datetime,
    dry_run: bool = False,
    approve_now: bool = False,
    sources: Mapping[str, NoticeGiven] | None = None,
) -> ImpactReport:
    """Record every notice in ``changes`` that is new, and report what approving them would do.

    With ``dry_run`` nothing is written; with ``approve_now`` they are approved as well. Refuses the
    whole import, naming each bad day, when one notice cannot be, or contradicts the days recorded
    under its number before.
    """
    _check_role(actor, allowed=_MAY_RECORD)
    by_number = {
        number: tuple(days)
        for number, days in groupby(
            sorted(changes, key=_by_notice), key=lambda each: each.notice_no
        )
    }
    today = case_file.local_day(at)
    with transaction.atomic():
        _check_all(by_number, today=today)
        fresh, known = _sort_out(by_number)
        added = tuple(change for number in fresh for change in by_number[number])
        calendar = calendars.with_changes(added)
        if dry_run:
            moves, cases = _impact(calendar, today=today)
            return ImpactReport(fresh, known, moves, cases, approved=False)
        kept = [
            _save(
                _given(number, days=by_number[number], sources=sources),
                by_number[number],
                actor,
                at,
            )
            for number in fresh
        ]
        if approve_now:
            # What an earlier import recorded and nobody approved yet is meant as well.
            waiting = CalendarNotice.objects.filter(number__in=by_number, approved_at__isnull=True)
            report = approve([notice.pk for notice in waiting], actor=actor, at=at)
            return ImpactReport(fresh, known, report.moves, report.cases, approved=True)
        moves, cases = _impact(calendar, today=today) if kept else ((), 0)
        return ImpactReport(fresh, known, moves, cases, approved=False)


def record_notice(
    given: NoticeGiven, *, days: Iterable[DayGiven], actor: Actor, at: datetime
) -> CalendarNotice:
    """Record one notice as typed; a waiting one of the same number is replaced.

    Refuses a number already approved, days that cannot be, and who may not keep the calendar.
    """
    _check_role(actor, allowed=_MAY_RECORD)
    number = given.number.strip()
    if not number:
        raise Refused.because("number", "请填写通知的文号；本地规定请填写它自己的文号。")
    changes = calendar_notices.changes(number, published_on=given.published_on, days=days)
    with transaction.atomic():
        if CalendarNotice.objects.filter(number=number, approved_at__isnull=False).exists():
            sentence = (
                f"{number}已经启用，不能再改。需要更正的，请另行登记更正它的通知，写明自己的文号。"
            )
            raise Refused.because("notice_approved", sentence)
        _check_all({number: changes}, today=case_file.local_day(at))
        calendars.with_changes(changes)
        return _save(given, changes, actor, at)


def preview(notice_id: int, *, at: datetime) -> ImpactReport:
    """Report what approving one recorded notice would do. Writes nothing."""
    notice = _waiting([notice_id]).first()
    if notice is None:
        raise Refused.because("notice_not_waiting", "没有这份通知，或者它已经启用。")
    calendar = calendars.with_changes(calendars.changes_of(notice))
    moves, cases = _impact(calendar, today=case_file.local_day(at))
    return ImpactReport((notice.number,), (), moves, cases, approved=False)


def approve(notice_ids: Iterable[int], *, actor: Actor, at: datetime) -> ImpactReport:
    """Approve recorded notices and recompute every open case under the new calendar.

    Four eyes: not by who recorded one. The system itself approves only while no case is open,
    which is set-up; afterwards a notice moves dates of people, and a person answers for that.
    """
    _check_role(actor, allowed=_MAY_APPROVE)
    ids = list(notice_ids)
    today = case_file.local_day(at)
    with transaction.atomic():
        waiting = list(_waiting(ids).select_for_update())
        if len(waiting) != len(set(ids)):
            raise Refused.because("notice_not_waiting", "没有这份通知，或者它已经启用。")
        if not waiting:
            return ImpactReport((), (), (), 0, approved=True)
        _check_approver(waiting, actor=actor)
        opened = list(_open_cases().select_for_update())
        before = _dates(opened, calendar=calendars.current(), today=today) if opened else {}
        CalendarNotice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(
            approved_at=at, approved_by_id=actor.staff_id
        )
        after = _dates(opened, calendar=calendars.current(), today=today)
        moves = _moves(opened, before=before, after=after)
        numbers = tuple(notice.number for notice in waiting)
        for case in opened:
            moved = [move for move in moves if move.case_id == case.pk and move.changed]
            if moved:
                _note(case, moved, numbers=numbers, actor=actor, at=at)
            projections.refresh(case, today=today)
        return ImpactReport(numbers, (), moves, len(opened), approved=True)


def discard(notice_id: int, *, actor: Actor) -> None:
    """Remove a recorded notice that was never approved, with its days."""
    _check_role(actor, allowed=_MAY_RECORD)
    with transaction.atomic():
        notice = _waiting([notice_id]).select_for_update().first()
        if notice is None:
            raise Refused.because("notice_not_waiting", "没有这份通知，或者它已经启用，不能删除。")
        notice.days.all().delete()
        notice.delete()


def _check_role(actor: Actor, *, allowed: frozenset[Role]) -> None:
    if not actor.roles & allowed:
        who = "、".join(ROLE_LABELS[role] for role in Role if role in allowed)
        raise Refused.because("role", f"工作日历由{who}办理，您现在的岗位不能办理。")


def _check_approver(waiting: list[CalendarNotice], *, actor: Actor) -> None:
    own = [notice.number for notice in waiting if notice.imported_by_id == actor.staff_id]
    if actor.staff_id is not None and own:
        sentence = f"{'、'.join(own)}是您自己登记的，请由另一人核对后启用。"
        raise Refused.because("four_eyes", sentence)
    if actor == SYSTEM and _open_cases().exists():
        sentence = "已有在办的申请，启用会改变它们的期限，请由系统管理员、负责人或者监督人员启用。"
        raise Refused.because("person_needed", sentence)


def _check_all(by_number: Mapping[str, tuple[DayChange, ...]], *, today: date) -> None:
    reasons: list[Reason] = []
    for number, days in by_number.items():
        found = list(
            calendar_notices.problems(days, year=calendar_notices.year_of(days) if days else 0)
        )
        if days and days[0].published_on > today:
            found.append(Reason("published_in_future", f"公布日期{days[0].published_on}晚于今天。"))
        reasons += [Reason(each.code, f"{number}：{each.sentence}") for each in found]
    refuse_if_any(tuple(reasons))


def _sort_out(
    by_number: Mapping[str, tuple[DayChange, ...]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell new notices from those recorded before; refuse one that now says something else."""
    fresh: list[str] = []
    known: list[str] = []
    reasons: list[Reason] = []
    recorded = {
        notice.number: notice for notice in CalendarNotice.objects.filter(number__in=by_number)
    }
    for number, days in by_number.items():
        if number not in recorded:
            fresh.append(number)
            continue
        known.append(number)
        before = {(each.on, each.kind) for each in calendars.changes_of(recorded[number])}
        differing = sorted({on for on, _ in before ^ {(each.on, each.kind) for each in days}})
        if differing:
            listed = "、".join(str(on) for on in differing)
            sentence = f"{number}已经登记过，这次与登记的不一致的日子：{listed}。"
            reasons.append(Reason("notice_differs", sentence))
    refuse_if_any(tuple(reasons))
    return tuple(fresh), tuple(known)


def _given(
    number: str, *, days: tuple[DayChange, ...], sources: Mapping[str, NoticeGiven] | None
) -> NoticeGiven:
    return (sources or {}).get(number) or NoticeGiven(number, days[0].published_on)


def _save(
    given: NoticeGiven, changes: tuple[DayChange, ...], actor: Actor, at: datetime
) -> CalendarNotice:
    notice, _ = CalendarNotice.objects.update_or_create(
        number=given.number.strip(),
        defaults={
            "title": given.title,
            "published_on": given.published_on,
            "year": calendar_notices.year_of(changes),
            "url": given.url,
            "imported_at": at,
            "imported_by_id": actor.staff_id,
        },
    )
    notice.days.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(notice=notice, on=each.on, kind=each.kind.value, name=each.name)
        for each in changes
    )
    return notice


def _waiting(ids: list[int]) -> QuerySet[CalendarNotice]:
    return CalendarNotice.objects.filter(pk__in=ids, approved_at__isnull=True).order_by(
        "published_on"
    )


def _open_cases() -> QuerySet[Case]:
    return Case.objects.exclude(status__in=values(CLOSED)).order_by("pk")


def _impact(calendar: Calendar, *, today: date) -> tuple[tuple[DateMove, ...], int]:
    opened = list(_open_cases().prefetch_related("events"))
    if not opened:
        return (), 0
    before = _dates(opened, calendar=calendars.current(), today=today)
    after = _dates(opened, calendar=calendar, today=today)
    return _moves(opened, before=before, after=after), len(opened)


def _dates(
    opened: list[Case], *, calendar: Calendar, today: date
) -> dict[int, dict[str, date | None]]:
    if not opened:
        return {}
    readings = offices.readings(offices.settings(on=today))
    found: dict[int, dict[str, date | None]] = {}
    for case in opened:
        line = facts.evaluate(
            facts.entries(case), today=today, calendar=calendar, readings=readings
        )
        found[case.pk] = {
            REPLY: line.due,
            CORRECTION: line.correction_due,
            PAYMENT: line.payment_due,
            CONSULTATION: min(line.consult_due.values(), default=None),
        }
    return found


def _moves(
    opened: list[Case],
    *,
    before: Mapping[int, Mapping[str, date | None]],
    after: Mapping[int, Mapping[str, date | None]],
) -> tuple[DateMove, ...]:
    moves = [
        DateMove(case.pk, case.number, what, old, after[case.pk][what])
        for case in opened
        for what, old in before[case.pk].items()
        if old is not None or after[case.pk][what] is not None
    ]
    return tuple(sorted(moves, key=lambda move: (not move.earlier, not move.changed, move.number)))


def _note(
    case: Case, moved: list[DateMove], *, numbers: tuple[str, ...], actor: Actor, at: datetime
) -> None:
    reply = next((move for move in moved if move.what == REPLY), moved[0])
    data = {
        "notice": "、".join(numbers),
        "old": _iso(reply.old),
        "new": _iso(reply.new),
        "dates": [
            {"what": each.what, "old": _iso(each.old), "new": _iso(each.new)} for each in moved
        ],
    }
    entries.append(
        case,
        entry=Entry.CALENDAR_CHANGED,
        on=case_file.local_day(at),
        actor=actor,
        at=at,
        data=data,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _by_notice(change: DayChange) -> tuple[date, str, date]:
    return change.published_on, change.notice_no, change.on
