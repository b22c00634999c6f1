"""A period as people see it: cells of days, the account line by line, the date that matters next.

Shared by the status page and the desk. Everything comes from one ``Timeline``; no day is counted
here. What the office does about a date is another word (``presenters.status``, the desk's own).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from requests_app.domain import explain
from requests_app.domain.clock import State, Timeline, Wait
from requests_app.domain.explain import Line, LineKind
from requests_app.presenters import dates

#: Beyond this a row of cells tells nothing any more; words do.
_MOST_CELLS: Final = 60


class CellKind(StrEnum):
    """What one working day of the period is. The value is the class of the cell."""

    USED = "used"
    OPEN = "open"
    HELD = "held"
    LATE = "late"
    MAYBE = "maybe"


@dataclass(frozen=True)
class KeyItem:
    """One line of the key below the cells."""

    kind: CellKind
    words: str


@dataclass(frozen=True)
class Cells:
    """One cell a working day, and the same in words for whoever cannot see them."""

    kinds: tuple[CellKind, ...]
    label: str
    key: tuple[KeyItem, ...]


@dataclass(frozen=True)
class Row:
    """One line of the account. ``count`` is 4 天, 不计 or 暂停; ``off`` marks what does not count."""

    first: date
    last: date
    span: str
    count: str
    why: str
    citation: str
    off: bool


@dataclass(frozen=True)
class Account:
    """The account of a date (期限说明): its lines, the sentence that sums them up, what it rests on."""

    rows: tuple[Row, ...]
    summary: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class NextDate:
    """The date that matters now. ``left`` says how far it is, ``sentences`` what hangs on it.

    ``late`` where the office has let it go by.
    """

    label: str
    on: date
    left: str = ""
    sentences: tuple[str, ...] = ()
    late: bool = False

    @property
    def big(self) -> str:
        """Return the date as it is printed large."""
        return dates.day(self.on)

    @property
    def small(self) -> str:
        """Return the year and weekday beside it."""
        return f"{self.on.year} 年，{dates.weekday(self.on)}"


def cells(timeline: Timeline) -> Cells | None:
    """Draw the current period, or the applicant's own time; ``None`` where nothing is counted."""
    wait = current_wait(timeline)
    if wait is not None:
        total = timeline.calendar.count(wait.delivered_on, wait.due)
        until = min(max(timeline.as_of, wait.delivered_on), wait.due)
        return _cells(used=timeline.calendar.count(wait.delivered_on, until), total=total)
    if timeline.counted is None or timeline.allowance is None:
        return None
    late = -timeline.remaining if timeline.state is State.OVERDUE and timeline.remaining else 0
    return _cells(
        used=timeline.counted,
        total=timeline.allowance,
        held=timeline.state is State.PAUSED,
        late=late,
    )


def fresh_cells(total: int) -> Cells:
    """Draw a period that has not begun."""
    return _cells(used=0, total=total)


def account(timeline: Timeline) -> Account:
    """Return the 期限说明 of a timeline, one line a block of days."""
    told = explain.explain(timeline, timeline.calendar, names=explain.ordinals(timeline))
    return Account(rows=tuple(_rows(told.lines)), summary=told.summary, notes=told.notes)


def next_date(timeline: Timeline) -> NextDate | None:
    """Return the date that matters next, with its sentences; ``None`` where there is none.

    Written for the applicant; the desk has the same facts in ``Timeline`` for its own words.
    """
    match timeline.state:
        case State.AWAITING_CORRECTION:
            return _wait_date(timeline, "最晚这一天补正", _AFTER_CORRECTION)
        case State.AWAITING_PAYMENT:
            return _wait_date(timeline, "最晚这一天缴费", _AFTER_PAYMENT)
        case State.PAUSED:
            return _paused(timeline)
        case State.RUNNING:
            return _running(timeline)
        case State.OVERDUE:
            return _overdue(timeline)
        case State.REPLIED | State.WITHDRAWN | State.MERGED | State.ABANDONED | State.PUBLISHED:
            return None


def current_wait(timeline: Timeline) -> Wait | None:
    """Return the time in which the applicant must act now, if there is one."""
    if timeline.state not in {State.AWAITING_CORRECTION, State.AWAITING_PAYMENT}:
        return None
    return timeline.waits[-1] if timeline.waits else None


def days_left(timeline: Timeline, *, until: date) -> int:
    """Return the working days after ``as_of`` up to and including ``until``; 0 once it is over."""
    return max(0, timeline.calendar.count(timeline.as_of, until))


_AFTER_CORRECTION: Final = (
    "我们收到补正的第二天起，重新数 20 个工作日。",
    "没有正当理由过期不补正的，视为放弃申请（条例第三十条）。",
)
_AFTER_PAYMENT: Final = (
    "缴清的第二天起，重新数 20 个工作日。",
    "过期没有缴纳的，视为放弃申请（国办函〔2020〕109号）。",
)
_TENTATIVE: Final = "下一年的放假安排还没有公布，这个日期是暂定的。"


def _wait_date(timeline: Timeline, label: str, after: tuple[str, ...]) -> NextDate | None:
    wait = current_wait(timeline)
    if wait is None:
        return None
    return NextDate(label, wait.due, _left(timeline, until=wait.due), after)


def _running(timeline: Timeline) -> NextDate | None:
    if timeline.due is None:
        return None
    sentences = []
    if timeline.own_target:
        sentences.append("条例没有规定更正申请要几天办完，这是本机关给自己定的日子。")
    if timeline.extended:
        sentences.append("答复期限已经延长过一次，不会再延长。")
    elif timeline.extendable:
        sentences.append("确实需要延长的，这一天之前（含当天）书面告诉您，最多延长 20 个工作日。")
    if timeline.provisional:
        sentences.append(_TENTATIVE)
    label = "我们定的答复日" if timeline.own_target else "最晚答复日"
    return NextDate(label, timeline.due, _left(timeline, until=timeline.due), tuple(sentences))


def _paused(timeline: Timeline) -> NextDate | None:
    """Tell the day the wait for others ends, and what then remains."""
    sentences = []
    if timeline.due is not None:
        sentences.append(f"意见最晚到期的话，最晚 {timeline.due} 答复您；早到，这个日期就提前。")
    else:
        sentences.append("征求意见书送到之后，才能算出最晚答复日。")
    if timeline.provisional:
        sentences.append(_TENTATIVE)
    left = ""
    if timeline.counted is not None and timeline.allowance is not None:
        left = f"已用 {timeline.counted} 天，还剩 {timeline.allowance - timeline.counted} 个工作日"
    waits_until = [day for day in timeline.consult_due.values() if day >= timeline.as_of]
    if not waits_until:
        if timeline.due is None:
            return None
        return NextDate("最晚答复日", timeline.due, left, tuple(sentences))
    return NextDate("意见最晚等到这一天", max(waits_until), left, tuple(sentences))


def _overdue(timeline: Timeline) -> NextDate | None:
    if timeline.due is None:
        return None
    gone = -timeline.remaining if timeline.remaining else 0
    left = f"已经超过 {gone} 个工作日" if gone else "已过期限"
    label = "我们定的答复日" if timeline.own_target else "应当答复的日子"
    return NextDate(label, timeline.due, left, late=True)


def _left(timeline: Timeline, *, until: date) -> str:
    if until == timeline.as_of:
        return "今天是最后一天"
    return f"还剩 {days_left(timeline, until=until)} 个工作日"


def _cells(*, used: int, total: int, held: bool = False, late: int = 0) -> Cells:
    rest = max(0, total - used)
    rest_kind = CellKind.HELD if held else CellKind.OPEN
    kinds = (
        *(CellKind.USED for _ in range(used)),
        *(rest_kind for _ in range(rest)),
        *(CellKind.LATE for _ in range(late)),
    )
    key = [KeyItem(CellKind.USED, f"已用 {used}")] if used else []
    if rest:
        key.append(KeyItem(rest_kind, f"还剩 {rest}，暂停中" if held else f"还剩 {rest}"))
    if late:
        key.append(KeyItem(CellKind.LATE, f"超过 {late}"))
    label = f"{total} 个工作日：" + "，".join(item.words for item in key)
    return Cells(kinds[:_MOST_CELLS], label, tuple(key))


def _rows(lines: Iterable[Line]) -> Iterable[Row]:
    for line in lines:
        yield Row(
            first=line.first,
            last=line.last,
            span=dates.span(line.first, line.last),
            count=_count(line),
            why=line.sentence,
            citation=line.citation,
            off=line.kind not in {LineKind.COUNTED, LineKind.FIXED},
        )


def _count(line: Line) -> str:
    return f"{line.counted} 天" if line.counted is not None else _UNCOUNTED.get(line.kind, "不计")


_UNCOUNTED: Final = {
    LineKind.EXCLUDED: "暂停",
    LineKind.FIXED: "定日",
    LineKind.WAITING: "等待",
    LineKind.OVERDUE: "超期",
    LineKind.AFTER: "—",
}
