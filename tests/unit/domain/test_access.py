"""The table role × act, held against a copy typed by hand."""

import pytest

from requests_app.domain.access import (
    ACT_LABELS,
    ALLOWED,
    APPLICANT,
    ROLE_LABELS,
    SYSTEM,
    Act,
    Actor,
    Role,
    reasons_against,
)

A = Act


def test_each_role_may_do_exactly_this():
    assert {role: set(acts) for role, acts in ALLOWED.items()} == {
        Role.CLERK: {
            A.REGISTER, A.CHANGE_BODY, A.ASSIGN, A.SEND_BACK, A.ASK_CORRECTION, A.ANSWER_CORRECTION,
            A.CONSULT, A.TELL_APPLICANT, A.RECORD_OPINION, A.TELL_THIRD_PARTY, A.EXTEND, A.CHARGE_FEE,
            A.RECORD_PAYMENT, A.ASK_REASONS, A.GIVE_REASONS, A.DELAY, A.ANSWER, A.CONFIRM_LAPSE,
            A.WITHDRAW, A.REOPEN, A.SUBMIT, A.DISCARD_DRAFT, A.DISPATCH, A.CONFIRM_DELIVERY,
            A.VOID_EVENT, A.NOTE, A.ARCHIVE, A.READ_CASE, A.REVEAL_IDENTITY, A.BUNDLE,
            A.REISSUE, A.READ_REPORTS, A.LEAD_PROCEEDING, A.READ_ANNUAL,
            A.MERGE, A.SPLIT, A.DECIDE_PUBLICATION, A.IMPORT_CASES, A.REISSUE_CODE,
            A.EXPLAIN_LATE, A.REPLY_SUPERVISION, A.RECORD_SEARCH,
            A.ASK_REVIEW, A.ANSWER_REVIEW, A.ASK_DEPARTMENT, A.HAND_OVER,
            A.RECORD_EXTRA, A.WITHDRAW_FEE, A.REFUND_FEE,
            A.RECORD_ORGANISATION,
            A.PREPARE_RELEASE,
            A.LEND, A.ADD_PAPERS,
            A.GUIDE,
        },
        Role.HANDLER: {
            A.SIGN_FOR, A.SEND_BACK, A.GIVE_OPINION, A.NOTE, A.READ_CASE, A.READ_REPORTS,
            A.EXPLAIN_LATE, A.REPLY_SUPERVISION, A.RECORD_SEARCH,
            A.SIGN_INQUIRY, A.REPLY_INQUIRY, A.RETURN_INQUIRY,
        },
        Role.REVIEWER: {
            A.GIVE_OPINION, A.GIVE_REVIEW, A.NOTE, A.READ_CASE, A.PROPOSE_WORDING, A.BUNDLE, A.LEAD_PROCEEDING,
            A.READ_ANNUAL,
        },
        Role.HEAD: {
            A.APPROVE, A.RETURN_DRAFT, A.ASSIGN, A.NOTE, A.READ_CASE, A.APPROVE_WORDING,
            A.READ_REPORTS, A.PUBLISH_REPORT, A.DECIDE_SUGGESTION, A.READ_ANNUAL,
            A.EXPLAIN_LATE, A.SUPERVISE, A.REPLY_SUPERVISION, A.HAND_OVER,
        },
        Role.SUPERVISOR: {
            A.READ_CASE, A.NOTE, A.READ_REPORTS, A.DRAFT_REPORT, A.CLOSE_PERIOD,
            A.SUPERVISE, A.REPLY_SUPERVISION, A.SET_ESCALATION, A.READ_ANNUAL,
            A.RECORD_ORGANISATION,
        },
        Role.ARCHIVIST: {A.ARCHIVE, A.READ_CASE, A.BUNDLE, A.LEND, A.ADD_PAPERS},
        Role.ADMINISTRATOR: {A.PROPOSE_WORDING, A.SET_ESCALATION},
        Role.APPLICANT: {
            A.FILE, A.ANSWER_CORRECTION, A.GIVE_REASONS, A.WITHDRAW, A.CONFIRM_DELIVERY, A.READ_CASE,
            A.PROVE_PAYMENT, A.RATE, A.SUGGEST_PUBLICATION,
        },
        Role.SYSTEM: {A.PROPOSE_LAPSE, A.DISPATCH},
    }  # fmt: skip


def test_every_act_belongs_to_somebody_and_has_a_name():
    assert set().union(*ALLOWED.values()) == set(Act)
    assert set(ACT_LABELS) == set(Act)
    assert set(ROLE_LABELS) == set(Role) == set(ALLOWED)


def test_nobody_who_drafts_also_signs():
    assert not [role for role, acts in ALLOWED.items() if {A.ANSWER, A.APPROVE} <= acts]
    pair = {A.PROPOSE_WORDING, A.APPROVE_WORDING}
    assert not [role for role, acts in ALLOWED.items() if pair <= acts]


def test_a_refusal_names_who_may():
    reasons = reasons_against(A.APPROVE, actor=APPLICANT)

    assert [str(reason) for reason in reasons] == [
        "“签发”由工作机构负责人办理，您现在的岗位不能办理。"
    ]


def test_two_roles_add_up():
    both = Actor(frozenset({Role.CLERK, Role.HEAD}), "兼任", staff_id=1)

    assert both.may(A.ANSWER)
    assert both.may(A.APPROVE)


def test_only_a_mere_handler_is_confined_to_the_department():
    assert Actor(frozenset({Role.HANDLER}), "承办", staff_id=1).confined_to_department
    assert not Actor(frozenset({Role.HANDLER, Role.CLERK}), "兼", staff_id=1).confined_to_department


@pytest.mark.parametrize(
    ("roles", "staff_id"), [({Role.CLERK}, None), ({Role.APPLICANT}, 1), ({Role.SYSTEM}, 1)]
)
def test_a_staff_role_and_a_staff_id_go_together(roles, staff_id):
    with pytest.raises(ValueError, match="go together"):
        Actor(frozenset(roles), "某人", staff_id=staff_id)


def test_a_person_without_roles_may_nothing():
    nobody = Actor(frozenset(), "无岗位")

    assert not any(nobody.may(act) for act in Act)
    assert not SYSTEM.may(A.APPROVE)
