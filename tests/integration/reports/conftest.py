"""The reports in tests: an office on a working Thursday, and people who sign in to read."""

import pytest
import time_machine

from tests import offices

TODAY = "2026-03-12"


@pytest.fixture
def _today():
    with time_machine.travel(offices.moment(TODAY, "10:00"), tick=False):
        yield


@pytest.fixture
def desk(db, _today):
    from tests import factories

    return factories.set_up()


@pytest.fixture
def sign_in(client):
    """Return a function that signs in a member of staff and returns the browser."""

    def sign_in(user):
        client.force_login(user, "jcdisclosure.backends.StaffBackend")
        return client

    return sign_in


@pytest.fixture
def read_as(desk, sign_in):
    """Return a function that signs in one of the desk's people by the desk's name for them."""
    from requests_app.models import StaffUser

    return lambda name: sign_in(StaffUser.objects.get(pk=getattr(desk, name).staff_id))
