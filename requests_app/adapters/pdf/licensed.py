"""The office's own fonts: what lies in the folder it names, and whether letters can be drawn with it.

方正小标宋, 仿宋_GB2312, 楷体_GB2312 and 黑体 may not be shipped, but many offices own them. Each file is
known by the names inside it or by its file name; it is looked at without being changed. What is made
of it stands in `fontbuild`, where that lies in `fonts`.
"""

import functools
import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from fontTools.ttLib import TTFont, TTLibError

from requests_app.adapters.pdf import charsets

FACES: Final = MappingProxyType({"fang": "仿宋", "hei": "黑体", "kai": "楷体", "biao": "小标宋"})
#: File names that settle the face, whatever the names inside the file say.
FILE_NAMES: Final = MappingProxyType(
    {"fangsong": "fang", "heiti": "hei", "kaiti": "kai", "xiaobiaosong": "biao"}
)
_KNOWN_BY: Final = MappingProxyType(
    {
        "fang": ("仿宋", "fangsong", "simfang", "fzfs"),
        "hei": ("黑体", "simhei", "heiti", "fzht", "fzhei"),
        "kai": ("楷体", "kaiti", "simkai", "fzkt", "fzkai"),
        "biao": ("小标宋", "xiaobiaosong", "fzxbs"),
    }
)
_SUFFIXES: Final = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_NAMES: Final = (1, 4, 6, 16)  # family, full name, PostScript name, typographic family
# OS/2.fsType: what the font's owner allows (OpenType specification, OS/2 table).
_USAGE, _RESTRICTED, _NO_SUBSETTING, _BITMAP_ONLY = 0x000E, 0x0002, 0x0100, 0x0200
_SPACE: Final = 0x20
_NAMED_AT_MOST: Final = 5
# What fontTools raises on a file that is no font, cut off or full of nonsense.
BROKEN: Final = (
    *(TTLibError, OSError, struct.error, AssertionError, ValueError, KeyError, IndexError),
    *(TypeError, AttributeError, OverflowError, EOFError),
)


@dataclass(frozen=True)
class Look:
    """What a folder holds: a file for each face that has one, and what is wrong, in Chinese."""

    files: MappingProxyType[str, Path]
    problems: tuple[str, ...]


def state(folder: Path) -> str:
    """Name what the folder holds now; another file, size or moment of change gives another name."""
    try:
        found = [(path.name, path.stat()) for path in _font_files(folder)]
        told = "\n".join(f"{name} {each.st_size} {each.st_mtime_ns}" for name, each in found)
    except OSError:
        told = "not to be read"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def look(folder: Path) -> Look:
    """Look at every font file in the folder; kept for as long as the files stay what they are."""
    return _look(folder, state(folder))


@functools.lru_cache(maxsize=4)
def _look(folder: Path, _state: str) -> Look:
    if not folder.is_dir():
        return _nothing(f"找不到自有字库文件夹{folder}，或者不能读取。")
    try:
        paths = _font_files(folder)
    except OSError:
        return _nothing(f"自有字库文件夹{folder}不能读取。")
    if not paths:
        return _nothing(f"自有字库文件夹{folder}里没有字体文件（.ttf、.otf）。")
    files: dict[str, Path] = {}
    problems: list[str] = []
    for path in paths:
        try:
            face, wrong = _judged(path)
        except BROKEN:
            face, wrong = "", "打不开，或者已经损坏"
        if wrong:
            problems.append(f"自有字体文件{path.name}不能使用：{wrong}。")
        elif face in files:
            problems.append(
                f"自有字体文件{files[face].name}和{path.name}都是{FACES[face]}，请只留一个。"
            )
        else:
            files[face] = path
    return Look(MappingProxyType(files), tuple(problems))


def _nothing(problem: str) -> Look:
    return Look(MappingProxyType({}), (problem,))


def _font_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)


def _judged(path: Path) -> tuple[str, str]:
    """Give the face a file is for and what is wrong with it, one of them empty."""
    if path.suffix.lower() in {".ttc", ".otc"}:
        return "", "是字体集合，请换成单个的字体文件"
    if _is_cut_off(path):
        return "", "打不开，或者已经损坏"
    with TTFont(path, lazy=True) as font:
        if wrong := next(_objections(font), ""):
            return "", wrong
        faces = sorted(_faces(font, path))
    if len(faces) == 1:
        return faces[0], ""
    names = "、".join(f"{name}.ttf（{FACES[face]}）" for name, face in FILE_NAMES.items())
    return "", f"看不出是哪种字体，请按字体改名为{names}"


def _is_cut_off(path: Path) -> bool:
    """Say whether a table lies beyond the end of the file; fontTools would notice only when it reads it."""
    size = path.stat().st_size
    with TTFont(path, lazy=True) as font:
        return any(each.offset + each.length > size for each in font.reader.tables.values())


def _objections(font: Any) -> Iterator[str]:
    if "glyf" not in font and "CFF " not in font:
        yield "没有矢量轮廓"
    if "fvar" in font:
        yield "是可变字体，请换成固定字重的文件"
    allowed = font["OS/2"].fsType
    if allowed & _USAGE == _RESTRICTED:
        yield "字体文件声明不允许嵌入文档，请向字体厂商取得可嵌入的版本"
    if allowed & _NO_SUBSETTING:
        yield "字体文件声明不允许只嵌入用到的字，请向字体厂商取得可以子集嵌入的版本"
    if allowed & _BITMAP_ONLY:
        yield "字体文件声明只允许嵌入点阵"
    drawn = font.getBestCmap() or {}
    if _SPACE not in drawn:
        yield "没有空格字符"
    lacking = sorted(
        point for point in charsets.gb2312_level_1() & charsets.IDEOGRAPHS if point not in drawn
    )
    if lacking:
        named = "、".join(map(chr, lacking[:_NAMED_AT_MOST]))
        yield f"缺少{len(lacking)}个一级汉字，例如{named}"


def _faces(font: Any, path: Path) -> set[str]:
    settled = FILE_NAMES.get(path.stem.lower())
    if settled:
        return {settled}
    names = [path.stem, *(str(each) for each in font["name"].names if each.nameID in _NAMES)]
    told = " ".join(names).lower()
    return {face for face, words in _KNOWN_BY.items() if any(word in told for word in words)}


def sha256s(files: MappingProxyType[str, Path]) -> dict[str, str]:
    """Give the SHA-256 of each face's file: kept beside what is built, as proof of what was used."""
    return {face: hashlib.sha256(path.read_bytes()).hexdigest() for face, path in files.items()}
