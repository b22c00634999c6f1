"""The letter format of GB/T 9704-2012, measured in the finished file: millimetres from top and left."""

import functools
import io
import re

import pdfplumber
import pytest

from requests_app.adapters import pdf

pytestmark = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))

MM = 25.4 / 72
NEAR = 0.5
LINE = 225 / 22
CELL = 156 / 28
SIZE_3, SIZE_2, SIZE_4 = 16 * MM, 22 * MM, 14 * MM
LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262
DPI = 300
SENTENCE = (
    "本机关现将您申请公开的信息答复如下请您核对如有不明之处可以与本机关联系我们会当面说明情况"
)


def near(value):
    return pytest.approx(value, abs=NEAR)


def letter(**changes):
    return {
        "title": "政府信息公开申请答复书",
        "issuer": "金昌市人民政府办公室",
        "number": "金政办公开告〔2026〕12号",
        "addressee": "王玥",
        "paragraphs": [{"text": SENTENCE * 2, "style": "body"}],
        "remedies": [],
        "attachments": ["情况表"],
        "signer": "金昌市人民政府办公室",
        "dated_on": "2026-11-20",
        "contact": "联系人：张祎",
    } | changes


MARKS = pdf.Marks(
    seal=pdf.draw_demo_seal("金昌市人民政府办公室"),
    scan_url="https://disclosure.example.cn/verify/K7QF2M9XA4TBN/",
    verify_code="K7QF-2M9XA-4TBN",
)


@functools.cache
def drawn(*, pages=1, mark=""):
    """One page; or several, of full lines without end."""
    text = letter()
    if pages > 1:
        text = letter(paragraphs=[{"text": "永" * 28 * 22 * pages, "style": "body"}])
    if mark:
        text = letter(issuer=mark)
    return pdf.render_letter(text, marks=MARKS)


class Page:
    """What stands where on one page."""

    def __init__(self, file, number=1):
        with pdfplumber.open(io.BytesIO(file)) as opened:
            page = opened.pages[number - 1]
            self.size = (page.width * MM, page.height * MM)
            self.chars = page.chars
            self.curves = page.curves + page.rects
            self.image = page.to_image(resolution=DPI).original.convert("RGB")

    def line(self, words):
        """The characters of the first line that reads `words`: left, top, right, bottom, size, fonts."""
        for row in self.lines():
            if words in "".join(each["text"] for each in row):
                start = "".join(each["text"] for each in row).index(words)
                return Span(row[start : start + len(words)])
        raise AssertionError(f"no line reads {words}")

    def lines(self):
        rows = {}
        for each in self.chars:
            rows.setdefault(round(each["bottom"] * MM, 1), []).append(each)
        return [sorted(rows[at], key=lambda each: each["x0"]) for at in sorted(rows)]

    def runs(self, *, x, wanted, first=0.0, last=297.0):
        """Where ink of one colour stands in the column at `x`: tops and bottoms."""
        column = round(x / 25.4 * DPI)
        rows = range(round(first / 25.4 * DPI), round(last / 25.4 * DPI) - 1)
        inked = [row for row in rows if wanted(*self.image.getpixel((column, row)))]
        found = []
        for row in inked:
            if found and found[-1][1] == row:
                found[-1][1] = row + 1
            else:
                found.append([row, row + 1])
        return [(top * 25.4 / DPI, bottom * 25.4 / DPI) for top, bottom in found]


class Span:
    def __init__(self, chars):
        self.left, self.right = chars[0]["x0"] * MM, chars[-1]["x1"] * MM
        self.top, self.bottom = chars[0]["top"] * MM, chars[0]["bottom"] * MM
        self.size = round(chars[0]["size"], 2)
        self.fonts = {re.sub(r"-[0-9]$", "", each["fontname"].split("+")[1]) for each in chars}

    @property
    def middle(self):
        return (self.left + self.right) / 2


def red(red_, green, blue):
    return red_ > 200 and green < 120 and blue < 120


def dark(red_, green, blue):
    return red_ < 120 and green < 120 and blue < 120


@pytest.fixture(scope="module")
def first():
    return Page(drawn())


def test_paper_is_a4(first):
    assert first.size == (near(210), near(297))


def test_mark_stands_30_mm_from_the_edge_centred_red_and_in_song(first):
    mark = first.line("金昌市人民政府办公室")
    ink = min(
        run[0] for x in range(38, 172) for run in first.runs(x=x, wanted=red, first=25, last=44)[:1]
    )

    assert (mark.top, mark.middle) == (near(30), near(105))
    assert ink == near(30)
    assert mark.fonts == {"jc-biao"}
    assert first.chars[0]["non_stroking_color"] == pytest.approx((0.902, 0, 0.071), abs=0.01)


@pytest.mark.parametrize("mark", ["", "甘肃省金昌市金川区住房和城乡建设综合服务局"])
def test_first_rule_is_4_mm_under_the_mark_170_mm_long_thick_over_thin(mark):
    page = Page(drawn(mark=mark))
    bottom = page.line(mark or "金昌市人民政府办公室").bottom

    thick, thin = page.runs(x=25, wanted=red, last=100)

    assert thick[0] == near(bottom + 4)
    assert (thick[1] - thick[0], thin[1] - thin[0]) == (
        pytest.approx(0.75, abs=0.15),
        pytest.approx(0.25, abs=0.15),
    )
    assert (
        page.runs(x=20.6, wanted=red, last=100),
        page.runs(x=189.4, wanted=red, last=100),
    ) == ([thick, thin], [thick, thin])
    assert page.runs(x=19.4, wanted=red, last=100) == []
    assert page.runs(x=190.6, wanted=red, last=100) == []


def test_second_rule_ends_20_mm_above_the_edge_170_mm_long_thin_over_thick(first):
    thin, thick = first.runs(x=25, wanted=red, first=200)

    assert thick[1] == near(297 - 20)
    assert thin[1] - thin[0] < thick[1] - thick[0]
    assert (
        first.runs(x=20.6, wanted=red, first=200),
        first.runs(x=189.4, wanted=red, first=200),
    ) == ([thin, thick], [thin, thick])
    assert first.runs(x=19.4, wanted=red) == []
    assert first.runs(x=190.6, wanted=red) == []


def test_number_stands_seven_eighths_of_a_character_under_the_rule_flush_right(first):
    _, thin = first.runs(x=25, wanted=red, last=100)
    number = first.line("金政办公开告〔2026〕12号")

    assert (number.top, number.right, number.size) == (
        near(thin[1] + SIZE_3 * 7 / 8),
        near(RIGHT),
        16,
    )
    assert number.fonts == {"jc-fang", "jc-latin"}


@pytest.mark.parametrize("mark", ["", "甘肃省金昌市金川区住房和城乡建设综合服务局"])
def test_title_is_22_pt_song_centred_two_lines_under_the_number(mark):
    page = Page(drawn(mark=mark))
    number, title = page.line("金政办公开告"), page.line("政府信息公开申请答复书")

    assert (title.top, title.middle, title.size) == (
        near(number.bottom + 2 * LINE),
        near((LEFT + RIGHT) / 2),
        22,
    )
    assert title.fonts == {"jc-biao"}


def test_addressee_stands_flush_left_one_line_under_the_title(first):
    title, addressee = first.line("政府信息公开申请答复书"), first.line("王玥：")

    assert (addressee.left, addressee.size) == (near(LEFT), 16)
    assert (addressee.top + addressee.bottom) / 2 == near((title.top + title.bottom) / 2 + 2 * LINE)


def test_paragraph_is_indented_by_two_characters_and_runs_on_flush_left(first):
    rows = [Span(row) for row in first.lines()]
    at = next(i for i, row in enumerate(rows) if row.left == near(LEFT)) + 1

    assert [row.left for row in rows[at : at + 3]] == [
        near(LEFT + 2 * CELL),
        near(LEFT),
        near(LEFT),
    ]


def test_first_page_keeps_to_the_grid():
    page = Page(drawn(pages=3))
    rows = [Span(row) for row in page.lines()][3:]

    # Mark, rule, number and title take the first six lines.
    assert [row.top for row in rows] == [
        near(TOP + LINE * place + (LINE - SIZE_3) / 2) for place in range(6, 22)
    ]


def test_full_page_holds_22_lines_of_28_characters_to_the_edges_of_the_type_area():
    page = Page(drawn(pages=3), 2)
    rows = page.lines()[:-1]  # the last is the page number

    assert [len(row) for row in rows] == [28] * 22
    assert [Span(row).top for row in rows] == [
        near(TOP + LINE * place + (LINE - SIZE_3) / 2) for place in range(22)
    ]
    assert [(Span(row).left, Span(row).right) for row in rows] == [(near(LEFT), near(RIGHT))] * 22
    assert [each["x0"] * MM for each in rows[7]] == [
        near(LEFT + CELL * place) for place in range(28)
    ]
    assert {(Span(row).size, *Span(row).fonts) for row in rows} == {(16, "jc-fang")}
    assert Span(rows[-1]).bottom <= BOTTOM


def test_attachment_note_stands_one_line_under_the_text_two_cells_in():
    name = "金昌市金川区2025年度老旧小区改造项目资金使用情况明细表和有关说明材料的汇编"
    page = Page(pdf.render_letter(letter(attachments=[name, "说明"])))
    rows = page.lines()
    at = next(i for i, row in enumerate(rows) if row[0]["text"] == "附")
    note, runs_on, second, before = (Span(rows[i]) for i in (at, at + 1, at + 2, at - 1))

    assert (note.left, note.top) == (near(LEFT + 2 * CELL), near(before.top + 2 * LINE))
    first_of_name = Span(rows[at][5:])
    assert (runs_on.left, runs_on.top) == (near(first_of_name.left), near(note.top + LINE))
    assert second.left == near(Span(rows[at][3:]).left)


def test_signature_stands_two_lines_under_the_text_with_the_date_four_cells_in(first):
    note, date = first.line("附件：情况表"), first.line("2026年11月20日")
    signer = Span(next(row for row in reversed(first.lines()) if row[0]["text"] == "金"))

    assert (signer.top, date.top) == (near(note.top + 3 * LINE), near(signer.top + LINE))
    assert (date.right, signer.middle) == (near(RIGHT - 4 * CELL), near(date.middle))


def test_signer_longer_than_the_date_stays_centred_over_it_and_a_wide_one_flush_right():
    for signer, where in [("金昌市人民政府政府信息公开办", "middle"), ("永" * 26, "right")]:
        page = Page(pdf.render_letter(letter(signer=signer)))
        date, name = page.line("2026年11月20日"), page.line(signer)
        assert date.right == near(RIGHT - 4 * CELL)
        assert getattr(name, where) == near(date.middle if where == "middle" else RIGHT)


def test_seal_lies_over_signature_and_date_its_top_less_than_a_line_under_the_text(first):
    note, date = first.line("附件：情况表"), first.line("2026年11月20日")
    rings = [each for each in first.curves if 30 < each["width"] * MM < 50]
    ring = max(rings, key=lambda each: each["width"])
    left, right = ring["x0"] * MM, ring["x1"] * MM
    top, bottom = ring["top"] * MM, ring["bottom"] * MM
    text_ends = (note.top + note.bottom) / 2 + LINE / 2
    of_both = date.top - LINE + (LINE + SIZE_3) / 2

    assert (right - left, bottom - top) == (
        near(40.8),
        near(40.8),
    )  # the middle of a stroke of 1.2 mm in 42
    assert (left + right) / 2 == near(date.middle)
    assert 0 < top - text_ends < LINE
    # 署名 and date stand a little below its middle.
    assert 0 < of_both - (top + bottom) / 2 < 3


@pytest.mark.parametrize("day", ["2026-11-20", "2026-01-02"])
def test_long_contact_line_ends_before_the_seal_and_goes_on_below_it(day):
    contact = "联系人：张祎，联系电话：0935-8212345，地址：金昌市金川区新华路82号"
    page = Page(pdf.render_letter(letter(contact=contact, dated_on=day), marks=MARKS))
    ring = max(
        (each for each in page.curves if 30 < each["width"] * MM < 50),
        key=lambda each: each["width"],
    )
    first, second = page.line("（联系人：张祎，联系电话："), page.line("0935-8212345，地址")

    assert first.right < ring["x0"] * MM
    assert second.top > ring["bottom"] * MM


@pytest.mark.parametrize("lines", range(8, 14))
def test_contact_stays_on_the_page_of_the_date(lines):
    contact = "联系人：张祎，联系电话：0935-8212345，地址：金昌市金川区新华路82号"
    text = letter(contact=contact, paragraphs=[{"text": "永" * 28 * lines, "style": "body"}])
    with pdfplumber.open(io.BytesIO(pdf.render_letter(text, marks=MARKS))) as opened:
        words = [page.extract_text() for page in opened.pages]

    (dated,) = [page for page in words if "2026年11月20日" in page]
    assert dated is words[-1]
    assert "（联系人" in dated
    assert "永" in dated


def test_code_is_20_mm_square_at_the_left_of_the_signature(first):
    words = first.line("核验码 K7QF-2M9XA-4TBN")
    rows = first.runs(x=28.3, wanted=dark, first=150, last=first.line("扫码核验").top)

    assert rows[0][0] > first.line("附件：情况表").bottom
    assert rows[-1][1] - rows[0][0] == near(20)
    assert (words.left, words.right < first.line("2026年11月20日").left) == (near(LEFT), True)


def test_page_numbers_begin_on_the_second_page_7_mm_under_the_type_area():
    pages = [Page(drawn(pages=3), number) for number in (1, 2, 3)]

    below = [[each for each in page.chars if each["top"] * MM > BOTTOM] for page in pages]

    assert below[0] == []
    left, right = Span(below[1]), Span(below[2])
    assert ["".join(each["text"] for each in row) for row in below[1:]] == ["— 2 —", "— 3 —"]
    assert (left.left, right.right) == (near(LEFT + SIZE_4), near(RIGHT - SIZE_4))
    assert (left.size, right.size) == (14, 14)
    ((top, bottom),) = pages[1].runs(x=LEFT + SIZE_4 + 2, wanted=dark, first=BOTTOM)
    assert (top + bottom) / 2 == near(BOTTOM + 7)


def test_nothing_but_page_number_and_hanging_marks_leaves_the_type_area():
    text = letter(
        paragraphs=[{"text": "根据规定，答复如下：经查，该信息不存在。" * 60, "style": "body"}]
    )

    page = Page(pdf.render_letter(text), 2)

    outside = {
        each["text"]
        for each in page.chars
        if each["x1"] * MM > RIGHT + NEAR or each["x0"] * MM < LEFT - NEAR
    }
    assert outside <= set("，。：")
