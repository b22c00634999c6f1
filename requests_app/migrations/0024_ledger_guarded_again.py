"""Put the triggers of the ledger back that SQLite dropped when 0022 rebuilt its table."""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ledger = import_module("requests_app.migrations.0002_append_only_ledger")


def guard_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take away what is left of the triggers and install them."""
    ledger.unguard(apps, schema_editor)
    ledger.guard(apps, schema_editor)


class Migration(migrations.Migration):
    """Entries of the ledger stay append-only."""

    dependencies = [("requests_app", "0023_fee_payments_carried")]

    operations = [migrations.RunPython(guard_again, migrations.RunPython.noop)]
