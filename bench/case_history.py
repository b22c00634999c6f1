"""Six years of an office as rows: law-abiding ledgers, their projections, letters, flags, in bulk.

    from bench import case_history
    case_history.load(1_000_000, today=date(2026, 11, 20))

Deterministic: the same size and day give the same rows. The running year is the same whatever the
size (so many applications a working day); the size only fills the five years before it. So two sizes
have the same cases open and the same cases newly due, and differ in nothing but history. Each ledger
follows one of the stories below, in working days after the receipt; what lies after ``today`` has not
happened yet. Projections come from the product's own clock, chains from its own links. PostgreSQL only.
"""

from __future__ import annotations

import io
import itertools
import json
import random
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
SEED = 20261120
A_WORKING_DAY = 12
YEARS_BEFORE = 5
CHUNK = 20_000
BAR = 40

# (entry, working days after the receipt, ref, data)
Step = tuple[str, int, str, dict[str, Any]]


def _answered(day: int, outcome: str = "disclosed") -> list[Step]:
    return [
        ("answer_signed", day - 1, "", {}),
        ("replied", day, "", {"outcome": outcome}),
        ("answer_delivered", day + 3, "", {"proof": "投递回执"}),
        ("archived", day + 12, "", {}),
    ]


_TAKEN: list[Step] = [("assigned", 1, "", {"department_id": 0}), ("signed_for", 2, "", {})]

#: Each with its share in a hundred.
STORIES: tuple[tuple[int, list[Step]], ...] = (
    (14, [*_TAKEN, *_answered(6)]),
    (16, [*_TAKEN, *_answered(12)]),
    (16, [*_TAKEN, *_answered(17, "partial")]),
    (8, [*_TAKEN, *_answered(19, "not_exist")]),
    (5, [*_TAKEN, *_answered(20, "not_exist")]),
    (1, [*_TAKEN, *_answered(23)]),
    (10, [
        ("correction_requested", 4, "", {}), ("correction_delivered", 5, "", {}),
        ("corrected", 9, "", {}), *_answered(24),
    ]),
    (10, [
        *_TAKEN, ("consult_sent", 6, "1", {"to": "third_party"}), ("consult_delivered", 8, "1", {}),
        ("consult_replied", 15, "1", {}), *_answered(26, "partial"),
    ]),
    (8, [*_TAKEN, ("extended", 15, "", {"days": 20}), ("extension_notified", 16, "", {}), *_answered(35)]),
    (4, [("fee_notice", 8, "", {}), ("fee_notice_delivered", 9, "", {}), ("paid", 14, "", {}), *_answered(27)]),
    (4, [("withdrawn", 7, "", {}), ("archived", 20, "", {})]),
    (4, [
        ("correction_requested", 4, "", {}), ("correction_delivered", 5, "", {}),
        ("lapse_proposed", 16, "", {}), ("lapsed", 18, "", {}), ("archived", 30, "", {}),
    ]),
)  # fmt: skip
_LEVELS = (("soon", 5), ("urgent", 3), ("due", 1))


@dataclass(frozen=True)
class _Course:
    """What a story gives for a day of receipt: entries, the projection, the warnings on the way."""

    entries: tuple[tuple[str, date, str, dict[str, Any]], ...]
    projection: dict[str, Any]
    warned: tuple[tuple[str, date, date], ...]


def load(size: int, *, today: date) -> None:
    """Fill the database Django is connected to, migrated and set up, with ``size`` cases."""
    from django.db import connection

    office = _Office(today)
    tables = {name: _Table(name) for name in ("Applicant", "Case", "Letter", "Event", "DueFlag")}
    done = 0
    days = _receipts(size, today=today, calendar=office.calendar)
    with connection.cursor() as cursor:
        for chunk in _chunks(days):
            for key, received in chunk:
                office.write(tables, key=key, received=received)
            for table in tables.values():
                table.copy_into(cursor)
            done += len(chunk)
            _progress(done, size)
        for table in tables.values():
            table.set_sequence(cursor)
        cursor.execute("VACUUM ANALYZE" if connection.get_autocommit() else "ANALYZE")


def _receipts(size: int, *, today: date, calendar: Any) -> Iterator[tuple[int, date]]:
    """Give each case a key and a day of receipt, oldest first; the running year last and the same."""
    first = date(today.year, 1, 1)
    year = [
        day
        for n in range((today - first).days + 1)
        if calendar.is_working(day := first + timedelta(days=n))
        for _ in range(A_WORKING_DAY)
    ]
    before = size - len(year)
    if before < 0:
        message = f"a running year alone has {len(year)} cases"
        raise ValueError(message)
    start = date(today.year - YEARS_BEFORE, 1, 1)
    span = (first - start).days
    # The running year's keys do not depend on the size, so neither do its stories.
    for n in range(before):
        yield -(n + 1), start + timedelta(days=n * span // before)
    yield from enumerate(year)


def _chunks(days: Iterator[tuple[int, date]]) -> Iterator[list[tuple[int, date]]]:
    while chunk := list(itertools.islice(days, CHUNK)):
        yield chunk


def _progress(done: int, size: int) -> None:
    filled = done * BAR // size
    bar = "#" * filled + "." * (BAR - filled)
    end = "\n" if done >= size else ""
    print(f"\r[{bar}] {done:>9,} of {size:,} cases", end=end, file=sys.stderr, flush=True)


class _Office:
    """The people, and how a case of theirs is written down."""

    def __init__(self, today: date) -> None:
        from requests_app.models import Department, IssuingBody, OfficeSettings, StaffUser
        from requests_app.selectors import calendars, integrity, offices

        self.today = today
        self.calendar = calendars.current()
        settings = OfficeSettings.objects.latest("effective_from")
        self.readings = offices.readings(settings)
        self.body = IssuingBody.objects.get(is_default=True).pk
        self.departments = list(Department.objects.order_by("pk").values_list("pk", flat=True))
        self.clerks = list(
            StaffUser.objects.filter(held_roles__role="clerk").order_by("pk").values_list("pk", flat=True)
        )  # fmt: skip
        self.link = integrity.link_of
        self.course = lru_cache(maxsize=None)(self._course)
        self.next_key = {"Case": 1, "Letter": 1}

    def write(self, tables: dict[str, _Table], *, key: int, received: date) -> None:
        """Write one case with everything that hangs on it."""
        draw = random.Random(SEED * 1_000_003 + key)
        story = draw.choices(range(len(STORIES)), [share for share, _ in STORIES])[0]
        course = self.course(story, received)
        department, clerk = draw.choice(self.departments), draw.choice(self.clerks)
        case_id = self.next_key["Case"]
        self.next_key["Case"] += 1
        arrived = _at(received, 10)
        taken = any(entry == "assigned" for entry, _, _, _ in course.entries)
        tables["Applicant"].row(
            id=case_id, kind="person", name="申请人", phone="0935-0000000",
            seal_binding=_uuid(draw), identity_kind="",
        )  # fmt: skip
        tables["Case"].row(
            id=case_id, number=f"{received.year}-{case_id:07d}", year=received.year, body_id=self.body,
            applicant_id=case_id, channel="online", arrived_at=arrived, description="某项目的批复和资金安排",
            form_wanted="electronic", way_wanted="online", idempotency_key=_uuid(draw),
            created_at=arrived, department_id=department if taken else None, clerk_id=clerk,
            version=len(course.entries), projected_on=self.today, **course.projection,
        )  # fmt: skip
        letter_id = self._letter(tables, case_id, course, clerk=clerk)
        self._events(tables, case_id, course, letter_id, clerk=clerk, department=department)
        for level, due_on, on in course.warned:
            tables["DueFlag"].row(case_id=case_id, due_on=due_on, level=level, raised_at=_at(on, 9))

    def _letter(
        self, tables: dict[str, _Table], case_id: int, course: _Course, *, clerk: int
    ) -> int | None:
        """Write the answer, where the case has one."""
        replied = next((on for entry, on, _, _ in course.entries if entry == "replied"), None)
        if replied is None:
            return None
        letter_id = self.next_key["Letter"]
        self.next_key["Letter"] += 1
        at = _at(replied, 11)
        tables["Letter"].row(
            id=letter_id, case_id=case_id, kind="disclosure", act="answer", status="delivered",
            outcome=course.projection["outcome"], drafted_by_id=clerk, drafted_at=at, signed_at=at,
            number=f"金政办公开告〔{replied.year}〕{letter_id}号", text={}, path=f"letters/{letter_id}.pdf",
            sha256="0" * 64, size=40_000, issued_at=at,
        )  # fmt: skip
        return letter_id

    def _events(
        self,
        tables: dict[str, _Table],
        case_id: int,
        course: _Course,
        letter_id: int | None,
        *,
        clerk: int,
        department: int,
    ) -> None:
        chain = ""
        for seq, (entry, on, ref, data) in enumerate(course.entries, start=1):
            written = {"department_id": department} if entry == "assigned" else data
            row = {
                "case_id": case_id, "seq": seq, "entry": entry, "on": on, "ref": ref, "data": written,
                "voids": None, "letter_id": letter_id if entry == "replied" else None,
                "recorded_at": _at(on, 10 if entry == "received" else 15), "recorded_by_id": clerk,
                "role": "clerk",
            }  # fmt: skip
            chain = self.link(_Record(row), previous=chain)
            tables["Event"].row(**row, chain=chain)

    def _course(self, story: int, received: date) -> _Course:
        """Fold a story once for each day of receipt: many cases share it."""
        from requests_app.domain.ledger import Entry, LedgerEntry
        from requests_app.selectors import facts
        from requests_app.services import projections

        steps = [("received", 0, "", {}), *STORIES[story][1]]
        happened = [
            (entry, on, ref, data)
            for entry, days, ref, data in steps
            if (on := self.calendar.add(received, days) if days else received) <= self.today
        ]
        entries = tuple(
            LedgerEntry(entry=Entry(entry), on=on, seq=seq, ref=ref, data=data)
            for seq, (entry, on, ref, data) in enumerate(happened, start=1)
        )
        timeline = facts.evaluate(
            entries, today=self.today, calendar=self.calendar, readings=self.readings
        )
        projection = projections.project(entries, timeline=timeline)
        return _Course(tuple(happened), projection, tuple(self._warned(projection)))

    def _warned(self, projection: dict[str, Any]) -> Iterator[tuple[str, date, date]]:
        """Give the flags that a daily run would have raised before the case was closed."""
        due, closed = projection["due_on"], projection["closed_on"]
        if due is None:
            return
        end = closed or self.today - timedelta(days=1)
        for level, left in _LEVELS:
            on = self.calendar.day(self.calendar.rank(due) - left)
            if projection["received_on"] < on <= end:
                yield level, due, on
        late = self.calendar.add(due, 1)
        if late <= end:
            yield "overdue", due, late


class _Record:
    """A row that answers by attribute, as an event does."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.__dict__ = row


class _Table:
    """Rows of one table on their way into COPY, with the model's defaults where nothing is given."""

    def __init__(self, model: str) -> None:
        from django.apps import apps

        meta = apps.get_model("requests_app", model)._meta
        self.name = meta.db_table
        fields = [field for field in meta.concrete_fields if not field.generated]
        self.columns = [field.column for field in fields]
        self.place = {column: n for n, column in enumerate(self.columns)}
        self.defaults = [_text(field.get_default()) for field in fields]
        self.last = 0
        self.lines = io.StringIO()

    def row(self, **given: Any) -> None:
        """Add one row; what is not given takes the model's default."""
        self.last += 1
        values = list(self.defaults)
        values[self.place["id"]] = str(self.last)
        for column, value in given.items():
            values[self.place[column]] = _text(value)
        self.lines.write("\t".join(values))
        self.lines.write("\n")

    def copy_into(self, cursor: Any) -> None:
        """Send the rows gathered so far."""
        self.lines.seek(0)
        names = ", ".join(f'"{column}"' for column in self.columns)
        cursor.copy_expert(f'COPY "{self.name}" ({names}) FROM STDIN', self.lines)
        self.lines = io.StringIO()

    def set_sequence(self, cursor: Any) -> None:
        """Let the next row that Django writes follow on."""
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [self.name, max(1, self.last)]
        )


def _text(value: Any) -> str:
    """Write a value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), tzinfo=ZONE)


def _uuid(draw: random.Random) -> uuid.UUID:
    return uuid.UUID(int=draw.getrandbits(128), version=4)
