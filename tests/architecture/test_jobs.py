"""Every job of the domain has its task, and every task of ours is a job."""

import inspect

from jcdisclosure.celery import app
from requests_app.domain.jobs import JOBS, Job


def own_tasks():
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}


def test_jobs_and_tasks_are_the_same():
    assert set(own_tasks()) == {job.value for job in Job}


def test_tasks_take_the_ids_their_job_declares():
    taken = {
        name: tuple(inspect.signature(task.run).parameters) for name, task in own_tasks().items()
    }

    assert taken == {job.value: spec.ids for job, spec in JOBS.items()}


def test_beat_ticks_every_periodic_job_and_lets_ticks_expire():
    assert set(app.conf.beat_schedule) == {job.value for job, spec in JOBS.items() if spec.periodic}
    assert all(entry["options"]["expires"] for entry in app.conf.beat_schedule.values())


def test_messages_are_plain_and_never_lost_with_a_worker():
    conf = app.conf

    assert list(conf.accept_content) == ["json"]
    assert (conf.task_serializer, conf.task_acks_late, conf.task_reject_on_worker_lost) == (
        "json",
        True,
        True,
    )
    assert conf.worker_prefetch_multiplier == 1
