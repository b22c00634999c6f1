"""The Celery application and the clock that ticks.

Tasks live in requests_app/tasks.py, the facts of the schedule in requests_app/domain/jobs.py;
here the one is told of the other. A tick that comes late is worth nothing, since the next one
does the same work, so each expires.
"""

import os

from celery import Celery
from celery.schedules import crontab, schedule

from requests_app.domain.jobs import JOBS, JobSpec

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jcdisclosure.settings")

TICKS_KEPT = 5
DAILY_KEPT_SECONDS = 3600


def _entry(spec: JobSpec) -> dict[str, object]:
    if spec.every is not None:
        seconds = spec.every.total_seconds()
        return {
            "task": spec.job.value,
            "schedule": schedule(spec.every),
            "options": {"expires": seconds * TICKS_KEPT},
        }
    if spec.at is None:
        raise ValueError(f"{spec.job} has neither an interval nor an hour")
    return {
        "task": spec.job.value,
        "schedule": crontab(hour=str(spec.at.hour), minute=str(spec.at.minute)),
        "options": {"expires": DAILY_KEPT_SECONDS},
    }


app = Celery("jcdisclosure")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {spec.job.value: _entry(spec) for spec in JOBS.values() if spec.periodic}
