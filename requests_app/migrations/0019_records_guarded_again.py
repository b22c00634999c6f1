"""Put the triggers back that SQLite dropped when 0013 rebuilt the table of access records."""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

sealed = import_module("requests_app.migrations.0012_sealed_ledgers")


def guard_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take away what is left of the triggers and install them all."""
    sealed.unguard(apps, schema_editor)
    sealed.guard(apps, schema_editor)


class Migration(migrations.Migration):
    """Records stay append-only."""

    dependencies = [("requests_app", "0018_calendar_feeds")]

    operations = [migrations.RunPython(guard_again, migrations.RunPython.noop)]
