"""The annual report as a Word file: headings, paragraphs, and tables with joined cells."""

from __future__ import annotations

from typing import Final

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt
from docx.table import Table

from requests_app.adapters.docx import writing
from requests_app.domain.report_document import Document, FormCell, FormTable

_PAGE_MM: Final = 165
_TEXT_POINTS: Final = 14
_CELL_POINTS: Final = 8.5


def report(document: Document) -> bytes:
    """Return the report as a Word file."""
    paper = writing.new_paper(
        title=document.title, author=document.issuer, margins=(22, 20, 22, 25)
    )
    writing.add_line(paper, document.issuer, points=12, align=ALIGN.CENTER)
    writing.add_line(paper, document.title, font=writing.TITLE, points=20, align=ALIGN.CENTER)
    for section in document.sections:
        head = writing.add_line(paper, section.heading, font=writing.HEADING["h1"], points=14)
        head.paragraph_format.keep_with_next = True
        for words in section.paragraphs:
            writing.add_line(paper, words, points=_TEXT_POINTS, indent=True)
        for table in section.tables:
            _table(paper, table)
            writing.add_line(paper, "", points=6)
    for words in document.foot:
        writing.add_line(paper, words, points=9)
    return writing.to_bytes(paper)


def _table(paper: Paper, form: FormTable) -> None:
    made: Table = paper.add_table(rows=len(form.rows), cols=len(form.widths))
    made.style = paper.styles["Table Grid"]
    made.autofit = False
    whole = sum(form.widths)
    for place, width in enumerate(form.widths):
        for cell in made.columns[place].cells:
            cell.width = Mm(_PAGE_MM * width / whole)
    taken: set[tuple[int, int]] = set()
    for at, cells in enumerate(form.rows):
        column = 0
        for cell in cells:
            while (at, column) in taken:
                column += 1
            _put(made, cell, at=at, column=column)
            taken |= {
                (at + below, column + beside)
                for below in range(cell.rows)
                for beside in range(cell.columns)
            }
            column += cell.columns


def _put(made: Table, cell: FormCell, *, at: int, column: int) -> None:
    place = made.cell(at, column)
    if cell.rows > 1 or cell.columns > 1:
        place = place.merge(made.cell(at + cell.rows - 1, column + cell.columns - 1))
    line = place.paragraphs[0]
    line.paragraph_format.space_after = Pt(0)
    if cell.key is not None or cell.columns > 1:
        line.alignment = ALIGN.CENTER
    writing.add_run(line, cell.text, font=writing.BODY, points=_CELL_POINTS)
