"""The dates of a case as a person puts them into a calendar: no name, no content, only the number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from requests_app.adapters.day_calendar import DayEvent
from requests_app.presenters.deadline import NextDate


@dataclass(frozen=True)
class CalendarDate:
    """One day that matters: ``kind`` tells it from the others of the case."""

    kind: str
    on: date
    title: str
    sentence: str


def of_case(
    number: str, *, next_date: NextDate | None, further: Iterable[CalendarDate], link: str
) -> tuple[DayEvent, ...]:
    """Return the days of a case for a calendar file, each once, the earliest first."""
    found = [*further]
    if next_date is not None and next_date.left:
        # Only what is still to come: a closed case has a day on the page too, and none to wait for.
        found.append(
            CalendarDate("next", next_date.on, next_date.label, "".join(next_date.sentences))
        )
    once = {(each.title, each.on): each for each in found}
    return tuple(
        DayEvent(
            uid=f"{number}-{each.kind}",
            on=each.on,
            title=f"申请 {number}：{each.title}",
            note=f"{each.sentence}\n日期会随办理情况变动，以网站为准：{link}",
        )
        for each in sorted(once.values(), key=lambda each: (each.on, each.title))
    )
