"""A citizen at a telephone: files, keeps the receipt, follows by number and code, withdraws."""

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.citizen import DESKTOP, PHONE, begin, file, fill_in_who, fits, photo, press

pytestmark = pytest.mark.django_db(transaction=True)


def scan(drawn):
    """Return what a telephone reads from a code as it stands on the screen."""
    seen = Image.open(io.BytesIO(drawn.screenshot()))
    (read,) = zxingcpp.read_barcodes(seen)
    return read.text


@pytest.mark.parametrize(
    "way_in", [{}, {"java_script_enabled": False}], ids=["script", "no script"]
)
def test_a_citizen_files_follows_by_code_and_withdraws(site, open_page, way_in):
    page = open_page(**way_in)
    number, code = file(page, site)
    assert fits(page)
    scanned = scan(page.get_by_alt_text("查询进度的二维码"))
    assert scanned == f"{site}/status/?number={number}"

    other = open_page(**way_in)
    other.goto(scanned)
    expect(other.get_by_label("申请编号")).to_have_value(number)
    other.get_by_label("查询码").fill(code.lower())
    press(other, "查看")
    expect(other.get_by_role("heading", name=f"申请 {number}")).to_be_visible()
    expect(other.locator(".tag")).to_have_text("已收到")
    expect(other.get_by_text("还剩 20 个工作日")).to_be_visible()
    other.get_by_role("link", name="撤回申请").click()
    press(other, "确认撤回")

    expect(other.locator(".tag")).to_have_text("已撤回")
    expect(other.get_by_text("申请已经撤回。")).to_be_visible()


def test_a_slip_is_told_above_and_beside_and_nothing_is_lost(site, open_page):
    page = open_page()
    begin(page, site)
    fill_in_who(page)
    page.locator("#id_identity_number").fill("110105194912310021")
    press(page, "下一步：要什么")

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("heading")).to_have_text("有 1 处要改，填好的内容都还在")
    expect(page.get_by_label("姓名或者单位名称")).to_have_value("阿依古丽·买买提")
    expect(page.get_by_role("button", name="移除 身份证.jpg")).to_be_visible()
    summary.get_by_role("link").click()
    page.keyboard.type("x")
    expect(page.locator("#id_identity_number")).to_be_focused()
    assert fits(page)


def test_only_the_ways_that_fit_the_form_are_shown(site, open_page):
    page = open_page()
    begin(page, site)
    fill_in_who(page)
    press(page, "下一步：要什么")
    page.get_by_label("要哪些文件、哪些内容").fill("2025年金川区老旧小区改造项目清单")
    press(page, "下一步：怎么给您")

    page.get_by_label("纸质", exact=True).check()

    expect(page.get_by_label("网上查看、下载")).to_be_hidden()
    expect(page.get_by_label("邮寄", exact=True)).to_be_checked()
    expect(page.get_by_label("收件地址")).to_be_visible()
    press(page, "下一步：核对提交")
    expect(page.get_by_role("alert")).to_contain_text("选择邮寄的，请填写通信地址，写到门牌号。")


def test_a_double_click_files_once(site, open_page):
    from requests_app.models import Case

    page = open_page(DESKTOP)
    begin(page, site)
    fill_in_who(page)
    press(page, "下一步：要什么")
    page.get_by_label("要哪些文件、哪些内容").fill("2025年金川区老旧小区改造项目清单")
    press(page, "下一步：怎么给您")
    press(page, "下一步：核对提交")
    page.get_by_label("以上内容属实").check()

    page.get_by_role("button", name="提交申请").dblclick()

    expect(page.get_by_role("heading", name="已收到您的申请")).to_be_visible()
    page.go_back()
    page.goto(f"{site}/receipt/")
    expect(page.get_by_role("heading", name="已收到您的申请")).to_be_visible()
    assert Case.objects.count() == 1


def test_a_file_too_large_is_named_before_it_is_sent_and_the_other_goes(site, open_page):
    from requests_app.models import OfficeSettings

    OfficeSettings.objects.update(max_file_mb=1)
    page = open_page()
    begin(page, site)
    large = {"name": "录像.pdf", "mimeType": "application/pdf", "buffer": b"0" * 1_200_000}

    page.locator("#id_identity_paper").set_input_files([large, photo()])

    expect(page.get_by_role("alert")).to_have_text(
        "“录像.pdf”有 2 MB，没有选上：单个文件不超过 1 MB。"
    )
    expect(page.get_by_text("已收下")).to_have_count(1)
    assert fits(page)


def test_files_too_large_together_leave_what_was_typed(site, open_page, settings):
    settings.REQUEST_MAX_BYTES = 6000
    page = open_page(java_script_enabled=False)
    begin(page, site)
    fill_in_who(page)
    page.locator("#id_identity_paper").set_input_files(
        [photo("一.jpg"), photo("二.jpg"), photo("三.jpg")]
    )

    press(page, "下一步：要什么")

    expect(page.get_by_role("alert").first).to_contain_text(
        "“二.jpg”：没有收下：一次传的文件合起来"
    )
    expect(page.get_by_label("姓名或者单位名称")).to_have_value("阿依古丽·买买提")


def test_the_large_version_and_a_scheme_stay_on_every_page(site, open_page):
    page = open_page()
    page.goto(f"{site}/guide/")

    page.get_by_role("link", name="长辈版").click()
    page.get_by_text("无障碍", exact=True).click()
    page.get_by_role("link", name="黑底黄字白链接").click()

    expect(page).to_have_url(f"{site}/guide/")
    for address in ("/", "/apply/", "/status/"):
        page.goto(f"{site}{address}")
        look = page.locator("html").evaluate(
            "page => [page.dataset.theme, 'elder' in page.dataset,"
            " getComputedStyle(document.body).fontSize,"
            " getComputedStyle(document.body).backgroundColor]"
        )
        assert (address, look) == (address, ["ky", True, "22px", "rgb(0, 0, 0)"])
        assert fits(page)


def test_pages_fit_the_screen_and_break_no_policy(site, open_page):
    told = []
    for size in (PHONE, DESKTOP):
        page = open_page(size)
        page.on("console", lambda message: told.append(message.text))
        for address in ("/", "/guide/", "/apply/who/", "/status/", "/nowhere/"):
            page.goto(f"{site}{address}")
            assert (address, size["width"], fits(page)) == (address, size["width"], True)

    assert [line for line in told if "Content Security Policy" in line] == []
