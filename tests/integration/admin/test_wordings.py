"""The wordings at the desk: proposed by one, compared, previewed, approved by another, taken back."""

import pytest
from django.urls import reverse

from requests_app.domain.access import Role
from requests_app.domain.letters import LetterKind
from requests_app.domain.wordings import WORDINGS
from requests_app.models import LetterWording, StaffRole, StaffUser

pytestmark = pytest.mark.usefixtures("quick_pdf")

OWN = WORDINGS[LetterKind.DISCLOSED].replace("可以公开。", "予以公开。") + "特此答复。\n"
KIND = "disclosed"


def page(name, *args):
    return reverse(f"admin:{name}", args=args)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def at_setup(office, sit_down):
    return sit_down(office.administrator)


@pytest.fixture
def reviewer(office):
    person = StaffUser.objects.create_user("reviewer", display_name="审查庚", is_staff=True)
    StaffRole.objects.create(user=person, role=Role.REVIEWER.value)
    return person


@pytest.fixture
def proposed(at_setup):
    """A version the administrator has proposed."""
    propose(at_setup)
    return LetterWording.objects.get()


def propose(browser, **typed):
    given = {"text": OWN, "note": "加一句", "case_number": "", "do": "propose"} | typed
    return browser.post(page("wording", KIND), given)


def decide(browser, row, **typed):
    return browser.post(page("wording_version", row.kind, row.version), typed)


def test_list_names_every_kind_with_the_words_it_has(at_setup, proposed):
    response = at_setup.get(page("wordings"))

    rows = {row.kind: row for row in response.context["rows"]}
    assert list(rows) == [kind.value for kind in LetterKind]
    assert (rows[KIND].in_force, rows[KIND].waiting) == ("内置文本", proposed)
    assert "第 1 版待批准" in text_of(response)


def test_editor_begins_with_the_words_in_force_and_shows_what_may_be_written(at_setup):
    response = at_setup.get(page("wording", KIND))

    text = text_of(response)
    assert response.context["form"]["text"].value() == WORDINGS[LetterKind.DISCLOSED]
    assert "<code>{provided}</code> *" in text
    assert "《关于调整城市集中供热价格的批复》" in text
    assert "第三十六条第（二）项" in text


def test_words_proposed_by_one_are_approved_by_another(at_setup, proposed, office, sit_down):
    shown = sit_down(office.head).get(page("wording_version", KIND, 1))
    response = decide(sit_down(office.head), proposed, do="approve", valid_from="2026-03-12")

    assert [
        (change.look, "".join(piece.text for piece in change.pieces))
        for change in shown.context["changes"]
        if change.look != "same"
    ] == [
        (
            "gone",
            (
                "经审查，{you}申请公开的信息可以公开。根据《中华人民共和国政府信息公开条例》第三十六条第（二）项的规定，"
                "现向{you}提供下列政府信息："
            ),
        ),
        (
            "new",
            (
                "经审查，{you}申请公开的信息予以公开。根据《中华人民共和国政府信息公开条例》第三十六条第（二）项的规定，"
                "现向{you}提供下列政府信息："
            ),
        ),
        ("new", "特此答复。"),
    ]
    proposed.refresh_from_db()
    assert response.url == page("wording_version", KIND, 1)
    assert (proposed.approved_by, str(proposed.valid_from)) == (office.head, "2026-03-12")
    assert "现行" in text_of(sit_down(office.head).get(response.url))


def test_refused_words_come_back_as_typed_with_every_reason(at_setup):
    typed = "不予受理{colour}"

    response = propose(at_setup, text=typed)

    assert response.status_code == 422
    form = response.context["form"]
    assert form["text"].value() == typed
    assert form.errors["text"] == [
        "没有名为colour的占位符。",
        (
            "依照条例第三十六条第（二）项、第四十条，文书必须写明：第三十六条第（二）项。"
            "（条例第三十六条第（二）项、第四十条）"
        ),
        (
            "依照条例第三十六条第（二）项、第四十条，文书必须写明：{provided}。"
            "（条例第三十六条第（二）项、第四十条）"
        ),
        (
            "依照条例第三十六条第（二）项、第四十条，文书必须写明：{how_given}。"
            "（条例第三十六条第（二）项、第四十条）"
        ),
        (
            "“答复书：予以公开”的文书必须引用《中华人民共和国政府信息公开条例》第三十六条第（二）项。"
            "（《中华人民共和国政府信息公开条例》第三十六条第（二）项）"
        ),
        "不能出现“受理”：2019年修订的条例没有受理环节，请用“收到”“办理”“答复”。",
    ]
    assert not LetterWording.objects.exists()


def test_proposal_without_its_reason_is_refused(at_setup):
    response = propose(at_setup, note="")

    assert response.status_code == 422
    assert response.context["form"].errors == {"note": ["请写明改了什么、为什么。"]}


def test_preview_shows_the_typed_words_as_a_file_and_keeps_nothing(at_setup, quick_pdf):
    response = propose(at_setup, do="preview", note="")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert quick_pdf[-1]["paragraphs"][-1]["text"] == "特此答复。"
    assert not LetterWording.objects.exists()


def test_preview_with_a_real_case_is_for_who_may_see_it(
    at_setup, case, reviewer, sit_down, quick_pdf
):
    refused = propose(at_setup, do="preview", case_number=case.number)
    shown = propose(sit_down(reviewer), do="preview", case_number=case.number)

    assert refused.status_code == 422
    assert refused.context["form"].errors == {
        "case_number": ["没有这件申请，或者不属于您可以查看的范围；系统管理员只能用样例预览。"]
    }
    assert shown.headers["Content-Type"] == "application/pdf"
    assert case.number in quick_pdf[-1]["paragraphs"][0]["text"]


def test_preview_that_cannot_be_drawn_says_why(at_setup, monkeypatch):
    from requests_app.adapters import pdf

    def fail(*_args, **_kwargs):
        raise pdf.PdfUnavailable("Pango", remedy="请先安装。")

    monkeypatch.setattr(pdf, "render_letter", fail)

    response = propose(at_setup, do="preview")

    assert response.status_code == 503
    assert "本机暂不能生成信函：缺少Pango。请先安装。" in text_of(response)


def test_preview_of_a_version_opens_as_a_file_or_says_why_not(at_setup, proposed):
    address = page("wording_preview", KIND, 1)

    assert at_setup.get(address).content.startswith(b"%PDF")
    told = at_setup.get(address, {"case_number": "2026-0001"}, follow=True)
    assert "没有这件申请" in text_of(told)


def test_who_proposed_is_told_that_another_must_approve(proposed, office, sit_down):
    StaffRole.objects.create(user=office.administrator, role=Role.HEAD.value)
    both = sit_down(office.administrator)

    shown = both.get(page("wording_version", KIND, 1))
    response = decide(both, proposed, do="approve", valid_from="2026-03-12")

    assert shown.context["approve"] is None
    assert "由我提出，须另一位负责人批准。" in text_of(shown)
    assert response.status_code == 422
    proposed.refresh_from_db()
    assert proposed.approved_at is None


def test_day_gone_by_is_refused_at_its_field(proposed, office, sit_down):
    response = decide(sit_down(office.head), proposed, do="approve", valid_from="2026-03-11")

    assert response.status_code == 422
    assert response.context["approve"].errors == {
        "valid_from": ["启用日期不能早于今天，已经签发的文书不受影响。"]
    }


def test_proposal_is_withdrawn_with_a_reason_and_makes_room(at_setup, proposed):
    waiting = at_setup.get(page("wording", KIND))
    without = decide(at_setup, proposed, do="withdraw", reason="")
    decide(at_setup, proposed, do="withdraw", reason="写错了")

    assert waiting.context["form"] is None
    assert without.status_code == 422
    proposed.refresh_from_db()
    assert proposed.withdrawn_reason == "写错了"
    assert propose(at_setup).url == page("wording_version", KIND, 2)


def test_clerk_opens_none_of_the_pages(at_desk, office):
    for address in (page("wordings"), page("wording", KIND), page("wording_version", KIND, 1)):
        assert at_desk.get(address).status_code == 403
    assert propose(at_desk).status_code == 403


def test_head_reads_the_words_and_proposes_none(office, sit_down):
    head = sit_down(office.head)

    assert head.get(page("wording", KIND)).context["form"] is None
    assert propose(head).status_code == 422
    assert not LetterWording.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/wordings/nothing/",
        "/admin/wordings/disclosed/7/",
        "/admin/wordings/disclosed/7/preview.pdf",
    ],
)
def test_what_is_not_there_is_not_found(at_setup, address):
    assert at_setup.get(address).status_code == 404


def test_act_nobody_knows_is_not_found(at_setup, proposed):
    assert decide(at_setup, proposed, do="burn").status_code == 404


def test_list_asks_as_many_questions_for_three_proposals_as_for_one(
    at_setup, proposed, django_assert_num_queries
):
    at_setup.get(page("wordings"))
    with django_assert_num_queries(8):
        at_setup.get(page("wordings"))
    for kind in (LetterKind.ALREADY_PUBLIC, LetterKind.FEE):
        at_setup.post(
            page("wording", kind.value),
            {"text": WORDINGS[kind] + "特此告知。\n", "note": "加一句", "do": "propose"},
        )
    at_setup.get(page("wordings"))

    with django_assert_num_queries(8):
        at_setup.get(page("wordings"))
