"""`manage.py sweep`: do what rows owe by now: letters, messages, daily jobs that were missed."""

from requests_app.domain.jobs import Job
from requests_app.management.base import JobCommand


class Command(JobCommand):
    """Runs one sweep by hand."""

    help = "Render and send what is due, and run daily jobs that were missed."
    job = Job.SWEEP
