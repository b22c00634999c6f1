"""`manage.py seed_guide`: enter what the office's published guide states, where nothing stands."""

from typing import Any

from django.core.management.base import BaseCommand

from requests_app.services import office_setup


class Command(BaseCommand):
    """Safe to repeat: what somebody has edited stays as it is."""

    help = "Enter the office, its bodies, remedies and reading points from the guide of 2023."

    def handle(self, **options: Any) -> None:
        tally = office_setup.seed_guide()
        if options["verbosity"]:
            self.stdout.write(f"写入{tally.changed}项；已有的内容没有改动。")
