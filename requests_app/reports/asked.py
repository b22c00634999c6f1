"""What a page of the reports was asked, read from its address; what cannot be read says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from django.http import HttpRequest, QueryDict

from requests_app.domain.deadline_report import Figure
from requests_app.domain.report_health import Concern
from requests_app.selectors.deadline_report import Grouping
from requests_app.selectors.past_days import Axis, PastDay
from requests_app.selectors.report_cases import Group, Query

#: Nothing of this office is older.
_EARLIEST: Final = date(2008, 5, 1)
_MOST_DIGITS: Final = 18
_Code = TypeVar("_Code", Figure, Axis)


@dataclass(frozen=True)
class Asked:
    """A day to look back to, rows of what, a list; and sentences on what could not be read."""

    past: PastDay | None
    typed_on: str
    axis: Axis
    grouping: Grouping
    query: Query
    after: str
    concern: Concern | None = None
    slips: tuple[str, ...] = ()

    @property
    def kept(self) -> dict[str, str]:
        """Return what every link of the page keeps: the past day and its axis."""
        if self.past is None:
            return {}
        return {"on": self.past.on.isoformat(), "axis": self.past.axis.value}


@dataclass
class _Slips:
    said: list[str] = field(default_factory=list)

    def day(self, typed: str, *, name: str) -> date | None:
        if not typed.strip():
            return None
        try:
            return date.fromisoformat(typed.strip())
        except ValueError:
            self.said.append(f"{name}“{typed.strip()[:20]}”不是日期，请写成 2026-03-12 这样。")
            return None


def read(request: HttpRequest, *, today: date) -> Asked:
    """Read the address of a page. A day still to come or before the regulation is not looked at."""
    given, slips = request.GET, _Slips()
    axis = _code(Axis, given.get("axis", ""), default=Axis.EVENTS)
    on = slips.day(given.get("on", ""), name="看某日的日期")
    if on is not None and not _EARLIEST <= on <= today:
        slips.said.append(f"只能看{_EARLIEST}以后、今天（{today}）为止的日子，现在显示的是今天。")
        on = None
    looks_back = on is not None and (on < today or axis is Axis.ENTRIES)
    by_clerk = given.get("by", "") == Grouping.CLERK.name.lower()
    return Asked(
        past=PastDay(on, axis) if on is not None and looks_back else None,
        typed_on=given.get("on", "")[:20],
        axis=axis,
        grouping=Grouping.CLERK if by_clerk else Grouping.DEPARTMENT,
        query=_query(given, slips),
        after=given.get("after", "")[:60],
        concern=_concern(given.get("concern", "")),
        slips=tuple(slips.said),
    )


def _query(given: QueryDict, slips: _Slips) -> Query:
    return Query(
        figure=_code(Figure, given.get("list", ""), default=Figure.IN_HAND),
        department=_group(given.get("department", "")),
        clerk=_group(given.get("clerk", "")),
        since=slips.day(given.get("since", ""), name="起始日期"),
        until=slips.day(given.get("until", ""), name="截止日期"),
        due_since=slips.day(given.get("due_since", ""), name="到期起始日期"),
        due_until=slips.day(given.get("due_until", ""), name="到期截止日期"),
    )


def _code(codes: type[_Code], typed: str, *, default: _Code) -> _Code:
    return codes(typed) if typed in set(codes) else default


def _concern(typed: str) -> Concern | None:
    return Concern(typed) if typed in set(Concern) else None


def _group(typed: str) -> Group | None:
    if typed == "none":
        return Group(None)
    fits = typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS
    return Group(int(typed)) if fits else None


def link(asked: Asked) -> dict[str, str]:
    """Return the address of the list asked for, without the page it stands on."""
    query = asked.query
    days = {"since": query.since, "until": query.until}
    days |= {"due_since": query.due_since, "due_until": query.due_until}
    groups = {"department": query.department, "clerk": query.clerk}
    if asked.concern is not None:
        return {"concern": asked.concern.value}
    return {
        "list": query.figure.value,
        **asked.kept,
        **{
            name: "none" if each.pk is None else str(each.pk)
            for name, each in groups.items()
            if each
        },
        **{name: day.isoformat() for name, day in days.items() if day},
    }
