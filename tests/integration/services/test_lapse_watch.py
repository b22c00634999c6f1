"""The daily look for lapses: proposed once, never without a person, one bad case stops nothing."""

import pytest

from requests_app.models import Case, Event
from requests_app.services import (
    corrections,
    deliveries,
    lapse_watch,
    lapses,
    letters,
    projections,
)
from requests_app.services.tally import Tally
from tests import offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(monkeypatch):
    monkeypatch.setattr("requests_app.adapters.pdf.render_letter", lambda *_a, **_k: b"%PDF-1.7 .")
    return offices.set_up()


def asked_to_correct(office):
    """Received 2026-03-02, asked and told on 03-04: the applicant's last day is 2026-03-18."""
    case = offices.register(office, offices.moment("2026-03-02"))
    at = offices.moment("2026-03-04")
    letter = corrections.request(
        case.pk,
        fields={"points": "名称", "guidance": "写明年份", "correction_days": "10"},
        actor=office.clerk.as_actor(),
        at=at,
    )
    letters.submit(letter.pk, actor=office.clerk.as_actor(), at=at)
    letters.render(letter.pk, at=at)
    deliveries.fetch(letter.pk, case_id=case.pk, at=at)
    return case


@pytest.mark.parametrize(
    ("day", "tally", "status"),
    [
        ("2026-03-18", Tally(), "awaiting_correction"),
        ("2026-03-19", Tally(seen=1, changed=1), "lapse_proposed"),
        # The worker was off for a week.
        ("2026-03-27", Tally(seen=1, changed=1), "lapse_proposed"),
    ],
)
def test_lapse_proposed_once_the_last_day_has_gone_by(office, day, tally, status):
    asked_to_correct(office)

    assert lapse_watch.propose_due(at=offices.moment(day, "00:15")) == tally
    assert Case.objects.get().status == status


def test_lapse_proposed_after_the_nightly_check_moved_the_projection(office):
    asked_to_correct(office)
    projections.verify(at=offices.moment("2026-03-20", "02:00"))

    tally = lapse_watch.propose_due(at=offices.moment("2026-03-20", "08:00"))

    assert tally == Tally(seen=1, changed=1)


def test_lapse_proposed_twice_is_one_entry(office):
    asked_to_correct(office)

    lapse_watch.propose_due(at=offices.moment("2026-03-19", "00:15"))
    second = lapse_watch.propose_due(at=offices.moment("2026-03-20", "00:15"))

    assert second == Tally()
    assert Event.objects.filter(entry="lapse_proposed").count() == 1


def test_one_case_that_breaks_does_not_stop_the_others(office, monkeypatch, caplog):
    bad, good = asked_to_correct(office), asked_to_correct(office)
    really_propose = lapses.propose

    def propose(case_id, *, at):
        if case_id == bad.pk:
            raise ZeroDivisionError
        return really_propose(case_id, at=at)

    monkeypatch.setattr(lapses, "propose", propose)

    tally = lapse_watch.propose_due(at=offices.moment("2026-03-19", "00:15"))

    assert tally == Tally(seen=2, changed=1, failed=1)
    good.refresh_from_db()
    assert good.status == "lapse_proposed"
    assert "ZeroDivisionError" in caplog.text
