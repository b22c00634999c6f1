"""Signing draws the number and freezes the text; what cannot be printed uses up no number."""

import json
from datetime import date

import pytest
from django.db import transaction

from requests_app.adapters import pdf
from requests_app.domain import letters as catalogue
from requests_app.domain.access import APPLICANT
from requests_app.models import Letter, NumberSeries, OfficeSettings, RemedySettings
from requests_app.services import closings, filing, letters
from tests import factories
from tests.factories import refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

AT = moment("2026-03-10")
#: A private-use character: no font of a letter can have it.
NO_FONT = "\U000f0000"


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def drawn(series):
    found = NumberSeries.objects.filter(series=series).first()
    return found.last if found else 0


def test_a_signed_letter_is_numbered_dated_and_frozen(desk, case):
    letter = desk.answer(case, "2026-03-10")
    OfficeSettings.objects.update(phone="0935-9999999")
    frozen = Letter.objects.get(pk=letter.pk).text

    assert (letter.number, letter.signed_by_id, letter.signed_at) == (
        "金政办公开告〔2026〕1号",
        desk.head.staff_id,
        AT,
    )
    assert (frozen["number"], frozen["dated_on"], frozen["addressee"]) == (
        letter.number,
        "2026-03-10",
        "陈向前",
    )
    assert "0935-8220051" in frozen["contact"]
    assert letter.template_version == catalogue.WORDING_VERSION


def test_a_character_no_font_has_stops_the_signature_and_no_number_is_used_up(desk, case):
    draft = desk.draft_answer(
        case, "2026-03-10", fields=factories.DISCLOSED | {"provided": f"清单{NO_FONT}"}
    )
    letters.submit(draft.pk, actor=desk.clerk, at=AT)

    with transaction.atomic():
        codes = refused(letters.approve, draft.pk, actor=desk.head, at=AT)

    draft.refresh_from_db()
    assert codes == ("missing_glyphs",)
    assert (draft.status, draft.number, drawn("告"), status(case)) == (
        "pending",
        "",
        0,
        "awaiting_approval",
    )
    letters.send_back(draft.pk, reason="有字打不出", actor=desk.head, at=AT)
    letters.revise(draft.pk, fields={"provided": "清单"}, actor=desk.clerk, at=AT)
    assert desk.issue(draft, "2026-03-10").number == "金政办公开告〔2026〕1号"


def test_nobody_is_turned_away_for_a_rare_character(desk, monkeypatch):
    def without_the_font(text, **_):
        raise pdf.MissingGlyphs(("𠮷",))

    monkeypatch.setattr(pdf, "uncovered", lambda text: [each for each in text if each == "𠮷"])
    monkeypatch.setattr(pdf, "render_letter", without_the_font)
    case = desk.file("2026-03-02", applicant=factories.person(name="陈𠮷"), description="𠮷村规划")
    letters.render_due(at=moment("2026-03-02"))
    closings.withdraw(
        case.pk, on=date(2026, 3, 4), reason="", actor=APPLICANT, at=moment("2026-03-04")
    )

    assert [each.text["addressee"] for each in case.letters.order_by("pk")] == ["陈𠮷", "陈𠮷"]
    assert case.letters.first().render_error == (
        "字库中没有以下字符，信函不能生成：𠮷（U+20BB7）。请核对文字，或安装生僻字字库。"
    )
    assert status(case) == "withdrawn"


@pytest.mark.parametrize("sign", ["😀", NO_FONT, "\ue000"])
def test_a_sign_no_letter_could_repeat_is_refused_at_filing(desk, sign):
    given = factories.application(description=f"清单{sign}")

    assert refused(filing.file_online, given, at=moment("2026-03-02")) == ("description",)
    assert (drawn("受"), drawn("case")) == (0, 0)


def test_missing_remedies_stop_the_signature_and_no_number_is_used_up(desk, case):
    draft = desk.draft_answer(case, "2026-03-10")
    letters.submit(draft.pk, actor=desk.clerk, at=AT)
    RemedySettings.objects.all().delete()

    assert refused(letters.approve, draft.pk, actor=desk.head, at=AT) == ("remedies_missing",)
    assert drawn("告") == 0


def test_each_series_counts_for_itself_and_each_year_anew(desk):
    first, second = (desk.file("2026-12-30"), desk.file("2026-12-30"))
    answers = [desk.answer(first, "2026-12-31"), desk.answer(second, "2027-01-04")]

    assert [letter.number for letter in answers] == [
        "金政办公开告〔2026〕1号",
        "金政办公开告〔2027〕1号",
    ]
    assert [each.letters.get(kind="receipt").number for each in (first, second)] == [
        "金政办公开受〔2026〕1号",
        "金政办公开受〔2026〕2号",
    ]


def test_what_a_person_types_is_never_read_as_wording(desk, case):
    odd = "{request} {{ case.applicant }} {% debug %} <b>清单</b>"
    letter = desk.answer(case, "2026-03-10", fields=factories.DISCLOSED | {"provided": odd})

    assert odd in [each["text"] for each in letter.text["paragraphs"]]


def test_no_letter_holds_an_identity_number(desk, case):
    desk.consult(case, "2026-03-05", served="2026-03-05")
    desk.extend(case, "2026-03-06")
    kept = json.dumps(list(Letter.objects.values("text", "fields")), ensure_ascii=False)

    assert len(kept) > 1000
    assert factories.IDENTITY_NUMBER not in kept
