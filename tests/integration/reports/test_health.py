"""The health page: each concern lists its cases, and only those."""

from datetime import date

import pytest

from requests_app.domain.report_health import Concern
from requests_app.models import Case
from requests_app.selectors import calendars, offices, report_health
from requests_app.selectors.worklists import Day
from requests_app.services import entries, projections
from tests import factories
from tests.offices import moment

pytestmark = pytest.mark.usefixtures("quick_pdf")


def ids(desk, concern, on):
    today = date.fromisoformat(on)
    day = Day(today, calendars.current(), offices.thresholds(offices.settings(on=today)))
    return report_health.case_ids(desk.supervisor, concern=concern, day=day)


def test_a_wait_of_more_than_thirty_working_days_is_long(desk):
    case = desk.register("2026-03-02")
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")
    desk.register("2026-03-02")

    assert ids(desk, Concern.LONG_PAUSE, "2026-04-16") == ()  # 30 working days
    assert ids(desk, Concern.LONG_PAUSE, "2026-04-17") == (case.pk,)


def test_an_extension_with_a_day_left_is_late(desk):
    early, late = desk.register("2026-03-02"), desk.register("2026-03-02")
    desk.extend(early, "2026-03-26")  # 2 left
    desk.extend(late, "2026-03-27")  # 1 left

    assert ids(desk, Concern.LATE_EXTENSION, "2026-04-01") == (late.pk,)
    assert ids(desk, Concern.LATE_EXTENSION, "2026-05-20") == ()


def test_a_letter_without_proof_is_listed_after_five_working_days(desk):
    case = desk.file("2026-03-02", **factories.BY_POST)
    letter = desk.post(desk.answer(case, "2026-03-10"), "2026-03-10")

    assert ids(desk, Concern.NO_PROOF, "2026-03-17") == ()
    assert ids(desk, Concern.NO_PROOF, "2026-03-18") == (case.pk,)
    desk.arrive(letter, "2026-03-18")
    assert ids(desk, Concern.NO_PROOF, "2026-03-19") == ()


def test_a_case_nobody_touched_is_quiet_unless_it_waits(desk):
    quiet, waits = desk.register("2026-03-02"), desk.register("2026-03-02")
    desk.ask_correction(waits, "2026-03-03", served="2026-03-03")

    assert ids(desk, Concern.QUIET, "2026-03-09") == ()
    assert ids(desk, Concern.QUIET, "2026-03-10") == (quiet.pk,)
    entries.note(quiet.pk, text="电话催问", actor=desk.clerk, at=moment("2026-03-10"))
    assert ids(desk, Concern.QUIET, "2026-03-10") == ()


def test_voided_entries_are_shown_for_a_month(desk):
    case = desk.register("2026-03-02")
    note = entries.note(case.pk, text="记错了", actor=desk.clerk, at=moment("2026-03-03"))
    entries.void(case.pk, seq=note.seq, reason="记错", actor=desk.clerk, at=moment("2026-03-04"))

    assert ids(desk, Concern.VOIDED, "2026-03-05") == (case.pk,)
    assert ids(desk, Concern.VOIDED, "2026-04-10") == ()


def test_a_stored_date_that_is_not_the_ledgers_is_found_and_nothing_else(desk):
    wrong, right = desk.register("2026-03-02"), desk.register("2026-03-02")
    Case.objects.filter(pk=wrong.pk).update(due_on=date(2026, 6, 1))

    found = projections.faulty(desk.supervisor, today=date(2026, 3, 12))

    assert found == (wrong.pk,)
    assert right.pk not in found
    assert Case.objects.get(pk=wrong.pk).due_on == date(2026, 6, 1)


def test_the_page_leads_to_the_cases_it_counts(desk, read_as):
    desk.register("2026-03-02")
    Case.objects.update(due_on=date(2026, 6, 1))
    browser = read_as("supervisor")

    plain = browser.get("/reports/health/")
    checked = browser.get("/reports/health/?check=1")

    numbers = {item.concern: item.number for item in checked.context["items"]}
    assert {item.concern: item.number for item in plain.context["items"]}[Concern.MISMATCH] is None
    assert numbers[Concern.MISMATCH] == 1
    for concern, number in numbers.items():
        listed = browser.get(f"/reports/cases/?concern={concern.value}")
        assert listed.context["total"] == number == len(listed.context["rows"])
