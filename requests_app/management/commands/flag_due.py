"""`manage.py flag_due`: flag what is due or overdue, once, and owe the reminders."""

from requests_app.domain.jobs import Job
from requests_app.management.base import JobCommand


class Command(JobCommand):
    """Runs the daily flags by hand."""

    help = "Flag open cases whose day is near or gone by, and owe the reminders."
    job = Job.FLAG_DUE
