"""`manage.py render_letters`: make the PDF of every signed letter that waits for one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.services import letters


class Command(BaseCommand):
    """Renders what is owed, without Celery."""

    help = "Make the PDF of every signed letter that waits for one."

    def handle(self, **options: Any) -> None:
        tally = letters.render_due(at=timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"待制{tally.seen}，已制{tally.changed}，未成{tally.failed}")
        if tally.failed:
            raise CommandError(f"{tally.failed} letters not made; they say why.")
