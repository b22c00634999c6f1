"""`manage.py warn_calendar`: remind the administrators while the next year's notice is missing."""

from requests_app.domain.jobs import Job
from requests_app.management.base import JobCommand


class Command(JobCommand):
    """Runs the daily look at the calendar by hand."""

    help = "Remind the administrators of a missing notice on public holidays."
    job = Job.WARN_CALENDAR
