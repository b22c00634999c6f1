"""The ladder by hand: what is owed on which day; and laws that hold for any dates."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.adapters import calendar_files
from requests_app.domain import escalation, office_hours, workdays
from requests_app.domain.errors import Refused
from requests_app.domain.escalation import (
    ABOVE,
    KINDS,
    POST_LABELS,
    THRESHOLD_LABELS,
    URGENCY,
    Kind,
    Post,
    Situation,
    Step,
    StepKind,
    Thresholds,
)
from tests.offices import moment

CALENDAR = workdays.build_calendar(
    calendar_files.packaged_changes(), statutory=calendar_files.packaged_statutory()
)
DEFAULT = Thresholds()


def day(text):
    return date.fromisoformat(text)


def owed(situation, today, thresholds=DEFAULT):
    found = escalation.owed(situation, today=day(today), calendar=CALENDAR, thresholds=thresholds)
    return [(each.kind.value, each.due_on.isoformat(), each.owed_on.isoformat()) for each in found]


def reply(due, known="2025-09-26", **more):
    return Situation(reply_due=day(due), known_on=day(known), **more)


# Received Friday 2025-09-26; D20 is 10-30 (09-28 and 10-11 are made up for, 10-01 to 10-08 are off).
LADDER_2025 = [
    ("2025-10-22", []),
    ("2025-10-23", [("remind", "2025-10-23")]),
    ("2025-10-26", [("remind", "2025-10-23")]),  # Sunday
    ("2025-10-27", [("remind", "2025-10-23"), ("urge", "2025-10-27")]),
    ("2025-10-28", [("remind", "2025-10-23"), ("urge", "2025-10-27")]),
    ("2025-10-29", [("remind", "2025-10-23"), ("urge", "2025-10-27"), ("yellow", "2025-10-29")]),
    ("2025-10-30", [("remind", "2025-10-23"), ("urge", "2025-10-27"), ("yellow", "2025-10-29")]),
    (
        "2025-10-31",
        [
            ("remind", "2025-10-23"),
            ("urge", "2025-10-27"),
            ("yellow", "2025-10-29"),
            ("red", "2025-10-31"),
        ],
    ),
    (
        "2025-11-06",
        [
            ("remind", "2025-10-23"),
            ("urge", "2025-10-27"),
            ("yellow", "2025-10-29"),
            ("red", "2025-10-31"),
            ("bulletin", "2025-11-06"),
        ],
    ),
]


@pytest.mark.parametrize(("today", "expected"), LADDER_2025)
def test_ladder_of_the_reply_period_by_hand(today, expected):
    found = [(kind, on) for kind, _, on in owed(reply("2025-10-30"), today)]

    assert found == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        # Make-up Saturday 2025-10-11 works: before Monday 10-13 come 10-11, 10-10, 10-09, 09-30, 09-29.
        ("2025-10-13", {"remind": "2025-09-29", "urge": "2025-10-09", "yellow": "2025-10-11"}),
        # Over the spring festival of 2026 (02-15 to 02-23 off, Saturday 02-14 and 02-28 work).
        ("2026-02-26", {"remind": "2026-02-12", "urge": "2026-02-14", "yellow": "2026-02-25"}),
    ],
)
def test_ladder_counts_made_up_days_and_no_holidays(due, expected):
    found = {
        kind: on
        for kind, _, on in owed(reply(due, known="2025-01-02"), due)
        if kind in {"remind", "urge", "yellow"}
    }

    assert found == expected


def test_red_card_over_a_holiday_waits_for_the_first_working_day():
    assert [each for each in owed(reply("2025-09-30"), "2025-10-08") if each[0] == "red"] == []
    assert [on for kind, _, on in owed(reply("2025-09-30"), "2025-10-09") if kind == "red"] == [
        "2025-10-09"
    ]


def test_nothing_is_owed_in_a_pause_or_at_an_end():
    assert owed(Situation(None, day("2025-09-26")), "2026-01-05") == []


def test_nothing_is_owed_before_the_dates_were_known():
    # Registered on Sunday 10-26: the reminder of 10-23 falls owed on Monday.
    found = owed(reply("2025-10-30", known="2025-10-26"), "2025-10-27")

    assert found == [
        ("remind", "2025-10-30", "2025-10-27"),
        ("urge", "2025-10-30", "2025-10-27"),
    ]


STEPS = [
    # kind, started, last day in time, first day it is owed, what is owed
    (StepKind.ASSIGN, "2026-03-02", "2026-03-03", "2026-03-04", "assign"),
    (StepKind.SIGN_FOR, "2026-03-06", "2026-03-09", "2026-03-10", "sign_for"),
    (StepKind.OPINION, "2026-03-02", "2026-03-09", "2026-03-10", "opinion"),
    (StepKind.REVIEW, "2026-03-02", "2026-03-04", "2026-03-05", "review"),
    (StepKind.SIGN, "2026-03-02", "2026-03-03", "2026-03-04", "sign"),
    (StepKind.DELIVERY, "2026-03-02", "2026-03-04", "2026-03-05", "delivery"),
    (StepKind.ARCHIVE, "2026-03-02", "2026-03-16", "2026-03-17", "archive"),
    (StepKind.LAPSE, "2026-03-02", "2026-03-04", "2026-03-05", "lapse"),
]


@pytest.mark.parametrize(("kind", "started", "last", "first", "expected"), STEPS)
def test_step_is_overtime_the_working_day_after_its_last(kind, started, last, first, expected):
    situation = Situation(
        None, day(started), steps=(Step(kind, day(started), known_on=day(started)),)
    )

    assert owed(situation, last) == []
    assert owed(situation, first) == [(expected, last, first)]


def test_consultation_warns_on_day_ten_and_thirteen_and_says_when_it_ran_out():
    # Served 2025-10-09 → its 15 working days end 10-29; day 10 is 10-22, day 13 is 10-27.
    step = Step(StepKind.CONSULT, day("2025-10-09"), day("2025-10-09"))
    situation = Situation(None, day("2025-10-09"), steps=(step,))

    assert owed(situation, "2025-10-21") == []
    assert owed(situation, "2025-10-22") == [("consult_warn", "2025-10-29", "2025-10-22")]
    assert owed(situation, "2025-10-27") == [
        ("consult_warn", "2025-10-29", "2025-10-22"),
        ("consult_last", "2025-10-29", "2025-10-27"),
    ]
    assert owed(situation, "2025-10-30") == [("consult_silent", "2025-10-29", "2025-10-30")]


def test_correction_is_asked_about_on_day_five_and_seven_and_then_no_more():
    # Received 2025-09-26: days 1 to 5 are 09-28, 09-29, 09-30, 10-09, 10-10; day 7 is 10-13.
    step = Step(StepKind.CORRECTION, day("2025-09-26"), day("2025-09-26"))
    situation = Situation(None, day("2025-09-26"), steps=(step,))

    assert owed(situation, "2025-10-09") == []
    assert owed(situation, "2025-10-10") == [("correction_warn", "2025-10-13", "2025-10-10")]
    assert owed(situation, "2025-10-13") == [
        ("correction_warn", "2025-10-13", "2025-10-10"),
        ("correction_last", "2025-10-13", "2025-10-13"),
    ]
    assert owed(situation, "2025-10-14") == []


def test_extension_is_asked_about_on_day_fifteen_and_eighteen_of_twenty():
    situation = reply("2025-10-30", used_of_ordinary=20)

    def asked(today):
        return [(kind, on) for kind, _, on in owed(situation, today) if "extension" in kind]

    assert asked("2025-10-22") == []
    assert asked("2025-10-23") == [("extension_warn", "2025-10-23")]
    assert asked("2025-10-28") == [
        ("extension_warn", "2025-10-23"),
        ("extension_last", "2025-10-28"),
    ]
    assert asked("2025-10-31") == []  # afterwards the law allows none


def test_a_date_moved_later_owes_its_own_ladder_anew():
    before = owed(reply("2025-10-30"), "2025-10-29")
    after = owed(reply("2025-11-27", known="2025-10-29"), "2025-10-29")

    assert [kind for kind, _, _ in before] == ["remind", "urge", "yellow"]
    assert after == []


def test_a_date_moved_earlier_owes_at_once_what_its_new_days_ask():
    assert owed(reply("2025-10-30", known="2025-10-20"), "2025-10-20") == []
    assert owed(reply("2025-10-21", known="2025-10-20"), "2025-10-20") == [
        ("remind", "2025-10-21", "2025-10-20"),
        ("urge", "2025-10-21", "2025-10-20"),
        ("yellow", "2025-10-21", "2025-10-20"),
    ]


DAYS = st.integers(0, 500).map(lambda n: date(2025, 1, 2) + timedelta(days=n))


@given(due=DAYS, known=DAYS, today=DAYS, more=st.integers(0, 30))
def test_what_is_owed_of_the_reply_never_shrinks_by_the_mere_passing_of_days(
    due, known, today, more
):
    situation = Situation(CALENDAR.roll(due), known)
    then = escalation.owed(situation, today=today, calendar=CALENDAR, thresholds=DEFAULT)
    later = escalation.owed(
        situation, today=today + timedelta(days=more), calendar=CALENDAR, thresholds=DEFAULT
    )

    assert set(then) <= set(later)


@given(due=DAYS, known=DAYS, today=DAYS)
def test_everything_falls_owed_on_a_working_day_and_never_before_it_was_known(due, known, today):
    situation = Situation(CALENDAR.roll(due), known)

    for each in escalation.owed(situation, today=today, calendar=CALENDAR, thresholds=DEFAULT):
        assert CALENDAR.is_working(each.owed_on)
        assert known <= each.owed_on <= today


@given(due=DAYS, today=DAYS)
def test_the_next_look_is_the_first_day_on_which_more_is_owed(due, today):
    situation = Situation(CALENDAR.roll(due), date(2025, 1, 2))
    now = escalation.owed(situation, today=today, calendar=CALENDAR, thresholds=DEFAULT)
    look = escalation.next_look(situation, today=today, calendar=CALENDAR, thresholds=DEFAULT)

    if look is None:
        assert {each.kind for each in now} >= {Kind.RED, Kind.BULLETIN}
        return
    before = look - timedelta(days=1)
    same = escalation.owed(situation, today=before, calendar=CALENDAR, thresholds=DEFAULT)
    more = escalation.owed(situation, today=look, calendar=CALENDAR, thresholds=DEFAULT)
    assert same == now
    assert len(more) > len(now)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"remind": 0}, {"remind", "urge"}),
        ({"urge": 5}, {"urge"}),
        ({"bulletin": 1}, {"red"}),
        ({"correction_last": 8}, {"correction_last"}),
        ({"consult_last": 15}, {"consult_last"}),
        ({"extension_last": 20}, {"extension_last"}),
        ({"archive": 61}, {"archive"}),
    ],
)
def test_thresholds_that_make_no_sense_are_refused_by_name(changes, codes):
    with pytest.raises(Refused) as refusal:
        replace(DEFAULT, **changes)

    assert set(refusal.value.codes) == codes


def test_an_unread_reminder_is_one_after_one_working_day():
    def unread(today):
        return escalation.unread_since(
            day("2025-09-30"), today=day(today), calendar=CALENDAR, thresholds=DEFAULT
        )

    assert not unread("2025-10-09")  # the working day after, past the holiday
    assert unread("2025-10-10")


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (("2026-03-23", "00:05"), ("2026-03-23", "08:30")),
        (("2026-03-23", "08:30"), ("2026-03-23", "08:30")),
        (("2026-03-23", "18:00"), ("2026-03-23", "18:00")),
        (("2026-03-23", "18:01"), ("2026-03-24", "08:30")),
        (("2026-03-28", "10:00"), ("2026-03-30", "08:30")),  # Saturday
        (("2025-10-11", "10:00"), ("2025-10-11", "10:00")),  # a Saturday at work
        (("2025-09-30", "19:00"), ("2025-10-09", "08:30")),  # before the holiday
    ],
)
def test_the_office_is_not_disturbed_outside_its_hours(at, opens):
    found = office_hours.next_open(moment(*at), calendar=CALENDAR)

    assert found == moment(*opens)
    assert office_hours.is_open(moment(*at), calendar=CALENDAR) is (at == opens)


def test_every_kind_and_threshold_has_its_words():
    assert set(KINDS) == set(Kind) == set(URGENCY)
    assert len(URGENCY) == len(Kind)
    assert set(THRESHOLD_LABELS) == set(Thresholds.__dataclass_fields__)
    assert set(POST_LABELS) == set(Post)
    assert set(ABOVE) | {Post.DEPUTY_LEADER, Post.OFFICE} == set(Post)
