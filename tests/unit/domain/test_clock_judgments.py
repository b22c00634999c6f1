"""The clock before a judge: rulings, reference tables, and the sentences of the rules in company.

``test_clock_cases`` asks each clause alone; here several meet in one case. The expectations were
worked out from the rules and the notices by somebody who had not read the clock.
"""

import datetime as dt
from typing import Any

import pytest

from requests_app.domain import explain
from tests.unit.domain import deadline_cases

JUDGMENTS = deadline_cases.table("judgments.txt")


@pytest.mark.parametrize(
    ("case", "expected"),
    [(case, expected) for _, case, expected in JUDGMENTS],
    ids=[title for title, _, _ in JUDGMENTS],
)
def test_judgment(case: dict[str, Any], expected: dict[str, Any]) -> None:
    found = deadline_cases.result(deadline_cases.evaluate(case))

    assert {name: found[name] for name in expected} == expected


#: Receipt, the day as of which the notices are known, the last day by them, and whether it may move.
SNAPSHOTS = (
    # 2019: the first notice gives Labour Day alone, that of 2019-03-22 four days for two Sundays.
    ("2019-04-01", "2019-03-01", "2019-04-30", False),
    ("2019-04-01", "2019-03-22", "2019-04-29", False),
    # 2020: the Spring Festival is lengthened to 02-02 on 2020-01-27, after the period began.
    ("2020-01-10", "2020-01-26", "2020-02-12", False),
    ("2020-01-10", "2020-02-01", "2020-02-14", False),
    # The notice of 2025 for 2026 not yet out: 01-02 works and 01-04 does not, which comes to the same.
    ("2025-12-10", "2025-10-01", "2026-01-08", True),
)


@pytest.mark.parametrize(("received", "known_on", "due", "provisional"), SNAPSHOTS)
def test_period_as_the_notices_stood(
    received: str, known_on: str, due: str, provisional: bool
) -> None:
    line = {"type": "received", "date": received}

    found = deadline_cases.evaluate({"events": [line], "calendar_as_of": known_on})

    assert (found.due, found.provisional) == (dt.date.fromisoformat(due), provisional)


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        (
            "03-02 received; 03-10 correction_requested; 03-16 corrected",
            "补正告知书于3月10日发出、没有送达记录，以申请人补正之日（3月16日）为送达，",
        ),
        (
            "03-02 received; 03-10 fee_notice; 03-16 paid",
            "收费通知于3月10日发出、没有送达记录，以申请人缴费之日（3月16日）为送达，",
        ),
        (
            "03-02 received; 03-10 fee_notice; 03-12 fee_notice_delivered; 03-16 paid",
            "收费通知于3月10日发出、3月12日送达，",
        ),
    ],
)
def test_delivery_that_is_only_inferred_is_told_as_such(happened: str, told: str) -> None:
    timeline = deadline_cases.ask(happened)

    lines = explain.explain(timeline, calendar=timeline.calendar).lines

    (waiting,) = [line for line in lines if line.kind is explain.LineKind.WAITING]
    assert waiting.sentence.startswith(told)
