"""Which page opens for whom, typed by hand."""

import pytest
from django.urls import reverse

from requests_app.domain.access import Role
from requests_app.models import StaffRole, StaffUser

PAGES = [
    "index",
    "case",
    "intake",
    "approvals",
    "calendars",
    "requests_app_staffuser_changelist",
    "requests_app_officesettings_changelist",
    "identity",
    "wordings",
]


def addresses(case):
    about_a_case = {"case", "identity"}
    return [
        reverse(f"admin:{name}", args=[case.pk] if name in about_a_case else []) for name in PAGES
    ]


#: 200 opens, 302 leads elsewhere, 403 not for this role, 404 not this person's case.
MATRIX = {
    Role.CLERK: [200, 200, 200, 403, 403, 403, 403, 200, 403],
    Role.HANDLER: [200, 404, 403, 403, 403, 403, 403, 403, 403],
    Role.REVIEWER: [200, 200, 403, 403, 403, 403, 403, 403, 200],
    Role.HEAD: [200, 200, 403, 200, 200, 403, 403, 403, 200],
    Role.SUPERVISOR: [200, 200, 403, 403, 200, 403, 403, 403, 403],
    Role.ARCHIVIST: [200, 200, 403, 403, 403, 403, 403, 403, 403],
    Role.ADMINISTRATOR: [302, 403, 403, 403, 200, 200, 200, 403, 200],
}


@pytest.mark.parametrize("role", MATRIX)
def test_pages_open_by_role(case, sit_down, role):
    person = StaffUser.objects.create_user("zhou", display_name="周某")
    StaffRole.objects.create(user=person, role=role.value)
    browser = sit_down(person)

    found = [browser.get(url).status_code for url in addresses(case)]

    assert found == MATRIX[role]


@pytest.mark.parametrize(
    ("role", "entries"),
    [
        ("clerk", ["工作列表", "登记来件", "复议诉讼", "提醒", "报表"]),
        ("handler", ["工作列表", "待协办", "提醒", "报表"]),
        ("head", ["工作列表", "审签", "提醒", "报表", "工作日历", "文书文本"]),
        ("supervisor", ["工作列表", "提醒", "报表", "工作日历"]),
        ("administrator", ["提醒", "后台任务", "工作日历", "文书文本", "基础设置"]),
    ],
)
def test_header_leads_only_where_the_role_may_go(office, sit_down, role, entries):
    response = sit_down(getattr(office, role)).get(reverse("admin:index"), follow=True)

    assert [entry.label for entry in response.context["desk_navigation"]] == entries


def test_person_without_a_role_does_not_get_in(client, db):
    StaffUser.objects.create_user(
        "zhou", password="a long night train", display_name="周某", is_staff=True
    )

    response = client.post(
        reverse("admin:login"), {"username": "zhou", "password": "a long night train"}
    )

    assert response.status_code == 200
    assert "这个账号还没有分配岗位，不能登录。" in response.content.decode()


def test_superuser_flag_opens_nothing(case, sit_down):
    person = StaffUser.objects.create_user(
        "root", display_name="某", is_staff=True, is_superuser=True
    )
    browser = sit_down(person)

    found = {browser.get(url).status_code for url in addresses(case)}

    assert found == {302}


def test_stranger_is_sent_to_the_door(client, case):
    response = client.get(reverse("admin:case", args=[case.pk]))

    assert response.url == f"{reverse('admin:login')}?next={reverse('admin:case', args=[case.pk])}"


def test_cases_and_letters_have_no_stock_page(office, case, sit_down):
    browser = sit_down(office.administrator)

    found = {
        browser.get(f"/admin/requests_app/{name}/").status_code
        for name in ("case", "event", "letter", "applicant")
    }

    assert found == {404}
