"""The 期限说明: how a date came about, block by block, with the article and the notice behind each.

Written from a timeline alone, so that words and dates cannot part. ``explain`` gives lines for a
table, ``words`` a text for a letter or a judge. Total: every timeline has its explanation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from requests_app.domain import rules
from requests_app.domain.clock import Timeline
from requests_app.domain.explain import day_words, remarks
from requests_app.domain.explain.lines import Line, LineKind, Teller
from requests_app.domain.explain.remarks import Remark
from requests_app.domain.explain.summary import summary
from requests_app.domain.workdays import Calendar

__all__ = ["Explanation", "Line", "LineKind", "Remark", "explain", "ordinals", "words"]

#: Ids as they are: right where the caller chose them, as in the JSON lines.
_IDS: Final[Mapping[str, str]] = MappingProxyType({})
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"

#: Named in full once, and short from then on.
_SHORT: Final = (
    (rules.REGULATION, "条例"),
    (rules.FEE_MEASURE, "国办函〔2020〕109号"),
    ("《中华人民共和国民法典》", "民法典"),
    ("《中华人民共和国民法总则》", "民法总则"),
    ("《中华人民共和国行政复议法》", "行政复议法"),
)


@dataclass(frozen=True)
class Explanation:
    """The lines in order of days, what follows from them, what to mind, and what it rests on."""

    lines: tuple[Line, ...]
    summary: str
    remarks: tuple[Remark, ...]
    notes: tuple[str, ...]


def explain(
    timeline: Timeline, calendar: Calendar, *, names: Mapping[str, str] = _IDS
) -> Explanation:
    """Explain a timeline, with the calendar it was computed by.

    ``names`` is how consultations are called, by id; without one its id is its name.
    """
    teller = Teller(timeline, calendar, names=names)
    return Explanation(
        lines=tuple(line for segment in timeline.segments for line in teller.lines(segment)),
        summary=summary(timeline),
        remarks=remarks.of(timeline, names=names),
        notes=tuple(_notes(timeline, calendar)),
    )


def ordinals(timeline: Timeline) -> Mapping[str, str]:
    """Name consultations 甲, 乙, 丙 … in the order they were sent; a single one needs no name."""
    sent = sorted(timeline.consultations, key=lambda letter: letter.sent_on)
    if len(sent) == 1:
        return {sent[0].id: ""}
    return {
        letter.id: _STEMS[place] if place < len(_STEMS) else str(place + 1)
        for place, letter in enumerate(sent)
    }


def words(timeline: Timeline, *, calendar: Calendar, names: Mapping[str, str] = _IDS) -> str:
    """Return the whole explanation as one text, a paragraph for each period or wait."""
    told = explain(timeline, calendar, names=names)
    paragraphs = [*_days(told.lines), told.summary]
    if told.remarks:
        paragraphs.append("另需说明：" + "".join(str(remark) for remark in told.remarks))
    return _shortened("\n".join([*paragraphs, *told.notes]))


def _days(lines: tuple[Line, ...]) -> Iterator[str]:
    year = 0
    sentences: list[str] = []
    for line in lines:
        if line.kind in {LineKind.RECEIPT, LineKind.WAITING} and sentences:
            yield "；".join(sentences) + "。"
            sentences = []
        span = day_words.span(line.first, line.last, year=year)
        year = line.last.year
        sentences.append(f"{span}，{line.words}")
    yield "；".join(sentences) + "。"


def _shortened(text: str) -> str:
    for full, short in _SHORT:
        first, found, rest = text.partition(full)
        text = first + found + rest.replace(full, short)
    return text


def _notes(timeline: Timeline, calendar: Calendar) -> Iterator[str]:
    if timeline.provisional and timeline.due is not None:
        yield (
            f"以上日期为暂定：{timeline.due.year}年的放假安排尚未公布，"
            "按周末和法定节假日推算，公布之后重新计算。"
        )
    if timeline.events[0].on < rules.REPLY.in_force_from:
        yield "本说明按现行条例计算；条例自2019年5月15日起施行，此前收到的申请请另行核对。"
    basis = "没有可用的放假通知，按周末和法定节假日推算"
    if calendar.notice_no and calendar.notice_published_on is not None:
        published = day_words.full(calendar.notice_published_on)
        basis = f"按国务院办公厅历次放假通知（最近一次为{calendar.notice_no}，{published}公布）"
    if calendar.known_on is not None:
        basis += f"，只用{day_words.full(calendar.known_on)}以前公布的通知"
    yield f"工作日{basis}。"
    if chosen := rules.unusual(timeline.readings):
        yield "本机关采用的理解：" + "".join(chosen)
