"""The backward plan as the case page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from requests_app.domain.backward_plan import STAGE_LABELS, Plan
from requests_app.presenters import desk_dates


@dataclass(frozen=True)
class StepRow:
    """One remaining stage as a line."""

    stage: str
    who: str
    latest: str
    may_use: str
    now: bool


@dataclass(frozen=True)
class HeldRow:
    """How long somebody held the case, as a line."""

    stage: str
    who: str
    days: int
    usual: int
    over: int


@dataclass(frozen=True)
class Panel:
    """The whole panel; ``breach`` is true where the usual days do not suffice."""

    sentence: str
    breach: bool
    steps: tuple[StepRow, ...]
    held: tuple[HeldRow, ...]


def panel(plan: Plan | None, *, today: date) -> Panel | None:
    """Return the panel of a plan; nothing where there is none."""
    if plan is None:
        return None
    return Panel(
        sentence=plan.sentence,
        breach=plan.breach > 0,
        steps=tuple(
            StepRow(
                stage=STAGE_LABELS[each.stage],
                who=each.who,
                latest=desk_dates.short(each.latest_on, today=today),
                may_use=_may_use(each.may_use, latest=each.latest_on, today=today),
                now=each.now,
            )
            for each in plan.steps
        ),
        held=tuple(
            HeldRow(STAGE_LABELS[each.stage], each.who, each.days, each.usual, each.over)
            for each in plan.held
        ),
    )


def _may_use(days: int, *, latest: date, today: date) -> str:
    if latest == today:
        return "今天"
    return str(days) if latest > today else "已用完"
