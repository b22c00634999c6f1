"""`manage.py seal_ledgers`: check that no record was altered, and seal what was recorded since."""

from requests_app.domain.jobs import Job
from requests_app.management.base import JobCommand


class Command(JobCommand):
    """Runs the nightly check and seal by hand."""

    help = "Check every link of the ledgers and every seal; then seal what was recorded since."
    job = Job.SEAL_LEDGERS
