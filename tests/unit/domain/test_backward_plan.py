"""The backward plan on paper: a case received on Monday 2026-03-02, due on Monday 2026-03-30."""

from datetime import date

import pytest

from requests_app.adapters import calendar_files
from requests_app.domain import backward_plan, clock
from requests_app.domain.backward_plan import Held, Planned, Stage
from requests_app.domain.escalation import DEFAULT_THRESHOLDS
from requests_app.domain.ledger import Entry, LedgerEntry

CALENDAR = calendar_files.packaged_calendar()
CLOCK = {kind.value: kind for kind in clock.EventType}
ROADS = {"department": "交通局", "department_id": 7}


def entry(seq, kind, on, ref="", **data):
    return LedgerEntry(kind, date.fromisoformat(on), seq, ref=ref, data=data)


RECEIVED = entry(1, Entry.RECEIVED, "2026-03-02")
ASSIGNED = entry(2, Entry.ASSIGNED, "2026-03-04", **ROADS)
SIGNED = entry(3, Entry.SIGNED_FOR, "2026-03-05")
OPINION = entry(4, Entry.OPINION_GIVEN, "2026-03-12", text="可以公开")
WORKING = (RECEIVED, ASSIGNED, SIGNED)


def plan(*entries, today, drafted="", clerk="王某"):
    events = [
        clock.Event(CLOCK[each.entry.value], each.on, id=each.ref)
        for each in entries
        if each.entry.value in CLOCK
    ]
    timeline = clock.evaluate(events, as_of=date.fromisoformat(today), calendar=CALENDAR)
    return backward_plan.plan(
        entries,
        timeline=timeline,
        thresholds=DEFAULT_THRESHOLDS,
        drafted_on=date.fromisoformat(drafted) if drafted else None,
        clerk=clerk,
    )


def steps(found):
    return [
        (each.stage.value, each.who, each.usual, each.latest_on.isoformat(), each.may_use)
        for each in found.steps
    ]


def held(found):
    return [(each.stage.value, each.who, each.days, each.over) for each in found.held]


def test_a_fresh_case_is_planned_from_its_last_day_back():
    found = plan(RECEIVED, today="2026-03-03")

    # 30 March is the last day; dispatch takes 2 days up to it, signing 1 before, and so on.
    assert steps(found) == [
        ("assign", "工作机构", 1, "2026-03-13", 8),
        ("sign_for", "王某", 1, "2026-03-16", 1),
        ("work", "王某", 5, "2026-03-23", 5),
        ("review", "王某", 2, "2026-03-25", 2),
        ("sign", "负责人", 1, "2026-03-26", 1),
        ("dispatch", "王某", 2, "2026-03-30", 2),
    ]
    assert (found.left, found.needed, found.breach) == (19, 12, 0)
    assert found.sentence == (
        "到2026-03-30还有19个工作日，余下的环节通常要12个"
        "（分办1、签收1、检索和意见5、拟稿审核2、签发1、制作发出2），机动7个。"
    )


def test_who_has_the_case_may_use_all_the_slack_and_is_told_what_was_used():
    found = plan(*WORKING, today="2026-03-10")

    # Held: 3 and 4 March by the working body, 5 March to be signed for, 6, 9, 10 March at work.
    assert held(found) == [
        ("assign", "工作机构", 2, 1),
        ("sign_for", "交通局", 1, 0),
        ("work", "交通局", 3, 0),
    ]
    assert found.steps[0] == Planned(Stage.WORK, "交通局", 2, date(2026, 3, 23), 9, now=True)
    assert (found.left, found.needed) == (14, 7)


def test_the_last_day_without_slack_is_no_breach():
    found = plan(*WORKING, today="2026-03-20")

    assert (found.left, found.needed, found.breach) == (6, 6, 0)
    assert found.sentence.endswith("机动0个。")


def test_a_predicted_breach_names_the_sum_and_who_used_the_slack():
    found = plan(*WORKING, today="2026-03-23")

    assert held(found)[-1] == ("work", "交通局", 12, 7)
    assert (found.left, found.needed, found.breach) == (5, 6, 1)
    assert (found.steps[0].latest_on, found.steps[0].may_use) == (date(2026, 3, 23), 0)
    assert found.sentence == (
        "预计超期：余下的环节通常要6个工作日（检索和意见1、拟稿审核2、签发1、制作发出2），"
        "到2026-03-30只有5个，差1个。工作机构分办多用1个、交通局检索和意见多用7个工作日。"
    )


def test_a_breach_nobody_caused_says_so():
    returned = entry(5, Entry.SENT_BACK, "2026-03-02", reason="不归")

    found = backward_plan.plan(
        (RECEIVED, returned),
        timeline=clock.evaluate(
            [clock.Event(CLOCK["received"], date(2026, 3, 2))],
            as_of=date(2026, 3, 2),
            calendar=CALENDAR,
        ),
        thresholds=DEFAULT_THRESHOLDS.__class__(opinion=20),
        drafted_on=None,
    )

    assert found.breach == 7
    assert found.sentence.endswith("差7个。前面的环节都没有超过通常的天数。")


def test_past_the_last_day_the_plan_says_what_is_still_needed():
    found = plan(*WORKING, OPINION, today="2026-04-01")

    assert (found.left, found.breach) == (-2, 4)
    assert found.sentence.startswith(
        "答复期限2026-03-30已过2个工作日，余下的环节通常还要4个（拟稿审核1、签发1、制作发出2）。"
    )


@pytest.mark.parametrize(
    ("more", "drafted", "stage", "who"),
    [
        ((OPINION,), "", "review", "王某"),
        ((), "2026-03-13", "review", "王某"),
        ((OPINION, entry(5, Entry.ANSWER_SUBMITTED, "2026-03-16")), "", "sign", "负责人"),
        ((entry(5, Entry.ANSWER_SUBMITTED, "2026-03-16"),), "2026-03-13", "sign", "负责人"),
        ((entry(5, Entry.ANSWER_SIGNED, "2026-03-17"),), "", "dispatch", "王某"),
        ((entry(5, Entry.ANSWER_RETURNED, "2026-03-17"),), "", "review", "王某"),
        ((entry(5, Entry.SENT_BACK, "2026-03-17"),), "", "assign", "工作机构"),
    ],
)
def test_the_stage_follows_from_the_ledger_and_the_draft(more, drafted, stage, who):
    found = plan(*WORKING, *more, today="2026-03-18", drafted=drafted)

    assert (found.steps[0].stage.value, found.steps[0].who) == (stage, who)
    assert found.steps[0].now


def test_a_case_given_to_a_clerk_alone_is_his_work():
    given = entry(2, Entry.NOTED, "2026-03-03", clerk_id=4, clerk="王某")

    found = plan(RECEIVED, given, today="2026-03-05")

    assert held(found) == [("assign", "工作机构", 1, 0), ("work", "王某", 2, 0)]


def test_a_pause_is_nobodys_and_moves_the_plan():
    asked = (
        entry(4, Entry.CONSULT_SENT, "2026-03-10", "9"),
        entry(5, Entry.CONSULT_DELIVERED, "2026-03-10", "9"),
        entry(6, Entry.CONSULT_REPLIED, "2026-03-13", "9"),
    )

    found = plan(*WORKING, *asked, today="2026-03-16")

    # 11 to 13 March do not count, so the last day is Thursday 2 April.
    assert found.due_on == date(2026, 4, 2)
    assert held(found)[-1] == ("work", "交通局", 4, 0)
    assert plan(*WORKING, *asked[:2], today="2026-03-12") is None


def test_a_new_period_begins_with_a_clean_sheet():
    corrected = (
        entry(4, Entry.CORRECTION_REQUESTED, "2026-03-09"),
        entry(5, Entry.CORRECTION_DELIVERED, "2026-03-09"),
        entry(6, Entry.CORRECTED, "2026-03-16"),
    )

    found = plan(*WORKING, *corrected, today="2026-03-18")

    assert held(found)[-1] == ("work", "交通局", 2, 0)
    assert [each for each in held(found) if each[2]] == [("work", "交通局", 2, 0)]


def test_departments_only_asked_stand_beside_the_present_stage():
    inquiry = entry(
        4, Entry.NOTED, "2026-03-06",
        inquiry=1, step="asked", department_id=8, of_department="财政局",
    )  # fmt: skip

    found = plan(*WORKING, inquiry, today="2026-03-10")

    assert steps(found)[:2] == [
        ("work", "交通局", 2, "2026-03-23", 9),
        ("work", "财政局", 0, "2026-03-13", 3),
    ]
    assert found.needed == 7


def test_an_answered_case_has_no_plan():
    assert plan(*WORKING, entry(5, Entry.REPLIED, "2026-03-17"), today="2026-03-18") is None


@pytest.mark.parametrize("notice", [Entry.CORRECTION_REQUESTED, Entry.FEE_NOTICE])
def test_while_the_applicant_must_act_there_is_no_plan(notice):
    assert plan(*WORKING, entry(5, notice, "2026-03-09"), today="2026-03-10") is None


def test_only_days_beyond_the_usual_are_over():
    assert [Held(Stage.SIGN, "负责人", days, 1).over for days in (0, 1, 3)] == [0, 0, 2]
