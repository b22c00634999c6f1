from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone

from requests_app.domain.access import Role
from requests_app.models import StaffRole, StaffUser

PASSWORD = "crane-over-the-river-7"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    user = StaffUser.objects.create_user("wang", password=PASSWORD, display_name="王经办")
    StaffRole.objects.create(user=user, role=Role.CLERK)
    return user


def sign_in(client, *, password, name="wang", address="198.51.100.7"):
    return client.post(
        reverse("admin:login"), {"username": name, "password": password}, REMOTE_ADDR=address
    )


def fail(client, times, **who):
    return [sign_in(client, password="wrong", **who).status_code for _ in range(times)]


def test_sign_in_with_the_right_password(client, clerk):
    assert sign_in(client, password=PASSWORD).status_code == 302
    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_endless_name_is_a_wrong_name(client, clerk):
    answer = sign_in(client, password=PASSWORD, name="x" * 5000)

    assert answer.status_code == 200
    assert "用户名或者密码不对。" in answer.content.decode()
    assert AccessAttempt.objects.count() == 0


def test_sign_in_never_leads_to_another_site(client, clerk):
    typed = {"username": "wang", "password": PASSWORD, "next": "https://evil.example/"}

    answer = client.post(reverse("admin:login"), typed)

    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_fifth_failure_locks_even_the_right_password_out(client, clerk):
    assert fail(client, 5) == [200, 200, 200, 200, 429]

    answer = sign_in(client, password=PASSWORD)

    assert answer.status_code == 429
    assert "登录已暂停" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_lock_ends_after_a_quarter_of_an_hour(client, clerk):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        fail(client, 5)
    with time_machine.travel(now + timedelta(minutes=14), tick=False):
        assert sign_in(client, password=PASSWORD).status_code == 429
    with time_machine.travel(now + timedelta(minutes=30), tick=False):
        assert sign_in(client, password=PASSWORD).status_code == 302


def test_lock_holds_for_one_name_at_one_address(client, clerk):
    fail(client, 5)

    assert sign_in(client, password=PASSWORD, address="198.51.100.8").status_code == 302


def test_success_forgets_earlier_failures(client, clerk):
    fail(client, 4)
    sign_in(client, password=PASSWORD)

    assert fail(client, 4) == [200] * 4


@pytest.mark.parametrize(("allowed", "expected"), [(True, 302), (False, 200)])
def test_demo_account_signs_in_only_where_demos_are_allowed(
    client, clerk, settings, allowed, expected
):
    StaffUser.objects.update(is_demo=True)
    settings.DEMO = allowed

    assert sign_in(client, password=PASSWORD).status_code == expected
    assert ("_auth_user_id" in client.session) is allowed
