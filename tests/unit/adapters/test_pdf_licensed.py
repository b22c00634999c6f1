"""The office's own fonts: known, judged, built, drawn first, and missed when they are not there.

The files are real ones: the repository's 黑体 stands in for a bought 仿宋, or a font made on the spot.
"""

import io
import os
import shutil

import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from requests_app.adapters import pdf
from requests_app.adapters.pdf import charsets, fonts, licensed, sheet, text

LEVEL_1 = sorted(charsets.gb2312_level_1() & charsets.IDEOGRAPHS)
BUILD = "请检查 JC_FONTS_DIR 所指的文件夹，然后运行：./jc manage build_fonts licensed"
LETTER = {
    "title": "政府信息公开申请答复书",
    "issuer": "金昌市人民政府办公室",
    "number": "金政办公开告〔2026〕12号",
    "addressee": "王玥",
    "paragraphs": [
        {"text": "一、关于申请", "style": "h1"},
        {"text": "（一）关于镕，及堃字。", "style": "h2"},
        {"text": "本机关现答复如下，镕字不在一级字库。", "style": "body"},
    ],
    "remedies": [],
    "attachments": [],
    "signer": "金昌市人民政府办公室",
    "dated_on": "2026-11-20",
    "contact": "",
}

needs_weasyprint = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))


def box(side):
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, side), (side, side), (side, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def make_font(path, *, family="", points=LEVEL_1, allowed=0, narrow=(), blank=(), boxed=()):
    """A TrueType font that draws a plain square for each of `points`, and a space."""
    drawn = {0x20: "space", **{point: f"u{point:X}" for point in points}}
    names = [".notdef", *drawn.values()]
    empty = TTGlyphPen(None).glyph()
    glyphs = {name: box(700) for name in names} | {"space": empty, ".notdef": box(900)}
    glyphs |= {f"u{point:X}": empty for point in blank}
    glyphs |= {f"u{point:X}": box(900) for point in boxed}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(drawn)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(
        {name: (500 if name in {f"u{each:X}" for each in narrow} else 1000, 0) for name in names}
    )
    builder.setupHorizontalHeader(ascent=859, descent=-141)
    builder.setupNameTable({"familyName": family or "Unnamed", "styleName": "Regular"})
    builder.setupOS2(fsType=allowed)
    builder.setupPost()
    builder.save(path)


@pytest.fixture
def folder(settings, tmp_path):
    """An empty folder for the office's own fonts, named in the settings."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.FONTS_DIR = tmp_path / "own"
    settings.FONTS_DIR.mkdir()
    return settings.FONTS_DIR


@pytest.fixture
def fangsong(folder):
    """A real font file as the office's 仿宋: the first 3,755 characters and the signs, of 黑体."""
    path = folder / "fangsong.ttf"
    shutil.copy2(fonts.EVERYDAY_FOLDER / "jc-hei-1.ttf", path)
    return path


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    """What the command makes of `fangsong`; the work of seconds, so done once."""
    place = tmp_path_factory.mktemp("built")
    (place / "own").mkdir()
    shutil.copy2(fonts.EVERYDAY_FOLDER / "jc-hei-1.ttf", place / "own" / "fangsong.ttf")
    with override_settings(DATA_DIR=place / "data", FONTS_DIR=place / "own"):
        call_command("build_fonts", "licensed", stdout=io.StringIO())
    return place / "data" / "licensed-fonts"


@pytest.fixture
def built(fangsong, built_once, settings):
    """The office's 仿宋, built."""
    shutil.copytree(built_once, settings.DATA_DIR / "licensed-fonts")
    return fangsong


@pytest.fixture
def plain(folder):
    """A file of plain squares for each face, quick to build."""
    for name in licensed.FILE_NAMES:
        make_font(folder / f"{name}.ttf")
    return folder


def faces_of(content):
    """The embedded fonts of a PDF, without the tag of their subset."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    }


# --- Which file is which --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "family", "face"),
    [
        ("FZXBSJW.TTF", "方正小标宋简体", "biao"),
        ("a.ttf", "FZXiaoBiaoSong-B05S", "biao"),
        ("a.ttf", "仿宋_GB2312", "fang"),
        ("simfang.ttf", "x", "fang"),
        ("a.ttf", "楷体_GB2312", "kai"),
        ("simhei.ttf", "SimHei", "hei"),
        ("黑体.ttf", "x", "hei"),
        # The name of the file settles it.
        ("heiti.ttf", "仿宋_GB2312", "hei"),
    ],
)
def test_file_is_known_by_its_names(folder, name, family, face):
    make_font(folder / name, family=family)

    assert licensed.look(folder) == licensed.Look(files={face: folder / name}, problems=())


@pytest.mark.parametrize("family", ["Some Font", "仿宋 楷体"])
def test_file_that_could_be_anything_is_asked_about(folder, family):
    make_font(folder / "a.ttf", family=family)

    assert licensed.look(folder).problems == (
        "自有字体文件a.ttf不能使用：看不出是哪种字体，请按字体改名为fangsong.ttf（仿宋）、heiti.ttf（黑体）、kaiti.ttf（楷体）、xiaobiaosong.ttf（小标宋）。",
    )


def test_two_files_for_one_face_are_refused(folder):
    make_font(folder / "a.ttf", family="黑体")
    make_font(folder / "simhei.ttf")

    assert licensed.look(folder).problems == (
        "自有字体文件a.ttf和simhei.ttf都是黑体，请只留一个。",
    )


# --- What cannot be used --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("allowed", "why"),
    [
        (0x0002, "字体文件声明不允许嵌入文档，请向字体厂商取得可嵌入的版本"),
        (0x0108, "字体文件声明不允许只嵌入用到的字，请向字体厂商取得可以子集嵌入的版本"),
        (0x0200, "字体文件声明只允许嵌入点阵"),
    ],
)
def test_font_whose_owner_forbids_embedding_is_refused(folder, allowed, why):
    make_font(folder / "simfang.ttf", allowed=allowed)

    assert licensed.look(folder).problems == (f"自有字体文件simfang.ttf不能使用：{why}。",)


@pytest.mark.parametrize("allowed", [0x0000, 0x0004, 0x0008])
def test_font_that_may_be_embedded_is_taken(folder, allowed):
    make_font(folder / "simfang.ttf", allowed=allowed)

    assert licensed.look(folder).problems == ()


@pytest.mark.parametrize("kept", [0, 3, 200, 100_000])
def test_broken_file_is_refused_by_name(folder, kept):
    whole = folder / "whole"
    make_font(whole)
    (folder / "simfang.ttf").write_bytes(whole.read_bytes()[:kept])

    assert licensed.look(folder).problems == (
        "自有字体文件simfang.ttf不能使用：打不开，或者已经损坏。",
    )


def test_file_that_is_no_font_is_refused(folder):
    (folder / "simfang.ttf").write_bytes(b"not a font at all, whatever its name says" * 40)

    assert licensed.look(folder).problems == (
        "自有字体文件simfang.ttf不能使用：打不开，或者已经损坏。",
    )


def test_font_without_everyday_characters_is_refused(folder):
    make_font(
        folder / "simfang.ttf", points=[each for each in LEVEL_1 if each not in (0x4E2D, 0x56FD)]
    )

    assert licensed.look(folder).problems == (
        "自有字体文件simfang.ttf不能使用：缺少2个一级汉字，例如中、国。",
    )


def test_collection_is_refused(folder):
    (folder / "simsun.ttc").write_bytes(b"ttcf")

    assert licensed.look(folder).problems == (
        "自有字体文件simsun.ttc不能使用：是字体集合，请换成单个的字体文件。",
    )


def test_folder_that_is_not_there_or_empty_is_told(folder):
    assert licensed.look(folder).problems == (
        f"自有字库文件夹{folder}里没有字体文件（.ttf、.otf）。",
    )

    folder.rmdir()

    assert licensed.look(folder).problems == (f"找不到自有字库文件夹{folder}，或者不能读取。",)


# --- What is built --------------------------------------------------------------------------------


def test_build_takes_what_is_drawn_in_full_width_and_leaves_the_rest_to_ours(folder):
    some = [0x9555, 0x5803]  # 镕 and 堃: in the 8,105, not in the first plane
    make_font(
        folder / "simfang.ttf",
        points=[*LEVEL_1, *some, 0x41, 0x2103, 0x4E02],
        narrow=[0x56FD],
        blank=[0x4E2D],
        boxed=[0x5BB6],
    )

    call_command("build_fonts", "licensed", stdout=io.StringIO())

    built = fonts.licensed_folder()
    drawn = {
        path.stem: set(TTFont(path).getBestCmap()) - charsets.SPACES for path in built.glob("*.ttf")
    }
    assert drawn == {
        "own-fang-1": set(LEVEL_1) - {0x56FD, 0x4E2D, 0x5BB6},
        "own-fang-2": set(some),
        "own-fang-3": {0x4E02},
    }
    # ASCII stays with the Latin font, and ℃ is narrower in ours: the lines count on it.
    assert text.everyday_widths()[0x2103] != 1000
    assert fonts.folders() == (built, fonts.EVERYDAY_FOLDER)
    assert text.uncovered("中国家镕堃") == []
    assert {text.metrics().width(each) for each in "中国家镕堃"} == {1000}


def test_built_files_have_our_height_and_our_spaces(built):

    [path] = fonts.licensed_folder().glob("*.ttf")
    font = TTFont(path)
    em = font["head"].unitsPerEm
    assert (font["hhea"].ascent / em, font["hhea"].descent / em) == (0.88, -0.12)
    space = font["hmtx"][font.getBestCmap()[0x20]][0] * 1000 / em
    assert round(space) == text.everyday_widths()[0x20]


def test_same_fonts_give_the_same_bytes(folder, settings, tmp_path):
    make_font(folder / "heiti.ttf")
    made = []
    for name in ("one", "two"):
        settings.DATA_DIR = tmp_path / name
        call_command("build_fonts", "licensed", stdout=io.StringIO())
        made.append([path.read_bytes() for path in sorted(fonts.licensed_folder().iterdir())])

    assert made[0] == made[1]
    assert len(made[0]) == 2


def test_build_says_what_was_used(built):

    proof = (fonts.licensed_folder() / "metrics.json").read_text()
    assert licensed.sha256s(licensed.look(built.parent).files)["fang"] in proof


def test_build_without_the_setting_changes_nothing(settings, tmp_path):
    settings.DATA_DIR, settings.FONTS_DIR = tmp_path, None
    said = io.StringIO()

    call_command("build_fonts", "licensed", stdout=said)

    assert said.getvalue() == "没有设置 JC_FONTS_DIR，文书使用系统自带的字体。\n"
    assert list(tmp_path.iterdir()) == []


def test_build_twice_works_once(built):
    said = io.StringIO()

    call_command("build_fonts", "licensed", stdout=said)

    assert said.getvalue() == "自有字库已经制作好了。\n"


def test_build_of_a_bad_file_names_it_and_leaves_nothing(folder):
    make_font(folder / "simfang.ttf", allowed=0x0002)

    with pytest.raises(
        CommandError, match=r"自有字体文件simfang\.ttf不能使用：字体文件声明不允许嵌入"
    ):
        call_command("build_fonts", "licensed")

    assert not fonts.has_licensed_set()


def test_font_that_breaks_while_it_is_converted_is_named_and_leaves_nothing(folder):
    path = folder / "simfang.ttf"
    make_font(path)
    with TTFont(path, lazy=True) as font:
        place = font.reader.tables["glyf"]
    content = bytearray(path.read_bytes())
    # The table is there in its full length, and nonsense.
    content[place.offset : place.offset + place.length] = b"\x00\x7f" * (place.length // 2)
    path.write_bytes(bytes(content))

    with pytest.raises(CommandError, match=r"自有字体文件simfang\.ttf不能使用：已经损坏，无法转换"):
        call_command("build_fonts", "licensed")

    assert not fonts.has_licensed_set()
    assert list((fonts.licensed_folder().parent).iterdir()) == []


# --- Letters --------------------------------------------------------------------------------------


@needs_weasyprint
def test_letter_is_drawn_with_the_offices_font_first_and_ours_for_the_rest(built):
    with_ours = LETTER | {"paragraphs": LETTER["paragraphs"][2:]}

    drawn = pdf.render_letter(with_ours)

    # 镕 is beyond the file; title and mark have no file of the office's.
    assert faces_of(drawn) == {"own-fang-1", "jc-rare-1", "jc-biao-1", "jc-latin"}
    words = "".join(
        page.extract_text().replace("\n", "") for page in pypdf.PdfReader(io.BytesIO(drawn)).pages
    )
    assert "本机关现答复如下，镕字不在一级字库。" in words


@needs_weasyprint
def test_every_face_can_be_the_offices(plain):
    call_command("build_fonts", "licensed", stdout=io.StringIO())

    drawn = pdf.render_letter(LETTER)

    assert {"own-fang-1", "own-hei-1", "own-kai-1", "own-biao-1"} < faces_of(drawn)


@needs_weasyprint
def test_lines_end_where_they_ended_with_ours(built, settings):
    long = LETTER | {"paragraphs": [{"text": "本机关现答复如下，" * 40, "style": "body"}]}
    with_own = sheet.letter_html(long, draft=False, marks=pdf.Marks())

    settings.FONTS_DIR = None

    assert sheet.letter_html(long, draft=False, marks=pdf.Marks()) == with_own


@needs_weasyprint
def test_no_letter_before_the_fonts_are_built_nor_after_a_file_is_gone(
    fangsong, built_once, settings
):
    with pytest.raises(pdf.PdfUnavailable, match="缺少单位自有字体。请检查 JC_FONTS_DIR"):
        pdf.render_letter(LETTER)
    shutil.copytree(built_once, settings.DATA_DIR / "licensed-fonts")
    assert pdf.render_letter(LETTER)[:5] == b"%PDF-"

    fangsong.rename(fangsong.with_suffix(".bak"))

    with pytest.raises(pdf.PdfUnavailable, match="缺少单位自有字体"):
        pdf.render_letter(LETTER)


# --- What the checks say --------------------------------------------------------------------------


def test_checks_tell_each_state_of_the_fonts(fangsong, built_once, settings):
    assert pdf.problems()[-1:] == [f"信函暂不能生成：单位自有字体尚未制作，或者文件有变动。{BUILD}"]
    shutil.copytree(built_once, settings.DATA_DIR / "licensed-fonts")
    assert not any("自有字" in each for each in pdf.problems())
    assert pdf.limits()[-1] == "自有字库里没有黑体、楷体、小标宋，这些字体用系统自带的代替。"

    fangsong.write_bytes(b"")

    assert pdf.problems()[-1:] == [
        "信函暂不能生成：自有字体文件fangsong.ttf不能使用：打不开，或者已经损坏。"
    ]


def test_changed_file_of_the_same_size_is_noticed(built):
    before = fonts.licensed_folder()

    os.utime(built, ns=(1, 1))

    assert fonts.licensed_folder() != before
    assert not fonts.has_licensed_set()
