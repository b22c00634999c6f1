"""The law's own conditions for each act: what stands against it, what it warns of.

Role, status and four eyes are asked in ``workflow``, which asks these last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from requests_app.domain import clock, inquiries
from requests_app.domain.access import ACT_LABELS, Act
from requests_app.domain.articles import (
    ART_17,
    ART_30,
    ART_32,
    ART_33_2,
    ART_33_3,
    ART_35,
    FEE_MEASURE,
)
from requests_app.domain.case_facts import CaseFacts, LetterStatus
from requests_app.domain.errors import Reason

MAX_EXTENSION_WORKING_DAYS: Final = 20


@dataclass(frozen=True)
class Found:
    """What the law says against an act now, what it warns of, and which reasons can be overcome."""

    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    overridable: frozenset[str] = frozenset()


NOTHING: Final = Found()


def _correction(facts: CaseFacts) -> Found:
    if facts.correction_used:
        sentence = "补正只能一次性告知，本件已经告知过。仍不明确的，按“补正后申请内容仍不明确”答复，或者电话说明并记备注。"
        return Found((Reason("correction_repeated", sentence, ART_30),))
    if facts.decided_period:
        return Found(
            (
                Reason(
                    "correction_not_available",
                    "本期限由复议决定或者判决确定，不能再告知补正。",
                ),
            )
        )
    if facts.overdue:
        return Found(
            (
                Reason(
                    "correction_after_due",
                    "答复期限已过，此时告知补正不再影响期限，请直接答复。",
                    ART_30,
                ),
            )
        )
    last = facts.timeline.correction_notice_due
    if last is not None and facts.today > last:
        sentence = f"补正应当自收到申请之日起7个工作日内告知，最后一天是{last}，现在已过。确需补正的，请写明理由。"
        return Found(
            (Reason("correction_late", sentence, ART_30),),
            overridable=frozenset({"correction_late"}),
        )
    return NOTHING


def _consultation(facts: CaseFacts) -> Found:
    if facts.overdue:
        sentence = "答复期限已过，现在征求意见不再暂停期限；涉及第三方权益的，仍应当征求。"
        return Found(warnings=(Reason("consult_after_due", sentence, ART_32),))
    if not facts.ordinary_period and facts.awaited is not clock.WaitKind.CORRECTION:
        sentence = "本期限由复议决定、判决或者延迟答复确定，征求意见不暂停期限。"
        return Found(warnings=(Reason("pause_not_applicable", sentence, ART_33_3),))
    return NOTHING


def _opinion(facts: CaseFacts) -> Found:
    if facts.timeline.consultations:
        return NOTHING
    return Found((Reason("no_consultation", "本件没有发出过征求意见书。", ART_32),))


def _result(facts: CaseFacts) -> Found:
    found = _opinion(facts)
    if found.reasons or facts.results_owed:
        return found
    sentence = "发出的征求意见书都已经登记了结果；登记错了的，作废那一条再登记。"
    return Found((Reason("answered_already", sentence, ART_32),))


def _extension(facts: CaseFacts) -> Found:
    if not facts.ordinary_period:
        sentence = "本期限由复议决定、判决或者延迟答复确定，不能延长。"
        return Found((Reason("extension_not_applicable", sentence, ART_33_2),))
    if not facts.period_runs:
        sentence = (
            "答复期限已经届满，届满后不能延长。"
            if facts.overdue
            else "现在没有正在计算的答复期限，不能延长。"
        )
        code = "extension_after_due" if facts.overdue else "extension_no_running_period"
        return Found((Reason(code, sentence, ART_33_2),))
    if facts.timeline.extended:
        return Found(
            (Reason("extension_repeated", "本期限已经延长过一次，不能再延长。", ART_33_2),)
        )
    return NOTHING


def _fee(facts: CaseFacts) -> Found:
    if facts.fee_used:
        return Found(
            (
                Reason(
                    "fee_notice_repeated",
                    "本件已经发出过收费通知，一件申请只收费一次。",
                    FEE_MEASURE,
                ),
            )
        )
    if facts.decided_period:
        sentence = "本期限由复议决定或者判决确定，不能收取信息处理费。"
        return Found((Reason("fee_notice_not_available", sentence, FEE_MEASURE),))
    if facts.overdue:
        sentence = "收费通知应当在答复期限内发出，期限已过。"
        return Found((Reason("fee_notice_after_due", sentence, FEE_MEASURE),))
    return NOTHING


def _delay(facts: CaseFacts) -> Found:
    if not facts.reasons_given:
        sentence = "应当先要求申请人说明理由，理由合理的才能确定延迟答复的期限。"
        return Found((Reason("reasons_missing", sentence, ART_35),))
    if facts.decided_period:
        sentence = "本期限由复议决定或者判决确定，不能另定延迟答复的期限。"
        return Found((Reason("delay_not_available", sentence, ART_35),))
    if facts.overdue:
        return Found(
            (Reason("delay_after_due", "答复期限已过，不能再确定延迟答复的期限。", ART_35),)
        )
    return NOTHING


def _answer(facts: CaseFacts) -> Found:
    if facts.open_consultations:
        sentence = (
            f"还有{facts.open_consultations}份征求意见书没有答复，也没有到15个工作日。"
            "请先登记结果；不再需要的，作废那份征求意见书。"
        )
        return Found((Reason("open_consultation", sentence, ART_32),))
    if facts.inquiries:
        sentence = (
            f"{inquiries.names(facts.inquiries)}的协办还没有回复；不等回复的，请在台账里撤回。"
        )
        return Found(warnings=(Reason("open_inquiry", sentence),))
    if facts.overdue:
        sentence = f"答复期限{facts.timeline.due}已过，现在答复属于逾期答复，仍应尽快作出。"
        return Found(warnings=(Reason("overdue", sentence, "《政府信息公开条例》第三十三条"),))
    return NOTHING


def _release(facts: CaseFacts) -> Found:
    answer = facts.letter_under_way(Act.ANSWER)
    if answer is not None and answer.status is not LetterStatus.DRAFT:
        sentence = "答复已经送签，提供的文件不能再改；要改的，先由负责人退回答复。"
        return Found((Reason("answer_with_the_head", sentence, ART_17),))
    return NOTHING


def _lapse(facts: CaseFacts) -> Found:
    if facts.timeline.state is clock.State.ABANDONED:
        return NOTHING
    last = facts.applicants_last_day
    citation = FEE_MEASURE if facts.awaited is clock.WaitKind.PAYMENT else ART_30
    if last is None:
        sentence = "告知书还没有送达，申请人的期限没有开始，不能视为放弃。"
    else:
        sentence = f"申请人的期限到{last}（含当日）为止，还没有届满，不能视为放弃。"
    return Found((Reason("not_lapsed", sentence, citation),))


def _payment(facts: CaseFacts) -> Found:
    if facts.timeline.state is clock.State.ABANDONED:
        sentence = (
            "缴费期限已过，逾期未缴纳的视为放弃申请；现在收到的款项请用“登记多收的款项”登记并退还，"
            "申请人可以重新申请。"
        )
        return Found((Reason("payment_late", sentence, FEE_MEASURE),))
    return NOTHING


def _extra_payment(facts: CaseFacts) -> Found:
    if not facts.fee_ever:
        return Found((Reason("no_fee", "本件没有发出过收费通知。", FEE_MEASURE),))
    if facts.payment_awaited:
        sentence = "正在等申请人缴费，收到的款项请用“登记缴费”登记。"
        return Found((Reason("payment_awaited", sentence, FEE_MEASURE),))
    return NOTHING


def _fee_withdrawal(facts: CaseFacts) -> Found:
    if not facts.fee_used:
        sentence = "本件没有生效的收费通知；没有发出的，作废那份文书即可。"
        return Found((Reason("no_fee", sentence, FEE_MEASURE),))
    return NOTHING


def _refund(facts: CaseFacts) -> Found:
    if facts.fee_refundable_fen <= 0:
        sentence = (
            "没有应当退还的款项。多缴、逾期收到的，请先登记收到；收错了费的，请先撤销收费通知。"
        )
        return Found((Reason("nothing_to_refund", sentence, FEE_MEASURE),))
    return NOTHING


def _corrected(facts: CaseFacts) -> Found:
    if facts.awaited is clock.WaitKind.PAYMENT:
        sentence = "现在等的是缴费，不是补正。"
        return Found((Reason("correction_not_awaited", sentence, ART_30),))
    return NOTHING


def _reasons(facts: CaseFacts) -> Found:
    if facts.reasons_asked:
        return Found((Reason("reasons_repeated", "已经要求申请人说明过理由。", ART_35),))
    return NOTHING


def _late(facts: CaseFacts) -> Found:
    if facts.missed_on is None:
        return Found((Reason("not_late", "这件申请没有超过答复期限，不用说明原因。"),))
    return NOTHING


def _review(facts: CaseFacts) -> Found:
    if facts.unsigned_answer:
        return NOTHING
    return Found((Reason("no_draft", "还没有起草答复，没有可以送审的。"),))


def _archive(facts: CaseFacts) -> Found:
    if facts.missed_on is not None and not facts.late_explained:
        sentence = (
            f"答复期限{facts.missed_on}没有按期，归档前必须说明超期原因（“{ACT_LABELS[Act.EXPLAIN_LATE]}”），"
            "年度统计和监督按环节汇总。"
        )
        return Found((Reason("late_reason_missing", sentence),))
    return NOTHING


CONDITIONS: Final[dict[Act, Callable[[CaseFacts], Found]]] = {
    Act.ASK_CORRECTION: _correction,
    Act.ANSWER_CORRECTION: _corrected,
    Act.CONSULT: _consultation,
    Act.RECORD_OPINION: _result,
    Act.TELL_THIRD_PARTY: _opinion,
    Act.EXTEND: _extension,
    Act.CHARGE_FEE: _fee,
    Act.RECORD_PAYMENT: _payment,
    Act.RECORD_EXTRA: _extra_payment,
    Act.WITHDRAW_FEE: _fee_withdrawal,
    Act.REFUND_FEE: _refund,
    Act.ASK_REASONS: _reasons,
    Act.DELAY: _delay,
    Act.ANSWER: _answer,
    Act.PREPARE_RELEASE: _release,
    Act.CONFIRM_LAPSE: _lapse,
    Act.PROPOSE_LAPSE: _lapse,
    Act.EXPLAIN_LATE: _late,
    Act.ASK_REVIEW: _review,
    Act.ARCHIVE: _archive,
}
