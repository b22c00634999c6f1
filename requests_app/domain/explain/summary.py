"""The sentence that sums a timeline up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from requests_app.domain import rules
from requests_app.domain.clock import State, Timeline, WaitKind
from requests_app.domain.clock.events import PUBLICATION_TYPES
from requests_app.domain.explain import day_words
from requests_app.domain.explain.lines import WAIT_WORDS

_NO_PERIOD: Final = f"更正申请没有法定的办理天数（{rules.AMENDMENT.citation}）"


def summary(timeline: Timeline) -> str:
    """Return the sentence that sums a timeline up: where it stands and what day that means."""
    return _SENTENCES[timeline.state](timeline)


def _running(timeline: Timeline) -> str:
    return f"{_allowance(timeline)}，{_last_day(timeline)}"


def _awaiting(timeline: Timeline) -> str:
    wait = timeline.waits[-1]
    deed = WAIT_WORDS[wait.kind][1]
    return (
        f"正在等待申请人{deed}，最后一天为{day_words.full(wait.due)}；"
        f"{deed}之前没有正在计算的答复期限。"
    )


def _allowance(timeline: Timeline) -> str:
    period = timeline.period
    if timeline.allowance is None:
        return "期限由确定的日期届满"
    length = f"期限为{timeline.allowance}个工作日"
    if timeline.own_target:
        length = f"{_NO_PERIOD}，本机关自定{timeline.allowance}个工作日"
    if period.extension_days and period.extension_told_on is not None:
        plain = timeline.allowance - period.extension_days
        length += (
            f"（{plain}个工作日，{day_words.full(period.extension_told_on)}告知申请人"
            f"延长{period.extension_days}个工作日，{rules.EXTENSION.citation}）"
        )
    return f"{length}，截至{day_words.full(timeline.as_of)}已用{timeline.counted}个"


def _last_day(timeline: Timeline) -> str:
    deed = "公开" if timeline.period.cause in PUBLICATION_TYPES else "答复"
    if timeline.due is None:
        return f"目前无法确定应当{deed}的最后一天。"
    return (
        f"还剩{timeline.remaining}个工作日，应于{day_words.full(timeline.due)}前（含当日）{deed}。"
    )


def _paused(timeline: Timeline) -> str:
    if timeline.due is None:
        return f"{_allowance(timeline)}；正在征求意见，征求意见书尚未送达，目前无法确定最后一天。"
    if not timeline.projected:
        return f"{_allowance(timeline)}；正在征求意见，{_last_day(timeline)}"
    return (
        f"{_allowance(timeline)}；正在征求意见，暂停计算。按对方用满15个工作日计算，"
        f"应于{day_words.full(timeline.due)}前（含当日）答复；提前收到意见的，这一天相应提前。"
    )


def _overdue(timeline: Timeline) -> str:
    if timeline.own_target:
        return _target_missed(timeline)
    deed = "公开" if timeline.period.cause in PUBLICATION_TYPES else "答复"
    last = "" if timeline.due is None else day_words.full(timeline.due)
    gone = -(timeline.remaining or 0)
    late = f"已经超过{gone}个工作日" if gone else "其后尚无工作日"
    return f"应于{last}前（含当日）{deed}，期限已经届满，{late}。"


def _target_missed(timeline: Timeline) -> str:
    last = "" if timeline.due is None else day_words.full(timeline.due)
    gone = -(timeline.remaining or 0)
    late = f"已经超过{gone}个工作日" if gone else "其后尚无工作日"
    return f"{_NO_PERIOD}；本机关自定于{last}前（含当日）答复，{late}，应当抓紧办理。"


def _abandoned(timeline: Timeline) -> str:
    wait = timeline.waits[-1]
    due = day_words.full(wait.due)
    if wait.kind is WaitKind.PAYMENT:
        return (
            f"申请人应于{due}前（含当日）缴费，期满没有缴清，视为放弃申请（{rules.FEE_MEASURE}）。"
        )
    return (
        f"申请人应于{due}前（含当日）补正，期满没有补正；没有正当理由的，视为放弃申请"
        f"（{rules.CORRECTION_NOTICE.citation}），由本机关核实后确认。"
    )


def _replied(timeline: Timeline) -> str:
    on = "" if timeline.closed_on is None else day_words.full(timeline.closed_on)
    if timeline.due is None:
        return f"答复于{on}发出，当时没有可以确定最后一天的期限，不属于逾期。"
    if timeline.own_target:
        kept = "在这一天之前" if timeline.on_time else "晚于这一天"
        return f"答复于{on}发出；{_NO_PERIOD}，本机关自定的最后一天为{day_words.full(timeline.due)}，{kept}。"
    kept = "在期限之内" if timeline.on_time else "超过期限"
    return f"答复于{on}发出，答复期限的最后一天为{day_words.full(timeline.due)}，{kept}。"


def _withdrawn(timeline: Timeline) -> str:
    on = "" if timeline.closed_on is None else day_words.full(timeline.closed_on)
    if timeline.due is None:
        return f"申请人于{on}撤回申请，期限终止。"
    if timeline.own_target:
        return f"申请人于{on}撤回申请；此前本机关自定的日子（{day_words.full(timeline.due)}）已过。"
    return f"申请人于{on}撤回申请；此前答复期限已于{day_words.full(timeline.due)}届满，逾期的事实保留。"


def _merged(timeline: Timeline) -> str:
    on = "" if timeline.closed_on is None else day_words.full(timeline.closed_on)
    return f"本件于{on}并入先收到的同一申请，答复期限以那一件为准。"


def _published(timeline: Timeline) -> str:
    on = "" if timeline.closed_on is None else day_words.full(timeline.closed_on)
    due = "" if timeline.due is None else day_words.full(timeline.due)
    kept = "在期限之内" if timeline.on_time else "超过期限"
    return f"信息于{on}公开，应当公开的最后一天为{due}，{kept}（{rules.PROACTIVE.citation}）。"


_SENTENCES: Final[Mapping[State, Callable[[Timeline], str]]] = MappingProxyType(
    {
        State.RUNNING: _running,
        State.PAUSED: _paused,
        State.OVERDUE: _overdue,
        State.AWAITING_CORRECTION: _awaiting,
        State.AWAITING_PAYMENT: _awaiting,
        State.ABANDONED: _abandoned,
        State.REPLIED: _replied,
        State.WITHDRAWN: _withdrawn,
        State.MERGED: _merged,
        State.PUBLISHED: _published,
    }
)
