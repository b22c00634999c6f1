"""Gets the packages the rare set is built from out of Debian, without installing anything.

`apt-get download` checks Debian's signatures and needs no rights; only the font files are unpacked,
into a folder of the caller's that is thrown away after the build.
"""

import shutil
import subprocess
from pathlib import Path

PACKAGES = ("fonts-noto-cjk", "fonts-lxgw-wenkai", "fonts-hanazono")
SECONDS = 900.0
_TOOLS = ("apt-get", "dpkg-deb")


class FetchFailed(Exception):
    """The packages could not be had here; `why` says what was missing, in Chinese."""


def fetch(folder: Path, *, seconds: float = SECONDS) -> None:
    """Unpack the packages below `folder`; refuse with FetchFailed where that is not possible."""
    lacking = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if lacking:
        raise FetchFailed(f"本机没有{'、'.join(lacking)}，不能自动下载字体包。")
    folder.mkdir(parents=True, exist_ok=True)
    _run(["apt-get", "-q", "download", *PACKAGES], folder=folder, seconds=seconds)
    for package in sorted(folder.glob("*.deb")):
        _run(["dpkg-deb", "-x", package.name, "unpacked"], folder=folder, seconds=seconds)


def _run(command: list[str], *, folder: Path, seconds: float) -> None:
    try:
        done = subprocess.run(  # noqa: S603 (fixed programmes, fixed names)
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise FetchFailed(f"下载字体包超过{seconds:.0f}秒，已停止。") from None
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise FetchFailed(f"{command[0]}没有成功：{last}")
