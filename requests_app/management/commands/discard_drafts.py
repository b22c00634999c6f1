"""`manage.py discard_drafts`: delete what somebody began to fill in and left."""

from requests_app.domain.jobs import Job
from requests_app.management.base import JobCommand


class Command(JobCommand):
    """Runs the daily clearing by hand."""

    help = "Delete drafts of applications nobody has touched for three days, with their files."
    job = Job.DISCARD_DRAFTS
