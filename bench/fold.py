"""How fast a ledger is folded, against the plain day-by-day walk that stands in the tests.

Both answer the same ledgers of six and seven events, and every answer is compared before anything
is timed. Rounds alternate and the best of each counts, so that a busy machine slows both alike.
Ends with status 1 where the fold is less than 8 times as fast.
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

LEDGERS = 2_000
ROUNDS = 9
WANTED = 8
FIRST, LAST = dt.date(2019, 1, 2), dt.date(2026, 5, 31)


def main() -> int:
    rng = random.Random(2026)
    cases = [made_up(rng) for _ in range(LEDGERS)]
    for case in cases:
        found = deadline_cases.result(deadline_cases.evaluate(case))
        if found != day_walk.walk(case):
            raise SystemExit(f"The clock and the walk differ: {case}")

    calendar = deadline_cases.calendar()
    days = day_walk.Days(None)
    ledgers = [(deadline_cases.events(case), day_walk.day(case["as_of"])) for case in cases]
    lines = [day_walk.known(case) for case in cases]

    def fold() -> None:
        for ledger, on in ledgers:
            clock.evaluate(ledger, as_of=on, calendar=calendar)

    def walk() -> None:
        for ledger, on in lines:
            steps = day_walk.Walk(ledger, on, days)
            steps.run()
            steps.answer()

    folded, walked = best(fold, walk)
    size = sum(len(case["events"]) for case in cases) / LEDGERS
    ratio = walked / folded
    print(
        f"{LEDGERS} ledgers of {size:.1f} events, asked when they end; both give the same answers"
    )
    print(f"fold              {folded / LEDGERS * 1e6:7.1f} µs a ledger")
    print(f"day-by-day walk   {walked / LEDGERS * 1e6:7.1f} µs a ledger")
    print(f"ratio             {ratio:7.1f} x  (wanted: {WANTED})")
    return 0 if ratio >= WANTED else 1


def made_up(rng: random.Random) -> dict[str, Any]:
    """Make up an application as offices have them: a notice and its answer, then a consultation.

    Asked on the day the reply goes out, or, where none has, on a day somewhat later.
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
        then("extended", (15, 26), days=rng.randint(10, 20))
        then("extension_notified", (0, 1))
    then("consult_sent", (2, 12), id="A", to=rng.choice(["third_party", "organ"]))
    then("consult_delivered", (1, 5), id="A")
    then("consult_replied", (5, 20), id="A")
    if way == "extension":
        then("replied", (5, 25))
    else:
        day += dt.timedelta(rng.randint(5, 25))
    return {"kind": "application", "as_of": day.isoformat(), "events": events}


def best(*ways: Callable[[], None]) -> list[float]:
    """Time the ways in turn, several rounds, and return the best of each in seconds."""
    found = [float("inf")] * len(ways)
    gc.disable()
    for _ in range(ROUNDS):
        for place, way in enumerate(ways):
            begun = time.perf_counter()
            way()
            found[place] = min(found[place], time.perf_counter() - begun)
            gc.collect()
    return found


if __name__ == "__main__":
    raise SystemExit(main())
