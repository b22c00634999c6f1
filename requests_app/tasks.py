"""Celery's side of the jobs: each task takes ids and makes one service call.

A task is registered under the name of its job; services find it by that name. What a task achieved
stands on the row it worked on or in its run's record, so nothing is returned. Without Celery the
commands of the same names do the same.
"""

from celery import shared_task
from django.utils import timezone

from requests_app.domain.jobs import Job
from requests_app.services import archive_files, job_runs, letters, messages


@shared_task(name=Job.RENDER_LETTER.value)
def render_letter(letter_id: int) -> None:
    """Make the PDF of a signed letter."""
    letters.render(letter_id, at=timezone.now())


@shared_task(name=Job.SEND_MESSAGE.value)
def send_message(message_id: int) -> None:
    """Send a message that is due."""
    messages.send(message_id, at=timezone.now())


@shared_task(name=Job.SWEEP.value)
def sweep() -> None:
    """Do what rows owe by now."""
    job_runs.sweep(at=timezone.now())


@shared_task(name=Job.FLAG_DUE.value)
def flag_due() -> None:
    """Flag what is due or overdue."""
    job_runs.run_if_owed(Job.FLAG_DUE, at=timezone.now())


@shared_task(name=Job.PROPOSE_LAPSES.value)
def propose_lapses() -> None:
    """Propose the lapse of what was neither corrected nor paid in time."""
    job_runs.run_if_owed(Job.PROPOSE_LAPSES, at=timezone.now())


@shared_task(name=Job.VERIFY_PROJECTIONS.value)
def verify_projections() -> None:
    """Compare stored dates with the ledgers."""
    job_runs.run_if_owed(Job.VERIFY_PROJECTIONS, at=timezone.now())


@shared_task(name=Job.SEAL_LEDGERS.value)
def seal_ledgers() -> None:
    """Check that no record was altered, and seal what was recorded since."""
    job_runs.run_if_owed(Job.SEAL_LEDGERS, at=timezone.now())


@shared_task(name=Job.WARN_CALENDAR.value)
def warn_calendar() -> None:
    """Remind of the next year's notice on public holidays."""
    job_runs.run_if_owed(Job.WARN_CALENDAR, at=timezone.now())


@shared_task(name=Job.DISCARD_DRAFTS.value)
def discard_drafts() -> None:
    """Delete what somebody began to fill in and left."""
    job_runs.run_if_owed(Job.DISCARD_DRAFTS, at=timezone.now())


@shared_task(name=Job.ESCALATE.value)
def escalate() -> None:
    """Plan the reminders that are owed and send each person's digest."""
    job_runs.run_if_owed(Job.ESCALATE, at=timezone.now())


@shared_task(name=Job.MAKE_ARCHIVE_FILE.value)
def make_archive_file(archive_file_id: int) -> None:
    """Make the electronic file of a case that was put away."""
    archive_files.make(archive_file_id, at=timezone.now())


@shared_task(name=Job.DELETE_SCANS.value)
def delete_scans() -> None:
    """Delete sensitive scans whose time has run out."""
    job_runs.run_if_owed(Job.DELETE_SCANS, at=timezone.now())
