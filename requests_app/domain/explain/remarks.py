"""What each flag of the clock says to people: one sentence, and the article it rests on.

The clock flags, the office decides: a remark says what an event did to the dates and what it did
not, never what is to be done about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from requests_app.domain import rules
from requests_app.domain.clock import EVENT_LABELS, Flag, LateCorrectionNotice, Timeline
from requests_app.domain.explain import day_words

_30: Final = rules.CORRECTION_NOTICE.citation
_33_2: Final = rules.EXTENSION.citation
_33_3: Final = rules.PAUSE.citation
_35: Final = rules.DELAY.citation
_FEE: Final = rules.PAYMENT.citation
_DECIDED: Final = "本期限由复议决定、判决或者延迟答复的告知确定"


@dataclass(frozen=True)
class Remark:
    """A flag in words: ``sentence`` for people, ``citation`` where an article stands behind it."""

    flag: Flag
    sentence: str
    citation: str = ""

    def __str__(self) -> str:
        if not self.citation:
            return self.sentence
        return f"{self.sentence.removesuffix('。')}（{self.citation}）。"


#: The sentence after the day and name of the event, and its citation.
_SENTENCES: Final[Mapping[Flag, tuple[str, str]]] = MappingProxyType({
    Flag.CORRECTION_LATE: ("超过收到申请之日起7个工作日，属于逾期告知补正。", _30),
    Flag.CORRECTION_NOT_AVAILABLE: ("此时不能告知补正，不影响期限。", _30),
    Flag.CORRECTION_REPEATED: ("补正只能一次性告知，再次告知不影响期限。", _30),
    Flag.CORRECTION_AFTER_DUE: ("答复期限已经届满，不影响期限。", _30),
    Flag.CORRECTION_UNDELIVERED: ("尚无送达记录，不影响期限；送达之后自发出之日起生效。", _30),
    Flag.CORRECTED_LATE: ("超过补正期限且没有记录正当理由，不影响期限。", _30),
    Flag.CORRECTED_LATE_JUSTIFIED: ("超过补正期限，但有正当理由，答复期限自收到之日起计算。", _30),
    Flag.EXTRA_CORRECTION_IGNORED: ("当时没有等待补正的事项，不影响期限。", _30),
    Flag.PAUSE_NOT_APPLICABLE: (f"{_DECIDED}，征求意见不暂停期限。", _33_3),
    Flag.CONSULT_AFTER_DUE: ("答复期限已经届满，征求意见不再影响期限。", _33_3),
    Flag.CONSULT_REPEATED: ("同一编号的征求意见书已经发出，再次发出不影响期限。", _33_3),
    Flag.CONSULT_UNDELIVERED: ("尚无送达和答复的记录，何时恢复计算无法确定。", _33_3),
    Flag.CONSULT_REPLY_LATE: ("超过收到征求意见书之日起15个工作日，不影响期限。", "条例第三十二条、第三十四条"),
    Flag.EXTENSION_NO_RUNNING_PERIOD: ("当时正在等待申请人，没有可以延长的期限，不发生延长的效果。", _33_2),
    Flag.EXTENSION_NOT_APPLICABLE: (f"{_DECIDED}，不能延长。", _33_2),
    Flag.EXTENSION_AFTER_DUE: ("答复期限届满以后才告知申请人，不发生延长的效果。", _33_2),
    Flag.EXTENSION_REPEATED: ("同一期限只能延长一次，再次延长不发生效果。", _33_2),
    Flag.EXTENSION_NOT_DECIDED: ("没有与之对应的同意延长的记录，不发生延长的效果。", _33_2),
    Flag.EXTENSION_NOT_NOTIFIED: ("尚未告知申请人，不发生延长的效果。", _33_2),
    Flag.EXTENSION_CAPPED: ("同意延长的天数超过20个工作日，按20个工作日计算。", _33_2),
    Flag.EXTENSION_LAPSED_ON_RESTART: ("答复期限重新计算，此前的延长不再适用。", "条例第三十条、第三十三条第二款"),
    Flag.FEE_NOTICE_NOT_AVAILABLE: ("此时不能发出收费通知，不影响期限。", _FEE),
    Flag.FEE_NOTICE_REPEATED: ("一件申请只发一次收费通知，再次发出不影响期限。", _FEE),
    Flag.FEE_NOTICE_AFTER_DUE: ("处理期限已经届满，不影响期限。", _FEE),
    Flag.FEE_NOTICE_UNDELIVERED: ("尚无送达记录，不影响期限；送达之后自发出之日起生效。", _FEE),
    Flag.PAYMENT_LATE: ("超过缴费期限，不影响期限。", _FEE),
    Flag.PAYMENT_UNEXPECTED: ("当时没有有效的收费通知，不影响期限。", _FEE),
    Flag.DELAY_NOT_AVAILABLE: ("当时不能确定延迟答复的期限，不影响期限。", _35),
    Flag.DELAY_AFTER_DUE: ("答复期限已经届满，不能再延迟。", _35),
    Flag.DELAY_NOT_LATER: ("所定日期不晚于原来的最后一天，不影响期限。", _35),
    Flag.EVENT_AFTER_CLOSE: ("当时案件已经终结，不影响期限。", ""),
    Flag.OVERDUE_BEFORE_WITHDRAWAL: ("撤回时答复期限已经届满，逾期的事实保留。", rules.REPLY.citation),
})  # fmt: skip

_NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


def of(timeline: Timeline, *, names: Mapping[str, str] = _NO_NAMES) -> tuple[Remark, ...]:
    """Return the remarks on a timeline, in the order in which the clock came upon them.

    ``names`` is how consultations are called, by id; without one its id is its name.
    """
    year = timeline.events[0].on.year
    found: list[Remark] = []
    for fault in timeline.faults:
        sentence, citation = _SENTENCES[fault.flag]
        event = fault.event
        called = names.get(event.id, event.id)
        name = f"{EVENT_LABELS[event.type]}{f'（{called}）' if called else ''}"
        day = day_words.short(event.on, year=year)
        found.append(Remark(fault.flag, f"{day}{name}：{sentence}", citation))
        if fault.flag is Flag.CORRECTION_LATE:
            found.append(Remark(fault.flag, _late_correction(timeline), _30))
    return tuple(dict.fromkeys(found))


def _late_correction(timeline: Timeline) -> str:
    if timeline.readings.late_correction_notice is LateCorrectionNotice.NONE:
        return "按本机关采用的理解，逾期告知补正不影响原答复期限。"
    if timeline.strict_due is None:
        return "补正以后答复期限仍自收到补正的申请之日起计算；从严理解的，原答复期限不因此停止。"
    return (
        "补正以后答复期限仍自收到补正的申请之日起计算；从严理解的，原答复期限不因此停止，"
        f"最后一天为{day_words.full(timeline.strict_due)}。"
    )
