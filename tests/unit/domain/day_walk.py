"""A second opinion on the clock: the same rules, walked day by day with a pencil.

Written from the list of rules alone and sharing no line with `requests_app.domain`: it reads the
calendar's CSV itself, ticks off one day after the other, and looks up nothing it could count. Slow and
plain on purpose. Where it and the clock disagree, one of them has misread the rules.
"""

import copy
import csv
import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[3] / "requests_app/data/calendar"
ONE_DAY = dt.timedelta(days=1)
END = dt.date(2030, 12, 31)


# --- The calendar, once more ----------------------------------------------------------------------


@cache
def tables(known_on: dt.date | None) -> tuple[frozenset[dt.date], frozenset[dt.date], int]:
    """Days off, make-up days, and the last year that has a notice."""
    off: set[dt.date] = set()
    makeup: set[dt.date] = set()
    years: set[int] = set()
    with (DATA / "notices.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if known_on is not None and dt.date.fromisoformat(row["published"]) > known_on:
                continue
            day = dt.date.fromisoformat(row["date"])
            off.discard(day)
            makeup.discard(day)
            if row["kind"] == "holiday":
                off.add(day)
                years.add(day.year)
            elif row["kind"] == "makeup":
                makeup.add(day)
    last = max((year for year in years if dt.date(year, 10, 1) in off), default=2018)
    with (DATA / "statutory_days.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = dt.date.fromisoformat(row["date"])
            if day.year > last and day not in makeup:
                off.add(day)
    return frozenset(off), frozenset(makeup), last


class Days:
    def __init__(self, known_on: dt.date | None) -> None:
        self.off, self.makeup, self.last_year = tables(known_on)

    def work(self, day: dt.date) -> bool:
        if day > END:
            raise OverflowError(day)
        return day in self.makeup or (day.weekday() < 5 and day not in self.off)

    def nth_after(self, day: dt.date, n: int) -> dt.date:
        while n:
            day += ONE_DAY
            n -= self.work(day)
        return day

    def or_next(self, day: dt.date) -> dt.date:
        while not self.work(day):
            day += ONE_DAY
        return day

    def between(self, after: dt.date, until: dt.date) -> int:
        n = 0
        while after < until:
            after += ONE_DAY
            n += self.work(after)
        return n


# --- The walk -------------------------------------------------------------------------------------


class Letter:
    """One consultation that had effect, as rule 6 tells it."""

    def __init__(
        self, name: str, sent: dt.date, delivered: dt.date | None, answered: dt.date | None
    ) -> None:
        self.name = name
        self.sent = sent
        self.delivered = delivered
        self.answered = answered

    def has_run_out(self, day: dt.date, *, known: dt.date, days: Days) -> bool:
        """Whether the 15th working day after delivery lies before a day."""
        if self.delivered is None or self.delivered > known:
            return False
        return days.between(self.delivered, day - ONE_DAY) >= 15

    def is_answered(self, by: dt.date, *, known: dt.date) -> bool:
        return self.answered is not None and self.answered <= min(by, known)

    def is_open(self, day: dt.date, *, known: dt.date, days: Days) -> bool:
        """Whether an answer may still come: none by this day, and the 15 are not over before it."""
        return not self.is_answered(day, known=known) and not self.has_run_out(
            day, known=known, days=days
        )

    def pauses(self, day: dt.date, *, known: dt.date, days: Days) -> bool:
        """Whether it takes a day out: after the sending, up to and including its end."""
        if day <= self.sent or self.is_answered(day - ONE_DAY, known=known):
            return False
        return not self.has_run_out(day, known=known, days=days)

    def hides_its_end(self, known: dt.date) -> bool:
        return all(day is None or day > known for day in (self.delivered, self.answered))


class Walk:
    def __init__(self, events: list[dict[str, Any]], as_of: dt.date, days: Days) -> None:
        self.events = events
        self.as_of = as_of
        self.days = days
        self.flags: set[str] = set()
        self.today = events[0]["date"]
        # what runs
        self.start: dt.date | None = None
        self.limit: int | None = 20
        self.used = 0
        self.ticked: list[dt.date] = []
        self.finished: dt.date | None = None
        self.by_decision = False
        self.fixed: dt.date | None = None
        self.by_delay = False
        self.extended = False
        # what is waited for
        self.waiting = ""
        self.wait_due: dt.date | None = None
        # what was used up in the case
        self.correction_spent = False
        self.fee_spent = False
        self.letters: list[Letter] = []
        self.told_before: dt.date | None = None
        self.spoiled: list[int] = []
        self.life_from = 0
        # how it ended
        self.closed = ""
        self.closed_due: dt.date | None = None
        self.on_time: bool | None = None
        self.notice_due: dt.date | None = None
        self.correction_due: dt.date | None = None
        self.payment_due: dt.date | None = None
        self.consult_due: dict[str, dt.date] = {}

    # One day: first it passes, then things happen on it.

    def run(self) -> None:
        while self.today <= self.as_of:
            self.tick(self.today, known=self.as_of)
            for position, event in enumerate(self.events):
                if event["date"] == self.today:
                    self.happen(position, event)
            self.today += ONE_DAY

    def tick(self, day: dt.date, *, known: dt.date) -> None:
        if self.closed or self.waiting or self.start is None or not day > self.start:
            return
        if self.fixed is not None or self.used == self.limit or not self.days.work(day):
            return
        if not self.paused(day, known=known):
            self.used += 1
            self.ticked.append(day)
            if self.used == self.limit:
                self.finished = day

    def paused(self, day: dt.date, *, known: dt.date) -> bool:
        if self.by_decision or self.by_delay:
            return False
        return any(letter.pauses(day, known=known, days=self.days) for letter in self.letters)

    def foresee(self, known: dt.date) -> dt.date | None:
        """Walk on from a day with no further news, and see where the period ends."""
        if self.fixed is not None:
            return self.fixed
        other = copy.copy(self)
        other.ticked = list(self.ticked)
        day = known
        while other.finished is None:
            day += ONE_DAY
            endless = any(x.sent < day and x.hides_its_end(known) for x in self.letters)
            if endless and not self.by_decision:
                return None
            other.tick(day, known=known)
        self.ticked = other.ticked
        return other.finished

    def ended(self, day: dt.date) -> bool:
        last = self.fixed if self.fixed is not None else self.finished
        return last is not None and last < day

    def is_closed(self, day: dt.date) -> bool:
        if self.closed:
            return True
        return bool(self.waiting) and self.wait_due is not None and day > self.wait_due

    def first(self, kind: str, day: dt.date, name: str | None = None) -> dt.date | None:
        for event in self.events:
            named = name is None or event.get("id") == name
            if event["type"] == kind and event["date"] >= day and named:
                return event["date"]
        return None

    def delivery(self, position: int, kind: str, proof: str) -> dt.date | None:
        day = self.events[position]["date"]
        found = []
        for i in range(self.life_from, len(self.events)):
            event = self.events[i]
            if i > position and event["type"] == "reopened":
                break
            if event["type"] == kind and event["date"] >= day:
                found.append(event["date"])
            if event["type"] == proof and i > position:
                found.append(event["date"])
        return min(found, default=None)

    def begin(self, day: dt.date) -> None:
        self.ticked = []
        self.start, self.limit, self.used, self.finished = day, 20, 0, None
        self.fixed, self.by_decision, self.by_delay, self.extended = None, False, False, False
        self.waiting, self.wait_due = "", None

    def happen(self, position: int, event: dict[str, Any]) -> None:
        step = getattr(self, "on_" + event["type"], None)
        if step is not None:
            step(position, event)

    # Rules 3, 11

    def on_received(self, position: int, event: dict[str, Any]) -> None:
        self.begin(event["date"])
        self.notice_due = self.days.nth_after(event["date"], 7)

    def on_reopened(self, position: int, event: dict[str, Any]) -> None:
        self.begin(event["date"])
        self.closed, self.closed_due, self.on_time = "", None, None
        self.letters = []
        self.life_from = position
        self.notice_due = None
        if event.get("days"):
            self.limit, self.by_decision = event["days"], True
        elif event.get("until"):
            self.fixed, self.by_decision = self.days.or_next(event["until"]), True
        else:
            self.notice_due = self.days.nth_after(event["date"], 7)

    # Rules 4, 5, 9

    def on_correction_requested(self, position: int, event: dict[str, Any]) -> None:
        day = event["date"]
        delivered = self.delivery(position, "correction_delivered", "corrected")
        if self.is_closed(day):
            self.flags.add("event_after_close")
        elif self.waiting or self.by_decision:
            self.flags.add("correction_not_available")
        elif self.correction_spent:
            self.flags.add("correction_repeated")
        elif self.ended(day):
            self.flags.add("correction_after_due")
        elif delivered is None:
            self.flags.add("correction_undelivered")
        else:
            if day > self.notice_due:
                self.flags.add("correction_late")
            self.correction_spent = True
            self.waiting = "correction"
            self.wait_due = self.correction_due = self.days.nth_after(delivered, 10)

    def on_corrected(self, position: int, event: dict[str, Any]) -> None:
        day = event["date"]
        if self.closed:
            self.flags.add("event_after_close")
        elif self.waiting != "correction":
            self.flags.add("extra_correction_ignored")
        elif day > self.wait_due and not event.get("justified"):
            self.flags.add("corrected_late")
        else:
            if day > self.wait_due:
                self.flags.add("corrected_late_justified")
            if self.extended:
                self.flags.add("extension_lapsed_on_restart")
            self.begin(day)

    # Rules 8, 9

    def on_fee_notice(self, position: int, event: dict[str, Any]) -> None:
        day = event["date"]
        delivered = self.delivery(position, "fee_notice_delivered", "paid")
        if self.is_closed(day):
            self.flags.add("event_after_close")
        elif self.waiting or self.by_decision:
            self.flags.add("fee_notice_not_available")
        elif self.fee_spent:
            self.flags.add("fee_notice_repeated")
        elif self.ended(day):
            self.flags.add("fee_notice_after_due")
        elif delivered is None:
            self.flags.add("fee_notice_undelivered")
        else:
            self.fee_spent = True
            self.waiting = "payment"
            self.wait_due = self.payment_due = self.days.nth_after(delivered, 20)

    def on_paid(self, position: int, event: dict[str, Any]) -> None:
        day = event["date"]
        if self.closed:
            self.flags.add("event_after_close")
        elif self.waiting != "payment":
            self.flags.add("payment_unexpected")
        elif day > self.wait_due:
            self.flags.add("payment_late")
        else:
            if self.extended:
                self.flags.add("extension_lapsed_on_restart")
            self.begin(day)

    # Rule 6

    def on_consult_sent(self, position: int, event: dict[str, Any]) -> None:
        day, name = event["date"], event["id"]
        delivered = self.first("consult_delivered", day, name)
        answered = self.first("consult_replied", day, name)
        repeated = any(letter.name == name for letter in self.letters)
        if delivered is not None and not repeated:
            self.consult_due[name] = self.days.nth_after(delivered, 15)
        set_by_others = self.by_decision or self.by_delay
        if self.is_closed(day):
            self.flags.add("event_after_close")
        elif set_by_others and self.waiting != "correction":
            self.flags.add("pause_not_applicable")
        elif not self.waiting and self.ended(day):
            self.flags.add("consult_after_due")
        elif repeated:
            self.flags.add("consult_repeated")
        else:
            self.letters.append(Letter(name, day, delivered, answered))
            if delivered is None and answered is None:
                self.flags.add("consult_undelivered")

    def on_consult_replied(self, position: int, event: dict[str, Any]) -> None:
        day = event["date"]
        for letter in self.letters:
            this = letter.name == event["id"] and letter.answered == day
            late = this and letter.has_run_out(day, known=self.as_of, days=self.days)
            if late and not self.is_closed(day):
                self.flags.add("consult_reply_late")

    # Rule 7

    def on_extended(self, position: int, event: dict[str, Any]) -> None:
        if self.is_closed(event["date"]):
            self.flags.add("event_after_close")
            self.spoiled.append(position)
        elif self.first("extension_notified", event["date"]) is None:
            self.flags.add("extension_not_notified")

    def on_extension_notified(self, position: int, event: dict[str, Any]) -> None:
        day = event["date"]
        approvals = [
            e["days"]
            for i, e in enumerate(self.events)
            if e["type"] == "extended" and e["date"] <= day and i >= self.life_from
            if i not in self.spoiled
            if self.told_before is None or self.told_before < e["date"]
        ]
        self.told_before = day
        if self.is_closed(day):
            self.flags.add("event_after_close")
        elif self.waiting:
            self.flags.add("extension_no_running_period")
        elif self.by_decision or self.by_delay:
            self.flags.add("extension_not_applicable")
        elif self.ended(day):
            self.flags.add("extension_after_due")
        elif self.extended:
            self.flags.add("extension_repeated")
        elif not approvals:
            self.flags.add("extension_not_decided")
        else:
            if approvals[0] > 20:
                self.flags.add("extension_capped")
            self.limit += min(20, approvals[0])
            self.extended, self.finished = True, None

    # Rule 10

    def on_delayed(self, position: int, event: dict[str, Any]) -> None:
        day = event["date"]
        if self.is_closed(day):
            self.flags.add("event_after_close")
        elif self.waiting or self.by_decision:
            self.flags.add("delay_not_available")
        elif self.ended(day):
            self.flags.add("delay_after_due")
        else:
            until = self.days.or_next(event["until"])
            so_far = self.stood(day)
            if so_far is not None and until <= so_far:
                self.flags.add("delay_not_later")
            else:
                self.fixed, self.by_delay = until, True

    def stood(self, day: dt.date) -> dt.date | None:
        """The due date as it stood on a day being walked: what comes later is not known yet."""
        return copy.copy(self).foresee(day)

    # Rule 12

    def on_replied(self, position: int, event: dict[str, Any]) -> None:
        if self.is_closed(event["date"]):
            self.flags.add("event_after_close")
            return
        self.closed_due = None if self.waiting else self.stood(event["date"])
        self.on_time = self.closed_due is None or event["date"] <= self.closed_due
        self.closed, self.waiting = "replied", ""

    def on_withdrawn(self, position: int, event: dict[str, Any]) -> None:
        if self.is_closed(event["date"]):
            self.flags.add("event_after_close")
            return
        self.closed_due = None
        if not self.waiting and self.ended(event["date"]):
            self.closed_due = self.fixed or self.finished
            self.flags.add("overdue_before_withdrawal")
        self.closed, self.waiting = "withdrawn", ""

    # The answer

    def answer(self) -> dict[str, Any]:
        due: dt.date | None = None
        projected = False
        remaining = counted = None
        if self.closed:
            state, due = self.closed, self.closed_due
        elif self.waiting:
            state = "awaiting_" + self.waiting
            if self.as_of > self.wait_due:
                state = "abandoned"
        else:
            due = self.foresee(self.as_of)
            counted = None if self.fixed is not None else self.used
            still_open = [
                letter
                for letter in self.letters
                if letter.is_open(self.as_of, known=self.as_of, days=self.days)
            ]
            if due is not None and self.as_of > due:
                state = "overdue"
            else:
                state = "paused" if still_open else "running"
            if due is not None:
                if self.as_of > due:
                    remaining = -self.days.between(due, self.as_of)
                elif self.fixed is not None:
                    remaining = self.days.between(self.as_of, due)
                else:
                    remaining = self.limit - self.used
                if not self.by_decision and not self.by_delay:
                    projected = any(
                        letter.delivered is not None and letter.sent < due for letter in still_open
                    )
        return {
            "state": state,
            "due": due,
            "remaining": remaining,
            "counted": counted,
            "projected": projected,
            "provisional": due is not None and due.year > self.days.last_year,
            "on_time": self.on_time,
            "correction_notice_due": self.notice_due,
            "correction_due": self.correction_due,
            "payment_due": self.payment_due,
            "consult_due": self.consult_due,
            "flags": sorted(self.flags),
        }


# --- Rule 13 --------------------------------------------------------------------------------------


def publication(events: list[dict[str, Any]], as_of: dt.date, days: Days) -> dict[str, Any]:
    open_since: list[dt.date] = []
    kept: tuple[dt.date, dt.date] | None = None
    for event in events:
        if event["type"] != "published":
            open_since.append(event["date"])
        elif open_since:
            kept = (event["date"], days.nth_after(open_since[0], 20))
            open_since = []
    due = days.nth_after(open_since[0], 20) if open_since else kept[1]
    state, on_time, remaining, counted = "published", None, None, None
    if not open_since:
        on_time = kept[0] <= due
    elif as_of <= due:
        state, remaining = "running", days.between(as_of, due)
        counted = days.between(open_since[0], as_of)
    else:
        state, remaining, counted = "overdue", -days.between(due, as_of), 20
    return {
        "state": state,
        "due": due,
        "remaining": remaining,
        "counted": counted,
        "projected": False,
        "provisional": due.year > days.last_year,
        "on_time": on_time,
        "correction_notice_due": None,
        "correction_due": None,
        "payment_due": None,
        "consult_due": {},
        "flags": [],
    }


# --- The door -------------------------------------------------------------------------------------


def day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def known(case: dict[str, Any]) -> tuple[list[dict[str, Any]], dt.date]:
    """The events by date, their dates read, up to the day asked; and that day."""
    events = [dict(e, date=day(e["date"]), until=day(e.get("until"))) for e in case["events"]]
    events.sort(key=lambda event: event["date"])
    as_of = day(case.get("as_of")) or events[-1]["date"]
    return [event for event in events if event["date"] <= as_of], as_of


def walk(case: dict[str, Any]) -> dict[str, Any]:
    """Answer a case given as one line of `explain_deadline`, dates as ISO text, `id` left out."""
    events, as_of = known(case)
    days = Days(day(case.get("calendar_as_of")))
    if case.get("kind") == "proactive":
        found = publication(events, as_of, days)
    else:
        steps = Walk(events, as_of, days)
        steps.run()
        found = steps.answer()
    return {name: iso(value) for name, value in found.items()}


def ticked(case: dict[str, Any]) -> list[dt.date]:
    """The days counted into the current period of an application, up to its end."""
    events, as_of = known(case)
    steps = Walk(events, as_of, Days(day(case.get("calendar_as_of"))))
    steps.run()
    steps.answer()
    return steps.ticked


def each_day(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def iso(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: iso(inner) for name, inner in value.items()}
    return value
