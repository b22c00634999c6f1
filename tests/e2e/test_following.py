"""Following a case at a telephone and a desk: a lost code found again, remedies, dates, acts beside."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.adapters import crypto
from requests_app.models import Case, CodeRecovery
from tests import offices
from tests.e2e.axe import judge
from tests.e2e.citizen import DESKTOP, PHONE, fits, photo, press

pytestmark = pytest.mark.django_db(transaction=True)

WAYS_IN = [
    pytest.param({"size": PHONE}, id="phone"),
    pytest.param({"size": DESKTOP}, id="desktop"),
    pytest.param({"size": PHONE, "java_script_enabled": False}, id="phone without script"),
]


@pytest.fixture
def office(live_server, settings):
    settings.PUBLIC_BASE_URL = live_server.url
    return offices.set_up()


@pytest.fixture
def case(office):
    return offices.register(office, timezone.now())


def recover(page, site, case):
    """Find the lost code again by the mail the case was filed with."""
    page.goto(f"{site}/status/")
    page.get_by_role("link", name="查询码找不到了，找回来").click()
    page.get_by_label("申请编号").fill(case.number)
    page.get_by_label("申请时留的手机号或者电子邮箱").fill(case.applicant.email)
    press(page, "发送验证码")
    page.get_by_label("验证码").fill(crypto.one_time_code(CodeRecovery.objects.latest("pk").key))
    press(page, "换新的查询码")
    expect(page.get_by_role("heading", name="新的查询码")).to_be_visible()


@pytest.mark.parametrize("way_in", WAYS_IN)
def test_a_lost_code_leads_back_to_the_case_and_its_acts(live_server, case, open_page, way_in):
    page, site = open_page(**way_in), live_server.url

    recover(page, site, case)
    page.get_by_role("link", name="看进度").click()
    page.get_by_role("link", name="期限说明单独一页，可以打印").click()
    expect(page.get_by_role("heading", name="期限说明", level=1)).to_be_visible()
    page.get_by_role("link", name="回到进度").click()
    page.get_by_role("link", name="建议主动公开").click()
    press(page, "提交建议")
    expect(page.get_by_role("link", name=re.compile("建议公开什么"))).to_be_visible()
    page.get_by_label("建议公开什么、为什么").fill("大家都该看到")
    press(page, "提交建议")
    expect(page.get_by_text("我们正在研究")).to_be_visible()
    page.get_by_role("link", name="申请更正").first.click()
    page.get_by_label("是哪一份政府信息").fill("《城镇住房保障对象登记表》（2021年）")
    page.get_by_label("哪里不准确，应当是什么").fill("家庭人口数登记为2人，应当是3人")
    page.locator("#id_evidence").set_input_files(photo())
    press(page, "提交更正申请")

    expect(page.get_by_role("heading", name="已收到您的更正申请")).to_be_visible()
    assert Case.objects.latest("pk").matter == "amendment"
    assert fits(page)


@pytest.mark.long
def test_the_pages_of_a_lost_code_break_no_rule(live_server, case, open_page):
    page, site = open_page(reduced_motion="reduce"), live_server.url
    recover(page, site, case)
    found = judge(page)

    page.goto(f"{site}/status/recover/")
    page.get_by_label("申请编号").fill(case.number)
    page.get_by_label("申请时留的手机号或者电子邮箱").fill(case.applicant.email)
    press(page, "发送验证码")
    found += judge(page)
    press(page, "换新的查询码")
    page.wait_for_load_state()
    found += judge(page)

    assert found == []
