"""Working papers as PDF: forms, slips, lists, labels, covers, drawn from ``domain.sheets``.

The same renderer as for letters with a style sheet of their own. A letter is refused when a
character has no glyph; a working paper quotes what people typed and must still come out, so there
such a character is printed as its code point, ［U+1F600］, never as a box.
"""

from __future__ import annotations

import functools
from html.parser import HTMLParser
from typing import Any, Final

from django.template.loader import render_to_string

from requests_app.adapters.pdf import fonts, text
from requests_app.domain.sheets import Cover, Grid, Label, Rows, Sheet, Words

LOOK: Final = "paper"
_BLOCKS: Final = {Rows: "rows", Grid: "grid", Words: "words"}


def stylesheet() -> str:
    """Give the style sheet of all working papers."""
    return render_to_string(
        "papers/papers.css", {"shares": range(1, 101), "families": fonts.family_lists()}
    )


def sheet_html(sheet: Sheet) -> str:
    """Lay a sheet out as HTML; every character in it can be drawn."""
    blocks = [
        {"template": f"papers/_{_BLOCKS[type(each)]}.html", "block": each} for each in sheet.blocks
    ]
    return drawable("papers/sheet.html", {"sheet": sheet, "blocks": blocks, "title": sheet.title})


def label_html(label: Label) -> str:
    """Lay an envelope's label out."""
    return drawable("papers/label.html", {"label": label, "title": "邮寄信封签条"})


def cover_html(cover: Cover) -> str:
    """Lay the cover of a file out."""
    return drawable("papers/cover.html", {"cover": cover, "title": cover.title})


def stamps_html(numbers: list[str]) -> str:
    """Lay out one page for each number, empty but for it; laid over the pages of a file."""
    return drawable("papers/stamps.html", {"numbers": numbers, "title": "页码"})


class _Words(HTMLParser):
    """Gather the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def drawable(template: str, context: dict[str, Any]) -> str:
    """Fill a template of ours; a character no font has is written as its code point."""
    html = text.clean(render_to_string(template, context))
    words = _Words()
    words.feed(html)
    for character in text.uncovered("".join(words.found)):
        html = html.replace(character, named(character))
    return html


@functools.cache
def named(character: str) -> str:
    """Write a character no font has as its code point."""
    return f"［U+{ord(character):04X}］"
