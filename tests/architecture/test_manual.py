"""The manuals' pictures: each one named is there, described in words, and small; none lies about."""

import re
from pathlib import Path

from PIL import Image

MANUAL = Path("docs/manual")
NAMED = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<file>[^)]+)\)")
MOST_BYTES, MOST_TOGETHER, WIDTH = 120_000, 1_500_000, 1280


def named():
    """Return what stands for each picture, by its file."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(MANUAL.glob("*.md"))]
    return {
        MANUAL / found["file"]: found["words"] for text in texts for found in NAMED.finditer(text)
    }


def test_every_picture_named_is_there_and_every_picture_there_is_named():
    assert set(named()) == set(MANUAL.rglob("*.png"))


def test_every_picture_is_told_in_chinese_words_for_who_cannot_see_it():
    assert [
        file for file, words in named().items() if len(re.findall(r"[一-鿿]", words)) < 10
    ] == []


def test_pictures_are_wide_enough_to_read_and_small_enough_to_keep():
    sizes = {file: file.stat().st_size for file in MANUAL.rglob("*.png")}

    assert {file: size for file, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) < MOST_TOGETHER
    assert {Image.open(file).width for file in sizes} == {WIDTH}
