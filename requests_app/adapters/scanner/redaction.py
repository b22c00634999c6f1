"""A look under the black of a redacted PDF: what a careless redaction leaves for anybody to find.

Finds, cheaply, that a PDF still holds text that can be marked and copied, or that its black is a note
lying on top. Neither proves a mistake; both are told to the clerk, who looks again.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pikepdf

#: Notes people draw black boxes with; they can be moved aside.
_COVERS: Final = frozenset(
    {"/Square", "/Redact", "/Highlight", "/Ink", "/Polygon", "/Stamp", "/FreeText", "/Line"}
)


@dataclass(frozen=True)
class Underneath:
    """On how many pages there is text to copy, and on how many notes lie on top."""

    text_pages: int
    covered_pages: int

    @property
    def sentence(self) -> str:
        """Say what to look at again; empty when nothing was found."""
        if self.covered_pages:
            return (
                f"有{self.covered_pages}页上的遮盖可能只是浮在上面的批注，移开就能看到下面；"
                "请打印后扫描，或者用能删去内容的软件处理后重新上传。"
            )
        if self.text_pages:
            return (
                f"有{self.text_pages}页还有可以选中、复制的文字；"
                "请试着选中遮盖的地方，确认下面的文字已经删去。"
            )
        return ""


def look_under(content: bytes) -> Underneath:
    """Look into a PDF that was let in already: which pages name fonts, which have covering notes."""
    library = _library()
    text = covered = 0
    plain: set[tuple[int, int]] = set()
    with library.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            text += _has_font(page.obj.get("/Resources"), plain=plain)
            notes = page.obj.get("/Annots")
            found = list(notes) if isinstance(notes, library.Array) else []
            covered += any(
                isinstance(each, library.Dictionary) and str(each.get("/Subtype")) in _COVERS
                for each in found
            )
    return Underneath(text, covered)


def _has_font(resources: pikepdf.Object | None, *, plain: set[tuple[int, int]]) -> bool:
    """Tell whether a page, or a form drawn on it, names a font: text nobody drew as a picture.

    Each form is looked at once, however often others draw it. ``plain`` are the forms that are known
    to name none; those found here join it.
    """
    library = _library()
    waiting, seen = [resources], set(plain)
    while waiting:
        here = waiting.pop()
        if not isinstance(here, library.Dictionary):
            continue
        fonts = here.get("/Font")
        if isinstance(fonts, library.Dictionary) and len(fonts.keys()):
            return True
        drawn = here.get("/XObject")
        for _, form in drawn.items() if isinstance(drawn, library.Dictionary) else ():
            if isinstance(form, library.Stream) and form.objgen not in seen:
                seen.add(form.objgen)
                waiting.append(form.get("/Resources"))
    plain |= seen
    return False


def _library() -> ModuleType:
    import pikepdf

    return pikepdf
