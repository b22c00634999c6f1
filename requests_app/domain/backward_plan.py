"""The steps of a case planned back from its last day: how long each holder may still take, who used the slack.

Usual lengths are the office's own step clocks (settings of the ladder), in working days;
the days held are the counted days of the current reply period, so a pause is nobody's. A predicted
breach is said in words with its sum; there is no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain import inquiries
from requests_app.domain.clock import State, Timeline
from requests_app.domain.clock.segments import SegmentKind
from requests_app.domain.escalation import Thresholds
from requests_app.domain.inquiries import InquirySeen
from requests_app.domain.ledger import Entry, LedgerEntry
from requests_app.domain.workdays import Calendar


class Stage(StrEnum):
    """The stretches of the office's work up to the answer going out, in their order."""

    ASSIGN = "assign"
    SIGN_FOR = "sign_for"
    WORK = "work"
    REVIEW = "review"
    SIGN = "sign"
    DISPATCH = "dispatch"


STAGE_LABELS: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        Stage.ASSIGN: "分办",
        Stage.SIGN_FOR: "签收",
        Stage.WORK: "检索和意见",
        Stage.REVIEW: "拟稿审核",
        Stage.SIGN: "签发",
        Stage.DISPATCH: "制作发出",
    }
)
#: Which of the office's thresholds says how long a stage usually takes.
_USUAL: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        Stage.ASSIGN: "assign",
        Stage.SIGN_FOR: "sign_for",
        Stage.WORK: "opinion",
        Stage.REVIEW: "review",
        Stage.SIGN: "sign",
        Stage.DISPATCH: "delivery",
    }
)
_COUNTED: Final = frozenset({SegmentKind.COUNTED, SegmentKind.FIXED, SegmentKind.OVERDUE})
_RUNNING: Final = frozenset({State.RUNNING, State.OVERDUE})
#: From here on nobody in the office holds the case: it is over, or the applicant must act first.
_OUT_OF_HAND: Final = frozenset({
    Entry.REPLIED, Entry.WITHDRAWN, Entry.MERGED, Entry.LAPSED, Entry.CORRECTION_REQUESTED,
    Entry.FEE_NOTICE,
})  # fmt: skip
_DAY: Final = timedelta(days=1)

BODY: Final = "工作机构"
HEAD: Final = "负责人"


@dataclass(frozen=True)
class Spell:
    """Somebody held the case in one stage, from the day after ``since`` up to and including ``until``."""

    stage: Stage
    who: str
    since: date
    until: date


@dataclass(frozen=True)
class Held:
    """How many counted working days one holder had a stage, and how many it usually takes."""

    stage: Stage
    who: str
    days: int
    usual: int

    @property
    def over(self) -> int:
        """Return how many days more than usual; 0 where none."""
        return max(0, self.days - self.usual)


@dataclass(frozen=True)
class Planned:
    """One remaining stage: whose, how long it usually takes yet, its latest day, how long it may take.

    ``may_use`` counts working days after today for who holds the case now, all slack included; for who
    comes later it is the usual length, because the slack is not theirs yet.
    """

    stage: Stage
    who: str
    usual: int
    latest_on: date
    may_use: int
    now: bool


@dataclass(frozen=True)
class Plan:
    """The whole plan: days left to the last day, days the remaining stages usually need, who had how many."""

    due_on: date
    left: int
    needed: int
    steps: tuple[Planned, ...]
    held: tuple[Held, ...]
    sentence: str

    @property
    def breach(self) -> int:
        """Return how many working days are lacking; 0 where the usual days suffice."""
        return max(0, self.needed - max(0, self.left)) if self.left >= 0 else self.needed


def plan(
    standing: Sequence[LedgerEntry],
    *,
    timeline: Timeline,
    thresholds: Thresholds,
    drafted_on: date | None,
    clerk: str = "",
) -> Plan | None:
    """Plan the remaining stages of an open case.

    Nothing while the period stands still, while the applicant must act, and once it is over.
    ``drafted_on`` is the day of the answer's unsigned draft, if there is one; ``clerk`` who holds the
    case in the working body.
    """
    due, today = timeline.due, timeline.as_of
    course = tuple(spells(standing, today=today, drafted_on=drafted_on, clerk=clerk))
    if due is None or timeline.state not in _RUNNING or not course:
        return None
    held = tuple(_held(course, timeline=timeline, thresholds=thresholds))
    asked = inquiries.still_open(standing)
    department = _department(standing)
    steps = tuple(
        _steps(
            course[-1],
            held=held,
            others=asked,
            who=department or clerk or BODY,
            clerk=clerk or BODY,
            due=due,
            today=today,
            calendar=timeline.calendar,
            thresholds=thresholds,
        )
    )
    left = _left(due, today=today, calendar=timeline.calendar)
    needed = sum(each.usual for each in steps)
    sentence = _sentence(due, left=left, needed=needed, steps=steps, held=held)
    return Plan(due, left, needed, steps, held, sentence)


def spells(
    standing: Iterable[LedgerEntry], *, today: date, drafted_on: date | None, clerk: str = ""
) -> Iterator[Spell]:
    """Tell who held the case when, up to today; nothing while the applicant has it or it is over."""
    moves = list(_moves(standing, drafted_on=drafted_on, clerk=clerk or BODY))
    if not moves or moves[-1] is None:
        return
    known = [each for each in moves if each is not None]
    for (on, stage, who), following in zip(known, [*known[1:], None], strict=True):
        until = following[0] if following else today
        yield Spell(stage, who, on, max(on, until))


def _moves(
    standing: Iterable[LedgerEntry], *, drafted_on: date | None, clerk: str
) -> Iterator[tuple[date, Stage, str] | None]:
    """Give each change of stage or holder, with its day; ``None`` where nobody here has it."""
    stage, department = Stage.ASSIGN, ""
    drafted = drafted_on
    for each in standing:
        if drafted is not None and each.on > drafted and stage is Stage.WORK:
            stage = Stage.REVIEW
            yield drafted, stage, clerk
        if each.entry in _OUT_OF_HAND:
            yield None
            continue
        found = _after(each, stage=stage)
        if each.entry is Entry.ASSIGNED:
            department = str(each.data.get("department", ""))
        elif each.entry is Entry.SENT_BACK:
            department = ""
        if found is not None:
            stage = found
            yield each.on, stage, _holder(stage, department=department, clerk=clerk)
    if drafted is not None and stage is Stage.WORK:
        yield drafted, Stage.REVIEW, clerk


def _after(entry: LedgerEntry, *, stage: Stage) -> Stage | None:
    if entry.entry is Entry.OPINION_GIVEN:
        ours = inquiries.is_departments_opinion(entry) and stage is Stage.WORK
        return Stage.REVIEW if ours else None
    if entry.entry is Entry.NOTED:
        # Given to a clerk and no department: he searches himself.
        given = stage is Stage.ASSIGN and entry.data.get("clerk_id") is not None
        return Stage.WORK if given else None
    return _BY_ENTRY.get(entry.entry)


_BY_ENTRY: Final[Mapping[Entry, Stage]] = MappingProxyType(
    {
        Entry.RECEIVED: Stage.ASSIGN,
        Entry.ASSIGNED: Stage.SIGN_FOR,
        Entry.SIGNED_FOR: Stage.WORK,
        Entry.SENT_BACK: Stage.ASSIGN,
        Entry.CORRECTED: Stage.WORK,
        Entry.PAID: Stage.WORK,
        Entry.REOPENED: Stage.WORK,
        Entry.ANSWER_SUBMITTED: Stage.SIGN,
        Entry.ANSWER_RETURNED: Stage.REVIEW,
        Entry.ANSWER_SIGNED: Stage.DISPATCH,
    }
)


def _holder(stage: Stage, *, department: str, clerk: str) -> str:
    if stage is Stage.SIGN:
        return HEAD
    if stage in {Stage.SIGN_FOR, Stage.WORK}:
        return department or clerk
    return BODY if stage is Stage.ASSIGN else clerk


def _department(standing: Iterable[LedgerEntry]) -> str:
    name = ""
    for each in standing:
        if each.entry is Entry.ASSIGNED:
            name = str(each.data.get("department", ""))
        elif each.entry is Entry.SENT_BACK:
            name = ""
    return name


def _held(course: Sequence[Spell], *, timeline: Timeline, thresholds: Thresholds) -> Iterator[Held]:
    """Sum the counted days of the current period by stage and holder, in the order they came."""
    days: dict[tuple[Stage, str], int] = {}
    for spell in course:
        key = spell.stage, spell.who
        days[key] = days.get(key, 0) + _counted(spell, timeline=timeline)
    for (stage, who), count in days.items():
        yield Held(stage, who, count, _usual(stage, thresholds))


def _counted(spell: Spell, *, timeline: Timeline) -> int:
    total = 0
    for block in timeline.segments:
        if block.kind not in _COUNTED or block.phase != timeline.period:
            continue
        after = max(spell.since, block.first - _DAY)
        until = min(spell.until, block.last)
        if after < until:
            total += timeline.calendar.count(after, until)
    return total


def _usual(stage: Stage, thresholds: Thresholds) -> int:
    return int(getattr(thresholds, _USUAL[stage]))


def _steps(
    current: Spell,
    *,
    held: Sequence[Held],
    others: Sequence[InquirySeen],
    who: str,
    clerk: str,
    due: date,
    today: date,
    calendar: Calendar,
    thresholds: Thresholds,
) -> Iterator[Planned]:
    """Give the remaining stages from the present one on; departments only asked stand beside it."""
    order = tuple(Stage)
    rest = order[order.index(current.stage) :]
    usual = {stage: _usual(stage, thresholds) for stage in rest}
    had = next(each.days for each in held if (each.stage, each.who) == (current.stage, current.who))
    # A stage under way takes one more day at least, however long it has been going on.
    usual[current.stage] = max(1, usual[current.stage] - had)
    holders = {Stage.ASSIGN: BODY, Stage.SIGN_FOR: who, Stage.WORK: who, Stage.SIGN: HEAD}
    after = sum(usual.values())
    for stage in rest:
        after -= usual[stage]
        latest = calendar.day(max(1, calendar.rank(due) - after))
        now = stage is current.stage
        left = max(0, _left(latest, today=today, calendar=calendar))
        name = current.who if now else holders.get(stage, clerk)
        yield Planned(stage, name, usual[stage], latest, left if now else usual[stage], now)
        if stage is Stage.WORK or (now and order.index(stage) > order.index(Stage.WORK)):
            for other in others:
                yield _beside(
                    other, latest=latest, today=today, calendar=calendar, thresholds=thresholds
                )


def _beside(
    asked: InquirySeen, *, latest: date, today: date, calendar: Calendar, thresholds: Thresholds
) -> Planned:
    """Plan a department that is only asked: by its own last day, and never later than the stage's."""
    own = calendar.add(asked.asked.on, _usual(Stage.WORK, thresholds))
    until = min(own, latest)
    left = max(0, _left(until, today=today, calendar=calendar))
    return Planned(Stage.WORK, asked.department, 0, until, left, now=True)


def _left(day: date, *, today: date, calendar: Calendar) -> int:
    """Count the working days after today up to a day; negative where it has gone by."""
    return calendar.count(today, day) if today <= day else -calendar.count(day, today)


def _sentence(
    due: date, *, left: int, needed: int, steps: Sequence[Planned], held: Sequence[Held]
) -> str:
    listed = "、".join(f"{STAGE_LABELS[each.stage]}{each.usual}" for each in steps if each.usual)
    if left < 0:
        said = f"答复期限{due}已过{-left}个工作日，余下的环节通常还要{needed}个（{listed}）。"
    elif needed <= left:
        return f"到{due}还有{left}个工作日，余下的环节通常要{needed}个（{listed}），机动{left - needed}个。"
    else:
        said = (
            f"预计超期：余下的环节通常要{needed}个工作日（{listed}），到{due}只有{left}个，"
            f"差{needed - left}个。"
        )
    used = "、".join(
        f"{each.who}{STAGE_LABELS[each.stage]}多用{each.over}个" for each in held if each.over
    )
    return said + (f"{used}工作日。" if used else "前面的环节都没有超过通常的天数。")
