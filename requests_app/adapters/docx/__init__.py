"""Word files: the blank form, and letters for offices that must edit them.

The door; how the words get onto the page is in ``writing``. python-docx is loaded with the first
file, since most processes never write one.
"""

from __future__ import annotations

from typing import Final

from requests_app.domain.letter_text import LetterText
from requests_app.domain.report_document import Document
from requests_app.domain.sheets import Sheet

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def letter(text: LetterText) -> bytes:
    """Return a letter as a Word file on the grid of 28 characters by 22 lines, marked 供编辑."""
    from requests_app.adapters.docx import writing

    return writing.letter(text)


def sheet(sheet: Sheet) -> bytes:
    """Return a working paper, such as the blank form, as a Word file."""
    from requests_app.adapters.docx import writing

    return writing.sheet(sheet)


def report(document: Document) -> bytes:
    """Return an annual report as a Word file, its tables with their joined cells."""
    from requests_app.adapters.docx import reports

    return reports.report(document)
