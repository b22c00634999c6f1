"""The manuals' pictures, taken of the demonstration office in a real browser on one fixed day.

``pytest --pictures tests/e2e/test_pictures.py`` writes them into the manual; the long run takes them
only to see that every page is there and that a picture stays small.
"""

import io
from pathlib import Path

import pikepdf
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from requests_app.models import Case, StaffUser
from requests_app.services import annual_reports, demo, office_setup
from tests import factories, offices
from tests.e2e import citizen
from tests.e2e.staff import AtDesk

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.pictures,
    pytest.mark.usefixtures("quick_pdf"),
]

TODAY = "2026-11-20"
SIZE = {"width": 1280, "height": 860}
MANUAL = Path(__file__).parents[2] / "docs/manual/pictures"
#: The system's Chromium may know no Chinese; its own words in a field of a date are then English.
AS_A_CHINESE_BROWSER = """() => document.querySelectorAll("input[type=date]").forEach(field => {
  const day = field.value.replaceAll("-", "/");
  field.type = "text";
  field.value = day || "年/月/日";
})"""
COLOURS, MOST_BYTES = 255, 120_000


@pytest.fixture
def album(pytestconfig, tmp_path):
    """Where the pictures go: into the manual when asked for, else away with the test."""
    return MANUAL if pytestconfig.getoption("--pictures") else tmp_path


@pytest.fixture
def desk(live_server, open_page, settings, tmp_path):
    """The demonstration office, a browser at it, and a day that stands still."""
    settings.DEMO, settings.DEMO_LOGINS_FILE = True, tmp_path / "demo-logins.txt"
    settings.PUBLIC_BASE_URL = live_server.url
    with time_machine.travel(offices.moment(TODAY), tick=False) as traveller:
        office_setup.seed_guide()
        offices.set_up_calendar()
        demo.seed(at=timezone.now())
        yield AtDesk(open_page(SIZE, reduced_motion="reduce"), live_server.url, traveller)


def someone(username):
    return StaffUser.objects.get(username=username).as_actor()


def a_case(**found):
    return Case.objects.filter(**found).order_by("pk").first()


def at_work():
    return a_case(description__contains="保障性租赁住房分配结果")


# --- What is shown, and on which page -------------------------------------------------------------------


def work_list(desk):
    desk.on(TODAY, someone("clerk"))
    desk.page.goto(desk.site + reverse("admin:index"))


def case_page(desk):
    desk.on(TODAY, someone("clerk"))
    desk.open_case(a_case(description__contains="取水许可台账"))


def guided_path(desk):
    desk.on(TODAY, someone("clerk"))
    desk.page.goto(desk.site + reverse("admin:guide", args=[at_work().pk]))
    for evidence in ("申请书写明了项目名称和年份。", "是本机关制作的文件，不是信访、咨询。"):
        desk.page.locator('input[name="answer"]').first.check()
        desk.page.locator("textarea[name=evidence]").fill(evidence)
        with desk.page.expect_navigation():
            citizen.press(desk.page, "记下，往下")


def intake(desk):
    desk.on(TODAY, someone("clerk"))
    desk.page.goto(desk.site + reverse("admin:intake"))
    desk.page.get_by_role("radio", name="邮寄（需签收）", exact=True).check()
    desk.page.get_by_label("邮件号", exact=True).fill("1234567890123")
    desk.page.get_by_label("签收人", exact=True).fill("收发室邓某")
    desk.page.get_by_label("签收人", exact=True).blur()
    expect(desk.page.locator("#derived .v")).to_contain_text(TODAY)


def act_page(desk):
    desk.on(TODAY, someone("clerk"))
    desk.page.goto(desk.site + reverse("admin:act", args=[at_work().pk, "extend"]))
    expect(desk.page.get_by_role("heading", name="对比：办与不办")).to_be_visible()


def approvals(desk):
    desk.on(TODAY, someone("head"))
    desk.page.goto(desk.site + reverse("admin:approvals"))
    expect(desk.page.get_by_role("button", name="同意签发")).to_be_visible()


def a_table(pages):
    made, drawn = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    made.save(drawn)
    return {
        "name": "2024年保障性租赁住房分配结果.pdf",
        "mimeType": "application/pdf",
        "buffer": drawn.getvalue(),
    }


def released_files(desk):
    case = at_work()
    desk.on(TODAY, someone("clerk"))
    desk.page.goto(desk.site + reverse("admin:act", args=[case.pk, "prepare_release"]))
    desk.page.locator("input[name=papers]").set_input_files([a_table(12)])
    desk.page.get_by_label("遮盖了一部分").check()
    citizen.press(desk.page, "上传")
    desk.page.get_by_role("link", name="登记遮盖").click()
    desk.page.get_by_label("页码").fill("12")
    desk.page.get_by_label("遮盖的内容").fill("内部校核流转单")
    desk.page.get_by_label("依据").select_option("internal")
    desk.page.get_by_label("理由").fill("属于内部工作流程，对外不产生影响。")
    desk.page.get_by_role("button", name="登记", exact=True).click()
    files = desk.page.get_by_role("region", name="提供的文件")
    expect(files).to_contain_text("第12页 内部校核流转单")
    files.evaluate("region => window.scrollTo(0, region.offsetTop - 300)")


def archive_page(desk):
    desk.on(TODAY, someone("archivist"))
    desk.page.goto(desk.site + reverse("admin:archive", args=[a_case(status="archived").pk]))


def deadline_report(desk):
    desk.on(TODAY, someone("supervisor"))
    desk.page.goto(desk.site + reverse("reports:deadlines"))


def annual_report(desk):
    desk.on(TODAY, someone("supervisor"))
    annual_reports.draft(2026, actor=someone("supervisor"), at=timezone.now())
    desk.page.goto(desk.site + reverse("reports:annual", args=[2026]))


def status_page(desk):
    case = a_case(status="awaiting_correction")
    citizen.follow(desk.page, desk.site, case.number, factories.code_of(case))


def filing_step(desk):
    citizen.begin(desk.page, desk.site)
    desk.page.get_by_label("姓名或者单位名称").fill("演示甲")
    desk.page.get_by_label("姓名或者单位名称").blur()
    desk.page.evaluate("window.scrollTo(0, 0)")


PICTURES = {
    "work-list": work_list,
    "case-page": case_page,
    "guided-path": guided_path,
    "intake": intake,
    "act-page": act_page,
    "approvals": approvals,
    "released-files": released_files,
    "archive": archive_page,
    "deadline-report": deadline_report,
    "annual-report": annual_report,
    "status": status_page,
    "filing": filing_step,
}


def small(shot):
    """Return a screenshot with few colours, as a file."""
    drawn = io.BytesIO()
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def test_pictures_of_the_manual(desk, album):
    album.mkdir(exist_ok=True)
    sizes = {}
    for name, come_to in PICTURES.items():
        come_to(desk)
        desk.page.evaluate(AS_A_CHINESE_BROWSER)
        taken = small(desk.page.screenshot())
        album.joinpath(f"{name}.png").write_bytes(taken)
        sizes[name] = len(taken)

    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
