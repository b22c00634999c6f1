"""The blank form as people download it, read back from PDF and Word."""

import io
import re

import docx
import pikepdf
import pytest
from pypdf import PdfReader

from requests_app.adapters import pdf
from requests_app.domain import form_fields
from requests_app.models import OfficeSettings

draws = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))


def squeezed(text):
    return re.sub(r"\s", "", text)


def asked(field):
    return squeezed(field.on_paper)


@pytest.fixture
def form_pdf(desk, client, clock):
    return client.get("/guide/application-form.pdf")


@pytest.fixture
def form_docx(desk, client, clock):
    return client.get("/guide/application-form.docx")


@draws
def test_pdf_is_two_pages_of_a4_with_every_question_and_the_office(form_pdf):
    opened = PdfReader(io.BytesIO(form_pdf.content))
    text = squeezed("".join(page.extract_text() for page in opened.pages))

    assert form_pdf.headers["Content-Type"] == "application/pdf"
    assert [tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in opened.pages] == [(210, 297)] * 2  # fmt: skip
    assert [each.name for each in form_fields.FIELDS.values() if asked(each) not in text] == []
    assert [fact for fact in ("0935-8220051", "0935-8213402", "737100") if fact not in text] == []
    assert "工作单位" not in text


@draws
def test_pdf_is_tagged_and_names_language_and_title(form_pdf):
    with pikepdf.open(io.BytesIO(form_pdf.content)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "zh-CN"
        assert str(opened.docinfo["/Title"]) == "政府信息公开申请表"


def test_docx_asks_the_same_questions(form_docx):
    paper = docx.Document(io.BytesIO(form_docx.content))
    cells = [squeezed(c.text) for table in paper.tables for row in table.rows for c in row.cells]
    words = squeezed("".join(line.text for line in paper.paragraphs))

    assert [each.name for each in form_fields.FIELDS.values() if asked(each) not in cells] == []
    assert [fact for fact in ("0935-8220051", "0935-8213402", "737100") if fact not in words] == []
    assert paper.core_properties.title == "政府信息公开申请表"
    assert round(paper.sections[0].page_width.mm), round(paper.sections[0].page_height.mm) == (
        210,
        297,
    )


def test_docx_names_the_fonts_of_the_office(form_docx):
    paper = docx.Document(io.BytesIO(form_docx.content))
    fonts = re.findall(r'w:eastAsia="([^"]+)"', paper.element.xml)

    assert {"方正小标宋简体", "仿宋_GB2312", "黑体"} <= set(fonts)


def test_online_form_prints_the_labels_of_the_catalogue(desk, client, clock):
    page = client.get("/apply/who/").content.decode()

    groups = (form_fields.Group.CONTACT, form_fields.Group.AGENT)
    labels = [each.label for each in form_fields.FIELDS.values() if each.group in groups]
    assert [label for label in labels if label not in page] == []


def test_pages_lead_to_the_form(desk, client, clock):
    for address in ("/", "/guide/"):
        page = client.get(address).content.decode()
        assert 'href="/guide/application-form.pdf"' in page
        assert 'href="/guide/application-form.docx"' in page


def test_form_before_the_office_is_set_up_is_closed(db, client, clock):
    OfficeSettings.objects.all().delete()
    for name in ("pdf", "docx"):
        answer = client.get(f"/guide/application-form.{name}")
        assert answer.status_code == 503
        assert "没有生效的公开指南设置" in answer.content.decode()


def test_form_where_nothing_can_be_drawn_says_so(desk, client, clock, monkeypatch):
    def unavailable(sheet):
        raise pdf.PdfUnavailable("libpango", remedy="请安装。")

    monkeypatch.setattr(pdf, "render_sheet", unavailable)

    answer = client.get("/guide/application-form.pdf")

    assert answer.status_code == 503
    assert "缺少libpango" in answer.content.decode()
