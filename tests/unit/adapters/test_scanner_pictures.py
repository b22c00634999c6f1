"""Pictures as they are kept: HEIC as JPEG, not larger than need be, identity papers marked."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from requests_app.adapters import scanner
from requests_app.adapters.scanner import FileKind
from requests_app.domain.errors import Refused

HEIC = (Path(__file__).parents[2] / "data" / "photo.heic").read_bytes()
MARK = "仅用于政府信息公开申请"
MEGABYTE = 1024 * 1024


def card(form="JPEG", mode="RGB", size=(900, 600)):
    """Draw something like an identity card: dark print on a light ground."""
    drawn = Image.new("RGB", size, (225, 232, 238))
    pen = ImageDraw.Draw(drawn)
    for top in range(60, size[1] - 40, 60):
        pen.text((60, top), "62 9999 1990 0307 8512", fill=(20, 20, 20), font_size=32)
    written = io.BytesIO()
    drawn.convert(mode).save(written, form)
    return written.getvalue()


def opened(content):
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize("name", ["IMG_2001.HEIC", "a.heif"])
def test_heic_comes_in_and_is_kept_as_jpeg_without_its_notes(name):
    found = scanner.inspect(
        io.BytesIO(HEIC), name=name, allowed=scanner.IDENTITY_PAPERS, max_bytes=MEGABYTE
    )
    kept = scanner.strip_image(found.content)

    assert (found.kind, found.kind.kept_as) == (FileKind.HEIC, FileKind.JPEG)
    assert found.clean_name.endswith(".jpg")
    assert (opened(kept).format, opened(kept).size) == ("JPEG", (320, 200))
    assert b"TestPhone" in HEIC
    assert b"TestPhone" not in kept
    # The stripes of the picture are still there.
    assert opened(kept).getpixel((8, 8)) != opened(kept).getpixel((0, 8))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (HEIC[:300], "file_damaged"),
        (b"\0\0\0\x18ftypheic", "file_damaged"),
        (card(), "file_disguised"),
        (b"MZ" + HEIC, "file_disguised"),
        (HEIC + b"<script>alert(1)</script>", "image_hides_something"),
    ],
    ids=[
        "cut off",
        "only a head",
        "a JPEG by that name",
        "a program before it",
        "script behind it",
    ],
)
def test_what_only_calls_itself_heic_is_refused(content, code):
    with pytest.raises(Refused) as caught:
        scanner.inspect(
            io.BytesIO(content), name="a.heic", allowed=scanner.IDENTITY_PAPERS, max_bytes=MEGABYTE
        )

    assert caught.value.codes == (code,)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_large_picture_is_made_smaller_and_a_small_one_left(form):
    small = scanner.strip_image(card(form), max_side=900)
    smaller = scanner.strip_image(card(form), max_side=450)

    assert opened(small).size == (900, 600)
    assert (opened(smaller).size, opened(smaller).format) == ((450, 300), form)


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "CMYK", "RGBA", "LA"])
def test_the_mark_is_seen_everywhere_and_print_stays_legible(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    before = card(form, mode)

    plain = opened(scanner.strip_image(before)).convert("L")
    marked = opened(scanner.strip_image(before, mark=MARK)).convert("L")

    changed = ImageChops.difference(plain, marked)
    for left in (0, 450):
        for top in (0, 300):
            corner = changed.crop((left, top, left + 450, top + 300))
            assert corner.getextrema()[1] > 30, (left, top)
    # What was dark stays darker than what was light, wherever the mark runs across it.
    dark = [m for p, m in zip(plain.tobytes(), marked.tobytes(), strict=True) if p < 40]
    light = [m for p, m in zip(plain.tobytes(), marked.tobytes(), strict=True) if p > 200]
    assert max(dark) < min(light)


def test_the_mark_shows_on_black_too():
    black = io.BytesIO()
    Image.new("RGB", (900, 600)).save(black, "PNG")

    marked = opened(scanner.strip_image(black.getvalue(), mark=MARK)).convert("L")

    assert marked.getextrema()[1] > 30


def test_kind_of_reads_the_name_that_was_given():
    assert [scanner.kind_of(name) for name in ("a.b.jpg", "附件.docx", "x.pdf")] == [
        FileKind.JPEG, FileKind.DOCX, FileKind.PDF,
    ]  # fmt: skip
