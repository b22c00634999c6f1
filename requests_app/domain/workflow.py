"""When an act is possible: one function, asked by services before and by pages for their buttons.

``check`` looks at role, status, clock and four eyes and returns every reason against an act, with
the article; ``available`` asks it for all acts, so a greyed-out button explains itself and never
disagrees with the server. The law's conditions stand in ``conditions``; what an entry does to the status stands in ``ledger``; what a letter or
an outcome must contain stands in ``letters`` and ``outcomes``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from requests_app.domain import access, before_signing
from requests_app.domain.access import ACT_LABELS, Act, Actor
from requests_app.domain.articles import ART_30, ART_45
from requests_app.domain.case_facts import (
    LETTER_STATUS_LABELS,
    CaseFacts,
    LetterFact,
    LetterStatus,
)
from requests_app.domain.conditions import CONDITIONS, NOTHING, Found
from requests_app.domain.errors import Reason
from requests_app.domain.ledger import CLOSED, OPEN, STATUS_LABELS, WORKING, Status
from requests_app.domain.matters import ART_41, Matter


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
    Act.RECORD_SEARCH: OPEN,
    Act.ASK_DEPARTMENT: _CONSULTABLE,
    Act.SIGN_INQUIRY: OPEN,
    Act.REPLY_INQUIRY: OPEN,
    Act.RETURN_INQUIRY: OPEN,
    Act.HAND_OVER: frozenset(Status) - {Status.ARCHIVED, Status.MERGED},
    Act.GUIDE: OPEN - {Status.AWAITING_APPROVAL, Status.AWAITING_DISPATCH},
    Act.ASK_REVIEW: OPEN,
    Act.GIVE_REVIEW: OPEN,
    Act.ANSWER_REVIEW: OPEN,
    Act.ASK_CORRECTION: WORKING,
    Act.ANSWER_CORRECTION: frozenset({Status.AWAITING_CORRECTION, Status.LAPSE_PROPOSED}),
    Act.CONSULT: _CONSULTABLE,
    Act.TELL_APPLICANT: OPEN,
    Act.RECORD_OPINION: frozenset(Status) - {Status.ARCHIVED},
    Act.TELL_THIRD_PARTY: OPEN,
    Act.EXTEND: WORKING | {Status.AWAITING_APPROVAL},
    Act.CHARGE_FEE: WORKING,
    Act.RECORD_PAYMENT: frozenset({Status.AWAITING_PAYMENT, Status.LAPSE_PROPOSED}),
    Act.RECORD_EXTRA: frozenset(Status) - {Status.ARCHIVED},
    Act.WITHDRAW_FEE: OPEN | {Status.ANSWERED, Status.DELIVERED},
    Act.REFUND_FEE: frozenset(Status) - {Status.ARCHIVED},
    Act.PREPARE_RELEASE: _CONSULTABLE,
    Act.ASK_REASONS: WORKING - {Status.AWAITING_REASONS},
    Act.GIVE_REASONS: frozenset({Status.AWAITING_REASONS}),
    Act.DELAY: WORKING,
    Act.ANSWER: WORKING,
    Act.CONFIRM_LAPSE: _WAITING_FOR_APPLICANT,
    Act.WITHDRAW: OPEN,
    Act.REOPEN: CLOSED - {Status.MERGED},
    Act.MERGE: WORKING,
    Act.SPLIT: WORKING,
    Act.DECIDE_PUBLICATION: frozenset(Status) - {Status.MERGED},
    Act.SUBMIT: frozenset(Status) - {Status.ARCHIVED},
    Act.APPROVE: frozenset(Status) - {Status.ARCHIVED},
    Act.RETURN_DRAFT: frozenset(Status) - {Status.ARCHIVED},
    Act.DISCARD_DRAFT: frozenset(Status) - {Status.ARCHIVED},
    Act.REISSUE: frozenset(Status) - {Status.ARCHIVED},
    Act.DISPATCH: frozenset(Status) - {Status.ARCHIVED},
    Act.CONFIRM_DELIVERY: frozenset(Status) - {Status.ARCHIVED},
    Act.VOID_EVENT: frozenset(Status) - {Status.ARCHIVED},
    Act.NOTE: frozenset(Status),
    Act.ARCHIVE: frozenset({Status.DELIVERED, Status.LAPSED, Status.WITHDRAWN}),
    Act.PROPOSE_LAPSE: frozenset({Status.AWAITING_CORRECTION, Status.AWAITING_PAYMENT}),
    Act.BUNDLE: frozenset(Status),
    Act.ADD_PAPERS: frozenset(Status) - {Status.ARCHIVED},
    Act.EXPLAIN_LATE: frozenset(Status) - {Status.ARCHIVED},
    Act.READ_CASE: frozenset(Status),
    Act.REVEAL_IDENTITY: frozenset(Status),
    Act.PROVE_PAYMENT: frozenset({Status.AWAITING_PAYMENT, Status.LAPSE_PROPOSED}),
    Act.RATE: CLOSED - {Status.ARCHIVED, Status.WITHDRAWN, Status.MERGED},
    Act.SUGGEST_PUBLICATION: OPEN | {Status.ANSWERED, Status.DELIVERED},
    Act.DECIDE_SUGGESTION: frozenset(Status),
    Act.REISSUE_CODE: frozenset(Status),
}

#: Acts of the regulation's application procedure alone: they have no place where an own record is
#: to be put right (条例 41 knows no 补正, no extension, no consultation and no fee).
DISCLOSURE_ACTS: Final = frozenset({
    Act.ASK_CORRECTION, Act.ANSWER_CORRECTION, Act.CONSULT, Act.RECORD_OPINION, Act.TELL_APPLICANT,
    Act.TELL_THIRD_PARTY, Act.EXTEND, Act.CHARGE_FEE, Act.RECORD_PAYMENT, Act.ASK_REASONS,
    Act.GIVE_REASONS, Act.DELAY, Act.CONFIRM_LAPSE, Act.PROPOSE_LAPSE, Act.PROVE_PAYMENT,
    Act.SUGGEST_PUBLICATION, Act.MERGE, Act.DECIDE_PUBLICATION, Act.RECORD_SEARCH,
    Act.RECORD_EXTRA, Act.WITHDRAW_FEE, Act.REFUND_FEE, Act.PREPARE_RELEASE,
    Act.GUIDE,
})  # fmt: skip

#: Acts that begin with a letter of their own: one at a time.
LETTER_ACTS: Final = frozenset({
    Act.ASK_CORRECTION, Act.EXTEND, Act.CHARGE_FEE, Act.ASK_REASONS, Act.DELAY, Act.ANSWER, Act.CONFIRM_LAPSE,
})  # fmt: skip

#: Acts a case page offers, in the order a clerk thinks of them.
DESK_ACTS: Final = (
    Act.ASSIGN, Act.SIGN_FOR, Act.SEND_BACK, Act.GIVE_OPINION, Act.ASK_DEPARTMENT, Act.RECORD_SEARCH, Act.ASK_REVIEW, Act.ASK_CORRECTION, Act.ANSWER_CORRECTION,
    Act.CONSULT, Act.RECORD_OPINION, Act.TELL_THIRD_PARTY, Act.EXTEND, Act.CHARGE_FEE, Act.RECORD_PAYMENT,
    Act.WITHDRAW_FEE, Act.RECORD_EXTRA, Act.REFUND_FEE, Act.ASK_REASONS,
    Act.GIVE_REASONS, Act.DELAY, Act.PREPARE_RELEASE, Act.ANSWER, Act.CONFIRM_LAPSE, Act.WITHDRAW,
    Act.REOPEN, Act.ARCHIVE,
    Act.CHANGE_BODY, Act.SPLIT, Act.MERGE, Act.DECIDE_PUBLICATION, Act.EXPLAIN_LATE, Act.REISSUE_CODE,
    Act.VOID_EVENT, Act.NOTE,
)  # fmt: skip

#: Acts of the department that has the case; one that was only asked has its own.
_HOLDERS_ACTS: Final = frozenset({Act.SIGN_FOR, Act.SEND_BACK, Act.GIVE_OPINION, Act.EXPLAIN_LATE})

#: Offered only where it makes sense at all: greyed out on every other page it would be noise.
_OFFERED_WHEN: Final[dict[Act, Callable[[CaseFacts], bool]]] = {
    Act.ASK_REVIEW: lambda facts: facts.unsigned_answer,
    Act.EXPLAIN_LATE: lambda facts: facts.missed_on is not None,
    Act.WITHDRAW_FEE: lambda facts: facts.fee_used,
    Act.RECORD_EXTRA: lambda facts: facts.fee_ever and not facts.payment_awaited,
    Act.REFUND_FEE: lambda facts: facts.fee_refundable_fen > 0,
}

APPLICANT_ACTS: Final = (
    Act.ANSWER_CORRECTION, Act.GIVE_REASONS, Act.PROVE_PAYMENT, Act.RATE, Act.SUGGEST_PUBLICATION, Act.WITHDRAW,
)  # fmt: skip


def check(act: Act, *, facts: CaseFacts, actor: Actor) -> Verdict:
    """Judge whether ``actor`` may do ``act`` now, and name every reason against it.

    Role first, then status, then the law's own conditions; a reason of status hides the
    finer ones, which would only confuse.
    """
    reasons = access.reasons_against(act, actor=actor)
    if reasons:
        return Verdict(act, reasons)
    if act in _HOLDERS_ACTS and actor.confined_to_department and facts.elsewhere(actor):
        holder = facts.department or "工作机构"
        sentence = f"这件由{holder}承办，本部门只是协办，不由本部门{ACT_LABELS[act]}。"
        return Verdict(act, (Reason("other_department", sentence),))
    if act in _not_of(facts.matter):
        sentence = f"“{ACT_LABELS[act]}”是办理公开申请的程序，更正本人信息的申请不适用。"
        return Verdict(act, (Reason("not_of_this_matter", sentence, ART_41),))
    if facts.status not in SOURCES[act]:
        return Verdict(act, (_wrong_status(act, facts),))
    if act in LETTER_ACTS and facts.letter_under_way(act) is not None:
        sentence = f"“{ACT_LABELS[act]}”已有一份文书在起草、签发或待发出，请先处理那一份。"
        return Verdict(act, (Reason("letter_under_way", sentence),))
    condition = CONDITIONS.get(act)
    found = condition(facts) if condition else NOTHING
    return Verdict(act, found.reasons, found.warnings, found.overridable)


def available(facts: CaseFacts, *, actor: Actor) -> tuple[Verdict, ...]:
    """Judge every act the actor's roles know, in desk order, for the buttons of a page."""
    acts = APPLICANT_ACTS if actor.roles == {access.Role.APPLICANT} else DESK_ACTS
    foreign = _not_of(facts.matter)
    return tuple(
        check(act, facts=facts, actor=actor)
        for act in acts
        if actor.may(act)
        and act not in foreign
        and (act not in _OFFERED_WHEN or _OFFERED_WHEN[act](facts))
    )


def _not_of(matter: Matter) -> frozenset[Act]:
    """Return the acts that a case of this type does not know at all."""
    return DISCLOSURE_ACTS if matter is Matter.AMENDMENT else frozenset()


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
    if act is Act.APPROVE and actor.staff_id in letter.authors:
        return Verdict(
            act,
            (
                Reason(
                    "four_eyes", "起草、修改过文书的人不能签发它，请由另一位负责人签发。", ART_45
                ),
            ),
        )
    if act in {Act.SUBMIT, Act.APPROVE}:
        reasons = before_signing.against(act, letter=letter, facts=facts)
        if reasons:
            return Verdict(act, reasons)
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
    Act.REISSUE: frozenset({
        LetterStatus.SIGNED, LetterStatus.ISSUED, LetterStatus.DISPATCHED, LetterStatus.DELIVERED,
    }),
    Act.DISPATCH: frozenset({LetterStatus.ISSUED}),
    Act.CONFIRM_DELIVERY: frozenset({LetterStatus.DISPATCHED}),
}  # fmt: skip


#: Letters that only repeat a fact may go out whatever the case has come to since.
_REPEATS_A_FACT: Final = frozenset({
    Act.REGISTER, Act.TELL_APPLICANT, Act.TELL_THIRD_PARTY, Act.WITHDRAW, Act.WITHDRAW_FEE,
})  # fmt: skip

#: An answer is itself what makes the case wait; an extension may overtake an answer in the making.
_ANSWER_UNDER_WAY: Final = frozenset({Status.AWAITING_APPROVAL, Status.AWAITING_DISPATCH})
_ALSO_WHILE_ANSWERING: Final = frozenset({Act.ANSWER, Act.EXTEND})


def _still_lawful(act: Act, letter: LetterFact, facts: CaseFacts) -> Found:
    """Ask of the letter's own act again, as of today: where the case stands, and the law's conditions.

    Two drafts may lie side by side; once one of them is out, the other may have lost its place.
    """
    if letter.act in _REPEATS_A_FACT:
        return NOTHING
    sources = SOURCES[letter.act]
    if letter.act in _ALSO_WHILE_ANSWERING:
        sources |= _ANSWER_UNDER_WAY
    if facts.status not in sources:
        return Found((_wrong_status(letter.act, facts, sources=sources),))
    condition = CONDITIONS.get(letter.act)
    if condition is None:
        return NOTHING
    found = condition(facts)
    if act is Act.SUBMIT and not letter.explained:
        return found
    # What was explained when it was drafted is not asked twice; and once signed, the law's seven
    # days are a matter between the letter and its dispatch, which the clock flags.
    kept = tuple(reason for reason in found.reasons if reason.code not in found.overridable)
    return Found(kept, found.warnings)


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
