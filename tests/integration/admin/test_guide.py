"""The guided path on screen: one question at a time, refusals beside the field, the end with its letter."""

import pytest
from django.urls import reverse

from requests_app.domain.guided_questions import Step
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.working_papers import WorkingPaper
from requests_app.models import GuidedAnswer
from requests_app.selectors import working_papers
from requests_app.services import answers, guided_paths, letters
from requests_app.services.guided_paths import AnswerGiven
from tests import offices
from tests.factories import DISCLOSED

AT = offices.moment("2026-03-12")
NOT_OURS = (("correct", "clear"), ("nature", "yes"), ("whose", "not_ours"))


@pytest.fixture
def walk(office, case):
    """Answer questions without the page."""

    def answered(*pairs):
        for step, code in pairs:
            given = AnswerGiven(Step(step), code, f"依据：{step}")
            guided_paths.answer(case.pk, given, actor=office.clerk.as_actor(), at=AT)

    return answered


def address(case, step=""):
    if step:
        return reverse("admin:guide_step", args=[case.pk, step])
    return reverse("admin:guide", args=[case.pk])


def html(browser, url, status=200):
    response = browser.get(url)
    assert response.status_code == status
    return response.content.decode()


def post(browser, case, step, **data):
    return browser.post(address(case, step), data)


def test_one_question_a_screen_until_the_letter(at_desk, case):
    for step, code in NOT_OURS:
        page = html(at_desk, address(case))
        assert page.count('name="answer"') == len(
            {"correct": range(5), "nature": range(10), "whose": range(2)}[step]
        )
        done = post(at_desk, case, step, answer=code, evidence="看过申请表", seen_last="")
        assert done["Location"] == address(case)

    page = html(at_desk, address(case))
    assert "结论：答复“不属于本机关负责公开”" in page
    assert f"/admin/cases/{case.pk}/do/answer/?outcome=not_ours" in page
    assert "看过申请表" in page
    form = html(at_desk, f"/admin/cases/{case.pk}/do/answer/?outcome=not_ours")
    assert "与办理思路不一致" not in form


def test_a_slip_keeps_what_was_typed_and_names_the_article(at_desk, case):
    response = post(at_desk, case, "correct", answer="clear", evidence="", seen_last="0")

    page = response.content.decode()
    assert response.status_code == 422
    assert "没有依据的回答不能留存。（《中华人民共和国政府信息公开条例》第二十九条第二款）" in page
    assert 'value="clear" id="id_answer_0" required checked' in page.replace(' class=""', "")
    assert not GuidedAnswer.objects.exists()


def test_no_answer_and_an_answer_nobody_offered(at_desk, case):
    assert "请选择“回答”。" in post(at_desk, case, "correct", evidence="x").content.decode()
    response = post(at_desk, case, "correct", answer="maybe", evidence="x")
    assert response.status_code == 422
    assert not GuidedAnswer.objects.exists()


def test_a_question_that_is_not_reached_does_not_exist(at_desk, case):
    assert "还没有问到这一步" in html(at_desk, address(case, "give"), status=404)
    assert post(at_desk, case, "give", answer="all", evidence="x").status_code == 404


def test_an_earlier_answer_is_changed_and_the_later_ones_are_asked_again(at_desk, case, walk):
    walk(*NOT_OURS)
    page = html(at_desk, address(case, "nature"))
    assert "改了这一步，后面的回答要重新答" in page
    assert "依据：nature" in page

    last = GuidedAnswer.objects.latest("pk").pk
    post(at_desk, case, "nature", answer="petition", evidence="投诉物业", seen_last=str(last))

    assert "结论：答复“信访、投诉、举报类" in html(at_desk, address(case))
    assert GuidedAnswer.objects.count() == 4


def test_two_at_one_question(at_desk, case, walk):
    walk(NOT_OURS[0])

    response = post(at_desk, case, "correct", answer="ask", evidence="缺身份证明", seen_last="0")

    assert response.status_code == 409
    assert "刚有人回答过" in response.content.decode()
    assert "缺身份证明" in response.content.decode()
    assert GuidedAnswer.objects.count() == 1


def test_the_head_reads_it_and_answers_nothing(office, case, walk, sit_down):
    walk(*NOT_OURS[:2])
    browser = sit_down(office.head)

    page = html(browser, address(case))
    assert "现在不能回答、修改" in page
    assert "依据：nature" in page
    assert 'name="answer"' not in page
    assert post(browser, case, "whose", answer="ours", evidence="x").status_code == 422


def test_the_act_at_the_end_says_why_it_cannot_be_done_now(at_desk, case, walk):
    walk(("correct", "still_unclear"))
    assert "do/answer/?outcome=still_unclear" in html(at_desk, address(case))

    walk(("correct", "lapsed"))
    page = html(at_desk, address(case))
    assert "现在还不能办" in page
    assert "do/confirm_lapse" not in page


def test_the_case_and_the_signing_head_see_the_path_and_a_draft_that_differs(
    office, case, walk, sit_down
):
    walk(*NOT_OURS)
    browser = sit_down(office.clerk)
    panel = html(browser, reverse("admin:case", args=[case.pk])).partition('id="guided"')[2]
    assert "办理思路：答复“不属于本机关负责公开”" in panel
    warned = html(browser, f"/admin/cases/{case.pk}/do/answer/?outcome=disclosed")
    assert "与办理思路不一致：“谁负责”一步答的是“不由本机关负责公开”" in warned

    letter = answers.draft(
        case.pk, outcome=OutcomeCode.DISCLOSED, fields=DISCLOSED,
        actor=office.clerk.as_actor(), at=AT,
    )  # fmt: skip
    letters.submit(letter.pk, actor=office.clerk.as_actor(), at=AT)

    browser = sit_down(office.head)
    for url in (reverse("admin:letter", args=[letter.pk]), reverse("admin:approvals")):
        page = html(browser, url)
        assert "与办理思路不一致" in page
        assert "依据：whose" in page


def test_the_path_stands_on_the_approval_slip(case, walk):
    before = working_papers.sheet(
        case, WorkingPaper.APPROVAL_SLIP, applicant="陈*前", today=AT.date()
    )
    walk(*NOT_OURS)

    slip = working_papers.sheet(
        case, WorkingPaper.APPROVAL_SLIP, applicant="陈*前", today=AT.date()
    )

    heads = [getattr(block, "head", "") for block in slip.blocks]
    assert "办理思路（七步）" not in [getattr(block, "head", "") for block in before.blocks]
    grid = slip.blocks[heads.index("办理思路（七步）")]
    assert grid.lines[2][:3] == (
        "谁负责",
        "不由本机关负责公开；条例第三十六条第（五）项",
        "依据：whose",
    )
