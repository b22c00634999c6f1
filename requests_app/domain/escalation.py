"""The ladder 催办 → 督办: what is owed for a case on a day, of which kind, since when.

A reminder is owed once its day has come and as long as its reason stands; nothing is counted by
ticking, so a week without a worker changes nothing but the day on which the gap is sent. Who gets it
is ``staffing``; what the office has been doing since when is ``step_clocks``; what was sent is for
``services.escalation``. Steps and days are settings with versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.errors import Reason, Refused
from requests_app.domain.workdays import Calendar


class Kind(StrEnum):
    """Each reminder there is. The first five are the ladder of the reply period, in its order.

    ``NUDGE`` is sent by a person and owed by no date; it goes through the same ledger.
    """

    REMIND = "remind"
    URGE = "urge"
    YELLOW = "yellow"
    RED = "red"
    BULLETIN = "bulletin"

    ASSIGN = "assign"
    SIGN_FOR = "sign_for"
    CORRECTION_WARN = "correction_warn"
    CORRECTION_LAST = "correction_last"
    OPINION = "opinion"
    CONSULT_WARN = "consult_warn"
    CONSULT_LAST = "consult_last"
    CONSULT_SILENT = "consult_silent"
    EXTENSION_WARN = "extension_warn"
    EXTENSION_LAST = "extension_last"
    REVIEW = "review"
    SIGN = "sign"
    DELIVERY = "delivery"
    ARCHIVE = "archive"
    LAPSE = "lapse"
    INQUIRY_SIGN = "inquiry_sign"
    INQUIRY = "inquiry"

    NUDGE = "nudge"


class Post(StrEnum):
    """In which capacity somebody is told."""

    HANDLER = "handler"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    LEADER = "leader"
    DEPUTY_LEADER = "deputy_leader"
    OFFICE = "office"


POST_LABELS: Final[Mapping[Post, str]] = MappingProxyType(
    {
        Post.HANDLER: "经办、承办人",
        Post.HEAD: "部门负责人",
        Post.SUPERVISOR: "监督",
        Post.LEADER: "部门主要负责人",
        Post.DEPUTY_LEADER: "分管领导",
        Post.OFFICE: "工作机构",
    }
)

#: To whom a reminder goes that was not acknowledged in time; the last of them have nobody above.
ABOVE: Final[Mapping[Post, Post]] = MappingProxyType(
    {
        Post.HANDLER: Post.HEAD,
        Post.HEAD: Post.SUPERVISOR,
        Post.SUPERVISOR: Post.LEADER,
        Post.LEADER: Post.DEPUTY_LEADER,
    }
)


class Card(StrEnum):
    """How loud a reminder is: a word and a colour."""

    NONE = "none"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True)
class KindSpec:
    """What one kind is called, to whom it goes at first, and how loud it is."""

    label: str
    posts: tuple[Post, ...]
    card: Card = Card.NONE


_HANDLER: Final = (Post.HANDLER,)
_OVERTIME: Final = (Post.HANDLER, Post.HEAD, Post.SUPERVISOR)

KINDS: Final[Mapping[Kind, KindSpec]] = MappingProxyType({
    Kind.REMIND: KindSpec("提醒", _HANDLER),
    Kind.URGE: KindSpec("催办", (Post.HANDLER, Post.HEAD)),
    Kind.YELLOW: KindSpec("黄牌", _OVERTIME, Card.YELLOW),
    Kind.RED: KindSpec("红牌", (Post.LEADER, Post.DEPUTY_LEADER, Post.HANDLER), Card.RED),
    Kind.BULLETIN: KindSpec("拟通报", (Post.OFFICE,), Card.RED),
    Kind.ASSIGN: KindSpec("分办超时", _OVERTIME, Card.YELLOW),
    Kind.SIGN_FOR: KindSpec("签收超时", _OVERTIME, Card.YELLOW),
    Kind.CORRECTION_WARN: KindSpec("是否补正，该定了", _HANDLER),
    Kind.CORRECTION_LAST: KindSpec("告知补正最后一天", _HANDLER),
    Kind.OPINION: KindSpec("部门意见超时", _OVERTIME, Card.YELLOW),
    Kind.CONSULT_WARN: KindSpec("征求意见将到期", _HANDLER),
    Kind.CONSULT_LAST: KindSpec("征求意见快到期", _HANDLER),
    Kind.CONSULT_SILENT: KindSpec("征求意见已到期，请登记结果", _HANDLER),
    Kind.EXTENSION_WARN: KindSpec("是否延期，该定了", _HANDLER),
    Kind.EXTENSION_LAST: KindSpec("延期最后提醒", (Post.HANDLER, Post.HEAD)),
    Kind.REVIEW: KindSpec("审核超时", _OVERTIME, Card.YELLOW),
    Kind.SIGN: KindSpec("签发超时", _OVERTIME, Card.YELLOW),
    Kind.DELIVERY: KindSpec("送达超时", _OVERTIME, Card.YELLOW),
    Kind.ARCHIVE: KindSpec("归档超时", _HANDLER),
    Kind.LAPSE: KindSpec("视为放弃待确认超时", _OVERTIME, Card.YELLOW),
    Kind.INQUIRY_SIGN: KindSpec("协办签收超时", _OVERTIME, Card.YELLOW),
    Kind.INQUIRY: KindSpec("协办意见超时", _OVERTIME, Card.YELLOW),
    Kind.NUDGE: KindSpec("人工催办", ()),
})  # fmt: skip

#: The most urgent first: how one line of a digest speaks for several reminders of a case.
URGENCY: Final = (
    Kind.BULLETIN, Kind.RED, Kind.YELLOW, Kind.URGE, Kind.NUDGE, Kind.EXTENSION_LAST, Kind.CORRECTION_LAST,
    Kind.SIGN, Kind.REVIEW, Kind.DELIVERY, Kind.OPINION, Kind.INQUIRY, Kind.SIGN_FOR, Kind.INQUIRY_SIGN,
    Kind.ASSIGN, Kind.LAPSE,
    Kind.CONSULT_SILENT, Kind.REMIND, Kind.EXTENSION_WARN, Kind.CORRECTION_WARN, Kind.CONSULT_LAST,
    Kind.CONSULT_WARN, Kind.ARCHIVE,
)  # fmt: skip


@dataclass(frozen=True)
class Thresholds:
    """When each step is owed, in working days; a version of the office's settings.

    The first three count days left of the reply period, the next two days gone by since its end.
    The others count from where a step began, which is itself not counted: a step so long is still
    in time. ``extension_*`` count used days of the ordinary 20. ``order_reply`` is how long a
    department has to answer a 督办单, ``acknowledge`` how long a reminder may lie unread.
    Refuses an order of steps that makes no sense, each reason under the name of its field.
    """

    remind: int = 5
    urge: int = 3
    yellow: int = 1
    red: int = 1
    bulletin: int = 5
    assign: int = 1
    sign_for: int = 1
    correction_warn: int = 5
    correction_last: int = 7
    opinion: int = 5
    consult_warn: int = 10
    consult_last: int = 13
    extension_warn: int = 15
    extension_last: int = 18
    review: int = 2
    sign: int = 1
    delivery: int = 2
    archive: int = 10
    lapse: int = 2
    order_reply: int = 3
    acknowledge: int = 1

    def __post_init__(self) -> None:
        reasons = tuple(_against(self))
        if reasons:
            raise Refused(reasons)


THRESHOLD_LABELS: Final[Mapping[str, str]] = MappingProxyType({
    "remind": "提醒：答复期限剩余",
    "urge": "催办：答复期限剩余",
    "yellow": "黄牌：答复期限剩余",
    "red": "红牌、督办单：超过期限",
    "bulletin": "拟通报：超过期限",
    "assign": "分办",
    "sign_for": "承办部门签收",
    "correction_warn": "补正决定：收到后第几日提醒",
    "correction_last": "补正决定：收到后第几日最后提醒",
    "opinion": "部门意见",
    "consult_warn": "征求意见：送达后第几日提醒",
    "consult_last": "征求意见：送达后第几日再提醒",
    "extension_warn": "延期决定：第几日提醒",
    "extension_last": "延期决定：第几日最后提醒",
    "review": "审核（拟稿到送签）",
    "sign": "签发",
    "delivery": "送达",
    "archive": "归档（送达后）",
    "lapse": "确认视为放弃",
    "order_reply": "督办单反馈时限",
    "acknowledge": "提醒签收时限，超过上报一级",
})  # fmt: skip

#: What the law leaves at most: a reminder after these days would come too late (条例 30, 32, 33).
_AT_MOST: Final = {"correction_last": 7, "consult_last": 14, "extension_last": 19}
_RISING: Final = (
    ("urge", "remind"), ("yellow", "urge"), ("red", "bulletin"), ("correction_warn", "correction_last"),
    ("consult_warn", "consult_last"), ("extension_warn", "extension_last"),
)  # fmt: skip
_LONGEST: Final = 60


def _against(given: Thresholds) -> Iterator[Reason]:
    for each in fields(given):
        label, days = THRESHOLD_LABELS[each.name], getattr(given, each.name)
        most = _AT_MOST.get(each.name, _LONGEST)
        if not 1 <= days <= most:
            yield Reason(each.name, f"“{label}”应当是1到{most}个工作日。")
    for lower, upper in _RISING:
        if getattr(given, lower) >= getattr(given, upper):
            sentence = f"“{THRESHOLD_LABELS[lower]}”应当小于“{THRESHOLD_LABELS[upper]}”。"
            yield Reason(lower, sentence)


DEFAULT_THRESHOLDS: Final = Thresholds()


class StepKind(StrEnum):
    """What somebody is doing, or waiting for, with a clock of its own."""

    ASSIGN = "assign"
    SIGN_FOR = "sign_for"
    CORRECTION = "correction"
    OPINION = "opinion"
    CONSULT = "consult"
    REVIEW = "review"
    SIGN = "sign"
    DELIVERY = "delivery"
    ARCHIVE = "archive"
    LAPSE = "lapse"
    INQUIRY_SIGN = "inquiry_sign"
    INQUIRY = "inquiry"


@dataclass(frozen=True)
class Step:
    """A step under way: counted from ``started_on`` (not counted), known to the system since ``known_on``.

    ``department_id`` names the department whose step it is where that is not the one with the case.
    """

    kind: StepKind
    started_on: date
    known_on: date
    department_id: int | None = None


@dataclass(frozen=True)
class Situation:
    """What the ladder must know of a case.

    ``reply_due`` is the last day of a reply period that is running or has gone by unanswered;
    ``None`` while it is paused, while the applicant's own time runs, and once the case is closed, so
    that nothing of the ladder is owed. ``known_on`` is the day on which that date came to be what it
    is, a resumed period's day of resumption. ``used_of_ordinary`` is the length of an ordinary,
    unextended period whose extension may still be decided; ``None`` otherwise.
    """

    reply_due: date | None
    known_on: date
    used_of_ordinary: int | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Owed:
    """One reminder owed: its kind, the day it warns of, and the working day since which it is owed.

    ``department_id`` names whose step it is where that is not the department with the case.
    """

    kind: Kind
    due_on: date
    owed_on: date
    department_id: int | None = None


#: These warn of a last day and are worth nothing once it has gone by.
_EXPIRING: Final = frozenset({
    Kind.CORRECTION_WARN, Kind.CORRECTION_LAST, Kind.EXTENSION_WARN, Kind.EXTENSION_LAST,
    Kind.CONSULT_WARN, Kind.CONSULT_LAST,
})  # fmt: skip
_CONSULT_DAYS: Final = 15
#: A department that is only asked signs and replies as fast as the one that has the case.
_THRESHOLD_OF: Final = {StepKind.INQUIRY_SIGN: "sign_for", StepKind.INQUIRY: "opinion"}
_CORRECTION_DAYS: Final = 7


def owed(
    situation: Situation, *, today: date, calendar: Calendar, thresholds: Thresholds
) -> tuple[Owed, ...]:
    """Return everything owed for a case by ``today``, in the order of its days.

    It is the whole sum since the present dates came to be, not what is new: what was sent already is
    taken off by who keeps the ledger. Raises ``Refused`` for dates outside the calendar.
    """
    due = (
        each
        for each in _all(situation, calendar=calendar, thresholds=thresholds)
        if each.owed_on <= today and not (each.kind in _EXPIRING and each.due_on < today)
    )
    return tuple(sorted(set(due), key=_in_order))


def next_look(
    situation: Situation, *, today: date, calendar: Calendar, thresholds: Thresholds
) -> date | None:
    """Return the next day on which something more falls owed if nothing happens; ``None`` if none."""
    found = _all(situation, calendar=calendar, thresholds=thresholds)
    return min((each.owed_on for each in found if each.owed_on > today), default=None)


def unread_since(sent_on: date, *, today: date, calendar: Calendar, thresholds: Thresholds) -> bool:
    """Tell whether a reminder sent on a day has lain unacknowledged for too long."""
    return today > calendar.add(sent_on, thresholds.acknowledge)


def working_days_late(owed_on: date, *, sent_on: date, calendar: Calendar) -> int:
    """Count the working days a reminder was sent after it fell owed; 0 when it was in time."""
    return max(0, calendar.count(owed_on, sent_on))


def _all(situation: Situation, *, calendar: Calendar, thresholds: Thresholds) -> Iterator[Owed]:
    """Give everything that is or will be owed if nothing happens."""
    yield from _of_reply(situation, calendar=calendar, thresholds=thresholds)
    for step in situation.steps:
        yield from _of_step(step, calendar=calendar, thresholds=thresholds)


def _of_reply(
    situation: Situation, *, calendar: Calendar, thresholds: Thresholds
) -> Iterator[Owed]:
    due = situation.reply_due
    if due is None:
        return

    def since(day: date) -> date:
        return max(day, calendar.roll(situation.known_on))

    for kind in (Kind.REMIND, Kind.URGE, Kind.YELLOW):
        left = int(getattr(thresholds, kind.value))
        yield Owed(kind, due, since(_before(due, left, calendar=calendar)))
    for kind in (Kind.RED, Kind.BULLETIN):
        yield Owed(kind, due, since(calendar.add(due, int(getattr(thresholds, kind.value)))))
    if situation.used_of_ordinary is not None:
        for kind in (Kind.EXTENSION_WARN, Kind.EXTENSION_LAST):
            left = situation.used_of_ordinary - int(getattr(thresholds, kind.value))
            day = since(_before(due, left, calendar=calendar))
            if day <= due:  # afterwards the law allows none (条例 33 ¶2)
                yield Owed(kind, due, day)


def _before(due: date, left: int, *, calendar: Calendar) -> date:
    """Return the working day on which ``left`` working days remain up to and including ``due``."""
    return calendar.day(max(1, calendar.rank(due) - left))


def _of_step(step: Step, *, calendar: Calendar, thresholds: Thresholds) -> Iterator[Owed]:
    def since(day: date) -> date:
        return max(day, calendar.roll(step.known_on))

    if step.kind is StepKind.CORRECTION:
        last = calendar.add(step.started_on, _CORRECTION_DAYS)
        for kind in (Kind.CORRECTION_WARN, Kind.CORRECTION_LAST):
            days = int(getattr(thresholds, kind.value))
            day = since(calendar.add(step.started_on, days))
            if day <= last:  # afterwards it needs a reason of its own (条例 30)
                yield Owed(kind, last, day)
    elif step.kind is StepKind.CONSULT:
        last = calendar.add(step.started_on, _CONSULT_DAYS)
        for kind in (Kind.CONSULT_WARN, Kind.CONSULT_LAST):
            days = int(getattr(thresholds, kind.value))
            yield Owed(kind, last, since(calendar.add(step.started_on, days)))
        yield Owed(Kind.CONSULT_SILENT, last, since(calendar.add(last, 1)))
    else:
        days = int(getattr(thresholds, _THRESHOLD_OF.get(step.kind, step.kind.value)))
        last = calendar.add(step.started_on, days)
        owed_on = since(calendar.add(last, 1))
        yield Owed(Kind(step.kind.value), last, owed_on, step.department_id)


def _in_order(each: Owed) -> tuple[date, int, date]:
    return each.owed_on, -URGENCY.index(each.kind), each.due_on
