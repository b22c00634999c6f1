"""How fast the last day of 20 working days is found, and how many of 2019–2026 come out wrong.

Against a loop that asks a library day by day, as one would write it: chinesecalendar (make-up days
known, slow look-ups) and holidays (public holidays). Processor time, the best of rounds in turn.
Every start of 2019–2026 whose last day lies in those years is also checked against the table of the
State Council's notices. Ends with status 1 where `add` is not 1,000 and 100 times as fast, or wrong.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import chinese_calendar  # noqa: E402 - the project first: a bench runs from anywhere
import holidays  # noqa: E402

from requests_app.adapters import calendar_files  # noqa: E402

WORKING_DAYS = 20
ROUNDS = 5
ONE_DAY = dt.timedelta(days=1)
FIRST, LAST = dt.date(2019, 1, 1), dt.date(2026, 12, 31)
CHINA = holidays.country_holidays("CN", years=range(2018, 2028))
Way = Callable[[dt.date, int], dt.date]


def main() -> int:
    calendar = calendar_files.packaged_calendar()
    ways: dict[str, tuple[Way, int, int]] = {
        # name: the way, starts in a timed round, how many times as fast we must be
        "add": (calendar.add, 200_000, 0),
        "chinesecalendar, day by day": (loop(chinese_calendar.is_workday), 100, 1_000),
        "holidays, is_working_day": (loop(CHINA.is_working_day), 1_000, 100),
        "holidays, Monday to Friday": (loop(works_by_holidays), 1_000, 0),
    }
    starts, truth = hand_table()
    mixed = [FIRST + dt.timedelta(n * 37 % 2_800) for n in range(2_000)]
    seconds = time_ways({name: (way, count) for name, (way, count, _) in ways.items()}, mixed)

    kept = True
    print(f"{WORKING_DAYS} working days from a date; {len(starts)} starts of 2019–2026 checked")
    for name, (way, _, wanted) in ways.items():
        wrong = sum(
            way(start, WORKING_DAYS) != last for start, last in zip(starts, truth, strict=True)
        )
        ratio = seconds[name] / seconds["add"]
        note = f"(wanted: {wanted:,})" if wanted else ""
        print(f"{name:28} {seconds[name] * 1e6:8.2f} µs {ratio:7.0f} x {note:16} {wrong:5d} wrong")
        kept = kept and ratio >= wanted and (name != "add" or wrong == 0)
    return 0 if kept else 1


def loop(works: Callable[[dt.date], bool]) -> Way:
    def last_day(day: dt.date, working_days: int) -> dt.date:
        while working_days:
            day += ONE_DAY
            working_days -= works(day)
        return day

    return last_day


def works_by_holidays(day: dt.date) -> bool:
    """Tell what most programs ask this library: a weekday that is no public holiday."""
    return day.weekday() < 5 and day not in CHINA


def hand_table() -> tuple[list[dt.date], list[dt.date]]:
    """Count every last day from the plain table of days, independently of the calendar."""
    with (ROOT / "requests_app/data/calendar/days.csv").open(encoding="utf-8", newline="") as file:
        named = {dt.date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(file)}
    days = [FIRST + n * ONE_DAY for n in range((LAST - FIRST).days + 1)]
    working = [
        day
        for day in days
        if named.get(day) == "makeup" or (day.weekday() < 5 and named.get(day) != "holiday")
    ]
    starts, truth = [], []
    passed = 0
    for day in days:
        while passed < len(working) and working[passed] <= day:
            passed += 1
        if passed + WORKING_DAYS <= len(working):
            starts.append(day)
            truth.append(working[passed + WORKING_DAYS - 1])
    return starts, truth


def time_ways(ways: dict[str, tuple[Way, int]], starts: list[dt.date]) -> dict[str, float]:
    """Return the best processor seconds a call of each way, the rounds in turn."""
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, (way, count) in ways.items():
            asked = [starts[n % len(starts)] for n in range(count)]
            begun = time.process_time()
            for start in asked:
                way(start, WORKING_DAYS)
            best[name] = min(best[name], (time.process_time() - begun) / count)
    return best


if __name__ == "__main__":
    raise SystemExit(main())
