"""Strategies that make up ledgers: mostly plausible, sometimes absurd, never impossible."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

FIRST = dt.date(2019, 1, 2)
LAST = dt.date(2026, 10, 30)
STRAY = (
    "correction_requested", "correction_delivered", "corrected", "consult_sent",
    "consult_delivered", "consult_replied", "extended", "extension_notified", "fee_notice",
    "fee_notice_delivered", "paid", "delayed", "replied", "withdrawn", "reopened",
)  # fmt: skip
#: What follows what in an orderly office; each link may be missing.
CHAINS = (
    ("correction_requested", "correction_delivered", "corrected"),
    ("fee_notice", "fee_notice_delivered", "paid"),
    ("consult_sent", "consult_delivered", "consult_replied"),
    ("extended", "extension_notified"),
)
gaps = st.sampled_from([0, 0, 1, 1, 2, 3, 5, 8, 13, 22, 30])
chances = st.integers(0, 9)


@st.composite
def events(draw: st.DrawFn, kind: str, day: dt.date, letter: str) -> dict[str, Any]:
    found: dict[str, Any] = {"type": kind, "date": day.isoformat()}
    if kind.startswith("consult"):
        found["id"] = letter
    elif kind == "extended":
        found["days"] = draw(st.sampled_from([1, 5, 10, 20, 20, 30]))
    elif kind == "delayed":
        found["until"] = (day + dt.timedelta(draw(st.integers(-5, 90)))).isoformat()
    elif kind == "corrected" and draw(chances) < 4:
        found["justified"] = True
    elif kind == "reopened":
        chance = draw(chances)
        if chance < 3:
            found["days"] = draw(st.integers(1, 30))
        elif chance < 5:
            found["until"] = (day + dt.timedelta(draw(st.integers(-3, 60)))).isoformat()
    return found


@st.composite
def ledgers(draw: st.DrawFn, *, steps: int = 5) -> dict[str, Any]:
    """One application as a line of the deadline format, without `id` and `expect`."""
    received = draw(st.dates(FIRST, LAST))
    found = [{"type": "received", "date": received.isoformat()}]
    day = received
    for _ in range(draw(st.integers(0, steps))):
        day += dt.timedelta(draw(gaps))
        letter = draw(st.sampled_from("AAB"))
        if draw(chances) < 7:
            then = day
            for kind in draw(st.sampled_from(CHAINS)):
                if draw(chances) < 9:
                    found.append(draw(events(kind, then, letter)))
                then += dt.timedelta(draw(gaps))
        else:
            found.append(draw(events(draw(st.sampled_from(STRAY)), day, letter)))
    case: dict[str, Any] = {"kind": "application", "events": found}
    if draw(chances) < 5:
        as_of = received + dt.timedelta(draw(st.integers(0, (day - received).days + 50)))
        case["as_of"] = as_of.isoformat()
    if draw(chances) < 1:
        known_on = received + dt.timedelta(draw(st.integers(-200, 200)))
        case["calendar_as_of"] = known_on.isoformat()
    return case


@st.composite
def publications(draw: st.DrawFn) -> dict[str, Any]:
    """One proactive publication as a line of the deadline format."""
    day = draw(st.dates(FIRST, LAST))
    found = [
        {"type": draw(st.sampled_from(["info_formed", "info_changed"])), "date": day.isoformat()}
    ]
    for _ in range(draw(st.integers(0, 4))):
        day += dt.timedelta(draw(gaps))
        kind = draw(st.sampled_from(["info_changed", "published"]))
        found.append({"type": kind, "date": day.isoformat()})
    as_of = day + dt.timedelta(draw(st.integers(0, 50)))
    return {"kind": "proactive", "events": found, "as_of": as_of.isoformat()}
