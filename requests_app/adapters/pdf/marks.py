"""What an issued letter bears beside its words: the drawn seal and the code to scan.

Both are vector drawings without fonts, so that they archive, and with a title, so that they are
read aloud. A seal drawn on paper proves nothing by itself: the signature and the printed code do.
"""

import functools
import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import segno
from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from requests_app.adapters.pdf import child, fonts

SEAL_MM = 42.0  # 国务院关于国家行政机关印章管理的规定: at most 4.5 cm
RED = "#e60012"
_SVG = "http://www.w3.org/2000/svg"
_DRAWN_TAGS = frozenset(
    {"svg", "g", "path", "circle", "ellipse", "rect", "polygon", "line", "polyline"}
)
_DRAWN_ATTRIBUTES = frozenset(
    {
        *("d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "points", "width"),
        *("height", "viewBox", "transform", "fill", "fill-rule", "stroke", "stroke-width"),
        *("stroke-linecap", "stroke-linejoin"),
    }
)
_MASK = 4
MAX_SEAL_BYTES = 500_000
# The seal is drawn in a square of 420 units, a tenth of a millimetre each.
_SIZE, _CENTRE = 420, 210
_RING, _TEXT_RADIUS, _STAR = 204, 153, 52
_ARC_DEGREES = 250.0
_GLYPH, _NOTE_GLYPH = 46, 34
_TALL = 1.25  # the characters of a round seal stand taller than wide


class SealRefused(Exception):
    """A seal file is no plain vector drawing; `why` says what is in it, in Chinese."""

    def __init__(self, name: str, *, why: str) -> None:
        super().__init__(f"印章文件{name}不能使用：{why}。")


@dataclass(frozen=True)
class Marks:
    """The marks of one letter. An empty `seal` leaves room for a stamp by hand.

    `scan_words` say under the code what scanning it does.
    """

    seal: str = ""
    scan_url: str = ""
    scan_words: str = "扫码核验"
    verify_code: str = ""


def draw_code(url: str) -> str:
    """Draw the QR code of an address as SVG: one bar for each run of dark modules."""
    # One mask for all: trying the eight costs more than the letter's lines, and any can be scanned.
    rows = [bytes(row) for row in segno.make(url, error="m", mask=_MASK).matrix]
    bars = "".join(
        f"M {run.start()} {y} L {run.end()} {y} L {run.end()} {y + 1} L {run.start()} {y + 1} Z "
        for y, row in enumerate(rows)
        for run in re.finditer(b"\x01+", row)
    )
    return (
        f'<svg xmlns="{_SVG}" viewBox="0 0 {len(rows)} {len(rows)}">'
        f"<title>二维码：{_escaped(url)}</title>{_path(bars)}</svg>"
    )


def read_seal(path: Path, *, name: str) -> str:
    """Read the office's seal from an SVG file; refuse with SealRefused all but plain outlines."""
    raw = path.read_bytes()
    if len(raw) > MAX_SEAL_BYTES:
        raise SealRefused(path.name, why="文件过大")
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise SealRefused(path.name, why="含有文档类型声明")
    try:
        root = ET.fromstring(raw)  # noqa: S314 (the office's own file, without entities)
    except ET.ParseError:
        raise SealRefused(path.name, why="不是SVG文件") from None
    if root.tag != f"{{{_SVG}}}svg" or not root.get("viewBox"):
        raise SealRefused(path.name, why="不是带viewBox的SVG文件")
    _refuse_all_but_outlines(root, path=path)
    for attribute in ("width", "height"):
        root.attrib.pop(attribute, None)
    title = ET.Element(f"{{{_SVG}}}title")
    title.text = f"{name}印章"
    root.insert(0, title)
    ET.register_namespace("", _SVG)
    return ET.tostring(root, encoding="unicode")


def _refuse_all_but_outlines(root: ET.Element, *, path: Path) -> None:
    for element in root.iter():
        tag = element.tag.removeprefix(f"{{{_SVG}}}")
        if tag not in _DRAWN_TAGS:
            raise SealRefused(path.name, why=f"含有{tag}，只能有矢量轮廓")
        strange = sorted(set(element.attrib) - _DRAWN_ATTRIBUTES)
        if strange or any("url(" in value for value in element.attrib.values()):
            raise SealRefused(path.name, why=f"{tag}含有不允许的属性{'、'.join(strange)}")


@functools.lru_cache(maxsize=32)
def draw_demo_seal(name: str) -> str:
    """Draw a round seal with a star that says 演示 across: nobody can take it for a real one."""
    step = min(_ARC_DEGREES / max(1, len(name)), 36.0)
    first = -step * (len(name) - 1) / 2
    size = min(_GLYPH, _TEXT_RADIUS * math.radians(step) * 0.92)
    pen = _PlainPen()
    for index, character in enumerate(name):
        turned = Transform().translate(_CENTRE, _CENTRE).rotate(math.radians(first + step * index))
        _draw_glyph(character, pen, turned.translate(0, -_TEXT_RADIUS), size=size, tall=_TALL)
    note = "演示专用"
    start = _CENTRE - _NOTE_GLYPH * (len(note) - 1) / 2
    for index, character in enumerate(note):
        place = Transform().translate(start + _NOTE_GLYPH * index, _CENTRE + 140)
        _draw_glyph(character, pen, place, size=_NOTE_GLYPH)
    return (
        f'<svg xmlns="{_SVG}" viewBox="0 0 {_SIZE} {_SIZE}"><title>{_escaped(name)}印章（演示专用，无效）</title>'
        f'<circle cx="{_CENTRE}" cy="{_CENTRE}" r="{_RING}" fill="none" stroke="{RED}" stroke-width="12"/>'
        f'<g fill="{RED}"><polygon points="{_star()}"/>{_path(pen.written())}</g></svg>'
    )


class _PlainPen(BasePen):  # type: ignore[misc]  # fontTools ships no types
    """Writes outlines by absolute M, L, C and Z alone, as `child` takes over without parsing."""

    def __init__(self) -> None:
        super().__init__(None)
        self._parts: list[str] = []

    def written(self) -> str:
        return " ".join(self._parts)

    def _write(self, letter: str, *points: tuple[float, float]) -> None:
        self._parts += [letter, *(f"{x:.1f} {y:.1f}" for x, y in points)]

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 (fontTools' own names)
        self._write("M", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 (fontTools' own names)
        self._write("L", pt)

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._write("C", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802 (fontTools' own names)
        self._parts.append("Z")


def _path(outline: str) -> str:
    return f'<path class="{child.PLAIN_PATH}" d="{outline.strip()}"/>'


def _star() -> str:
    corners = []
    for index in range(10):
        radius = _STAR if index % 2 == 0 else _STAR * 0.382
        angle = math.radians(36 * index - 90)
        corners.append(
            f"{_CENTRE + radius * math.cos(angle):.2f},{_CENTRE + radius * math.sin(angle):.2f}"
        )
    return " ".join(corners)


def _draw_glyph(
    character: str, pen: _PlainPen, place: Transform, *, size: float, tall: float = 1.0
) -> None:
    """Draw one character, its middle where `place` leads; one that no everyday font has is left out.

    A seal for show may lack a rare character; the letter's own text never does.
    """
    for family in ("jc-biao-1", "jc-biao-2", "jc-fang-1", "jc-fang-2", "jc-rare-1", "jc-latin"):
        font = _font(family)
        name = font.getBestCmap().get(ord(character))
        if name is not None:
            glyphs = font.getGlyphSet()
            bounds = BoundsPen(glyphs)
            glyphs[name].draw(bounds)
            left, low, right, high = bounds.bounds or (0, 0, 0, 0)
            scale = size / font["head"].unitsPerEm
            drawn = place.scale(scale, -scale * tall).translate(
                -(left + right) / 2, -(low + high) / 2
            )
            glyphs[name].draw(TransformPen(pen, drawn))
            return


@functools.cache
def _font(family: str) -> TTFont:
    return TTFont(fonts.EVERYDAY_FOLDER / f"{family}.ttf", lazy=True)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
