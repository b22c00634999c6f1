"""The nudge: after the commit, with ids only, and harmless when the broker is away."""

import pytest
from celery import Celery
from celery.exceptions import NotRegistered
from django.db import transaction

from requests_app.adapters import queue
from requests_app.domain.jobs import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(settings, monkeypatch):
    """A Celery of this test's own, in eager mode, whose task keeps the id it is given."""
    settings.NUDGE = True
    own = Celery("test", set_as_current=False)
    own.conf.update(task_always_eager=True, task_eager_propagates=True)
    own.finalize()
    for job in Job:  # shared by requests_app.tasks with every application there is
        own.tasks.pop(job.value, None)
    monkeypatch.setattr(queue, "current_app", own)
    return own


@pytest.fixture
def nudged(app):
    kept = []

    @app.task(name="render_letter", shared=False)
    def _render(letter_id):
        kept.append(letter_id)

    return kept


def test_job_is_sent_after_the_commit(nudged, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        queue.enqueue_on_commit(Job.RENDER_LETTER, letter_id=7)
        before = list(nudged)

    assert before == []
    assert nudged == [7]


def test_job_of_a_transaction_rolled_back_is_not_sent(nudged, django_capture_on_commit_callbacks):
    def fail():
        with transaction.atomic():
            queue.enqueue_on_commit(Job.RENDER_LETTER, letter_id=7)
            raise LookupError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(LookupError):
        fail()

    assert nudged == []


def test_job_is_not_sent_when_the_nudge_is_off(
    nudged, settings, django_capture_on_commit_callbacks
):
    settings.NUDGE = False

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        queue.enqueue_on_commit(Job.RENDER_LETTER, letter_id=7)

    assert (callbacks, nudged) == ([], [])


@pytest.mark.parametrize("nudge", [True, False])
@pytest.mark.parametrize(
    "ids",
    [
        {},
        {"message_id": 7},
        {"letter_id": 7, "case_id": 1},
        {"letter_id": "7"},
        {"letter_id": None},
        {"letter_id": True},
        {"letter_id": 7.0},
    ],
)
def test_job_with_other_than_its_ids_is_a_mistake(nudged, settings, ids, nudge):
    settings.NUDGE = nudge

    with pytest.raises(TypeError, match="render_letter takes"):
        queue.enqueue_on_commit(Job.RENDER_LETTER, **ids)


@pytest.mark.parametrize("address", ["redis://127.0.0.1:9/0", "amqp://127.0.0.1:9//"])
def test_broker_away_is_logged_and_nothing_more(
    app, nudged, caplog, django_capture_on_commit_callbacks, address
):
    app.conf.update(
        task_always_eager=False,
        broker_url=address,  # nobody listens there
        broker_transport_options={"max_retries": 0, "interval_start": 0},
    )

    with django_capture_on_commit_callbacks(execute=True):
        queue.enqueue_on_commit(Job.RENDER_LETTER, letter_id=7)

    [record] = [each for each in caplog.records if each.name == "requests_app.adapters.queue"]
    assert (record.levelname, record.message) == ("WARNING", "broker away, left to the sweep")
    assert (record.job, record.letter_id) == ("render_letter", 7)
    assert nudged == []


def test_other_errors_of_a_task_are_not_swallowed(app, django_capture_on_commit_callbacks):
    @app.task(name="send_message", shared=False)
    def _broken(message_id):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), django_capture_on_commit_callbacks(execute=True):
        queue.enqueue_on_commit(Job.SEND_MESSAGE, message_id=7)


def test_job_nobody_registered_is_a_mistake(app, django_capture_on_commit_callbacks):
    with pytest.raises(NotRegistered), django_capture_on_commit_callbacks(execute=True):
        queue.enqueue_on_commit(Job.SEND_MESSAGE, message_id=7)
