"""`manage.py explain_deadline` as a program, and its answers line by line. No database anywhere.

The public cases, and what they rest on, lie in `tests/unit/domain/cases`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from requests_app.management.commands import explain_deadline

ROOT = Path(__file__).parents[4]
CASES = json.loads(
    (ROOT / "tests/unit/domain/cases/deadline_cases.json").read_text(encoding="utf-8")
)
FIELDS = [
    "id", "state", "due", "remaining", "counted", "projected", "provisional", "on_time",
    "correction_notice_due", "correction_due", "payment_due", "consult_due", "flags",
]  # fmt: skip
RECEIVED = {"type": "received", "date": "2026-03-02"}


def answer(line: str | bytes, **options: bool) -> dict[str, Any]:
    (found,) = explain_deadline.answers(
        [line.encode() if isinstance(line, str) else line], **options
    )
    return found


def run(lines: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "explain_deadline", *arguments],
        input=lines,
        capture_output=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_public_case(case: dict[str, Any]) -> None:
    found = answer(json.dumps(case))

    assert {name: found[name] for name in ("id", *case["expect"])} == {
        "id": case["id"],
        **case["expect"],
    }


def test_the_answer_has_exactly_the_fields_of_the_format() -> None:
    line = json.dumps({"id": 7, "kind": "application", "events": [RECEIVED]})

    assert answer(line) == {
        "id": 7,
        "state": "running",
        "due": "2026-03-30",
        "remaining": 20,
        "counted": 0,
        "projected": False,
        "provisional": False,
        "on_time": None,
        "correction_notice_due": "2026-03-11",
        "correction_due": None,
        "payment_due": None,
        "consult_due": {},
        "flags": [],
    }
    assert list(answer(line)) == FIELDS


def test_flags_are_sorted() -> None:
    events = [
        RECEIVED,
        {"type": "paid", "date": "2026-03-03"},
        {"type": "extended", "date": "2026-03-03", "days": 20},
        {"type": "corrected", "date": "2026-03-04"},
    ]

    assert answer(json.dumps({"id": "x", "events": events}))["flags"] == [
        "extension_not_notified",
        "extra_correction_ignored",
        "payment_unexpected",
    ]


def test_words_are_the_explanation() -> None:
    found = answer(json.dumps({"id": "x", "events": [RECEIVED]}), in_words=True)

    assert list(found) == ["id", "words"]
    assert "应于2026年3月30日前（含当日）答复。" in found["words"]


def test_notes_without_effect_are_passed_over() -> None:
    received = RECEIVED | {"channel": "online", "time": "23:59", "submitted": "2026-03-01"}

    found = answer(
        json.dumps({"id": "x", "events": [received], "title": "t", "expect": {"due": 1}})
    )

    assert found["due"] == "2026-03-30"


def test_a_null_is_as_good_as_nothing() -> None:
    line = {
        "id": "x",
        "kind": None,
        "as_of": None,
        "calendar_as_of": None,
        "events": [
            RECEIVED | {"days": None, "until": None, "id": None, "to": None},
            {"type": "reopened", "date": "2026-04-01", "days": None, "until": None},
        ],
    }

    assert answer(json.dumps(line))["due"] == "2026-04-30"


def test_a_number_may_name_a_consultation() -> None:
    events = [
        RECEIVED,
        {"type": "consult_sent", "date": "2026-03-10", "id": 1},
        {"type": "consult_delivered", "date": "2026-03-12", "id": 1},
    ]

    assert answer(json.dumps({"id": "x", "events": events}))["consult_due"] == {"1": "2026-04-02"}


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("not json", "这一行不是有效的JSON，请检查。"),
        (b'{"id": "\xff\xfe"}', "这一行不是有效的JSON，请检查。"),
        ('{"id": NaN}', "这一行不是有效的JSON，请检查。"),
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
        ({}, "缺少events。"),
        ({"events": {}}, "events须为对象的列表。"),
        ({"events": [1]}, "events须为对象的列表。"),
        ({"events": []}, "events是空的，没有任何事项，不能计算期限。"),
        ({"kind": "other", "events": [RECEIVED]}, "kind只能是application或proactive。"),
        ({"kind": [], "events": [RECEIVED]}, "kind只能是application或proactive。"),
        ({"events": [{"date": "2026-03-02"}]}, "缺少type。"),
        ({"events": [{"type": "received"}]}, "缺少date。"),
        (
            {"events": [RECEIVED, {"type": "lost", "date": "2026-03-03"}]},
            "不认识事项类型“lost”，请核对type。",
        ),
        (
            {"events": [RECEIVED, {"type": ["x"], "date": "2026-03-03"}]},
            "不认识事项类型“['x']”，请核对type。",
        ),
        ({"events": [{"type": "received", "date": "2026-3-2"}]}, "日期须写成2026-03-02的样式。"),
        ({"events": [{"type": "received", "date": 20260302}]}, "日期须写成2026-03-02的样式。"),
        ({"events": [{"type": "received", "date": None}]}, "日期须写成2026-03-02的样式。"),
        (
            {"events": [{"type": "received", "date": "2026-02-30"}]},
            "没有2026-02-30这一天，请核对日期。",
        ),
        (
            {"events": [{"type": "received", "date": "1900-01-01"}]},
            "日期1900-01-01不在工作日历（2018-12-01至2030-12-31）之内，请核对。",
        ),
        (
            {"events": [{"type": "received", "date": "9999-12-31"}]},
            "日期9999-12-31不在工作日历（2018-12-01至2030-12-31）之内，请核对。",
        ),
        (
            {"events": [RECEIVED], "as_of": "9999-12-31"},
            "日期9999-12-31不在工作日历（2018-12-01至2030-12-31）之内，请核对。",
        ),
        (
            {"events": [RECEIVED], "calendar_as_of": "1900-01-01"},
            "calendar_as_of的1900-01-01不在2000年至2100年之间，请核对。",
        ),
        (
            {"events": [RECEIVED], "as_of": "2026-03-01"},
            "查询日2026-03-01早于第一个事项的日期2026-03-02，当时还没有期限。",
        ),
        (
            {"events": [RECEIVED, {"type": "delayed", "date": "2026-03-03"}]},
            "2026-03-03“确定延迟答复的期限”没有写明延迟到哪一天（until）。",
        ),
        (
            {
                "events": [
                    RECEIVED,
                    {"type": "delayed", "date": "2026-03-03", "until": "9999-01-01"},
                ]
            },
            "日期9999-01-01不在工作日历（2018-12-01至2030-12-31）之内，请核对。",
        ),
        (
            {"events": [RECEIVED, {"type": "extended", "date": "2026-03-03"}]},
            "2026-03-03“同意延长答复期限”没有写明延长多少个工作日（days）。",
        ),
        (
            {"events": [RECEIVED, {"type": "extended", "date": "2026-03-03", "days": "20"}]},
            "2026-03-03“同意延长答复期限”工作日数（days）须为1以上的整数。",
        ),
        (
            {"events": [RECEIVED, {"type": "consult_sent", "date": "2026-03-03"}]},
            "2026-03-03“发出征求意见书”没有写明是哪一份征求意见书（id）。",
        ),
        (
            {"events": [RECEIVED, {"type": "consult_sent", "date": "2026-03-03", "id": {}}]},
            "事项的id须为文字。",
        ),
        (
            {
                "events": [
                    RECEIVED,
                    {"type": "consult_sent", "date": "2026-03-03", "id": "A", "to": "office"},
                ]
            },
            "to只能是third_party或organ；本机关内设机构不算征求意见。",
        ),
        (
            {"events": [RECEIVED, {"type": "corrected", "date": "2026-03-03", "justified": 1}]},
            "justified只能是true或false。",
        ),
        (
            {"events": [{"type": "corrected", "date": "2026-03-01"}, RECEIVED]},
            "“收到补正的申请”（2026-03-01）排在收到申请之前，请核对日期和顺序。",
        ),
        ({"events": [RECEIVED, RECEIVED]}, "收到申请（received）只能有一次，这里有2次。"),
        (
            {"kind": "proactive", "events": [RECEIVED]},
            "主动公开的事项不能有“收到申请”（received）。",
        ),
    ],
)
def test_bad_case(fields: dict[str, Any], error: str) -> None:
    assert answer(json.dumps({"id": "B", **fields})) == {"id": "B", "error": error}
    assert answer(json.dumps({"id": "B", **fields}), in_words=True) == {"id": "B", "error": error}


def test_program_answers_every_line_and_nothing_else() -> None:
    lines = [
        "\ufeff" + json.dumps({"id": "甲", "events": [RECEIVED]}, ensure_ascii=False),
        "oops",
        "",
        json.dumps({"id": "\ud800", "events": []}),
        json.dumps({"events": [RECEIVED]}),
    ]

    done = run("\n".join(lines).encode())

    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [(line["id"], line.get("due"), line.get("error")) for line in found] == [
        ("甲", "2026-03-30", None),
        (None, None, "这一行不是有效的JSON，请检查。"),
        ("\ud800", None, "events是空的，没有任何事项，不能计算期限。"),
        (None, "2026-03-30", None),
    ]


def test_program_in_words() -> None:
    done = run(json.dumps({"id": "x", "events": [RECEIVED]}).encode(), "--words")

    (found,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, list(found)) == (0, ["id", "words"])


def test_program_takes_twenty_thousand_lines() -> None:
    done = run("\n".join(json.dumps(case) for case in CASES * 1_000).encode())

    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [(line["id"], line["due"]) for line in found] == [
        (case["id"], case["expect"]["due"]) for case in CASES * 1_000
    ]


def test_program_with_no_input() -> None:
    done = run(b"")

    assert (done.returncode, done.stdout) == (0, b"")
