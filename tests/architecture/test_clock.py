"""Below the interfaces time is an argument: what ruff's bans cannot see is looked for here."""

import ast
from pathlib import Path

import pytest

APP = Path("requests_app")
BELOW = ["domain", "models", "adapters", "selectors", "services", "presenters"]
# Called without an argument these read the clock; with one they convert.
READS_WHEN_EMPTY = {"localtime", "localdate", "now", "today", "utcnow"}
READS_ALWAYS = {"auto_now", "auto_now_add", "Now", "gmtime", "time_ns"}


def clock_reads(source):
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = node.args or [word for word in node.keywords if word.arg != "tz"]
            if name in READS_ALWAYS or (name in READS_WHEN_EMPTY and not given):
                found.append((node.lineno, name))
            found += [(node.lineno, word.arg) for word in node.keywords if word.arg in READS_ALWAYS]
    return found


@pytest.mark.parametrize("layer", BELOW)
def test_layer_reads_no_clock(layer):
    files = sorted((APP / layer).rglob("*.py"))

    found = {str(file): reads for file in files if (reads := clock_reads(file.read_text()))}

    assert files
    assert found == {}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("timezone.localtime()", [(1, "localtime")]),
        ("timezone.localtime(moment)", []),
        ("datetime.now(tz=UTC)", [(1, "now")]),
        ("DateTimeField(auto_now_add=True)", [(1, "auto_now_add")]),
        ("date.today()", [(1, "today")]),
    ],
)
def test_search_sees_a_clock_read(source, expected):
    assert clock_reads(source) == expected
