"""What an applicant does from the status page, in a browser: answer, prove, say, acknowledge.

Each case is led to where the act is open by the services the desk would call; the applicant comes
in by number and code. The grid of sizes, with and without script, runs in the long run.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.citizen import WAYS_IN, fits, follow, photo, press

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_pdf")]

EVERY_DAY = "phone"


@pytest.fixture
def desk(live_server, settings):
    from tests import factories

    settings.PUBLIC_BASE_URL = live_server.url
    return factories.set_up()


@pytest.fixture
def filed_on():
    """The day before yesterday, so that a letter may go out and arrive before now."""
    return (timezone.localdate() - timedelta(days=2)).isoformat()


@pytest.fixture
def sent_on():
    return (timezone.localdate() - timedelta(days=1)).isoformat()


@pytest.fixture(
    params=[
        pytest.param(way, id=name, marks=() if name == EVERY_DAY else pytest.mark.long)
        for name, way in WAYS_IN.items()
    ]
)
def page(open_page, request):
    return open_page(**request.param)


@pytest.fixture
def open_case(live_server, page):
    """Give a function that opens a case as its applicant does."""
    from tests import factories

    def start(case):
        follow(page, live_server.url, case.number, factories.code_of(case))
        assert fits(page)

    return start


def act(page, title):
    page.locator("#acts + ul").get_by_role("link", name=title, exact=True).click()
    assert fits(page)


def test_a_correction_is_answered_with_words_and_a_file(desk, filed_on, sent_on, page, open_case):
    case = desk.file(filed_on)
    desk.ask_correction(case, sent_on, served=sent_on)
    open_case(case)
    act(page, "补正")
    expect(page.get_by_text("请写明项目名称")).to_be_visible()
    page.get_by_label("补充的材料").set_input_files(photo("小区.jpg"))
    press(page, "提交补正")
    expect(page.get_by_role("alert")).to_contain_text("请写补正的内容。")
    page.get_by_label("补充的内容").fill("2025年宝晶里小区改造")
    page.get_by_label("补充的材料").set_input_files(photo("小区.jpg"))
    press(page, "提交补正")

    expect(page.get_by_text("补正已经收到。")).to_be_visible()
    case.refresh_from_db()
    assert (case.status, case.attachments.get(kind="correction").name) == ("handling", "小区.jpg")


def test_reasons_are_given_and_an_application_is_withdrawn(
    desk, filed_on, sent_on, page, open_case
):
    case = desk.file(filed_on)
    desk.fetch(desk.ask_reasons(case, sent_on), sent_on)
    open_case(case)
    act(page, "说明理由")
    page.get_by_label("申请的理由").fill("每份文件涉及不同的小区")
    press(page, "提交理由")
    expect(page.get_by_text("您说明的理由已经收到。")).to_be_visible()
    act(page, "撤回申请")
    page.get_by_label("撤回的原因").fill("已经在网上找到")
    press(page, "确认撤回")

    expect(page.locator(".tag")).to_have_text("已撤回")
    expect(page.locator("#acts + ul").get_by_role("link", name="撤回申请")).to_have_count(0)
    assert case.events.get(entry="reasons_given").data["text"] == "每份文件涉及不同的小区"


def test_payment_is_proved_by_a_file(desk, filed_on, sent_on, page, open_case):
    case = desk.file(filed_on)
    desk.charge(case, sent_on, served=sent_on)
    open_case(case)
    act(page, "上传缴费凭证")
    expect(page.get_by_text("凭缴款码到银行缴纳")).to_be_visible()
    page.get_by_label("缴款凭证").set_input_files(photo("回单.jpg"))
    page.get_by_label("要说明的").fill("昨天用本人账户缴的")
    press(page, "提交凭证")

    expect(page.get_by_text("缴费凭证已经收到。")).to_be_visible()
    assert case.attachments.get(kind="payment").name == "回单.jpg"


def test_a_reply_is_acknowledged_downloaded_rated_and_answered_with_a_suggestion(
    desk, filed_on, sent_on, page, open_case
):
    from tests import factories

    case = desk.file(filed_on, **factories.BY_POST)
    letter = desk.post(desk.answer(case, sent_on), sent_on)
    open_case(case)
    reply = page.locator("#letters + ul li").filter(has_text=letter.number)
    reply.get_by_role("button", name=re.compile("确认收到")).click()
    expect(page.get_by_text("已记下您收到了这份文书。")).to_be_visible()
    expect(reply.get_by_role("button", name=re.compile("确认收到"))).to_have_count(0)
    with page.expect_download() as download:
        reply.get_by_role("button", name=re.compile("下载")).click()
    assert download.value.suggested_filename.startswith(f"{case.number}-")
    act(page, "评价")
    press(page, "提交评价")
    expect(page.get_by_role("alert")).to_contain_text("请在五个选项里选一个。")
    page.get_by_label("满意", exact=True).check()
    page.get_by_label("想说的话").fill("答复得很快")
    press(page, "提交评价")
    expect(page.get_by_text("谢谢您的评价。")).to_be_visible()
    act(page, "建议主动公开")
    page.get_by_label("建议公开什么、为什么").fill("整条街的住户都用得上")
    press(page, "提交建议")

    expect(page.get_by_text("您的建议已经收到。")).to_be_visible()
    expect(page.get_by_text("我们正在研究")).to_be_visible()
    letter.refresh_from_db()
    case.refresh_from_db()
    assert (letter.status, case.status, case.rating.score) == ("delivered", "delivered", 4)
