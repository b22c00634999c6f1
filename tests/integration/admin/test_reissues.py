"""A letter voided and reissued at the desk, and the parts of a partial answer as the form shows them."""

import pytest
from django.urls import reverse

from requests_app.domain.outcomes import OutcomeCode
from requests_app.services import answers
from tests import offices

AT = offices.moment("2026-03-12")
PARTS = {
    "provided": "合同第1至4页", "how_given": "随本答复书提供",
    "withheld": "第5页", "ground": "process", "withheld_reason": "尚未定稿。",
}  # fmt: skip


@pytest.fixture
def answer(office, case):
    return answers.draft(
        case.pk,
        outcome=OutcomeCode.DISCLOSED,
        fields={"provided": "《2025年改造项目清单》", "how_given": "网上提供"},
        actor=office.clerk.as_actor(),
        at=AT,
    )


def reissue(browser, letter, reason="附件放错"):
    address = reverse("admin:letter_act", args=[letter.pk, "reissue"])
    return browser.post(address, {"reissue-reason": reason})


def page(browser, letter):
    return browser.get(reverse("admin:letter", args=[letter.pk]))


def text_of(response):
    return response.content.decode()


def test_letter_that_went_out_is_voided_and_a_draft_takes_its_place(at_desk, answer, issued):
    issued(answer)

    offered = list(page(at_desk, answer).context["forms"])
    reissue(at_desk, answer)

    answer.refresh_from_db()
    new = answer.replaced_by
    old_page, new_page = text_of(page(at_desk, answer)), text_of(page(at_desk, new))
    assert "reissue" in offered
    assert (answer.status, new.status) == ("void", "draft")
    assert "由新文书替换" in old_page
    assert "草稿，还没有文号" in old_page
    assert "金政办公开告〔2026〕1号</a>（已作废）" in new_page
    assert "文号为金政办公开告〔2026〕1号的文书已经作废，以本文书为准。" in new_page


def test_case_page_shows_the_voided_letter_with_its_reason_and_the_new_number(
    at_desk, case, answer, issued
):
    issued(answer)
    reissue(at_desk, answer)
    answer.refresh_from_db()
    issued(answer.replaced_by)

    rows = at_desk.get(reverse("admin:case", args=[case.pk])).context["letters"]

    shown = [(row.number, row.status, row.proof) for row in rows if row.label.startswith("答复书")]
    assert shown == [
        ("金政办公开告〔2026〕1号", "作废", "附件放错，由金政办公开告〔2026〕2号替换"),
        ("金政办公开告〔2026〕2号", "已发出，待送达", "网上查看、下载"),
    ]


def test_reissue_without_a_reason_is_refused(at_desk, answer, issued):
    issued(answer)

    response = reissue(at_desk, answer, reason="")

    assert response.status_code == 422
    answer.refresh_from_db()
    assert answer.status == "dispatched"


def test_draft_is_discarded_and_not_reissued(at_desk, answer):
    response = page(at_desk, answer)

    assert "reissue" not in response.context["forms"]
    assert reissue(at_desk, answer).status_code == 422


def test_head_is_not_offered_to_reissue(office, answer, issued, sit_down):
    issued(answer)

    assert "reissue" not in page(sit_down(office.head), answer).context["forms"]


def test_partial_answer_shows_three_parts_and_folds_seventeen(at_desk, case):
    address = reverse("admin:act", args=[case.pk, "answer"]) + "?outcome=partial"

    text = text_of(at_desk.get(address))

    assert [text.count(words) for words in ('<details class="fold">', "</details>")] == [17, 17]
    assert "再写一处：不予公开的内容之四" in text
    assert 'name="withheld_reason_20"' in text


def test_fourth_part_that_was_typed_is_kept_and_its_fold_open(at_desk, case):
    address = reverse("admin:act", args=[case.pk, "answer"]) + "?outcome=partial"
    typed = PARTS | {"withheld_4": "第9页"}

    response = at_desk.post(address, typed)

    text = text_of(response)
    assert response.status_code == 422
    assert "还缺：不予公开的内容之四的内容、依据和理由。" in text
    assert text.count('<details class="fold" open>') == 1


def test_four_parts_are_drafted_as_typed(at_desk, case):
    address = reverse("admin:act", args=[case.pk, "answer"]) + "?outcome=partial"
    fourth = {"withheld_4": "第9页", "ground_4": "internal", "withheld_reason_4": "只涉及值班。"}

    at_desk.post(address, PARTS | fourth)

    letter = case.letters.get(kind="partial")
    text = text_of(page(at_desk, letter))
    assert {name: letter.fields[name] for name in fourth} == fourth
    assert "2. 第9页，属于行政机关人事管理" in text
