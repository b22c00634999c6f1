"""In a real browser: a fee looked at and withdrawn, a file blacked out, signed for, and fetched."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.models import Letter, ReleasedFile
from requests_app.services import letters, query_codes
from tests import offices
from tests.e2e.citizen import DESKTOP, PHONE, fits
from tests.e2e.staff import sign_in, sign_out

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office():
    made = offices.set_up()
    offices.sign_without_review()
    return made


@pytest.fixture
def case(office):
    return offices.register(office, timezone.now() - timedelta(days=1))


@pytest.fixture
def complaints(page):
    found = []
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def blacked_out(pages):
    """Return a PDF with text on its first page: the warning must come up."""
    made, drawn = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    made.pages[0].obj.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F1=pikepdf.Dictionary(Type=pikepdf.Name.Font))
    )
    made.save(drawn)
    return {"name": "供热听证报告.pdf", "mimeType": "application/pdf", "buffer": drawn.getvalue()}


def act(page, live_server, case, name):
    page.goto(live_server.url + reverse("admin:act", args=[case.pk, name]))


def prepare(page, live_server, case):
    act(page, live_server, case, "prepare_release")
    page.locator("input[name=papers]").set_input_files([blacked_out(44)])
    page.get_by_label("遮盖了一部分").check()
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("status")).to_contain_text("已上传1个文件，共44页。")
    expect(page.get_by_role("status")).to_contain_text("还有可以选中、复制的文字")
    expect(page.get_by_text("还没有登记遮盖之处")).to_be_visible()
    page.get_by_role("link", name="登记遮盖").click()
    page.get_by_label("页码").fill("12")
    page.get_by_label("遮盖的内容").fill("值班人员联系电话")
    page.get_by_label("依据").select_option("internal")
    page.get_by_label("理由").fill("只用于内部值班，对外不产生影响。")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("region", name="提供的文件")).to_contain_text("第12页 值班人员联系电话")


def test_files_are_blacked_out_signed_for_and_fetched(live_server, page, office, case, complaints):
    page.set_viewport_size(DESKTOP)
    sign_in(page, live_server.url, "clerk")
    prepare(page, live_server, case)
    page.goto(live_server.url + reverse("admin:act", args=[case.pk, "answer"]) + "?outcome=partial")
    expect(page.get_by_label("页数", exact=True)).to_have_value("44")
    page.get_by_label("提供的方式、途径和时间").fill("随本答复书在查询页面提供。")
    page.get_by_role("button", name="起草答复").click()
    page.get_by_role("link", name="答复书：部分公开").click()
    expect(page.get_by_role("article")).to_contain_text(
        "“供热听证报告.pdf”第12页的值班人员联系电话"
    )
    page.get_by_role("button", name="送签").click()
    sign_out(page)

    sign_in(page, live_server.url, "head")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="审签").click()
    expect(page.get_by_role("article")).to_contain_text("部分内容已遮盖")
    page.get_by_role("button", name="同意签发").click()
    expect(page.get_by_role("status")).to_contain_text("已签发")
    letters.render_due(at=timezone.now())
    sign_out(page)

    page.set_viewport_size(PHONE)
    page.goto(live_server.url + reverse("public:status"))
    page.get_by_label("申请编号").fill(case.number)
    page.get_by_label("查询码").fill(query_codes.of(case))
    page.get_by_role("main").get_by_role("button", name="查看").click()
    released = page.get_by_role("region", name="提供给您的文件")
    expect(released).to_contain_text("44 页")
    assert fits(page)
    with page.expect_download() as fetched:
        released.get_by_role("button", name="下载").click()
    assert fetched.value.suggested_filename == "供热听证报告.pdf"
    row = ReleasedFile.objects.get()
    assert row.letter == Letter.objects.get(kind="partial")
    assert complaints == []


def test_a_fee_is_looked_at_charged_and_withdrawn(live_server, page, office, case, complaints):
    page.set_viewport_size(DESKTOP)
    sign_in(page, live_server.url, "clerk")
    prepare(page, live_server, case)
    act(page, live_server, case, "charge_fee")
    lens = page.get_by_role("region", name="收费前先看")
    expect(lens).to_contain_text("140元")
    expect(lens).to_contain_text("减到30页以内不收费")
    page.get_by_label("已告知：可以缩小申请范围").check()
    page.get_by_label("怎样告知的").fill("电话告知，申请人仍要全文。")
    page.get_by_label("缴纳方式").fill("凭缴款码到银行缴纳。")
    page.get_by_role("button", name="起草收费通知").click()
    page.get_by_role("link", name="信息处理费收费通知书").click()
    page.get_by_role("button", name="送签").click()
    letter = Letter.objects.get(kind="fee")
    letters.approve(letter.pk, actor=office.head.as_actor(), at=timezone.now())
    letters.render_due(at=timezone.now())

    act(page, live_server, case, "record_payment")
    page.get_by_label("收到金额（元）").fill("40")
    page.get_by_label("财政票据号").fill("甘财0001")
    page.get_by_role("button", name="登记缴费").click()
    expect(page.get_by_role("region", name="信息处理费")).to_contain_text("尚欠 100 元")
    act(page, live_server, case, "withdraw_fee")
    expect(page.get_by_role("heading", name="对比：办与不办")).to_be_visible()
    page.get_by_label("撤销的原因").fill("页数数错，空白页不应计入。")
    page.get_by_role("button", name="撤销收费通知").click()
    expect(page.get_by_role("region", name="信息处理费")).to_contain_text("应退 40 元")
    expect(page.get_by_text(re.compile("撤销：页数数错"))).to_be_visible()
    page.set_viewport_size(PHONE)
    assert fits(page)
    assert complaints == []
