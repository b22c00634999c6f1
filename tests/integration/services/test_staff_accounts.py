"""Accounts: made with roles, refused with reasons, closed and never deleted."""

from datetime import date

import pytest

from requests_app.domain.access import Role
from requests_app.domain.errors import Refused
from requests_app.models import Department, StaffUser
from requests_app.services import staff_accounts

pytestmark = pytest.mark.django_db

PASSWORD = "nine lives of a grey cat"
GIVEN = {
    "display_name": "王晓岚",
    "password": PASSWORD,
    "roles": [Role.CLERK],
    "on": date(2026, 3, 2),
}


@pytest.fixture
def department():
    return Department.objects.create(
        code="zjj", name="市住建局", valid_from=date(2020, 1, 1), valid_to=date(2026, 6, 30)
    )


def make(username="clerk", **changes):
    return staff_accounts.create(username, **{**GIVEN, **changes})


def test_account_with_its_roles(department):
    user = make(roles=[Role.HANDLER, Role.REVIEWER], department_code="zjj")

    actor = user.as_actor()
    assert (actor.roles, actor.name, actor.department_id) == (
        frozenset({Role.HANDLER, Role.REVIEWER}),
        "王晓岚",
        department.pk,
    )
    assert (user.is_staff, user.is_superuser, user.check_password(PASSWORD)) == (True, False, True)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"username": "two words"}, ("username",)),
        ({"display_name": " "}, ("display_name",)),
        ({"email": "no address"}, ("email",)),
        ({"password": "short"}, ("password",)),
        ({"roles": []}, ("roles",)),
        ({"roles": [Role.SYSTEM]}, ("roles",)),
        ({"roles": [Role.HANDLER]}, ("department",)),
        ({"department_code": "nowhere"}, ("department",)),
        ({"department_code": "zjj", "on": date(2026, 7, 1)}, ("department",)),
        ({"display_name": "", "password": "1", "roles": []}, ("display_name", "password", "roles")),
    ],
)
def test_account_that_cannot_be_is_refused(department, changes, codes):
    with pytest.raises(Refused) as refusal:
        make(**changes)

    assert (refusal.value.codes, StaffUser.objects.count()) == (codes, 0)


def test_account_of_a_taken_name_is_refused():
    make()

    with pytest.raises(Refused) as refusal:
        make()

    assert refusal.value.codes == ("username",)


def test_roles_are_replaced():
    user = make(roles=[Role.CLERK, Role.ARCHIVIST])

    changed = staff_accounts.set_roles(user.pk, roles=[Role.ARCHIVIST, Role.HEAD])

    assert changed.as_actor().roles == frozenset({Role.ARCHIVIST, Role.HEAD})


def test_roles_that_cannot_be_are_refused_and_kept():
    user = make()

    with pytest.raises(Refused):
        staff_accounts.set_roles(user.pk, roles=[])

    assert StaffUser.objects.get().as_actor().roles == frozenset({Role.CLERK})


def test_closed_account_stays_and_is_inactive():
    user = make()

    staff_accounts.close(user.pk)

    assert StaffUser.objects.get().is_active is False
