"""The clock and the day-by-day walk, written apart from each other, agree field by field."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from requests_app.domain.clock import SegmentKind
from tests.unit.domain import day_walk, deadline_cases, made_up_ledgers

many = settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
#: Deterministic in every run of the suite; the long run explores anew.
steady = settings(many, derandomize=True)
long = settings(many, max_examples=30_000)

CASES = (*deadline_cases.table("clauses.txt"), *deadline_cases.table("judgments.txt"))


def both(case: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return deadline_cases.result(deadline_cases.evaluate(case)), day_walk.walk(case)


@pytest.mark.parametrize(
    "case", deadline_cases.public(), ids=[case["id"] for case in deadline_cases.public()]
)
def test_public_case(case: dict[str, Any]) -> None:
    found, second = both(case)

    assert found == second


@pytest.mark.parametrize(
    "case", [case for _, case, _ in CASES], ids=[title for title, _, _ in CASES]
)
def test_worked_case(case: dict[str, Any]) -> None:
    found, second = both(case)

    assert found == second


@steady
@given(made_up_ledgers.ledgers())
def test_made_up_ledger(case: dict[str, Any]) -> None:
    found, second = both(case)

    assert found == second


@settings(steady, max_examples=500)
@given(made_up_ledgers.ledgers())
def test_counted_segments_hold_the_very_days_that_were_ticked(case: dict[str, Any]) -> None:
    timeline = deadline_cases.evaluate(case)
    assume(timeline.allowance is not None)
    days = [
        day
        for segment in timeline.segments
        if segment.phase == timeline.period and segment.kind is SegmentKind.COUNTED
        for day in day_walk.each_day(segment.first, segment.last)
        if timeline.calendar.is_working(day)
    ]

    assert days == day_walk.ticked(case)


@steady
@given(made_up_ledgers.publications())
def test_made_up_publication(case: dict[str, Any]) -> None:
    found, second = both(case)

    assert found == second


@pytest.mark.long
@long
@given(made_up_ledgers.ledgers(steps=9))
def test_many_long_ledgers(case: dict[str, Any]) -> None:
    found, second = both(case)

    assert found == second
