"""When the jobs last ran, for the people who would miss them."""

from __future__ import annotations

from requests_app.domain.jobs import Job
from requests_app.models import JobRun


def last_nightly() -> JobRun | None:
    """Return the last finished nightly check of the stored dates."""
    runs = JobRun.objects.filter(job=Job.VERIFY_PROJECTIONS.value, ended_at__isnull=False)
    return runs.order_by("-started_at").first()
