"""The calendar file, read back by a reader of its own kind."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from requests_app.adapters import day_calendar
from requests_app.adapters.day_calendar import DayEvent

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def read(*events, at=AT):
    content = day_calendar.write(events, at=at, domain="a.example")
    return Calendar.from_ical(content), content


def test_a_day_is_whole_and_reminds_the_morning_before():
    found, _ = read(DayEvent("2026-0184-next", date(2026, 3, 30), "最晚答复日", "以网站为准"))

    (event,) = found.walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 3, 30)
    assert event.decoded("dtend") == date(2026, 3, 31)
    assert str(event["uid"]) == "2026-0184-next@a.example"
    assert (str(event["summary"]), str(event["description"])) == ("最晚答复日", "以网站为准")
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(hours=-15)
    assert str(alarm["action"]) == "DISPLAY"


def test_what_has_a_meaning_in_the_format_is_written_so_that_it_has_none():
    told = "甲；乙, 丙; 丁\\戊\nBEGIN:VEVENT"

    found, content = read(DayEvent("a", date(2026, 3, 30), "甲,乙;丙", told))

    (event,) = found.walk("VEVENT")
    assert (str(event["summary"]), str(event["description"])) == ("甲,乙;丙", told)
    assert content.count(b"BEGIN:VEVENT") - content.count(b"\\nBEGIN:VEVENT") == 1


def test_lines_are_folded_at_75_octets_and_end_as_the_format_wants():
    _, content = read(DayEvent("a", date(2026, 3, 30), "长" * 200, ""))

    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75


def test_a_later_file_replaces_the_days_of_an_earlier_one():
    event = DayEvent("a", date(2026, 3, 30), "甲")

    first, _ = read(event)
    second, _ = read(event, at=AT + timedelta(days=1))

    sequences = [int(found.walk("VEVENT")[0]["sequence"]) for found in (first, second)]
    assert sequences[0] < sequences[1]
