"""Preparing what an answer hands over, from the case page: uploads, redactions, refusals at the field."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_app.models import Letter, Redaction, ReleasedFile

PLACE = {"page": "2", "what": "住址", "ground": "internal", "reason": "只涉及值班"}
PARTIAL = {"provided": "听证报告", "how_given": "随本答复书网上提供"}


def upload(pages=3, name="听证报告.pdf"):
    made, drawn = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    made.save(drawn)
    return SimpleUploadedFile(name, drawn.getvalue(), content_type="application/pdf")


def url(case, act, query=""):
    return reverse("admin:act", args=[case.pk, act]) + query


def page(browser, case):
    return browser.get(reverse("admin:case", args=[case.pk]))


@pytest.fixture
def blacked(at_desk, case):
    """A blacked-out file on the case."""
    at_desk.post(url(case, "prepare_release"), {"papers": [upload()], "kind": "redacted"})
    return ReleasedFile.objects.get()


def test_files_are_listed_with_pages_and_hash(at_desk, case):
    done = at_desk.post(
        url(case, "prepare_release"),
        {"papers": [upload(), upload(5, "批复.pdf")], "kind": "whole"},
        follow=True,
    )

    text = done.content.decode()
    assert "已上传2个文件，共8页。" in text
    first = ReleasedFile.objects.order_by("pk").first()
    assert f"SHA-256 {first.attachment.sha256}" in text
    assert "共 8 页" in text


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "whole"}, "papers"),
        ({"papers": [SimpleUploadedFile("x.pdf", b"MZ" + bytes(90))], "kind": "whole"}, "papers"),
        ({"papers": [SimpleUploadedFile("x.exe", b"MZ" + bytes(90))], "kind": "whole"}, "papers"),
        ({"papers": [upload()]}, "kind"),
        ({"papers": [upload()], "kind": "whole", "pages": "0"}, "pages"),
    ],
)
def test_what_cannot_be_taken_says_why_at_its_field(at_desk, case, data, field):
    for each in data.get("papers", ()):
        each.seek(0)
    response = at_desk.post(url(case, "prepare_release"), data)

    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert ReleasedFile.objects.count() == 0


def test_a_blacked_out_file_wants_its_places(at_desk, case, blacked):
    missing = "还没有登记遮盖之处" in page(at_desk, case).content.decode()
    refused = at_desk.post(url(case, "redact", f"?file={blacked.pk}"), PLACE | {"page": "9"})
    done = at_desk.post(url(case, "redact", f"?file={blacked.pk}"), PLACE)

    assert missing
    assert "这份文件共3页，没有第9页。" in str(refused.context["form"].errors["page"])
    assert refused.context["form"]["what"].value() == "住址"
    assert done.status_code == 302
    text = page(at_desk, case).content.decode()
    assert "第2页 住址" in text
    assert "还没有登记遮盖之处" not in text


def test_the_answer_takes_the_register_and_asks_for_no_part_again(at_desk, case, blacked):
    before = at_desk.post(url(case, "answer", "?outcome=partial"), PARTIAL)
    at_desk.post(url(case, "redact", f"?file={blacked.pk}"), PLACE)
    shown = at_desk.get(url(case, "answer", "?outcome=partial"))
    done = at_desk.post(url(case, "answer", "?outcome=partial"), PARTIAL)

    assert before.status_code == 422
    facts = dict(shown.context["facts"])
    assert "“听证报告.pdf”第2页的住址（内部事务信息（第十六条第一款））" in facts["登记的遮盖"]
    assert shown.context["form"]["page_count"].value() == 3
    assert done.status_code == 302
    letter = Letter.objects.get(kind="partial")
    paper = at_desk.get(reverse("admin:letter", args=[letter.pk])).content.decode()
    assert "“听证报告.pdf”第2页的住址" in paper
    assert "部分内容已遮盖" in paper
    revised = at_desk.post(
        reverse("admin:letter_act", args=[letter.pk, "revise"]),
        {f"revise-{name}": value for name, value in (PARTIAL | {"page_count": "3"}).items()},
    )
    assert revised.status_code == 302


def test_a_place_and_a_file_can_be_taken_back(at_desk, case, blacked):
    at_desk.post(url(case, "redact", f"?file={blacked.pk}"), PLACE)
    place = Redaction.objects.get()
    one = at_desk.post(url(case, "remove_redaction", f"?redaction={place.pk}"), {})
    two = at_desk.post(url(case, "remove_release", f"?file={blacked.pk}"), {})

    assert (one.status_code, two.status_code) == (302, 302)
    assert 'id="release"' not in page(at_desk, case).content.decode()


@pytest.mark.parametrize("query", ["", "?file=999", "?file=x", "?redaction=7", "?redaction=x"])
@pytest.mark.parametrize("act", ["redact", "remove_release", "remove_redaction"])
def test_an_address_that_names_nothing_offers_what_there_is(at_desk, case, blacked, act, query):
    response = at_desk.get(url(case, act, query))

    assert response.status_code == 200
    assert "先选" in response.content.decode()
