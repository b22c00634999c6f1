"""The nudge: tell a worker that a row is waiting.

Here belongs the only call by which services reach Celery. Rows are the truth and the sweep finds
them all; a nudge that is lost, doubled or never sent costs a moment and nothing else.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from requests_app.domain.jobs import JOBS, Job

logger = logging.getLogger(__name__)


def enqueue_on_commit(job: Job, **ids: int) -> None:
    """Ask a worker to run ``job`` once the current transaction is committed.

    ``ids`` are exactly the ids the job is declared with, whole numbers only: what a task needs
    more it reads from the row, which may have changed by then. Does nothing when
    ``settings.NUDGE`` is off; then the sweep does the work. In eager mode the task runs at once.
    """
    _check_ids(job, ids=ids)
    if not settings.NUDGE:
        return
    # The same moment as Celery's delay_on_commit. Own, because a broker that is away must not
    # turn a committed request into an error page, and on_commit(robust=True) would hide any error.
    transaction.on_commit(functools.partial(_nudge, job, ids=ids))


def _check_ids(job: Job, *, ids: Mapping[str, object]) -> None:
    declared = JOBS[job].ids
    if tuple(sorted(ids)) != tuple(sorted(declared)):
        raise TypeError(f"{job} takes the ids {declared}, not {tuple(ids)}")
    wrong = [name for name, value in ids.items() if type(value) is not int]
    if wrong:
        raise TypeError(f"{job} takes whole numbers; {wrong} are none")


def _nudge(job: Job, *, ids: Mapping[str, int]) -> None:
    # By its registered object: by name alone Celery would ignore eager mode.
    task = current_app.tasks[job.value]
    try:
        # No retries here: somebody waits for the page, and the sweep retries better.
        task.apply_async(kwargs=dict(ids), retry=False)
    except OperationalError:
        logger.warning("broker away, left to the sweep", extra={"job": job.value, **ids})
