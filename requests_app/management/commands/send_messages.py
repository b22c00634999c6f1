"""`manage.py send_messages`: send every message that is due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.services import messages


class Command(BaseCommand):
    """Sends what is owed, without Celery."""

    help = "Send every message that is due."

    def handle(self, **options: Any) -> None:
        tally = messages.send_due(at=timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"应发{tally.seen}，已发{tally.changed}，未成{tally.failed}")
        if tally.failed:
            raise CommandError(f"{tally.failed} messages not sent; they say why.")
