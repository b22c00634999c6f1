"""A finished letter can be archived: PDF/A-3a and PDF/UA-1, judged by another program."""

import json
from datetime import UTC, datetime

import pikepdf
import pytest

from requests_app.adapters import pdf, signature
from tests import archive

pytestmark = pytest.mark.skipif(
    bool(pdf.problems() or archive.MISSING), reason="; ".join([*pdf.problems(), archive.MISSING])
)

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
LONG = "根据《中华人民共和国政府信息公开条例》第三十六条第（二）项之规定，现答复如下：" * 30
TEXT = {
    "title": "政府信息公开申请答复书",
    "issuer": "金昌市人民政府办公室",
    "number": "金政办公开告〔2026〕12号",
    "addressee": "王堃玥",
    "paragraphs": [
        {"text": "一、情况", "style": "h1"},
        {"text": "（一）经过", "style": "h2"},
        {"text": LONG, "style": "body"},
        {"text": "1.第一点", "style": "list"},
    ],
    "remedies": ["如对本答复不服，可以申请行政复议。"],
    "attachments": ["情况表", "说明"],
    "signer": "金昌市人民政府办公室",
    "dated_on": "2026-11-20",
    "contact": "联系人：张祎，联系电话：0935-8212345",
}
FACTS = {"number": TEXT["number"], "case_number": "2026-0184"}
MARKS = pdf.Marks(
    seal=pdf.draw_demo_seal("金昌市人民政府办公室"),
    scan_url="https://disclosure.example.cn/verify/K7QF2M9XA4TBN/",
    verify_code="K7QF-2M9XA-4TBN",
)


@pytest.fixture(scope="module")
def letter():
    return pdf.render_letter(TEXT, facts=FACTS, marks=MARKS)


def test_letter_with_seal_code_and_data_is_archivable_and_accessible(letter, tmp_path, settings):
    settings.SIGNING_CERTIFICATE = str(tmp_path / "office.p12")
    signature.make_test_certificate(tmp_path / "office.p12", office="金昌市", at=AT)
    files = {
        "plain": pdf.render_letter(TEXT),
        "whole": letter,
        "signed": signature.sign(letter, number=TEXT["number"], at=AT).content,
        "draft": pdf.render_letter(TEXT, draft=True),
    }
    asked = []
    for name, content in files.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)
        asked += [("3a", path), ("ua1", path)]

    assert archive.failures(*asked) == [[]] * 8


def test_judge_finds_what_is_wrong(letter, tmp_path):
    # A judge that lets everything pass would make the test above worthless.
    untitled, unmarked = tmp_path / "untitled.pdf", tmp_path / "unmarked.pdf"
    (tmp_path / "letter.pdf").write_bytes(letter)
    with pikepdf.open(tmp_path / "letter.pdf") as opened:
        del opened.Root.Lang
        opened.save(untitled)
        del opened.Root.Metadata
        del opened.Root.OutputIntents
        opened.save(unmarked)

    found = archive.failures(("ua1", untitled), ("3a", unmarked))

    assert ["7.2/33" in found[0] or "7.2/34" in found[0], "6.6.2.1/1" in found[1]] == [True, True]


def test_attached_data_are_part_of_the_archived_file(letter, tmp_path):
    (tmp_path / "letter.pdf").write_bytes(letter)

    with pikepdf.open(tmp_path / "letter.pdf") as opened:
        specification = opened.Root.AF[0]
        assert (str(specification.F), str(specification.AFRelationship)) == ("case.json", "/Data")
        assert json.loads(opened.attachments["case.json"].get_file().read_bytes()) == FACTS
