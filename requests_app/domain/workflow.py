"""When an act is possible: one function, asked by services before and by pages for their buttons.

``check`` looks at role, status, clock and four eyes and returns every reason against an act, with
the article; ``available`` asks it for all acts, so a greyed-out button explains itself and never
disagrees with the server. What an entry does to the status stands in ``ledger``; what a letter or
an outcome must contain stands in ``letters`` and ``outcomes``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from requests_app.domain import access, clock
from requests_app.domain.access import ACT_LABELS, Act, Actor
from requests_app.domain.errors import Reason
from requests_app.domain.ledger import CLOSED, OPEN, STATUS_LABELS, WORKING, Status

ART_30: Final = "《政府信息公开条例》第三十条"
ART_32: Final = "《政府信息公开条例》第三十二条"
ART_33_2: Final = "《政府信息公开条例》第三十三条第二款"
ART_33_3: Final = "《政府信息公开条例》第三十三条第三款"
ART_35: Final = "《政府信息公开条例》第三十五条"
ART_45: Final = "《政府信息公开条例》第四十五条"
FEE_MEASURE: Final = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"

MAX_EXTENSION_WORKING_DAYS: Final = 20


class LetterStatus(StrEnum):
    """The life of a letter. From ``SIGNED`` on it is frozen."""

    DRAFT = "draft"
    PENDING = "pending"
    SIGNED = "signed"
    ISSUED = "issued"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"
    VOID = "void"


LETTER_STATUS_LABELS: Final[dict[LetterStatus, str]] = {
    LetterStatus.DRAFT: "草稿",
    LetterStatus.PENDING: "待签发",
    LetterStatus.SIGNED: "已签发，制作中",
    LetterStatus.ISSUED: "已制成，待发出",
    LetterStatus.DISPATCHED: "已发出，待送达",
    LetterStatus.DELIVERED: "已送达",
    LetterStatus.VOID: "作废",
}

#: A letter of one of these acts is under way: a second one of the same act would contradict it.
UNDER_WAY: Final = frozenset({
    LetterStatus.DRAFT, LetterStatus.PENDING, LetterStatus.SIGNED, LetterStatus.ISSUED,
})  # fmt: skip


@dataclass(frozen=True)
class LetterFact:
    """What the workflow must know of a letter: its act, where it stands and who drafted it.

    ``explained``: it was drafted with a written reason against a rule that such a reason overcomes.
    """

    letter_id: int
    act: Act
    status: LetterStatus
    needs_approval: bool
    drafted_by: int | None
    kind: str = ""
    explained: bool = False


@dataclass(frozen=True)
class CaseFacts:
    """Everything an act is judged by, read once under the case's lock.

    ``open_consultations`` counts third parties and organs whose answer may still come (neither
    answered nor past their 15 working days). ``today`` is the day of the act in Asia/Shanghai.
    """

    status: Status
    timeline: clock.Timeline
    today: date
    letters: tuple[LetterFact, ...] = ()
    open_consultations: int = 0
    corrected: bool = False
    correction_used: bool = False
    fee_used: bool = False
    reasons_asked: bool = False
    reasons_given: bool = False

    @property
    def period_runs(self) -> bool:
        """Tell whether a reply period is alive: running or paused, its last day not gone by."""
        return self.timeline.state in {clock.State.RUNNING, clock.State.PAUSED}

    @property
    def overdue(self) -> bool:
        """Tell whether the last day of the reply period has gone by unanswered."""
        return self.timeline.state is clock.State.OVERDUE

    @property
    def awaited(self) -> clock.WaitKind | None:
        """Return what the applicant still has to do, in time or not, where a notice was delivered."""
        waits = self.timeline.waits
        return waits[-1].kind if waits and waits[-1].ended_on is None else None

    @property
    def applicants_last_day(self) -> date | None:
        """Return the last day of the applicant's own period, while there is one."""
        waits = self.timeline.waits
        return waits[-1].due if waits and waits[-1].ended_on is None else None

    @property
    def ordinary_period(self) -> bool:
        """Tell whether the period is the law's own (not set by a decision or art. 35)."""
        return self.timeline.extendable

    @property
    def decided_period(self) -> bool:
        """Tell whether a review decision or a judgment set the period, and left room for nothing else."""
        return self.timeline.period.kind in {
            clock.PeriodKind.DECISION_DAYS,
            clock.PeriodKind.DECISION_DATE,
        }

    def letter_under_way(self, act: Act) -> LetterFact | None:
        """Return the letter of ``act`` that is drafted but not yet sent, if there is one."""
        return next((x for x in self.letters if x.act is act and x.status in UNDER_WAY), None)


@dataclass(frozen=True)
class Verdict:
    """The answer to "may this be done now?": reasons against it, and warnings that do not stop it.

    ``overridable`` marks reasons that a written explanation overcomes (a late 补正).
    """

    act: Act
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    overridable: frozenset[str] = frozenset()

    @property
    def allowed(self) -> bool:
        """Tell whether nothing stands against the act."""
        return not self.reasons

    @property
    def needs_override(self) -> bool:
        """Tell whether only reasons stand against it that a written explanation overcomes."""
        return bool(self.reasons) and all(
            reason.code in self.overridable for reason in self.reasons
        )

    @property
    def label(self) -> str:
        """Return the act's name for people."""
        return ACT_LABELS[self.act]


@dataclass(frozen=True)
class _Found:
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    overridable: frozenset[str] = frozenset()


_NOTHING: Final = _Found()

_CONSULTABLE: Final = WORKING | {Status.AWAITING_CORRECTION, Status.AWAITING_PAYMENT}
_WAITING_FOR_APPLICANT: Final = frozenset(
    {Status.AWAITING_CORRECTION, Status.AWAITING_PAYMENT, Status.LAPSE_PROPOSED}
)

#: Where each act may begin. Acts on a single letter are judged by ``check_letter`` as well.
SOURCES: Final[dict[Act, frozenset[Status]]] = {
    Act.CHANGE_BODY: WORKING | {Status.AWAITING_CORRECTION},
    Act.ASSIGN: WORKING,
    Act.SIGN_FOR: frozenset({Status.ASSIGNED}),
    Act.SEND_BACK: frozenset({Status.ASSIGNED, Status.HANDLING}),
    Act.GIVE_OPINION: OPEN,
    Act.ASK_CORRECTION: WORKING,
    Act.ANSWER_CORRECTION: frozenset({Status.AWAITING_CORRECTION, Status.LAPSE_PROPOSED}),
    Act.CONSULT: _CONSULTABLE,
    Act.TELL_APPLICANT: OPEN,
    Act.RECORD_OPINION: frozenset(Status) - {Status.ARCHIVED},
    Act.TELL_THIRD_PARTY: OPEN,
    Act.EXTEND: WORKING | {Status.AWAITING_APPROVAL},
    Act.CHARGE_FEE: WORKING,
    Act.RECORD_PAYMENT: frozenset({Status.AWAITING_PAYMENT, Status.LAPSE_PROPOSED}),
    Act.ASK_REASONS: WORKING - {Status.AWAITING_REASONS},
    Act.GIVE_REASONS: frozenset({Status.AWAITING_REASONS}),
    Act.DELAY: WORKING,
    Act.ANSWER: WORKING,
    Act.CONFIRM_LAPSE: _WAITING_FOR_APPLICANT,
    Act.WITHDRAW: OPEN,
    Act.REOPEN: CLOSED,
    Act.SUBMIT: frozenset(Status) - {Status.ARCHIVED},
    Act.APPROVE: frozenset(Status) - {Status.ARCHIVED},
    Act.RETURN_DRAFT: frozenset(Status) - {Status.ARCHIVED},
    Act.DISCARD_DRAFT: frozenset(Status) - {Status.ARCHIVED},
    Act.DISPATCH: frozenset(Status) - {Status.ARCHIVED},
    Act.CONFIRM_DELIVERY: frozenset(Status) - {Status.ARCHIVED},
    Act.VOID_EVENT: frozenset(Status) - {Status.ARCHIVED},
    Act.NOTE: frozenset(Status),
    Act.ARCHIVE: frozenset({Status.DELIVERED, Status.LAPSED, Status.WITHDRAWN}),
    Act.PROPOSE_LAPSE: frozenset({Status.AWAITING_CORRECTION, Status.AWAITING_PAYMENT}),
    Act.READ_CASE: frozenset(Status),
    Act.REVEAL_IDENTITY: frozenset(Status),
}

#: Acts that begin with a letter of their own: one at a time.
LETTER_ACTS: Final = frozenset({
    Act.ASK_CORRECTION, Act.EXTEND, Act.CHARGE_FEE, Act.ASK_REASONS, Act.DELAY, Act.ANSWER, Act.CONFIRM_LAPSE,
})  # fmt: skip

#: Acts a case page offers, in the order a clerk thinks of them.
DESK_ACTS: Final = (
    Act.ASSIGN, Act.SIGN_FOR, Act.SEND_BACK, Act.GIVE_OPINION, Act.ASK_CORRECTION, Act.ANSWER_CORRECTION,
    Act.CONSULT, Act.RECORD_OPINION, Act.TELL_THIRD_PARTY, Act.EXTEND, Act.CHARGE_FEE, Act.RECORD_PAYMENT, Act.ASK_REASONS,
    Act.GIVE_REASONS, Act.DELAY, Act.ANSWER, Act.CONFIRM_LAPSE, Act.WITHDRAW, Act.REOPEN, Act.ARCHIVE,
    Act.CHANGE_BODY, Act.VOID_EVENT, Act.NOTE,
)  # fmt: skip

APPLICANT_ACTS: Final = (Act.ANSWER_CORRECTION, Act.GIVE_REASONS, Act.WITHDRAW)


def check(act: Act, *, facts: CaseFacts, actor: Actor) -> Verdict:
    """Judge whether ``actor`` may do ``act`` now, and name every reason against it.

    Role first, then status, then the law's own conditions; a reason of status hides the
    finer ones, which would only confuse.
    """
    reasons = access.reasons_against(act, actor=actor)
    if reasons:
        return Verdict(act, reasons)
    if facts.status not in SOURCES[act]:
        return Verdict(act, (_wrong_status(act, facts),))
    if act in LETTER_ACTS and facts.letter_under_way(act) is not None:
        sentence = f"“{ACT_LABELS[act]}”已有一份文书在起草、签发或待发出，请先处理那一份。"
        return Verdict(act, (Reason("letter_under_way", sentence),))
    found = _CONDITIONS.get(act, _nothing)(facts)
    return Verdict(act, found.reasons, found.warnings, found.overridable)


def available(facts: CaseFacts, *, actor: Actor) -> tuple[Verdict, ...]:
    """Judge every act the actor's roles know, in desk order, for the buttons of a page."""
    acts = APPLICANT_ACTS if actor.roles == {access.Role.APPLICANT} else DESK_ACTS
    return tuple(check(act, facts=facts, actor=actor) for act in acts if actor.may(act))


def check_letter(act: Act, *, letter: LetterFact, facts: CaseFacts, actor: Actor) -> Verdict:
    """Judge an act on one letter: submit, approve, return, discard, dispatch, confirm delivery.

    Approval asks the letter's own act again, because the world may have moved since the draft
    (an extension drafted on day 19 may reach the head on day 21), and wants another person.
    """
    verdict = check(act, facts=facts, actor=actor)
    if not verdict.allowed:
        return verdict
    if letter.status not in _LETTER_SOURCES[act]:
        sentence = f"这份文书现在是“{LETTER_STATUS_LABELS[letter.status]}”，不能{ACT_LABELS[act]}。"
        return Verdict(act, (Reason("letter_status", sentence),))
    if act is Act.APPROVE and actor.staff_id == letter.drafted_by:
        return Verdict(
            act,
            (Reason("four_eyes", "起草人不能签发自己起草的文书，请由另一位负责人签发。", ART_45),),
        )
    if act in {Act.SUBMIT, Act.APPROVE, Act.DISPATCH}:
        found = _still_lawful(act, letter, facts)
        return Verdict(act, found.reasons, found.warnings)
    return verdict


_LETTER_SOURCES: Final[dict[Act, frozenset[LetterStatus]]] = {
    Act.SUBMIT: frozenset({LetterStatus.DRAFT}),
    Act.APPROVE: frozenset({LetterStatus.PENDING}),
    Act.RETURN_DRAFT: frozenset({LetterStatus.PENDING}),
    Act.DISCARD_DRAFT: frozenset({
        LetterStatus.DRAFT, LetterStatus.PENDING, LetterStatus.SIGNED, LetterStatus.ISSUED,
    }),
    Act.DISPATCH: frozenset({LetterStatus.ISSUED}),
    Act.CONFIRM_DELIVERY: frozenset({LetterStatus.DISPATCHED}),
}  # fmt: skip


#: Letters that only repeat a fact may go out whatever the case has come to since.
_REPEATS_A_FACT: Final = frozenset({
    Act.REGISTER, Act.TELL_APPLICANT, Act.TELL_THIRD_PARTY, Act.WITHDRAW,
})  # fmt: skip

#: An answer is itself what makes the case wait; an extension may overtake an answer in the making.
_ANSWER_UNDER_WAY: Final = frozenset({Status.AWAITING_APPROVAL, Status.AWAITING_DISPATCH})
_ALSO_WHILE_ANSWERING: Final = frozenset({Act.ANSWER, Act.EXTEND})


def _still_lawful(act: Act, letter: LetterFact, facts: CaseFacts) -> _Found:
    """Ask of the letter's own act again, as of today: where the case stands, and the law's conditions.

    Two drafts may lie side by side; once one of them is out, the other may have lost its place.
    """
    if letter.act not in _REPEATS_A_FACT:
        sources = SOURCES[letter.act]
        if letter.act in _ALSO_WHILE_ANSWERING:
            sources |= _ANSWER_UNDER_WAY
        if facts.status not in sources:
            return _Found((_wrong_status(letter.act, facts, sources=sources),))
    condition = _CONDITIONS.get(letter.act)
    if condition is None:
        return _NOTHING
    found = condition(facts)
    if act is Act.SUBMIT and not letter.explained:
        return found
    # What was explained when it was drafted is not asked twice; and once signed, the law's seven
    # days are a matter between the letter and its dispatch, which the clock flags.
    kept = tuple(reason for reason in found.reasons if reason.code not in found.overridable)
    return _Found(kept, found.warnings)


def _wrong_status(
    act: Act, facts: CaseFacts, *, sources: frozenset[Status] | None = None
) -> Reason:
    if facts.status in CLOSED and act is not Act.ARCHIVE:
        return Reason(
            "closed",
            f"这件申请已经办结（{STATUS_LABELS[facts.status]}），不能再{ACT_LABELS[act]}。",
        )
    if act is Act.ASK_CORRECTION and facts.status is Status.AWAITING_CORRECTION:
        return Reason("correction_not_available", "正在等申请人补正，不能再告知一次补正。", ART_30)
    possible = SOURCES[act] if sources is None else sources
    needed = "、".join(STATUS_LABELS[status] for status in Status if status in possible)
    return Reason(
        "status",
        f"现在是“{STATUS_LABELS[facts.status]}”，“{ACT_LABELS[act]}”只能在以下环节办理：{needed}。",
    )


def _nothing(_facts: CaseFacts) -> _Found:
    return _NOTHING


def _correction(facts: CaseFacts) -> _Found:
    if facts.correction_used:
        sentence = "补正只能一次性告知，本件已经告知过。仍不明确的，按“补正后申请内容仍不明确”答复，或者电话说明并记备注。"
        return _Found((Reason("correction_repeated", sentence, ART_30),))
    if facts.decided_period:
        return _Found(
            (
                Reason(
                    "correction_not_available",
                    "本期限由复议决定或者判决确定，不能再告知补正。",
                ),
            )
        )
    if facts.overdue:
        return _Found(
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
        return _Found(
            (Reason("correction_late", sentence, ART_30),),
            overridable=frozenset({"correction_late"}),
        )
    return _NOTHING


def _consultation(facts: CaseFacts) -> _Found:
    if facts.overdue:
        sentence = "答复期限已过，现在征求意见不再暂停期限；涉及第三方权益的，仍应当征求。"
        return _Found(warnings=(Reason("consult_after_due", sentence, ART_32),))
    if not facts.ordinary_period and facts.awaited is not clock.WaitKind.CORRECTION:
        sentence = "本期限由复议决定、判决或者延迟答复确定，征求意见不暂停期限。"
        return _Found(warnings=(Reason("pause_not_applicable", sentence, ART_33_3),))
    return _NOTHING


def _opinion(facts: CaseFacts) -> _Found:
    if facts.timeline.consult_due or facts.open_consultations:
        return _NOTHING
    return _Found((Reason("no_consultation", "本件没有发出过征求意见书。", ART_32),))


def _extension(facts: CaseFacts) -> _Found:
    if not facts.ordinary_period:
        sentence = "本期限由复议决定、判决或者延迟答复确定，不能延长。"
        return _Found((Reason("extension_not_applicable", sentence, ART_33_2),))
    if not facts.period_runs:
        sentence = (
            "答复期限已经届满，届满后不能延长。"
            if facts.overdue
            else "现在没有正在计算的答复期限，不能延长。"
        )
        code = "extension_after_due" if facts.overdue else "extension_no_running_period"
        return _Found((Reason(code, sentence, ART_33_2),))
    if facts.timeline.extended:
        return _Found(
            (Reason("extension_repeated", "本期限已经延长过一次，不能再延长。", ART_33_2),)
        )
    return _NOTHING


def _fee(facts: CaseFacts) -> _Found:
    if facts.fee_used:
        return _Found(
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
        return _Found((Reason("fee_notice_not_available", sentence, FEE_MEASURE),))
    if facts.overdue:
        sentence = "收费通知应当在答复期限内发出，期限已过。"
        return _Found((Reason("fee_notice_after_due", sentence, FEE_MEASURE),))
    return _NOTHING


def _delay(facts: CaseFacts) -> _Found:
    if not facts.reasons_given:
        sentence = "应当先要求申请人说明理由，理由合理的才能确定延迟答复的期限。"
        return _Found((Reason("reasons_missing", sentence, ART_35),))
    if facts.decided_period:
        sentence = "本期限由复议决定或者判决确定，不能另定延迟答复的期限。"
        return _Found((Reason("delay_not_available", sentence, ART_35),))
    if facts.overdue:
        return _Found(
            (Reason("delay_after_due", "答复期限已过，不能再确定延迟答复的期限。", ART_35),)
        )
    return _NOTHING


def _answer(facts: CaseFacts) -> _Found:
    if facts.open_consultations:
        sentence = (
            f"还有{facts.open_consultations}份征求意见书没有答复，也没有到15个工作日。"
            "请先登记结果；不再需要的，作废那份征求意见书。"
        )
        return _Found((Reason("open_consultation", sentence, ART_32),))
    if facts.overdue:
        sentence = f"答复期限{facts.timeline.due}已过，现在答复属于逾期答复，仍应尽快作出。"
        return _Found(warnings=(Reason("overdue", sentence, "《政府信息公开条例》第三十三条"),))
    return _NOTHING


def _lapse(facts: CaseFacts) -> _Found:
    if facts.timeline.state is clock.State.ABANDONED:
        return _NOTHING
    last = facts.applicants_last_day
    if last is None:
        sentence = "告知书还没有送达，申请人的期限没有开始，不能视为放弃。"
    else:
        sentence = f"申请人的期限到{last}（含当日）为止，还没有届满，不能视为放弃。"
    return _Found((Reason("not_lapsed", sentence, ART_30),))


def _payment(facts: CaseFacts) -> _Found:
    if facts.timeline.state is clock.State.ABANDONED:
        sentence = (
            "缴费期限已过，逾期未缴纳的视为放弃申请；现在收到的款项请退还，申请人可以重新申请。"
        )
        return _Found((Reason("payment_late", sentence, FEE_MEASURE),))
    return _NOTHING


def _corrected(facts: CaseFacts) -> _Found:
    if facts.awaited is clock.WaitKind.PAYMENT:
        sentence = "现在等的是缴费，不是补正。"
        return _Found((Reason("correction_not_awaited", sentence, ART_30),))
    return _NOTHING


def _reasons(facts: CaseFacts) -> _Found:
    if facts.reasons_asked:
        return _Found((Reason("reasons_repeated", "已经要求申请人说明过理由。", ART_35),))
    return _NOTHING


_CONDITIONS: Final[dict[Act, Callable[[CaseFacts], _Found]]] = {
    Act.ASK_CORRECTION: _correction,
    Act.ANSWER_CORRECTION: _corrected,
    Act.CONSULT: _consultation,
    Act.RECORD_OPINION: _opinion,
    Act.TELL_THIRD_PARTY: _opinion,
    Act.EXTEND: _extension,
    Act.CHARGE_FEE: _fee,
    Act.RECORD_PAYMENT: _payment,
    Act.ASK_REASONS: _reasons,
    Act.DELAY: _delay,
    Act.ANSWER: _answer,
    Act.CONFIRM_LAPSE: _lapse,
    Act.PROPOSE_LAPSE: _lapse,
}
