"""The ladder over the database: owed, planned, sent once; missed runs, leave, pauses, moved dates."""

from datetime import date, timedelta

import pytest

from requests_app.models import Reminder, StaffUser
from requests_app.services import escalation
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf", "quick_sheet")]


@pytest.fixture
def quick_sheet(monkeypatch):
    """Stand in for the renderer of working papers."""
    from requests_app.adapters import pdf

    monkeypatch.setattr(pdf, "render_sheet", lambda sheet: b"%PDF-1.7 " + sheet.number.encode())


@pytest.fixture
def case(desk):
    """Received at the counter on Monday 2026-03-02, signed for by a department; due 2026-03-30.

    An answer is in draft, so that only the ladder of the reply period is under way.
    """
    StaffUser.objects.filter(username__in=["clerk", "head", "supervisor"]).update(
        email="x@example.com"
    )
    return desk.register("2026-03-02")


def ladder(case=None):
    rows = Reminder.objects.filter(kind__in=["remind", "urge", "yellow", "red", "bulletin"])
    if case is not None:
        rows = rows.filter(case=case)
    return sorted(
        (row.kind, row.due_on.isoformat(), row.recipient.username, state(row)) for row in rows
    )


def state(row):
    for name in ("cancelled", "acknowledged", "settled", "raised", "sent"):
        if getattr(row, f"{name}_at"):
            return name
    return "planned"


def run(day, at="08:30"):
    return escalation.run(at=moment(day, at))


def run_days(first, last):
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        run(day.isoformat())
        day += timedelta(days=1)


def test_ladder_of_a_case_that_nobody_answers(desk, case):
    run("2026-03-20")
    assert ladder() == []

    run("2026-03-23")
    assert ladder() == [("remind", "2026-03-30", "clerk", "sent")]

    run("2026-03-25")
    assert [each[:3] for each in ladder() if each[0] == "urge"] == [
        ("urge", "2026-03-30", "both"),  # head of the working body, too
        ("urge", "2026-03-30", "clerk"),
        ("urge", "2026-03-30", "head"),
    ]
