"""Departments asked beside the one that has the case: who sees what, who answers, who is reminded."""

import pytest

from requests_app.domain import workflow
from requests_app.domain.access import Act, Role
from requests_app.domain.inquiries import Wanted
from requests_app.domain.lateness import Segment
from requests_app.domain.papers import PaperKind
from requests_app.models import Case, Department, Inquiry, Reminder
from requests_app.selectors import cases, facts
from requests_app.selectors import inquiries as selector
from requests_app.services import (
    absences,
    assignments,
    entries,
    escalation,
    inquiries,
    lateness,
    nudges,
    supervision,
)
from requests_app.services.lateness import Share
from tests import factories
from tests.factories import paper, refused, staff
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

AT = moment("2026-03-04")


@pytest.fixture
def case(desk):
    """Received on Monday 2026-03-02, with the housing department since the 3rd."""
    case = desk.register("2026-03-02")
    desk.assign(case, "2026-03-03")
    return case


def ask(desk, case, *departments, at=AT, **changes):
    given = {"wanted": Wanted.BOTH, "question": "查2025年预算", "actor": desk.clerk, "at": at}
    ids = [each.pk for each in departments or (desk.finance,)]
    return inquiries.ask(case.pk, department_ids=ids, **(given | changes))


def sees(actor, case):
    return cases.visible_to(actor).filter(pk=case.pk).exists()


def told(kind):
    rows = Reminder.objects.filter(kind=kind).select_related("recipient").order_by("pk")
    return [(row.recipient.username, row.due_on.isoformat()) for row in rows]


def test_several_departments_are_asked_each_with_its_last_day(desk, case):
    roads = Department.objects.create(code="jtj", name="市交通运输局", valid_from="2020-01-01")

    rows = ask(desk, case, desk.finance, roads)

    assert [(str(row.department), row.due_on.isoformat()) for row in rows] == [
        ("市财政局", "2026-03-11"),
        ("市交通运输局", "2026-03-11"),
    ]
    assert case.events.order_by("-seq").first().data["text"] == (
        "请市交通运输局协办（2026-03-11前回复）：查找并提供材料，提出能否公开的意见。查2025年预算"
    )


def test_a_handler_sees_the_case_from_the_asking_until_he_returns_it(desk, case):
    other = desk.register("2026-03-02")
    assert not sees(desk.handler_elsewhere, case)
    (row,) = ask(desk, case)

    assert sees(desk.handler_elsewhere, case)
    assert not sees(desk.handler_elsewhere, other)
    assert [each.pk for each in selector.owed(desk.handler_elsewhere)] == [row.pk]
    assert list(selector.owed(desk.handler)) == []

    inquiries.send_back(row.pk, reason="不归我局", actor=desk.handler_elsewhere, at=AT)
    assert not sees(desk.handler_elsewhere, case)


def test_asking_taken_back_hides_the_case_again(desk, case):
    ask(desk, case)
    asked = case.events.order_by("-seq").first()

    entries.void(case.pk, seq=asked.seq, reason="问错了部门", actor=desk.clerk, at=AT)

    assert not sees(desk.handler_elsewhere, case)


def test_asking_is_not_taken_back_over_a_reply(desk, case):
    (row,) = ask(desk, case)
    asked = case.events.order_by("-seq").first()
    inquiries.reply(row.pk, text="没有", actor=desk.handler_elsewhere, at=AT)
    replied = case.events.order_by("-seq").first()
    changes = {"reason": "问错了部门", "actor": desk.clerk, "at": AT}

    over_it = refused(entries.void, case.pk, seq=asked.seq, **changes)
    entries.void(case.pk, seq=replied.seq, **changes)
    entries.void(case.pk, seq=asked.seq, **changes)

    assert over_it == ("depended_on",)
    assert not sees(desk.handler_elsewhere, case)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"question": " "}, "question"), ({"actor": "handler"}, "role")],
)
def test_an_asking_that_says_nothing_or_is_not_the_clerks_is_refused(desk, case, changes, code):
    if "actor" in changes:
        changes = {"actor": desk.handler}

    assert refused(ask, desk, case, **changes) == (code,)


def test_whom_one_cannot_ask(desk, case):
    ask(desk, case)

    assert refused(ask, desk, case, desk.housing) == ("departments",)
    assert refused(ask, desk, case, desk.finance) == ("departments",)
    assert refused(
        inquiries.ask, case.pk, department_ids=[], wanted=Wanted.BOTH, question="查",
        actor=desk.clerk, at=AT,
    ) == ("departments",)  # fmt: skip
    assert refused(
        inquiries.ask, case.pk, department_ids=[10**6], wanted=Wanted.BOTH, question="查",
        actor=desk.clerk, at=AT,
    ) == ("department",)  # fmt: skip
    assert Inquiry.objects.count() == 1


def test_the_department_signs_and_replies_with_its_papers(desk, case):
    (row,) = ask(desk, case)
    inquiries.sign_for(row.pk, actor=desk.handler_elsewhere, at=AT)

    inquiries.reply(
        row.pk,
        text="有预算表一份，可以公开",
        files=[paper(PaperKind.OPINION, "预算表.jpg")],
        actor=desk.handler_elsewhere,
        at=moment("2026-03-05"),
    )

    row.refresh_from_db()
    assert (row.reply, row.replied_by_id) == (
        "有预算表一份，可以公开",
        desk.handler_elsewhere.staff_id,
    )
    assert case.attachments.get().name == "预算表.jpg"
    last = case.events.order_by("-seq").first()
    assert (last.entry, last.data["text"]) == (
        "opinion_given",
        "市财政局：有预算表一份，可以公开",
    )
    assert sees(desk.handler_elsewhere, case)


def test_a_voided_reply_is_owed_again(desk, case):
    (row,) = ask(desk, case)
    inquiries.reply(row.pk, text="没有", actor=desk.handler_elsewhere, at=AT)
    given = case.events.get(entry="opinion_given")

    entries.void(case.pk, seq=given.seq, reason="回错了", actor=desk.clerk, at=AT)

    assert [each.pk for each in selector.owed(desk.handler_elsewhere)] == [row.pk]


def test_what_a_department_may_not_do(desk, case):
    (row,) = ask(desk, case)
    theirs = {"actor": desk.handler_elsewhere, "at": AT}

    assert refused(inquiries.send_back, row.pk, reason=" ", **theirs) == ("reason",)
    assert refused(inquiries.reply, row.pk, text="", **theirs) == ("text",)
    assert refused(inquiries.sign_for, row.pk, actor=desk.handler, at=AT) == ("other_department",)
    assert refused(inquiries.reply, 10**6, text="好", **theirs) == ("no_such_inquiry",)
    inquiries.sign_for(row.pk, **theirs)
    assert refused(inquiries.sign_for, row.pk, **theirs) == ("inquiry_signed",)
    inquiries.reply(row.pk, text="没有", **theirs)
    assert refused(inquiries.reply, row.pk, text="再说", **theirs) == ("no_such_inquiry",)
    assert refused(inquiries.send_back, row.pk, reason="不归", **theirs) == ("no_such_inquiry",)


def test_a_department_only_asked_does_not_act_for_the_one_with_the_case(desk, case):
    ask(desk, case)
    theirs = {"actor": desk.handler_elsewhere, "at": AT}

    assert refused(assignments.send_back, case.pk, reason="不归", **theirs) == ("other_department",)
    assert refused(assignments.give_opinion, case.pk, text="可以", **theirs) == (
        "other_department",
    )
    case.refresh_from_db()
    assert case.department == desk.housing


def test_a_department_only_asked_does_not_answer_for_lateness_or_to_the_supervisor(desk, case):
    ask(desk, case)
    late = moment("2026-04-20")
    order = supervision.issue(case.pk, asked="请办结", actor=desk.supervisor, at=late)
    share = Share(Segment.REGISTRATION, 3, "登记晚了")
    words = {"text": "已办", "on": late.date(), "at": late}

    theirs = refused(
        lateness.explain, case.pk, shares=[share], actor=desk.handler_elsewhere, at=late
    )
    answered = refused(supervision.reply, order.pk, actor=desk.handler_elsewhere, **words)
    lateness.explain(case.pk, shares=[share], actor=desk.handler, at=late)
    supervision.reply(order.pk, actor=desk.handler, **words)

    assert (theirs, answered) == (("other_department",), ("other_department",))


def test_a_department_only_asked_sends_back_no_case_the_working_body_handles_itself(desk):
    case = desk.register("2026-03-02")
    desk.ask_correction(case, "2026-03-02", served="2026-03-02")
    desk.correct(case, "2026-03-03")
    ask(desk, case)
    theirs = {"actor": desk.handler_elsewhere, "at": AT}

    sent_back = refused(assignments.send_back, case.pk, reason="不归", **theirs)
    opinion = refused(assignments.give_opinion, case.pk, text="可以", **theirs)

    assert (sent_back, opinion) == (("other_department",), ("other_department",))
    assert factories.status(case) == "handling"


def test_who_forgets_to_sign_or_reply_is_reminded_and_the_clerk_with_him(desk, case):
    Case.objects.filter(pk=case.pk).update(clerk_id=desk.clerk.staff_id)
    ask(desk, case)

    escalation.run(at=moment("2026-03-06", "09:00"))
    signing = told("inquiry_sign")
    escalation.run(at=moment("2026-03-12", "09:00"))

    assert {("clerk", "2026-03-05"), ("elsewhere", "2026-03-05")} <= set(signing)
    assert ("handler", "2026-03-05") not in signing
    assert ("elsewhere", "2026-03-11") in told("inquiry")


def test_while_the_handler_is_away_the_cover_is_reminded(desk, case):
    cover = staff("cover", "代理", Role.HANDLER)
    absences.record(
        person_id=desk.handler_elsewhere.staff_id,
        first_on=moment("2026-03-04").date(),
        last_on=moment("2026-03-20").date(),
        cover_id=cover.staff_id,
        actor=desk.handler_elsewhere,
        at=AT,
    )
    ask(desk, case)

    escalation.run(at=moment("2026-03-06", "09:00"))

    people = {name for name, _ in told("inquiry_sign")}
    assert "cover" in people
    assert "elsewhere" not in people


def test_the_reply_settles_what_was_sent(desk, case):
    (row,) = ask(desk, case)
    escalation.run(at=moment("2026-03-12", "09:00"))
    inquiries.reply(row.pk, text="没有", actor=desk.handler_elsewhere, at=moment("2026-03-12"))

    escalation.run(at=moment("2026-03-13", "09:00"))

    rows = Reminder.objects.filter(kind__in=["inquiry", "inquiry_sign"])
    assert [row.settled_at is None for row in rows] == [False] * rows.count()


def test_a_clerks_own_reminder_goes_to_who_owes_a_reply_too(desk, case):
    ask(desk, case)

    nudges.remind(case.pk, actor=desk.clerk, at=AT)
    escalation.run(at=moment("2026-03-04", "11:00"))

    assert [name for name, _ in told("nudge")] == ["handler", "elsewhere"]
    assert not Reminder.objects.filter(kind="nudge", cancelled_at__isnull=False).exists()


def test_an_answer_is_warned_of_while_a_reply_is_owed(desk, case):
    ask(desk, case)

    verdict = workflow.check(
        Act.ANSWER,
        facts=facts.load(Case.objects.get(pk=case.pk), today=AT.date()),
        actor=desk.clerk,
    )

    assert verdict.allowed
    assert [each.code for each in verdict.warnings] == ["open_inquiry"]
    assert "市财政局的协办还没有回复" in verdict.warnings[0].sentence
