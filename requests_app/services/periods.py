"""Close a month, a quarter or a year: freeze its figures and the cases behind them, with their hash."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from requests_app.domain import snapshots
from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.periods import Period
from requests_app.models import ClosedPeriod
from requests_app.selectors import period_figures
from requests_app.services import case_file


def close(period: Period, *, actor: Actor, at: datetime) -> ClosedPeriod:
    """Freeze a period for good; refuses one that is not over or is closed already."""
    refuse_if_any(reasons_against(Act.CLOSE_PERIOD, actor=actor))
    today = case_file.local_day(at)
    if today <= period.last:
        raise Refused.because("not_over", f"{period}还没有结束（{period.last}），不能锁定。")
    try:
        with transaction.atomic():
            snapshot = period_figures.live(period, today=today).snapshot()
            return ClosedPeriod.objects.create(
                kind=period.kind.value,
                year=period.year,
                number=period.number,
                snapshot=snapshot,
                sha256=snapshots.digest(snapshot),
                closed_at=at,
                closed_by_id=actor.staff,
            )
    except IntegrityError:
        raise Refused.because("closed", f"{period}已经锁定。") from None
