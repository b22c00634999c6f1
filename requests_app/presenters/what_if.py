"""With and without: two bars on one scale and a table, shown before an act that moves the dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from requests_app.domain.clock import Timeline
from requests_app.presenters import day_bar, desk_dates
from requests_app.presenters.day_bar import Bar
from requests_app.selectors.what_if import WhatIf

_WIDTH = 1000


@dataclass(frozen=True)
class Row:
    """One way to go on: the due date, what is left, what must be done by when, what it costs."""

    name: str
    due: str
    left: str
    must: str
    cost: str
    provisional: bool = False


@dataclass(frozen=True)
class Comparison:
    """Both ways on one scale."""

    bars: tuple[Bar, ...]
    rows: tuple[Row, ...]


def extension(found: WhatIf, *, days: int) -> Comparison:
    """Compare not extending with an extension by ``days`` working days."""
    before, after = found.before, found.after
    must = "" if before.due is None else f"{_day(before.due, before)} 当日以前告知申请人"
    return Comparison(
        bars=day_bar.pair(before, after, names=("不延", f"延{days}日"), width=_WIDTH),
        rows=(
            _now(before, name="不延", last="{day} 是最后一天，过了不能再延"),
            _row(
                after,
                name=f"延{days}日",
                must=must,
                cost="一件只能延一次；补正、缴费后重新计算的不再含延长",
            ),
        ),
    )


def correction(found: WhatIf) -> Comparison:
    """Compare going on with asking for a correction today."""
    return _waiting(
        found,
        now=_now(found.before, name="不办", must=_correction_by(found.before)),
        name="今天告知补正并送达",
        wait="等申请人补正，没有答复期限",
        last="补正",
        cost="只能告知一次，以后不能再补正；补正后期限重新计算，已延长的不再算；等待期间不能延期",
    )


def fee_notice(found: WhatIf) -> Comparison:
    """Compare going on with a fee notice today."""
    return _waiting(
        found,
        now=_now(found.before, name="不办", last="要收费的，最迟 {day} 发出通知，过了不能再收"),
        name="今天发出收费通知并送达",
        wait="等申请人缴费，没有答复期限",
        last="缴费",
        cost="一件只收费一次；缴清后期限重新计算，已延长的不再算；逾期未缴视为放弃",
    )


def consultation(found: WhatIf) -> Comparison:
    """Compare going on with a consultation sent today that uses all of its 15 working days."""
    before, after = found.before, found.after
    until = "" if found.waits_until is None else f"对方最迟 {_day(found.waits_until, before)} 答复"
    return Comparison(
        bars=day_bar.pair(before, after, names=("不征求", "征求"), width=_WIDTH),
        rows=(
            _now(before, name="不征求", last="要征求的，{day} 以前发出才停算，过了期限不再推后"),
            _row(
                after,
                name="今天发出并送达",
                must=until,
                cost="对方提前答复，期限相应提前；与已有暂停重叠的日子只算一次",
            ),
        ),
    )


def voiding(before: Timeline, after: Timeline) -> Comparison:
    """Compare a ledger as it is with one put right."""
    return Comparison(
        bars=day_bar.pair(before, after, names=("现在", "更正后"), width=_WIDTH),
        rows=(_now(before, name="现在"), _row(after, name="更正后", must="", cost="")),
    )


def _correction_by(before: Timeline) -> str:
    """Say until when a 补正 may be asked for: the seventh working day, after it only with a reason."""
    last = before.correction_notice_due
    if last is None:
        return ""
    if before.as_of > last:
        return f"告知补正的7个工作日到 {_day(last, before)} 已满，仍要补正须写理由"
    return f"要补正的，最迟 {_day(last, before)} 告知"


def _waiting(found: WhatIf, *, now: Row, name: str, wait: str, last: str, cost: str) -> Comparison:
    before = found.before
    rows = [now]
    if found.waits_until is None:
        rows.append(_row(found.after, name=name, must="", cost="今天办理不影响期限"))
    else:
        until = _day(found.waits_until, before)
        rows.append(
            Row(name=name, due=wait, left="—", must=f"申请人最迟 {until} {last}", cost=cost)
        )
        if found.then is not None and found.then.due is not None:
            due = _day(found.then.due, before)
            provisional = found.then.provisional
            rows.append(
                Row(
                    f"{until} {last}的",
                    due,
                    "重新计20个工作日",
                    "",
                    f"提前{last}的，期限相应提前",
                    provisional,
                )
            )
    bars = day_bar.pair(before, found.then or found.after, names=("不办", "办理"), width=_WIDTH)
    return Comparison(bars=bars, rows=tuple(rows))


def _now(timeline: Timeline, *, name: str, must: str = "", last: str = "") -> Row:
    """Return the row of not acting; ``last`` says what the due day is the last day for."""
    if timeline.due is None:
        return _row(timeline, name=name, must=must, cost="")
    day = _day(timeline.due, timeline) + ("（预计）" if timeline.projected else "")
    also = last.format(day=day) if last else ""
    told = [each for each in (must, also) if each]
    return _row(timeline, name=name, must="；".join(["在期限内答复", *told]), cost="")


def _row(timeline: Timeline, *, name: str, must: str, cost: str) -> Row:
    left = timeline.remaining
    words = "—" if left is None else f"{left}个工作日" if left >= 0 else f"已超{-left}个工作日"
    due = "没有正在计算的期限" if timeline.due is None else _day(timeline.due, timeline)
    if timeline.projected:
        due = f"预计 {due}"
    return Row(name, due, words, must, cost, timeline.provisional)


def _day(day: date, timeline: Timeline) -> str:
    return desk_dates.with_weekday(day, today=timeline.as_of)
