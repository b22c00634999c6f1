"""How fast a ledger is folded, against the plain day-by-day walk that stands in the tests.

Ledgers of six and seven events, each asked twice: at the end of its year, as a report or a nightly
recomputation asks, and on the day of its last event, when a walk has the fewest days to go. Both
give the same answers, which is checked before anything is timed. Processor time, rounds in turn, the
best of each. Ends with status 1 where the fold is less than 8 times as fast at the end of the year.
"""

from __future__ import annotations

import datetime as dt
import gc
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from requests_app.domain import clock
from tests.unit.domain import day_walk, deadline_cases

LEDGERS = 1_000
ROUNDS = 9
WANTED = 8
FIRST, LAST = dt.date(2019, 1, 2), dt.date(2026, 5, 31)


def main() -> int:
    rng = random.Random(2026)
    cases = [made_up(rng) for _ in range(LEDGERS)]
    size = sum(len(case["events"]) for case in cases) / LEDGERS
    print(f"{LEDGERS} ledgers of {size:.1f} events; fold and walk give the same answers")
    compare(cases, "on the last event's day")
    year_end = compare([case | {"as_of": year_end_of(case)} for case in cases], "at the year's end")
    print(f"wanted at the year's end: {WANTED} x")
    return 0 if year_end >= WANTED else 1


def compare(cases: list[dict[str, Any]], asked: str) -> float:
    """Check that both ways agree, time them, and return how many times as fast the fold is."""
    for case in cases:
        if deadline_cases.result(deadline_cases.evaluate(case)) != day_walk.walk(case):
            raise SystemExit(f"The clock and the walk differ: {case}")
    calendar = deadline_cases.calendar()
    days = day_walk.Days(None)
    lines = [day_walk.known(case) for case in cases]
    ledgers = [
        (deadline_cases.events(case), as_of) for case, (_, as_of) in zip(cases, lines, strict=True)
    ]

    def fold() -> None:
        for ledger, on in ledgers:
            clock.evaluate(ledger, as_of=on, calendar=calendar)

    def walk() -> None:
        for ledger, on in lines:
            steps = day_walk.Walk(ledger, on, days)
            steps.run()
            steps.answer()

    folded, walked = (seconds / len(cases) for seconds in best(fold, walk))
    ratio = walked / folded
    print(
        f"asked {asked:24} fold {folded * 1e6:6.1f} µs   walk {walked * 1e6:6.1f} µs"
        f"   {ratio:5.1f} x"
    )
    return ratio


def year_end_of(case: dict[str, Any]) -> str:
    return f"{case['events'][-1]['date'][:4]}-12-31"


def made_up(rng: random.Random) -> dict[str, Any]:
    """Make up an application as offices have them: a notice and its answer, then a consultation.

    Every other consultation is answered.
    """
    day = FIRST + dt.timedelta(rng.randrange((LAST - FIRST).days))
    events: list[dict[str, Any]] = []

    def then(kind: str, after: tuple[int, int], **further: Any) -> None:
        nonlocal day
        day += dt.timedelta(rng.randint(*after))
        events.append({"type": kind, "date": day.isoformat(), **further})

    then("received", (0, 0))
    way = rng.choice(["correction", "fee", "extension"])
    if way == "correction":
        then("correction_requested", (3, 9))
        then("correction_delivered", (1, 5))
        then("corrected", (3, 14))
    elif way == "fee":
        then("fee_notice", (5, 20))
        then("fee_notice_delivered", (1, 5))
        then("paid", (3, 25))
    else:
        then("extended", (15, 22), days=rng.randint(10, 20))
        then("extension_notified", (0, 1))
        then("extension_delivered", (1, 5))
    then("consult_sent", (2, 12), id="A", to=rng.choice(["third_party", "organ"]))
    then("consult_delivered", (1, 5), id="A")
    if rng.random() < 0.5:
        then("consult_replied", (5, 20), id="A")
    return {"kind": "application", "events": events}


def best(*ways: Callable[[], None]) -> list[float]:
    """Time the ways in turn, several rounds, and return the best of each in processor seconds."""
    found = [float("inf")] * len(ways)
    gc.disable()
    for _ in range(ROUNDS):
        for place, way in enumerate(ways):
            begun = time.process_time()
            way()
            found[place] = min(found[place], time.process_time() - begun)
            gc.collect()
    return found


if __name__ == "__main__":
    raise SystemExit(main())
