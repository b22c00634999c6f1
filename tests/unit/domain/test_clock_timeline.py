"""What a timeline carries for pages: periods, waits, consultations, segments."""

import datetime as dt

from requests_app.domain import clock, rules
from requests_app.domain.clock import (
    Consultation,
    EventType,
    Period,
    PeriodKind,
    SegmentKind,
    State,
    Wait,
    WaitKind,
)
from tests.unit.domain.deadline_cases import ask


def day(month: int, day_: int) -> dt.date:
    return dt.date(2026, month, day_)


def blocks(timeline: clock.Timeline) -> list[tuple[str, str, str, int, int]]:
    return [
        (f"{s.first:%m-%d}", f"{s.last:%m-%d}", s.kind.value, s.working_days, s.used_so_far)
        for s in timeline.segments
    ]


CORRECTED = (
    "03-02 received; 03-04 correction_requested; 03-05 correction_delivered; 03-10 corrected"
)


def test_a_restart_leaves_a_period_a_wait_and_a_new_period() -> None:
    timeline = ask(CORRECTED)

    assert timeline.phases == (
        Period(
            cause=EventType.RECEIVED,
            opened_on=day(3, 2),
            start=day(3, 2),
            kind=PeriodKind.ORDINARY,
            life=0,
            limit=20,
            due=day(3, 30),
            ended_on=day(3, 4),
            ended_by=EventType.CORRECTION_REQUESTED,
        ),
        Wait(
            kind=WaitKind.CORRECTION,
            sent_on=day(3, 4),
            delivered_on=day(3, 5),
            due=day(3, 19),
            ended_on=day(3, 10),
            ended_by=EventType.CORRECTED,
        ),
        Period(
            cause=EventType.CORRECTED,
            opened_on=day(3, 10),
            start=day(3, 10),
            kind=PeriodKind.ORDINARY,
            life=0,
            limit=20,
            due=day(4, 8),
        ),
    )
    assert (timeline.period, timeline.waits) == (timeline.phases[2], (timeline.phases[1],))
    assert timeline.periods == (timeline.phases[0], timeline.phases[2])


def test_segments_of_a_restart() -> None:
    assert blocks(ask(CORRECTED)) == [
        ("03-02", "03-02", "receipt", 1, 0),
        ("03-03", "03-04", "counted", 2, 2),
        ("03-05", "03-09", "waiting", 3, 0),
        ("03-10", "03-10", "receipt", 1, 0),
        ("03-11", "04-08", "counted", 20, 20),
    ]


def test_segments_of_overlapping_consultations() -> None:
    timeline = ask(
        "03-02 received; 03-04 consult_sent id=A; 03-06 consult_sent id=B;"
        " 03-10 consult_replied id=A; 03-12 consult_replied id=B"
    )

    assert blocks(timeline) == [
        ("03-02", "03-02", "receipt", 1, 0),
        ("03-03", "03-04", "counted", 2, 2),
        ("03-05", "03-12", "excluded", 6, 2),
        ("03-13", "04-08", "counted", 18, 20),
    ]
    assert timeline.segments[2].event_ids == ("A", "B")
    assert timeline.segments[2].citation == rules.PAUSE.citation


def test_segments_of_a_pause_whose_end_nobody_knows() -> None:
    assert blocks(ask("03-02 received; 03-10 consult_sent id=A", "03-20")) == [
        ("03-02", "03-02", "receipt", 1, 0),
        ("03-03", "03-10", "counted", 6, 6),
        ("03-11", "03-20", "excluded", 8, 6),
    ]


def test_segments_of_a_lapse() -> None:
    text = "03-02 received; 03-04 correction_requested; 03-05 correction_delivered"

    assert blocks(ask(text, "03-24")) == [
        ("03-02", "03-02", "receipt", 1, 0),
        ("03-03", "03-04", "counted", 2, 2),
        ("03-05", "03-19", "waiting", 11, 0),
        ("03-20", "03-24", "after", 3, 0),
    ]


def test_segments_of_an_overdue_case() -> None:
    assert blocks(ask("03-02 received", "04-05")) == [
        ("03-02", "03-02", "receipt", 1, 0),
        ("03-03", "03-30", "counted", 20, 20),
        ("03-31", "04-05", "overdue", 4, 20),
    ]


def test_segments_of_a_delayed_case() -> None:
    assert blocks(ask("03-02 received; 03-10 delayed until=04-30")) == [
        ("03-02", "03-02", "receipt", 1, 0),
        ("03-03", "03-10", "counted", 6, 6),
        ("03-11", "04-30", "fixed", 36, 6),
    ]


def test_segments_of_an_answer_and_a_reopening() -> None:
    text = "03-02 received; 03-10 replied; 04-01 reopened days=10"

    assert blocks(ask(text)) == [
        ("03-02", "03-02", "receipt", 1, 0),
        ("03-03", "03-10", "counted", 6, 6),
        ("03-11", "03-31", "after", 15, 6),
        ("04-01", "04-01", "receipt", 1, 0),
        ("04-02", "04-16", "counted", 10, 10),
    ]


def test_everything_on_one_day_is_one_day() -> None:
    text = "03-02 received; 03-02 correction_requested; 03-02 correction_delivered; 03-02 corrected"

    assert blocks(ask(text)) == [
        ("03-02", "03-02", "receipt", 1, 0),
        ("03-03", "03-30", "counted", 20, 20),
    ]


def test_a_consultation_and_its_window() -> None:
    timeline = ask(
        "03-02 received; 03-10 consult_sent id=A to=third_party; 03-12 consult_delivered id=A",
        "03-20",
    )

    assert timeline.consultations == (
        Consultation(
            id="A",
            to="third_party",
            sent_on=day(3, 10),
            delivered_on=day(3, 12),
            answered_on=None,
            due=day(4, 2),
            begins_after=day(3, 10),
            ends_on=day(4, 2),
            effective=True,
            life=0,
        ),
    )
    assert timeline.open_consultations == timeline.consultations


def test_no_consultation_is_open_in_a_closed_case() -> None:
    timeline = ask("03-02 received; 03-10 consult_sent id=A; 03-12 replied")

    assert timeline.open_consultations == ()


def test_the_allowance_grows_with_the_extension() -> None:
    timeline = ask("03-02 received; 03-10 extended days=15; 03-11 extension_notified")

    assert (timeline.allowance, timeline.extended, timeline.extendable) == (35, True, True)
    assert (timeline.period.extension_days, timeline.period.extension_told_on) == (15, day(3, 11))


def test_a_set_date_has_no_allowance_and_cannot_be_extended() -> None:
    timeline = ask("03-02 received; 03-10 delayed until=05-15")

    assert (timeline.allowance, timeline.extendable, timeline.extended) == (None, False, False)
    assert timeline.period.fixed_on == day(3, 10)


def test_nothing_is_allowed_while_waiting_or_after_the_end() -> None:
    waiting = ask("03-02 received; 03-04 correction_requested; 03-05 correction_delivered")
    closed = ask("03-02 received; 03-10 replied")

    assert (waiting.allowance, closed.allowance, closed.closed_on) == (None, None, day(3, 10))


def test_a_fault_names_its_event() -> None:
    timeline = ask("03-02 received; 03-10 paid")

    assert [(fault.flag.value, fault.event.on) for fault in timeline.faults] == [
        ("payment_unexpected", day(3, 10))
    ]


def test_publication_shows_the_version_that_is_due() -> None:
    timeline = ask("03-02 info_formed; 03-10 published; 03-12 info_changed", "03-13")

    assert [(p.start, p.due, p.ended_on) for p in timeline.periods] == [
        (day(3, 2), day(3, 30), day(3, 10)),
        (day(3, 12), day(4, 10), None),
    ]
    assert blocks(timeline) == [
        ("03-12", "03-12", "receipt", 1, 0),
        ("03-13", "04-10", "counted", 20, 20),
    ]


def test_every_state_has_a_label() -> None:
    assert set(clock.STATE_LABELS) == set(State)


def test_every_kind_of_segment_can_occur() -> None:
    texts = [
        ("03-02 received; 03-04 consult_sent id=A; 03-05 consult_replied id=A", "04-01"),
        ("03-02 received; 03-10 delayed until=05-15", ""),
        (CORRECTED, ""),
        ("03-02 received; 03-10 replied", "03-12"),
    ]

    found = {segment.kind for text, as_of in texts for segment in ask(text, as_of).segments}

    assert found == set(SegmentKind)
