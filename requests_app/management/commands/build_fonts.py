"""Build the fonts of the letters from fonts of the operating system.

`rare` belongs to set-up: the characters beyond the standard list, into the data folder.
`everyday` is for developers: the files kept in the repository. The building is `adapters.pdf`.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from requests_app.adapters.pdf import fontbuild, fonts, readiness, text

SYSTEM_FOLDERS = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]


class Command(BaseCommand):
    """Build one of the two sets of files and say what was made."""

    help = "Build the letters' fonts: `rare` at set-up, `everyday` when the repository's change."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare which set, from where, to where."""
        parser.add_argument("which", choices=["rare", "everyday"])
        parser.add_argument(
            "--source",
            action="append",
            type=Path,
            default=[],
            help="a folder with fonts to build from, looked at before the system's; repeatable",
        )
        parser.add_argument("--target", type=Path, help="the folder to write to")

    def handle(self, *args: Any, which: str, source: list[Path], **options: Any) -> None:
        """Build, or name the missing font and what to type."""
        found = fontbuild.find_sources([*source, *SYSTEM_FOLDERS])
        try:
            if which == "rare":
                built = fontbuild.build_rare(
                    found,
                    options["target"] or fonts.rare_folder(),
                    drawn=text.everyday_characters(),
                )
            else:
                built = fontbuild.build_everyday(
                    found,
                    options["target"] or fonts.EVERYDAY_FOLDER,
                    standard=fonts.STANDARD_LIST,
                )
        except fontbuild.SourceMissing as missing:
            remedy = f" {readiness.RARE_SET}" if which == "rare" else ""
            raise CommandError(f"找不到字体文件 {missing.name}。{remedy}") from missing
        for path in built:
            self.stdout.write(f"{path.name}  {path.stat().st_size / 1_000_000:.2f} MB")
        self.stdout.write("字库已生成；正在运行的服务重启后使用。")
