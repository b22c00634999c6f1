"""`manage.py delete_scans`: delete sensitive scans whose time has run out."""

from requests_app.domain.jobs import Job
from requests_app.management.base import JobCommand


class Command(JobCommand):
    """Runs the daily deletion by hand."""

    help = (
        "Delete the scans of identity papers whose period of keeping has run out; ledgers say so."
    )
    job = Job.DELETE_SCANS
