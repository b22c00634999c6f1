"""`manage.py import_register FILE`: take in an old register of applications (XLSX, or CSV in UTF-8 or GBK).

With ``--dry-run`` nothing is written and every bad row is named. One bad row, and nothing is taken in.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.management import base
from requests_app.services import register_import


class Command(BaseCommand):
    """Reads the file, shows what it would bring, and brings it in when asked to."""

    help = "Take in an old register of applications: all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="user name of the clerk who answers for it")
        parser.add_argument("--dry-run", action="store_true", help="show the rows, write nothing")

    def handle(self, *, file: Path, by: str, dry_run: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"读不了这个文件：{error.strerror}") from error
        with base.refusals_told():
            actor, at = base.actor_named(by), timezone.now()
            if not dry_run:
                done = register_import.take_in(content, file_name=file.name, actor=actor, at=at)
                self.stdout.write(f"已导入{done.row_count}件，其中已办结{done.closed_count}件。")
                return
            seen = register_import.look(content, actor=actor, at=at)
        for row in seen.bad:
            self.stdout.write(f"第{row.row}行 {row.number}：{'；'.join(row.faults)}")
        self.stdout.write(f"可以导入{len(seen.good)}行，有问题{len(seen.bad)}行。")
        if seen.bad:
            raise CommandError("有问题的行改好以前，整个文件都不导入。")
