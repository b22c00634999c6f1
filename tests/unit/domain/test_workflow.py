"""Which act is possible when, for whom: a matrix typed by hand, and each reason for a refusal."""

from dataclasses import replace
from datetime import date

import pytest

from requests_app.adapters import calendar_files
from requests_app.domain import clock, workflow
from requests_app.domain.access import APPLICANT, SYSTEM, Act, Actor, Role
from requests_app.domain.case_facts import CaseFacts, LetterFact, LetterStatus
from requests_app.domain.ledger import Status
from requests_app.domain.matters import Matter

T = clock.EventType
CALENDAR = calendar_files.packaged_calendar()
RECEIVED = clock.Event(T.RECEIVED, date(2026, 3, 2))  # due 2026-03-30
CLERK = Actor(frozenset({Role.CLERK}), "经办", staff_id=1)
HEAD = Actor(frozenset({Role.HEAD}), "负责人", staff_id=2)
HANDLER = Actor(frozenset({Role.HANDLER}), "承办", staff_id=3, department_id=7)
REVIEWER = Actor(frozenset({Role.REVIEWER}), "审查", staff_id=5)
ARCHIVIST = Actor(frozenset({Role.ARCHIVIST}), "档案", staff_id=4)

CORRECTION = (
    clock.Event(T.CORRECTION_REQUESTED, date(2026, 3, 4)),
    clock.Event(T.CORRECTION_DELIVERED, date(2026, 3, 4)),  # to 2026-03-18
)
FEE = (
    clock.Event(T.FEE_NOTICE, date(2026, 3, 4)),
    clock.Event(T.FEE_NOTICE_DELIVERED, date(2026, 3, 4)),  # to 2026-04-01
)
REPLIED = (clock.Event(T.REPLIED, date(2026, 3, 5)),)


def facts(status=Status.HANDLING, *events, today=date(2026, 3, 6), **more):
    line = clock.evaluate((RECEIVED, *events), as_of=today, calendar=CALENDAR)
    return CaseFacts(status=status, timeline=line, today=today, **more)


#: Each status with the clock as it stands when a case gets there.
USUAL = {
    Status.RECEIVED: facts(Status.RECEIVED),
    Status.ASSIGNED: facts(Status.ASSIGNED),
    Status.HANDLING: facts(Status.HANDLING),
    Status.AWAITING_CORRECTION: facts(Status.AWAITING_CORRECTION, *CORRECTION),
    Status.AWAITING_REASONS: facts(Status.AWAITING_REASONS, reasons_asked=True),
    Status.AWAITING_PAYMENT: facts(Status.AWAITING_PAYMENT, *FEE),
    Status.AWAITING_APPROVAL: facts(Status.AWAITING_APPROVAL),
    Status.AWAITING_DISPATCH: facts(Status.AWAITING_DISPATCH),
    Status.LAPSE_PROPOSED: facts(Status.LAPSE_PROPOSED, *CORRECTION, today=date(2026, 3, 19)),
    Status.ANSWERED: facts(Status.ANSWERED, *REPLIED),
    Status.DELIVERED: facts(Status.DELIVERED, *REPLIED),
    Status.LAPSED: facts(Status.LAPSED, *CORRECTION, today=date(2026, 3, 19)),
    Status.WITHDRAWN: facts(Status.WITHDRAWN, clock.Event(T.WITHDRAWN, date(2026, 3, 5))),
    Status.ARCHIVED: facts(Status.ARCHIVED, *REPLIED),
    Status.MERGED: facts(Status.MERGED, clock.Event(T.MERGED, date(2026, 3, 5))),
}

# Columns in the order of USUAL: received, assigned, handling | correction, reasons, payment |
# approval, dispatch, lapse proposed | answered, delivered, lapsed, withdrawn, archived |
# merged.
MATRIX = {
    (Act.ASSIGN, CLERK):            "yyy .y. ... ..... .",
    (Act.SIGN_FOR, HANDLER):        ".y. ... ... ..... .",
    (Act.SEND_BACK, HANDLER):       ".yy ... ... ..... .",
    (Act.GIVE_OPINION, HANDLER):    "yyy yyy yyy ..... .",
    (Act.RECORD_SEARCH, CLERK):     "yyy yyy yyy ..... .",
    (Act.RECORD_SEARCH, HANDLER):   "yyy yyy yyy ..... .",
    (Act.ASK_DEPARTMENT, CLERK):    "yyy yyy ... ..... .",
    (Act.SIGN_INQUIRY, HANDLER):    "yyy yyy yyy ..... .",
    (Act.REPLY_INQUIRY, HANDLER):   "yyy yyy yyy ..... .",
    (Act.RETURN_INQUIRY, HANDLER):  "yyy yyy yyy ..... .",
    (Act.HAND_OVER, CLERK):         "yyy yyy yyy yyyy. .",
    (Act.HAND_OVER, HEAD):          "yyy yyy yyy yyyy. .",
    (Act.GUIDE, CLERK):             "yyy yyy ..y ..... .",
    (Act.ASK_REVIEW, CLERK):        "... ... ... ..... .",
    (Act.GIVE_REVIEW, REVIEWER):    "yyy yyy yyy ..... .",
    (Act.ANSWER_REVIEW, CLERK):     "yyy yyy yyy ..... .",
    (Act.ASK_CORRECTION, CLERK):    "yyy .y. ... ..... .",
    (Act.ANSWER_CORRECTION, CLERK): "... y.. ..y ..... .",
    (Act.CONSULT, CLERK):           "yyy yyy ... ..... .",
    (Act.EXTEND, CLERK):            "yyy .y. y.. ..... .",
    (Act.CHARGE_FEE, CLERK):        "yyy .y. ... ..... .",
    (Act.RECORD_PAYMENT, CLERK):    "... ..y ... ..... .",
    (Act.PREPARE_RELEASE, CLERK):   "yyy yyy ... ..... .",
    (Act.RECORD_EXTRA, CLERK):      "... ... ... ..... .",
    (Act.WITHDRAW_FEE, CLERK):      "... ... ... ..... .",
    (Act.REFUND_FEE, CLERK):        "... ... ... ..... .",
    (Act.ASK_REASONS, CLERK):       "yyy ... ... ..... .",
    (Act.GIVE_REASONS, CLERK):      "... .y. ... ..... .",
    (Act.DELAY, CLERK):             "... ... ... ..... .",
    (Act.ANSWER, CLERK):            "yyy .y. ... ..... .",
    (Act.CONFIRM_LAPSE, CLERK):     "... ... ..y ..... .",
    (Act.WITHDRAW, CLERK):          "yyy yyy yyy ..... .",
    (Act.WITHDRAW, APPLICANT):      "yyy yyy yyy ..... .",
    (Act.ANSWER_CORRECTION, APPLICANT): "... y.. ..y ..... .",
    (Act.REOPEN, CLERK):            "... ... ... yyyyy .",
    (Act.CHANGE_BODY, CLERK):       "yyy yy. ... ..... .",
    (Act.VOID_EVENT, CLERK):        "yyy yyy yyy yyyy. y",
    (Act.NOTE, CLERK):              "yyy yyy yyy yyyyy y",
    (Act.MERGE, CLERK):             "yyy .y. ... ..... .",
    (Act.SPLIT, CLERK):             "yyy .y. ... ..... .",
    (Act.DECIDE_PUBLICATION, CLERK): "yyy yyy yyy yyyyy .",
    (Act.ARCHIVE, CLERK):           "... ... ... .yyy. .",
    (Act.ARCHIVE, ARCHIVIST):       "... ... ... .yyy. .",
    (Act.PROPOSE_LAPSE, SYSTEM):    "... ... ... ..... .",
    (Act.APPROVE, HEAD):            "yyy yyy yyy yyyy. y",
    (Act.DISPATCH, CLERK):          "yyy yyy yyy yyyy. y",
    (Act.REISSUE, CLERK):           "yyy yyy yyy yyyy. y",
    (Act.PROVE_PAYMENT, APPLICANT): "... ..y ..y ..... .",
    (Act.RATE, APPLICANT):          "... ... ... yyy.. .",
    (Act.SUGGEST_PUBLICATION, APPLICANT): "yyy yyy yyy yy... .",
    (Act.DECIDE_SUGGESTION, HEAD):  "yyy yyy yyy yyyyy y",
    (Act.REISSUE_CODE, CLERK):      "yyy yyy yyy yyyyy y",
}  # fmt: skip


#: The same where a fee notice went out and more is held than is due.
CHARGED = {
    Act.RECORD_EXTRA: "yyy yy. yyy yyyy. y",
    Act.WITHDRAW_FEE: "yyy yyy yyy yy... .",
    Act.REFUND_FEE:   "yyy yyy yyy yyyy. y",
}  # fmt: skip


@pytest.mark.parametrize("act", CHARGED)
def test_act_on_a_fee_by_status(act):
    charged = [
        replace(each, fee_used=True, fee_ever=True, fee_refundable_fen=100)
        for each in USUAL.values()
    ]

    found = "".join(
        "y" if workflow.check(act, facts=each, actor=CLERK).allowed else "." for each in charged
    )

    assert found == CHARGED[act].replace(" ", "")


def test_acts_on_a_fee_say_why_not():
    waiting = replace(USUAL[Status.AWAITING_PAYMENT], fee_used=True, fee_ever=True)

    assert reasons(Act.WITHDRAW_FEE, facts()) == ("no_fee",)
    assert reasons(Act.RECORD_EXTRA, facts()) == ("no_fee",)
    assert reasons(Act.RECORD_EXTRA, waiting) == ("payment_awaited",)
    assert reasons(Act.REFUND_FEE, facts(fee_ever=True)) == ("nothing_to_refund",)


@pytest.mark.parametrize(("act", "actor"), MATRIX)
def test_act_by_status(act, actor):
    row = MATRIX[act, actor].replace(" ", "")
    held = [replace(each, department_id=HANDLER.department_id) for each in USUAL.values()]

    found = "".join(
        "y" if workflow.check(act, facts=each, actor=actor).allowed else "." for each in held
    )

    assert found == row


@pytest.mark.parametrize("holder", [None, 8])
@pytest.mark.parametrize(
    "act", [Act.SIGN_FOR, Act.SEND_BACK, Act.GIVE_OPINION, Act.EXPLAIN_LATE], ids=str
)
def test_a_department_only_asked_does_nothing_of_the_holders(act, holder):
    assert reasons(act, facts(department_id=holder), HANDLER) == ("other_department",)


def reasons(act, case_facts, actor=CLERK):
    return tuple(
        reason.code for reason in workflow.check(act, facts=case_facts, actor=actor).reasons
    )


def test_second_correction_is_refused_with_its_article():
    verdict = workflow.check(Act.ASK_CORRECTION, facts=facts(correction_used=True), actor=CLERK)

    assert [reason.code for reason in verdict.reasons] == ["correction_repeated"]
    assert verdict.reasons[0].citation == "《政府信息公开条例》第三十条"
    assert not verdict.needs_override


def test_correction_on_the_seventh_day_is_in_time():
    assert reasons(Act.ASK_CORRECTION, facts(today=date(2026, 3, 11))) == ()


def test_correction_on_the_eighth_day_needs_an_override():
    verdict = workflow.check(Act.ASK_CORRECTION, facts=facts(today=date(2026, 3, 12)), actor=CLERK)

    assert [reason.code for reason in verdict.reasons] == ["correction_late"]
    assert verdict.needs_override


def test_correction_while_one_is_awaited_is_refused():
    assert reasons(Act.ASK_CORRECTION, USUAL[Status.AWAITING_CORRECTION]) == (
        "correction_not_available",
    )


def test_correction_after_the_due_day_is_refused():
    assert reasons(Act.ASK_CORRECTION, facts(today=date(2026, 3, 31))) == ("correction_after_due",)


DECISION = (*REPLIED, clock.Event(T.REOPENED, date(2026, 3, 6), data={"days": 20}))


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (Act.ASK_CORRECTION, "correction_not_available"),
        (Act.EXTEND, "extension_not_applicable"),
        (Act.CHARGE_FEE, "fee_notice_not_available"),
    ],
)
def test_a_decisions_period_is_neither_restarted_nor_extended(act, code):
    assert reasons(act, facts(Status.HANDLING, *DECISION)) == (code,)


def test_a_decisions_period_is_not_put_off_either():
    case = facts(Status.HANDLING, *DECISION, reasons_asked=True, reasons_given=True)

    assert reasons(Act.DELAY, case) == ("delay_not_available",)


# 条例 35: many papers are asked for, and those are the ones a fee may be charged for.
DELAYED = clock.Event(T.DELAYED, date(2026, 3, 5), data={"until": date(2026, 5, 15)})


@pytest.mark.parametrize(
    ("act", "codes"),
    [
        (Act.ASK_CORRECTION, ()),
        (Act.CHARGE_FEE, ()),
        (Act.EXTEND, ("extension_not_applicable",)),
    ],
)
def test_a_later_date_leaves_room_for_notices_but_not_for_an_extension(act, codes):
    assert reasons(act, facts(Status.HANDLING, DELAYED)) == codes


def test_consultation_while_payment_is_awaited_in_a_delayed_case_is_warned_of():
    case = facts(
        Status.AWAITING_PAYMENT,
        clock.Event(T.DELAYED, date(2026, 3, 3), data={"until": date(2026, 5, 15)}),
        *FEE,
    )

    verdict = workflow.check(Act.CONSULT, facts=case, actor=CLERK)

    assert verdict.allowed
    assert [warning.code for warning in verdict.warnings] == ["pause_not_applicable"]


def test_consultation_in_a_decisions_period_is_warned_of():
    verdict = workflow.check(Act.CONSULT, facts=facts(Status.HANDLING, *DECISION), actor=CLERK)

    assert verdict.allowed
    assert [warning.code for warning in verdict.warnings] == ["pause_not_applicable"]


def test_consultation_after_the_due_day_is_allowed_with_a_warning():
    verdict = workflow.check(Act.CONSULT, facts=facts(today=date(2026, 3, 31)), actor=CLERK)

    assert verdict.allowed
    assert [warning.code for warning in verdict.warnings] == ["consult_after_due"]


def test_extension_on_the_due_day_is_allowed():
    assert reasons(Act.EXTEND, facts(today=date(2026, 3, 30))) == ()


def test_extension_the_day_after_is_refused():
    assert reasons(Act.EXTEND, facts(today=date(2026, 3, 31))) == ("extension_after_due",)


def test_second_extension_is_refused():
    extended = (
        clock.Event(T.EXTENDED, date(2026, 3, 5), data={"days": 10}),
        clock.Event(T.EXTENSION_NOTIFIED, date(2026, 3, 5)),
    )

    assert reasons(Act.EXTEND, facts(Status.HANDLING, *extended)) == ("extension_repeated",)


def test_second_fee_notice_is_refused():
    assert reasons(Act.CHARGE_FEE, facts(fee_used=True)) == ("fee_notice_repeated",)


def test_fee_notice_after_the_due_day_is_refused():
    assert reasons(Act.CHARGE_FEE, facts(today=date(2026, 3, 31))) == ("fee_notice_after_due",)


def test_late_payment_is_refused():
    late = facts(Status.AWAITING_PAYMENT, *FEE, today=date(2026, 4, 2))

    assert reasons(Act.RECORD_PAYMENT, late) == ("payment_late",)


def test_reasons_are_asked_once():
    assert reasons(Act.ASK_REASONS, facts(reasons_asked=True)) == ("reasons_repeated",)


def test_delay_needs_the_applicants_reasons():
    assert reasons(Act.DELAY, facts()) == ("reasons_missing",)
    assert reasons(Act.DELAY, facts(reasons_given=True)) == ()


def test_delay_after_the_due_day_is_refused():
    assert reasons(Act.DELAY, facts(reasons_given=True, today=date(2026, 3, 31))) == (
        "delay_after_due",
    )


def test_answer_with_an_open_consultation_is_refused():
    assert reasons(Act.ANSWER, facts(open_consultations=1)) == ("open_consultation",)


def test_late_answer_is_allowed_with_a_warning():
    verdict = workflow.check(Act.ANSWER, facts=facts(today=date(2026, 4, 1)), actor=CLERK)

    assert verdict.allowed
    assert [warning.code for warning in verdict.warnings] == ["overdue"]


def test_lapse_within_the_applicants_time_is_refused():
    assert reasons(Act.CONFIRM_LAPSE, USUAL[Status.AWAITING_CORRECTION]) == ("not_lapsed",)


def test_lapse_of_an_undelivered_notice_is_refused():
    waiting = facts(Status.AWAITING_CORRECTION, CORRECTION[0], today=date(2026, 3, 20))

    verdict = workflow.check(Act.CONFIRM_LAPSE, facts=waiting, actor=CLERK)

    assert [reason.code for reason in verdict.reasons] == ["not_lapsed"]
    assert "还没有送达" in verdict.reasons[0].sentence


def test_lapse_is_proposed_the_day_after_the_last_day():
    last_day = facts(Status.AWAITING_CORRECTION, *CORRECTION, today=date(2026, 3, 18))
    day_after = facts(Status.AWAITING_CORRECTION, *CORRECTION, today=date(2026, 3, 19))

    assert reasons(Act.PROPOSE_LAPSE, last_day, SYSTEM) == ("not_lapsed",)
    assert reasons(Act.PROPOSE_LAPSE, day_after, SYSTEM) == ()


def test_opinion_without_a_consultation_is_refused():
    assert reasons(Act.RECORD_OPINION, facts()) == ("no_consultation",)


def test_opinion_is_recorded_once_for_each_that_was_asked():
    asked = clock.Event(T.CONSULT_SENT, date(2026, 3, 4), id="7")
    answered = clock.Event(T.CONSULT_REPLIED, date(2026, 3, 5), id="7")

    assert reasons(Act.RECORD_OPINION, facts(Status.HANDLING, asked)) == ()
    assert reasons(Act.RECORD_OPINION, facts(Status.HANDLING, asked, answered)) == (
        "answered_already",
    )
    silent = facts(Status.HANDLING, asked, silences=frozenset({"7"}))
    assert reasons(Act.RECORD_OPINION, silent) == ("answered_already",)


def test_lapse_too_early_cites_the_rule_of_what_is_awaited():
    def citation(status, events):
        verdict = workflow.check(Act.CONFIRM_LAPSE, facts=facts(status, *events), actor=CLERK)
        return [reason.citation for reason in verdict.reasons]

    assert citation(Status.AWAITING_CORRECTION, CORRECTION) == ["《政府信息公开条例》第三十条"]
    assert citation(Status.AWAITING_PAYMENT, FEE) == [
        "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
    ]


def test_role_comes_first():
    assert reasons(Act.ANSWER, USUAL[Status.ARCHIVED], HANDLER) == ("role",)


def letter(status=LetterStatus.PENDING, act=Act.ANSWER, author=1):
    return LetterFact(1, act, status, needs_approval=True, authors=frozenset({author}))


def letter_reasons(act, one, case_facts, actor):
    verdict = workflow.check_letter(act, letter=one, facts=case_facts, actor=actor)
    return tuple(reason.code for reason in verdict.reasons)


def test_a_second_letter_of_the_same_act_is_refused():
    assert reasons(Act.EXTEND, facts(letters=(letter(act=Act.EXTEND),))) == ("letter_under_way",)


def test_nobody_signs_the_own_draft():
    both = Actor(frozenset({Role.CLERK, Role.HEAD}), "兼任", staff_id=1)

    assert letter_reasons(Act.APPROVE, letter(), facts(), both) == ("four_eyes",)
    assert letter_reasons(Act.APPROVE, letter(), facts(), HEAD) == ()


def test_an_extension_that_waited_too_long_is_not_signed():
    waiting = letter(act=Act.EXTEND)

    assert letter_reasons(Act.APPROVE, waiting, facts(today=date(2026, 3, 31)), HEAD) == (
        "extension_after_due",
    )


@pytest.mark.parametrize(
    ("act", "actor", "allowed"),
    [
        (Act.SUBMIT, CLERK, {LetterStatus.DRAFT}),
        (Act.APPROVE, HEAD, {LetterStatus.PENDING}),
        (Act.RETURN_DRAFT, HEAD, {LetterStatus.PENDING}),
        (
            Act.DISCARD_DRAFT,
            CLERK,
            {LetterStatus.DRAFT, LetterStatus.PENDING, LetterStatus.SIGNED, LetterStatus.ISSUED},
        ),
        (
            Act.REISSUE,
            CLERK,
            {
                LetterStatus.SIGNED,
                LetterStatus.ISSUED,
                LetterStatus.DISPATCHED,
                LetterStatus.DELIVERED,
            },
        ),
        (Act.DISPATCH, CLERK, {LetterStatus.ISSUED}),
        (Act.CONFIRM_DELIVERY, CLERK, {LetterStatus.DISPATCHED}),
    ],
)
def test_letter_act_by_letter_status(act, actor, allowed):
    found = {
        status for status in LetterStatus if not letter_reasons(act, letter(status), facts(), actor)
    }

    assert found == allowed


def test_a_page_is_offered_only_acts_of_the_own_roles():
    offered = [verdict.act for verdict in workflow.available(facts(), actor=HANDLER)]

    assert offered == [
        Act.SIGN_FOR,
        Act.SEND_BACK,
        Act.GIVE_OPINION,
        Act.RECORD_SEARCH,
        Act.NOTE,
    ]


def test_the_applicant_is_offered_what_applicants_may_do():
    offered = {
        verdict.act: verdict.allowed for verdict in workflow.available(facts(), actor=APPLICANT)
    }

    assert offered == {
        Act.ANSWER_CORRECTION: False,
        Act.GIVE_REASONS: False,
        Act.PROVE_PAYMENT: False,
        Act.RATE: False,
        Act.SUGGEST_PUBLICATION: True,
        Act.WITHDRAW: True,
    }


def test_an_own_record_knows_none_of_the_application_procedure():
    case = facts(matter=Matter.AMENDMENT)
    foreign = {
        Act.ASK_CORRECTION, Act.CONSULT, Act.EXTEND, Act.CHARGE_FEE, Act.ASK_REASONS, Act.DELAY,
        Act.CONFIRM_LAPSE, Act.RECORD_PAYMENT, Act.RECORD_OPINION, Act.TELL_THIRD_PARTY,
        Act.ANSWER_CORRECTION, Act.GIVE_REASONS,
    }  # fmt: skip

    offered = {verdict.act for verdict in workflow.available(case, actor=CLERK)}

    assert not offered & foreign
    assert {Act.ANSWER, Act.WITHDRAW, Act.ASSIGN, Act.NOTE} <= offered
    assert {reasons(act, case) for act in foreign} == {("not_of_this_matter",)}
