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
from docx.shared import Mm, Pt
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
# GB/T 9704 5.2: 22 lines of 28 characters of 16 pt on 156 x 225 mm. Word counts the pitch of lines
# in 1/20 pt, and what is added to each character in 1/4096 pt.
_LINE_PITCH: Final = "579"
_CHARACTER_SPACE: Final = "-849"
_LONG_AGO: Final = dt.datetime(1980, 1, 1)  # noqa: DTZ001 (ZIP knows no earlier moment and no zone)
_TABLE_MM: Final = 165
_ASK_MM: Final = 33


def letter(text: LetterText) -> bytes:
    """Return a letter as a Word file on the grid of 28 characters by 22 lines."""
    paper = new_paper(title=text.title, author=text.issuer, margins=(37, 26, 35, 28))
    _grid(paper)
    _mark(paper, EDITABLE)
    add_line(paper, text.issuer, font=TITLE, points=26, align=ALIGN.CENTER)
    if text.number:
        add_line(paper, text.number, align=ALIGN.RIGHT)
    add_line(paper, text.title, font=TITLE, points=22, align=ALIGN.CENTER)
    add_line(paper, f"{text.addressee}：")
    for each in text.paragraphs:
        add_line(paper, each.text, font=HEADING.get(each.style, BODY), indent=True)
    for remedy in text.remedies:
        add_line(paper, remedy, indent=True)
    for place, name in enumerate(text.attachments, start=1):
        numbered = f"{place}.{name}" if len(text.attachments) > 1 else name
        add_line(paper, f"附件：{numbered}" if place == 1 else f"　　　{numbered}", indent=True)
    add_line(paper, text.signer, align=ALIGN.RIGHT)
    if text.dated_on:
        day = dt.date.fromisoformat(text.dated_on)
        add_line(paper, f"{day.year}年{day.month}月{day.day}日", align=ALIGN.RIGHT)
    if text.contact:
        add_line(paper, f"（{text.contact}）", indent=True)
    return to_bytes(paper)


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
    core = paper.core_properties
    core.title, core.author, core.language = title, author, "zh-CN"
    core.last_modified_by, core.comments, core.revision = author, "", 1
    core.created = core.modified = _LONG_AGO
    return paper


def _grid(paper: Paper) -> None:
    section = paper.sections[0]._sectPr  # noqa: SLF001 (python-docx has no door to the grid)
    grid = section.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section.append(grid)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), _LINE_PITCH)
    grid.set(qn("w:charSpace"), _CHARACTER_SPACE)


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
