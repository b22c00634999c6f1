"""Who may open the reports, and what their frame shows."""

import pytest
from django.urls import reverse

from requests_app.domain.access import Role
from requests_app.models import StaffRole, StaffUser

#: Typed by hand: the address and what each role gets.
MATRIX = {
    Role.CLERK: 200,
    Role.HANDLER: 200,
    Role.REVIEWER: 403,
    Role.HEAD: 200,
    Role.SUPERVISOR: 200,
    Role.ARCHIVIST: 403,
    Role.ADMINISTRATOR: 403,
}
PAGES = ["deadlines", "cases", "health", "feeds"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", MATRIX)
def test_pages_open_by_role(desk, sign_in, role, name):
    person = StaffUser.objects.create_user("zhou", display_name="周某")
    StaffRole.objects.create(user=person, role=role.value)

    assert sign_in(person).get(reverse(f"reports:{name}")).status_code == MATRIX[role]


def test_stranger_is_led_to_the_sign_in_and_back(desk, client):
    response = client.get("/reports/?by=clerk")

    assert response.status_code == 302
    assert response["Location"] == "/admin/login/?next=/reports/%3Fby%3Dclerk"


def test_account_switched_off_is_a_stranger(desk, sign_in):
    person = StaffUser.objects.create_user("zhou", display_name="周某")
    StaffRole.objects.create(user=person, role=Role.SUPERVISOR.value)
    browser = sign_in(person)
    StaffUser.objects.filter(pk=person.pk).update(is_active=False)

    assert browser.get("/reports/").status_code == 302


def test_the_current_tab_and_the_header_say_where_one_is(read_as):
    response = read_as("supervisor").get("/reports/")

    assert [tab.label for tab in response.context["report_tabs"] if tab.current] == ["现在"]
    current = [entry.label for entry in response.context["desk_navigation"] if entry.current]
    assert current == ["报表"]


def test_what_is_refused_is_said_in_words(read_as):
    from requests_app.models import OfficeSettings

    browser = read_as("supervisor")
    OfficeSettings.objects.all().delete()

    response = browser.get("/reports/")

    assert response.status_code == 422
    assert "这一天没有生效的公开指南设置，请系统管理员先填写。" in response.content.decode()
