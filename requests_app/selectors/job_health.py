"""How the background jobs stand: last run of each, and which is missing.

The lights and dates on the pages do not depend on any of this; what suffers is reminders. A job is
missing when it has not ended well for too long, counted at the earliest from the day the office was set
up: before that it had no chance to run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min, Q, QuerySet

from requests_app.domain.jobs import JOBS, Job
from requests_app.models import JobRun

#: A daily job has two hours of grace.
_DAILY_MISSING_AFTER: Final = timedelta(hours=26)
#: A sweep shows life twice a minute; a busy worker may skip some.
_SWEEP_MISSING_AFTER: Final = timedelta(minutes=2)


@dataclass(frozen=True)
class JobStanding:
    """One periodic job: its last run, the last that ended well, and whether that is too long ago."""

    job: Job
    label: str
    last_started_at: datetime | None
    last_ended_well_at: datetime | None
    last_failed: int
    last_error: str
    missing: bool


def standings(*, at: datetime) -> tuple[JobStanding, ...]:
    """Return how each periodic job stands at ``at``, in the order of ``domain.jobs``."""
    set_up = set_up_at()
    return tuple(
        _standing(job, at=at, set_up=set_up) for job, spec in JOBS.items() if spec.periodic
    )


def set_up_at() -> datetime | None:
    """Return when this office's database was made: the moment of its first migration."""
    first = MigrationRecorder.Migration.objects.aggregate(first=Min("applied"))["first"]
    return first if isinstance(first, datetime) else None


def last_nightly() -> JobRun | None:
    """Return the last finished nightly check of the stored dates."""
    runs = JobRun.objects.filter(job=Job.VERIFY_PROJECTIONS.value, ended_at__isnull=False)
    return runs.order_by("-started_at").first()


def missing_jobs(*, at: datetime) -> tuple[Job, ...]:
    """Return the periodic jobs that have not ended well for 26 hours: for banner and watch.

    One query while all is well.
    """
    well = JobRun.objects.filter(
        job__in=[job.value for job, spec in JOBS.items() if spec.periodic],
        started_at__gte=at - _DAILY_MISSING_AFTER,
        ended_at__isnull=False,
        error="",
    )
    seen = set(well.order_by().values_list("job", flat=True).distinct())
    away = tuple(job for job, spec in JOBS.items() if spec.periodic and job.value not in seen)
    return away if away and _long_since(set_up_at(), at=at, limit=_DAILY_MISSING_AFTER) else ()


def last_runs(*, count: int) -> QuerySet[JobRun]:
    """Return the last runs of all jobs, the newest first."""
    return JobRun.objects.order_by("-pk")[:count]


def _standing(job: Job, *, at: datetime, set_up: datetime | None) -> JobStanding:
    runs = JobRun.objects.filter(job=job.value).order_by("-started_at")
    last = runs.first()
    well = runs.filter(Q(error="") & Q(ended_at__isnull=False)).first()
    limit = _SWEEP_MISSING_AFTER if job is Job.SWEEP else _DAILY_MISSING_AFTER
    return JobStanding(
        job=job,
        label=JOBS[job].label,
        last_started_at=last.started_at if last else None,
        last_ended_well_at=well.started_at if well else None,
        last_failed=last.failed if last else 0,
        last_error=last.error if last else "",
        missing=_long_since(well.started_at if well else set_up, at=at, limit=limit),
    )


def _long_since(moment: datetime | None, *, at: datetime, limit: timedelta) -> bool:
    return moment is None or moment < at - limit
