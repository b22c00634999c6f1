"""Carry payments recorded before into the accounts of their fees; put the triggers back.

0022 rebuilt the table of events on SQLite, which drops its triggers.
"""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

guarded = import_module("requests_app.migrations.0019_records_guarded_again")


def carry(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each fee that was paid the movement its entry in the ledger tells of."""
    fee_model = apps.get_model("requests_app", "Fee")
    event_model = apps.get_model("requests_app", "Event")
    movement_model = apps.get_model("requests_app", "FeeMovement")
    for fee in fee_model.objects.order_by("pk"):
        if fee.paid_on is None:
            continue
        voided = event_model.objects.filter(case_id=fee.case_id, entry="voided")
        paid = (
            event_model.objects.filter(case_id=fee.case_id, entry="paid", on=fee.paid_on)
            .exclude(seq__in=voided.values("voids"))
            .order_by("-seq")
            .first()
        )
        if paid is not None:
            movement_model.objects.create(
                fee=fee,
                kind="received",
                on=fee.paid_on,
                amount_fen=fee.amount_fen,
                bill_number=fee.bill_number or "—",
                seq=paid.seq,
                recorded_at=paid.recorded_at,
            )


class Migration(migrations.Migration):
    """Money that came in stands in the accounts; records stay append-only."""

    dependencies = [("requests_app", "0022_fee_corrections")]

    operations = [
        migrations.RunPython(carry, migrations.RunPython.noop),
        migrations.RunPython(guarded.guard_again, migrations.RunPython.noop),
    ]
