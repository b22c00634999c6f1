"""What the ladder sent in the years behind: reminders read on their day, digests, answered 督办单, in bulk.

Only the steps of the reply period, as a daily run had sent them before the case was closed; the steps
of the office's own work are left to the first run of the ladder itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench.copy_lines import Place, Table, at


@dataclass(frozen=True)
class Climbed:
    """A story's rows on a day of receipt: reminders with the day they were sent on, and 督办单."""

    reminded: tuple[tuple[date, str], ...]
    orders: tuple[str, ...]


class Ladder:
    """The tables of the ladder, and how a case's reminders are written down."""

    def __init__(self, calendar: Any, *, today: date) -> None:
        self.calendar, self.today = calendar, today
        self.tables = {name: Table(name) for name in ("Digest", "Reminder", "SupervisionOrder")}
        self.digests: dict[tuple[int, date], int] = {}

    def course(self, projection: dict[str, Any]) -> Climbed:
        """Return the lines of a case with such a projection, their places open."""
        owed = self._owed(projection)
        return Climbed(
            tuple((each.owed_on, self._reminder(each, projection)) for each in owed),
            tuple(self._order(each, projection) for each in owed if each.kind == "red"),
        )

    def write(self, climbed: Climbed, *, given: dict[str, Any]) -> None:
        """Write one case's reminders and orders; ``given`` fills their places."""
        for on, line in climbed.reminded:
            digest = self._digest(given["clerk"], on)
            self.tables["Reminder"].lines.write(line % {**given, "digest": digest})
        for line in climbed.orders:
            self.tables["SupervisionOrder"].lines.write(line % given)

    def _digest(self, clerk: int, on: date) -> int:
        """Return the key of a clerk's digest of a day, written when it is first asked for."""
        key = self.digests.get((clerk, on))
        if key is None:
            key = self.digests[clerk, on] = len(self.digests) + 1
            table = self.tables["Digest"]
            table.lines.write(table.line(id=key, person_id=clerk, on=on, sent_at=at(on, 9)))
        return key

    def _owed(self, projection: dict[str, Any]) -> tuple[Any, ...]:
        from requests_app.domain import escalation

        due, closed = projection["due_on"], projection["closed_on"]
        if due is None:
            return ()
        return escalation.owed(
            escalation.Situation(reply_due=due, known_on=projection["received_on"]),
            today=(closed or self.today) - timedelta(days=1),
            calendar=self.calendar,
            thresholds=escalation.DEFAULT_THRESHOLDS,
        )

    def _reminder(self, owed: Any, projection: dict[str, Any]) -> str:
        """Return the line of a reminder: sent and read on its day, settled when the case closed."""
        on, closed = owed.owed_on, projection["closed_on"]
        return self.tables["Reminder"].line(
            case_id=Place("case"), kind=owed.kind.value, due_on=owed.due_on, post="handler",
            recipient_id=Place("clerk"), owed_on=on, planned_at=at(on, 8), sent_at=at(on, 9),
            digest_id=Place("digest"), acknowledged_at=at(on, 10),
            settled_at=at(closed, 18) if closed else None, calendar_version=self.calendar.version,
        )  # fmt: skip

    def _order(self, owed: Any, projection: dict[str, Any]) -> str:
        """Return the line of the 督办单 of a missed day; answered when the case was closed."""
        on, closed = owed.owed_on, projection["closed_on"]
        answer: dict[str, Any] = {}
        if closed:
            answer = {
                "replied_on": closed, "reply": "已办结。", "reply_recorded_by_id": Place("clerk"),
                "reply_recorded_at": at(closed, 17),
            }  # fmt: skip
        return self.tables["SupervisionOrder"].line(
            case_id=Place("case"), number=Place("case", f"金政办公开督〔{on.year}〕%d号"),
            due_on=owed.due_on, by_ladder=True, asked="请立即办理。", issued_at=at(on, 9),
            reply_due_on=self.calendar.add(on, 3), path=Place("case", "orders/%d.pdf"),
            sha256="0" * 64, size=20_000, **answer,
        )  # fmt: skip
