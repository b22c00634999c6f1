"""Put letters and working papers into Word files, by python-docx.

The fonts are named, not embedded: 仿宋_GB2312 and 方正小标宋简体 come from the reader's machine. What is
evidence is the PDF that was issued; a Word file of a letter says so in its head line. The same input
gives the same bytes: no clock is read.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from typing import Any, Final

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from requests_app.domain.letter_text import LetterText
from requests_app.domain.sheets import Cell, Grid, Rows, Sheet, Words

EDITABLE: Final = "供编辑，以签发的PDF为准"

_LATIN: Final = "Times New Roman"
BODY: Final = "仿宋_GB2312"
TITLE: Final = "方正小标宋简体"
HEADING: Final = {"h1": "黑体", "h2": "楷体_GB2312"}
_BODY_POINTS: Final = 16
# GB/T 9704 5.2: 22 lines of 28 characters of 16 pt on 156 x 225 mm, both in 1/20 pt. The characters are
# set closer by themselves and not by a grid: its cells would be narrower than they are, and LibreOffice
# then gives each of them two.
_LINE_PITCH: Final = "579"
_TRACKING: Final = "-5"
_LINE_POINTS: Final = 28.95
_RED: Final = RGBColor(0xE6, 0x00, 0x12)
_DATE_CELLS: Final = 4  # the date ends four characters from the edge (GB/T 9704 7.3.5.1)
_LONG_AGO: Final = dt.datetime(1980, 1, 1)  # noqa: DTZ001 (ZIP knows no earlier moment and no zone)
_TABLE_MM: Final = 165
_ASK_MM: Final = 33


def letter(text: LetterText) -> bytes:
    """Return a letter as a Word file on the grid of 28 characters by 22 lines."""
    paper = new_paper(title=text.title, author=text.issuer, margins=(37, 26, 35, 28))
    _grid(paper)
    _mark(paper, EDITABLE)
    mark = add_line(
        paper, text.issuer, font=TITLE, points=_mark_points(text.issuer), align=ALIGN.CENTER
    )
    mark.runs[0].font.color.rgb = _RED
    _red_rule(mark)
    if text.number:
        number = add_line(paper, text.number, align=ALIGN.RIGHT)
        number.paragraph_format.space_before = Pt(_BODY_POINTS)
    title = add_line(paper, text.title, font=TITLE, points=22, align=ALIGN.CENTER)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(_LINE_POINTS)
    add_line(paper, f"{text.addressee}：")
    for each in text.paragraphs:
        add_line(paper, each.text, font=HEADING.get(each.style, BODY), indent=True)
    for remedy in text.remedies:
        add_line(paper, remedy, indent=True)
    for place, name in enumerate(text.attachments, start=1):
        numbered = f"{place}.{name}" if len(text.attachments) > 1 else name
        line = add_line(
            paper, f"附件：{numbered}" if place == 1 else f"　　　{numbered}", indent=True
        )
        if place == 1:
            line.paragraph_format.space_before = Pt(_LINE_POINTS)
    _signature(paper, text)
    if text.contact:
        add_line(paper, f"（{text.contact}）", indent=True)
    return to_bytes(paper)


def _mark_points(issuer: str) -> float:
    """Give the largest size at which the red mark still stands on one line of 156 mm."""
    return min(36, 156 / 25.4 * 72 / max(1, len(issuer)))


def _red_rule(line: Paragraph) -> None:
    """Draw the red double rule under the mark, thick over thin, 4 mm below it."""
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in {
        "val": "thickThinSmallGap",
        "sz": "24",
        "space": "11",
        "color": str(_RED),
    }.items():
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    properties = line.paragraph_format.element.get_or_add_pPr()
    properties.insert_element_before(border, "w:snapToGrid", "w:spacing", "w:ind", "w:jc")


def _signature(paper: Paper, text: LetterText) -> None:
    """Write office and date, the office centred over the date, with room for a seal above them."""
    date = ""
    if text.dated_on:
        day = dt.date.fromisoformat(text.dated_on)
        date = f"{day.year}年{day.month}月{day.day}日"
    indent = _DATE_CELLS * _BODY_POINTS
    over = indent + (_points(date) - _points(text.signer)) / 2
    signer = add_line(paper, text.signer, align=ALIGN.RIGHT)
    signer.paragraph_format.space_before = Pt(2 * _LINE_POINTS)
    signer.paragraph_format.right_indent = Pt(max(0, over))
    signer.paragraph_format.keep_with_next = True
    if date:
        dated = add_line(paper, date, align=ALIGN.RIGHT)
        dated.paragraph_format.right_indent = Pt(indent)
        dated.paragraph_format.keep_with_next = bool(text.contact)


def _points(words: str) -> float:
    """Estimate how wide a line of body text is; digits take half a character."""
    return sum(_BODY_POINTS / (2 if each.isascii() else 1) for each in words)


def sheet(sheet: Sheet) -> bytes:
    """Return a working paper, such as the blank form, as a Word file."""
    paper = new_paper(title=sheet.title, author=sheet.issuer, margins=(22, 20, 22, 25))
    add_line(paper, sheet.issuer, points=12, align=ALIGN.CENTER)
    add_line(paper, sheet.title, font=TITLE, points=20, align=ALIGN.CENTER)
    if sheet.number:
        add_line(paper, sheet.number, points=12, align=ALIGN.RIGHT)
    for block in sheet.blocks:
        if block.head:
            head = add_line(paper, block.head, font=HEADING["h1"], points=12)
            head.paragraph_format.keep_with_next = True
            head.paragraph_format.page_break_before = isinstance(block, Rows) and block.new_page
        if isinstance(block, Words):
            for words in block.paragraphs:
                add_line(paper, words, points=10.5 if block.small else 12)
        elif isinstance(block, Grid):
            _grid_table(paper, block)
        else:
            _rows_table(paper, block)
    for words in sheet.foot:
        add_line(paper, words, points=10.5)
    return to_bytes(paper)


def new_paper(*, title: str, author: str, margins: tuple[int, int, int, int]) -> Paper:
    """Begin a file of A4 pages; margins are top, right, bottom, left in millimetres."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, right, bottom, left = margins
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    normal = paper.styles["Normal"]
    normal.font.size, normal.font.name = Pt(_BODY_POINTS), _LATIN
    _east_asia(normal.element.get_or_add_rPr(), BODY)
    _chinese_defaults(paper)
    core = paper.core_properties
    core.title, core.author, core.language = title, author, "zh-CN"
    core.last_modified_by, core.comments, core.revision = author, "", 1
    core.created = core.modified = _LONG_AGO
    return paper


def _chinese_defaults(paper: Paper) -> None:
    """Make the file Chinese from the ground up.

    The grid counts from the default size, not from the style's; python-docx brings 11 pt, 1.15 lines
    and no Chinese rules for line ends.
    """
    defaults = paper.styles.element.find(qn("w:docDefaults"))
    letters = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for name in ("w:sz", "w:szCs"):
        letters.find(qn(name)).set(qn("w:val"), str(2 * _BODY_POINTS))
    language = letters.find(qn("w:lang"))
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), "zh-CN")
    spacing = defaults.find(qn("w:pPrDefault")).find(qn("w:pPr")).find(qn("w:spacing"))
    spacing.set(qn("w:after"), "0")
    spacing.set(qn("w:line"), "240")


def _grid(paper: Paper) -> None:
    section = paper.sections[0]._sectPr  # noqa: SLF001 (python-docx has no door to the grid)
    grid = section.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), _LINE_PITCH)
    tracking = OxmlElement("w:spacing")
    tracking.set(qn("w:val"), _TRACKING)
    normal = paper.styles["Normal"].element.get_or_add_rPr()
    normal.insert_element_before(
        tracking, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang"
    )


def _mark(paper: Paper, words: str) -> None:
    head = paper.sections[0].header.paragraphs[0]
    head.alignment = ALIGN.RIGHT
    add_run(head, words, font=HEADING["h1"], points=10.5)


def add_line(
    paper: Paper,
    words: str,
    *,
    font: str = BODY,
    points: float = _BODY_POINTS,
    align: ALIGN | None = None,
    indent: bool = False,
) -> Paragraph:
    """Add a paragraph; ``indent`` by two characters of the body's size."""
    line = paper.add_paragraph()
    line.paragraph_format.space_after = line.paragraph_format.space_before = Pt(0)
    if align is not None:
        line.alignment = align
    if indent:
        line.paragraph_format.first_line_indent = Pt(2 * _BODY_POINTS)
    if points > _BODY_POINTS:
        # Larger than the grid's cells: Word would stretch each character over two of them.
        snap = OxmlElement("w:snapToGrid")
        snap.set(qn("w:val"), "0")
        properties = line.paragraph_format.element.get_or_add_pPr()
        properties.insert_element_before(snap, "w:spacing", "w:ind", "w:jc")
    add_run(line, words, font=font, points=points)
    return line


def add_run(line: Paragraph, words: str, *, font: str, points: float) -> None:
    """Add words to a paragraph in a font of the reader's machine."""
    run = line.add_run(words)
    run.font.size, run.font.name = Pt(points), _LATIN
    _east_asia(run._element.get_or_add_rPr(), font)  # noqa: SLF001 (no door to w:eastAsia)


def _east_asia(properties: Any, font: str) -> None:
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _rows_table(paper: Paper, block: Rows) -> None:
    rows = list(block.paired())
    answer = (_TABLE_MM - 2 * _ASK_MM) // 2
    table = _table(paper, rows=len(rows), widths=(_ASK_MM, answer, _ASK_MM, answer))
    for number, cells in enumerate(rows):
        line = table.rows[number]
        line.height = Mm(8 * max(cell.lines for cell in cells))
        if len(cells) == 1:
            line.cells[1].merge(line.cells[3])
        for place, cell in enumerate(cells):
            _write(line.cells[2 * place], (cell.label,), align=ALIGN.CENTER)
            _write(line.cells[2 * place + 1], _answer(cell))


def _answer(cell: Cell) -> Iterable[str]:
    if cell.options:
        yield "　".join(f"{'■' if each.ticked else '□'} {each.label}" for each in cell.options)
    if cell.value:
        yield cell.value
    if cell.note:
        yield cell.note
    if cell.signed:
        yield "签名：　　　　　　　　　年　　月　　日"


def _grid_table(paper: Paper, block: Grid) -> None:
    widths = tuple(_TABLE_MM * share // 100 for share in block.shares)
    lines = block.lines or ((block.empty, *("" for _ in block.columns[1:])),)
    table = _table(paper, rows=len(lines) + 1, widths=widths)
    for line, words in zip(table.rows, (block.columns, *lines), strict=True):
        for cell, each in zip(line.cells, words, strict=True):
            _write(cell, (each,))


def _table(paper: Paper, *, rows: int, widths: tuple[int, ...]) -> Table:
    table: Table = paper.add_table(rows=rows, cols=len(widths))
    table.style = paper.styles["Table Grid"]
    table.autofit = False
    for line in table.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _write(cell: _Cell, lines: Iterable[str], *, align: ALIGN | None = None) -> None:
    place = cell.paragraphs[0]
    for number, words in enumerate(lines):
        line = place if number == 0 else cell.add_paragraph()
        if align is not None:
            line.alignment = align
        line.paragraph_format.space_after = Pt(0)
        add_run(line, words, font=BODY, points=12 if number == 0 else 10.5)


def to_bytes(paper: Paper) -> bytes:
    """Return the finished file; the same words give the same bytes."""
    written = io.BytesIO()
    paper.save(written)
    return _without_moments(written.getvalue())


def _without_moments(file: bytes) -> bytes:
    """Pack the parts again, each with the same moment, so that the same words give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.infolist():
            fresh = zipfile.ZipInfo(part.filename, date_time=_LONG_AGO.timetuple()[:6])
            fresh.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fresh, old.read(part))
    return packed.getvalue()
