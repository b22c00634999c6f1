"""The reports as files: the same numbers, the stamp, nothing that runs."""

import io

import openpyxl
import pytest
from pypdf import PdfReader

from tests import factories

pytestmark = pytest.mark.usefixtures("quick_pdf")


def book_of(response):
    return openpyxl.load_workbook(io.BytesIO(response.content))


def text_of(response):
    pages = PdfReader(io.BytesIO(response.content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def test_workbook_holds_the_figures_and_the_stamp(desk, read_as):
    desk.assign(desk.register("2026-02-10"), "2026-02-11")
    desk.register("2026-03-02")

    response = read_as("supervisor").get("/reports/deadlines.xlsx")

    book = book_of(response)
    assert book.sheetnames == [
        "期限报表", "按剩余工作日", "收到至今（自然日）", "收到与办结", "到期日历", "说明",
    ]  # fmt: skip
    lines = list(book["期限报表"].values)
    assert lines[0][:4] == ("部门", "在办", "未到期（>5）", "预警（4—5）")
    assert [line[:2] for line in lines[1:]] == [
        ("市住房和城乡建设局", 1), ("（未分办）", 1), ("合计", 2),
    ]  # fmt: skip
    stamp = [line[0] for line in book["说明"].values]
    assert stamp[:3] == [
        "依申请公开期限报表",
        "查询：全部在办，按部门（2 件）",
        "截至：2026-03-12 周四",
    ]
    assert stamp[3] == "制表时间：2026-03-12 10:00　制表人：监督辛"
    assert stamp[4].startswith("工作日历：国办发明电〔2025〕7号（版本 ")
    assert "attachment" in response["Content-Disposition"]


def test_list_as_workbook_holds_every_case_behind_the_number(desk, read_as):
    for day in ("2026-03-02", "2026-03-03", "2026-03-04"):
        desk.register(day)

    book = book_of(read_as("supervisor").get("/reports/cases.xlsx?list=ahead&after=junk"))

    lines = list(book["案件清单"].values)
    assert [line[0] for line in lines[1:]] == ["2026-0001", "2026-0002", "2026-0003"]
    assert lines[1][2:6] == ("公民", "03-02", "03-30", "03-30")


def test_text_that_looks_like_a_formula_stays_text(desk, read_as):
    from requests_app.models import Department, Letter

    case = desk.register("2026-03-02")
    desk.assign(case, "2026-03-03")
    letter = desk.draft_answer(case, "2026-03-10")
    Letter.objects.filter(pk=letter.pk).update(override_reason='=HYPERLINK("http://x","y")')
    Department.objects.filter(pk=desk.housing.pk).update(name="@SUM(1+1)")
    browser = read_as("supervisor")

    for address in ("/reports/cases.xlsx", "/reports/deadlines.xlsx"):
        cells = [
            cell
            for sheet in book_of(browser.get(address))
            for line in sheet.iter_rows()
            for cell in line
            if isinstance(cell.value, str) and cell.value.startswith(("=", "@"))
        ]
        assert cells
        assert {cell.data_type for cell in cells} == {"s"}


def test_a_list_too_long_to_be_read_is_refused(desk, read_as, monkeypatch):
    from requests_app.reports import exports

    desk.register("2026-03-02")
    desk.register("2026-03-03")
    monkeypatch.setitem(exports.MOST_ROWS, "xlsx", 1)

    response = read_as("supervisor").get("/reports/cases.xlsx")

    assert response.status_code == 422
    assert "这张清单有 2 件，XLSX 一次最多 1 件，请按部门、经办或者日期分开导出。" in (
        response.content.decode()
    )


@pytest.mark.parametrize("role", ["reviewer", "archivist", "administrator"])
def test_files_are_for_those_who_read_the_reports(read_as, role):
    browser = read_as(role)

    for address in ("/reports/deadlines.xlsx", "/reports/cases.pdf"):
        assert browser.get(address).status_code == 403


def test_a_past_day_stands_in_the_stamp(desk, read_as):
    desk.register("2026-03-02")

    response = read_as("supervisor").get("/reports/cases.xlsx?on=2026-03-05&axis=entries")

    stamp = [line[0] for line in book_of(response)["说明"].values]
    assert stamp[2] == "截至：2026-03-05 周四（按当时已经登记的事项）"


@pytest.mark.long
def test_paper_lies_on_its_side_with_the_stamp_below(desk, read_as):
    desk.register("2026-03-02")
    browser = read_as("supervisor")

    for address, title in (
        ("/reports/deadlines.pdf", "依申请公开期限报表"),
        ("/reports/cases.pdf", "依申请公开案件清单"),
    ):
        response = browser.get(address)
        assert response["Content-Type"] == "application/pdf"
        page = PdfReader(io.BytesIO(response.content)).pages[0]
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
        text = text_of(response)
        assert title in text
        assert "制表人：监督辛" in text
        assert factories.person().name not in text


def test_paper_that_cannot_be_drawn_says_why(desk, read_as, monkeypatch):
    from requests_app.adapters import pdf

    def broken(sheet):
        raise pdf.RenderFailed(pdf.Failure.TIME)

    monkeypatch.setattr(pdf, "render_sheet", broken)

    response = read_as("supervisor").get("/reports/deadlines.pdf")

    assert response.status_code == 422
    assert "生成信函超过时限，已中止" in response.content.decode()
