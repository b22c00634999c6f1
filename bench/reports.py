"""The deadline report, the flags and the ladder with a million cases, beside ten thousand, on PostgreSQL.

    ./jc bench reports [--cases 1000000] [--few 10000] [--rounds 15]

Starts an own PostgreSQL cluster in a temporary folder (or uses the one at JC_BENCH_DATABASE, an address
whose last part is replaced), loads two offices by ``case_history`` — the same running year and so the
same cases open and newly due, a hundred times the history — and asks each for: the deadline report by
department and by clerk, a page of its lists, a day half a year ago along both axes, and on twelve
working days in a row the flagging job and the ladder (what is owed planned, digests sent; without drawing the
督办单, which takes as long for the same cases whatever lies behind them). Prints each beside the other; none may take more than twice as long
(the past day and the lists too, though only report, flagging and ladder are promised). What a query costs
besides rows (parsing, Python) is the same in both, so the queries' own time is printed too. Both are measured in
turns, three times, and the medians are compared: other work on the machine falls on both.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TODAY = date(2026, 11, 20)
ZONE = ZoneInfo("Asia/Shanghai")
LIMIT = 2.0
PROMISED = ("report by department", "report by clerk", "flagging job", "ladder")
DAYS = 4
TURNS = 3


def main() -> None:
    """Print the times of both offices side by side, and whether the promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--load", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--turn", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.load:
        print(json.dumps(load(asked.load)))
    elif asked.turn is not None:
        print(json.dumps(measure(asked.turn, rounds=asked.rounds)))
    else:
        sys.exit(not _compare((asked.few, asked.cases), rounds=asked.rounds))


def _compare(sizes: tuple[int, int], *, rounds: int) -> bool:
    """Load both offices, then measure them in turns, so that a busy minute falls on both."""
    with _server() as address:
        offices = []
        for size in sizes:
            _create(address, f"bench_{size}")
            offices.append(_in_a_process(address, f"bench_{size}", "--load", str(size)))
        for turn in range(TURNS):
            for size, office in zip(sizes, offices, strict=True):
                asked = ("--turn", str(turn), "--rounds", str(rounds))
                found = _in_a_process(address, f"bench_{size}", *asked)
                office.setdefault("turns", []).append(found.pop("times"))
                office.update(found)
    for office in offices:
        office["times"] = {
            name: [statistics.median(turn[name][n] for turn in office["turns"]) for n in (0, 1)]
            for name in office["turns"][0]
        }
    return _print(*offices)


def _print(few: dict, many: dict) -> bool:
    for each in (few, many):
        print(f"{each['cases']:,} cases: {each['open']} open, {each['flags']} flags and "
              f"{each['reminders']} reminders new; loaded in {each['loaded']:.0f} s, {each['size']}")  # fmt: skip
    kept = all(few[same] == many[same] for same in ("open", "flags", "reminders"))
    for name, (whole, queries) in many["times"].items():
        first, first_queries = few["times"][name]
        ratio = whole / first
        promised = name in PROMISED
        kept &= ratio <= LIMIT or not promised
        word = (
            ""
            if not promised
            else f" (at most {LIMIT}: {'kept' if ratio <= LIMIT else 'NOT kept'})"
        )
        print(
            f"{name:<28} {first * 1000:8.1f} ms {whole * 1000:8.1f} ms  ratio {ratio:5.2f}"
            f"  queries {first_queries * 1000:7.1f} ms {queries * 1000:7.1f} ms{word}"
        )
    return kept


@contextlib.contextmanager
def _server() -> Iterator[str]:
    given = os.environ.get("JC_BENCH_DATABASE", "")
    if given:
        yield given
        return
    from tests import throwaway

    with throwaway.postgresql() as address:
        yield address


def _in_a_process(address: str, name: str, *asked: str) -> dict:
    """Run a part of this in a process of its own, on the database of that name; return what it found."""
    with tempfile.TemporaryDirectory(prefix="jc-bench-") as folder:
        environment = {
            "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "JC_ENV": "test",
            "JC_DATA_DIR": folder, "JC_SECRET_KEY": "only for the benchmark " * 3,
            "DATABASE_URL": address.rsplit("/", 1)[0] + f"/{name}", "REDIS_URL": "",
            "DJANGO_SETTINGS_MODULE": "jcdisclosure.settings",
        }  # fmt: skip
        command = [sys.executable, __file__, *asked]
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
        )
    return json.loads(done.stdout.splitlines()[-1])


def _create(address: str, name: str) -> None:
    import psycopg2

    connection = psycopg2.connect(address)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()


def load(cases: int) -> dict:
    """Make an office of so many cases; let the ladder once plan what the history leaves out."""
    import django

    django.setup()
    _set_up()
    from django.db import connection

    from bench import case_history
    from requests_app.services import escalation

    begun = time.perf_counter()
    case_history.load(cases, today=TODAY)
    loaded = time.perf_counter() - begun
    escalation.plan(at=_nine(TODAY))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        size = cursor.fetchone()[0]
    return {"cases": cases, "loaded": loaded, "size": size}


def measure(turn: int, *, rounds: int) -> dict:
    """Return the medians of one turn: the whole call, and its queries alone. Each turn has days of its own."""
    import django

    django.setup()
    from requests_app.models import DueFlag, Reminder, StaffUser
    from requests_app.selectors import calendars, offices, past_days, report_cases
    from requests_app.selectors import deadline_report as selector
    from requests_app.selectors.deadline_report import Grouping
    from requests_app.selectors.past_days import Axis, PastDay
    from requests_app.selectors.report_cases import Query
    from requests_app.selectors.worklists import Day
    from requests_app.services import digests, escalation, flags

    person = StaffUser.objects.get(username="s").as_actor()
    day = Day(TODAY, calendars.current(), offices.thresholds(offices.settings(on=TODAY)))
    long_ago = TODAY - timedelta(days=180)
    asked: dict[str, Callable[[], object]] = {
        "report by department": lambda: selector.now(person, day=day, grouping=Grouping.DEPARTMENT),
        "report by clerk": lambda: selector.now(person, day=day, grouping=Grouping.CLERK),
        "a list behind it": lambda: report_cases.page(person, query=Query(), day=day, after=""),
        "180 days ago, by events": lambda: past_days.look_back(person, past=PastDay(long_ago)),
        "180 days ago, by entries": lambda: past_days.look_back(
            person, past=PastDay(long_ago, Axis.ENTRIES)
        ),
    }
    times = {name: _median(call, rounds=rounds) for name, call in asked.items()}
    flagging, climbing = [], []
    for n in range(turn * DAYS, (turn + 1) * DAYS):
        at = _nine(day.calendar.add(TODAY, n + 1))
        flagging.append(_timed(lambda at=at: flags.raise_due(at=at)))
        climbing.append(_timed(lambda at=at: escalation.plan(at=at) + digests.send(at=at)))
    times["flagging job"] = tuple(map(statistics.median, zip(*flagging, strict=True)))
    times["ladder"] = tuple(map(statistics.median, zip(*climbing, strict=True)))
    return {
        "times": times, "open": len(selector.now(person, day=day, grouping=Grouping.CLERK).cases),
        "flags": DueFlag.objects.filter(raised_at__gte=_nine(TODAY)).count(),
        "reminders": Reminder.objects.filter(planned_at__gte=_nine(TODAY)).count(),
    }  # fmt: skip


def _nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)


def _set_up() -> None:
    """Make schema, calendar, guide, twelve departments, eight clerks and a supervisor."""
    from django.core.management import call_command

    from requests_app.domain.access import Role
    from requests_app.models import Department, StaffRole, StaffUser

    with Path(os.devnull).open("w") as nowhere:
        for command in ("migrate", "import_calendar", "seed_guide"):
            call_command(command, verbosity=0, stdout=nowhere)
    for n in range(12):
        Department.objects.create(code=f"d{n}", name=f"第{n}局", valid_from=date(2015, 1, 1))
    for n in range(8):
        clerk = StaffUser.objects.create(
            username=f"c{n}", display_name=f"经办{n}", email=f"c{n}@example.com"
        )
        StaffRole.objects.create(user=clerk, role=Role.CLERK.value)
    person = StaffUser.objects.create(username="s", display_name="监督", email="s@example.com")
    StaffRole.objects.create(user=person, role=Role.SUPERVISOR.value)


def _median(call: Callable[[], object], *, rounds: int) -> tuple[float, float]:
    call()
    return tuple(map(statistics.median, zip(*(_timed(call) for _ in range(rounds)), strict=True)))


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds a call takes, and those its queries take."""
    from django.db import connection

    spent = 0.0

    def clocked(execute, sql, params, many, context):  # noqa: ANN001, ANN202 - Django's wrapper
        nonlocal spent
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent += time.perf_counter() - start

    start = time.perf_counter()
    with connection.execute_wrapper(clocked):
        call()
    return time.perf_counter() - start, spent


if __name__ == "__main__":
    main()
