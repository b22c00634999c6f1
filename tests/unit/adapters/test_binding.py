"""Binding files into one: pictures, refusals, numbers on turned pages."""

import io

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from requests_app.adapters import pdf
from requests_app.adapters.pdf import binding, papers

draws = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))


def blank(*turns, password=""):
    with pikepdf.new() as made:
        for turn in turns:
            made.add_blank_page(page_size=(595, 842)).Rotate = turn
        saved = io.BytesIO()
        encryption = pikepdf.Encryption(user=password, owner=password) if password else False
        made.save(saved, encryption=encryption)
    return saved.getvalue()


def picture(mode="RGB", size=(1600, 400)):
    drawn = io.BytesIO()
    Image.new(mode, size).save(drawn, "PNG")
    return drawn.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "RGBA"])
def test_picture_becomes_a_page_of_a4(mode):
    page = PdfReader(io.BytesIO(binding.as_pdf(picture(mode), content_type="image/png"))).pages[0]

    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]


@pytest.mark.parametrize(
    ("content", "content_type", "why"),
    [
        (b"PK", "application/msword", "不是PDF或者图片"),
        (b"%PDF-1.7 broken", "application/pdf", "文件已损坏"),
        (b"", "application/pdf", "文件已损坏"),
        (blank(), "application/pdf", "没有页面"),
        (blank(0, password="a"), "application/pdf", "设有打开密码"),
        (b"\x89PNG no picture", "image/png", "图片不能读取"),
    ],
)
def test_what_cannot_be_bound_says_why(content, content_type, why):
    with pytest.raises(binding.Unbindable, match=why):
        binding.as_pdf(content, content_type=content_type)


@draws
def test_every_page_is_numbered_whichever_way_it_is_turned():
    leaves = [binding.Leaf("甲", "一", blank(0, 90)), binding.Leaf("乙", "二", blank(180, 270))]

    bound = binding.bind([binding.Leaf("", "封面", blank(0))], leaves, title="卷宗")

    pages = PdfReader(io.BytesIO(bound)).pages
    texts = ["".join(page.extract_text().split()) for page in pages]
    assert texts == ["", "第1页共4页", "第2页共4页", "第3页共4页", "第4页共4页"]


@draws
def test_front_alone_has_no_numbers():
    bound = binding.bind([binding.Leaf("", "封面", blank(0))], [], title="卷宗")

    assert len(PdfReader(io.BytesIO(bound)).pages) == 1


@draws
def test_character_without_a_glyph_is_printed_as_its_code_point():
    from requests_app.domain.sheets import Sheet, Words

    sheet = Sheet("材料", "某市", (Words(("要🏠的图纸<b>",)),))

    html = papers.sheet_html(sheet)
    text = PdfReader(io.BytesIO(pdf.render_sheet(sheet))).pages[0].extract_text()

    assert "要［U+1F3E0］的图纸&lt;b&gt;" in html
    assert "要［U+1F3E0］的图纸<b>" in "".join(text.split())
