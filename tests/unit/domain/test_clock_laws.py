"""The laws of the clock: what must hold for every ledger and every calendar."""

import datetime as dt
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from requests_app.adapters import calendar_files
from requests_app.domain import clock, workdays
from requests_app.domain.clock import Event, EventType, PeriodKind, SegmentKind, State
from requests_app.domain.workdays import DayChange, DayKind
from tests.unit.domain import deadline_cases, made_up_ledgers

CALENDAR = deadline_cases.calendar()
DAY = dt.timedelta(days=1)
starts = st.dates(dt.date(2018, 12, 1), dt.date(2028, 12, 31))
lengths = st.integers(1, 40)
offsets = st.integers(0, 45)


@st.composite
def pauses(draw: st.DrawFn, *, since: dt.date) -> tuple[dt.date, dt.date]:
    sent = since + dt.timedelta(draw(offsets))
    return sent, sent + dt.timedelta(draw(st.integers(0, 30)))


@st.composite
def paused(draw: st.DrawFn, *, most: int = 4) -> tuple[dt.date, list[tuple[dt.date, dt.date]]]:
    """A receipt, and consultations sent after it, each with the day of its answer."""
    received = draw(st.dates(dt.date(2019, 1, 2), dt.date(2026, 9, 30)))
    return received, draw(st.lists(pauses(since=received), max_size=most))


def ledger(received: dt.date, letters: list[tuple[dt.date, dt.date]]) -> list[Event]:
    events = [Event(EventType.RECEIVED, received)]
    for number, (sent, answered) in enumerate(letters):
        events.append(Event(EventType.CONSULT_SENT, sent, str(number)))
        events.append(Event(EventType.CONSULT_REPLIED, answered, str(number)))
    return events


def due(events: list[Event], *, calendar: workdays.Calendar = CALENDAR) -> dt.date:
    as_of = max(event.on for event in events)
    found = clock.evaluate(events, as_of=as_of, calendar=calendar).due
    assert found is not None
    return found


@given(starts, lengths, lengths)
def test_adding_is_additive(start: dt.date, first: int, second: int) -> None:
    assert CALENDAR.add(CALENDAR.add(start, first), second) == CALENDAR.add(start, first + second)


@given(starts, lengths)
def test_a_period_ends_on_a_working_day(start: dt.date, length: int) -> None:
    assert CALENDAR.is_working(CALENDAR.add(start, length))


@given(starts, lengths)
def test_a_period_counts_what_it_is_long(start: dt.date, length: int) -> None:
    assert CALENDAR.count(start, CALENDAR.add(start, length)) == length


@given(starts, st.integers(0, 30), lengths)
def test_a_later_start_never_ends_earlier(start: dt.date, later: int, length: int) -> None:
    assert CALENDAR.add(start + dt.timedelta(later), length) >= CALENDAR.add(start, length)


@given(starts, starts)
def test_counting_there_and_back_is_nothing(a: dt.date, b: dt.date) -> None:
    assert CALENDAR.count(a, b) == -CALENDAR.count(b, a)


@given(paused(), offsets)
def test_one_more_holiday_never_ends_a_period_earlier(
    case: tuple[dt.date, list[tuple[dt.date, dt.date]]], offset: int
) -> None:
    received, letters = case
    extra = DayChange(
        received + dt.timedelta(offset),
        DayKind.HOLIDAY,
        "假日",
        "地方〔2026〕1号",
        dt.date(2026, 1, 1),
    )
    longer = workdays.build_calendar(
        [*calendar_files.packaged_changes(), extra], statutory=calendar_files.packaged_statutory()
    )

    assert due(ledger(received, letters), calendar=longer) >= due(ledger(received, letters))


@given(paused(most=3), st.data())
def test_one_more_pause_never_ends_a_period_earlier(
    case: tuple[dt.date, list[tuple[dt.date, dt.date]]], data: st.DataObject
) -> None:
    received, letters = case
    more = [*letters, data.draw(pauses(since=received))]

    assert due(ledger(received, more)) >= due(ledger(received, letters))


@given(paused())
def test_overlapping_pauses_count_once(
    case: tuple[dt.date, list[tuple[dt.date, dt.date]]],
) -> None:
    received, letters = case
    last = due(ledger(received, letters))

    # Counted day by day: neither before receipt nor inside any pause that began in time.
    day, counted = received, 0
    while counted < 20:
        day += DAY
        inside = any(sent < day <= answered for sent, answered in letters)
        counted += CALENDAR.is_working(day) and not inside

    assert last == day


@given(paused(), st.data())
def test_a_pause_twice_over_is_the_pause_once(
    case: tuple[dt.date, list[tuple[dt.date, dt.date]]], data: st.DataObject
) -> None:
    received, letters = case
    assume(letters)
    again = [*letters, data.draw(st.sampled_from(letters))]

    assert due(ledger(received, again)) == due(ledger(received, letters))


@given(paused(), st.integers(0, 30), st.integers(0, 30))
def test_a_pause_from_the_due_day_on_changes_nothing(
    case: tuple[dt.date, list[tuple[dt.date, dt.date]]], after: int, length: int
) -> None:
    received, letters = case
    last = due(ledger(received, letters))
    sent = last + dt.timedelta(after)
    late = [*letters, (sent, sent + dt.timedelta(length))]

    assert due(ledger(received, late)) == last


@given(made_up_ledgers.ledgers(), st.randoms(use_true_random=False))
def test_the_order_in_which_days_are_entered_is_irrelevant(case: dict[str, Any], rng: Any) -> None:
    by_day: dict[str, list[dict[str, Any]]] = {}
    for event in case["events"]:
        by_day.setdefault(event["date"], []).append(event)
    days = list(by_day.values())
    rng.shuffle(days)
    shuffled = case | {"events": [event for day in days for event in day]}

    assert deadline_cases.evaluate(shuffled) == deadline_cases.evaluate(case)


@given(made_up_ledgers.ledgers())
def test_what_is_not_known_yet_changes_nothing(case: dict[str, Any]) -> None:
    timeline = deadline_cases.evaluate(case)
    as_of = timeline.as_of.isoformat()
    past = [event for event in case["events"] if event["date"] <= as_of]

    assert deadline_cases.evaluate(case | {"events": past, "as_of": as_of}) == timeline


@given(made_up_ledgers.ledgers() | made_up_ledgers.publications())
def test_segments_name_every_day_once(case: dict[str, Any]) -> None:
    timeline = deadline_cases.evaluate(case)
    segments = timeline.segments
    last = timeline.as_of
    if timeline.closed_on is None and timeline.due is not None:
        last = max(last, timeline.due)

    first = timeline.period.opened_on if case["kind"] == "proactive" else timeline.events[0].on

    assert segments[0].first == first
    assert all(segment.first <= segment.last for segment in segments)
    assert [segment.first for segment in segments[1:]] == [
        segment.last + DAY for segment in segments[:-1]
    ]
    assert segments[-1].last == last


@given(made_up_ledgers.ledgers() | made_up_ledgers.publications())
def test_counted_segments_sum_to_the_allowance(case: dict[str, Any]) -> None:
    timeline = deadline_cases.evaluate(case)
    assume(timeline.allowance is not None and timeline.due is not None)
    counted = [
        segment.working_days
        for segment in timeline.segments
        if segment.phase == timeline.period and segment.kind is SegmentKind.COUNTED
    ]

    assert sum(counted) == timeline.allowance


@given(made_up_ledgers.ledgers() | made_up_ledgers.publications())
def test_used_and_remaining_make_the_allowance(case: dict[str, Any]) -> None:
    timeline = deadline_cases.evaluate(case)
    assume(timeline.allowance is not None and timeline.remaining is not None)

    assert timeline.counted + max(0, timeline.remaining) == timeline.allowance


@given(made_up_ledgers.ledgers())
def test_a_due_date_is_a_working_day(case: dict[str, Any]) -> None:
    timeline = deadline_cases.evaluate(case)
    days = [timeline.due, timeline.correction_notice_due, timeline.correction_due]
    days += [timeline.payment_due, *timeline.consult_due.values()]

    assert all(timeline.calendar.is_working(day) for day in days if day is not None)


@given(made_up_ledgers.ledgers())
def test_overdue_is_past_the_due_date_and_nothing_else(case: dict[str, Any]) -> None:
    timeline = deadline_cases.evaluate(case)
    closed = {State.REPLIED, State.WITHDRAWN}
    assume(timeline.state not in closed)
    past = timeline.due is not None and timeline.as_of > timeline.due

    assert (timeline.state is State.OVERDUE) is past


@given(made_up_ledgers.ledgers())
def test_every_remark_has_its_event(case: dict[str, Any]) -> None:
    timeline = deadline_cases.evaluate(case)

    assert {fault.flag for fault in timeline.faults} == timeline.flags
    assert all(fault.event in timeline.events for fault in timeline.faults)


@given(made_up_ledgers.ledgers())
def test_only_the_laws_own_period_is_extended(case: dict[str, Any]) -> None:
    timeline = deadline_cases.evaluate(case)

    assert all(
        period.extension_days == 0
        for period in timeline.periods
        if period.kind in {PeriodKind.DECISION_DAYS, PeriodKind.DECISION_DATE}
    )
