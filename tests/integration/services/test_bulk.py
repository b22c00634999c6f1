"""Several cases at once: each wholly or not at all, and every refusal named."""

import pytest

from requests_app.models import Case, Message, Reminder, StaffUser
from requests_app.services import bulk, nudges, watching
from tests.factories import refused, status
from tests.offices import moment

pytestmark = pytest.mark.django_db

AT = moment("2026-03-12")


def told(report):
    return (
        [case.number for case in report.done],
        [(each.case.number, [reason.code for reason in each.reasons]) for each in report.failed],
    )


def test_what_one_case_refuses_stops_none_of_the_others(desk, quick_pdf):
    fine, waiting = desk.file("2026-03-02"), desk.file("2026-03-03")
    desk.ask_correction(waiting, "2026-03-04", served="2026-03-04")
    before = waiting.events.count()

    report = bulk.assign(
        [waiting.pk, fine.pk, fine.pk],
        department_id=desk.housing.pk,
        clerk_id=None,
        actor=desk.clerk,
        at=AT,
    )

    assert told(report) == (["2026-0001"], [("2026-0002", ["status"])])
    assert (status(fine), waiting.events.count()) == ("assigned", before)


def test_archive_says_of_each_case_why_not(desk):
    case = desk.file("2026-03-02")

    assert told(bulk.archive([case.pk], actor=desk.clerk, at=AT)) == (
        [],
        [("2026-0001", ["status"])],
    )


@pytest.mark.parametrize(
    ("act", "given", "code"),
    [
        (bulk.archive, {"case_ids": []}, "cases"),
        (bulk.archive, {"case_ids": list(range(1, 202))}, "cases"),
        (bulk.assign, {"case_ids": [1], "department_id": None, "clerk_id": None}, "nobody"),
    ],
)
def test_nothing_chosen_or_too_much_is_refused(desk, act, given, code):
    assert refused(act, actor=desk.clerk, at=AT, **given) == (code,)


def test_who_may_not_do_the_act_is_told_once(desk):
    case = desk.file("2026-03-02")

    assert refused(bulk.archive, [case.pk], actor=desk.handler, at=AT) == ("role",)


def test_a_case_of_another_department_does_not_exist(desk):
    case = desk.file("2026-03-02")
    desk.assign(case, "2026-03-03")

    report = bulk.remind([case.pk], actor=desk.handler_elsewhere, at=AT)

    assert told(report) == ([], [])


def test_a_reminder_goes_to_the_department_once_a_day(desk):
    case = desk.file("2026-03-02")
    desk.assign(case, "2026-03-03")
    StaffUser.objects.filter(pk=desk.handler.staff_id).update(email="handler@example.com")

    first = bulk.remind([case.pk], actor=desk.clerk, at=AT)
    again = bulk.remind([case.pk], actor=desk.clerk, at=moment("2026-03-12", "16:00"))

    assert (told(first), told(again)) == (
        (["2026-0001"], []),
        ([], [("2026-0001", ["reminded"])]),
    )
    row = Reminder.objects.get()
    assert (row.kind, row.recipient_id, row.sent_at, row.days_late) == (
        "nudge",
        desk.handler.staff_id,
        AT,
        0,
    )
    message = Message.objects.get(key=f"digest:{desk.handler.staff_id}:2026-03-12")
    assert (message.to, "人工催办　2026-0001　期限2026年3月30日" in message.body) == (
        "handler@example.com",
        True,
    )
    assert case.events.last().data["text"] == "已发提醒：承办戊"


def test_nobody_to_remind_is_said(desk):
    case = desk.file("2026-03-02")

    assert refused(nudges.remind, case.pk, actor=desk.clerk, at=AT) == ("nobody",)


def test_a_saved_filter_is_ones_own_and_its_name_is_used_once(desk):
    given = {"actor": desk.clerk, "at": AT}
    watching.save_filter(name="我的", query="?flag=mine", **given)
    kept = watching.save_filter(name=" 我的 ", query="?flag=paused", **given)
    watching.forget_filter(kept.pk, actor=desk.clerk_too)

    assert list(
        StaffUser.objects.get(pk=desk.clerk.staff_id).saved_filters.values_list("query")
    ) == [("?flag=paused",)]
    assert refused(watching.save_filter, name="", query="?", **given) == ("name",)
    assert refused(watching.save_filter, name="长" * 31, query="?", **given) == ("name",)


def test_no_more_than_twenty_filters(desk):
    for place in range(20):
        watching.save_filter(name=str(place), query="?", actor=desk.clerk, at=AT)

    assert refused(watching.save_filter, name="又", query="?", actor=desk.clerk, at=AT) == (
        "filters",
    )


def test_a_case_of_another_department_is_not_followed(desk):
    case = desk.file("2026-03-02")

    assert refused(watching.watch, case.pk, following=True, actor=desk.handler, at=AT) == (
        "no_such_case",
    )
    watching.watch(case.pk, following=True, actor=desk.clerk, at=AT)
    watching.watch(case.pk, following=True, actor=desk.clerk, at=AT)
    assert Case.objects.get(watches__staff=desk.clerk.staff_id) == case
