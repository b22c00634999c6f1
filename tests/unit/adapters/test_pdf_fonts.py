"""The font files, how they are built, and the configuration that shows only them."""

import html
import re

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from requests_app.adapters.pdf import charsets, fontbuild, fonts, text

FACES = {
    "fang": ["jc-fang-1", "jc-fang-2", "jc-rare-1"],
    "hei": ["jc-hei-1", "jc-hei-2", "jc-rare-1"],
    "kai": ["jc-kai-1", "jc-kai-2", "jc-rare-1"],
    "biao": ["jc-biao-1", "jc-biao-2"],
}
MEGABYTE = 1_000_000


def drawn_by(family):
    return set(TTFont(fonts.EVERYDAY_FOLDER / f"{family}.ttf", lazy=True).getBestCmap())


@pytest.mark.parametrize("face", sorted(FACES))
def test_every_face_draws_gb2312_and_the_standard_list(face):
    drawn = set.union(*map(drawn_by, [*FACES[face], "jc-latin"]))
    standard = charsets.standard_list(fonts.STANDARD_LIST)

    missing = {chr(point) for point in charsets.gb2312() | standard if point not in drawn}

    assert len(standard) == 8105
    assert missing == set()


def test_every_file_has_a_space():
    # Pango would draw a box for a space after a run in a font without one.
    lacking = [each for each in fonts.EVERYDAY_FAMILIES if 0x20 not in drawn_by(each)]

    assert lacking == []


def test_files_share_one_height_so_that_no_fallback_moves_a_line():
    heights = set()
    for family in fonts.EVERYDAY_FAMILIES:
        font = TTFont(fonts.EVERYDAY_FOLDER / f"{family}.ttf", lazy=True)
        em = font["head"].unitsPerEm
        heights.add((round(font["hhea"].ascent / em, 3), round(font["hhea"].descent / em, 3)))

    assert heights == {(0.88, -0.12)}


def test_files_are_truetype_with_a_name_of_our_own():
    for family in fonts.EVERYDAY_FAMILIES:
        font = TTFont(fonts.EVERYDAY_FOLDER / f"{family}.ttf", lazy=True)
        assert (font["name"].getDebugName(1), "glyf" in font) == (family, True)


def test_repository_carries_at_most_twenty_megabytes_of_fonts():
    total = sum(path.stat().st_size for path in fonts.EVERYDAY_FOLDER.rglob("*") if path.is_file())

    assert total <= 20.5 * MEGABYTE


def test_metrics_tell_what_the_files_draw():
    families = [
        each
        for each in fonts.EVERYDAY_FAMILIES
        if each.startswith(("jc-latin", "jc-fang", "jc-rare"))
    ]

    assert text.everyday_characters() == set.union(*map(drawn_by, families))


def test_configuration_names_our_folders_and_no_other(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data & more"

    path = fonts.write_configuration()

    folders = [html.unescape(each) for each in re.findall("<dir>(.*?)</dir>", path.read_text())]
    assert folders == [str(fonts.EVERYDAY_FOLDER)]
    assert fonts.write_configuration() == path


def test_rare_set_counts_only_when_it_is_whole(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    folder = fonts.rare_folder()
    folder.mkdir()
    (folder / "metrics.json").write_text('{"drawn":[[134071,134071]],"widths":{}}')
    for family in fonts.RARE_FAMILIES[:-1]:
        (folder / f"{family}.ttf").touch()
    assert fonts.folders() == (fonts.EVERYDAY_FOLDER,)

    (folder / f"{fonts.RARE_FAMILIES[-1]}.ttf").touch()

    assert fonts.folders() == (fonts.EVERYDAY_FOLDER, folder)
    assert text.uncovered("王𠮷") == []


@pytest.fixture
def cubic_font(tmp_path):
    """A font with cubic outlines and two characters: a box for 中, a wide one for 国."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "zhong", "guo"])
    builder.setupCharacterMap({0x4E2D: "zhong", 0x56FD: "guo"})
    outlines = {}
    for name, side in ((".notdef", 100), ("zhong", 400), ("guo", 800)):
        pen = T2CharStringPen(1000, None)
        pen.moveTo((0, 0))
        pen.curveTo((0, side / 2), (0, side), (side, side))
        pen.lineTo((side, 0))
        pen.closePath()
        outlines[name] = pen.getCharString()
    builder.setupCFF("Cubic", {}, outlines, {})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "zhong": (500, 0), "guo": (1000, 0)})
    builder.setupHorizontalHeader(ascent=900, descent=-300)
    builder.setupNameTable({"familyName": "Reserved Name", "copyright": "Someone, 2013"})
    builder.setupOS2()
    builder.setupPost()
    path = tmp_path / "Cubic.otf"
    builder.save(path)
    return path


def test_build_converts_renames_and_measures(cubic_font, tmp_path):
    wanted = [charsets.FontFile("jc-test", "Cubic.otf", frozenset({0x4E2D, 0x4E00}))]

    [built] = fontbuild._build(
        wanted, {"Cubic.otf": cubic_font}, tmp_path / "out", measured=("jc-test",)
    )

    font = TTFont(built)
    assert font.getBestCmap().keys() == {0x4E2D}
    assert "glyf" in font
    assert "CFF " not in font
    assert (font["hhea"].ascent, font["hhea"].descent) == (880, -120)
    assert {font["name"].getDebugName(number) for number in (0, 1)} == {"Someone, 2013", "jc-test"}
    assert (tmp_path / "out" / "metrics.json").read_text() == (
        '{"drawn":[[20013,20013]],"widths":{"20013":500}}\n'
    )


def test_build_gives_the_same_bytes_again(cubic_font, tmp_path):
    wanted = [charsets.FontFile("jc-test", "Cubic.otf", frozenset({0x4E2D, 0x56FD}))]

    [first], [second] = (
        fontbuild._build(wanted, {"Cubic.otf": cubic_font}, tmp_path / name, measured=())
        for name in ("a", "b")
    )

    assert first.read_bytes() == second.read_bytes()


def test_build_without_its_source_names_it(tmp_path):
    with pytest.raises(fontbuild.SourceMissing) as refused:
        fontbuild.build_everyday({}, tmp_path, standard=fonts.STANDARD_LIST)

    assert refused.value.name == "FandolFang-Regular.otf"


def test_rare_plan_takes_each_character_once_from_the_first_source_that_has_it():
    plan = charsets.rare_files(
        drawn=frozenset({0x4E2D}),
        wenkai=frozenset({0x4E2D, 0x4E02}),
        noto=frozenset({0x4E02, 0x3400}),
        hana=frozenset({0x3400, 0x20000}),
    )

    taken = {file.family: file.characters for file in plan}
    assert [0x4E2D in each for each in taken.values()] == [False] * 4
    assert [0x4E02 in each for each in taken.values()] == [True, False, False, False]
    assert [0x3400 in each for each in taken.values()] == [False, True, False, False]
    assert [0x20000 in each for each in taken.values()] == [False, False, True, False]
    assert [0x2A6D6 in each for each in taken.values()] == [False, False, False, True]
