"""`manage.py escalate`: plan the reminders that are owed, and send each person's digest."""

from requests_app.domain.jobs import Job
from requests_app.management.base import JobCommand


class Command(JobCommand):
    """Runs the ladder by hand; a second run on the same day sends nothing."""

    help = "Plan the reminders owed by now and send one digest a person and working day."
    job = Job.ESCALATE
