"""Several runs of the ladder at the same moment: each reminder, digest and 督办单 comes to be once."""

import pytest

from requests_app.models import Digest, Reminder, SupervisionOrder
from requests_app.services import escalation
from tests import factories
from tests.integration.services.test_races import together
from tests.offices import moment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(transactional_db, settings, quick_pdf, monkeypatch):
    from requests_app.adapters import pdf

    settings.NUDGE = False
    monkeypatch.setattr(pdf, "render_sheet", lambda sheet: b"%PDF-1.7 " + sheet.number.encode())
    return factories.set_up()


def test_three_runs_at_once_send_each_thing_once(desk):
    for _ in range(3):
        desk.register("2026-03-02")

    found = together(*[lambda: escalation.run(at=moment("2026-03-31", "08:30"))] * 3)

    assert [each.failed for each in found] == [0, 0, 0]
    keys = list(Reminder.objects.values_list("case_id", "kind", "due_on", "recipient_id"))
    assert len(keys) == len(set(keys))
    assert set(Reminder.objects.values_list("sent_at", flat=True)) == {
        moment("2026-03-31", "08:30")
    }
    people = list(Digest.objects.values_list("person_id", flat=True))
    assert len(people) == len(set(people))
    assert sorted(SupervisionOrder.objects.values_list("number", flat=True)) == [
        f"金政办公开督〔2026〕{n}号" for n in (1, 2, 3)
    ]
