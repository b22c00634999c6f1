"""Can this machine draw letters, and what would have to be typed where it cannot.

For the system check and the staff's first page; nothing is drawn and no renderer is started.
"""

import ctypes
import functools
import importlib.util

from django.conf import settings

from requests_app.adapters.pdf import fonts, licensed
from requests_app.adapters.pdf.process import BUILD_LICENSED, INSTALL

# What WeasyPrint loads, by the names of Linux and of macOS.
LIBRARIES = {
    "libgobject-2.0": ("libgobject-2.0.so.0", "libgobject-2.0.dylib"),
    "libpango-1.0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libpangoft2-1.0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "libharfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "libfontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
    # Optional to WeasyPrint, required here: without it one letter takes five seconds.
    "libharfbuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
}
RARE_SET = (
    "请以管理员身份运行：apt-get install --no-install-recommends "
    "fonts-noto-cjk fonts-lxgw-wenkai fonts-hanazono，然后运行：./jc manage build_fonts rare"
)


def problems() -> list[str]:
    """List what keeps letters from being drawn here, each with what to type; empty if all is well."""
    found = [
        f"信函暂不能生成：缺少系统库 {name}。{INSTALL}"
        for name, files in LIBRARIES.items()
        if not _loads(files)
    ]
    if importlib.util.find_spec("weasyprint") is None:
        found.append("信函暂不能生成：缺少 Python 包 weasyprint。请运行：./jc up")
    missing = fonts.missing_files(fonts.EVERYDAY_FOLDER, fonts.EVERYDAY_FAMILIES)
    if missing or not (fonts.EVERYDAY_FOLDER / "metrics.json").is_file():
        named = "、".join(missing) or "metrics.json"
        found.append(
            f"信函暂不能生成：缺少字库文件 {named}。请运行：git checkout requests_app/data/fonts"
        )
    return [*found, *_licensed_problems()]


def _licensed_problems() -> list[str]:
    """List what is wrong with the office's own fonts; letters then wait, rather than change face."""
    if settings.FONTS_DIR is None:
        return []
    found = [f"信函暂不能生成：{each}" for each in licensed.look(settings.FONTS_DIR).problems]
    if found or fonts.has_licensed_set():
        return found
    return [f"信函暂不能生成：单位自有字体尚未制作，或者文件有变动。{BUILD_LICENSED}"]


def limits() -> list[str]:
    """List what letters can be drawn without, but some person's name may need."""
    found = []
    if not fonts.has_rare_set():
        found.append(
            f"未安装生僻字字库：含《通用规范汉字表》以外生僻字的信函将被拦下并指出该字。{RARE_SET}"
        )
    if settings.FONTS_DIR is not None and fonts.has_licensed_set():
        own = licensed.look(settings.FONTS_DIR).files
        lacking = "、".join(name for face, name in licensed.FACES.items() if face not in own)
        if lacking:
            found.append(f"自有字库里没有{lacking}，这些字体用系统自带的代替。")
    return found


@functools.cache
def _loads(files: tuple[str, ...]) -> bool:
    for name in files:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False
