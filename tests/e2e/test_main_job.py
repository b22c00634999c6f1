"""The main job from end to end, in a real browser, with a real worker beside it.

A person files; a clerk asks for a correction; the clock starts anew; the head extends; the reply is
approved; its PDF is made, fetched and read back; and a case whose day came near was flagged on the way.
"""

import io
import re
from datetime import timedelta

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from requests_app.domain.jobs import Job
from requests_app.models import Case, DueFlag, Letter
from requests_app.selectors import calendars
from tests import offices

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker]

ASKED = "修路的文件"
CORRECTED = "2025年北京路改造工程的中标结果公告"
PROVIDED = "《北京路改造工程中标结果公告》（金建发〔2025〕31号）"


@pytest.fixture
def office(live_server, settings):
    """A set-up office, with one more case whose last day is tomorrow's neighbour."""
    settings.PUBLIC_BASE_URL = live_server.url
    return offices.set_up()


@pytest.fixture
def open_page(browser, browser_context_args):
    """Give a function that opens a browser of its own, as another person at another screen."""
    contexts = []

    def start(width, height):
        size = {"width": width, "height": height}
        context = browser.new_context(**{**browser_context_args, "viewport": size})
        contexts.append(context)
        return context.new_page()

    yield start
    for context in contexts:
        context.close()


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def file(page, site):
    """File from a telephone; returns number and query code as the receipt shows them."""
    drawn = io.BytesIO()
    Image.new("RGB", (600, 400), (200, 210, 220)).save(drawn, "JPEG")
    paper = {"name": "身份证.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}
    page.goto(f"{site}/apply/")
    press(page, "直接申请")
    page.get_by_label("姓名或者单位名称").fill("阿依古丽·买买提")
    page.locator("#id_identity_number").fill("11010519491231002X")
    page.get_by_label("手机或者电话").fill("13900000000")
    page.locator("#id_identity_paper").set_input_files(paper)
    press(page, "下一步：要什么")
    page.get_by_label("要哪些文件、哪些内容").fill(ASKED)
    press(page, "下一步：怎么给您")
    press(page, "下一步：核对提交")
    page.get_by_label("以上内容属实").check()
    press(page, "提交申请")
    expect(page.get_by_role("heading", name="已收到您的申请")).to_be_visible()
    return page.locator(".keys dd").all_inner_texts()


def follow(page, site, keys):
    number, code = keys
    page.goto(f"{site}/status/")
    page.get_by_label("申请编号").fill(number)
    page.get_by_label("查询码").fill(code)
    press(page, "查看")
    expect(page.get_by_role("heading", name=f"申请 {number}")).to_be_visible()


def fetch(page, words):
    """Fetch a letter as the applicant does, and read its PDF back without line ends."""
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(f"下载.*{words}")).click()
    with download.value.path().open("rb") as pdf:
        text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(pdf).pages)
    return "".join(text.split())


def sign_in(page, site, username):
    page.goto(site + reverse("admin:login"))
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(offices.PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_from_an_application_filed_online_to_a_signed_reply(
    live_server, office, open_page, worker, eventually
):
    site = live_server.url
    calendar = calendars.current()
    today = timezone.localdate()

    def worked(kind, status):
        """Let the worker sweep until the letter of ``kind`` has reached ``status``."""
        worker.send(Job.SWEEP)
        return eventually(lambda: Letter.objects.filter(kind=kind, status=status).first())

    citizen = open_page(390, 844)
    keys = file(citizen, site)
    case = Case.objects.get()
    desk = site + reverse("admin:case", args=[case.pk])
    assert (case.number, case.due_on) == (keys[0], calendar.add(today, 20))
    worked("receipt", "dispatched")

    clerk = open_page(1440, 900)
    sign_in(clerk, site, "clerk")
    clerk.get_by_role("link", name=case.number).click()
    clerk.get_by_role("link", name="办理：告知补正").click()
    clerk.get_by_label("需要补正的事项").fill("是哪一年、哪条路")
    clerk.get_by_label("怎样补正").fill("请写明年份和路名，例如2025年北京路改造工程")
    press(clerk, "起草补正告知书")
    clerk.get_by_role("link", name="补正告知书").click()
    press(clerk, "制发，取得文号")
    worked("correction", "dispatched")

    follow(citizen, site, keys)
    expect(citizen.locator(".tag")).to_contain_text("补正")
    notice = fetch(citizen, "补正告知书")
    assert "是哪一年、哪条路" in notice
    assert "第三十条" in notice
    citizen.reload()
    citizen.get_by_role("link", name="补正", exact=True).click()
    citizen.get_by_role("textbox").first.fill(CORRECTED)
    press(citizen, "提交补正")
    eventually(lambda: Case.objects.filter(pk=case.pk, status="handling").exists())

    clerk.goto(desk)
    clerk.get_by_role("link", name="办理：延长答复期限").click()
    clerk.get_by_label("延期理由").fill("涉及三个部门的纸质档案，需要逐页审查。")
    clerk.get_by_label("延长工作日数").fill("15")
    press(clerk, "起草延期告知书")
    clerk.get_by_role("link", name="延期答复告知书").click()
    press(clerk, "送签")

    head = open_page(1440, 900)
    sign_in(head, site, "head")
    head.get_by_role("navigation").get_by_role("link", name="审签").click()
    expect(head.get_by_role("article")).to_contain_text("政府信息公开延期答复告知书")
    press(head, "同意签发")
    worked("extension", "dispatched")
    case.refresh_from_db()
    assert (case.due_on, case.allowance_working_days) == (calendar.add(today, 35), 35)

    clerk.goto(desk)
    clerk.get_by_role("link", name="办理：起草答复").click()
    draft_disclosure(clerk)
    clerk.get_by_role("link", name="答复书").first.click()
    press(clerk, "送签")
    head.goto(site + reverse("admin:approvals"))
    expect(head.get_by_role("article")).to_contain_text("北京路改造工程中标结果公告")
    press(head, "同意签发")
    reply = worked("disclosed", "dispatched")

    follow(citizen, site, keys)
    expect(citizen.locator(".tag")).to_contain_text("已答复")
    text = fetch(citizen, "答复书")
    assert reply.number in text
    assert PROVIDED in text
    assert "第三十六条第（二）项" in text
    assert "60日内向金昌市人民政府申请行政复议" in text
    case.refresh_from_db()
    assert (case.status, case.outcome, case.clock_state) == ("delivered", "disclosed", "replied")


def draft_disclosure(clerk):
    """Choose 予以公开, fill in what it needs, draft its letter."""
    clerk.get_by_role("link", name="予以公开", exact=True).click()
    clerk.get_by_label("提供的信息").fill(PROVIDED)
    clerk.get_by_label("提供的方式、途径和时间").fill("电子文件随本答复书在查询页面提供。")
    press(clerk, "起草答复")


def test_the_worker_flags_a_case_whose_day_has_come_near(
    live_server, office, open_page, worker, eventually
):
    received = timezone.now() - timedelta(days=40)
    case = offices.register(office, received)

    worker.send(Job.FLAG_DUE)

    flag = eventually(lambda: DueFlag.objects.filter(case=case).first())
    assert (flag.due_on, flag.level) == (case.due_on, "overdue")
    clerk = open_page(1440, 900)
    sign_in(clerk, live_server.url, "clerk")
    expect(clerk.get_by_role("row").filter(has_text=case.number)).to_contain_text("超期")
