"""Marks by which the work list can be narrowed: what the strip above it counts, and finer ones.

Each is one condition on a case, asked of dates and rows as they stand, never of a job's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.domain import clock
from requests_app.domain.access import Act, Actor
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.ledger import OPEN, Entry
from requests_app.domain.workdays import Calendar
from requests_app.models import (
    CaseLikeness,
    Event,
    ImportedCase,
    Letter,
    Message,
    PublicationDecision,
)
from requests_app.models.choices import values
from requests_app.models.messages import MessageStatus

#: Letters that only repeat a fact; once out, nobody at the desk waits for their proof.
SELF_SENT: Final = frozenset({Act.REGISTER.value, Act.TELL_APPLICANT.value})

#: A pause of so many working days stands on the strip; a letter without proof after so many.
LONG_PAUSE_WORKING_DAYS: Final = 10
PROOF_WORKING_DAYS: Final = 2


class Flag(StrEnum):
    """A mark of a case, in the order the page offers them."""

    DUE_TODAY = "due_today"
    DUE_IN_THREE = "due_in_three"
    OVERDUE = "overdue"
    LONG_PAUSE = "long_pause"
    NO_PROOF = "no_proof"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    EXTENDED = "extended"
    PAUSED = "paused"
    BOUNCED = "bounced"
    SIMILAR = "similar"
    PUBLICATION = "publication"
    IMPORTED = "imported"


FLAG_LABELS: Final[Mapping[Flag, str]] = MappingProxyType(
    {
        Flag.DUE_TODAY: "今日到期",
        Flag.DUE_IN_THREE: "3日内到期",
        Flag.OVERDUE: "超期",
        Flag.LONG_PAUSE: "暂停满10日",
        Flag.NO_PROOF: "缺回执",
        Flag.MINE: "我经办的",
        Flag.UNASSIGNED: "没有经办人",
        Flag.EXTENDED: "已延期",
        Flag.PAUSED: "暂停中",
        Flag.BOUNCED: "通知发送失败",
        Flag.SIMILAR: "有相近申请",
        Flag.PUBLICATION: "建议主动公开",
        Flag.IMPORTED: "旧台账导入",
    }
)

#: What the strip above the list counts.
STRIP: Final = (
    Flag.DUE_TODAY,
    Flag.DUE_IN_THREE,
    Flag.OVERDUE,
    Flag.LONG_PAUSE,
    Flag.NO_PROOF,
)


def condition(flag: Flag, *, actor: Actor, today: date, calendar: Calendar) -> Q:
    """Return the condition of one mark on ``today``."""
    is_open = Q(status__in=values(OPEN))
    paused = Q(clock_state=clock.State.PAUSED.value) & ~Q(due_on__lt=today)
    if flag is Flag.DUE_IN_THREE:
        last = calendar.add(today, 3)
        return is_open & ~paused & Q(due_on__gt=today, due_on__lte=last)
    if flag is Flag.LONG_PAUSE:
        since = _working_days_ago(today, LONG_PAUSE_WORKING_DAYS, calendar=calendar)
        return is_open & paused & Q(_has(_open_consultations(sent_by=since)))
    if flag is Flag.NO_PROOF:
        since = _working_days_ago(today, PROOF_WORKING_DAYS, calendar=calendar)
        return Q(_has(without_proof().filter(delivery__dispatched_on__lte=since)))
    conditions: dict[Flag, Q] = {
        Flag.DUE_TODAY: is_open & ~paused & Q(due_on=today),
        Flag.OVERDUE: is_open & Q(due_on__lt=today),
        Flag.MINE: Q(clerk_id=actor.staff_id),
        Flag.UNASSIGNED: Q(clerk_id__isnull=True),
        Flag.EXTENDED: Q(_has(_standing(Entry.EXTENSION_NOTIFIED))),
        Flag.PAUSED: is_open & paused,
        Flag.BOUNCED: Q(_has(Message.objects.filter(status=MessageStatus.FAILED.value))),
        Flag.SIMILAR: Q(_has(CaseLikeness.objects.all()))
        | Q(_has(CaseLikeness.objects.all(), by="other")),
        Flag.PUBLICATION: _for_publication(),
        Flag.IMPORTED: Q(_has(ImportedCase.objects.all())),
    }
    return conditions[flag]


def without_proof() -> QuerySet[Letter]:
    """Return the letters that went out and whose arrival nobody has proved yet."""
    sent = Letter.objects.filter(status=LetterStatus.DISPATCHED.value)
    return sent.exclude(act__in=SELF_SENT)


def _for_publication() -> Q:
    """Several people ask for the same and nobody has decided whether to publish it (条例 44 ¶1)."""
    others = CaseLikeness.objects.filter(same_applicant=False)
    asked = Q(_has(others)) | Q(_has(others, by="other"))
    return asked & ~Q(_has(PublicationDecision.objects.all()))


def _standing(entry: Entry) -> QuerySet[Event]:
    """Return the entries of a kind that nobody voided."""
    voids = Event.objects.filter(case=OuterRef("case"), voids=OuterRef("seq"))
    return Event.objects.filter(~Exists(voids), entry=entry.value)


def _open_consultations(*, sent_by: date) -> QuerySet[Event]:
    """Return dispatches of consultations of long ago whose answer has not come."""
    answers = Event.objects.filter(
        case=OuterRef("case"), entry=Entry.CONSULT_REPLIED.value, ref=OuterRef("ref")
    )
    return _standing(Entry.CONSULT_SENT).filter(~Exists(answers), on__lte=sent_by)


def _working_days_ago(today: date, working_days: int, *, calendar: Calendar) -> date:
    """Return the day since which so many working days have gone by."""
    rank = max(1, calendar.rank(today) - working_days)
    return calendar.day(rank)


def _has(rows: QuerySet[Any], *, by: str = "case") -> Exists:
    return Exists(rows.filter(**{by: OuterRef("pk")}))
