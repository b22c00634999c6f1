"""What stands in no page: inline script and style, unescaped text, words of the old law."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path("templates")
# Letters go to a PDF, messages to a mail program: neither runs under the site's policy.
OWN_RULES = {"letters", "emails"}
INLINE = [
    re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    re.compile(r"<style\b", re.IGNORECASE),
    re.compile(r"\sstyle\s*=", re.IGNORECASE),
    re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    re.compile(r"javascript:", re.IGNORECASE),
]
UNESCAPED = [re.compile(r"\|\s*safe\b"), re.compile(r"autoescape\s+off")]
OLD_LAW = re.compile(r"不予受理|受理|无效申请")
# 复议 and 诉讼 have a stage of that name; rules may say that they avoid the word.
OF_OTHERS = re.compile(r"复议|诉讼|法院|起诉")


# Pages may tell people that nobody asks.
NOT_ASKED = re.compile(r"(?:不用|不必|无需|不需要|不得要求)说明用途")


def pages():
    return [
        file
        for file in TEMPLATES.rglob("*.html")
        if file.relative_to(TEMPLATES).parts[0] not in OWN_RULES
    ]


def hits(files, patterns, *, unless=None):
    return [
        f"{file}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if any(pattern.search(line) for pattern in patterns)
        and not (unless and unless.search(line))
    ]


def test_pages_have_no_inline_script_or_style():
    assert pages()
    assert hits(pages(), INLINE) == []


def test_pages_escape_everything():
    assert hits(TEMPLATES.rglob("*.html"), UNESCAPED) == []


def test_texts_avoid_the_words_of_the_old_law():
    # The list of words that no letter may use has to name them.
    lexicon = Path("requests_app/domain/forbidden_words.py")
    files = {*TEMPLATES.rglob("*.*"), *Path("requests_app").rglob("*.py")} - {lexicon}

    assert hits(sorted(file for file in files if file.is_file()), [OLD_LAW], unless=OF_OTHERS) == []


def test_pages_never_ask_for_a_purpose():
    files = [*pages(), *Path("requests_app/public").rglob("*.py")]

    assert hits(files, [re.compile("用途")], unless=NOT_ASKED) == []


def test_pages_leave_nothing_unfinished():
    marks = [re.compile(rf"\b{word}\b") for word in ("TODO", "FIXME", "XXX", "lorem")]

    assert hits(TEMPLATES.rglob("*.*"), marks) == []


@pytest.mark.parametrize(
    ("line", "patterns"),
    [
        ('<p style="color:red">', INLINE),
        ("<script>alert(1)</script>", INLINE),
        ('<a onclick="go()">', INLINE),
        ("{{ text|safe }}", UNESCAPED),
        ("我们已受理您的申请", [OLD_LAW]),
    ],
)
def test_search_sees_what_is_forbidden(tmp_path, line, patterns):
    page = tmp_path / "page.html"
    page.write_text(line, encoding="utf-8")

    assert hits([page], patterns) == [f"{page}:1: {line}"]


def test_search_lets_outside_scripts_pass(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<script src="/static/js/a.js" defer></script>', encoding="utf-8")

    assert hits([page], INLINE) == []


def test_no_docstring_points_to_a_document_that_is_not_here():
    here = {file.name for file in Path().rglob("*.md") if ".venv" not in file.parts}
    for room in ("requests_app", "jcdisclosure", "bench"):
        for file in Path(room).rglob("*.py"):
            named = re.findall(r"(?<![\w/-])([\w.-]+\.md)\b", file.read_text(encoding="utf-8"))
            assert set(named) <= here, file
