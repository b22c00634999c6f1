"""`manage.py verify_projections`: compare the stored dates of open cases with their ledgers."""

from requests_app.domain.jobs import Job
from requests_app.management.base import JobCommand


class Command(JobCommand):
    """Runs the nightly comparison by hand."""

    help = "Recompute every open case and put right what differs from its ledger."
    job = Job.VERIFY_PROJECTIONS
