"""Makes the letters' font files from freely licensed fonts of the operating system.

Every file becomes TrueType with the same height, without hinting and layout tables, under a name
of our own (the licences reserve the original names). TrueType, because some readers show nothing
where glyphs of a subset of a CID font are numbered by glyph. The same sources give the same bytes.
Drawing letters never needs this module; set-up and developers do.
"""

import json
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable

from requests_app.adapters.pdf import charsets, licensed

# In units of a 1000-unit em; a full character is as high as its em, and no fallback moves a line.
ASCENT, DESCENT = 880, 120
# How far a quadratic outline may stray from the cubic one: 2.5/1000 em is 0.014 mm at 16 pt.
MAX_STRAY = 2.5
FULL_WIDTH = 1000
WIDTH_TOLERANCE = 5

_DROPPED_TABLES = [
    *("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "kern", "meta", "MERG"),
    *("EBDT", "EBLC", "FFTM", "PfEd", "TeX ", "prop", "morx", "feat", "gasp", "cvt ", "fpgm"),
    *("prep", "VDMX", "hdmx", "LTSH"),
]


class SourceMissing(Exception):
    """A font file to build from is not on this machine."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class SourceBroken(Exception):
    """A font of the office's own could not be converted; nothing is left of the attempt."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def find_sources(folders: Iterable[Path]) -> dict[str, Path]:
    """List the font files below `folders` by file name; the first folder wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.[ot]t[fc]")):
            found.setdefault(path.name, path)
    return found


def build_everyday(sources: dict[str, Path], target: Path, *, standard: Path) -> list[Path]:
    """Build the files of the repository into `target`, with their `metrics.json`.

    Refuses with SourceMissing where a font to build from is not there.
    """
    wanted = charsets.everyday_files(
        charsets.standard_list(standard), fang=_drawn(sources, "FandolFang-Regular.otf")
    )
    return _build(wanted, sources, target, measured=("jc-latin", "jc-fang", "jc-rare"))


def build_rare(sources: dict[str, Path], target: Path, *, drawn: frozenset[int]) -> list[Path]:
    """Build the rest of GBK and the extensions A to F into `target`, with their `metrics.json`.

    `drawn` is what the everyday files can draw. Refuses with SourceMissing as above.
    """
    wanted = charsets.rare_files(
        drawn=drawn,
        wenkai=_drawn(sources, "LXGWWenKai-Light.ttf"),
        noto=_drawn(sources, "NotoSerifCJK-Regular.ttc", charsets.SERIF),
        hana=_drawn(sources, "HanaMinA.ttf"),
    )
    return _build(wanted, sources, target, measured=("jc-rare",))


def build_licensed(
    files: Mapping[str, Path], target: Path, *, standard: Path, widths: Mapping[int, int]
) -> list[Path]:
    """Build the office's own fonts, one for each face that has one, into `target`, whole or not at all.

    `widths` are those of the everyday files, in 1/1000 em where not full. Taken is only what a font
    draws, full width, where ours are full width too: so the grid of 28 characters stays what it is,
    and what a font lacks, or has as a blank or a box, comes from ours. Refuses with SourceBroken.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    wanted: list[charsets.FontFile] = []
    for face, path in files.items():
        try:
            usable = _usable(path, widths=widths)
        except licensed.BROKEN:
            raise SourceBroken(path.name) from None
        wanted += charsets.licensed_files(
            face, path.name, usable=usable, standard=charsets.standard_list(standard)
        )
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as folder:
        unfinished = Path(folder) / target.name
        sources = {path.name: path for path in files.values()}
        try:
            built = _build(wanted, sources, unfinished, measured=("own-fang",), spaces=widths)
        except licensed.BROKEN as error:
            raise SourceBroken("、".join(sorted(sources))) from error
        metrics = json.loads((unfinished / "metrics.json").read_text())
        metrics["made_from"] = licensed.sha256s(MappingProxyType(dict(files)))
        (unfinished / "metrics.json").write_text(
            json.dumps(metrics, separators=(",", ":"), sort_keys=True) + "\n"
        )
        if not target.exists():
            unfinished.rename(target)
    return [target / path.name for path in built]


def _usable(path: Path, *, widths: Mapping[int, int]) -> frozenset[int]:
    """Give what a font really draws, full width: no blank, no copy of the box for what is missing."""
    font = TTFont(path, lazy=True)
    glyphs, em = font.getGlyphSet(), font["head"].unitsPerEm
    box = _outline(glyphs, ".notdef") if ".notdef" in glyphs else []
    return frozenset(
        point
        for point, name in font.getBestCmap().items()
        if point not in widths
        and abs(font["hmtx"][name][0] * FULL_WIDTH / em - FULL_WIDTH) <= WIDTH_TOLERANCE
        and _outline(glyphs, name) not in ([], box)
    )


def _outline(glyphs: Any, name: str) -> list[Any]:
    pen = RecordingPen()
    glyphs[name].draw(pen)
    drawn: list[Any] = pen.value
    return drawn


def _source(sources: dict[str, Path], name: str) -> Path:
    if name not in sources:
        raise SourceMissing(name)
    return sources[name]


def _open(path: Path, face: str = "") -> TTFont:
    if path.suffix != ".ttc":
        return TTFont(path, lazy=True)
    for font in TTCollection(path, lazy=True).fonts:
        if font["name"].getDebugName(4) == face:
            return font
    raise SourceMissing(f"{path.name} ({face})")


def _drawn(sources: dict[str, Path], name: str, face: str = "") -> frozenset[int]:
    return frozenset(_open(_source(sources, name), face).getBestCmap())


def _build(
    wanted: list[charsets.FontFile],
    sources: dict[str, Path],
    target: Path,
    *,
    measured: tuple[str, ...],
    spaces: Mapping[int, int] | None = None,
) -> list[Path]:
    paths = {file.family: _source(sources, file.source) for file in wanted}
    target.mkdir(parents=True, exist_ok=True)
    built = [target / f"{file.family}.ttf" for file in wanted]
    with ProcessPoolExecutor() as pool:
        for done in [
            pool.submit(_build_one, file, paths[file.family], path, dict(spaces or {}))
            for file, path in zip(wanted, built, strict=True)
        ]:
            done.result()
    _write_metrics([path for path in built if path.stem.startswith(measured)], target)
    return built


def _build_one(
    file: charsets.FontFile, source: Path, target: Path, spaces: Mapping[int, int]
) -> None:
    font = _open(source, file.face)
    font.recalcTimestamp = False  # otherwise the moment of the build gets into every letter
    if spaces:
        font.recalcBBoxes = False  # outlines that stay as they are need not be written anew
    options = subset.Options(
        hinting=False,
        layout_features=[],
        name_IDs=["*"],
        notdef_outline=True,
        glyph_names=False,
        drop_tables=_DROPPED_TABLES,
        desubroutinize=True,
        recalc_timestamp=False,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=file.characters & set(font.getBestCmap()))
    subsetter.subset(font)
    if "glyf" not in font:
        _outlines_to_truetype(font)
    _set_height(font)
    _set_spaces(font, spaces)
    _set_names(font, file.family)
    unfinished = target.with_suffix(".part")
    font.save(unfinished)
    unfinished.replace(target)


def _outlines_to_truetype(font: TTFont) -> None:
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    drawn: dict[str, Any] = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, MAX_STRAY, reverse_direction=True))
        drawn[name] = pen.glyph(dropImpliedOnCurves=True)
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, drawn
    del font["CFF "]
    for name in order:
        drawn[name].recalcBounds(glyf)
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(drawn[name], "xMin", 0))
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    profile.maxZones = 1
    for field in (
        *("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"),
        *("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"),
        *("maxComponentDepth", "maxPoints", "maxContours"),
        *("maxCompositePoints", "maxCompositeContours"),
    ):
        setattr(profile, field, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def _set_height(font: TTFont) -> None:
    em = font["head"].unitsPerEm
    ascent, descent = round(ASCENT * em / 1000), round(DESCENT * em / 1000)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, -descent, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, -descent, 0
    os2.usWinAscent, os2.usWinDescent = ascent, descent
    # Each face is a family of its own, so that no renderer thickens or slants it: plain regular.
    os2.fsSelection = (os2.fsSelection & ~0x21) | 0x40
    os2.usWeightClass = 400
    font["head"].macStyle = 0


def _set_spaces(font: TTFont, widths: Mapping[int, int]) -> None:
    """Make spaces as wide as ours: a space is drawn in the font of the run before it."""
    drawn, em = font.getBestCmap(), font["head"].unitsPerEm
    for point in charsets.SPACES & widths.keys() & drawn.keys():
        font["hmtx"][drawn[point]] = (round(widths[point] * em / FULL_WIDTH), 0)


def _set_names(font: TTFont, family: str) -> None:
    old = font["name"]
    kept = {number: old.getDebugName(number) for number in (0, 13, 14)}  # copyright and licence
    new = font["name"] = newTable("name")
    new.names = []
    own = {1: family, 2: "Regular", 3: family, 4: family, 5: "Version 1.000", 6: family}
    for number, value in {**own, **kept}.items():
        if value:
            new.setName(value, number, 3, 1, 0x409)


def _write_metrics(files: list[Path], target: Path) -> None:
    """Write which characters the files draw, and the width of those that are not full width."""
    widths: dict[int, int] = {}
    drawn: set[int] = set()
    for path in files:
        font = TTFont(path, lazy=True)
        em = font["head"].unitsPerEm
        for point, glyph in font.getBestCmap().items():
            if point in drawn:
                continue
            drawn.add(point)
            width = round(font["hmtx"][glyph][0] * 1000 / em)
            if abs(width - FULL_WIDTH) > WIDTH_TOLERANCE:
                widths[point] = width
    ranges: list[list[int]] = []
    for point in sorted(drawn):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    metrics = {"drawn": ranges, "widths": dict(sorted(widths.items()))}
    (target / "metrics.json").write_text(json.dumps(metrics, separators=(",", ":")) + "\n")
