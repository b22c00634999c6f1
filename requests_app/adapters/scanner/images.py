"""The look inside an uploaded picture, and the picture without what a camera notes beside it."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Final

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from requests_app.adapters.scanner import watermark
from requests_app.domain.errors import Reason, Refused

MAX_PIXELS: Final = 50_000_000
# A few kilobytes of nothing may announce all of these; drawing them costs seconds each.
MAX_CHEAP_PIXELS: Final = 16_000_000
MAX_RATIO: Final = 200  # a photograph shrinks to a tenth, a scanned page of print to a hundredth

_FORMATS: Final = ("JPEG", "PNG")
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
#: Fine enough for the small print of an identity card.
_QUALITY: Final = 88
# What no picture holds by chance, and what a browser or server might run if it were tricked.
_SCRIPT_MARKS: Final = (b"<script", b"<?php", b"<html", b"<!doctype", b"%pdf-")
_UNREADABLE_IMAGE: Final = (
    OSError,
    SyntaxError,  # Pillow's word for a broken PNG
    ValueError,
    EOFError,
    struct.error,
)
# Pillow looks at the announced size itself when it opens a file, before we can.
_BOMB: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)

_DAMAGED: Final = Reason("file_damaged", "图片已损坏或没有传完整，请重新选择或重新拍照。")
_TOO_MANY_PIXELS: Final = Reason(
    "image_too_many_pixels", "图片尺寸过大，请缩小到 1600 万像素以内后再传。"
)
_HIDES_SOMETHING: Final = Reason(
    "image_hides_something", "图片里夹带了程序代码或其他文件，请重新拍照或截屏后再传。"
)


def check(content: bytes) -> None:
    """Refuse a picture that is damaged, too large to draw, or that something else hides in."""
    try:
        with _opened(content) as image:
            _check_pixels(image, size=len(content))
            image.verify()
        with _opened(content) as image:
            # A JPEG is read through at an eighth of its size: as strict, in a fraction of the memory.
            image.draft("RGB", (max(image.width // 8, 1), max(image.height // 8, 1)))
            image.load()
    except _BOMB as error:
        raise Refused((_TOO_MANY_PIXELS,)) from error
    except _UNREADABLE_IMAGE as error:
        raise Refused((_DAMAGED,)) from error
    lowered = content.lower()
    if any(mark in lowered for mark in _SCRIPT_MARKS) or zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused((_HIDES_SOMETHING,))


def strip_image(content: bytes, *, max_side: int | None = None, mark: str = "") -> bytes:
    """Draw a picture anew and keep nothing but the picture: no place, device or date.

    The turn a telephone notes beside the picture is applied first, since the note goes too. A JPEG
    keeps the fineness it came with, so that small print stays legible and the size about the same;
    HEIC becomes JPEG, which every machine of the office can show. A picture whose longer side has
    more than ``max_side`` pixels is made smaller; ``mark`` is printed across it, over and over.
    """
    try:
        with _opened(content) as opened:
            _check_pixels(opened, size=len(content))
            picture = ImageOps.exif_transpose(opened)
            if "transparency" in picture.info:
                picture = picture.convert("RGBA")
            picture.info = {}
            smaller = max_side is not None and max(picture.size) > max_side
            if max_side is not None and smaller:
                picture = _drawable(picture)
                picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
            if mark:
                picture = watermark.draw(_drawable(picture), mark)
            return _saved(picture, opened, as_it_came=not smaller and not mark)
    except _BOMB as error:
        raise Refused((_TOO_MANY_PIXELS,)) from error
    except _UNREADABLE_IMAGE as error:
        raise Refused((_DAMAGED,)) from error


def _saved(picture: Image.Image, opened: Image.Image, *, as_it_came: bool) -> bytes:
    drawn = io.BytesIO()
    if opened.format == "PNG":
        # Not optimised: that tries every filter, four times as long for one part in thirty.
        picture.save(drawn, "PNG")
    elif as_it_came and isinstance(opened, JpegImageFile):
        picture.save(
            drawn,
            "JPEG",
            qtables=opened.quantization,
            subsampling=get_sampling(opened),
            optimize=True,
        )
    else:
        picture = picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")
        picture.save(drawn, "JPEG", quality=_QUALITY, optimize=True)
    return drawn.getvalue()


def _drawable(picture: Image.Image) -> Image.Image:
    """Return the picture with whole tones, so that it can be made smaller and written upon."""
    if picture.mode in {"L", "RGB", "RGBA"}:
        return picture
    if picture.mode == "1" or picture.mode.startswith("I"):
        return picture.convert("L")
    return picture.convert("RGBA" if "A" in picture.getbands() else "RGB")


def _opened(content: bytes) -> Image.Image:
    if is_heic(content):
        # Loaded with the first such picture: a library of its own, with a decoder of moving pictures.
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
        return Image.open(io.BytesIO(content), formats=("HEIF",))
    return Image.open(io.BytesIO(content), formats=_FORMATS)


def is_heic(content: bytes) -> bool:
    """Tell whether the first bytes are those of a still picture in HEIC."""
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS


def _check_pixels(image: Image.Image, *, size: int) -> None:
    pixels = image.width * image.height
    unpacked = pixels * len(image.getbands()) // (8 if image.mode == "1" else 1)
    if pixels > MAX_PIXELS or (pixels > MAX_CHEAP_PIXELS and unpacked > MAX_RATIO * size):
        raise Refused((_TOO_MANY_PIXELS,))
