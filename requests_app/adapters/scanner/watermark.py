"""Words printed across a picture: faint, over and over, so that what lies below stays legible.

For pictures of identity papers, so that a copy that gets out serves nobody for anything else. The
words come from the office's settings, the letters from the bundled fonts.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

_FONTS: Final = tuple(
    Path(__file__).parents[2] / "data" / "fonts" / name
    for name in ("jc-hei-1.ttf", "jc-hei-2.ttf", "jc-latin.ttf")
)
_DEGREES: Final = 28
#: Of the shorter side of the picture.
_SIZE: Final = 0.05
_SMALLEST: Final = 12
#: Of 255: enough to be seen on black and on white, too little to hide print.
_INK: Final = 82
_HALO: Final = 46
_RED: Final = (150, 32, 32)
_WHITE: Final = (255, 255, 255)


def draw(picture: Image.Image, words: str) -> Image.Image:
    """Return the picture with ``words`` across it. Takes the modes L, RGB and RGBA."""
    size = max(_SMALLEST, round(min(picture.size) * _SIZE))
    ink, halo = _tile(words, size)
    coloured = picture.mode != "L"
    marked = picture.copy()
    for tile, colour, tone, strength in ((halo, _WHITE, 255, _HALO), (ink, _RED, 48, _INK)):
        mask = Image.new("L", picture.size)
        for row, top in enumerate(range(-tile.height // 2, picture.height, tile.height)):
            # Every other line is moved by half, so that no place stays free from top to bottom.
            start = -(row % 2) * tile.width // 2
            for left in range(start, picture.width, tile.width):
                mask.paste(tile, (left, top))
        mask = mask.point(lambda value, strength=strength: value * strength // 255)
        if coloured:
            over = Image.new("RGB", picture.size, colour)
            marked.paste(over.convert(picture.mode), mask=mask)
        else:
            marked.paste(tone, mask=mask)
    return marked


def _tile(words: str, size: int) -> tuple[Image.Image, Image.Image]:
    """Return one tile twice: the letters, and the letters with a margin that shows on dark ground."""
    # Wider than the words, so that two of them do not run together.
    plain, wide = (_line(words, size, stroke) for stroke in (0, max(1, size // 16)))
    return tuple(  # type: ignore[return-value]
        line.rotate(_DEGREES, expand=True, resample=Image.Resampling.BICUBIC)
        for line in (plain, wide)
    )


def _line(words: str, size: int, stroke: int) -> Image.Image:
    margin = size
    line = Image.new("L", (size * len(words) + 2 * margin, 2 * size))
    pen = ImageDraw.Draw(line)
    left = float(margin)
    for char in words:
        font = _font(size, _font_with(char))
        pen.text((left, size // 2), char, font=font, fill=255, stroke_width=stroke)
        left += font.getlength(char)
    return line


@functools.lru_cache(maxsize=16)
def _font(size: int, number: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS[number]), size)


def _font_with(char: str) -> int:
    return next((n for n, known in enumerate(_known()) if ord(char) in known), 0)


@functools.cache
def _known() -> tuple[frozenset[int], ...]:
    """Return which characters each font has: the letters of one face lie in several files."""
    found = []
    for path in _FONTS:
        with TTFont(path, lazy=True) as font:
            found.append(frozenset(font.getBestCmap()))
    return tuple(found)
