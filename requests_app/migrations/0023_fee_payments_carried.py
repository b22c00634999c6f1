"""Carry payments recorded before into the accounts of their fees."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


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
    """Money that came in stands in the accounts."""

    dependencies = [("requests_app", "0022_fee_corrections")]

    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
