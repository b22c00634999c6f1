"""Rare characters: what the chain of fonts draws with the rare set, and what it refuses by name."""

import io
import re
import stat
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from requests_app.adapters import pdf
from requests_app.adapters.pdf import charsets, fontfetch, fonts, process, text

pytestmark = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))

# Where `./jc up` builds the set; tests have a data folder of their own.
BUILT = next(
    (
        folder
        for folder in (fonts.PACKAGED_RARE_FOLDER, Path(django_settings.BASE_DIR) / "var" / "fonts")
        if (folder / "metrics.json").is_file()
        and not fonts.missing_files(folder, fonts.RARE_FAMILIES)
    ),
    None,
)
needs_rare_set = pytest.mark.skipif(
    BUILT is None, reason="no rare set; ./jc manage build_fonts rare --fetch"
)
EXTENSIONS = {
    "A": (0x3400, 0x4DB5),
    "B": (0x20000, 0x2A6D6),
    "C": (0x2A700, 0x2B734),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
}


@pytest.fixture
def rare(monkeypatch):
    monkeypatch.setattr(fonts, "rare_folder", lambda: BUILT)
    yield
    process.shared.stop()


def letter(name):
    return {
        "title": "政府信息公开申请答复书",
        "issuer": "金昌市人民政府办公室",
        "number": "金政办公开告〔2026〕12号",
        "addressee": name,
        "paragraphs": [{"text": f"{name}：现答复如下。", "style": "body"}],
        "remedies": [],
        "attachments": [],
        "signer": "金昌市人民政府办公室",
        "dated_on": "2026-11-20",
        "contact": "",
    }


def read(file):
    pages = PdfReader(io.BytesIO(file)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def boxes(file):
    """How often .notdef, glyph 0, is shown."""
    count = 0
    with pikepdf.open(io.BytesIO(file)) as opened:
        for operands, operator in pikepdf.parse_content_stream(opened.pages[0]):
            if str(operator) in {"Tj", "TJ"}:
                for part in operands[0] if str(operator) == "TJ" else operands:
                    if isinstance(part, pikepdf.String):
                        code = bytes(part)
                        count += sum(code[at : at + 2] == b"\0\0" for at in range(0, len(code), 2))
    return count


def gbk():
    drawn = []
    for first in range(0x81, 0xFF):
        for second in range(0x40, 0xFF):
            try:
                character = bytes((first, second)).decode("gbk")
            except UnicodeDecodeError:
                continue
            if "\u4e00" <= character <= "\u9fff":
                drawn.append(character)
    return "".join(drawn)


@pytest.mark.parametrize(
    "name", ["王堃", "李玥", "张祎", "赵喆", "孙婳", "钱芃", "周昉", "㛃𬭚", "䶮志国"]
)
def test_name_of_the_standard_list_prints_with_the_fonts_of_the_repository(name):
    file = pdf.render_letter(letter(name))

    assert (read(file).count(name), boxes(file)) == (2, 0)


def test_gb2312_and_the_standard_list_are_drawn_by_the_fonts_of_the_repository(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(fonts, "rare_folder", lambda: tmp_path)
    wanted = charsets.gb2312() | charsets.standard_list(fonts.STANDARD_LIST)

    assert pdf.uncovered("".join(map(chr, sorted(wanted)))) == []


@needs_rare_set
def test_gbk_is_drawn_whole(rare):
    characters = gbk()

    assert len(characters) == 20902
    assert pdf.uncovered(characters) == []


@needs_rare_set
@pytest.mark.parametrize("extension", sorted(EXTENSIONS))
def test_extension_is_drawn_whole(rare, extension):
    first, last = EXTENSIONS[extension]

    assert pdf.uncovered("".join(map(chr, range(first, last + 1)))) == []


@needs_rare_set
@pytest.mark.parametrize(
    "name", ["陳㐂", "陈𠮷", "𪚥龙", "李𪜀", "张𫝀", "王𫠠", "赵𬺰", "朱镕基囍", "龘靐"]
)
def test_rare_name_prints_right_with_the_rare_set(rare, name):
    file = pdf.render_letter(letter(name))

    assert (read(file).count(name), boxes(file)) == (2, 0)


@pytest.mark.parametrize(
    ("character", "code"), [("𰻞", "U+30EDE"), ("\U00031350", "U+31350"), ("\ue000", "U+E000")]
)
def test_character_beyond_extension_f_is_refused_and_named(character, code):
    with pytest.raises(pdf.MissingGlyphs) as refused:
        pdf.render_letter(letter(f"王{character}"))

    assert refused.value.characters == (character,)
    assert code in str(refused.value)


def test_rare_name_is_refused_and_named_without_the_rare_set(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "rare_folder", lambda: tmp_path)

    with pytest.raises(pdf.MissingGlyphs) as refused:
        pdf.render_letter(letter("陈𠮷"))

    assert refused.value.characters == ("𠮷",)


@needs_rare_set
def test_renderer_started_before_the_set_was_built_is_replaced(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "rare_folder", lambda: tmp_path)
    pdf.render_letter(letter("王玥"))
    before = process.shared.pid
    monkeypatch.setattr(fonts, "rare_folder", lambda: BUILT)

    file = pdf.render_letter(letter("陈𠮷"))

    assert (read(file).count("陈𠮷"), boxes(file), process.shared.pid != before) == (2, 0, True)
    process.shared.stop()


def test_image_that_brings_the_set_is_preferred_to_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "PACKAGED_RARE_FOLDER", tmp_path)
    own = Path(django_settings.DATA_DIR) / "fonts"
    assert fonts.rare_folder() == own

    (tmp_path / "metrics.json").write_text("{}")

    assert fonts.rare_folder() == tmp_path


@pytest.fixture
def debian(monkeypatch, tmp_path):
    """Programs that stand in for apt-get and dpkg-deb; give their folder."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def put(name, script):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(stat.S_IRWXU)

    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    return put


def test_packages_are_downloaded_and_unpacked_not_installed(debian, tmp_path):
    debian("apt-get", 'echo "$@" >asked; : >fonts-hanazono_1_all.deb')
    debian("dpkg-deb", 'echo "$@" >>asked; mkdir -p "$3"; : >"$3/HanaMinA.ttf"')

    fontfetch.fetch(tmp_path / "sources")

    assert (tmp_path / "sources" / "asked").read_text() == (
        "-q download fonts-noto-cjk fonts-lxgw-wenkai fonts-hanazono\n"
        "-x fonts-hanazono_1_all.deb unpacked\n"
    )
    assert (tmp_path / "sources" / "unpacked" / "HanaMinA.ttf").is_file()


def test_packages_that_cannot_be_had_are_told_and_nothing_is_left(debian, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    debian("apt-get", "echo 'E: Unable to locate package' >&2; exit 100")
    debian("dpkg-deb", "exit 1")

    with pytest.raises(CommandError, match="apt-get没有成功：E: Unable to locate package"):
        call_command("build_fonts", "rare", "--fetch")

    assert list(settings.DATA_DIR.iterdir()) == []


def test_machine_without_debian_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(fontfetch.FetchFailed, match="本机没有apt-get、dpkg-deb"):
        fontfetch.fetch(tmp_path / "sources")


def test_download_without_end_is_stopped(debian, tmp_path):
    debian("apt-get", "exec tail -f /dev/null")
    debian("dpkg-deb", "exit 1")

    with pytest.raises(fontfetch.FetchFailed, match="超过0秒"):
        fontfetch.fetch(tmp_path / "sources", seconds=0.2)


@needs_rare_set
def test_set_that_is_there_is_not_built_again(rare, capsys):
    call_command("build_fonts", "rare", "--fetch")

    assert capsys.readouterr().out == "生僻字字库已经有了。\n"


def test_width_of_a_variation_selector_is_nothing():
    assert text.metrics().width("\ufe00") == 0
