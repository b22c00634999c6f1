"""Make the ledger append-only in the database itself: no update, no delete, no truncate."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "requests_app_event"
MESSAGE = "events are append-only: void them by a further event"

SQLITE = (
    f"CREATE TRIGGER event_never_updated BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER event_never_deleted BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
)
SQLITE_UNDO = (
    "DROP TRIGGER IF EXISTS event_never_updated",
    "DROP TRIGGER IF EXISTS event_never_deleted",
)
POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION refuse_event_change() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END
        $$ LANGUAGE plpgsql""",
    f"""CREATE TRIGGER event_never_changed BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION refuse_event_change()""",
    f"""CREATE TRIGGER event_never_truncated BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change()""",
)
POSTGRESQL_UNDO = (
    f"DROP TRIGGER IF EXISTS event_never_changed ON {TABLE}",
    f"DROP TRIGGER IF EXISTS event_never_truncated ON {TABLE}",
    "DROP FUNCTION IF EXISTS refuse_event_change()",
)


def guard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Install the triggers of the database in use."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unguard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove them again."""
    for statement in (
        SQLITE_UNDO if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_UNDO
    ):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Guard the ledger."""

    dependencies = [("requests_app", "0001_schema")]

    operations = [migrations.RunPython(guard, unguard)]
