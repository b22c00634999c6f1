"""取下一件 by several clerks at one moment: nobody gets what another has."""

import threading

import pytest
from django.db import connection

from requests_app.domain.errors import Refused
from requests_app.models import Case
from requests_app.services import picking
from tests import factories
from tests.offices import moment

AT = moment("2026-03-12")


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_take_two_cases(settings, transactional_db):
    settings.NUDGE = False
    desk = factories.set_up()
    made = {desk.file("2026-03-02").pk for _ in range(4)}
    start = threading.Barrier(4)
    taken = []

    def take(actor):
        start.wait()
        try:
            taken.append(picking.take_next(actor=actor, at=AT).pk)
        except Refused as refusal:
            taken.append(refusal.codes)
        finally:
            connection.close()

    clerks = [desk.clerk, desk.clerk_too, desk.clerk, desk.clerk_too]
    threads = [threading.Thread(target=take, args=(each,)) for each in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert set(taken) == made
    assert len(taken) == 4
    assert not Case.objects.filter(clerk__isnull=True).exists()
