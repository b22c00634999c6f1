"""`manage.py check_jobs`: say which background jobs are missing; the exit status is for cron."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.domain.jobs import JOBS
from requests_app.selectors import job_health


class Command(BaseCommand):
    """Tells whether every periodic job ended well within the last 26 hours."""

    help = "End with status 1 when a periodic job has not ended well for 26 hours."

    def handle(self, **options: Any) -> None:
        missing = job_health.missing_jobs(at=timezone.now())
        if missing:
            names = "、".join(JOBS[job].label for job in missing)
            raise CommandError(f"超过26小时没有正常运行：{names}。")
        if options["verbosity"]:
            self.stdout.write("后台任务都在按时运行。")
