"""Letters as PDF: the only door to WeasyPrint, its fonts and its renderer.

Callers give the text of a letter as plain data and get the bytes of a PDF/A-3a, PDF/UA-1 file, or
an error with a Chinese sentence. The same text gives the same bytes on the same installation: no
clock is read. What a letter says is `domain.letters`; how it is numbered and frozen, the services.
"""

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import get_template

from requests_app.adapters.pdf import fonts, papers, process, reports, sheet
from requests_app.adapters.pdf.errors import (
    Failure,
    MissingGlyphs,
    PdfError,
    PdfUnavailable,
    RenderFailed,
)
from requests_app.adapters.pdf.marks import Marks, SealRefused, draw_demo_seal, read_seal
from requests_app.adapters.pdf.readiness import limits, problems
from requests_app.adapters.pdf.text import clean, uncovered
from requests_app.domain.report_document import Document
from requests_app.domain.sheets import Cover, Label, Sheet

__all__ = [
    "Failure",
    "Marks",
    "MissingGlyphs",
    "PdfError",
    "PdfUnavailable",
    "RenderFailed",
    "SealRefused",
    "clean",
    "draw_demo_seal",
    "layout_version",
    "limits",
    "problems",
    "read_seal",
    "render_cover",
    "render_label",
    "render_letter",
    "render_report",
    "render_sheet",
    "report_html",
    "uncovered",
]

OFFICE_TIME = ZoneInfo("Asia/Shanghai")
_TEMPLATES = ("letter.html", "base.html", "_lines.html", "letter.css")


def render_letter(
    text: Mapping[str, Any],
    *,
    draft: bool = False,
    facts: Mapping[str, Any] | None = None,
    marks: Marks | None = None,
) -> bytes:
    """Draw a letter from its text (`domain.letters.LetterText.to_dict()`).

    A draft bears the watermark 草稿 and no number, and empty frames where an issued letter has seal
    and code; otherwise number and date must be there. `facts` travel inside the file as `case.json`. Refuses with MissingGlyphs naming the characters
    no font has, PdfUnavailable where this machine cannot draw, RenderFailed for this one letter.
    """
    html = sheet.letter_html(text, draft=draft, marks=marks or Marks())
    attachments = [] if facts is None else [_attached(facts, on=sheet.created_on(text))]
    return process.shared.draw(html, attachments=attachments)


@functools.lru_cache(maxsize=8)
def render_sheet(sheet: Sheet) -> bytes:
    """Draw a working paper; the last few are kept, since the blank form is asked for by everybody.

    A character without a glyph is printed as its code point. Refuses with PdfUnavailable where
    this machine cannot draw, RenderFailed for this one paper.
    """
    return process.shared.draw(papers.sheet_html(sheet), look=papers.LOOK)


def render_label(label: Label) -> bytes:
    """Draw an envelope's address label; refuses as ``render_sheet`` does."""
    return process.shared.draw(papers.label_html(label), look=papers.LOOK)


def render_cover(cover: Cover) -> bytes:
    """Draw the cover of a file; refuses as ``render_sheet`` does."""
    return process.shared.draw(papers.cover_html(cover), look=papers.LOOK)


def render_report(document: Document, *, draft: bool) -> bytes:
    """Draw an annual report; refuses as ``render_sheet`` does."""
    return process.shared.draw(reports.page_html(document, draft=draft), look=papers.LOOK)


def report_html(document: Document) -> str:
    """Return an annual report as one ``article`` of HTML."""
    return reports.site_html(document)


@functools.cache
def layout_version() -> str:
    """Name the look of letters: a short hash of templates, style sheet and fonts.

    Kept beside an issued letter, it says whether a later drawing could differ.
    """
    digest = hashlib.sha256()
    for name in _TEMPLATES:
        template: Any = get_template(f"letters/{name}")
        digest.update(Path(template.origin.name).read_bytes())
    for folder in fonts.folders():
        digest.update((folder / "metrics.json").read_bytes())
    return digest.hexdigest()[:12]


def _attached(facts: Mapping[str, Any], *, on: dt.date | None) -> dict[str, str]:
    moment = dt.datetime.combine(on or dt.date(1970, 1, 1), dt.time(), tzinfo=OFFICE_TIME)
    return {
        "name": "case.json",
        "description": "办件数据",
        "content": json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1),
        # It is written into the file without its zone.
        "moment": moment.astimezone(dt.UTC).isoformat(),
    }
