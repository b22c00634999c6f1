"""A period in cells, lines and one date: worked out by hand from the notices for 2026."""

from datetime import date

import pytest

from requests_app.adapters import calendar_files
from requests_app.domain import clock
from requests_app.domain.clock import Event, EventType
from requests_app.presenters import deadline


def timeline(*events, as_of):
    """Fold (type, day, further data) into a timeline."""
    ledger = [
        Event(type=EventType(kind), on=date.fromisoformat(on), id=data.pop("id", ""), data=data)
        for kind, on, data in ((*each, {})[:3] for each in events)
    ]
    return clock.evaluate(
        ledger, as_of=date.fromisoformat(as_of), calendar=calendar_files.packaged_calendar()
    )


def told(line):
    found = deadline.next_date(line)
    return found and (found.label, found.on.isoformat(), found.left, found.late)


def drawn(line):
    cells = deadline.cells(line)
    return cells and (cells.label, "".join(kind.value[0] for kind in cells.kinds))


RECEIVED = ("received", "2026-03-02")


def test_running():
    line = timeline(RECEIVED, as_of="2026-03-05")

    assert told(line) == ("最晚答复日", "2026-03-30", "还剩 17 个工作日", False)
    assert drawn(line) == ("20 个工作日：已用 3，还剩 17", "uuu" + "o" * 17)


def test_last_day():
    line = timeline(RECEIVED, as_of="2026-03-30")

    assert told(line) == ("最晚答复日", "2026-03-30", "今天是最后一天", False)


@pytest.mark.parametrize(
    ("as_of", "left", "cells"),
    [
        ("2026-03-31", "已经超过 1 个工作日", ("20 个工作日：已用 20，超过 1", "u" * 20 + "l")),
        ("2026-04-03", "已经超过 4 个工作日", ("20 个工作日：已用 20，超过 4", "u" * 20 + "llll")),
    ],
)
def test_overdue(as_of, left, cells):
    line = timeline(RECEIVED, as_of=as_of)

    assert told(line) == ("应当答复的日子", "2026-03-30", left, True)
    assert drawn(line) == cells


def test_overdue_on_a_rest_day_with_no_working_day_since_names_no_number():
    # Received on Sunday 1 March: the 20th working day is Friday 27 March.
    line = timeline(("received", "2026-03-01"), as_of="2026-03-28")

    assert told(line) == ("应当答复的日子", "2026-03-27", "已过期限", True)


def test_waiting_for_a_correction_counts_the_applicants_own_days():
    line = timeline(
        RECEIVED,
        ("correction_requested", "2026-03-04"),
        ("correction_delivered", "2026-03-05"),
        as_of="2026-03-09",
    )

    assert told(line) == ("最晚这一天补正", "2026-03-19", "还剩 8 个工作日", False)
    assert drawn(line) == ("10 个工作日：已用 2，还剩 8", "uu" + "o" * 8)


def test_waiting_for_a_payment():
    line = timeline(
        RECEIVED,
        ("fee_notice", "2026-03-04"),
        ("fee_notice_delivered", "2026-03-04"),
        as_of="2026-03-04",
    )

    assert told(line) == ("最晚这一天缴费", "2026-04-01", "还剩 20 个工作日", False)


def test_paused_until_the_last_letter_runs_out():
    line = timeline(
        RECEIVED,
        ("consult_sent", "2026-03-05", {"id": "1", "to": "third_party"}),
        ("consult_delivered", "2026-03-06", {"id": "1"}),
        as_of="2026-03-09",
    )

    assert told(line) == ("意见最晚等到这一天", "2026-03-27", "已用 3 天，还剩 17 个工作日", False)
    assert drawn(line) == ("20 个工作日：已用 3，还剩 17，暂停中", "uuu" + "h" * 17)


def test_paused_by_a_letter_that_has_not_arrived_has_no_date():
    line = timeline(
        RECEIVED,
        ("consult_sent", "2026-03-05", {"id": "1", "to": "third_party"}),
        as_of="2026-03-09",
    )

    assert told(line) is None


def test_extended_draws_forty_cells():
    line = timeline(
        RECEIVED,
        ("extended", "2026-03-20", {"days": 20}),
        ("extension_notified", "2026-03-20"),
        as_of="2026-03-20",
    )

    assert drawn(line) == ("40 个工作日：已用 14，还剩 26", "u" * 14 + "o" * 26)
    assert deadline.next_date(line).sentences == ("答复期限已经延长过一次，不会再延长。",)


def test_a_fixed_date_has_no_cells():
    line = timeline(
        RECEIVED, ("delayed", "2026-03-20", {"until": date(2026, 5, 20)}), as_of="2026-03-23"
    )

    assert drawn(line) is None
    assert told(line)[:2] == ("最晚答复日", "2026-05-20")


def test_a_date_in_a_year_without_notice_is_tentative():
    line = timeline(("received", "2026-12-21"), as_of="2026-12-21")

    assert (
        deadline.next_date(line).sentences[-1] == "下一年的放假安排还没有公布，这个日期是暂定的。"
    )


def test_after_the_end_there_is_no_date():
    line = timeline(RECEIVED, ("replied", "2026-03-10"), as_of="2026-03-11")

    assert (told(line), drawn(line)) == (None, None)


def test_account_of_a_period_over_a_holiday():
    line = timeline(RECEIVED, as_of="2026-03-30")

    rows = deadline.account(line).rows

    assert [(row.span, row.count, row.off) for row in rows] == [
        ("3月2日", "不计", True),
        ("3月3日–3月30日", "20 天", False),
    ]
