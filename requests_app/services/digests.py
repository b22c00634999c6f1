"""Send what the ladder planned: one digest a person and working day; and take the acknowledgements.

A row of ``Digest`` is the claim: whoever makes it sends, whoever comes second finds it and waits for
the next working day. The list on the desk shows everything at once, digest or not.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from requests_app.domain import escalation, message_texts, office_hours
from requests_app.domain.access import Actor
from requests_app.domain.errors import Refused
from requests_app.domain.escalation import KINDS, URGENCY, Kind
from requests_app.domain.ledger import STATUS_LABELS, Status
from requests_app.domain.message_texts import DueLine, MailText, OfficeWords
from requests_app.domain.workdays import Calendar
from requests_app.models import Digest, Message, Reminder, StaffUser
from requests_app.models.messages import MessageChannel
from requests_app.selectors import calendars, offices, reminders
from requests_app.selectors.escalation import LIVE, UNREAD
from requests_app.services import messages
from requests_app.services.case_file import local_day
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)

_MOBILE: Final = re.compile(r"1[3-9]\d{9}")


def send(*, at: datetime) -> Tally:
    """Send everybody's digest of what is planned, unless the office is closed or it went out today.

    One transaction a person: a digest that cannot be written stops no other.
    """
    calendar = calendars.current()
    if not office_hours.is_open(at, calendar=calendar):
        return Tally()
    office = messages.office_words(offices.settings(on=local_day(at)))
    waiting = Reminder.objects.filter(LIVE).order_by().values_list("recipient_id", flat=True)
    sent = failed = 0
    for person_id in sorted(set(waiting.distinct())):
        try:
            sent += _send_to(person_id, at=at, calendar=calendar, office=office)
        except Exception:  # one bad digest never stops the others; the run's record counts it
            logger.exception("digest of person %s could not be written", person_id)
            failed += 1
    return Tally(changed=sent, failed=failed)


def send_to(person_id: int, *, at: datetime) -> bool:
    """Send one person's digest now; tell whether it went out.

    It waits for the next run where the office is closed, and for the next working day where today's
    went out already; on the desk it is read at once.
    """
    calendar = calendars.current()
    if not office_hours.is_open(at, calendar=calendar):
        return False
    office = messages.office_words(offices.settings(on=local_day(at)))
    return bool(_send_to(person_id, at=at, calendar=calendar, office=office))


def acknowledge(reminder_ids: Iterable[int], *, actor: Actor, at: datetime) -> int:
    """Record that the recipient has seen reminders; return how many were new to him.

    Only one's own, and only what was sent; refuses when none of them is.
    """
    own = Reminder.objects.filter(
        UNREAD, pk__in=list(reminder_ids), recipient_id=actor.staff_id or 0
    )
    changed = own.update(acknowledged_at=at)
    if not changed:
        raise Refused.because("no_such_reminder", "这些提醒已经签收、了结，或者不是发给您的。")
    return changed


def _send_to(person_id: int, *, at: datetime, calendar: Calendar, office: OfficeWords) -> int:
    today = local_day(at)
    with transaction.atomic():
        digest, ours = Digest.objects.get_or_create(
            person_id=person_id, on=today, defaults={"sent_at": at}
        )
        if not ours:
            return 0
        rows = list(
            Reminder.objects.select_for_update(of=("self",))
            .filter(LIVE, recipient_id=person_id)
            .select_related("case", "case__body")
            .order_by("pk")
        )
        for row in rows:
            row.sent_at, row.digest = at, digest
            row.days_late = escalation.working_days_late(
                row.owed_on, sent_on=today, calendar=calendar
            )
        Reminder.objects.bulk_update(rows, ["sent_at", "digest", "days_late"], batch_size=200)
        if not rows:  # a run at the same moment took them, or their reasons fell away
            digest.delete()
            return 0
        digest.message = _message(digest, rows, at=at, office=office)
        digest.save(update_fields=["message"])
    return 1


def _message(
    digest: Digest, rows: Sequence[Reminder], *, at: datetime, office: OfficeWords
) -> Message | None:
    """Owe the digest by e-mail, else by short message; who has neither reads it on the desk."""
    person = StaffUser.objects.get(pk=digest.person_id)
    text = words(rows, at=at, office=office)
    key = f"digest:{person.pk}:{digest.on.isoformat()}"
    if person.email:
        return messages.owe(
            None,
            key=key,
            channel=MessageChannel.EMAIL,
            to=person.email,
            subject=text.subject,
            body=text.body,
            at=at,
        )
    mobile = re.sub(r"[\s-]", "", person.mobile).removeprefix("+86")
    if not _MOBILE.fullmatch(mobile):
        return None
    lines = _lines(rows)
    return messages.owe(
        None,
        key=key,
        channel=MessageChannel.SMS,
        to=mobile,
        subject="",
        body=message_texts.due_sms(lines),
        at=at,
    )


def words(rows: Sequence[Reminder], *, at: datetime, office: OfficeWords) -> MailText:
    """Write one person's digest: a line a case, the most urgent first; numbers and dates only."""
    return message_texts.due_digest(
        _lines(rows),
        today=local_day(at),
        link=f"{settings.PUBLIC_BASE_URL}/admin/reminders/",
        office=office,
        late=sum(row.days_late > 0 for row in rows),
    )


def _lines(rows: Sequence[Reminder]) -> list[DueLine]:
    loudest: dict[int, Reminder] = {}
    for row in rows:
        known = loudest.get(row.case_id)
        if known is None or _urgency(row) < _urgency(known):
            loudest[row.case_id] = row
    by_urgency = sorted(
        loudest.values(), key=lambda row: (_urgency(row), reminders.day_of(row), row.case.number)
    )
    return [
        DueLine(
            number=row.case.number,
            level=KINDS[Kind(row.kind)].label,
            due_on=reminders.day_of(row),
            status=STATUS_LABELS[Status(row.case.status)],
        )
        for row in by_urgency
    ]


def _urgency(row: Reminder) -> int:
    return URGENCY.index(Kind(row.kind))
