"""The ladder over the database: owed, planned, sent once; missed runs, leave, pauses, moved dates."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests_app.domain.case_facts import CaseFacts
from requests_app.domain.escalation import Thresholds
from requests_app.domain.lateness import Segment
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.staffing import Duty
from requests_app.models import (
    Case,
    Digest,
    DutyHolder,
    LateReason,
    Message,
    Reminder,
    StaffUser,
    SupervisionOrder,
)
from requests_app.selectors import calendars, facts
from requests_app.services import (
    absences,
    archives,
    assignments,
    digests,
    escalation,
    escalation_settings,
    lateness,
    letters,
    projections,
    supervision,
)
from requests_app.services.lateness import Share
from tests.factories import BY_POST, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf", "quick_sheet")]

LADDER = ("remind", "urge", "yellow", "red", "bulletin")


@pytest.fixture
def quick_sheet(monkeypatch):
    """Stand in for the renderer of working papers."""
    from requests_app.adapters import pdf

    monkeypatch.setattr(pdf, "render_sheet", lambda sheet: b"%PDF-1.7 " + sheet.number.encode())


@pytest.fixture
def case(desk):
    """Received at the counter on Monday 2026-03-02 and held by the clerk; due Monday 2026-03-30."""
    return desk.register("2026-03-02")


def run(day, at="08:30"):
    return escalation.run(at=moment(day, at))


def run_days(first, last):
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        run(day.isoformat())
        day += timedelta(days=1)


def state(row):
    order = ("cancelled", "settled", "acknowledged", "raised", "sent")
    return next((name for name in order if getattr(row, f"{name}_at")), "planned")


def ladder(*kinds):
    rows = Reminder.objects.filter(kind__in=kinds or LADDER).select_related("recipient")
    return sorted((row.kind, row.recipient.username, state(row)) for row in rows)


def owing(case, day, at="08:30"):
    return bool(escalation.difference(case.pk, at=moment(day, at)))


def acknowledge_all(day, at="09:00"):
    for person in StaffUser.objects.all():
        own = Reminder.objects.filter(recipient=person, sent_at__isnull=False, settled_at=None)
        ids = list(own.filter(acknowledged_at=None).values_list("pk", flat=True))
        if ids:
            digests.acknowledge(ids, actor=person.as_actor(), at=moment(day, at))


# --- Owed, sent, once --------------------------------------------------------------------------------


def test_ladder_of_a_case_goes_up_step_by_step(desk, case):
    seen = {}
    for day in ("2026-03-20", "2026-03-23", "2026-03-25", "2026-03-27", "2026-03-31", "2026-04-07"):
        before = set(ladder())
        run(day)
        acknowledge_all(day)
        seen[day] = sorted({each[:2] for each in ladder()} - {each[:2] for each in before})

    both_heads = ["both", "head"]
    assert seen == {
        "2026-03-20": [],
        "2026-03-23": [("remind", "clerk")],
        "2026-03-25": [("urge", name) for name in sorted(["clerk", *both_heads])],
        "2026-03-27": [("yellow", name) for name in sorted(["clerk", *both_heads, "supervisor"])],
        # Nobody is named leader: the heads of the working body; no deputy leader: the supervisor.
        "2026-03-31": [("red", name) for name in sorted(["clerk", *both_heads, "supervisor"])],
        "2026-04-07": [("bulletin", name) for name in sorted([*both_heads, "supervisor"])],
    }


def test_a_second_run_finds_nothing(desk, case):
    first = run("2026-03-31")
    counts = Reminder.objects.count(), Message.objects.count(), SupervisionOrder.objects.count()
    second = run("2026-03-31", "09:00")

    assert (first.changed > 0, second.changed, second.failed) == (True, 0, 0)
    assert (
        Reminder.objects.count(),
        Message.objects.count(),
        SupervisionOrder.objects.count(),
    ) == counts
    assert not owing(case, "2026-03-31")


def test_a_week_without_a_server_sends_the_gap_once(desk, case):
    run("2026-03-20")
    run("2026-03-31")  # the server was off from the 21st to the 30th

    rows = Reminder.objects.filter(kind__in=LADDER, recipient__username="clerk").order_by("owed_on")
    assert [(row.kind, row.owed_on.isoformat(), row.days_late) for row in rows] == [
        ("remind", "2026-03-23", 6),
        ("urge", "2026-03-25", 4),
        ("yellow", "2026-03-27", 2),
        ("red", "2026-03-31", 0),
    ]
    assert Digest.objects.filter(person__username="clerk", on=date(2026, 3, 31)).count() == 1


def test_days_missed_make_the_same_rows_as_days_run(desk):
    """Whoever was to be told is told in the end, however many runs were missed in between."""
    desk.register("2026-03-02")
    run_days("2026-03-23", "2026-03-31")
    first = Reminder.objects.filter(kind__in=LADDER, raised_from__isnull=True)
    every_day = set(first.values_list("kind", "recipient__username"))
    Reminder.objects.update(raised_from=None)
    Reminder.objects.all().delete()

    run("2026-03-31", "17:00")

    assert {each[:2] for each in ladder()} == every_day


def test_digest_is_one_a_person_and_day_with_numbers_and_dates_only(desk, case):
    StaffUser.objects.filter(username="clerk").update(email="clerk@example.com")
    desk.register("2026-02-27")

    run("2026-03-26")
    run("2026-03-26", "15:00")

    (message,) = Message.objects.filter(key__startswith="digest:")
    assert (message.to, message.subject) == (
        "clerk@example.com",
        "期限提示：2件申请（2026年3月26日）",
    )
    lines = message.body.splitlines()
    assert lines[4:6] == [
        "黄牌　2026-0002　期限2026年3月26日　待分办",  # 02-28 is a Saturday at work
        "催办　2026-0001　期限2026年3月30日　待分办",
    ]
    assert "陈向前" not in message.body
    assert "老旧小区" not in message.body


def test_digest_goes_by_short_message_to_who_has_no_mail(desk, case):
    StaffUser.objects.filter(username="clerk").update(mobile="13900000001")

    run("2026-03-23")

    message = Message.objects.get(key__startswith="digest:")
    assert (message.channel, message.to) == ("sms", "13900000001")
    assert message.body.startswith("您有1件申请需要注意，最急的是2026-0001，期限2026年3月30日。")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (("2026-03-23", "07:00"), "planned"),
        (("2026-03-23", "08:30"), "sent"),
        (("2026-03-23", "18:00"), "sent"),
        (("2026-03-23", "19:00"), "planned"),
        (("2026-03-28", "10:00"), "planned"),  # Saturday
    ],
)
def test_nobody_is_disturbed_outside_the_hours(desk, case, at, expected):
    run(*at)

    assert {each[2] for each in ladder("remind")} == {expected}
    assert Digest.objects.exists() is (expected == "sent")


def test_what_was_planned_at_night_goes_out_in_the_morning(desk, case):
    run("2026-03-23", "02:00")
    run("2026-03-23", "08:30")

    assert ladder() == [("remind", "clerk", "sent")]


# --- Pauses and moved dates ---------------------------------------------------------------------------


def test_a_pause_cancels_what_was_not_sent_and_settles_what_was(desk, case):
    run("2026-03-23")  # the reminder goes out
    run("2026-03-25", "02:00")  # the next step is planned for the morning
    assert ladder("urge")[0][2] == "planned"

    desk.consult(case, "2026-03-25", served="2026-03-25")
    run("2026-03-25")

    assert ("remind", "clerk", "settled") in ladder("remind")
    assert {each[2] for each in ladder("urge")} == {"cancelled"}
    assert {each[2] for each in ladder()} == {"settled", "cancelled"}
    assert not owing(case, "2026-03-25")


def test_a_resumed_case_is_planned_anew_for_its_new_day(desk, case):
    run("2026-03-23")
    desk.consult(case, "2026-03-23", served="2026-03-23")
    run("2026-04-07")
    assert {each[2] for each in ladder()} == {"settled"}

    # Its 15 working days end on 2026-04-14 (04-06 is off); five were left after 03-23.
    projections.verify(at=moment("2026-04-15"))
    due = Case.objects.get(pk=case.pk).due_on
    run("2026-04-15")

    fresh = Reminder.objects.filter(kind="remind", due_on=due)
    assert [(row.recipient.username, row.owed_on.isoformat()) for row in fresh] == [
        ("clerk", "2026-04-15")
    ]


def test_an_extension_settles_the_old_ladder_and_begins_a_later_one(desk, case):
    run("2026-03-25")
    desk.extend(case, "2026-03-26")
    run("2026-03-26")

    assert {each[2] for each in ladder()} == {"settled"}
    due = Case.objects.get(pk=case.pk).due_on
    assert due == date(2026, 4, 28)
    run("2026-04-21")
    assert Reminder.objects.filter(kind="remind", due_on=due).count() == 1


def test_a_date_the_calendar_moved_earlier_is_owed_at_once(desk, case):
    run("2026-03-20")
    Case.objects.filter(pk=case.pk).update(due_on=date(2026, 3, 24))  # as an impact run leaves it

    run("2026-03-20", "10:00")

    assert {each[0] for each in ladder()} == {"remind", "urge"}


def test_an_answer_ends_the_ladder(desk, case):
    run("2026-03-25")
    desk.answer(case, "2026-03-26")
    run("2026-03-26")

    assert {each[2] for each in ladder()} == {"settled"}


def test_while_the_applicant_must_act_nothing_is_owed_by_the_office(desk, case):
    desk.ask_correction(case, "2026-03-10", served="2026-03-10")
    run("2026-03-23")

    assert ladder() == []


# --- Steps --------------------------------------------------------------------------------------------


def test_a_department_that_does_not_sign_for_a_case_shows_at_the_supervisor(desk, case):
    assignments.assign(
        case.pk,
        department_id=desk.housing.pk,
        clerk_id=None,
        actor=desk.clerk,
        at=moment("2026-03-03"),
    )
    run("2026-03-04")
    assert ladder("sign_for") == []

    run("2026-03-05")

    assert {name for _, name, _ in ladder("sign_for")} == {
        "clerk",
        "handler",
        "head",
        "both",
        "supervisor",
    }


def test_an_answer_posted_and_not_proved_is_owed_two_days_later(desk):
    case = desk.register("2026-03-02", **BY_POST)
    desk.post(desk.answer(case, "2026-03-10"), "2026-03-10")

    run("2026-03-12")
    assert ladder("delivery") == []
    run("2026-03-13")
    assert ("delivery", "clerk", "sent") in ladder("delivery")


def test_a_finished_case_is_to_be_archived_within_ten_days(desk):
    case = desk.register("2026-03-02")
    letter = desk.answer(case, "2026-03-10", outcome=OutcomeCode.DISCLOSED)
    desk.fetch(letter, "2026-03-11")

    run("2026-03-25")
    assert ladder("archive") == []
    run("2026-03-26")
    assert [each[:2] for each in ladder("archive")] == [("archive", "clerk")]


def test_a_case_nobody_holds_goes_to_the_supervisor(desk):
    case = desk.file("2026-03-02")
    Case.objects.filter(pk=case.pk).update(clerk=None)

    run("2026-03-04")

    assert "supervisor" in {name for _, name, _ in ladder("assign")}


# --- Leave --------------------------------------------------------------------------------------------


def test_while_somebody_is_away_the_cover_is_told_and_nothing_is_assigned(desk, case):
    absences.record(
        person_id=desk.clerk.staff_id,
        first_on=date(2026, 3, 23),
        last_on=date(2026, 3, 24),
        cover_id=desk.clerk_too.staff_id,
        actor=desk.clerk,
        at=moment("2026-03-20"),
    )

    run("2026-03-23")
    assert ladder() == [("remind", "clerk-too", "sent")]
    assert refused(
        assignments.assign,
        case.pk,
        department_id=None,
        clerk_id=desk.clerk.staff_id,
        actor=desk.clerk_too,
        at=moment("2026-03-23"),
    ) == ("clerk",)

    run("2026-03-25")  # back: told of what stands, and not called late
    own = Reminder.objects.get(kind="remind", recipient=desk.clerk.staff_id)
    assert own.days_late == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last_on": date(2026, 3, 1)}, "last_on"),
        ({"cover_id": "self"}, "cover"),
        ({"cover_id": 10**6}, "cover"),
        ({"person_id": 10**6}, "person"),
    ],
)
def test_leave_that_makes_no_sense_is_refused(desk, changes, code):
    given = {
        "person_id": desk.clerk.staff_id,
        "first_on": date(2026, 3, 2),
        "last_on": date(2026, 3, 6),
        "cover_id": None,
    }
    given |= changes
    if given["cover_id"] == "self":
        given["cover_id"] = desk.clerk.staff_id

    assert refused(absences.record, **given, actor=desk.supervisor, at=moment("2026-03-02")) == (
        code,
    )


def test_leave_of_others_overlapping_and_called_off(desk):
    given = {
        "person_id": desk.clerk.staff_id,
        "first_on": date(2026, 3, 2),
        "last_on": date(2026, 3, 6),
        "cover_id": None,
        "at": moment("2026-03-02"),
    }
    assert refused(absences.record, **given, actor=desk.handler) == ("role",)
    row = absences.record(**given, actor=desk.clerk)
    assert refused(absences.record, **given, actor=desk.clerk) == ("first_on",)

    absences.cancel(row.pk, actor=desk.clerk, at=moment("2026-03-03"))

    assert refused(absences.cancel, row.pk, actor=desk.clerk, at=moment("2026-03-03")) == (
        "no_such_absence",
    )


# --- Acknowledgement ----------------------------------------------------------------------------------


def test_a_reminder_nobody_read_goes_up_one_level_and_on(desk, case):
    run("2026-03-23")
    run("2026-03-24")  # one working day to read it
    assert [each for each in ladder("remind") if each[1] != "clerk"] == []

    run("2026-03-25")
    raised = Reminder.objects.filter(kind="remind", raised_from__isnull=False)
    assert {row.recipient.username for row in raised} == {"head", "both"}

    run_days("2026-03-26", "2026-03-27")
    assert {name for _, name, _ in ladder("remind")} == {"clerk", "head", "both", "supervisor"}
    assert not owing(case, "2026-03-27")


def test_a_reminder_that_was_read_stays_where_it_is(desk, case):
    run("2026-03-23")
    acknowledge_all("2026-03-23")
    run("2026-03-25")

    assert ladder("remind") == [("remind", "clerk", "acknowledged")]


def test_only_ones_own_reminders_are_acknowledged(desk, case):
    run("2026-03-23")
    ids = list(Reminder.objects.filter(kind="remind").values_list("pk", flat=True))

    given = {"at": moment("2026-03-23", "10:00")}
    assert refused(digests.acknowledge, ids, actor=desk.head, **given) == ("no_such_reminder",)
    assert digests.acknowledge(ids, actor=desk.clerk, **given) == 1
    assert refused(digests.acknowledge, ids, actor=desk.clerk, **given) == ("no_such_reminder",)


# --- 督办单 and the reason ------------------------------------------------------------------------------


def test_a_missed_day_brings_one_numbered_order_with_its_file(desk, case):
    DutyHolder.objects.create(
        department=None, duty=Duty.LEADER.value, person_id=desk.clerk_and_head.staff_id
    )
    run_days("2026-03-30", "2026-04-02")

    order = SupervisionOrder.objects.get()
    assert (order.number, order.due_on, order.reply_due_on, str(order.addressee)) == (
        "金政办公开督〔2026〕1号",
        date(2026, 3, 30),
        date(2026, 4, 3),
        "兼任丁",
    )
    assert order.facts["standing"] == "答复期限2026-03-30，截至2026-03-31已超过1个工作日。"
    assert order.sha256
    assert supervision.file(order.pk) == b"%PDF-1.7 " + order.number.encode()
    assert "陈向前" not in str(order.facts)


@pytest.mark.parametrize(
    "closed",
    [
        ("2026-04-04", "09:00"),
        ("2026-04-06", "10:00"),
        ("2026-04-07", "07:00"),
        ("2026-04-03", "19:00"),
    ],
)
def test_no_order_is_dated_while_the_office_is_closed(desk, case, closed):
    run("2026-03-20")
    run(*closed)  # back after an outage, on a Saturday, a holiday, too early, too late
    assert (SupervisionOrder.objects.count(), owing(case, *closed)) == (0, False)
    assert {each[2] for each in ladder("red")} == {"planned"}

    run("2026-04-07")

    order = SupervisionOrder.objects.get()
    assert (order.facts["issued_on"], order.due_on, order.reply_due_on) == (
        "2026-04-07",
        date(2026, 3, 30),
        date(2026, 4, 10),
    )
    assert {each[2] for each in ladder("red")} == {"sent"}


def test_an_order_is_answered_once(desk, case):
    run("2026-03-31")
    order = SupervisionOrder.objects.get()
    given = {"actor": desk.supervisor, "at": moment("2026-04-01")}

    assert refused(supervision.reply, order.pk, text="已办", on=date(2026, 3, 30), **given) == (
        "on",
    )
    assert refused(supervision.reply, order.pk, text=" ", on=date(2026, 4, 1), **given) == (
        "reply",
    )
    supervision.reply(order.pk, text="已办结", on=date(2026, 4, 1), **given)
    assert refused(supervision.reply, order.pk, text="又", on=date(2026, 4, 1), **given) == (
        "replied",
    )
    assert refused(
        supervision.reply, order.pk, text="又", on=date(2026, 4, 1), actor=desk.archivist,
        at=moment("2026-04-01"),
    ) == ("role",)  # fmt: skip
    assert case.events.filter(entry="noted").exists()


def test_a_supervisor_orders_early_and_by_hand(desk, case):
    made = supervision.issue(
        case.pk, asked="请加快", actor=desk.supervisor, at=moment("2026-03-20")
    )
    assert (made.by_ladder, made.number) == (False, "金政办公开督〔2026〕1号")
    assert refused(
        supervision.issue, case.pk, asked="", actor=desk.supervisor, at=moment("2026-03-20")
    ) == ("asked",)
    assert refused(
        supervision.issue, case.pk, asked="快", actor=desk.clerk, at=moment("2026-03-20")
    ) == ("role",)


def test_an_order_whose_file_cannot_be_made_waits_and_says_why(desk, case, monkeypatch):
    from requests_app.adapters import pdf

    def broken(_sheet):
        raise pdf.PdfError("没有字体")

    with monkeypatch.context() as patch:
        patch.setattr(pdf, "render_sheet", broken)
        assert run("2026-03-31").failed == 1
    assert SupervisionOrder.objects.get().render_error != ""

    assert run("2026-04-01").failed == 0
    order = SupervisionOrder.objects.get()
    assert (bool(order.sha256), order.render_error) == (True, "")


def test_why_a_case_was_late_is_asked_before_it_is_archived(desk):
    case = desk.register("2026-03-02")
    assert refused(
        lateness.explain, case.pk, shares=[Share(Segment.SEARCH, 1, "多")], actor=desk.clerk,
        at=moment("2026-03-30"),
    ) == ("not_late",)  # fmt: skip
    letter = desk.answer(case, "2026-04-01")
    desk.fetch(letter, "2026-04-02")
    letters.render_due(at=moment("2026-04-02"))
    at = moment("2026-04-03")
    assert refused(archives.put_away, case.pk, actor=desk.clerk, at=at) == ("late_reason_missing",)
    given = {"actor": desk.clerk, "at": at}
    assert refused(lateness.explain, case.pk, shares=[], **given) == ("shares",)
    assert refused(lateness.explain, case.pk, shares=[Share(Segment.SEARCH, 0, "")], **given) == (
        "text_search",
        "days_search",
    )

    lateness.explain(case.pk, shares=[Share(Segment.SEARCH, 2, "库房搬迁")], **given)
    lateness.explain(case.pk, shares=[Share(Segment.SIGNING, 2, "负责人外出")], **given)

    assert list(LateReason.objects.values_list("due_on", "segment", "working_days")) == [
        (date(2026, 3, 30), "signing", 2)
    ]
    loaded: CaseFacts = facts.load(Case.objects.get(pk=case.pk), today=date(2026, 4, 3))
    assert (loaded.missed_on, loaded.late_explained) == (date(2026, 3, 30), True)
    archives.put_away(case.pk, actor=desk.clerk, at=at, explanation="原件在卷内")


# --- Settings, failures, cost ---------------------------------------------------------------------------


def test_a_new_version_holds_from_its_day_and_rows_keep_theirs(desk, case):
    run("2026-03-23")
    row = escalation_settings.decide(
        Thresholds(urge=4),
        effective_from=date(2026, 3, 24),
        reason="节前提前",
        actor=desk.supervisor,
        at=moment("2026-03-23"),
    )

    run("2026-03-24")

    assert {each.settings_id for each in Reminder.objects.filter(kind="remind")} == {None}
    assert {each.settings_id for each in Reminder.objects.filter(kind="urge")} == {row.pk}


@pytest.mark.parametrize(
    ("who", "day", "reason", "code"),
    [
        ("clerk", "2026-03-24", "因为", "role"),
        ("supervisor", "2026-03-22", "因为", "effective_from"),
        ("administrator", "2026-03-24", " ", "reason"),
    ],
)
def test_a_version_is_refused(desk, who, day, reason, code):
    assert refused(
        escalation_settings.decide,
        Thresholds(),
        effective_from=date.fromisoformat(day),
        reason=reason,
        actor=getattr(desk, who),
        at=moment("2026-03-23"),
    ) == (code,)


def test_one_bad_case_stops_no_other(desk, case, monkeypatch):
    other = desk.register("2026-03-02")
    real = escalation._settle_accounts

    def broken(case_id, given):
        if case_id == case.pk:
            raise ZeroDivisionError
        return real(case_id, given)

    monkeypatch.setattr(escalation, "_settle_accounts", broken)

    assert run("2026-03-23").failed == 1
    assert set(Reminder.objects.values_list("case_id", flat=True)) == {other.pk}


def test_an_office_with_nobody_left_is_a_failure_not_silence(desk, case):
    StaffUser.objects.update(is_active=False)

    assert run("2026-03-23").failed == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_quiet_run_asks_the_same_questions_for_one_case_and_for_many(
    desk, count, django_assert_num_queries
):
    for _ in range(count):
        desk.register("2026-03-02")
    run("2026-03-23")

    # settings, calendar, people, roles, duties, leave; candidates (reminders, open, undelivered,
    # ended); situations (entries, letters, cases), reminders, orders; orders without a file;
    # calendar, office settings, who has something to be sent
    with django_assert_num_queries(19):
        run("2026-03-23", "09:00")


@given(
    days=st.lists(st.integers(0, 40), min_size=1, max_size=6),
    hour=st.sampled_from(["07:00", "09:00", "17:00", "20:00"]),
    paused_on=st.none() | st.integers(0, 15),
    away=st.none() | st.tuples(st.integers(0, 30), st.integers(0, 6)),
)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_run_owed_minus_sent_is_empty_and_running_again_sends_nothing(
    desk, days, hour, paused_on, away
):
    """Whatever was missed, run twice or at night, with a pause in between and the clerk on leave."""
    from django.db import transaction

    first = date(2026, 3, 9)
    leave = away and tuple(first + timedelta(days=n) for n in (away[0], sum(away)))
    pause = None
    if paused_on is not None:
        pause = calendars.current().roll(first + timedelta(days=paused_on))
    with transaction.atomic():
        case = desk.register("2026-03-02")
        if leave:
            absences.record(
                person_id=desk.clerk.staff_id, first_on=leave[0], last_on=leave[1],
                cover_id=desk.clerk_too.staff_id, actor=desk.clerk, at=moment("2026-03-02"),
            )  # fmt: skip
        for offset in sorted(days):
            on = first + timedelta(days=offset)
            if pause is not None and on >= pause:
                desk.consult(case, pause.isoformat(), served=pause.isoformat())
                pause = None
            day = on.isoformat()
            run(day, hour)
            before = (Reminder.objects.count(), Digest.objects.count())
            run(day, hour)

            assert not owing(case, day, hour)
            assert (Reminder.objects.count(), Digest.objects.count()) == before
            if leave and leave[0] <= on <= leave[1]:
                new = Reminder.objects.filter(planned_at=moment(day, hour))
                assert not new.filter(recipient=desk.clerk.staff_id).exists()
        transaction.set_rollback(True)
