"""取下一件: give a clerk the most urgent case that nobody has, to one clerk only."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.ledger import OPEN, Status
from requests_app.models import Case
from requests_app.models.choices import values
from requests_app.selectors import cases, worklist_keys
from requests_app.services import assignments, case_file

_TRIES: Final = 20
#: What waits for a confirmation or a date of its own is no work to pick up.
_PICKED: Final = OPEN - {
    Status.AWAITING_CORRECTION,
    Status.AWAITING_PAYMENT,
    Status.AWAITING_APPROVAL,
    Status.AWAITING_DISPATCH,
    Status.LAPSE_PROPOSED,
}


def take_next(*, actor: Actor, at: datetime) -> Case:
    """Assign the most urgent case without a clerk to ``actor`` and return it.

    Two clerks at once get two cases: PostgreSQL passes over what another has just locked, and
    everywhere the lock is followed by a second look. Refuses when nothing is left.
    """
    refuse_if_any(reasons_against(Act.ASSIGN, actor=actor))
    if not actor.may(Act.ANSWER):
        raise Refused.because("role", "取下一件由经办人办理，您现在的岗位不能办理。")
    for _ in range(_TRIES):
        with transaction.atomic():
            case_id = _lock_most_urgent(actor)
            if case_id is None:
                break
            if not Case.objects.filter(pk=case_id, clerk__isnull=True).exists():
                continue  # somebody was faster between the look and the lock
            assignments.assign(
                case_id, department_id=None, clerk_id=actor.staff_id, actor=actor, at=at
            )
            return case_file.lock(case_id, actor=actor)
    raise Refused.because("nothing_left", "没有等人接手的申请了。")


def _lock_most_urgent(actor: Actor) -> int | None:
    waiting = cases.visible_to(actor).filter(clerk__isnull=True, status__in=values(_PICKED))
    ordered = worklist_keys.ordered(waiting, closed=False)
    skipping = connection.features.has_select_for_update_skip_locked
    # The annotations that order the list are no columns of the row that is locked.
    locked = ordered.select_for_update(skip_locked=skipping, of=("self",) if skipping else ())
    found = locked.first()
    return found.pk if found else None
