"""Where the letters' font files are, and the configuration that shows a renderer only them.

Three sets, the first one winning character by character: the office's own fonts where it has named
some, the everyday set of the repository, the rare set.
"""

import os
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings

from requests_app.adapters.pdf import licensed

EVERYDAY_FOLDER = Path(__file__).resolve().parents[2] / "data" / "fonts"
STANDARD_LIST = EVERYDAY_FOLDER / "tongyong-8105.txt"
EVERYDAY_FAMILIES = (
    "jc-latin",
    *("jc-fang-1", "jc-fang-2", "jc-hei-1", "jc-hei-2", "jc-kai-1", "jc-kai-2"),
    *("jc-biao-1", "jc-biao-2", "jc-rare-1"),
)
RARE_FAMILIES = ("jc-rare-2", "jc-rare-3", "jc-rare-4", "jc-rare-5")


# A container image brings the rare set with it; the data folder is a volume there.
PACKAGED_RARE_FOLDER = EVERYDAY_FOLDER / "rare"


def rare_folder() -> Path:
    """Name the folder of the rare set: the image's own, or the one set-up builds it in."""
    if (PACKAGED_RARE_FOLDER / "metrics.json").is_file():
        return PACKAGED_RARE_FOLDER
    return Path(settings.DATA_DIR) / "fonts"


def has_rare_set() -> bool:
    """Say whether the rare set is there, all of it."""
    folder = rare_folder()
    return (folder / "metrics.json").is_file() and not missing_files(folder, RARE_FAMILIES)


def licensed_folder() -> Path | None:
    """Name the folder the office's own fonts are built in; None where it has named none.

    The name follows from the files as they are now, so that nothing is drawn with files of before.
    """
    if settings.FONTS_DIR is None:
        return None
    return Path(settings.DATA_DIR) / "licensed-fonts" / licensed.state(settings.FONTS_DIR)


def licensed_families() -> tuple[str, ...]:
    """List the families built from the office's own fonts; none where none are named or built."""
    folder = licensed_folder()
    if folder is None or not (folder / "metrics.json").is_file():
        return ()
    return tuple(sorted(path.stem for path in folder.glob("own-*.ttf")))


def has_licensed_set() -> bool:
    """Say whether the office's own fonts are built from the files as they are now."""
    return bool(licensed_families())


def folders() -> tuple[Path, ...]:
    """List the folders with letter fonts, the first one winning."""
    own = licensed_folder()
    return (
        *([own] if own is not None and has_licensed_set() else []),
        EVERYDAY_FOLDER,
        *([rare_folder()] if has_rare_set() else []),
    )


def family_lists() -> dict[str, str]:
    """Give the list of families for each face, as style sheets name them; 仿宋 draws what a face lacks."""
    own = licensed_families()
    everyday = {face: [f"jc-{face}-1", f"jc-{face}-2"] for face in licensed.FACES}
    faces = {
        face: [*(family for family in own if family.startswith(f"own-{face}-")), *files]
        for face, files in everyday.items()
    }
    fang = [*faces["fang"], "jc-rare-1", *RARE_FAMILIES]
    return {
        "fang": ", ".join(["jc-latin", *fang]),
        "hei": ", ".join(["jc-latin", *faces["hei"], *fang]),
        "kai": ", ".join(["jc-latin", *faces["kai"], *fang]),
        "biao": ", ".join([*faces["biao"], *fang]),
    }


def missing_files(folder: Path, families: tuple[str, ...]) -> list[str]:
    """Name the files of `families` that are not in `folder`."""
    return [f"{family}.ttf" for family in families if not (folder / f"{family}.ttf").is_file()]


def write_configuration() -> Path:
    """Write the fontconfig file that names our folders and no other, and give its path.

    No font of the system can slip in, so a letter looks the same on every machine.
    """
    work = Path(settings.DATA_DIR) / "cache" / "letter-fonts"
    work.mkdir(parents=True, exist_ok=True)
    named = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders())
    content = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig>{named}<cachedir>{escape(str(work))}</cachedir></fontconfig>\n"
    )
    path = work / "fonts.conf"
    if not path.is_file() or path.read_text("utf-8") != content:
        # Another process may read it at this moment: it sees the old or the new file, whole.
        handle, unfinished = tempfile.mkstemp(dir=work, suffix=".conf.part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        Path(unfinished).replace(path)
    return path
