"""What the commands share: refusals told as sentences, staff found by name, jobs run by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.domain.access import SYSTEM, Actor
from requests_app.domain.errors import Refused
from requests_app.domain.jobs import Job
from requests_app.models import StaffUser
from requests_app.services import job_runs


@contextmanager
def refusals_told() -> Iterator[None]:
    """Turn a refusal into the command's error, one reason a line; the exit status is then 1."""
    try:
        yield
    except Refused as refusal:
        raise CommandError("\n".join(str(reason) for reason in refusal.reasons)) from refusal


def actor_named(username: str) -> Actor:
    """Return the member of staff of this name, or the system when no name was given."""
    if not username:
        return SYSTEM
    person = StaffUser.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"没有账号“{username}”，或者它已经停用。")
    return person.as_actor()


class JobCommand(BaseCommand):
    """Runs one background job now, without Celery, and leaves its record as the worker does.

    Ends with status 1 when a row failed, so that cron writes to somebody.
    """

    job: ClassVar[Job]

    def handle(self, **options: Any) -> None:
        tally = job_runs.run(self.job, at=timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"检查{tally.seen}，变更{tally.changed}，失败{tally.failed}")
        if tally.failed:
            raise CommandError(f"{tally.failed} failed; see the log and the record of runs.")
