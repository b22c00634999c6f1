"""Build the fonts of the letters from fonts of the operating system, or of the office's own.

`rare` belongs to set-up: the characters beyond the standard list, into the data folder.
`licensed` too, where an office has fonts of its own: made usable for letters, into the data folder.
`everyday` is for developers: the files kept in the repository. The building is `adapters.pdf`.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from requests_app.adapters.pdf import fontbuild, fontfetch, fonts, licensed, readiness, text

SYSTEM_FOLDERS = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]


class Command(BaseCommand):
    """Build one of the sets of files and say what was made."""

    help = (
        "Build the letters' fonts: `rare` and `licensed` at set-up, "
        "`everyday` when the repository's change."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare which set, from where, to where."""
        parser.add_argument("which", choices=["rare", "licensed", "everyday"])
        parser.add_argument(
            "--source",
            action="append",
            type=Path,
            default=[],
            help="a folder with fonts to build from, looked at before the system's; repeatable",
        )
        parser.add_argument(
            "--fetch",
            action="store_true",
            help="download the sources from Debian if the rare set is not there; installs nothing",
        )
        parser.add_argument("--target", type=Path, help="the folder to write to")

    def handle(
        self, *args: Any, which: str, source: list[Path], fetch: bool, **options: Any
    ) -> None:
        """Build, or name the missing font and what to type."""
        if which == "licensed":
            self._build_licensed()
            return
        if fetch and which == "rare" and fonts.has_rare_set():
            self.stdout.write("生僻字字库已经有了。")
            return
        sources: contextlib.AbstractContextManager[list[Path]] = contextlib.nullcontext([])
        if fetch:
            sources = self._fetched()
        with sources as fetched:
            self._build(which, [*source, *fetched], options["target"])

    @contextlib.contextmanager
    def _fetched(self) -> Iterator[list[Path]]:
        """Give a folder with the downloaded sources for as long as the build takes."""
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="font-sources-") as folder:
            try:
                fontfetch.fetch(Path(folder))
            except fontfetch.FetchFailed as failed:
                raise CommandError(f"{failed} {readiness.RARE_SET}") from failed
            yield [Path(folder)]

    def _build_licensed(self) -> None:
        target = fonts.licensed_folder()
        if settings.FONTS_DIR is None or target is None:
            self.stdout.write("没有设置 JC_FONTS_DIR，文书使用系统自带的字体。")
            return
        found = licensed.look(settings.FONTS_DIR)
        if found.problems:
            raise CommandError("\n".join(found.problems))
        if fonts.has_licensed_set():
            self.stdout.write("自有字库已经制作好了。")
            return
        try:
            built = fontbuild.build_licensed(
                found.files,
                target,
                standard=fonts.STANDARD_LIST,
                widths=text.everyday_widths(),
            )
        except fontbuild.SourceBroken as broken:
            raise CommandError(
                f"自有字体文件{broken.name}不能使用：已经损坏，无法转换。"
            ) from broken
        self._tell(built)

    def _build(self, which: str, source: list[Path], target: Path | None) -> None:
        found = fontbuild.find_sources([*source, *SYSTEM_FOLDERS])
        try:
            if which == "rare":
                built = fontbuild.build_rare(
                    found,
                    target or fonts.rare_folder(),
                    drawn=text.everyday_characters(),
                )
            else:
                built = fontbuild.build_everyday(
                    found,
                    target or fonts.EVERYDAY_FOLDER,
                    standard=fonts.STANDARD_LIST,
                )
        except fontbuild.SourceMissing as missing:
            remedy = f" {readiness.RARE_SET}" if which == "rare" else ""
            raise CommandError(f"找不到字体文件 {missing.name}。{remedy}") from missing
        self._tell(built)

    def _tell(self, built: list[Path]) -> None:
        for path in built:
            self.stdout.write(f"{path.name}  {path.stat().st_size / 1_000_000:.2f} MB")
        self.stdout.write("字库已生成；下一份文书就会用到。")
