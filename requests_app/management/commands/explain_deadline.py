"""Compute deadlines from the command line: JSON lines in, one JSON result per line out.

Here belong the format of a line and of its answer; what a date is, is ``domain.clock``. Needs no
database and no set-up: the packaged calendar serves, and a fresh clone can run it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

from requests_app.adapters import calendar_files
from requests_app.domain import clock, explain
from requests_app.domain.clock import CaseKind, Event, EventType, Timeline
from requests_app.domain.errors import Refused
from requests_app.domain.workdays import Calendar
from requests_app.management import json_lines

#: Which event carries which further field; anything else on it is a note without effect.
DAYS: Final = frozenset({EventType.EXTENDED, EventType.REOPENED})
UNTIL: Final = frozenset({EventType.DELAYED, EventType.REOPENED})
ASKED: Final = frozenset({"third_party", "organ"})
#: A calendar can be asked for as of any day of these years.
KNOWN_YEARS: Final = range(2000, 2101)


class Command(BaseCommand):
    """Answer every line on standard input; a bad line gets an error and the rest goes on."""

    help = (
        "Read deadline cases as JSON lines on standard input and print one JSON result per line, or "
        "with --words the explanation in Chinese. A bad line gives an error in its place; blank "
        "lines are skipped."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--words``."""
        parser.add_argument(
            "--words", action="store_true", help="print the explanation (期限说明) instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute standard input line by line."""
        for answer in answers(json_lines.source(), in_words=options["words"]):
            self.stdout.write(json_lines.dump(answer))


def answers(lines: Iterable[bytes], *, in_words: bool = False) -> Iterator[dict[str, Any]]:
    """Answer each line that is not blank; never raise for what a line says."""
    return json_lines.answers(lines, by=_words if in_words else _result)


def _result(case: dict[str, Any]) -> dict[str, Any]:
    timeline = _evaluate(case)
    return {
        "state": timeline.state.value,
        "due": _iso(timeline.due),
        "remaining": timeline.remaining,
        "counted": timeline.counted,
        "projected": timeline.projected,
        "provisional": timeline.provisional,
        "on_time": timeline.on_time,
        "correction_notice_due": _iso(timeline.correction_notice_due),
        "correction_due": _iso(timeline.correction_due),
        "payment_due": _iso(timeline.payment_due),
        "consult_due": {name: day.isoformat() for name, day in timeline.consult_due.items()},
        "flags": sorted(flag.value for flag in timeline.flags),
    }


def _words(case: dict[str, Any]) -> dict[str, Any]:
    timeline = _evaluate(case)
    return {"words": explain.words(timeline, calendar=timeline.calendar)}


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _evaluate(case: dict[str, Any]) -> Timeline:
    kind = _kind(case.get("kind"))
    calendar = _calendar(case.get("calendar_as_of"))
    rows = json_lines.field(case, "events")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused.because("events_not_list", "events须为对象的列表。")
    if not rows:
        raise Refused.because("ledger_empty", "events是空的，没有任何事项，不能计算期限。")
    events = [_event(row, calendar) for row in rows]
    as_of = max(event.on for event in events)
    if case.get("as_of") is not None:
        as_of = _day(case["as_of"], calendar)
    return clock.evaluate(events, as_of=as_of, calendar=calendar, kind=kind)


def _kind(value: Any) -> CaseKind:
    if value is None:
        return CaseKind.APPLICATION
    if isinstance(value, str) and value in _KINDS:
        return _KINDS[value]
    raise Refused.because("kind_unknown", "kind只能是application或proactive。")


def _calendar(value: Any) -> Calendar:
    if value is None:
        return calendar_files.packaged_calendar()
    known_on = json_lines.day(value)
    if known_on.year not in KNOWN_YEARS:
        sentence = f"calendar_as_of的{value}不在2000年至2100年之间，请核对。"
        raise Refused.because("year_unlikely", sentence)
    return calendar_files.packaged_calendar(known_on)


def _event(row: dict[str, Any], calendar: Calendar) -> Event:
    name = json_lines.field(row, "type")
    kind = _TYPES.get(name) if isinstance(name, str) else None
    if kind is None:
        raise Refused.because("event_unknown", f"不认识事项类型“{_shown(name)}”，请核对type。")
    data: dict[str, Any] = {}
    if kind in DAYS and row.get("days") is not None:
        data["days"] = row["days"]
    if kind in UNTIL and row.get("until") is not None:
        data["until"] = _day(row["until"], calendar)
    if kind is EventType.CORRECTED and row.get("justified") is not None:
        data["justified"] = _yes_or_no(row["justified"])
    if kind is EventType.CONSULT_SENT and row.get("to") is not None:
        data["to"] = _asked(row["to"])
    on = _day(json_lines.field(row, "date"), calendar)
    return Event(type=kind, on=on, id=_name(row.get("id")), data=data)


def _day(value: Any, calendar: Calendar) -> dt.date:
    day = json_lines.day(value)
    calendar.check(day)
    return day


def _name(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    raise Refused.because("id_not_text", "事项的id须为文字。")


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Refused.because("justified_not_boolean", "justified只能是true或false。")


def _asked(value: Any) -> str:
    if isinstance(value, str) and value in ASKED:
        return value
    raise Refused.because("to_unknown", "to只能是third_party或organ；本机关内设机构不算征求意见。")


def _shown(value: Any) -> str:
    # Enough to find it in the line; never a page of it.
    return str(value)[:40]


_KINDS: Final = {kind.value: kind for kind in CaseKind}
_TYPES: Final = {kind.value: kind for kind in EventType}
