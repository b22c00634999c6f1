"""`manage.py seed_demo`: make a demonstration office, once, on a machine that allows it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from requests_app.management import base
from requests_app.services import demo


class Command(BaseCommand):
    """Needs the guide's data and the calendar. An installation with cases is left alone."""

    help = "Make a demonstration office: people of each role, cases in every state around today."

    def handle(self, **options: Any) -> None:
        with base.refusals_told():
            tally = demo.seed(at=timezone.now())
        if not options["verbosity"]:
            return
        if tally.changed:
            self.stdout.write(settings.DEMO_LOGINS_FILE.read_text(encoding="utf-8"))
        else:
            self.stdout.write("已有数据，没有写入演示数据。")
