"""Seal and code: vector drawings without letters in them; a seal file may hold outlines only."""

import dataclasses
import io
import math
import re

import pdfplumber
import pytest
import zxingcpp

from requests_app.adapters import pdf
from requests_app.adapters.pdf import child, marks

SEAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 42 42" width="420" height="420">'
    '<g fill="#e60012"><circle cx="21" cy="21" r="20" fill="none" stroke="#e60012"/></g></svg>'
)


TEXT = {
    "title": "答复书",
    "issuer": "金昌市人民政府办公室",
    "number": "甲",
    "addressee": "王玥",
    "paragraphs": [{"text": "答复如下。", "style": "body"}],
    "remedies": [],
    "attachments": [],
    "signer": "金昌市人民政府办公室",
    "dated_on": "2026-11-20",
    "contact": "",
}


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "seal.svg"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def outlines(drawn):
    """The closed outlines of a drawing, each as its points."""
    (path,) = re.findall(r'<path class="plain" d="([^"]*)"/>', drawn)
    return [
        [tuple(map(float, pair)) for pair in re.findall(r"(-?[0-9.]+) (-?[0-9.]+)", each)]
        for each in path.split("Z")
        if each.strip()
    ]


def test_demo_seal_says_what_it_is_and_has_no_font():
    drawn = marks.draw_demo_seal("金昌市人民政府办公室")

    assert "<title>金昌市人民政府办公室印章（演示专用，无效）</title>" in drawn
    assert "<text" not in drawn
    # 演示专用 stands under the star, the name above and beside it.
    assert [any(325 < y < 375 for _, y in each) for each in outlines(drawn)].count(True) > 4


@pytest.mark.parametrize("length", [1, 2, 8, 20, 40])
def test_name_of_any_length_stays_inside_the_ring_and_clear_of_the_star(length):
    points = [point for each in outlines(marks.draw_demo_seal("永" * length)) for point in each]

    far = [math.hypot(x - 210, y - 210) for x, y in points]
    assert max(far) < 204 - 6
    assert min(far) > 52


def test_plain_path_becomes_the_same_in_pdf():
    assert child.operators("M 1 2 L 3.5 4 C 1 2 3 4 5 6 Z M 0 0 Z") == (
        b"1 2 m 3.5 4 l 1 2 3 4 5 6 c  h 0 0 m  h"
    )


@pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))
def test_hook_for_plain_paths_draws_what_the_library_draws(monkeypatch):
    # Both ways must show the same: the hook reaches into the library's own table.
    bearing = pdf.Marks(
        seal=marks.draw_demo_seal("金昌市"), scan_url="https://a.cn/verify/K/", verify_code="K"
    )
    pictures = []
    for name in (child.PLAIN_PATH, "slow"):
        monkeypatch.setattr(child, "PLAIN_PATH", name)
        drawn = dataclasses.replace(bearing, seal=bearing.seal.replace('"plain"', f'"{name}"'))
        with pdfplumber.open(io.BytesIO(pdf.render_letter(TEXT, marks=drawn))) as opened:
            pictures.append(opened.pages[0].to_image(resolution=100).original.tobytes())

    assert pictures[0] == pictures[1]


def test_markup_in_a_name_is_escaped():
    assert "<title>&lt;b&gt;&amp;印章（演示专用，无效）</title>" in marks.draw_demo_seal("<b>&")


def test_seal_file_is_taken_with_a_title_and_without_its_own_size(file):
    assert marks.read_seal(file(SEAL), name="金昌市人民政府办公室") == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 42 42">'
        "<title>金昌市人民政府办公室印章</title>"
        '<g fill="#e60012"><circle cx="21" cy="21" r="20" fill="none" stroke="#e60012" /></g></svg>'
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (SEAL.replace("<g ", '<image href="http://127.0.0.1:9/a.png"/><g '), "含有image"),
        (SEAL.replace("<g ", "<script>x</script><g "), "含有script"),
        (SEAL.replace("<g ", "<text>字</text><g "), "含有text"),
        (SEAL.replace("<g ", '<g onclick="x" '), "属性onclick"),
        (SEAL.replace('fill="#e60012"', 'fill="url(http://127.0.0.1:9/)"'), "不允许的属性"),
        (SEAL.replace(' viewBox="0 0 42 42"', ""), "viewBox"),
        ("<html/>", "viewBox"),
        ("no drawing", "不是SVG文件"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + SEAL, "文档类型声明"),
        (SEAL + " " * marks.MAX_SEAL_BYTES, "文件过大"),
    ],
)
def test_seal_file_with_anything_but_outlines_is_refused(file, content, why):
    with pytest.raises(pdf.SealRefused, match=f"印章文件seal.svg不能使用：.*{why}"):
        marks.read_seal(file(content), name="x")


@pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))
def test_seal_adds_no_character_to_what_is_read():
    words = []
    for seal in ("", marks.draw_demo_seal("金昌市人民政府办公室")):
        with pdfplumber.open(
            io.BytesIO(pdf.render_letter(TEXT, marks=pdf.Marks(seal=seal)))
        ) as opened:
            words.append([each["text"] for each in opened.pages[0].chars])

    assert words[0] == words[1]


@pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))
def test_code_can_be_scanned_from_paper():
    address = "https://disclosure.example.cn/verify/K7QF2M9XA4TBN/"
    file = pdf.render_letter(TEXT, marks=pdf.Marks(scan_url=address, verify_code="K7QF"))
    with pdfplumber.open(io.BytesIO(file)) as opened:
        printed = opened.pages[0].to_image(resolution=150).original

    assert [read.text for read in zxingcpp.read_barcodes(printed)] == [address]
