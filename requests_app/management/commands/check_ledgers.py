"""`manage.py check_ledgers`: name every record that is not what was written. Writes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from requests_app.models import Seal
from requests_app.selectors import integrity


class Command(BaseCommand):
    """Prints each fault on a line; ends with status 1 when there is one."""

    help = "Check every link of the ledgers and every seal, and print the last seal's digest."

    def handle(self, **_options: Any) -> None:
        count = 0
        for count, fault in enumerate(integrity.faults(), start=1):  # noqa: B007 - counted below
            place = f"案件{fault.case_id} 第{fault.seq}条：" if fault.case_id else ""
            self.stdout.write(f"{place}{fault.sentence}")
        last = Seal.objects.order_by("-number").first()
        if last is not None:
            self.stdout.write(f"{last}　{last.at.isoformat()}　{last.digest}")
        if count:
            raise CommandError(f"{count} records are not what was written.")
