"""Pages of the departments asked and of the hand-over."""

import pytest
from django.urls import reverse

from requests_app.domain.access import Role
from requests_app.models import Case, Department, Inquiry, StaffUser
from requests_app.services import assignments
from tests import offices
from tests.factories import staff

AT = offices.moment("2026-03-12")


@pytest.fixture
def handler(office):
    """A handler of a department that has nothing to do with the case yet."""
    czj = Department.objects.create(code="czj", name="市财政局", valid_from="2020-01-01")
    return StaffUser.objects.get(pk=staff("czj", "承办己", Role.HANDLER, department=czj).staff_id)


def url(case, act, query=""):
    return reverse("admin:act", args=[case.pk, act]) + query


def test_a_department_is_asked_signs_replies_and_is_shown(case, handler, office, sit_down):
    page = reverse("admin:case", args=[case.pk])
    assert sit_down(handler).get(page).status_code == 404
    browser = sit_down(office.clerk)
    given = {
        "departments": [handler.department_id],
        "wanted": "records",
        "question": "查2025年预算",
    }
    empty = browser.post(url(case, "ask_department"), given | {"question": ""})
    assert empty.status_code == 422
    assert browser.post(url(case, "ask_department"), given).status_code == 302

    browser = sit_down(handler)
    row = Inquiry.objects.get()
    listed = browser.get(reverse("admin:asked_of_me")).content.decode()
    assert case.number in listed
    assert "余5个工作日" in listed
    html = browser.get(page).content.decode()
    assert f"do/reply_inquiry/?inquiry={row.pk}" in html
    query = f"?inquiry={row.pk}"
    assert browser.post(url(case, "sign_inquiry", query)).status_code == 302
    refusal = browser.post(url(case, "return_inquiry", query), {"reason": " "})
    assert refusal.status_code == 422
    assert browser.post(url(case, "reply_inquiry", query), {"text": "没有"}).status_code == 302
    assert "没有等您提意见的" in browser.get(reverse("admin:asked_of_me")).content.decode()

    panel = sit_down(office.clerk).get(page).content.decode().partition('id="inquiries"')[2]
    assert "已回复" in panel
    assert "没有　承办己" in panel


def test_a_returned_inquiry_takes_the_case_out_of_sight(case, handler, office, sit_down):
    sit_down(office.clerk).post(
        url(case, "ask_department"),
        {"departments": [handler.department_id], "wanted": "both", "question": "查"},
    )

    answer = sit_down(handler).post(url(case, "return_inquiry"), {"reason": "不归我局"})

    assert (answer.status_code, answer.url) == (302, reverse("admin:index"))


def test_without_an_inquiry_the_form_says_so(case, office, sit_down):
    department = Department.objects.get(code="zjj")
    assignments.assign(
        case.pk, department_id=department.pk, clerk_id=None, actor=office.clerk.as_actor(), at=AT
    )

    html = sit_down(office.handler).get(url(case, "reply_inquiry")).content.decode()

    assert "本部门没有要办的协办事项" in html


def test_a_load_is_handed_over_on_one_page(case, office, sit_down):
    taker = staff("clerk-two", "经办庚", Role.CLERK)
    Case.objects.filter(pk=case.pk).update(clerk=office.clerk)
    browser = sit_down(office.clerk)
    address = reverse("admin:hand_over")
    given = {"giver": office.clerk.pk, "taker": taker.staff_id, "reason": "岗位调整"}

    refused = browser.post(address, given | {"taker": office.clerk.pk})
    assert refused.status_code == 422
    assert "接收人应当是另一位经办人" in refused.content.decode()
    assert browser.post(address, given).status_code == 302
    assert "经办庚" in browser.get(address).content.decode()
    assert Case.objects.get(pk=case.pk).clerk_id == taker.staff_id
    assert sit_down(office.handler).get(address).status_code == 403
