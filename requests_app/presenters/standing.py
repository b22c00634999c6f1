"""Where a case stands today, in working days: the figure, the light, the words beside it.

Worked out when the page is asked for, from the due date and the calendar, so that it is right
whether or not a job ran last night. The same answer serves the work list and the case page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from requests_app.domain import lights
from requests_app.domain.clock import State, Timeline
from requests_app.domain.ledger import CLOSED, Status
from requests_app.domain.lights import LIGHT_LABELS, Light
from requests_app.domain.workdays import Calendar
from requests_app.models import Case


@dataclass(frozen=True)
class Standing:
    """The clock of one case as a page shows it.

    ``figure`` and ``total`` print as 3/20, +2/20 (overdue) or ⏸ 8/20 (paused: used of total).
    ``used`` and ``total`` feed the gauge; they are None where no length is counted.
    """

    light: Light
    figure: str
    total: int | None = None
    used: int | None = None
    below: str = ""
    due_on: date | None = None
    projected: bool = False
    provisional: bool = False
    paused: bool = False
    late: bool = False

    @property
    def light_label(self) -> str:
        """Return the word that stands beside the light's shape."""
        return LIGHT_LABELS[self.light]

    @property
    def gauge_width(self) -> int:
        """Return how much of the gauge of 64 is filled."""
        if not self.total or self.used is None:
            return 0
        return min(64, round(64 * self.used / self.total))


@dataclass(frozen=True)
class _Clock:
    """The few facts a standing follows from, stored or freshly folded."""

    state: State | None
    due: date | None
    used: int | None
    allowance: int | None
    projected: bool
    provisional: bool


def of_case(
    case: Case,
    *,
    today: date,
    calendar: Calendar,
    thresholds: lights.Thresholds,
    timeline: Timeline | None = None,
) -> Standing:
    """Return the standing of a stored case; ``timeline`` overrides what was stored of its clock."""
    status = Status(case.status)
    if timeline is None:
        clock = _Clock(
            State(case.clock_state) if case.clock_state else None,
            case.due_on,
            case.used_working_days,
            case.allowance_working_days,
            case.due_projected,
            case.due_provisional,
        )
    else:
        clock = _Clock(
            timeline.state,
            timeline.due,
            timeline.counted,
            timeline.allowance,
            timeline.projected,
            timeline.provisional,
        )
    if status is Status.ANSWERED:
        return Standing(Light.BLUE, "已答复", below="待送达", due_on=clock.due)
    if status in CLOSED:
        return Standing(Light.NONE, "—", due_on=clock.due)
    if clock.state is State.PAUSED and not (clock.due is not None and clock.due < today):
        return _paused(clock)
    if clock.due is None:
        return _waiting(status, case=case)
    return _running(clock, due=clock.due, today=today, calendar=calendar, thresholds=thresholds)


def _paused(clock: _Clock) -> Standing:
    after = (
        ""
        if clock.allowance is None or clock.used is None
        else f"恢复后余{clock.allowance - clock.used}"
    )
    return Standing(
        Light.GREY,
        "" if clock.used is None else str(clock.used),
        total=clock.allowance,
        used=clock.used,
        below=after,
        due_on=clock.due,
        projected=clock.projected,
        provisional=clock.provisional,
        paused=True,
    )


def _waiting(status: Status, *, case: Case) -> Standing:
    if status is Status.AWAITING_PAYMENT or (
        status is Status.LAPSE_PROPOSED and case.payment_due_on
    ):
        return Standing(Light.GREY, "—", below="缴清重计20", paused=True)
    if status in {Status.AWAITING_CORRECTION, Status.LAPSE_PROPOSED}:
        return Standing(Light.GREY, "—", below="补正重计20", paused=True)
    return Standing(Light.GREY, "—", below="待送达后可算", paused=True)


def _running(
    clock: _Clock, *, due: date, today: date, calendar: Calendar, thresholds: lights.Thresholds
) -> Standing:
    late = due < today
    remaining = calendar.count(due, today) if late else calendar.count(today, due)
    level = lights.level(remaining=0 if late else remaining, late=late, thresholds=thresholds)
    used = None if clock.allowance is None else clock.allowance - (0 if late else remaining)
    return Standing(
        lights.light_of(level),
        f"+{remaining}" if late else str(remaining),
        total=clock.allowance,
        used=used,
        due_on=due,
        projected=clock.projected,
        provisional=clock.provisional,
        late=late,
    )
