"""Each open legal question, read the other way, beside the usual reading of the same ledger.

Days are counted with the list in `cases/README.md`.
"""

import datetime as dt

import pytest

from requests_app.domain.clock import (
    DEFAULT_READINGS,
    Flag,
    LateCorrectionNotice,
    PauseFrom,
    Readings,
    RestDayReceipt,
    State,
    ToldBy,
)
from tests.unit.domain.deadline_cases import ask

SERVICE = Readings(pause_from=PauseFrom.SERVICE)
TOLD = Readings(told_by=ToldBy.SERVICE)
DEFER = Readings(rest_day_receipt=RestDayReceipt.DEFER)
NONE = Readings(late_correction_notice=LateCorrectionNotice.NONE)


def day(month: int, day_: int) -> dt.date:
    return dt.date(2026, month, day_)


def test_the_usual_readings_are_those_of_the_worked_cases() -> None:
    assert (
        Readings()
        == DEFAULT_READINGS
        == Readings(
            pause_from=PauseFrom.DISPATCH,
            told_by=ToldBy.DISPATCH,
            rest_day_receipt=RestDayReceipt.KEEP,
            late_correction_notice=LateCorrectionNotice.RESTART,
        )
    )


CONSULTED = "03-02 received; 03-10 consult_sent id=A; 03-12 consult_delivered id=A; 03-24 consult_replied id=A"


@pytest.mark.parametrize(
    ("readings", "due"), [(DEFAULT_READINGS, day(4, 14)), (SERVICE, day(4, 10))]
)
def test_a_pause_from_dispatch_or_from_service(readings: Readings, due: dt.date) -> None:
    assert ask(CONSULTED, readings=readings).due == due


def test_from_service_an_undelivered_letter_pauses_nothing() -> None:
    timeline = ask("03-02 received; 03-10 consult_sent id=A", "03-20", readings=SERVICE)

    assert (timeline.state, timeline.due) == (State.RUNNING, day(3, 30))
    assert timeline.flags == {Flag.CONSULT_UNDELIVERED}


def test_from_service_an_answer_without_recorded_delivery_excludes_nothing() -> None:
    text = "03-02 received; 03-10 consult_sent id=A; 03-24 consult_replied id=A"

    assert ask(text, readings=SERVICE).due == day(3, 30)


def test_from_service_the_day_of_sending_still_counts() -> None:
    text = "03-02 received; 03-10 consult_sent id=A; 03-12 consult_delivered id=A"

    timeline = ask(text, "03-20", readings=SERVICE)

    assert (timeline.state, timeline.counted, timeline.due) == (State.PAUSED, 8, day(4, 21))


def test_from_service_letters_pause_in_the_order_in_which_they_were_served() -> None:
    text = (
        "03-02 received; 03-04 consult_sent id=A; 03-05 consult_sent id=B;"
        " 03-06 consult_delivered id=B; 03-10 consult_replied id=B;"
        " 03-12 consult_delivered id=A; 03-16 consult_replied id=A"
    )

    # B excludes 03-09 and 03-10, A excludes 03-13 and 03-16.
    assert ask(text, readings=SERVICE).due == day(4, 3)


EXTENDED = "03-02 received; 03-26 extended days=20; 03-27 extension_notified"


def test_told_by_dispatch_needs_no_service() -> None:
    assert ask(EXTENDED).due == day(4, 28)


def test_told_by_dispatch_a_late_service_changes_nothing() -> None:
    timeline = ask(f"{EXTENDED}; 03-31 extension_delivered")

    assert (timeline.due, timeline.flags) == (day(4, 28), frozenset())


def test_told_by_service_in_time() -> None:
    timeline = ask(f"{EXTENDED}; 03-30 extension_delivered", readings=TOLD)

    assert (timeline.due, timeline.flags) == (day(4, 28), frozenset())


def test_told_by_service_too_late() -> None:
    timeline = ask(f"{EXTENDED}; 03-31 extension_delivered", readings=TOLD)

    assert (timeline.due, timeline.flags) == (day(3, 30), {Flag.EXTENSION_AFTER_DUE})


def test_told_by_service_and_not_served() -> None:
    timeline = ask(EXTENDED, readings=TOLD)

    assert (timeline.due, timeline.flags) == (day(3, 30), {Flag.EXTENSION_NOT_NOTIFIED})


def test_told_by_service_a_notice_after_closing_is_still_remarked() -> None:
    text = "03-02 received; 03-20 replied; 03-23 extension_notified; 03-24 extension_delivered"

    assert ask(text, readings=TOLD).flags == {Flag.EVENT_AFTER_CLOSE}


@pytest.mark.parametrize(
    ("received", "readings", "due", "notice_due"),
    [
        ("03-07", DEFAULT_READINGS, day(4, 3), day(3, 17)),
        ("03-07", DEFER, day(4, 7), day(3, 18)),
        ("03-09", DEFER, day(4, 7), day(3, 18)),
        ("05-09", DEFER, day(6, 5), day(5, 19)),
        ("05-02", DEFER, day(6, 2), day(5, 14)),
    ],
)
def test_receipt_on_a_rest_day(
    received: str, readings: Readings, due: dt.date, notice_due: dt.date
) -> None:
    timeline = ask(f"{received} received", readings=readings)

    assert (timeline.due, timeline.correction_notice_due) == (due, notice_due)


def test_a_deferred_receipt_has_used_nothing_before_it_begins() -> None:
    timeline = ask("03-07 received", "03-08", readings=DEFER)

    assert (timeline.counted, timeline.remaining) == (0, 20)


LATE = "03-02 received; 03-12 correction_requested; 03-13 correction_delivered"


def test_a_late_correction_notice_restarts_by_the_usual_reading() -> None:
    timeline = ask(f"{LATE}; 03-20 corrected")

    assert (timeline.due, timeline.strict_due) == (day(4, 20), day(3, 30))
    assert timeline.flags == {Flag.CORRECTION_LATE}


def test_a_late_correction_notice_without_effect() -> None:
    timeline = ask(f"{LATE}; 03-20 corrected", readings=NONE)

    assert (timeline.state, timeline.due) == (State.RUNNING, day(3, 30))
    assert timeline.flags == {Flag.CORRECTION_LATE, Flag.EXTRA_CORRECTION_IGNORED}


def test_a_correction_notice_in_time_restarts_by_either_reading() -> None:
    text = "03-02 received; 03-11 correction_requested; 03-12 correction_delivered; 03-20 corrected"

    assert ask(text, readings=NONE).due == ask(text).due == day(4, 20)


def test_a_notice_may_give_more_than_the_usual_ten_days() -> None:
    text = "03-02 received; 03-04 correction_requested days=15; 03-05 correction_delivered"

    assert ask(text).correction_due == day(3, 26)
