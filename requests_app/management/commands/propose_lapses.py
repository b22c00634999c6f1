"""`manage.py propose_lapses`: propose the lapse of what was neither corrected nor paid in time."""

from requests_app.domain.jobs import Job
from requests_app.management.base import JobCommand


class Command(JobCommand):
    """Runs the daily proposals by hand."""

    help = "Propose lapses; a person confirms each."
    job = Job.PROPOSE_LAPSES
