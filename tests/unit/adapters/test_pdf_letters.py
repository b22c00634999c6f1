"""Letters, drawn and read back from the finished file."""

import datetime as dt
import io
import json
import re

import pikepdf
import pytest
from pypdf import PdfReader

from requests_app.adapters import pdf
from requests_app.adapters.pdf import process

pytestmark = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))

BODY = (
    "本机关于2026年10月23日收到您提交的政府信息公开申请，您申请公开“2024年度老旧小区改造项目"
    "资金使用情况”。根据《中华人民共和国政府信息公开条例》第三十六条第（一）项之规定，现答复如下："
)
REMEDY = "如对本答复不服，可以自收到本答复书之日起60日内向甘肃省人民政府申请行政复议。"


def letter(**changes):
    return {
        "title": "政府信息公开申请答复书",
        "issuer": "金昌市人民政府办公室",
        "number": "金政办公开告〔2026〕12号",
        "addressee": "王玥",
        "paragraphs": [{"text": BODY, "style": "body"}],
        "remedies": [REMEDY],
        "attachments": [],
        "signer": "金昌市人民政府办公室",
        "dated_on": "2026-03-05",
        "contact": "联系人：张祎，联系电话：0935-8212345",
    } | changes


def read(file):
    """All text of the file without white space: a line end is not a character of the letter."""
    pages = PdfReader(io.BytesIO(file)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def glyphs(file):
    """Every glyph number shown on any page."""
    shown = set()
    with pikepdf.open(io.BytesIO(file)) as opened:
        for page in opened.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in {"Tj", "TJ"}:
                    parts = operands[0] if str(operator) == "TJ" else operands
                    for part in parts:
                        if isinstance(part, pikepdf.String):
                            code = bytes(part)
                            shown |= {code[at : at + 2] for at in range(0, len(code), 2)}
    return shown


def test_letter_reads_back_as_it_was_written():
    file = pdf.render_letter(letter())

    assert read(file) == (
        "金昌市人民政府办公室金政办公开告〔2026〕12号政府信息公开申请答复书王玥："
        f"{BODY}{REMEDY}金昌市人民政府办公室2026年3月5日（联系人：张祎，联系电话：0935-8212345）"
    )


def test_letter_is_archivable_tagged_and_in_chinese():
    file = pdf.render_letter(letter())

    with pikepdf.open(io.BytesIO(file)) as opened, opened.open_metadata() as metadata:
        assert str(opened.Root.Lang) == "zh-CN"
        assert bool(opened.Root.MarkInfo.Marked)
        assert opened.docinfo.Title == "政府信息公开申请答复书"
        assert opened.docinfo.Author == "金昌市人民政府办公室"
        assert metadata.pdfa_status == "3A"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert [[float(edge) for edge in page.MediaBox] for page in opened.pages] == [
            pytest.approx([0, 0, 595.276, 841.89], abs=0.01)
        ]


def test_every_font_is_embedded_truetype_of_ours():
    with pikepdf.open(io.BytesIO(pdf.render_letter(letter(addressee="王堃")))) as opened:
        inner = [
            font.DescendantFonts[0]
            for page in opened.pages
            for font in page.Resources.Font.values()
        ]
        names = sorted(str(font.BaseFont).split("+")[1] for font in inner)
        embedded = ["/FontFile2" in font.FontDescriptor for font in inner]

    assert names == ["jc-biao-1", "jc-fang-1", "jc-latin", "jc-rare-1"]
    assert embedded == [True] * 4


@pytest.mark.parametrize(
    "name", ["李堃", "王玥", "张祎", "䶮志国", "㛃𬭚", "买买提·艾合买提", "Nguyễn Đức"]
)
def test_rare_name_is_printed_right(name):
    file = pdf.render_letter(letter(addressee=name, title=f"致{name}", signer=name, contact=""))

    assert read(file).count(name.replace(" ", "")) == 3
    assert b"\0\0" not in glyphs(file)


def test_name_no_font_can_draw_stops_the_letter_and_is_named():
    with pytest.raises(pdf.MissingGlyphs) as refused:
        pdf.render_letter(letter(addressee="王𠮷😀", remedies=["致𠮷"]))

    assert refused.value.characters == ("𠮷", "😀")
    assert "𠮷（U+20BB7）、😀（U+1F600）" in str(refused.value)


def test_draft_bears_the_watermark_on_each_page_and_no_number():
    text = letter(paragraphs=[{"text": BODY * 6, "style": "body"}])

    pages = PdfReader(io.BytesIO(pdf.render_letter(text, draft=True))).pages
    words = [re.sub(r"\s", "", page.extract_text()) for page in pages]

    assert ["草" in page and "稿" in page for page in words] == [True, True]
    assert "〔2026〕" not in "".join(words)


def test_issued_letter_bears_no_watermark():
    text = read(pdf.render_letter(letter()))

    assert "草" not in text
    assert "稿" not in text


def test_draft_and_issued_letter_break_the_same_lines():
    issued = PdfReader(io.BytesIO(pdf.render_letter(letter(number="甲"))))
    draft = PdfReader(io.BytesIO(pdf.render_letter(letter(number="甲"), draft=True)))

    without = [line for line in issued.pages[0].extract_text().splitlines() if line != "甲"]
    lines = draft.pages[0].extract_text().splitlines()
    assert [line for line in lines if line not in {"草", "稿", "草稿"}] == without


@pytest.mark.parametrize("lacking", ["number", "dated_on"])
def test_issued_letter_without_number_or_date_is_refused(lacking):
    with pytest.raises(ValueError, match="a number and a date"):
        pdf.render_letter(letter(**{lacking: ""}))


def test_draft_without_a_date_leaves_room_for_it():
    assert "办公室年月日（联系人" in read(pdf.render_letter(letter(dated_on=""), draft=True))


def test_same_text_gives_the_same_bytes_from_another_renderer():
    first = pdf.render_letter(letter(), facts={"case": "2026-0184"})
    process.shared.stop()

    assert pdf.render_letter(letter(), facts={"case": "2026-0184"}) == first


def test_markup_in_any_field_is_printed_as_text():
    markup = "<b>粗</b>&amp;<script>x</script>{{7}}"
    text = letter(
        title=markup,
        issuer=markup,
        number=markup,
        addressee=markup,
        paragraphs=[{"text": markup, "style": style} for style in ("body", "h1", "h2", "list")],
        remedies=[markup],
        attachments=[markup],
        signer=markup,
        contact=markup,
    )

    assert read(pdf.render_letter(text)).count(markup) == 12


def test_address_of_a_picture_is_printed_and_never_fetched():
    picture = '<img src="http://127.0.0.1:9/a.png"><style>@import "http://127.0.0.1:9/b"</style>'

    file = pdf.render_letter(letter(paragraphs=[{"text": picture, "style": "body"}]))

    assert re.sub(r"\s", "", picture) in read(file)


def test_invisible_characters_do_not_reach_the_page():
    file = pdf.render_letter(letter(addressee="王\u200b小\u202e丽\ufeff\x00", contact=""))

    assert "王小丽：" in read(file)
    assert b"\0\0" not in glyphs(file)


def test_headings_stand_in_their_own_faces():
    text = letter(
        paragraphs=[{"text": "一、情况", "style": "h1"}, {"text": "（一）经过", "style": "h2"}]
    )
    used = []

    def visit(words, _matrix, _position, font, _size):
        if font and words.strip():
            used.append((font["/BaseFont"].split("+")[1], words.strip()))

    PdfReader(io.BytesIO(pdf.render_letter(text))).pages[0].extract_text(visitor_text=visit)

    assert ("jc-hei-1", "一、情况") in used
    assert ("jc-kai-1", "（一）经过") in used


def test_typed_indents_and_line_ends_become_paragraphs():
    text = letter(paragraphs=[{"text": "　　甲。\n　　乙。\n\n", "style": "body"}], remedies=[])

    lines = PdfReader(io.BytesIO(pdf.render_letter(text))).pages[0].extract_text().splitlines()

    assert [line.strip() for line in lines if line.strip() in {"甲。", "乙。"}] == ["甲。", "乙。"]


def test_several_attachments_are_numbered_and_bear_no_mark():
    file = pdf.render_letter(letter(attachments=["情况表；", "说明。"]))

    assert f"{REMEDY}附件：1.情况表2.说明金昌市" in read(file)


def test_single_attachment_has_no_number():
    assert f"{REMEDY}附件：情况表金昌市" in read(pdf.render_letter(letter(attachments=["情况表"])))


def test_facts_travel_inside_the_file():
    facts = {"case": "2026-0184", "applicant": "王玥"}

    with pikepdf.open(io.BytesIO(pdf.render_letter(letter(), facts=facts))) as opened:
        attached = opened.attachments["case.json"].get_file()
        created = attached.creation_date

        assert json.loads(attached.read_bytes()) == facts
        assert created == dt.datetime(2026, 3, 4, 16, tzinfo=dt.UTC)


def test_names_of_sixty_characters_stay_on_the_page():
    name = "金昌市" + "永" * 54 + "办公室"
    text = letter(addressee=name, issuer=name, signer=name, contact="")

    file = pdf.render_letter(text)

    lines = PdfReader(io.BytesIO(file)).pages[0].extract_text().splitlines()
    assert read(file).count(name) == 3
    assert max(len(line.strip()) for line in lines if "永" in line) == 28


def test_sixty_pages_are_drawn_whole_and_numbered_from_the_second():
    text = letter(paragraphs=[{"text": BODY, "style": "body"}] * 360, remedies=[], contact="")

    pages = PdfReader(io.BytesIO(pdf.render_letter(text))).pages

    words = [re.sub(r"\s", "", page.extract_text()) for page in pages]
    assert len(pages) > 60
    assert [page.endswith(f"—{number}—") for number, page in enumerate(words, start=1)] == [
        False,
        *[True] * (len(pages) - 1),
    ]
    whole = "".join(re.sub(r"—\d+—$", "", page) for page in words)
    assert whole.count(BODY) == 360


def test_signature_never_stands_on_a_page_without_text():
    # However long the text, the last page shows some of it above the signature.
    for repeats in range(1, 16):
        paragraphs = [{"text": "一" * 50 + "终", "style": "body"}] * repeats
        file = pdf.render_letter(letter(paragraphs=paragraphs, remedies=[], attachments=["表"]))
        last = re.sub(r"\s", "", PdfReader(io.BytesIO(file)).pages[-1].extract_text())

        assert "终附件：表金昌市" in last


def test_unknown_style_is_a_programming_error():
    with pytest.raises(ValueError, match="Unknown style"):
        pdf.render_letter(letter(paragraphs=[{"text": "甲", "style": "h9"}]))


def test_layout_version_is_a_short_hash():
    assert re.fullmatch(r"[0-9a-f]{12}", pdf.layout_version())
