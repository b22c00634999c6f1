"""Which characters each file of the letters' font set holds.

Here: sets of code points and the plan of the files. How a file is made is in `fontbuild`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ASCII = frozenset(range(0x20, 0x7F))
# Every file needs the spaces: Pango keeps a space in the font of the run before it.
SPACES = frozenset({0x20, 0xA0, 0x3000})
# Letters with marks, for foreign names and pinyin, and signs no Chinese source has (© ® ² ³ – • €).
# Signs such as × and · stay Chinese, full width.
LATIN = (
    ASCII
    | frozenset(range(0xC0, 0x180)) - {0xD7, 0xF7}
    | frozenset(range(0x1CD, 0x1DD))
    | frozenset(range(0x1E00, 0x1F00))
    | {0xA0, 0xA5, 0xA9, 0xAE, 0xB2, 0xB3, 0xB5, 0x2013, 0x2022, 0x20AC, 0x2122}
)
# A tick, and the look-alikes of the middle dot that people type in names.
SIGNS = frozenset({0x2713, 0x2027, 0x30FB})
IDEOGRAPHS = (
    frozenset(range(0x3400, 0x4DC0))
    | frozenset(range(0x4E00, 0xA000))
    | frozenset(range(0xF900, 0xFB00))
    | frozenset(range(0x20000, 0x323B0))
)
# Punctuation that GB 2312 has under a code point of its own in Unicode.
PUNCTUATION = frozenset({0x3007, 0xB7, 0x2014, 0x2026, 0x3014, 0x3015, 0xD7})

# The first plane of GB 2312: rows 01-09 signs, rows 16-55 the 3,755 everyday characters,
# about 99.7 % of running text. A renderer copies every font file it uses into memory once a
# letter, so the everyday characters have a small file of their own.
_GB2312_ROWS = range(0xA1, 0xF8)
_GB2312_LEVEL_1_LAST_ROW = 0xD7


@dataclass(frozen=True)
class FontFile:
    """One file to build: its family, the font it comes from and the characters it takes."""

    family: str
    source: str
    characters: frozenset[int]
    face: str = ""  # the member's full name, where the source is a collection


def _two_byte(codec: str, first_bytes: range) -> Iterator[tuple[int, int]]:
    for high in first_bytes:
        for low in range(0x40, 0xFF):
            try:
                text = bytes((high, low)).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                yield high, ord(text)


def gb2312_level_1() -> frozenset[int]:
    """Give the signs and the 3,755 first-level characters of GB 2312."""
    return PUNCTUATION | {
        point
        for high, point in _two_byte("gb2312", _GB2312_ROWS)
        if high <= _GB2312_LEVEL_1_LAST_ROW
    }


def gb2312() -> frozenset[int]:
    """Give all characters of GB 2312-80."""
    return PUNCTUATION | {point for _, point in _two_byte("gb2312", _GB2312_ROWS)}


def gbk() -> frozenset[int]:
    """Give all characters of GBK."""
    return frozenset(point for _, point in _two_byte("gbk", range(0x81, 0xFF)))


def standard_list(path: Path) -> frozenset[int]:
    """Read the 8,105 characters of 通用规范汉字表, one a line."""
    return frozenset(ord(line[0]) for line in path.read_text("utf-8").splitlines() if line)


SERIF = "Noto Serif CJK SC"


def everyday_files(standard: frozenset[int], *, fang: frozenset[int]) -> list[FontFile]:
    """Plan the files kept in the repository: GB 2312 and the 8,105 in four faces.

    `fang` is what the 仿宋 source can draw; the rest of the 8,105 comes from 楷体-like WenKai.
    """
    first = gb2312_level_1() - ASCII | SPACES
    second = (gb2312() | standard) - first - LATIN | SPACES
    missing = (standard | SIGNS | (gbk() - IDEOGRAPHS)) - fang - LATIN | SPACES
    return [
        FontFile("jc-latin", "LiberationSerif-Regular.ttf", LATIN),
        FontFile("jc-fang-1", "FandolFang-Regular.otf", first - LATIN | SPACES),
        FontFile("jc-fang-2", "FandolFang-Regular.otf", second),
        FontFile("jc-hei-1", "FandolHei-Regular.otf", first - LATIN | SPACES),
        FontFile("jc-hei-2", "FandolHei-Regular.otf", second),
        FontFile("jc-kai-1", "FandolKai-Regular.otf", first - LATIN | SPACES),
        FontFile("jc-kai-2", "FandolKai-Regular.otf", second),
        FontFile("jc-biao-1", "NotoSerifCJK-Bold.ttc", first | ASCII, SERIF + " Bold"),
        FontFile("jc-biao-2", "NotoSerifCJK-Bold.ttc", second, SERIF + " Bold"),
        FontFile("jc-rare-1", "LXGWWenKai-Light.ttf", missing),
    ]


def rare_files(
    *, drawn: frozenset[int], wenkai: frozenset[int], noto: frozenset[int], hana: frozenset[int]
) -> list[FontFile]:
    """Plan the rare set: the rest of GBK and the extensions A to F.

    `drawn` is what the everyday files draw already; the others are what each source can draw.
    Each character comes from the first source that has it: WenKai, Noto Serif, HanaMin A, B.
    """
    wanted = (gbk() | IDEOGRAPHS) - drawn
    from_wenkai = wanted & gbk() & wenkai
    from_noto = (wanted - from_wenkai) & noto
    from_hana = (wanted - from_wenkai - from_noto) & hana
    from_hana_b = wanted - from_wenkai - from_noto - from_hana
    return [
        FontFile("jc-rare-2", "LXGWWenKai-Light.ttf", from_wenkai | SPACES),
        FontFile("jc-rare-3", "NotoSerifCJK-Regular.ttc", from_noto | SPACES, SERIF),
        FontFile("jc-rare-4", "HanaMinA.ttf", from_hana | SPACES),
        FontFile("jc-rare-5", "HanaMinB.ttf", from_hana_b | SPACES),
    ]


def licensed_files(
    face: str, source: str, *, usable: frozenset[int], standard: frozenset[int]
) -> list[FontFile]:
    """Plan the files made of a font of the office's own: everyday, the rest of 8,105, what is rare.

    `usable` is what the font draws in full width; a file that would be empty is left out.
    """
    first = gb2312_level_1() - LATIN
    second = (gb2312() | standard) - first - LATIN
    rare = (usable & (IDEOGRAPHS | gbk())) - first - second - LATIN
    return [
        FontFile(f"own-{face}-{number}", source, usable & part | SPACES)
        for number, part in enumerate((first, second, rare), start=1)
        if usable & part
    ]
