"""The seven questions in a real browser: by keyboard, without script, to the draft of the answer."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.models import GuidedAnswer
from tests import offices
from tests.e2e.axe import judge
from tests.e2e.citizen import PHONE

pytestmark = pytest.mark.django_db(transaction=True)

DESKTOP = {"width": 1280, "height": 900}
#: The desk has one look.
VIEWS = ((PHONE, ({},)), (DESKTOP, ({},)))


@pytest.fixture
def case():
    office = offices.set_up()
    return offices.register(office, timezone.now() - timezone.timedelta(days=1))


def sign_in(page, site):
    page.goto(site + reverse("admin:login"))
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码").fill(offices.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="工作列表")).to_be_visible()


def answer(page, *, down):
    """Choose the answer ``down`` places below the first, write why, send: all by keyboard."""
    page.locator('input[name="answer"]').first.focus()
    page.keyboard.press("Space")
    for _ in range(down):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("看过申请表")
    with page.expect_navigation():
        page.get_by_role("button", name="记下，往下").press("Enter")


def test_the_path_is_walked_by_keyboard_without_script_to_the_draft(live_server, open_page, case):
    page = open_page(DESKTOP, java_script_enabled=False)
    sign_in(page, live_server.url)
    page.goto(live_server.url + reverse("admin:case", args=[case.pk]))
    page.get_by_role("link", name="按七步判断").press("Enter")

    for down in (0, 0, 1):
        answer(page, down=down)

    expect(page.get_by_role("heading", name="结论：答复“不属于本机关负责公开”")).to_be_visible()
    page.get_by_role("link", name="答复“不属于本机关负责公开”").press("Enter")
    expect(page.get_by_role("button", name="起草答复")).to_be_visible()
    expect(page.get_by_text("与办理思路不一致")).to_have_count(0)
    assert page.url.endswith("/do/answer/?outcome=not_ours")
    assert list(GuidedAnswer.objects.values_list("answer", flat=True)) == [
        "clear", "yes", "not_ours",
    ]  # fmt: skip


@pytest.mark.long
def test_question_end_and_case_break_no_rule(live_server, open_page, case):
    page = open_page(DESKTOP, reduced_motion="reduce")
    sign_in(page, live_server.url)
    page.goto(live_server.url + reverse("admin:guide", args=[case.pk]))
    found = judge(page, views=VIEWS)
    with page.expect_navigation():
        page.get_by_role("button", name="记下，往下").click()
    found += judge(page, views=VIEWS)
    for down in (0, 1):
        answer(page, down=down)
    found += judge(page, views=VIEWS)
    page.goto(live_server.url + reverse("admin:case", args=[case.pk]))
    found += judge(page, views=VIEWS)

    assert found == []
