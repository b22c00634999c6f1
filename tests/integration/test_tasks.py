"""Tasks: one for each job, under its name, each a single call at the moment of now."""

import pytest
import time_machine

from jcdisclosure.celery import app
from requests_app import tasks
from requests_app.domain.jobs import Job
from requests_app.models import JobRun, Letter, Message
from requests_app.models.messages import MessageChannel
from requests_app.services import messages
from tests import offices

NOW = offices.moment("2026-03-27", "12:00")


@pytest.fixture
def office(db):
    return offices.set_up()


@time_machine.travel(NOW, tick=False)
def test_render_letter_makes_the_file(office, monkeypatch):
    monkeypatch.setattr("requests_app.adapters.pdf.render_letter", lambda *_a, **_k: b"%PDF-1.7 .")
    letter = offices.register(office, offices.moment("2026-03-02")).letters.get()

    tasks.render_letter.delay(letter_id=letter.pk)
    tasks.render_letter.delay(letter_id=letter.pk)

    made = Letter.objects.get()
    assert (made.status, made.issued_at, made.render_attempts) == ("dispatched", NOW, 1)


@time_machine.travel(NOW, tick=False)
def test_send_message_sends_once(db, mailoutbox):
    message = messages.owe(
        None,
        key="k",
        channel=MessageChannel.EMAIL,
        to="chen@example.com",
        subject="标题",
        body="内容",
        at=NOW,
    )

    tasks.send_message.delay(message_id=message.pk)
    tasks.send_message.delay(message_id=message.pk)

    assert (Message.objects.get().sent_at, len(mailoutbox)) == (NOW, 1)


@pytest.mark.parametrize(
    "job",
    [
        Job.FLAG_DUE,
        Job.PROPOSE_LAPSES,
        Job.VERIFY_PROJECTIONS,
        Job.WARN_CALENDAR,
        Job.DISCARD_DRAFTS,
        Job.ESCALATE,
    ],
)
@time_machine.travel(NOW, tick=False)
def test_daily_task_runs_once_however_often_it_is_called(office, job):
    app.tasks[job.value].delay()
    app.tasks[job.value].delay()

    assert [(run.job, run.started_at) for run in JobRun.objects.all()] == [(job.value, NOW)]


@time_machine.travel(NOW, tick=False)
def test_sweep_does_what_is_owed(office):
    tasks.sweep.delay()

    assert set(JobRun.objects.values_list("job", flat=True)) == {
        "sweep",
        "flag_due",
        "propose_lapses",
        "verify_projections",
        "seal_ledgers",
        "warn_calendar",
        "discard_drafts",
        "delete_scans",
        "escalate",
    }
