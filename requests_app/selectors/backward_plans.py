"""Read what a case's backward plan is made of: its ledger, its draft, the office's step clocks."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from requests_app.domain import backward_plan, ledger
from requests_app.domain.backward_plan import Plan
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.clock import Timeline
from requests_app.domain.ledger import LedgerEntry
from requests_app.models import Case, Letter
from requests_app.selectors import escalation

_UNSIGNED = frozenset({LetterStatus.DRAFT.value, LetterStatus.PENDING.value})


def of_case(
    case: Case, *, entries: Iterable[LedgerEntry], letters: Iterable[Letter], timeline: Timeline
) -> Plan | None:
    """Return the plan of an open case as of its timeline's day; nothing where its period does not run."""
    if timeline.due is None:
        return None
    drafts = [row.drafted_at for row in letters if row.outcome and row.status in _UNSIGNED]
    thresholds = escalation.thresholds(escalation.settings_row(on=timeline.as_of))
    return backward_plan.plan(
        ledger.standing(entries),
        timeline=timeline,
        thresholds=thresholds,
        drafted_on=timezone.localtime(min(drafts)).date() if drafts else None,
        clerk=str(case.clerk or ""),
    )
