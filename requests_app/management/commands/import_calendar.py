"""`manage.py import_calendar`: bring notices on public holidays into the calendar.

Without a file the notices packaged with this project are taken. At set-up, while no notice is
approved and nothing depends on one, they are approved at once; later notices wait for a person.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from requests_app.adapters import calendar_files, notice_sources
from requests_app.domain.workdays import DayChange
from requests_app.management import base
from requests_app.selectors import calendars as approved
from requests_app.services import calendars
from requests_app.services.calendars import DateMove, ImpactReport, NoticeGiven


class Command(BaseCommand):
    """Reads a file, shows what it does to the open cases, and records or approves it."""

    help = "Import notices on public holidays: the packaged ones, or those of a CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="CSV: published,notice_no,date,kind,name"
        )
        parser.add_argument("--dry-run", action="store_true", help="show the impact, write nothing")
        parser.add_argument("--approve", action="store_true", help="let the notices hold at once")
        parser.add_argument("--by", default="", help="user name of who answers for it")

    def handle(
        self, *, file: Path | None, dry_run: bool, approve: bool, by: str, **options: Any
    ) -> None:
        with base.refusals_told():
            changes = (
                calendar_files.read_changes(file) if file else calendar_files.packaged_changes()
            )
            at_set_up = file is None and not approved.is_set_up()
            report = calendars.import_notices(
                changes,
                actor=base.actor_named(by),
                at=timezone.now(),
                dry_run=dry_run,
                approve_now=approve or at_set_up,
                sources=_sources(changes),
            )
        if options["verbosity"]:
            for line in _lines(report, dry_run=dry_run):
                self.stdout.write(line)


def _sources(changes: tuple[DayChange, ...] | list[DayChange]) -> dict[str, NoticeGiven]:
    packaged = notice_sources.packaged()
    published = {change.notice_no: change.published_on for change in changes}
    return {
        number: NoticeGiven(number, on, packaged[number].title, packaged[number].url)
        for number, on in published.items()
        if number in packaged
    }


def _lines(report: ImpactReport, *, dry_run: bool) -> list[str]:
    lines = [_move(move) for move in report.moves]
    lines.append(f"在办{report.cases}件，期限变动{len(report.changed)}处。")
    if report.known:
        lines.append(f"已登记过的通知{len(report.known)}份，未改动。")
    if dry_run:
        lines.append(f"试算：新通知{len(report.notices)}份，没有写入。")
    elif report.notices:
        state = "已启用" if report.approved else "已登记，待另一人启用"
        lines.append(f"新通知{len(report.notices)}份，{state}：{'、'.join(report.notices)}。")
    return lines


def _move(move: DateMove) -> str:
    if not move.changed:
        return f"{move.number}　{move.what}　{move.new}　不变"
    direction = "提前" if move.earlier else "推后或者改变"
    return f"{move.number}　{move.what}　{move.old or '无'} → {move.new or '无'}　{direction}"
