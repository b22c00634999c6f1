"""The desk in tests: an office on a working Thursday, and people who sit down at it."""

import pytest
import time_machine

from tests import offices

TODAY = "2026-03-12"
BACKEND = "jcdisclosure.backends.StaffBackend"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(offices.moment(TODAY, "10:00"), tick=False):
        yield


@pytest.fixture
def office(db):
    return offices.set_up()


@pytest.fixture
def case(office):
    """An application received on Monday 2 March, eight working days ago."""
    return offices.register(office, offices.moment("2026-03-02"))


@pytest.fixture
def sit_down(client):
    """Sign a person in and return the browser."""

    def sign_in(person):
        client.force_login(person, backend=BACKEND)
        return client

    return sign_in


@pytest.fixture
def at_desk(office, sit_down):
    """The clerk's browser."""
    return sit_down(office.clerk)


@pytest.fixture
def issued(office, quick_pdf):
    """Return a function that brings a drafted letter to where its file exists."""
    from requests_app.services import letters

    def issue(letter, at=None):
        at = at or offices.moment(TODAY)
        letters.submit(letter.pk, actor=office.clerk.as_actor(), at=at)
        letter.refresh_from_db()
        if letter.status == "pending":
            letters.approve(letter.pk, actor=office.head.as_actor(), at=at)
        letters.render(letter.pk, at=at)
        letter.refresh_from_db()
        return letter

    return issue
