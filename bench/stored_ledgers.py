"""Recompute stored ledgers and write them back, beside reading and writing the same rows.

    ./jc bench stored_ledgers [--ledgers 100000]

Fills a throw-away SQLite database with law-abiding ledgers of six to seven events, lets their
projections go stale, and times ``services.projections.recompute``. Beside it, in turns and on the
same rows: read the same cases and events, write the same columns, compute nothing.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
LIMIT = 3.0


def main() -> None:
    """Print both times, the ratio of their medians, and whether it keeps the promise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ledgers", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jc-bench-") as folder:
        prepare(Path(folder))
        ids = fill(asked.ledgers)
        computing, plain = [], []
        for round_ in range(1, asked.rounds + 1):
            grow_stale()
            computing.append(timed(lambda: recompute(ids)))
            plain.append(timed(lambda: read_and_write(ids)))
            print(
                f"round {round_}: recompute {computing[-1]:.1f} s, read and write {plain[-1]:.1f} s"
            )
    ratio = statistics.median(computing) / statistics.median(plain)
    verdict = "kept" if ratio <= LIMIT else "NOT kept"
    print(
        f"{asked.ledgers} ledgers: recompute / read and write = {ratio:.2f} (at most {LIMIT}: {verdict})"
    )
    sys.exit(ratio > LIMIT)


def prepare(folder: Path) -> None:
    """Start Django on an empty database in ``folder``, with the calendar and the guide in it."""
    os.environ.update(
        JC_ENV="test",
        JC_DATA_DIR=str(folder),
        JC_SECRET_KEY="only for the benchmark " * 3,
        DATABASE_URL="",
        REDIS_URL="",
        DJANGO_SETTINGS_MODULE="jcdisclosure.settings",
    )
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django
    from django.core.management import call_command

    django.setup()
    with Path(os.devnull).open("w") as nowhere:
        for command in ("migrate", "import_calendar", "seed_guide"):
            call_command(command, verbosity=0, stdout=nowhere)


def fill(count: int) -> list[int]:
    """Store ``count`` cases with their ledgers; returns their keys."""
    from requests_app.models import Applicant, Case, Event, IssuingBody

    body = IssuingBody.objects.get(is_default=True)
    draw = random.Random(20261120)
    start = date(2026, 1, 5)
    for first in range(0, count, 5_000):
        numbers = range(first, min(first + 5_000, count))
        applicants = Applicant.objects.bulk_create(
            Applicant(kind="person", name="申请人", phone="0935-0000000", seal_binding=uuid.uuid4())
            for _ in numbers
        )
        cases = Case.objects.bulk_create(
            Case(
                number=f"2026-{n:06d}", year=2026, body=body, applicant=applicant, channel="online",
                arrived_at=AT, description="政府信息", form_wanted="electronic", way_wanted="online",
                query_code_hash="", idempotency_key=uuid.uuid4(), created_at=AT,
                received_on=start + timedelta(days=draw.randrange(250)), projected_on=TODAY,
            )
            for n, applicant in zip(numbers, applicants, strict=True)
        )  # fmt: skip
        Event.objects.bulk_create(
            Event(
                case=case,
                seq=seq,
                entry=entry,
                on=on,
                ref=ref,
                data=data,
                recorded_at=AT,
                role="clerk",
            )
            for case in cases
            for seq, (entry, on, ref, data) in enumerate(ledger(case.received_on, draw), start=1)
        )
    return list(Case.objects.order_by("pk").values_list("pk", flat=True))


def ledger(received: date, draw: random.Random) -> list[tuple[str, date, str, dict[str, object]]]:
    """Return six or seven entries: correction, consultation, sometimes an extension."""

    def day(n: int) -> date:
        return received + timedelta(days=n + draw.randrange(2))

    entries: list[tuple[str, date, str, dict[str, object]]] = [
        ("received", received, "", {}),
        ("correction_requested", day(3), "", {}),
        ("correction_delivered", day(5), "", {}),
        ("corrected", day(8), "", {}),
        ("consult_sent", day(12), "1", {"to": "third_party"}),
        ("consult_delivered", day(14), "1", {}),
    ]
    if draw.random() < 0.5:
        entries.append(("consult_replied", day(20), "1", {}))
    return entries


def grow_stale() -> None:
    """Make every stored projection differ from its ledger."""
    from requests_app.models import Case

    Case.objects.update(due_on=None, ledger_hash="", clock_state="", calendar_version="")


def recompute(ids: list[int]) -> None:
    """Run the product's own recomputation."""
    import logging

    from requests_app.services import projections

    logging.disable(logging.ERROR)  # every hash differs on purpose
    done = projections.recompute(ids, today=TODAY)
    logging.disable(logging.NOTSET)
    if done.changed != len(ids):
        sys.exit(f"expected {len(ids)} changed projections, got {done.changed}")


def read_and_write(ids: list[int]) -> None:
    """Read the same rows and write the same columns by the same statements, computing nothing."""
    from django.db import transaction

    from requests_app.models import Case, Event
    from requests_app.services.projections import BATCH, FIELDS

    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            cases = list(Case.objects.filter(pk__in=ids[start : start + BATCH]).order_by("pk"))
            list(Event.objects.filter(case_id__in=[case.pk for case in cases]))
            Case.objects.bulk_create(
                cases,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=[*FIELDS, "projected_on", "version"],
            )


def timed(work: Callable[[], None]) -> float:
    """Return how long ``work`` takes, in seconds."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
