"""`manage.py make_archive_files`: make the electronic file of every case that was put away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.services import archive_files


class Command(BaseCommand):
    """Makes what is owed, without Celery, a few at a time until none is left."""

    help = "Make the electronic file of every case that was put away and has none yet."

    def handle(self, **options: Any) -> None:
        made = failed = 0
        while (tally := archive_files.make_due(at=timezone.now())).changed:
            made, failed = made + tally.changed, failed + tally.failed
        failed += tally.failed
        if options["verbosity"]:
            self.stdout.write(f"已制{made}，未成{failed}")
        if failed:
            raise CommandError(f"{failed} files not made; they say why.")
