"""Bad input: one clear error or one right letter, never half of one."""

import errno
import io
import re

import pdfplumber
import pytest

from requests_app.adapters import pdf
from requests_app.adapters.pdf import fonts, process

pytestmark = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))

RIGHT_MM, HANGING_MM = 184, 6
MARKS = pdf.Marks(
    seal=pdf.draw_demo_seal("金昌市人民政府办公室"),
    scan_url="https://disclosure.example.cn/verify/K7QF2M9XA4TBN/",
    verify_code="K7QF-2M9XA-4TBN",
)


def letter(**changes):
    return {
        "title": "政府信息公开申请答复书",
        "issuer": "金昌市人民政府办公室",
        "number": "金政办公开告〔2026〕12号",
        "addressee": "王玥",
        "paragraphs": [{"text": "现答复如下。", "style": "body"}],
        "remedies": [],
        "attachments": [],
        "signer": "金昌市人民政府办公室",
        "dated_on": "2026-11-20",
        "contact": "联系人：张祎",
    } | changes


def draw(**changes):
    with pdfplumber.open(io.BytesIO(pdf.render_letter(letter(**changes), marks=MARKS))) as opened:
        return [page.chars for page in opened.pages]


def words(pages):
    return re.sub(r"\s", "", "".join(each["text"] for chars in pages for each in chars))


def farthest_mm(pages):
    return max(each["x1"] for chars in pages for each in chars) * 25.4 / 72


@pytest.mark.parametrize(
    "wide",
    [
        "https://www.jcs.gov.cn/" + "a" * 300 + "?b=" + "1" * 200,
        "0123456789" * 30,
        "|" + "单元格|" * 60,
        "W" * 200,
        "—" * 120,
    ],
)
def test_what_is_wider_than_the_page_is_broken_and_never_lost(wide):
    pages = draw(paragraphs=[{"text": wide, "style": "body"}])

    assert wide in words(pages)
    assert farthest_mm(pages) <= RIGHT_MM + HANGING_MM


@pytest.mark.parametrize("field", ["title", "issuer", "addressee", "signer", "contact"])
def test_sixty_characters_in_any_field_stay_on_the_paper(field):
    name = "甘肃省金昌市" + "永" * 48 + "管理办公室"

    pages = draw(**{field: name})

    assert name in words(pages)
    assert farthest_mm(pages) <= 204


def test_hundred_attachments_are_listed_to_the_last():
    names = [f"第{number}份清单" for number in range(1, 101)]

    text = words(draw(attachments=names))

    assert [name for name in names if name not in text] == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("王\u200b小\u200d丽", "王小丽"),
        ("\u202e100元\u202c", "100元"),
        ("甲\u2066乙\u2069丙", "甲乙丙"),
        ("\ufeff甲\u00ad乙", "甲乙"),
        ("甲\ud800乙", "甲乙"),
        ("甲\x00\x07乙", "甲乙"),
    ],
)
def test_what_cannot_be_seen_is_not_printed_and_turns_nothing_round(typed, printed):
    assert f"{printed}：现答复如下。" in words(draw(addressee=typed))


def test_arabic_is_refused_by_name_and_not_printed_as_boxes():
    with pytest.raises(pdf.MissingGlyphs) as refused:
        draw(addressee="محمد")

    assert refused.value.characters == ("م", "ح", "د")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="http://127.0.0.1:9/a.png">',
        '<link rel="attachment" href="file:///etc/hostname">',
        "</p></div><svg><image href='http://127.0.0.1:9/'/></svg>",
        "<style>@page{size:1mm}</style>",
        "{% include 'x' %}{{ settings.SECRET_KEY }}",
    ],
)
def test_markup_is_words_and_nothing_is_fetched(markup):
    assert markup.replace(" ", "") in words(draw(paragraphs=[{"text": markup, "style": "body"}]))


def test_address_in_the_markup_itself_fails_the_letter_instead_of_being_fetched():
    html = '<html lang="zh-CN"><head><title>甲</title></head><body><img src="http://127.0.0.1:9/a.png">'

    with pytest.raises(pdf.RenderFailed) as failed:
        process.shared.draw(html)

    assert failed.value.failure is pdf.Failure.ERROR


def test_missing_font_file_is_a_problem_with_its_name(monkeypatch, tmp_path):
    (tmp_path / "metrics.json").write_text("{}")
    monkeypatch.setattr(fonts, "EVERYDAY_FOLDER", tmp_path)

    (problem,) = pdf.problems()

    assert "jc-fang-1.ttf" in problem


def test_full_disk_under_the_font_configuration_is_said(monkeypatch):
    def full(*_arguments, **_named):
        raise OSError(errno.ENOSPC, "No space left on device", "letter-fonts")

    process.shared.stop()
    monkeypatch.setattr(fonts, "write_configuration", full)

    with pytest.raises(pdf.PdfUnavailable, match="letter-fonts"):
        pdf.render_letter(letter())


def test_body_of_sixty_pages_is_whole_and_numbered_to_the_last():
    paragraph = "本机关现将检索情况逐项说明，" * 30
    body = [{"text": f"第{number}项。{paragraph}", "style": "body"} for number in range(1, 91)]

    pages = draw(paragraphs=body)

    told = words(pages)
    assert len(pages) >= 60
    assert all(f"第{number}项。" in told for number in range(1, 91))
    assert f"—{len(pages)}—" in words(pages[-1:])
    assert "金昌市人民政府办公室" in words(pages[-1:])
