"""Look for applicants whose time to correct or to pay has gone by, and propose the lapse.

The clock only says that a day has passed; whether there was good reason, and whether a letter goes
out, a person decides (条例 30). One case that cannot be judged never holds up the others.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db.models import Q

from requests_app.domain import clock
from requests_app.domain.ledger import Status
from requests_app.models import Case
from requests_app.services import lapses
from requests_app.services.case_file import local_day
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)


def propose_due(*, at: datetime) -> Tally:
    """Propose the lapse of every waiting case whose last day has gone by, one transaction each."""
    gone_by = Case.objects.filter(
        Q(next_due_on__lt=local_day(at)) | Q(clock_state=clock.State.ABANDONED.value),
        status__in=[Status.AWAITING_CORRECTION.value, Status.AWAITING_PAYMENT.value],
    )
    seen = changed = failed = 0
    for case_id in list(gone_by.order_by("pk").values_list("pk", flat=True)):
        seen += 1
        try:
            changed += lapses.propose(case_id, at=at)
        except Exception:  # one bad case never stops the batch; the run's record counts it
            logger.exception("lapse of case %s could not be judged", case_id)
            failed += 1
    return Tally(seen=seen, changed=changed, failed=failed)
