"""How the background jobs stand: last run of each, and which is missing.

The lights and dates on the pages do not depend on any of this; what suffers is reminders.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

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
    return tuple(_standing(job, at=at) for job, spec in JOBS.items() if spec.periodic)


def missing(*, at: datetime) -> tuple[JobStanding, ...]:
    """Return the jobs whose last good run is too long ago, for the supervisor's banner."""
    return tuple(each for each in standings(at=at) if each.missing)


def last_nightly() -> JobRun | None:
    """Return the last finished nightly check of the stored dates."""
    runs = JobRun.objects.filter(job=Job.VERIFY_PROJECTIONS.value, ended_at__isnull=False)
    return runs.order_by("-started_at").first()


def missing_jobs(*, at: datetime) -> tuple[Job, ...]:
    """Return the periodic jobs that have not ended well for 26 hours. One query: for banner and watch."""
    well = JobRun.objects.filter(
        job__in=[job.value for job, spec in JOBS.items() if spec.periodic],
        started_at__gte=at - _DAILY_MISSING_AFTER,
        ended_at__isnull=False,
        error="",
    )
    seen = set(well.order_by().values_list("job", flat=True).distinct())
    return tuple(job for job, spec in JOBS.items() if spec.periodic and job.value not in seen)


def last_runs(*, count: int) -> QuerySet[JobRun]:
    """Return the last runs of all jobs, the newest first."""
    return JobRun.objects.order_by("-pk")[:count]


def _standing(job: Job, *, at: datetime) -> JobStanding:
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
        missing=well is None or well.started_at < at - limit,
    )
