"""Six years of an office as rows: law-abiding ledgers, projections, letters, flags, reminders, in bulk.

    from bench import case_history
    case_history.load(1_000_000, today=date(2026, 11, 20))

Deterministic: the same size and day give the same rows. The running year is the same whatever the
size (so many applications a working day); the size only fills the five years before it. So two sizes
have the same cases open and the same cases newly due, and differ in nothing but history. Each ledger
follows one of the stories below, in working days after the receipt; what lies after ``today`` has not
happened yet. Projections come from the product's own clock. A story is written once for each day of
receipt, with places for what differs from case to case; the chain of each ledger is then hashed over
the same text the product hashes (checked against the product for every story). PostgreSQL only.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from functools import lru_cache
from typing import Any

from bench import copy_lines
from bench.copy_lines import Place, Table
from bench.ladder_history import Climbed, Ladder

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
TABLES = ("Applicant", "Case", "Letter", "Event", "DueFlag")
_LEVELS = (("soon", 5), ("urgent", 3), ("due", 1))


@dataclass(frozen=True)
class _Course:
    """A story on a day of receipt as text: lines for COPY with places such as ``%(case)s``.

    ``chained`` pairs the text an entry is hashed by with the line it stands in.
    """

    applicant: str
    case: str
    letter: str
    chained: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    climbed: Climbed


def load(size: int, *, today: date) -> None:
    """Fill the database Django is connected to, migrated and set up, with ``size`` cases."""
    from django.db import connection

    office = _Office(today)
    done = 0
    with connection.cursor() as cursor, _bare(cursor, office.every_table()):
        for chunk in _chunks(_receipts(size, today=today, calendar=office.calendar)):
            for key, received in chunk:
                office.write(key=key, received=received)
            for table in office.every_table():
                table.copy_into(cursor)
            done += len(chunk)
            _progress(done, size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextlib.contextmanager
def _bare(cursor: Any, tables: list[Table]) -> Iterator[None]:
    """Take indexes away and checks of foreign keys off for the length of a load, as pg_restore does."""
    names = [table.name for table in tables]
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [names],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("SET session_replication_role = DEFAULT")
    for _, definition in indexes:
        cursor.execute(definition)
    for name in names:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM \"{name}\""  # noqa: S608 - names of our own tables
        )


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
    for n in range(before):
        yield -(n + 1), calendar.roll(start + timedelta(days=n * span // before))
    # These keys do not depend on the size, so neither do the stories of the running year.
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
        from requests_app.selectors import calendars, offices

        self.today = today
        self.calendar = calendars.current()
        self.readings = offices.readings(OfficeSettings.objects.latest("effective_from"))
        self.body = IssuingBody.objects.get(is_default=True).pk
        self.departments = list(Department.objects.order_by("pk").values_list("pk", flat=True))
        clerks = StaffUser.objects.filter(held_roles__role="clerk").order_by("pk")
        self.clerks = list(clerks.values_list("pk", flat=True))
        self.tables = {name: Table(name) for name in TABLES}
        self.ladder = Ladder(self.calendar, today=today)
        self.course = lru_cache(maxsize=None)(self._course)
        self.checked: set[int] = set()
        self.cases = 0

    def write(self, *, key: int, received: date) -> None:
        """Write one case with everything that hangs on it."""
        drawn = hashlib.blake2b(f"{SEED}:{key}".encode(), digest_size=6).digest()
        story = _STORY_OF[int.from_bytes(drawn[:2], "big") % 100]
        course = self.course(story, received)
        self.cases += 1
        given = {
            "case": self.cases,
            "department": self.departments[drawn[2] % len(self.departments)],
            "clerk": self.clerks[drawn[3] % len(self.clerks)],
            "chain": "",
        }
        tables = self.tables
        tables["Applicant"].lines.write(course.applicant % given)
        tables["Case"].lines.write(course.case % given)
        tables["Letter"].lines.write(course.letter % given)
        chain = hashlib.sha256(f"chain:case:{self.cases}".encode()).hexdigest()
        links = []
        for packed, line in course.chained:
            chain = hashlib.sha256(f"{chain}\n{packed % given}".encode()).hexdigest()
            links.append(chain)
            given["chain"] = chain
            tables["Event"].lines.write(line % given)
        for line in course.flags:
            tables["DueFlag"].lines.write(line % given)
        self.ladder.write(course.climbed, given=given)
        if story not in self.checked:
            self.checked.add(story)
            _check_chain(story, received, self, given=given, links=links)

    def every_table(self) -> list[Table]:
        """Return the tables in an order in which each comes after what it points at."""
        return [*self.tables.values(), *self.ladder.tables.values()]

    def happened(self, story: int, received: date) -> list[tuple[str, date, str, dict[str, Any]]]:
        """Return the entries of a story that lie before the end of today."""
        steps = [("received", 0, "", {}), *STORIES[story][1]]
        return [
            (entry, on, ref, data)
            for entry, days, ref, data in steps
            if (on := self.calendar.add(received, days) if days else received) <= self.today
        ]

    def _course(self, story: int, received: date) -> _Course:
        """Fold a story once for each day of receipt: many cases share it."""
        from requests_app.domain.ledger import Entry, LedgerEntry
        from requests_app.selectors import facts
        from requests_app.services import projections

        happened = self.happened(story, received)
        entries = tuple(
            LedgerEntry(entry=Entry(entry), on=on, seq=seq, ref=ref, data=data)
            for seq, (entry, on, ref, data) in enumerate(happened, start=1)
        )
        timeline = facts.evaluate(
            entries, today=self.today, calendar=self.calendar, readings=self.readings
        )
        projection = projections.project(entries, timeline=timeline)
        taken = any(entry == "assigned" for entry, _, _, _ in happened)
        case, arrived = Place("case"), copy_lines.at(received, 10)
        return _Course(
            applicant=self.tables["Applicant"].line(
                id=case, kind="person", name="申请人", phone="0935-0000000",
                seal_binding=Place("case", "00000000-0000-4000-8000-%012x"),
            ),
            case=self.tables["Case"].line(
                id=case, number=Place("case", f"{received.year}-%07d"), year=received.year,
                body_id=self.body, applicant_id=case, channel="online", arrived_at=arrived,
                description="某项目的批复和资金安排", form_wanted="electronic", way_wanted="online",
                idempotency_key=Place("case", "00000000-0000-4000-9000-%012x"), created_at=arrived,
                department_id=Place("department") if taken else None, clerk_id=Place("clerk"),
                version=len(happened), projected_on=self.today, **projection,
            ),
            letter=self._letter(happened, outcome=projection["outcome"]),
            chained=tuple(self._event(seq, *each) for seq, each in enumerate(happened, start=1)),
            flags=tuple(
                self.tables["DueFlag"].line(case_id=case, due_on=due, level=level, raised_at=copy_lines.at(on, 9))
                for level, due, on in self._warned(projection)
            ),
            climbed=self.ladder.course(projection),
        )  # fmt: skip

    def _letter(
        self, happened: list[tuple[str, date, str, dict[str, Any]]], *, outcome: str
    ) -> str:
        """Return the line of the answer, where the case has one; it has the case's own key."""
        replied = next((on for entry, on, _, _ in happened if entry == "replied"), None)
        if replied is None:
            return ""
        at, case, clerk = copy_lines.at(replied, 11), Place("case"), Place("clerk")
        return self.tables["Letter"].line(
            id=case, case_id=case, kind="disclosed", act="answer", status="dispatched",
            outcome=outcome, drafted_by_id=clerk, drafted_at=at, signed_at=at,
            number=Place("case", f"金政办公开告〔{replied.year}〕%d号"), text={},
            path=Place("case", "letters/%d.pdf"), sha256="0" * 64, size=40_000, issued_at=at,
        )  # fmt: skip

    def _event(
        self, seq: int, entry: str, on: date, ref: str, data: dict[str, Any]
    ) -> tuple[str, str]:
        """Return the text an entry is hashed by, and its line."""
        at = copy_lines.at(on, 10 if entry == "received" else 15)
        written: Any = data
        if entry == "assigned":
            written = Place("department", '{"department_id": %d}')
        letter = Place("case") if entry == "replied" else None
        line = self.tables["Event"].line(
            case_id=Place("case"), seq=seq, entry=entry, on=on, ref=ref, data=written, voids=None,
            letter_id=letter, recorded_at=at, recorded_by_id=Place("clerk"), role="clerk",
            chain=Place("chain"),
        )  # fmt: skip
        packed = {
            "case_id": "%(case)d", "data": copy_lines.packed(data), "entry": f'"{entry}"',
            "letter_id": "%(case)d" if letter else "null", "on": f'"{on}"',
            "recorded_at": f'"{at.astimezone(UTC).isoformat(timespec="microseconds")}"',
            "recorded_by_id": "%(clerk)d", "ref": f'"{ref}"', "role": '"clerk"', "seq": str(seq),
            "voids": "null",
        }  # fmt: skip
        if entry == "assigned":
            packed["data"] = '{"department_id":%(department)d}'
        return "{" + ",".join(f'"{name}":{text}' for name, text in packed.items()) + "}", line

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


def _check_chain(
    story: int, received: date, office: _Office, *, given: dict[str, Any], links: list[str]
) -> None:
    """Stop unless the product hashes the ledger to the same links."""
    from types import SimpleNamespace

    from requests_app.selectors import integrity

    last = ""
    for seq, (entry, on, ref, data) in enumerate(office.happened(story, received), start=1):
        event: Any = SimpleNamespace(
            case_id=given["case"], seq=seq, entry=entry, on=on, ref=ref,
            data={"department_id": given["department"]} if entry == "assigned" else data, voids=None,
            letter_id=given["case"] if entry == "replied" else None,
            recorded_at=copy_lines.at(on, 10 if entry == "received" else 15),
            recorded_by_id=given["clerk"], role="clerk",
        )  # fmt: skip
        last = integrity.link_of(event, previous=last)
        if last != links[seq - 1]:
            message = f"story {story}: the product chains entry {seq} ({entry}) otherwise"
            raise RuntimeError(message)


_STORY_OF = [n for n, (share, _) in enumerate(STORIES) for _ in range(share)]
