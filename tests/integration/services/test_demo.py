"""The demo office: every state stands there, whatever day it is made on."""

import stat

import pytest
from django.contrib.auth import authenticate

from requests_app.adapters import crypto
from requests_app.domain.access import Role
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Status
from requests_app.domain.lights import FlagLevel
from requests_app.models import Case, DueFlag, Event, Letter, StaffRole, StaffUser
from requests_app.services import demo, office_setup, projections
from requests_app.services.tally import Tally
from tests import offices

pytestmark = pytest.mark.django_db

AT = offices.moment("2026-11-20", "15:00")
CASES = 35


@pytest.fixture
def guide(settings, tmp_path, monkeypatch):
    """What a demo needs, with a stand-in for drawing letters, which has tests of its own."""
    settings.DEMO_LOGINS_FILE = tmp_path / "demo-logins.txt"
    monkeypatch.setattr("requests_app.adapters.pdf.render_letter", lambda *_a, **_k: b"%PDF-1.7 .")
    office_setup.seed_guide()
    offices.set_up_calendar()


@pytest.mark.parametrize(
    "at",
    [
        offices.moment("2026-11-22", "04:44"),  # a Sunday, before dawn
        offices.moment("2026-10-05", "10:00"),  # inside the National Day holiday
        offices.moment("2027-01-05", "10:00"),  # cases of two years; a year without a notice
    ],
)
def test_demo_shows_every_state_on_any_day(guide, at):
    tally = demo.seed(at=at)

    assert tally == Tally(seen=1, changed=CASES)
    assert set(Case.objects.values_list("status", flat=True)) == {each.value for each in Status}
    assert set(DueFlag.objects.values_list("level", flat=True)) == {
        each.value for each in FlagLevel
    }
    assert set(Letter.objects.values_list("status", flat=True)) == {
        each.value
        for each in (
            LetterStatus.PENDING,
            LetterStatus.ISSUED,
            LetterStatus.DISPATCHED,
            LetterStatus.DELIVERED,
        )
    }
    assert not Event.objects.filter(recorded_at__gt=at).exists()
    assert [projections.mismatches(case, today=at.date()) for case in Case.objects.all()] == (
        [()] * CASES
    )


def test_demo_has_a_person_of_each_role_and_says_how_to_sign_in(guide, settings, rf):
    demo.seed(at=AT)

    assert set(StaffRole.objects.values_list("role", flat=True)) == {
        role.value for role in Role if role not in {Role.APPLICANT, Role.SYSTEM}
    }
    assert not StaffUser.objects.filter(is_demo=False).exists()
    logins = settings.DEMO_LOGINS_FILE.read_text(encoding="utf-8")
    username, password = logins.splitlines()[1].split()[:2]
    assert authenticate(rf.post("/"), username=username, password=password).username == "clerk"
    number, code = logins.split("查询码）：")[1].split()[:2]
    case = Case.objects.get(number=number, body__is_default=True)
    assert crypto.check_query_code(code, stored=case.query_code_hash) is None
    assert stat.S_IMODE(settings.DEMO_LOGINS_FILE.stat().st_mode) == 0o600


def test_demo_twice_changes_nothing(guide, settings):
    demo.seed(at=AT)
    logins = settings.DEMO_LOGINS_FILE.read_text(encoding="utf-8")

    assert demo.seed(at=AT) == Tally(seen=1)
    assert settings.DEMO_LOGINS_FILE.read_text(encoding="utf-8") == logins


def test_demo_leaves_an_office_at_work_alone(guide):
    office = offices.set_up()
    offices.register(office, offices.moment("2026-11-02"))

    assert demo.seed(at=AT) == Tally(seen=1)
    assert not StaffUser.objects.filter(is_demo=True).exists()


@pytest.mark.parametrize("switch", [{"PRODUCTION": True}, {"DEMO": False}])
def test_demo_is_refused_where_it_is_not_allowed(guide, settings, switch):
    for name, value in switch.items():
        setattr(settings, name, value)

    with pytest.raises(Refused) as refusal:
        demo.seed(at=AT)

    assert (refusal.value.codes, StaffUser.objects.count()) == (("demo",), 0)
