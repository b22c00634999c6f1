"""What a person keeps for themselves at the desk: cases followed, how far read, saved filters."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Max

from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.models import Case, CaseReading, CaseWatch, SavedFilter
from requests_app.selectors import cases
from requests_app.services import case_file

MOST_FILTERS: Final = 20


def watch(case_id: int, *, following: bool, actor: Actor, at: datetime) -> None:
    """Follow a case, or follow it no longer; the same twice changes nothing."""
    case = _visible(case_id, actor=actor)
    if following:
        CaseWatch.objects.get_or_create(
            case=case, staff_id=actor.staff, defaults={"watched_at": at}
        )
    else:
        CaseWatch.objects.filter(case=case, staff_id=actor.staff).delete()


def mark_read(case: Case, *, actor: Actor, at: datetime) -> None:
    """Remember that a person has the whole ledger of a case before them; one statement."""
    latest = Max("events__seq")
    CaseReading.objects.bulk_create(
        [
            CaseReading(
                case=case,
                staff_id=actor.staff,
                seq=Case.objects.filter(pk=case.pk).aggregate(latest=latest)["latest"] or 0,
                read_at=at,
            )
        ],
        update_conflicts=True,
        unique_fields=["staff", "case"],
        update_fields=["seq", "read_at"],
    )


def save_filter(*, name: str, query: str, actor: Actor, at: datetime) -> SavedFilter:
    """Keep a view of the list under a name; the same name again is the new view."""
    refuse_if_any(reasons_against(Act.READ_CASE, actor=actor))
    kept = case_file.require_text(name, code="name", sentence="请给这个筛选起个名字。")
    mine = SavedFilter.objects.filter(owner_id=actor.staff)
    if mine.exclude(name=kept).count() >= MOST_FILTERS:
        raise Refused.because("filters", f"常用筛选最多{MOST_FILTERS}个，请先删去不用的。")
    saved = mine.filter(name=kept).first() or SavedFilter(
        owner_id=actor.staff, name=kept, created_at=at
    )
    saved.query = query
    case_file.refuse_too_long(saved)
    saved.save()
    return saved


def forget_filter(filter_id: int, *, actor: Actor) -> None:
    """Delete one of the person's own saved filters."""
    SavedFilter.objects.filter(pk=filter_id, owner_id=actor.staff).delete()


def _visible(case_id: int, *, actor: Actor) -> Case:
    case = cases.visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise Refused.because("no_such_case", "没有这件申请，或者不属于您的办理范围。")
    return case
