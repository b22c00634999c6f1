"""Every public case, and one case for each clause of the rules."""

from typing import Any

import pytest

from tests.unit.domain import deadline_cases

PUBLIC = deadline_cases.public()
CLAUSES = deadline_cases.table("clauses.txt")


@pytest.mark.parametrize("case", PUBLIC, ids=[case["id"] for case in PUBLIC])
def test_public_case(case: dict[str, Any]) -> None:
    found = deadline_cases.result(deadline_cases.evaluate(case))

    assert {name: found[name] for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize(
    ("case", "expected"),
    [(case, expected) for _, case, expected in CLAUSES],
    ids=[title for title, _, _ in CLAUSES],
)
def test_clause(case: dict[str, Any], expected: dict[str, Any]) -> None:
    found = deadline_cases.result(deadline_cases.evaluate(case))

    assert {name: found[name] for name in expected} == expected
