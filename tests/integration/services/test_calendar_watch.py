"""The reminder of a missing year: from November, once a week, to every administrator."""

import pytest

from requests_app.models import Message
from requests_app.services import calendar_watch
from requests_app.services.tally import Tally
from tests import offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return offices.set_up()


def reminders():
    return [
        (message.to, message.subject, message.due_at) for message in Message.objects.order_by("pk")
    ]


def test_nothing_is_owed_before_november(office):
    tally = calendar_watch.warn(at=offices.moment("2026-10-31", "07:30"))

    assert (tally, reminders()) == (Tally(seen=1), [])


def test_administrators_are_reminded_from_november_on(office):
    # 1 November 2026 is a Sunday: the message waits for Monday morning.
    tally = calendar_watch.warn(at=offices.moment("2026-11-01", "07:30"))

    assert (tally, reminders()) == (
        Tally(seen=1, changed=1),
        [
            (
                "administrator@example.com",
                "请导入2027年放假通知",
                offices.moment("2026-11-02", "08:30"),
            )
        ],
    )


def test_reminder_comes_once_a_week(office):
    for day in ("2026-11-02", "2026-11-03", "2026-11-08", "2026-11-09"):
        calendar_watch.warn(at=offices.moment(day, "07:30"))

    assert [due_at for *_, due_at in reminders()] == [
        offices.moment("2026-11-02", "08:30"),
        offices.moment("2026-11-09", "08:30"),
    ]
