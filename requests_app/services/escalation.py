"""The ladder 催办 → 督办 as an owed-versus-sent ledger: compute what is owed, plan what is missing.

``plan`` writes the rows, ``digests`` sends them. What is owed is computed anew from the cases each
time; the rows say what was planned and sent; the difference is the work. So a missed week sends its
gap once, a second run finds nothing, and two runs at once agree through the unique constraint. One
case a transaction, under its lock, judged again there: a case that cannot be judged stops no other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from requests_app.domain import escalation, office_hours, staffing
from requests_app.domain.errors import Refused
from requests_app.domain.escalation import ABOVE, KINDS, Kind, Owed, Post, Thresholds
from requests_app.domain.staffing import Staffing
from requests_app.domain.workdays import Calendar
from requests_app.models import Case, EscalationSettings, Reminder
from requests_app.selectors import calendars
from requests_app.selectors import escalation as selector
from requests_app.selectors import staffing as people
from requests_app.selectors.escalation import Watched
from requests_app.services import digests, supervision
from requests_app.services.case_file import local_day
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)

BATCH: Final = 500


@dataclass(frozen=True)
class Rules:
    """What a whole run goes by: its moment, the calendar, the thresholds, the office's people.

    ``office_open`` tells whether papers may go out: a 督办单 bears its day and asks for an answer
    counted from it, so none is dated on a day off or at night.
    """

    at: datetime
    today: date
    office_open: bool
    calendar: Calendar
    settings: EscalationSettings | None
    thresholds: Thresholds
    staffing: Staffing


@dataclass(frozen=True)
class Wanted:
    """One reminder that should be there: what is owed, to whom, in which capacity."""

    owed: Owed
    recipient_id: int
    post: Post

    @property
    def key(self) -> tuple[str, date, int]:
        """Return what makes it one, within its case."""
        return self.owed.kind.value, self.owed.due_on, self.recipient_id


@dataclass(frozen=True)
class Difference:
    """What stands between owed and sent for one case: rows to add, to cancel, to settle, to raise."""

    missing: tuple[Wanted, ...]
    moot: tuple[Reminder, ...]
    unread: tuple[Reminder, ...]
    orders: tuple[Owed, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.moot or self.unread or self.orders)


class NobodyToTell(Exception):
    """A reminder is owed and the whole office has nobody at work who could be told."""


def run(*, at: datetime) -> Tally:
    """Plan everything owed by ``at`` and send each person one digest, if the office is open."""
    return plan(at=at) + supervision.render_missing(at=at) + digests.send(at=at)


def rules(*, at: datetime) -> Rules:
    """Read what a run at ``at`` goes by."""
    today = local_day(at)
    row, calendar = selector.settings_row(on=today), calendars.current()
    return Rules(
        at=at,
        today=today,
        office_open=office_hours.is_open(at, calendar=calendar),
        calendar=calendar,
        settings=row,
        thresholds=selector.thresholds(row),
        staffing=people.on(today),
    )


def plan(*, at: datetime) -> Tally:
    """Bring the rows in line with what is owed: add, cancel, settle, raise; one transaction a case."""
    given = rules(at=at)
    ids = selector.candidates(today=given.today)
    done = Tally()
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        for case_id in _differing(batch, given):
            try:
                changed = _settle_accounts(case_id, given)
            except Exception:  # one bad case never stops the batch; the run's record counts it
                logger.exception("ladder of case %s could not be judged", case_id)
                done += Tally(failed=1)
            else:
                done += Tally(changed=changed)
        done += Tally(seen=len(batch))
    return done


def difference(case_id: int, *, at: datetime) -> Difference:
    """Return what stands between owed and sent for one case, without writing."""
    given = rules(at=at)
    seen = next(selector.watched([case_id], today=given.today, calendar=given.calendar))
    rows = selector.reminders([case_id]).get(case_id, [])
    return _difference(seen, rows, selector.ordered_days([case_id]), given)


def _differing(case_ids: Sequence[int], given: Rules) -> Iterator[int]:
    """Give the cases of a batch that need work; those that cannot be judged here are tried alone."""
    try:
        seen = list(selector.watched(case_ids, today=given.today, calendar=given.calendar))
        standing = selector.reminders(case_ids)
        ordered = selector.ordered_days(case_ids)
    except (Refused, KeyError, ValueError):
        yield from case_ids
        return
    for each in seen:
        try:
            differs = bool(_difference(each, standing.get(each.case_id, []), ordered, given))
        except (Refused, NobodyToTell):
            differs = True
        if differs:
            yield each.case_id


def _settle_accounts(case_id: int, given: Rules) -> int:
    """Judge one case again under its lock and write the difference; return how many rows changed."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        seen = next(selector.watched([case_id], today=given.today, calendar=given.calendar))
        rows = list(Reminder.objects.select_for_update().filter(case_id=case_id).order_by("pk"))
        found = _difference(seen, rows, selector.ordered_days([case_id]), given)
        changed = _add(case, found.missing, rows, given)
        changed += _close(found.moot, given)
        changed += _raise(case, seen, found.unread, rows, given)
        for each in found.orders:
            supervision.issue_for_ladder(
                case,
                missed_on=each.due_on,
                thresholds=given.thresholds,
                staffing=given.staffing,
                calendar=given.calendar,
                at=given.at,
            )
        return changed + len(found.orders)


def _difference(
    seen: Watched, rows: Sequence[Reminder], ordered: frozenset[tuple[int, date]], given: Rules
) -> Difference:
    due = escalation.owed(
        seen.situation, today=given.today, calendar=given.calendar, thresholds=given.thresholds
    )
    wanted = _wanted(seen, due, given)
    standing = {_key(row): row for row in rows}
    reasons = {(each.kind.value, each.due_on) for each in due}
    missing = tuple(
        each
        for key, each in wanted.items()
        if key not in standing or standing[key].cancelled_at is not None
    )
    live = [row for row in rows if row.cancelled_at is None and row.settled_at is None]
    moot = tuple(
        row
        for row in live
        if row.acknowledged_at is None
        and not (_asked_for(row, seen, given) or _stands(row, reasons=reasons, wanted=set(wanted)))
    )
    gone = {row.pk for row in moot}
    unread = tuple(
        row for row in live if row.pk not in gone and _unread(row, given) and row.raised_at is None
    )
    orders = tuple(
        each
        for each in due
        if given.office_open
        and each.kind is Kind.RED
        and (seen.case_id, each.due_on) not in ordered
    )
    return Difference(missing, moot, unread, orders)


def _wanted(
    seen: Watched, due: Sequence[Owed], given: Rules
) -> dict[tuple[str, date, int], Wanted]:
    """Return each reminder that should be there; a person in two capacities gets it in the first."""
    found: dict[tuple[str, date, int], Wanted] = {}
    for each in due:
        for post in KINDS[each.kind].posts:
            for person in _told(post, seen, given, department_id=each.department_id):
                one = Wanted(each, person, post)
                found.setdefault(one.key, one)
    return found


def _told(
    post: Post, seen: Watched, given: Rules, *, department_id: int | None = None
) -> tuple[int, ...]:
    found = staffing.told(
        post,
        clerk_id=seen.clerk_id,
        department_id=department_id or seen.department_id,
        staffing=given.staffing,
    )
    if not found:
        raise NobodyToTell(f"nobody at work to be told as {post} of case {seen.case_id}")
    return found


def _asked_for(row: Reminder, seen: Watched, given: Rules) -> bool:
    """Tell whether a row is somebody's own 催办 of a case still open and with the same holder.

    No date owes it, so no date takes it away.
    """
    if Kind(row.kind) is not Kind.NUDGE or not seen.open:
        return False
    if row.raised_from_id is not None:
        return True
    departments = {None, *(step.department_id for step in seen.situation.steps)}
    return any(
        row.recipient_id in _told(Post(row.post), seen, given, department_id=each)
        for each in departments
    )


def _stands(
    row: Reminder, *, reasons: set[tuple[str, date]], wanted: set[tuple[str, date, int]]
) -> bool:
    """Tell whether the reason of a row stands and the row still goes to the right person."""
    if (row.kind, row.due_on) not in reasons:
        return False
    return row.raised_from_id is not None or _key(row) in wanted


def _unread(row: Reminder, given: Rules) -> bool:
    if row.sent_at is None or row.acknowledged_at is not None:
        return False
    return escalation.unread_since(
        timezone.localtime(row.sent_at).date(),
        today=given.today,
        calendar=given.calendar,
        thresholds=given.thresholds,
    )


def _add(case: Case, missing: Sequence[Wanted], rows: Sequence[Reminder], given: Rules) -> int:
    """Add the rows that are missing; one that was cancelled before is owed again.

    A reminder somebody had already had is new for its next holder only: he is not told late.
    """
    had = {(row.kind, row.due_on) for row in rows if row.sent_at is not None}
    cancelled = {_key(row): row for row in rows if row.cancelled_at is not None}
    for each in missing:
        handed_on = (each.owed.kind.value, each.owed.due_on) in had
        values = {
            "post": each.post.value,
            "owed_on": given.today if handed_on else each.owed.owed_on,
            "planned_at": given.at,
            "settings": given.settings,
            "calendar_version": given.calendar.version,
        }
        again = cancelled.get(each.key)
        if again is not None:
            Reminder.objects.filter(pk=again.pk).update(cancelled_at=None, **values)
        else:
            Reminder.objects.create(
                case=case,
                kind=each.owed.kind.value,
                due_on=each.owed.due_on,
                recipient_id=each.recipient_id,
                **values,
            )
    return len(missing)


def _close(moot: Sequence[Reminder], given: Rules) -> int:
    """Cancel what was not sent yet and settle what was, because its reason fell away."""
    for row in moot:
        field = "cancelled_at" if row.sent_at is None else "settled_at"
        Reminder.objects.filter(pk=row.pk).update(**{field: given.at})
    return len(moot)


def _raise(
    case: Case, seen: Watched, unread: Sequence[Reminder], rows: Sequence[Reminder], given: Rules
) -> int:
    """Pass each reminder nobody acknowledged to the first level above with somebody new in it."""
    had = {_key(row) for row in Reminder.objects.filter(case_id=case.pk)} if unread else set()
    for row in unread:
        post: Post | None = ABOVE.get(Post(row.post))
        while post is not None:
            fresh = [
                person
                for person in _told(post, seen, given, department_id=_asked(row, given))
                if (row.kind, row.due_on, person) not in had
            ]
            if fresh:
                for person in fresh:
                    Reminder.objects.create(
                        case=case,
                        kind=row.kind,
                        due_on=row.due_on,
                        recipient_id=person,
                        post=post.value,
                        owed_on=given.today,
                        planned_at=given.at,
                        settings=given.settings,
                        calendar_version=given.calendar.version,
                        raised_from=row,
                    )
                    had.add((row.kind, row.due_on, person))
                break
            post = ABOVE.get(post)
        Reminder.objects.filter(pk=row.pk).update(raised_at=given.at)
    return len(unread)


def _asked(row: Reminder, given: Rules) -> int | None:
    """Return the department asked, where a row is about its inquiry: that of whom it was sent to."""
    person = given.staffing.people.get(row.recipient_id)
    asked = Kind(row.kind) in {Kind.INQUIRY, Kind.INQUIRY_SIGN}
    return person.department_id if asked and person is not None else None


def _key(row: Reminder) -> tuple[str, date, int]:
    return row.kind, row.due_on, row.recipient_id
