"""The calendar as a value: counting, reasons, versions, years without a notice."""

import dataclasses
import datetime as dt

import chinese_calendar
import pytest

from requests_app.adapters import calendar_files
from requests_app.domain import workdays
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.workdays import (
    Calendar,
    DayChange,
    DayKind,
    DayNature,
    DayReason,
    StatutoryDay,
)

CALENDAR = calendar_files.packaged_calendar()
NOTICE = "国办发明电〔2099〕1号"
PUBLISHED = dt.date(2025, 11, 1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def change(
    on: str, kind: str = "holiday", *, notice: str = NOTICE, published: str = "2025-11-01"
) -> DayChange:
    return DayChange(day(on), DayKind(kind), "假日", notice, day(published))


def build(*changes: DayChange, **options: object) -> Calendar:
    limits = {"first_day": day("2026-01-01"), "last_day": day("2026-12-31")} | options
    return workdays.build_calendar(changes, statutory=(), **limits)


@pytest.mark.parametrize(
    ("receipt", "seven", "fifteen", "twenty", "forty"),
    [
        ("2025-09-26", "2025-10-13", "2025-10-23", "2025-10-30", "2025-11-27"),
        ("2025-09-28", "2025-10-14", "2025-10-24", "2025-10-31", "2025-11-28"),
        ("2025-09-30", "2025-10-16", "2025-10-28", "2025-11-04", "2025-12-02"),
        ("2025-10-03", "2025-10-16", "2025-10-28", "2025-11-04", "2025-12-02"),
        ("2025-10-11", "2025-10-21", "2025-10-31", "2025-11-07", "2025-12-05"),
        ("2025-01-24", "2025-02-10", "2025-02-20", "2025-02-27", "2025-03-27"),
        ("2024-09-13", "2024-09-25", "2024-10-11", "2024-10-17", "2024-11-14"),
        ("2025-12-15", "2025-12-24", "2026-01-06", "2026-01-13", "2026-02-10"),
        ("2025-12-31", "2026-01-12", "2026-01-22", "2026-01-29", "2026-03-04"),
        ("2026-01-05", "2026-01-14", "2026-01-26", "2026-02-02", "2026-03-06"),
        ("2026-01-30", "2026-02-10", "2026-02-27", "2026-03-05", "2026-04-02"),
        ("2026-02-10", "2026-02-26", "2026-03-09", "2026-03-16", "2026-04-14"),
        ("2026-02-13", "2026-03-02", "2026-03-12", "2026-03-19", "2026-04-17"),
        ("2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
        ("2026-02-16", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
        ("2026-04-03", "2026-04-15", "2026-04-27", "2026-05-07", "2026-06-03"),
        ("2026-05-09", "2026-05-19", "2026-05-29", "2026-06-05", "2026-07-06"),
        ("2026-06-18", "2026-06-30", "2026-07-10", "2026-07-17", "2026-08-14"),
        ("2026-07-18", "2026-07-28", "2026-08-07", "2026-08-14", "2026-09-11"),
        ("2026-09-20", "2026-09-30", "2026-10-16", "2026-10-23", "2026-11-20"),
    ],
)
def test_add_as_counted_by_hand(
    receipt: str, seven: str, fifteen: str, twenty: str, forty: str
) -> None:
    found = tuple(CALENDAR.add(day(receipt), n) for n in (7, 15, 20, 40))

    assert found == (day(seven), day(fifteen), day(twenty), day(forty))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2022-09-30", "2022-11-02"),  # as a court counted it (连云港)
        ("2019-12-13", "2020-01-13"),  # as a court counted it (武汉)
        ("2025-02-20", "2025-03-20"),
        ("2021-11-24", "2021-12-22"),
    ],
)
def test_add_as_in_reported_cases(received: str, due: str) -> None:
    assert CALENDAR.add(day(received), 20) == day(due)


def test_working_days_of_each_year() -> None:
    found = {
        year: CALENDAR.count(dt.date(year - 1, 12, 31), dt.date(year, 12, 31))
        for year in range(2019, 2027)
    }

    assert found == {
        2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248,
    }  # fmt: skip


def test_every_day_as_an_independent_library_has_it() -> None:
    days = [dt.date(2019, 1, 1) + dt.timedelta(n) for n in range(2_922)]

    assert [d for d in days if CALENDAR.is_working(d) != chinese_calendar.is_workday(d)] == []


@pytest.mark.parametrize(
    ("on", "nature", "name", "notice"),
    [
        ("2026-03-02", DayNature.WORKING, "", ""),
        ("2026-03-07", DayNature.WEEKEND, "", ""),
        ("2026-05-09", DayNature.MAKEUP, "劳动节", "国办发明电〔2025〕7号"),
        ("2026-10-01", DayNature.HOLIDAY, "国庆节", "国办发明电〔2025〕7号"),
        ("2018-12-31", DayNature.HOLIDAY, "元旦", "国办发明电〔2018〕15号"),
        ("2020-02-01", DayNature.HOLIDAY, "春节", "国办发明电〔2020〕1号"),
        (
            "2027-02-05",
            DayNature.STATUTORY,
            "春节(除夕)",
            "全国年节及纪念日放假办法(2024修订)第二条",
        ),
    ],
)
def test_why_a_day_is_what_it_is(on: str, nature: DayNature, name: str, notice: str) -> None:
    assert CALENDAR.why(day(on)) == DayReason(nature, name, notice)


@pytest.mark.parametrize(
    ("on", "rolled"),
    [("2026-03-02", "2026-03-02"), ("2026-03-07", "2026-03-09"), ("2026-05-01", "2026-05-06"),
     ("2026-05-09", "2026-05-09")],
)  # fmt: skip
def test_roll(on: str, rolled: str) -> None:
    assert CALENDAR.roll(day(on)) == day(rolled)


def test_as_known_before_the_spring_festival_of_2020_was_lengthened() -> None:
    before = calendar_files.packaged_calendar(day("2020-01-26"))
    after = calendar_files.packaged_calendar(day("2020-01-27"))

    assert before.why(day("2020-02-01")).nature is DayNature.MAKEUP
    assert after.why(day("2020-02-01")).nature is DayNature.HOLIDAY
    assert before.add(day("2020-01-10"), 20) == day("2020-02-12")
    assert after.add(day("2020-01-10"), 20) == day("2020-02-14")


def test_a_change_can_move_a_date_earlier() -> None:
    before = calendar_files.packaged_calendar(day("2019-03-21"))

    assert before.add(day("2019-03-29"), 20) == day("2019-04-29")
    assert CALENDAR.add(day("2019-03-29"), 20) == day("2019-04-28")


def test_the_last_days_of_december_stay_open_until_the_next_notice() -> None:
    before = calendar_files.packaged_calendar(day("2018-12-05"))

    assert before.is_working(day("2018-12-31"))
    assert not CALENDAR.is_working(day("2018-12-31"))


@pytest.mark.parametrize(
    ("known_on", "last_year", "notice"),
    [
        (None, 2026, "国办发明电〔2025〕7号"),
        ("2025-11-03", 2025, "国办发明电〔2024〕12号"),
        ("2020-01-27", 2020, "国办发明电〔2020〕1号"),
        ("2018-12-05", 2017, ""),
    ],
)
def test_what_was_published_by_a_day(known_on: str | None, last_year: int, notice: str) -> None:
    found = calendar_files.packaged_calendar(known_on and day(known_on))

    assert (found.last_published_year, found.notice_no) == (last_year, notice)


def test_a_day_after_the_last_published_year_is_provisional() -> None:
    assert [CALENDAR.is_provisional(day(d)) for d in ("2026-12-31", "2027-01-01")] == [False, True]


def test_versions_differ_with_every_notice() -> None:
    published = sorted({found.published_on for found in calendar_files.packaged_changes()})
    versions = {calendar_files.packaged_calendar(on).version for on in published}

    assert len(versions) == len(published) == 10


def test_the_version_names_notice_and_day() -> None:
    assert CALENDAR.version.startswith("国办发明电〔2025〕7号 2025-11-04 ")


def test_the_version_tells_two_editions_under_one_number_apart() -> None:
    assert build(change("2026-03-02")).version != build(change("2026-03-03")).version


def test_a_later_notice_wins_whatever_the_order_given() -> None:
    first = change("2026-03-07", "makeup", notice="甲", published="2025-11-01")
    second = change("2026-03-07", "cancel_makeup", notice="乙", published="2026-01-10")

    assert not build(second, first).is_working(day("2026-03-07"))
    assert build(second, first, known_on=day("2026-01-09")).is_working(day("2026-03-07"))


def test_within_a_notice_a_makeup_day_is_taken_back_before_it_is_named_anew() -> None:
    first = change("2026-03-07", "makeup", notice="甲", published="2025-11-01")
    named = change("2026-03-07", "holiday", notice="乙", published="2026-01-10")
    taken = change("2026-03-07", "cancel_makeup", notice="乙", published="2026-01-10")

    assert build(first, named, taken).why(day("2026-03-07")).nature is DayNature.HOLIDAY


def test_a_notice_entered_by_half_leaves_its_year_provisional() -> None:
    half = build(change("2026-01-01"), first_day=day("2025-01-01"))
    whole = build(change("2026-01-01"), change("2026-10-01"), first_day=day("2025-01-01"))

    assert (half.last_published_year, whole.last_published_year) == (2024, 2026)


def test_statutory_days_serve_only_years_without_a_notice() -> None:
    statutory = [StatutoryDay(day("2026-05-01"), "劳动节", "放假办法")]
    changes = [change("2026-01-01"), change("2026-10-01")]

    without = workdays.build_calendar(changes[:1], statutory=statutory)
    with_notice = workdays.build_calendar(changes, statutory=statutory)

    assert without.why(day("2026-05-01")) == DayReason(DayNature.STATUTORY, "劳动节", "放假办法")
    assert with_notice.is_working(day("2026-05-01"))


def test_limits_follow_the_data() -> None:
    statutory = [StatutoryDay(day("2028-05-01"), "劳动节", "放假办法")]

    found = workdays.build_calendar([change("2026-03-20")], statutory=statutory)

    assert (found.first_day, found.last_day) == (day("2026-03-01"), day("2028-12-31"))


def test_rank_and_day_are_inverse_on_working_days() -> None:
    assert CALENDAR.day(CALENDAR.rank(day("2026-03-02"))) == day("2026-03-02")
    assert CALENDAR.day(CALENDAR.rank(day("2026-03-08"))) == day("2026-03-06")


@pytest.mark.parametrize("on", ["1900-01-01", "2018-11-30", "2031-01-01", "9999-12-31"])
def test_a_day_outside_the_calendar_is_refused_everywhere(on: str) -> None:
    outside = day(on)
    sentence = f"{on}起的期限超出工作日历（2018-12-01至2030-12-31），不能计算，请核对日期。"
    for ask in (
        lambda: CALENDAR.add(outside, 20),
        lambda: CALENDAR.rank(outside),
        lambda: CALENDAR.count(outside, outside),
        lambda: CALENDAR.roll(outside),
        lambda: CALENDAR.why(outside),
        lambda: CALENDAR.is_working(outside),
    ):
        with pytest.raises(Refused) as refusal:
            ask()
        assert refusal.value.reasons == (Reason("outside_calendar", sentence),)
    assert not CALENDAR.covers(outside)
    with pytest.raises(Refused) as refusal:
        CALENDAR.check(outside)
    assert refusal.value.reasons == (
        Reason("outside_calendar", f"日期{on}不在工作日历（2018-12-01至2030-12-31）之内，请核对。"),
    )


@pytest.mark.parametrize("on", ["2018-12-01", "2030-12-31"])
def test_the_calendars_own_ends_are_inside(on: str) -> None:
    CALENDAR.check(day(on))

    assert CALENDAR.covers(day(on))


def test_a_period_that_runs_out_of_the_calendar_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        CALENDAR.add(day("2030-12-30"), 20)

    assert refusal.value.codes == ("outside_calendar",)


@pytest.mark.parametrize("rank", [0, -1, 100_000])
def test_a_rank_that_is_no_day_is_refused(rank: int) -> None:
    with pytest.raises(Refused) as refusal:
        CALENDAR.day(rank)

    assert refusal.value.codes == ("outside_calendar",)


@pytest.mark.parametrize("length", [0, -3])
def test_a_period_of_no_length_is_refused(length: int) -> None:
    with pytest.raises(Refused) as refusal:
        CALENDAR.add(day("2026-03-02"), length)

    assert refusal.value.reasons == (
        Reason("working_days_below_one", f"工作日数须为1以上的整数，不能是{length}。"),
    )


@pytest.mark.parametrize("kind", ["makeup", "cancel_makeup"])
def test_a_makeup_day_on_a_weekday_is_refused(kind: str) -> None:
    with pytest.raises(Refused) as refusal:
        change("2026-03-02", kind)

    assert refusal.value.codes == ("makeup_on_weekday",)


def test_a_change_without_notice_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        change("2026-03-02", notice="")

    assert refusal.value.codes == ("notice_missing",)


def test_taking_back_a_makeup_day_that_never_was_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        build(change("2026-03-07", "cancel_makeup"))

    assert refusal.value.codes == ("cancel_without_makeup",)


def test_a_calendar_of_nothing_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        workdays.build_calendar([], statutory=())

    assert refusal.value.codes == ("calendar_empty",)


def test_a_calendar_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        build(first_day=day("2026-12-31"), last_day=day("2026-01-01"))

    assert refusal.value.codes == ("calendar_backwards",)


def test_a_calendar_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        CALENDAR.version = "another"


def test_the_self_test_finds_nothing_wrong_with_the_packaged_calendar() -> None:
    assert workdays.self_test(CALENDAR) == ()


def test_the_self_test_passes_over_years_not_yet_published() -> None:
    assert workdays.self_test(calendar_files.packaged_calendar(day("2020-01-26"))) == ()


def test_the_self_test_names_a_date_that_is_wrong() -> None:
    wrong = [found for found in calendar_files.packaged_changes() if found.on != day("2025-10-11")]
    broken = workdays.build_calendar(wrong, statutory=calendar_files.packaged_statutory())

    assert workdays.self_test(broken)[0] == (
        "2025-09-26起第7个工作日应为2025-10-13，工作日历算得2025-10-14。"
    )
