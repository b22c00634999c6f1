import json
import logging
import sys

import pytest

from jcdisclosure.logging import JsonFormatter, TextFormatter, scrub


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("证件 11010519491231002X 不符", "证件 [id] 不符"),
        ("证件11010519491231002x，", "证件[id]，"),
        ("110105194912310028", "[id]"),
        ("old 130503670401001", "old [id]"),
        ("code K7QF2M9XA4TBN", "code [code]"),
        ("code K7QF-2M9XA-4TBN.", "code [code]."),
        ("code k7qf-2m9xa-4tbn", "code [code]"),
        ("code KAQFAMAXAATBN", "code [code]"),
    ],
)
def test_scrub_blots_out(text, expected):
    assert scrub(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "case 2026-0184",
        "1790000000000",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c0d17b0a8cd",
        "organisations",
        "mails_sent=12",
        "金政办公开告〔2026〕12号",
        "91620300MA71ABCD5X1",
    ],
)
def test_scrub_leaves_alone(text):
    assert scrub(text) == text


def record(message, *args, exc_info=None, **extra):
    made = logging.getLogger("office").makeRecord(
        "office", logging.WARNING, "file.py", 1, message, args, exc_info, extra=extra
    )
    made.created = 1_790_000_000.25
    return made


def test_json_line_holds_message_and_extra_scrubbed():
    line = JsonFormatter().format(
        record("refused %s", "11010519491231002X", code="K7QF2M9XA4TBN", letter_id=7)
    )

    assert json.loads(line) == {
        "at": "2026-09-21T14:13:20.250+00:00",
        "level": "WARNING",
        "logger": "office",
        "message": "refused [id]",
        "code": "[code]",
        "letter_id": 7,
    }


def test_json_line_scrubs_the_trace():
    try:
        raise ValueError("no such person: 11010519491231002X")
    except ValueError:
        line = JsonFormatter().format(record("failed", exc_info=sys.exc_info()))

    assert "ValueError: no such person: [id]" in json.loads(line)["trace"]
    assert "11010519491231002X" not in line


def test_text_line_is_scrubbed():
    line = TextFormatter().format(record("refused %s", "11010519491231002X"))

    assert line.endswith("WARNING office: refused [id]")
