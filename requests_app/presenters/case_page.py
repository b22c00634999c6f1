"""The case page: both clocks, letters, consultations, what may be done now and what may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils import timezone

from requests_app.domain import workflow
from requests_app.domain.access import ACT_LABELS, Act, Actor
from requests_app.domain.case_facts import LETTER_STATUS_LABELS, CaseFacts, LetterStatus
from requests_app.domain.clock import Timeline
from requests_app.domain.clock.phases import WaitKind
from requests_app.domain.consultations import (
    CONSULTATION_KIND_LABELS,
    POSITION_LABELS,
    SILENCE,
    ConsultationKind,
    Position,
)
from requests_app.domain.delivery import DELIVERY_WAY_LABELS, DeliveryWay
from requests_app.domain.errors import Reason
from requests_app.domain.ledger import STATUS_LABELS
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.workflow import Verdict
from requests_app.models import Consultation, Letter
from requests_app.presenters import desk_dates

_CONSULTATION_DAYS: Final = 15


@dataclass(frozen=True)
class SecondClock:
    """The clock beside the office's own: the third party's 15, the applicant's 10 or 20."""

    used: int
    total: int
    title: str
    sentence: str


@dataclass(frozen=True)
class LetterRow:
    """One letter in the table of letters."""

    letter_id: int
    label: str
    number: str
    status: str
    tone: str
    days: str
    proof: str


@dataclass(frozen=True)
class ConsultationRow:
    """One consultation: whom, since when, until when, and what silence would mean."""

    consultation_id: int
    name: str
    kind: str
    days: str
    due: str
    silence: str
    state: str
    open: bool
    cancellable: bool


@dataclass(frozen=True)
class ActRow:
    """One act: possible (a button, with warnings) or not (the reasons, with their articles)."""

    act: Act
    label: str
    hint: str
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()

    @property
    def only_elsewhere(self) -> str:
        """Name the stages the act belongs to, where nothing but the stage stands against it."""
        if {reason.code for reason in self.reasons} - {"status", "closed"}:
            return ""
        stages = workflow.SOURCES[self.act]
        return "、".join(label for status, label in STATUS_LABELS.items() if status in stages)


_HINTS: Final[Mapping[Act, str]] = MappingProxyType(
    {
        Act.ASSIGN: "交给承办部门或者经办人",
        Act.SIGN_FOR: "部门收下，开始办理",
        Act.SEND_BACK: "不属于本部门的，写明理由退回",
        Act.GIVE_OPINION: "部门、法制、保密意见都记在案卷里",
        Act.RECORD_SEARCH: "谁、哪里、什么关键词、哪天；信息不存在的须有",
        Act.ASK_DEPARTMENT: "一个或者几个部门，各有回复期限；不停答复期限",
        Act.ASK_REVIEW: "草稿送法制、保密审查；意见提出以后才能签发",
        Act.ASK_CORRECTION: "一次写全；补正后期限重新计算",
        Act.ANSWER_CORRECTION: "收到之日起重新计20个工作日",
        Act.CONSULT: "发出次日起停算，答复或者满15个工作日止",
        Act.RECORD_OPINION: "答复当日为止停算；不答复由期限届满决定",
        Act.EXTEND: "先看对比；须工作机构负责人同意并告知申请人",
        Act.CHARGE_FEE: "先试算再决定；缴清后期限重新计算",
        Act.RECORD_PAYMENT: "缴清次日起重新计20个工作日；部分缴费也登记",
        Act.PREPARE_RELEASE: "上传要给申请人的文件，登记遮盖；随答复签发",
        Act.WITHDRAW_FEE: "收错了费的；期限视同没有发出过通知",
        Act.RECORD_EXTRA: "重复缴纳、逾期收到的；应当退还",
        Act.REFUND_FEE: "多收、错收的退还以后登记票据号",
        Act.ASK_REASONS: "数量、频次明显超过合理范围的；不停期限",
        Act.GIVE_REASONS: "理由是否合理，由本机关判断",
        Act.DELAY: "理由合理的，确定并告知延迟答复的日期",
        Act.ANSWER: "先选结果；条款、文书和救济由结果带出",
        Act.CONFIRM_LAPSE: "先核实有没有正当理由；由负责人签发",
        Act.WITHDRAW: "须有申请人可核实的表示",
        Act.REOPEN: "复议决定、判决责令重新答复的",
        Act.ARCHIVE: "答复送达后归档",
        Act.CHANGE_BODY: "受文机关决定印章、文号和救济途径",
        Act.REISSUE_CODE: "申请人当面核验身份以后；旧的查询码作废",
        Act.VOID_EVENT: "登记错了的，写明理由作废；先看期限的变化",
        Act.NOTE: "电话说明、内部备注；不影响期限",
    }
)

_TONES: Final[Mapping[LetterStatus, str]] = MappingProxyType(
    {
        LetterStatus.DRAFT: "b",
        LetterStatus.PENDING: "y",
        LetterStatus.SIGNED: "y",
        LetterStatus.ISSUED: "y",
        LetterStatus.DISPATCHED: "b",
        LetterStatus.DELIVERED: "g",
        LetterStatus.VOID: "",
    }
)


def acts(facts: CaseFacts, *, actor: Actor) -> tuple[tuple[ActRow, ...], tuple[ActRow, ...]]:
    """Return what the reader may do now, and what not with the reasons; one check gives both."""
    possible: list[ActRow] = []
    refused: list[ActRow] = []
    for verdict in workflow.available(facts, actor=actor):
        row = _act(verdict)
        (possible if verdict.allowed or verdict.needs_override else refused).append(row)
    return tuple(possible), tuple(refused)


def _act(verdict: Verdict) -> ActRow:
    warnings = verdict.reasons + verdict.warnings if verdict.needs_override else verdict.warnings
    reasons = () if verdict.needs_override else verdict.reasons
    return ActRow(
        verdict.act, ACT_LABELS[verdict.act], _HINTS.get(verdict.act, ""), reasons, warnings
    )


def second_clock(timeline: Timeline, *, names: Mapping[str, str]) -> SecondClock | None:
    """Return the clock of whoever the office waits for; ``names`` are consultations by id."""
    today, calendar = timeline.as_of, timeline.calendar
    for letter in timeline.open_consultations:
        who = names.get(letter.id, "征求意见")
        if letter.due is None or letter.delivered_on is None:
            return SecondClock(
                0, _CONSULTATION_DAYS, "征求意见，待送达", f"{who}：送达后起算15个工作日"
            )
        used = calendar.count(letter.delivered_on, today)
        left = calendar.count(today, letter.due)
        until = desk_dates.with_weekday(letter.due, today=today)
        return SecondClock(
            used, _CONSULTATION_DAYS, "征求意见期", f"{who}：余{left}日，{until} 到期"
        )
    for wait in timeline.waits:
        if wait.ended_on is None and wait is timeline.phases[-1]:
            title = "补正期" if wait.kind is WaitKind.CORRECTION else "缴费期"
            until = desk_dates.with_weekday(wait.due, today=today)
            total = calendar.count(wait.delivered_on, wait.due)
            if wait.due < today:
                return SecondClock(total, total, f"申请人{title}已满", f"{until} 到期，待人工确认")
            used = calendar.count(wait.delivered_on, today)
            return SecondClock(used, total, f"申请人{title}", f"余{total - used}日，{until} 到期")
    return None


def letters(rows: Iterable[Letter], *, today: date) -> tuple[LetterRow, ...]:
    """Return the letters of a case, with their days and what proves their arrival."""
    return tuple(_letter(row, today=today) for row in rows)


def _letter(letter: Letter, *, today: date) -> LetterRow:
    status = LetterStatus(letter.status)
    delivery = getattr(letter, "delivery", None)
    days, proof = (
        desk_dates.short(timezone.localtime(letter.drafted_at).date(), today=today) + " 起草",
        "",
    )
    if status is LetterStatus.VOID:
        instead = getattr(letter, "replaced_by", None)
        named = f"，由{instead.number or '新的文书'}替换" if instead is not None else ""
        proof = f"{letter.void_reason}{named}"
    elif delivery is not None:
        days = f"{desk_dates.short(delivery.dispatched_on, today=today)} 发出"
        way = DELIVERY_WAY_LABELS[DeliveryWay(delivery.way)]
        proof = f"{way} {delivery.tracking_number}".strip()
        if delivery.delivered_on is not None:
            days += f" / {desk_dates.short(delivery.delivered_on, today=today)} 送达"
            proof = delivery.delivered_proof
    elif letter.render_error:
        proof = f"制作失败：{letter.render_error}"
    elif letter.returned_reason and status is LetterStatus.DRAFT:
        proof = f"退回：{letter.returned_reason}"
    return LetterRow(
        letter_id=letter.pk,
        label=KINDS[LetterKind(letter.kind)].label,
        number=letter.number,
        status=LETTER_STATUS_LABELS[status],
        tone=_TONES[status],
        days=days,
        proof=proof,
    )


def consultations(
    rows: Sequence[Consultation], *, timeline: Timeline, sent: frozenset[str]
) -> tuple[ConsultationRow, ...]:
    """Return the consultations of a case; ``sent`` are those whose letter went out."""
    today = timeline.as_of
    known = {letter.id: letter for letter in timeline.consultations}
    found = []
    for row in rows:
        letter = known.get(str(row.pk))
        gone = str(row.pk) in sent
        days = "未发出"
        if letter is not None:
            days = f"{desk_dates.short(letter.sent_on, today=today)} 发出"
            days += (
                f" / {desk_dates.short(letter.delivered_on, today=today)} 送达"
                if letter.delivered_on
                else " / 未送达"
            )
        due = letter.due if letter else None
        open_ = not row.position and row.cancelled_at is None
        found.append(
            ConsultationRow(
                consultation_id=row.pk,
                name=row.name,
                kind=CONSULTATION_KIND_LABELS[ConsultationKind(row.kind)],
                days=days,
                due="" if due is None else desk_dates.with_weekday(due, today=today),
                silence=SILENCE[ConsultationKind(row.kind)],
                state=_consultation_state(row, due=due, gone=gone, today=today),
                open=open_ and gone,
                cancellable=open_ and not gone,
            )
        )
    return tuple(found)


def _consultation_state(row: Consultation, *, due: date | None, gone: bool, today: date) -> str:
    if row.cancelled_at is not None:
        return "已撤销"
    if row.position:
        return POSITION_LABELS[Position(row.position)]
    if not gone:
        return "待发出"
    return "期满未登记结果" if due is not None and due < today else "等待答复"
