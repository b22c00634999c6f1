"""Index the texts of cases that came before there was an index, so that they are found and compared."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from requests_app.services import text_index


class Command(BaseCommand):
    """Run once after an upgrade; a second run finds nothing to do."""

    help = "把建立文本索引以前的申请补进索引（升级后运行一次）"

    def handle(self, **options: Any) -> None:
        done = text_index.catch_up()
        self.stdout.write(f"补进索引：{done.changed}件")
