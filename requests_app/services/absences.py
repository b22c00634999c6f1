"""Leave and covers: record who is away and who stands in, and call it off again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from requests_app.domain.access import Actor, Role
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.models import Absence, StaffUser

#: Who may record the leave of others; everybody may record his own.
RECORDERS = frozenset({Role.HEAD, Role.SUPERVISOR, Role.ADMINISTRATOR})


def record(
    *,
    person_id: int,
    first_on: date,
    last_on: date,
    cover_id: int | None,
    actor: Actor,
    at: datetime,
) -> Absence:
    """Record that somebody is away from a day to a day, both included, and who covers.

    Refuses who may not, days in the wrong order, leave that overlaps another, a cover who is the
    person, has no account in use, or is away on one of these days.
    """
    with transaction.atomic():
        person = StaffUser.objects.select_for_update().filter(pk=person_id, is_active=True).first()
        if person is None:
            raise Refused.because("person", "没有这位工作人员，或者账号已经停用。")
        _check_may(person_id, actor=actor)
        refuse_if_any(_against(person_id, first_on, last_on, cover_id))
        return Absence.objects.create(
            person_id=person_id,
            first_on=first_on,
            last_on=last_on,
            cover_id=cover_id,
            recorded_by_id=actor.staff,
            recorded_at=at,
        )


def cancel(absence_id: int, *, actor: Actor, at: datetime) -> None:
    """Call an absence off; refuses who may not and what is not there."""
    with transaction.atomic():
        row = (
            Absence.objects.select_for_update()
            .filter(pk=absence_id, cancelled_at__isnull=True)
            .first()
        )
        if row is None:
            raise Refused.because("no_such_absence", "没有这条请假记录，或者已经撤销。")
        _check_may(row.person_id, actor=actor)
        row.cancelled_at = at
        row.save(update_fields=["cancelled_at"])


def _check_may(person_id: int, *, actor: Actor) -> None:
    if actor.staff_id != person_id and not actor.roles & RECORDERS:
        sentence = "只能登记自己的请假；他人的请假由负责人、监督或者系统管理登记。"
        raise Refused.because("role", sentence)


def _against(
    person_id: int, first_on: date, last_on: date, cover_id: int | None
) -> tuple[Reason, ...]:
    if last_on < first_on:
        return (Reason("last_on", "结束日期不能早于开始日期。"),)
    overlap = Absence.objects.filter(
        first_on__lte=last_on, last_on__gte=first_on, cancelled_at__isnull=True
    )
    reasons = []
    other = overlap.filter(person_id=person_id).first()
    if other is not None:
        sentence = f"与已登记的请假（{other.first_on}至{other.last_on}）重叠，请先撤销那一条。"
        reasons.append(Reason("first_on", sentence))
    if cover_id == person_id:
        reasons.append(Reason("cover", "代理人应当是另一个人。"))
    elif cover_id is not None:
        cover = StaffUser.objects.filter(pk=cover_id, is_active=True).first()
        if cover is None:
            reasons.append(Reason("cover", "没有这位代理人，或者账号已经停用。"))
        elif away := overlap.filter(person_id=cover_id).first():
            sentence = f"{cover}在{away.first_on}至{away.last_on}也请假，请另选代理人。"
            reasons.append(Reason("cover", sentence))
    return tuple(reasons)
