"""One act on several cases: each by its own service call, each wholly or not at all.

What one case refuses stops none of the others; the report names every case and the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.models import Case
from requests_app.selectors import cases
from requests_app.services import archives, assignments, nudges

MOST: Final = 200


@dataclass(frozen=True)
class Failure:
    """A case that was left as it was, and why."""

    case: Case
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Report:
    """What became of each case, in the order they were named."""

    done: tuple[Case, ...]
    failed: tuple[Failure, ...]


def assign(
    case_ids: Sequence[int],
    *,
    department_id: int | None,
    clerk_id: int | None,
    actor: Actor,
    at: datetime,
) -> Report:
    """Give several cases to one department, one clerk, or both."""
    if case_ids and department_id is None and clerk_id is None:
        raise Refused.because("nobody", "请选择承办部门或者经办人。")

    def one(case: Case) -> object:
        return assignments.assign(
            case.pk, department_id=department_id, clerk_id=clerk_id, actor=actor, at=at
        )

    return _each(case_ids, act=Act.ASSIGN, one=one, actor=actor)


def remind(case_ids: Sequence[int], *, actor: Actor, at: datetime) -> Report:
    """Remind whoever holds each case, once a day at most."""

    def one(case: Case) -> object:
        return nudges.remind(case.pk, actor=actor, at=at)

    return _each(case_ids, act=Act.NOTE, one=one, actor=actor)


def archive(case_ids: Sequence[int], *, actor: Actor, at: datetime) -> Report:
    """Archive several cases."""

    def one(case: Case) -> object:
        return archives.put_away(case.pk, actor=actor, at=at)

    return _each(case_ids, act=Act.ARCHIVE, one=one, actor=actor)


def _each(case_ids: Sequence[int], *, act: Act, one: Callable[[Case], Any], actor: Actor) -> Report:
    refuse_if_any(reasons_against(act, actor=actor))
    if not case_ids:
        raise Refused.because("cases", "请先选择申请。")
    if len(case_ids) > MOST:
        raise Refused.because("cases", f"一次最多办理{MOST}件，现在选了{len(case_ids)}件。")
    seen = cases.visible_to(actor).select_related("applicant").in_bulk(list(case_ids))
    done: list[Case] = []
    failed: list[Failure] = []
    for case_id in dict.fromkeys(case_ids):
        case = seen.get(case_id)
        if case is None:
            continue  # another department's: it does not exist for this person
        try:
            one(case)
        except Refused as refusal:
            failed.append(Failure(case, refusal.reasons))
        else:
            done.append(case)
    return Report(tuple(done), tuple(failed))
