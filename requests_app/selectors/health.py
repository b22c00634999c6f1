"""What this site stands on, asked by machines that watch it."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from requests_app.domain.jobs import Job
from requests_app.models import JobRun

# Far more than the sweep's two seconds: a busy worker is not a dead one.
SWEEP_SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Standing:
    """Which parts hold: the database answers, its schema is the code's, the sweep ran of late."""

    database: bool
    schema: bool
    worker: bool

    @property
    def ready(self) -> bool:
        """Whether pages can be served; a silent worker hinders none, since rows are the truth."""
        return self.database and self.schema

    def as_dict(self) -> dict[str, bool]:
        """Name each part and the whole."""
        return {"ready": self.ready, **asdict(self)}


def standing(*, at: datetime) -> Standing:
    """Ask the database, its migrations and the record of the sweep."""
    try:
        executor = MigrationExecutor(connection)
        schema = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        worker = schema and _sweep_ran_since(at - SWEEP_SILENT_AFTER)
    except DatabaseError:
        return Standing(database=False, schema=False, worker=False)
    return Standing(database=True, schema=schema, worker=worker)


def _sweep_ran_since(moment: datetime) -> bool:
    return JobRun.objects.filter(job=Job.SWEEP, started_at__gte=moment).exists()
