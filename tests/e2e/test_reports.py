"""The reports in Chromium: every number leads to its list, a past day, a period and a year closed, paper."""

import io
import re
import unicodedata

import openpyxl
import pypdf
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from requests_app.models import AnnualReport, CalendarFeed, ClosedPeriod
from requests_app.services import entries
from tests.e2e import supervisor
from tests.e2e.axe import judge, judge_all
from tests.e2e.citizen import DESKTOP, PHONE, fits, press
from tests.offices import moment

pytestmark = pytest.mark.django_db(transaction=True)

MARCH = "?kind=month&year=2025&number=3"
#: A4 across without its margins, in CSS pixels.
SHEET = {"width": 1032, "height": 703}


@pytest.fixture
def desk(live_server, settings, monkeypatch):
    settings.PUBLIC_BASE_URL = live_server.url
    monkeypatch.setattr("requests_app.adapters.pdf.render_letter", lambda *_a, **_k: b"%PDF-1.7 .")
    monkeypatch.setattr("requests_app.adapters.pdf.render_sheet", lambda *_a, **_k: b"%PDF-1.7 .")
    return supervisor.set_up()


@pytest.fixture
def complaints():
    return []


@pytest.fixture
def read(live_server, desk, open_page, complaints):
    """Give a function that opens a page of the reports as the supervisor."""
    page = open_page(DESKTOP, reduced_motion="reduce")
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    supervisor.sign_in(page, live_server.url, desk.supervisor)

    def go(name, *more, query=""):
        page.goto(live_server.url + reverse(f"reports:{name}", args=more) + query)
        return page

    return go


def counted(page):
    """Return how many cases the list that is open says it has, and how many it shows."""
    said = page.locator(".filters .r").inner_text()
    return int(re.search(r"共 (\d+) 件", said)[1]), page.locator("table.list tbody tr").count()


def opened(download):
    return openpyxl.load_workbook(io.BytesIO(download.path().read_bytes()))


def test_every_number_of_now_leads_to_the_list_it_came_from(read, complaints):
    page = read("deadlines")
    linked = page.locator("table.rep a, nav.strip a:not(.z)")
    numbers = [(each.inner_text(), each.get_attribute("href")) for each in linked.all()]
    assert len(numbers) > 10

    for words, address in numbers:
        page.goto(page.url.split("/reports/")[0] + address)
        number = int(re.match(r"\d+", words)[0])
        assert counted(page) == (number, number), (words, address)

    assert complaints == []


def test_the_charts_are_drawn_with_their_numbers(read):
    page = read("deadlines")
    charts = page.locator("svg.chart")
    expect(charts).to_have_count(4)

    for n, size in enumerate((DESKTOP, PHONE, DESKTOP, PHONE)):
        page.set_viewport_size(size)
        place = charts.nth(n).bounding_box()
        assert place["width"] > 250
        assert place["x"] + place["width"] <= size["width"]
        page.locator(".chart-panel summary").nth(n).click()
        expect(page.locator(".chart-panel table").nth(n)).to_be_visible()

    load = page.locator(".chart-panel").first
    drawn = [int(each) for each in load.locator("svg text.b").all_text_contents()]
    told = [int(each) for each in load.locator("td.num:not(.z)").all_inner_texts()]
    assert drawn == told


def test_a_past_day_is_asked_for_and_kept_in_the_lists(read, complaints):
    page = read("deadlines")
    page.get_by_label("看某日").fill("2025-03-12")
    page.get_by_label("依据").select_option(label="按当时已经登记的事项")
    press(page, "看")

    expect(page.get_by_role("heading", level=1)).to_have_text("期限报表 · 2025-03-12")
    expect(page.get_by_text("当时打开这一页能看到的数字")).to_be_visible()
    total = page.locator("tfoot a").first
    assert total.inner_text() == "3"  # answered and not delivered, consulted, running
    total.click()
    expect(page.get_by_text("2025-03-12 当天", exact=True)).to_be_visible()
    assert counted(page) == (3, 3)
    page.get_by_role("link", name="期限报表", exact=True).click()
    page.get_by_role("link", name="回到今天").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("期限报表 · 现在")
    assert complaints == []


def test_a_list_is_narrowed_and_handed_out(read):
    page = read("cases")
    page.get_by_label("清单").select_option(label="逾期已办理")
    page.get_by_label("起始日期", exact=True).fill("2025-01-01")
    page.get_by_label("截止日期", exact=True).fill("2025-12-31")
    press(page, "筛选")
    assert counted(page) == (1, 1)

    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX").click()

    book = opened(waiting.value)
    assert [row[0] for row in book.worksheets[0].values][1] == "2025-0003"


def test_a_month_is_judged_closed_and_tells_what_changed(read, desk, complaints):
    page = read("periods", query=MARCH)
    rate = page.get_by_role("row", name="按期率")
    expect(rate).to_contain_text("2/2")
    expect(rate).to_contain_text("● 绿：达到本市 100% 的目标")
    press(page, "锁定2025年3月")
    expect(page.get_by_text("锁定以后没有变动")).to_be_visible()
    kept = ClosedPeriod.objects.get()
    expect(page.get_by_text(kept.sha256)).to_be_visible()
    case = _case("2025-0001")
    entries.void(
        case.pk, seq=case.events.get(entry="replied").seq, reason="误登记", actor=desk.clerk,
        at=moment("2026-01-05"),
    )  # fmt: skip

    page.reload()
    expect(page.get_by_role("row", name="办结 2 件 1 件 −1 件")).to_be_visible()
    moved = page.get_by_role("row", name="办结 −1 2025-0001")
    moved.get_by_role("link", name="2025-0001").click()
    assert page.url.endswith(reverse("admin:case", args=[case.pk]))
    read("periods", query=MARCH)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX").click()
    book = opened(waiting.value)
    assert "变动的案件" in book.sheetnames
    assert complaints == []


def _case(number):
    from requests_app.models import Case

    return Case.objects.get(number=number)


def test_a_year_is_begun_mended_written_and_locked(read, complaints):
    page = read("annual_years")
    page.get_by_role("textbox", name="年度").fill("2025")
    press(page, "建立")
    expect(page.get_by_text("勾稽不平 3 处")).to_be_visible()
    page.locator("td.bad a").first.click()
    expect(page.get_by_role("link", name="2025-0003")).to_be_visible()
    page.get_by_role("link", name="返回年度报告").click()
    page.get_by_label("2025-0003 的单位性质").select_option(label="科研机构")
    press(page, "补记")
    expect(page.get_by_text("勾稽全部相平")).to_be_visible()

    for field in page.locator(".annual-form input.inp").all():
        field.fill("0")
    page.get_by_label("五、存在的主要问题及改进情况").fill("{没有的}")
    press(page, "保存")
    expect(page.get_by_text("没有“{没有的}”这个数据")).to_be_visible()
    page.get_by_label("五、存在的主要问题及改进情况").fill("全年新收{本年新收}件。")
    press(page, "保存")
    expect(page.get_by_text("已保存")).to_be_visible()
    press(page, "锁定")
    expect(page.get_by_text("数据已锁定，待发布")).to_be_visible()
    assert AnnualReport.objects.get().snapshot is not None
    assert [each for each in complaints if "422" not in each] == []


def test_health_jobs_reminders_and_feeds(read, complaints):
    page = read("health")
    page.get_by_role("link", name="现在核对").click()
    expect(page.locator(".concerns .count")).to_have_count(6)
    expect(page.locator(".concerns .count", has_text="—")).to_have_count(0)
    page.get_by_role("link", name="逐项查看").click()
    expect(page.get_by_role("heading", name="后台任务", level=1)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(
        0
    )  # set up a moment ago: nothing is missing yet
    read("reminders")
    expect(page.get_by_role("heading", name="催办督办", level=1)).to_be_visible()
    read("orders")
    read("feeds")
    press(page, "建立地址")
    address = page.locator(".note.ok .prose").inner_text()
    calendar = page.request.get(address)
    assert calendar.text().startswith("BEGIN:VCALENDAR")
    press(page, "停用")
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 0
    assert page.request.get(address).status == 404
    assert complaints == []


PAGES = (
    ("deadlines", ""), ("deadlines", "?on=2025-03-12&axis=entries"), ("deadlines", "?by=clerk"),
    ("cases", ""), ("cases", "?list=red"), ("health", "?check=1"), ("feeds", ""), ("reminders", ""),
    ("orders", ""), ("jobs", ""), ("escalation_settings", ""), ("periods", MARCH),
    ("annual_years", ""), ("annual", ""), ("annual_cases", "?row=1&column=total"),
)  # fmt: skip


def addresses(site):
    for name, query in PAGES:
        of_a_year = [2025] if name in {"annual", "annual_cases"} else []
        yield site + reverse(f"reports:{name}", args=of_a_year) + query


@pytest.fixture
def begun(desk):
    from requests_app.services import annual_reports

    annual_reports.draft(2025, actor=desk.supervisor, at=moment("2026-01-05"))


def test_no_page_sticks_out_on_any_screen_or_sheet(live_server, read, begun, complaints):
    page = read("deadlines")
    found = []
    for address in addresses(live_server.url):
        page.goto(address)
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            found += [] if fits(page) else [(address, size["width"])]
        page.emulate_media(media="print")
        page.set_viewport_size(SHEET)
        found += [] if fits(page) else [(address, "paper")]
        assert (
            page.locator("header.d-top, nav.tabs, form.panel").locator("visible=true").count() == 0
        )
        page.emulate_media(media="screen")

    assert found == []
    assert complaints == []


def test_the_report_prints_on_a4_across_with_its_charts_and_stamp(read):
    page = read("deadlines")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    sheet = printed.pages[0].mediabox
    assert (round(sheet.width), round(sheet.height)) == (842, 595)
    words = unicodedata.normalize("NFKC", "".join(p.extract_text() for p in printed.pages))
    assert all(title in words for title in ("按剩余工作日", "收到至今", "收到与办结", "到期日历"))
    assert "制表" in words
    assert "筛选" not in words


@pytest.mark.long
def test_pages_of_the_reports_break_no_rule(live_server, read, begun):
    page = read("deadlines")
    views = ((PHONE, ({},)), (DESKTOP, ({},)))

    found = judge_all(page, addresses(live_server.url), views=views)
    read("annual", 2025)
    press(page, "锁定")
    found += judge(page, views=views)

    assert found == []
