"""`manage.py compute_fee` as a program, and its answers line by line. No database anywhere.

`tests/data/fee_cases.json` holds the 20 published sample cases, worked out by hand from
国办函〔2020〕109号 articles 4 and 5.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from requests_app.management.commands import compute_fee

ROOT = Path(__file__).parents[4]
CASES = json.loads((ROOT / "tests/data/fee_cases.json").read_text(encoding="utf-8"))


def answer(line: str | bytes) -> dict[str, Any]:
    (found,) = compute_fee.answers([line.encode() if isinstance(line, str) else line])
    return found


def run(lines: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "compute_fee"],
        input=lines,
        capture_output=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_published_case(case: dict[str, Any]) -> None:
    assert answer(json.dumps(case)) == {"id": case["id"], **case["expect"]}


def test_month_is_given_in_order_of_date() -> None:
    line = (
        '{"id": 7, "mode": "month", "receipts": [{"date": "2026-05-29", "items": 1},'
        ' {"date": "2026-05-06", "items": 30}]}'
    )

    assert answer(line) == {"id": 7, "fees": [2000, 200], "total": 2200}


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("not json", "这一行不是有效的JSON，请检查。"),
        (b'{"id": "\xff\xfe"}', "这一行不是有效的JSON，请检查。"),
        ('{"id": NaN}', "这一行不是有效的JSON，请检查。"),
        ('{"id": 1e999}', "这一行不是有效的JSON，请检查。"),
        ('{"id": ' + "9" * 5000 + "}", "这一行不是有效的JSON，请检查。"),
        ("[" * 100_000, "这一行不是有效的JSON，请检查。"),
        ("[1]", "这一行不是JSON对象，请检查。"),
        ("null", "这一行不是JSON对象，请检查。"),
    ],
)
def test_unreadable_line(line: str | bytes, error: str) -> None:
    assert answer(line) == {"id": None, "error": error}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "缺少计费方式mode。"),
        ({"mode": "weight"}, "计费方式mode只能是item、page或month。"),
        ({"mode": ["item"]}, "计费方式mode只能是item、page或month。"),
        ({"mode": "item", "items": 3}, "缺少before。"),
        ({"mode": "item", "before": 0}, "缺少items。"),
        ({"mode": "page"}, "缺少pages。"),
        ({"mode": "page", "pages": -1}, "页数不能小于0。"),
        ({"mode": "page", "pages": 1.5}, "页数须为整数。"),
        ({"mode": "page", "pages": 30.0}, "页数须为整数。"),
        ({"mode": "page", "pages": True}, "页数须为整数。"),
        ({"mode": "page", "pages": "30"}, "页数须为整数。"),
        ({"mode": "page", "pages": None}, "页数须为整数。"),
        ({"mode": "page", "pages": 10**30}, "页数超过10000000，请核对。"),
        ({"mode": "item", "before": -1, "items": 1}, "本月此前件数不能小于0。"),
        ({"mode": "month"}, "缺少receipts。"),
        ({"mode": "month", "receipts": {}}, "receipts须为对象的列表。"),
        ({"mode": "month", "receipts": [3]}, "receipts须为对象的列表。"),
        ({"mode": "month", "receipts": [{"items": 1}]}, "缺少date。"),
        ({"mode": "month", "receipts": [{"date": "2026-03-02"}]}, "缺少items。"),
        (
            {"mode": "month", "receipts": [{"date": "2026-3-2", "items": 1}]},
            "日期须写成2026-03-02的样式。",
        ),
        (
            {"mode": "month", "receipts": [{"date": 20260302, "items": 1}]},
            "日期须写成2026-03-02的样式。",
        ),
        (
            {"mode": "month", "receipts": [{"date": "20260302", "items": 1}]},
            "日期须写成2026-03-02的样式。",
        ),
        (
            {"mode": "month", "receipts": [{"date": "2026-02-30", "items": 1}]},
            "没有2026-02-30这一天，请核对日期。",
        ),
        (
            {"mode": "month", "receipts": [{"date": "9999-12-31", "items": 1}]},
            "第1笔的日期9999-12-31不在2000年至2100年之间，请核对。",
        ),
        (
            {"mode": "month", "receipts": [{"date": "2026-03-02", "items": -8}]},
            "第1笔的件数不能小于0。",
        ),
        (
            {"mode": "month", "receipts": [{"date": "2026-03-02", "items": 8, "applicant": {}}]},
            "applicant须为文字。",
        ),
    ],
)
def test_bad_case(fields: dict[str, Any], error: str) -> None:
    assert answer(json.dumps({"id": "B", **fields})) == {"id": "B", "error": error}


def test_program_answers_every_line_and_nothing_else() -> None:
    lines = [
        "\ufeff" + json.dumps({"id": "甲", "mode": "page", "pages": 31}, ensure_ascii=False),
        "oops",
        "",
        json.dumps({"id": "\ud800", "mode": "page", "pages": 1}),
        json.dumps({"id": None, "mode": "page", "pages": 201}),
    ]

    done = run("\n".join(lines).encode())

    assert done.returncode == 0
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": "甲", "fee": 10},
        {"id": None, "error": "这一行不是有效的JSON，请检查。"},
        {"id": "\ud800", "fee": 0},
        {"id": None, "fee": 2740},
    ]


def test_program_takes_twenty_thousand_lines() -> None:
    lines = [json.dumps({"id": n, "mode": "page", "pages": 31}) for n in range(20_000)]

    done = run("\n".join(lines).encode())

    assert done.returncode == 0
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": n, "fee": 10} for n in range(20_000)
    ]


def test_program_with_no_input() -> None:
    done = run(b"")

    assert (done.returncode, done.stdout) == (0, b"")
