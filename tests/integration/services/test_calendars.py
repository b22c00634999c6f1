"""Notices on public holidays: recorded, looked at, approved, and what that does to open cases."""

from datetime import date

import pytest

from requests_app.domain.access import SYSTEM, Role
from requests_app.domain.calendar_notices import DayGiven
from requests_app.domain.errors import Refused
from requests_app.domain.workdays import DayChange, DayKind
from requests_app.models import CalendarDay, CalendarNotice, Event
from requests_app.selectors import calendars as approved
from requests_app.services import calendars, projections, staff_accounts
from requests_app.services.calendars import DateMove, NoticeGiven
from requests_app.services.tally import Tally
from tests import offices

pytestmark = pytest.mark.django_db

NUMBER = "金政办发〔2026〕7号"
PUBLISHED = date(2026, 3, 16)
NOON = offices.moment("2026-03-17", "12:00")


def change(on, kind=DayKind.HOLIDAY, number=NUMBER, published=PUBLISHED):
    return DayChange(date.fromisoformat(on), kind, "本地安排", number, published)


#: Saturday 14 March works, Friday 10 April is off: one date comes earlier, one later.
BOTH_WAYS = (change("2026-03-14", DayKind.MAKEUP), change("2026-04-10"))


@pytest.fixture
def office():
    return offices.set_up()


@pytest.fixture
def cases(office):
    # By hand: 03-03..03-30 are 20 working days; 03-17..04-14 are 20 with 04-06 off (清明节).
    first = offices.register(office, offices.moment("2026-03-02"))
    second = offices.register(office, offices.moment("2026-03-16"))
    return first, second


@pytest.fixture
def recorded(office, cases):
    calendars.import_notices(BOTH_WAYS, actor=office.administrator.as_actor(), at=NOON)
    return CalendarNotice.objects.get(number=NUMBER)


def second_administrator():
    return staff_accounts.create(
        "administrator2",
        display_name="管理己",
        password=offices.PASSWORD,
        roles=[Role.ADMINISTRATOR],
        on=date(2026, 3, 1),
    ).as_actor()


def test_import_at_set_up_approves_the_packaged_notices():
    offices.set_up_calendar()

    assert CalendarNotice.objects.filter(approved_at__isnull=False).count() == 10
    assert approved.current().add(date(2025, 9, 26), 20) == date(2025, 10, 30)


def test_import_twice_changes_nothing(office):
    before = set(CalendarDay.objects.values_list("pk", flat=True))

    offices.set_up_calendar()

    assert set(CalendarDay.objects.values_list("pk", flat=True)) == before


def test_current_calendar_is_refused_before_any_import():
    with pytest.raises(Refused) as refusal:
        approved.current()

    assert refusal.value.codes == ("calendar_missing",)


def test_current_calendar_as_known_on_a_day(office):
    known = approved.current(known_on=date(2024, 12, 31))

    assert known.last_published_year == 2025


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 2027),
        (date(2027, 1, 4), 2027),
    ],
)
def test_coverage_misses_the_next_year_from_november_on(office, today, missing):
    assert approved.coverage(today=today) == approved.Coverage(2026, missing)


def test_dry_run_lists_every_open_case_and_writes_nothing(office, cases):
    first, second = cases

    report = calendars.import_notices(
        BOTH_WAYS, actor=office.administrator.as_actor(), at=NOON, dry_run=True
    )

    assert report == calendars.ImpactReport(
        notices=(NUMBER,),
        known=(),
        moves=(
            DateMove(first.pk, "2026-0001", "答复期限", date(2026, 3, 30), date(2026, 3, 27)),
            DateMove(second.pk, "2026-0002", "答复期限", date(2026, 4, 14), date(2026, 4, 15)),
        ),
        cases=2,
        approved=False,
    )
    assert [move.earlier for move in report.moves] == [True, False]
    assert not CalendarNotice.objects.filter(number=NUMBER).exists()


def test_recorded_notice_does_not_count_yet(recorded, cases):
    assert approved.current().is_working(date(2026, 3, 14)) is False


def test_approval_recomputes_open_cases_and_says_why(office, cases, recorded):
    other = second_administrator()

    calendars.approve([recorded.pk], actor=other, at=NOON)

    first, second = cases
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.due_on, second.due_on) == (date(2026, 3, 27), date(2026, 4, 15))
    entries = Event.objects.filter(entry="calendar_changed").order_by("case__number")
    assert [(entry.case.number, entry.on, entry.data) for entry in entries] == [
        (
            "2026-0001",
            date(2026, 3, 17),
            {
                "notice": NUMBER,
                "old": "2026-03-30",
                "new": "2026-03-27",
                "dates": [{"what": "答复期限", "old": "2026-03-30", "new": "2026-03-27"}],
            },
        ),
        (
            "2026-0002",
            date(2026, 3, 17),
            {
                "notice": NUMBER,
                "old": "2026-04-14",
                "new": "2026-04-15",
                "dates": [{"what": "答复期限", "old": "2026-04-14", "new": "2026-04-15"}],
            },
        ),
    ]
    assert projections.verify(at=NOON) == Tally(seen=2, changed=0, failed=0)


def test_approval_leaves_no_entry_in_a_case_it_does_not_move(office, cases):
    far_off = (change("2026-12-05", DayKind.MAKEUP, number="金政办发〔2026〕9号"),)
    calendars.import_notices(far_off, actor=office.administrator.as_actor(), at=NOON)
    notice = CalendarNotice.objects.get(number="金政办发〔2026〕9号")

    report = calendars.approve([notice.pk], actor=second_administrator(), at=NOON)

    assert (report.cases, report.changed) == (2, ())
    assert not Event.objects.filter(entry="calendar_changed").exists()


def test_approval_by_who_recorded_it_is_refused(office, recorded):
    with pytest.raises(Refused) as refusal:
        calendars.approve([recorded.pk], actor=office.administrator.as_actor(), at=NOON)

    recorded.refresh_from_db()
    assert (refusal.value.codes, recorded.approved_at) == (("four_eyes",), None)


def test_approval_by_the_system_is_refused_once_cases_are_open(recorded):
    with pytest.raises(Refused) as refusal:
        calendars.approve([recorded.pk], actor=SYSTEM, at=NOON)

    assert refusal.value.codes == ("person_needed",)


def test_approval_by_a_clerk_is_refused(office, recorded):
    with pytest.raises(Refused) as refusal:
        calendars.approve([recorded.pk], actor=office.clerk.as_actor(), at=NOON)

    assert refusal.value.codes == ("role",)


def test_approval_of_an_approved_notice_is_refused(office, recorded):
    calendars.approve([recorded.pk], actor=second_administrator(), at=NOON)

    with pytest.raises(Refused) as refusal:
        calendars.approve([recorded.pk], actor=office.head.as_actor(), at=NOON)

    assert refusal.value.codes == ("notice_not_waiting",)


def test_import_by_a_clerk_is_refused(office):
    with pytest.raises(Refused) as refusal:
        calendars.import_notices(BOTH_WAYS, actor=office.clerk.as_actor(), at=NOON)

    assert refusal.value.codes == ("role",)


def test_import_that_contradicts_a_recorded_notice_is_refused_whole(office, recorded):
    other = change("2026-05-09", DayKind.MAKEUP, number="金政办发〔2026〕8号")
    contradicting = (change("2026-03-14", DayKind.MAKEUP), change("2026-04-09"), other)

    with pytest.raises(Refused) as refusal:
        calendars.import_notices(contradicting, actor=office.administrator.as_actor(), at=NOON)

    assert [str(reason) for reason in refusal.value.reasons] == [
        "金政办发〔2026〕7号已经登记过，这次与登记的不一致的日子：2026-04-09、2026-04-10。"
    ]
    assert CalendarNotice.objects.filter(number__startswith="金政").count() == 1


def test_import_names_every_bad_day_and_writes_nothing(office):
    bad = (
        change("2026-04-10"),
        change("2026-04-10"),
        change("2024-01-02"),
        change("2026-05-05", number="金政办发〔2026〕8号", published=date(2026, 6, 1)),
    )

    with pytest.raises(Refused) as refusal:
        calendars.import_notices(bad, actor=office.administrator.as_actor(), at=NOON)

    assert refusal.value.codes == ("year_unknown", "day_repeated", "published_in_future")
    assert not CalendarNotice.objects.filter(number__startswith="金政").exists()


def test_import_that_cancels_an_unknown_make_up_day_is_refused(office):
    bad = (change("2026-03-14", DayKind.CANCEL_MAKEUP),)

    with pytest.raises(Refused) as refusal:
        calendars.import_notices(bad, actor=office.administrator.as_actor(), at=NOON)

    assert refusal.value.codes == ("cancel_without_makeup",)


def test_record_notice_replaces_one_that_waits(office, recorded):
    given = NoticeGiven(NUMBER, PUBLISHED, title="关于本地放假的通知")

    calendars.record_notice(
        given,
        days=[DayGiven(date(2026, 4, 9), DayKind.HOLIDAY, "本地安排")],
        actor=office.administrator.as_actor(),
        at=NOON,
    )

    recorded.refresh_from_db()
    assert recorded.title == "关于本地放假的通知"
    assert [(day.on, day.kind) for day in recorded.days.all()] == [(date(2026, 4, 9), "holiday")]


def test_record_notice_refuses_one_that_is_approved(office, recorded):
    calendars.approve([recorded.pk], actor=office.head.as_actor(), at=NOON)

    with pytest.raises(Refused) as refusal:
        calendars.record_notice(
            NoticeGiven(NUMBER, PUBLISHED),
            days=[DayGiven(date(2026, 4, 9), DayKind.HOLIDAY, "本地安排")],
            actor=office.administrator.as_actor(),
            at=NOON,
        )

    assert refusal.value.codes == ("notice_approved",)


@pytest.mark.parametrize(
    ("number", "days", "codes"),
    [
        (" ", [DayGiven(date(2026, 4, 9), DayKind.HOLIDAY, "本地安排")], ("number",)),
        (NUMBER, [], ("notice_empty",)),
        (NUMBER, [DayGiven(date(2026, 4, 9), DayKind.MAKEUP, "本地安排")], ("makeup_on_weekday",)),
    ],
)
def test_record_notice_refuses_what_cannot_be(office, number, days, codes):
    with pytest.raises(Refused) as refusal:
        calendars.record_notice(
            NoticeGiven(number, PUBLISHED),
            days=days,
            actor=office.administrator.as_actor(),
            at=NOON,
        )

    assert refusal.value.codes == codes


def test_preview_shows_what_approval_would_do(office, recorded):
    report = calendars.preview(recorded.pk, at=NOON)

    assert [(move.number, move.new) for move in report.changed] == [
        ("2026-0001", date(2026, 3, 27)),
        ("2026-0002", date(2026, 4, 15)),
    ]


def test_discard_removes_a_waiting_notice(office, recorded):
    calendars.discard(recorded.pk, actor=office.administrator.as_actor())

    assert not CalendarNotice.objects.filter(number=NUMBER).exists()


def test_discard_of_an_approved_notice_is_refused(office):
    notice = CalendarNotice.objects.first()

    with pytest.raises(Refused) as refusal:
        calendars.discard(notice.pk, actor=office.administrator.as_actor())

    assert refusal.value.codes == ("notice_not_waiting",)
