"""Check the chains every night and seal what was recorded since (domain.chain)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models, transaction
from django.db.models import Max

from requests_app.domain import chain
from requests_app.models import AccessRecord, Event, Seal, SealedHead, SetupChange, StaffUser
from requests_app.selectors import integrity
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)

#: Rows younger than this may stand beside others with lower ids that are not committed yet.
SETTLED: Final = timedelta(hours=1)

_BEFORE_THE_FIRST: Final = Seal(number=0, digest=chain.start("seals"))


def check_and_seal(*, at: datetime) -> Tally:
    """Check every chain, log what differs, and seal the night.

    A fault stays in the count of every later night: it is explained, never made good. What is
    seen are the entries of all ledgers; what is changed, the ledgers sealed; what failed, the faults.
    """
    found = tuple(integrity.faults())
    for fault in found:
        logger.error("integrity: case %s entry %s: %s", fault.case_id, fault.seq, fault.sentence)
    return Tally(Event.objects.count(), seal(at=at), len(found))


@transaction.atomic
def seal(*, at: datetime) -> int:
    """Seal what was recorded since the last seal; return how many ledgers went on."""
    last = Seal.objects.select_for_update().order_by("-number").first() or _BEFORE_THE_FIRST
    heads = integrity.unsealed_heads()
    new = Seal(
        number=last.number + 1,
        at=at,
        last_access=max(_settled(AccessRecord.objects.all(), at=at), last.last_access),
        last_change=max(_settled(SetupChange.objects.all(), at=at), last.last_change),
    )
    new.digest = integrity.digest_of(
        new,
        previous=last.digest,
        heads=heads,
        access=integrity.access_rows(after=last.last_access, up_to=new.last_access),
        changes=integrity.change_rows(after=last.last_change, up_to=new.last_change),
    )
    new.save()
    SealedHead.objects.bulk_create(
        [SealedHead(seal=new, **head) for head in heads], batch_size=1_000
    )
    return len(heads)


def _settled(rows: models.QuerySet[Any], *, at: datetime) -> int:
    """Return the highest id among ``rows`` old enough that none below it is still to come."""
    return rows.filter(at__lte=at - SETTLED).aggregate(last=Max("pk"))["last"] or 0


def record_change(
    row: models.Model,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: StaffUser,
    at: datetime,
) -> SetupChange | None:
    """Keep what a person changed in the set-up; nothing when nothing differs."""
    if before == after:
        return None
    return SetupChange.objects.create(
        at=at,
        staff=by,
        table=str(row._meta.verbose_name),
        row=str(row)[:200],
        row_id=row.pk,
        before=dict(before),
        after=dict(after),
    )
