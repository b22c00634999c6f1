"""Worked cases, read and asked: from one line of JSON or text to the clock's answer."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from requests_app.adapters import calendar_files
from requests_app.domain import clock
from requests_app.domain.clock import CaseKind, Event, EventType, Readings, Timeline
from requests_app.domain.workdays import Calendar

FOLDER = Path(__file__).parent / "cases"
FIELDS = (
    "state", "due", "remaining", "counted", "projected", "provisional", "on_time",
    "correction_notice_due", "correction_due", "payment_due", "consult_due", "flags",
)  # fmt: skip


@cache
def calendar(known_on: str | None = None) -> Calendar:
    return calendar_files.packaged_calendar(known_on and dt.date.fromisoformat(known_on))


def event(kind: str, date: str, **further: Any) -> Event:
    name = further.pop("id", "")
    further.pop("date", None)
    if further.get("until") is not None:
        further["until"] = dt.date.fromisoformat(further["until"])
    data = {key: value for key, value in further.items() if value is not None}
    return Event(EventType(kind), dt.date.fromisoformat(date), name, data)


def events(case: dict[str, Any]) -> list[Event]:
    return [
        event(line["type"], **{name: value for name, value in line.items() if name != "type"})
        for line in case["events"]
    ]


def evaluate(case: dict[str, Any], *, readings: Readings = clock.DEFAULT_READINGS) -> Timeline:
    ledger = events(case)
    as_of = case.get("as_of")
    return clock.evaluate(
        ledger,
        as_of=dt.date.fromisoformat(as_of) if as_of else max(e.on for e in ledger),
        calendar=calendar(case.get("calendar_as_of")),
        kind=CaseKind(case.get("kind", "application")),
        readings=readings,
    )


def result(timeline: Timeline) -> dict[str, Any]:
    """The fields of the format, dates as ISO text."""
    found = {name: getattr(timeline, name) for name in FIELDS}
    found["flags"] = sorted(timeline.flags)
    found["consult_due"] = {name: day.isoformat() for name, day in timeline.consult_due.items()}
    return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in found.items()}


def ask(text: str, as_of: str = "", **options: Any) -> Timeline:
    """Ask about events written as `03-02 received; 03-10 delayed until=05-15`."""
    return evaluate(parse(text, as_of), **options)


def parse(text: str, as_of: str = "") -> dict[str, Any]:
    lines = [_event(part) for part in text.split(";")]
    proactive = any(line["type"].startswith("info_") for line in lines)
    case = {"kind": "proactive" if proactive else "application", "events": lines}
    return case | {"as_of": _day(as_of.strip())} if as_of.strip() else case


def public() -> list[dict[str, Any]]:
    return json.loads((FOLDER / "deadline_cases.json").read_text(encoding="utf-8"))


def table(name: str) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """What each line of a table shows, its case, and what is expected of it."""
    found = []
    heading = ""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ").split(".")[0]
        elif line:
            title, happened, as_of, expected = line.split("|")
            expectations = dict(part.split("=", 1) for part in expected.split())
            found.append(
                (
                    f"{heading}: {title.strip()}",
                    parse(happened, as_of),
                    {name: _expected(name, value) for name, value in expectations.items()},
                )
            )
    return found


def _event(text: str) -> dict[str, Any]:
    day, kind, *options = text.split()
    found: dict[str, Any] = {"type": kind, "date": _day(day)}
    for option in options:
        name, _, value = option.partition("=")
        if name == "days":
            found[name] = int(value)
        elif name == "until":
            found[name] = _day(value)
        else:
            found[name] = value or True
    return found


def _expected(name: str, value: str) -> Any:
    if name == "flags":
        return [] if value == "-" else sorted(value.split(","))
    if name == "consult_due":
        pairs = [] if value == "-" else [part.split(":") for part in value.split(",")]
        return {letter: _day(day) for letter, day in pairs}
    if name == "state":
        return value
    if value in {"-", "yes", "no"}:
        return {"-": None, "yes": True, "no": False}[value]
    return int(value) if value.lstrip("-").isdigit() else _day(value)


def _day(text: str) -> str:
    return text if len(text) == 10 else f"2026-{text}"
