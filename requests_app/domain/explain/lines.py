"""Blocks of days as lines: what they are to the period, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from requests_app.domain import rules
from requests_app.domain.clock import (
    Consultation,
    EventType,
    Period,
    PeriodKind,
    Segment,
    SegmentKind,
    Timeline,
    Wait,
    WaitKind,
)
from requests_app.domain.explain import day_words
from requests_app.domain.workdays import Calendar, DayNature, DayReason

_DAY: Final = timedelta(days=1)


class LineKind(StrEnum):
    """What a line tells of its days; ``REST`` is a run of days off inside a counted block."""

    RECEIPT = "receipt"
    COUNTED = "counted"
    REST = "rest"
    EXCLUDED = "excluded"
    FIXED = "fixed"
    WAITING = "waiting"
    OVERDUE = "overdue"
    AFTER = "after"


@dataclass(frozen=True)
class Line:
    """A block of days, both ends included. ``counted`` working days use up the period, if any do.

    ``sentence`` says why, without the dates; ``citation`` names article or notice.
    """

    first: date
    last: date
    counted: int | None
    kind: LineKind
    sentence: str
    citation: str

    @property
    def words(self) -> str:
        """Return the sentence with its citation."""
        if not self.citation or self.citation in self.sentence:
            return self.sentence
        return f"{self.sentence}（{self.citation}）"


class Teller:
    """Turns blocks of days into lines; the year of the receipt goes without saying."""

    def __init__(self, timeline: Timeline, calendar: Calendar, *, names: Mapping[str, str]) -> None:
        self.timeline = timeline
        self.calendar = calendar
        self.names = names
        self.year = timeline.segments[0].first.year

    def lines(self, segment: Segment) -> Iterator[Line]:
        match segment.kind:
            case SegmentKind.RECEIPT:
                basis = rules.counting_start(segment.first).citation
                citation = f"{segment.citation}；{basis}"
                sentence = self._receipt(segment)
                yield Line(segment.first, segment.last, None, LineKind.RECEIPT, sentence, citation)
            case SegmentKind.COUNTED:
                yield from self._counted(segment)
            case SegmentKind.EXCLUDED:
                yield self._line(segment, LineKind.EXCLUDED, self._excluded(segment))
            case SegmentKind.FIXED:
                yield self._line(segment, LineKind.FIXED, self._fixed(segment))
            case SegmentKind.WAITING:
                yield self._line(segment, LineKind.WAITING, self._waiting(segment))
            case SegmentKind.OVERDUE:
                yield self._line(segment, LineKind.OVERDUE, self._overdue(segment))
            case SegmentKind.AFTER:
                yield self._line(segment, LineKind.AFTER, _after(segment))

    def _line(self, segment: Segment, kind: LineKind, sentence: str) -> Line:
        return Line(segment.first, segment.last, None, kind, sentence, segment.citation)

    def _on(self, day: date) -> str:
        return day_words.short(day, year=self.year)

    def _receipt(self, segment: Segment) -> str:
        period = segment.phase
        if not isinstance(period, Period):
            return ""
        sentence = f"{_CAUSES[period.cause]}，当日不计，自次日起算"
        if period.kind is PeriodKind.DECISION_DAYS:
            sentence += f"，期限为决定指定的{period.limit}个工作日"
        elif period.kind is PeriodKind.DECISION_DATE and period.due is not None:
            sentence += f"，期限为决定指定的日期，到{self._on(period.due)}为止"
        elif period.kind is PeriodKind.OWN_TARGET:
            sentence += f"；更正申请没有法定的办理天数，本机关自定{period.limit}个工作日（{rules.AMENDMENT.citation}）"
        elif period.cause is EventType.REOPENED:
            sentence += f"，决定没有指定期限，按{rules.REPLY.days}个工作日计算"
        if period.start != period.opened_on:
            sentence += f"；当日为休息日，以{self._on(period.start)}为收到之日"
        elif not self.calendar.is_working(period.start):
            first = self.calendar.add(period.start, 1)
            sentence += f"；当日为休息日，第1个工作日为{self._on(first)}"
        return sentence

    def _counted(self, segment: Segment) -> Iterator[Line]:
        """Cut a counted block at the holidays in it; plain weekends are only mentioned."""
        used = segment.used_so_far - segment.working_days
        for first, last, off in self._runs(segment):
            reasons = [self.calendar.why(day) for day in _days(first, last)]
            if off:
                yield _rest(first, last, reasons)
                continue
            worked = sum(reason.works for reason in reasons)
            used += worked
            sentence = f"计{worked}个工作日，累计{used}个"
            makeup = {
                day: reason
                for day, reason in zip(_days(first, last), reasons, strict=True)
                if reason.nature is DayNature.MAKEUP
            }
            if makeup:
                days = day_words.listing(day_words.weekday(day) for day in makeup)
                notices = day_words.listing(reason.notice_no for reason in makeup.values())
                sentence += f"，其中{days}为调休上班日，计入（{notices}）"
            if weekends := sum(reason.nature is DayNature.WEEKEND for reason in reasons):
                sentence += f"，周末{weekends}天不计"
            if isinstance(segment.phase, Period) and used == segment.phase.limit:
                sentence += "，到自定的日子" if self.timeline.own_target else "，期满"
            yield Line(first, last, worked, LineKind.COUNTED, sentence, segment.citation)

    def _runs(self, segment: Segment) -> list[tuple[date, date, bool]]:
        """Cut a block into runs of days off around a holiday, and what lies between them."""
        runs: list[tuple[date, date, bool]] = []
        for first, last, works in _alternating(segment, self.calendar):
            off = not works and any(
                self.calendar.why(day).nature in _HOLIDAYS for day in _days(first, last)
            )
            if runs and not off and not runs[-1][2]:
                runs[-1] = (runs[-1][0], last, False)
            else:
                runs.append((first, last, off))
        return runs

    def _excluded(self, segment: Segment) -> str:
        period = segment.phase
        letters = [
            letter
            for letter in self.timeline.consultations
            if letter.effective
            and letter.id in segment.event_ids
            and isinstance(period, Period)
            and letter.life == period.life
        ]
        asked = day_words.listing(self._asked(letter) for letter in letters)
        sentence = f"征求{asked}意见，{segment.working_days}个工作日不计入答复期限"
        if len(letters) > 1:
            sentence += "，重叠的日子只扣除一次"
        return "，".join([sentence, *(self._letter(letter) for letter in letters)])

    def _asked(self, letter: Consultation) -> str:
        name = self.names.get(letter.id, letter.id)
        return _ASKED.get(letter.to, "有关方面") + (f"（{name}）" if name else "")

    def _letter(self, letter: Consultation) -> str:
        name = self.names.get(letter.id, letter.id) or "征求意见书"
        told = f"{name}于{self._on(letter.sent_on)}发出"
        if letter.delivered_on is not None:
            told += f"、{self._on(letter.delivered_on)}送达"
        if letter.answered_on is not None and not letter.answered_late:
            return f"{told}、{self._on(letter.answered_on)}收到答复"
        if letter.due is None:
            return f"{told}，尚未送达"
        if letter.is_open(self.timeline.as_of):
            return f"{told}，尚未答复，暂按15个工作日用满计算到{self._on(letter.due)}"
        return f"{told}，至第15个工作日{self._on(letter.due)}没有答复，次日起继续计算"

    def _overdue(self, segment: Segment) -> str:
        ended = "自定的日子已过" if self.timeline.own_target else "期限已经届满"
        if segment.working_days == 0:
            return f"{ended}，其后尚无工作日"
        return f"{ended}，超过{segment.working_days}个工作日"

    def _fixed(self, segment: Segment) -> str:
        period = segment.phase
        if isinstance(period, Period) and period.kind is PeriodKind.DELAYED:
            set_on = self._on(period.fixed_on or period.start)
            return f"{set_on}确定并告知延迟答复的期限，到{self._due(period)}为止，征求意见不再扣除"
        return f"按决定指定的日期，到{self._due(segment.phase)}为止，征求意见不扣除"

    def _due(self, phase: Period | Wait) -> str:
        return "" if phase.due is None else self._on(phase.due)

    def _waiting(self, segment: Segment) -> str:
        wait = segment.phase
        if not isinstance(wait, Wait):
            return ""
        notice, deed = WAIT_WORDS[wait.kind]
        arrived = f"{self._on(wait.delivered_on)}送达"
        recorded = self.timeline.events_of(_DELIVERIES[wait.kind])
        if not any(event.on == wait.delivered_on for event in recorded):
            # Nobody recorded the arrival; that the applicant acted on the notice proves it.
            arrived = f"没有送达记录，以申请人{deed}之日（{self._on(wait.delivered_on)}）为送达"
        return (
            f"{notice}于{self._on(wait.sent_on)}发出、{arrived}，"
            f"申请人应于{self._on(wait.due)}前（含当日）{deed}，等待期间不计算答复期限"
        )


def _alternating(segment: Segment, calendar: Calendar) -> Iterator[tuple[date, date, bool]]:
    first = segment.first
    for day in _days(segment.first, segment.last):
        if day == segment.last or calendar.is_working(day) != calendar.is_working(day + _DAY):
            yield first, day, calendar.is_working(day)
            first = day + _DAY


def _rest(first: date, last: date, reasons: list[DayReason]) -> Line:
    named = [reason for reason in reasons if reason.nature in _HOLIDAYS]
    names = day_words.listing(reason.name for reason in named)
    basis = day_words.listing(reason.notice_no for reason in named)
    sentence = f"{names}放假"
    if len(named) < len(reasons):
        sentence += "，连同周末"
    if any(reason.nature is DayNature.STATUTORY for reason in named):
        sentence += "，当年放假安排尚未公布，暂按法定节假日"
    return Line(first, last, None, LineKind.REST, f"{sentence}，不计", basis)


def _after(segment: Segment) -> str:
    phase = segment.phase
    if isinstance(phase, Wait) and (phase.ended_on is None or phase.due < segment.first):
        return f"期满没有{WAIT_WORDS[phase.kind][1]}，没有正在计算的期限"
    return _ENDS.get(phase.ended_by, "案件已经终结") + "，期限不再计算"


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


_HOLIDAYS: Final = frozenset({DayNature.HOLIDAY, DayNature.STATUTORY})
_ASKED: Final = {"third_party": "第三方", "organ": "其他机关", "co_maker": "共同制作机关"}
_DELIVERIES: Final = {
    WaitKind.CORRECTION: EventType.CORRECTION_DELIVERED,
    WaitKind.PAYMENT: EventType.FEE_NOTICE_DELIVERED,
}
_CAUSES: Final = {
    EventType.RECEIVED: "收到申请",
    EventType.CORRECTED: "收到补正的申请，答复期限自此重新计算",
    EventType.PAID: "申请人缴清信息处理费，处理期限自此重新计算",
    EventType.REOPENED: "复议决定或者判决送达，责令重新答复",
    EventType.INFO_FORMED: "信息形成",
    EventType.INFO_CHANGED: "信息变更",
}
WAIT_WORDS: Final = {
    WaitKind.CORRECTION: ("补正告知书", "补正"),
    WaitKind.PAYMENT: ("收费通知", "缴费"),
}
_ENDS: Final[dict[EventType | None, str]] = {
    EventType.REPLIED: "答复已经发出",
    EventType.WITHDRAWN: "申请已经撤回",
    EventType.MERGED: "已并入先收到的同一申请",
    EventType.PUBLISHED: "信息已经公开",
}
