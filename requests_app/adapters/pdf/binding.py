"""Bind finished files into one: merged pages, numbers stamped on them, bookmarks.

By pikepdf; nothing here writes PDF by hand. Pictures become a page of A4 each. A file that cannot
be bound is refused with a Chinese sentence, so that the caller can put a page in its place.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from requests_app.adapters.pdf import papers, process

if TYPE_CHECKING:
    import pikepdf  # loaded when something is bound: most processes never do

_MM: Final = 72 / 25.4
_A4: Final = (210 * _MM, 297 * _MM)
_EDGE: Final = 15 * _MM
# Where a number stands: a field of 60 x 8 mm in the lower right corner of the page as it is read.
_STAMP: Final = (60 * _MM, 8 * _MM)
_STAMP_EDGE: Final = 6 * _MM
_MOST_PIXELS: Final = 2000
_QUARTER: Final = 90


class Unbindable(Exception):
    """A file cannot be bound; ``sentence`` says why, for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Leaf:
    """One file to bind, already a PDF: under which heading, by which name."""

    heading: str
    title: str
    content: bytes


def as_pdf(content: bytes, *, content_type: str) -> bytes:
    """Return ``content`` as a PDF that can be bound; refuse what cannot be with ``Unbindable``."""
    if content_type == "application/pdf":
        count_pages(content)
        return content
    if content_type.startswith("image/"):
        return _picture(content)
    raise Unbindable("不是PDF或者图片，不能装入；原件在压缩包中。")


def count_pages(content: bytes) -> int:
    """Count the pages of a PDF; refuse one that cannot be read or has none."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            count = len(opened.pages)
    except pikepdf.PasswordError:
        raise Unbindable("文件设有打开密码，不能装入；原件在压缩包中。") from None
    except (pikepdf.PdfError, ValueError):
        raise Unbindable("文件已损坏，不能读取；原件在压缩包中。") from None
    if count == 0:
        raise Unbindable("文件没有页面；原件在压缩包中。")
    return count


def bind(front: Sequence[Leaf], leaves: Sequence[Leaf], *, title: str) -> bytes:
    """Merge ``front`` and ``leaves``; the pages of ``leaves`` are numbered from 1.

    Bookmarks: one for each leaf in front, one for each heading with its leaves below it. What the
    result is, its hash on the row says: pikepdf names what it lays over a page by chance.
    """
    import pikepdf

    bound = pikepdf.new()
    with ExitStack() as stack:
        # Sources stay open until the whole is saved: their pages are copied only then.
        starts = [_append(bound, leaf, stack) for leaf in (*front, *leaves)]
        first = starts[len(front)] if leaves else len(bound.pages)
        _stamp(bound, first=first, stack=stack)
        _bookmark(bound, front=front, leaves=leaves, starts=starts)
        bound.docinfo["/Title"] = title
        bound.Root.Lang = pikepdf.String("zh-CN")
        bound.Root.PageMode = pikepdf.Name.UseOutlines
        saved = io.BytesIO()
        bound.save(
            saved, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return saved.getvalue()


def _append(bound: pikepdf.Pdf, leaf: Leaf, stack: ExitStack) -> int:
    import pikepdf

    source = stack.enter_context(pikepdf.open(io.BytesIO(leaf.content)))
    start = len(bound.pages)
    bound.pages.extend(source.pages)
    return start


def _stamp(bound: pikepdf.Pdf, *, first: int, stack: ExitStack) -> None:
    import pikepdf

    count = len(bound.pages) - first
    if count == 0:
        return
    numbers = [f"第 {number} 页　共 {count} 页" for number in range(1, count + 1)]
    drawn = process.shared.draw(papers.stamps_html(numbers), look=papers.LOOK)
    stamps = stack.enter_context(pikepdf.open(io.BytesIO(drawn)))
    for page, stamp in zip(list(bound.pages)[first:], stamps.pages, strict=True):
        page.add_overlay(stamp, _corner(page))


def _corner(page: pikepdf.Page) -> pikepdf.Rectangle:
    """Return the corner that is the lower right one for the reader, in the page's own measure."""
    import pikepdf

    left, bottom, right, top = (float(side) for side in page.cropbox)
    across, up = _STAMP
    near, low = _STAMP_EDGE, _STAMP_EDGE
    turned = int(page.obj.get("/Rotate", 0)) // _QUARTER % 4
    corners = {
        0: (right - near - across, bottom + low, right - near, bottom + low + up),
        1: (right - low - up, top - near - across, right - low, top - near),
        2: (left + near, top - low - up, left + near + across, top - low),
        3: (left + low, bottom + near, left + low + up, bottom + near + across),
    }
    return pikepdf.Rectangle(*corners[turned])


def _bookmark(
    bound: pikepdf.Pdf, *, front: Sequence[Leaf], leaves: Sequence[Leaf], starts: Sequence[int]
) -> None:
    import pikepdf

    with bound.open_outline() as outline:
        for leaf, start in zip(front, starts, strict=False):
            outline.root.append(pikepdf.OutlineItem(leaf.title, start))
        heading: pikepdf.OutlineItem | None = None
        for leaf, start in zip(leaves, starts[len(front) :], strict=True):
            if heading is None or heading.title != leaf.heading:
                heading = pikepdf.OutlineItem(leaf.heading, start)
                outline.root.append(heading)
            heading.children.append(pikepdf.OutlineItem(leaf.title, start))


def _picture(content: bytes) -> bytes:
    import pikepdf
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as opened:
            picture = opened.convert("L" if opened.mode in {"1", "L", "LA"} else "RGB")
    except (OSError, ValueError, Image.DecompressionBombError):
        raise Unbindable("图片不能读取；原件在压缩包中。") from None
    picture.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
    drawn = io.BytesIO()
    picture.save(drawn, "PDF", resolution=200.0, quality=85)
    with pikepdf.new() as page_of, pikepdf.open(drawn) as source:
        page = page_of.add_blank_page(page_size=_A4)
        form = page_of.copy_foreign(source.pages[0].as_form_xobject())
        # Named and placed by hand: pikepdf's own overlay takes a name by chance, and then the same
        # picture would never give the same bytes.
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=form))
        placed = _placement(*(float(side) for side in source.pages[0].mediabox))
        page.obj.Contents = page_of.make_stream(f"q {placed} cm /Picture Do Q".encode())
        saved = io.BytesIO()
        page_of.save(saved, deterministic_id=True)
    return saved.getvalue()


def _placement(left: float, bottom: float, right: float, top: float) -> str:
    """Return the matrix that puts a picture as large as it fits into the middle of A4."""
    width, height = right - left, top - bottom
    room_across, room_up = _A4[0] - 2 * _EDGE, _A4[1] - 2 * _EDGE
    scale = min(room_across / width, room_up / height)
    across = _EDGE + (room_across - width * scale) / 2
    up = _EDGE + (room_up - height * scale) / 2
    return f"{scale:.6f} 0 0 {scale:.6f} {across:.4f} {up:.4f}"
