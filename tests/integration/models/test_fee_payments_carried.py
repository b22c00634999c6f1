"""Payments recorded before fees had accounts are carried into them."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from requests_app.models import FeeMovement
from requests_app.services import entries
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

migration = import_module("requests_app.migrations.0023_fee_payments_carried")


def test_each_paid_fee_gets_the_movement_its_entry_tells_of(desk):
    paid, voided, unpaid = (desk.file("2026-05-08") for _ in range(3))
    for case in (paid, voided, unpaid):
        desk.charge(case, "2026-05-20", served="2026-05-20")
    for case in (paid, voided):
        desk.pay(case, "2026-06-10")
    entries.void(
        voided.pk,
        seq=voided.events.get(entry="paid").seq,
        reason="他人的款项",
        actor=desk.clerk,
        at=moment("2026-06-10"),
    )
    FeeMovement.objects.all().delete()

    migration.carry(apps, None)

    carried = FeeMovement.objects.get()
    assert (carried.fee.case, carried.kind, carried.on, carried.amount_fen) == (
        paid,
        "received",
        date(2026, 6, 10),
        10_000,
    )
    assert carried.seq == paid.events.get(entry="paid").seq
