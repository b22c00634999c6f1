"""Run the background jobs, and leave a record of each run.

Each job is one function that looks at rows and does what they owe. The worker, the commands and
the sweep's catching-up all come through ``run``; which job is owed when stands in ``domain.jobs``.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from django.db.models import Max, Q

from requests_app.domain.jobs import JOBS, Job, is_owed
from requests_app.models import JobRun
from requests_app.services import (
    archive_files,
    calendar_watch,
    drafts,
    escalation,
    flags,
    lapse_watch,
    letters,
    messages,
    projections,
    scan_deletion,
    seals,
)
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)

#: A quiet sweep says that it lives this often; two seconds would only wear the disk.
_PULSE: Final = timedelta(seconds=30)


@dataclass
class Run:
    """A run under way: the job's own code puts its tally here."""

    tally: Tally = field(default_factory=Tally)


@contextmanager
def record(job: Job, *, at: datetime) -> Iterator[Run]:
    """Keep one row of a run, from its start on; an error is written to it, logged, and passed on."""
    row = JobRun.objects.create(job=job.value, started_at=at)
    begun = time.monotonic()
    run = Run()
    try:
        yield run
    except Exception as error:
        logger.exception("job %s failed", job.value)
        _finish(row, run.tally, seconds=time.monotonic() - begun, error=_where(error))
        raise
    _finish(row, run.tally, seconds=time.monotonic() - begun)


def run(job: Job, *, at: datetime) -> Tally:
    """Run one periodic job now, whether it is owed or not, and record it."""
    if job is Job.SWEEP:
        return sweep(at=at)
    with record(job, at=at) as under_way:
        under_way.tally = DAILY[job](at=at)
    return under_way.tally


def run_if_owed(job: Job, *, at: datetime) -> Tally | None:
    """Run a daily job unless it has run since its hour: several clocks may call for the same run."""
    return (
        run(job, at=at)
        if is_owed(job, last_ran_at=_last_runs(at=at).get(job.value), at=at)
        else None
    )


def sweep(*, at: datetime) -> Tally:
    """Do what rows owe by now: letters, messages, files of the archive, daily jobs that were missed.

    Each part stands alone: an error in one is logged and counted, and the others go on. Writes a
    row only when something was done, and a sign of life every half minute otherwise.
    """
    begun = time.monotonic()
    tally, errors = Tally(), []
    for work in (letters.render_due, messages.send_due, archive_files.make_due):
        try:
            tally += work(at=at)
        except Exception as error:  # the row below keeps it, the next sweep tries again
            logger.exception("part of the sweep failed")
            errors.append(_where(error))
    for job in owed(at=at):
        try:
            run(job, at=at)
        except Exception:  # noqa: BLE001 - recorded and logged by the job's own run
            tally += Tally(failed=1)
    tally += Tally(failed=len(errors))
    if tally.changed or tally.failed:
        row = JobRun.objects.create(job=Job.SWEEP.value, started_at=at)
        _finish(row, tally, seconds=time.monotonic() - begun, error="; ".join(errors))
    else:
        _show_life(at=at)
    return tally


def owed(*, at: datetime) -> tuple[Job, ...]:
    """Return the daily jobs that should have run by ``at`` and have not, in the order of the day."""
    last = _last_runs(at=at)
    return tuple(job for job in DAILY if is_owed(job, last_ran_at=last.get(job.value), at=at))


#: How long a daily job that failed is left alone before it is tried again.
RETRY_AFTER: Final = timedelta(minutes=15)

#: Every job that runs once a day, and what it does.
DAILY: Final[Mapping[Job, Callable[..., Tally]]] = MappingProxyType(
    {
        Job.FLAG_DUE: flags.raise_due,
        Job.PROPOSE_LAPSES: lapse_watch.propose_due,
        Job.VERIFY_PROJECTIONS: projections.verify,
        Job.SEAL_LEDGERS: seals.check_and_seal,
        Job.WARN_CALENDAR: calendar_watch.warn,
        Job.DISCARD_DRAFTS: drafts.discard_old,
        Job.DELETE_SCANS: scan_deletion.delete_due,
        Job.ESCALATE: escalation.run,
    }
)


def _last_runs(*, at: datetime) -> dict[str, datetime]:
    """Return when each daily job last ran to its end, or was last begun a short while ago.

    A run that failed, or died with its worker, is owed again once ``RETRY_AFTER`` has gone by.
    """
    daily = [job.value for job in JOBS if JOBS[job].at is not None]
    done = Q(error="", ended_at__isnull=False) | Q(started_at__gt=at - RETRY_AFTER)
    rows = JobRun.objects.filter(done, job__in=daily).order_by().values("job")
    return dict(rows.annotate(last=Max("started_at")).values_list("job", "last"))


def _finish(row: JobRun, tally: Tally, *, seconds: float, error: str = "") -> None:
    row.ended_at = row.started_at + timedelta(seconds=seconds)
    row.seen, row.changed, row.failed = tally.seen, tally.changed, tally.failed
    row.error = error
    row.save(update_fields=["ended_at", "seen", "changed", "failed", "error"])


def _show_life(*, at: datetime) -> None:
    """Move the last quiet sweep's row to ``at``, or begin one: quiet sweeps leave one row in all."""
    last = JobRun.objects.filter(job=Job.SWEEP.value).order_by("-started_at").first()
    if last is not None and last.started_at > at - _PULSE:
        return
    if last is None or last.changed or last.failed:
        JobRun.objects.create(job=Job.SWEEP.value, started_at=at, ended_at=at)
    else:
        JobRun.objects.filter(pk=last.pk).update(started_at=at, ended_at=at)


def _where(error: BaseException) -> str:
    """Name an error by its kind and place. Its text may hold what must not be kept; the log has it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} ({last.filename.rsplit('/', 1)[-1]}:{last.lineno})"
