"""A letter at the desk: from draft to proof, and each refusal on the way."""

import pytest
from django.urls import reverse

from requests_app.adapters import crypto, storage
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import AccessRecord, Event, Letter
from requests_app.services import answers, corrections, extensions, letters
from tests import offices

AT = offices.moment("2026-03-12")
DISCLOSED = {"provided": "《2025年改造项目清单》", "how_given": "随本答复书邮寄"}


@pytest.fixture
def extension(office, case):
    return extensions.request(
        case.pk, days=15, reason="涉及三个部门的档案", actor=office.clerk.as_actor(), at=AT
    )


@pytest.fixture
def answer(office, case):
    return answers.draft(
        case.pk,
        outcome=OutcomeCode.DISCLOSED,
        fields=DISCLOSED,
        actor=office.clerk.as_actor(),
        at=AT,
    )


def page(browser, letter):
    return browser.get(reverse("admin:letter", args=[letter.pk]))


def do(browser, letter, act, **data):
    fields = {f"{act}-{name}": value for name, value in data.items() if name != "come_from"}
    if "come_from" in data:
        fields["from"] = data["come_from"]
    return browser.post(reverse("admin:letter_act", args=[letter.pk, act]), fields)


def text_of(response):
    return response.content.decode()


def test_draft_is_shown_as_it_would_be_printed(at_desk, extension):
    response = page(at_desk, extension)

    text = text_of(response)
    assert "政府信息公开延期答复告知书" in text
    assert "2026年4月21日" in text
    assert "（文号签发时取得）" in text
    assert "草 稿" in text
    assert list(response.context["forms"]) == ["submit", "discard_draft"]


def test_draft_can_be_revised(at_desk, extension):
    do(at_desk, extension, "revise", reason="涉及四个部门的档案", days="20")

    extension.refresh_from_db()
    assert extension.fields == {"reason": "涉及四个部门的档案", "days": "20"}


def test_revision_that_leaves_out_what_is_needed_is_refused_and_kept(at_desk, extension):
    response = do(at_desk, extension, "revise", reason="", days="20")

    assert response.status_code == 422
    assert response.context["revise"].errors["reason"]
    extension.refresh_from_db()
    assert extension.fields["days"] == "15"


def test_letter_the_clerk_issues_gets_its_number_at_once(at_desk, office, case):
    fields = {"points": "哪一年", "guidance": "请写明年份", "correction_days": "10"}
    letter = corrections.request(
        case.pk, fields=fields, override_reason="今天才弄清", actor=office.clerk.as_actor(), at=AT
    )

    do(at_desk, letter, "submit")

    letter.refresh_from_db()
    assert (letter.status, letter.number) == ("signed", "金政办公开补〔2026〕1号")


def test_head_signs_what_the_clerk_sent(office, at_desk, extension, sit_down):
    do(at_desk, extension, "submit")
    head = sit_down(office.head)
    queue = head.get(reverse("admin:approvals"))

    response = do(head, extension, "approve", come_from="approvals")

    assert [row["letter"] for row in queue.context["rows"]] == [extension]
    assert response.url == reverse("admin:approvals")
    extension.refresh_from_db()
    assert (extension.status, extension.number) == ("signed", "金政办公开延〔2026〕1号")


def test_empty_queue_says_so(office, case, sit_down):
    assert "没有等签发的文书" in text_of(sit_down(office.head).get(reverse("admin:approvals")))


def test_queue_asks_as_many_questions_for_three_letters_as_for_one(
    office, case, extension, sit_down, django_assert_num_queries
):
    clerk, head = office.clerk.as_actor(), sit_down(office.head)
    letters.submit(extension.pk, actor=clerk, at=AT)
    head.get(reverse("admin:approvals"))
    with django_assert_num_queries(23):
        head.get(reverse("admin:approvals"))
    for on in ("2026-03-03", "2026-03-04"):
        other = offices.register(office, offices.moment(on))
        drafted = extensions.request(other.pk, days=15, reason="档案多", actor=clerk, at=AT)
        letters.submit(drafted.pk, actor=clerk, at=AT)

    with django_assert_num_queries(23):
        assert len(head.get(reverse("admin:approvals")).context["rows"]) == 3


def test_nobody_signs_what_they_drafted(office, case, extension, sit_down):
    from requests_app.domain.access import Role
    from requests_app.models import StaffRole

    letters.submit(extension.pk, actor=office.clerk.as_actor(), at=AT)
    StaffRole.objects.create(user=office.clerk, role=Role.HEAD.value)
    both = sit_down(office.clerk)

    shown = both.get(reverse("admin:approvals"))
    response = do(both, extension, "approve")

    assert "由我起草，须另一位负责人签发" in text_of(shown)
    assert "approve" not in shown.context["forms"]
    assert response.status_code == 422
    assert "起草、修改过文书的人不能签发它，请由另一位负责人签发。" in text_of(response)


def test_extension_whose_time_went_by_is_not_signed(office, extension, sit_down):
    import time_machine

    letters.submit(extension.pk, actor=office.clerk.as_actor(), at=AT)

    with time_machine.travel(offices.moment("2026-03-31"), tick=False):
        response = do(sit_down(office.head), extension, "approve")

    assert response.status_code == 422
    assert "答复期限已经届满，届满后不能延长。" in text_of(response)
    extension.refresh_from_db()
    assert (extension.status, extension.number) == ("pending", "")


def test_return_needs_a_reason_and_reaches_the_drafter(office, at_desk, extension, sit_down):
    letters.submit(extension.pk, actor=office.clerk.as_actor(), at=AT)
    head = sit_down(office.head)

    refused = do(head, extension, "return_draft", reason="")
    do(head, extension, "return_draft", reason="请写明是哪三个部门")

    assert refused.status_code == 422
    assert "请写明是哪三个部门" in text_of(page(sit_down(office.clerk), extension))


def test_clerk_cannot_sign(at_desk, office, extension):
    letters.submit(extension.pk, actor=office.clerk.as_actor(), at=AT)

    response = do(at_desk, extension, "approve")

    assert response.status_code == 422
    assert "“签发”由工作机构负责人办理，您现在的岗位不能办理。" in text_of(response)


def test_second_head_is_told_that_it_was_signed(office, extension, sit_down):
    letters.submit(extension.pk, actor=office.clerk.as_actor(), at=AT)
    letters.approve(extension.pk, actor=office.head.as_actor(), at=AT)

    response = do(sit_down(office.head), extension, "approve")

    assert response.status_code == 422
    assert "这份文书现在是“已签发，制作中”，不能签发。" in text_of(response)


def test_draft_is_discarded_with_a_reason(at_desk, extension):
    do(at_desk, extension, "discard_draft", reason="不需要延期了")

    extension.refresh_from_db()
    assert (extension.status, extension.void_reason) == ("void", "不需要延期了")


def test_answer_goes_out_by_post_and_its_arrival_is_proved(at_desk, office, case, answer, issued):
    from requests_app.models import Case

    Case.objects.filter(pk=case.pk).update(form_wanted="paper", way_wanted="post")
    issued(answer)

    refused = do(at_desk, answer, "dispatch", way="ems", on="2026-03-12", tracking_number="12")
    do(at_desk, answer, "dispatch", way="ems", on="2026-03-12", tracking_number="EK318804275CN")
    do(at_desk, answer, "confirm_delivery", on="2026-03-12", proof="EMS回执", received_by="陈向前")

    assert refused.status_code == 422
    assert refused.context["forms"]["dispatch"].errors["tracking_number"]
    answer.refresh_from_db()
    case.refresh_from_db()
    assert (answer.status, answer.delivery.delivered_proof, case.status) == (
        "delivered", "EMS回执", "delivered",
    )  # fmt: skip
    assert Event.objects.filter(case=case, entry="replied").count() == 1


def test_file_of_an_issued_letter_is_handed_out(at_desk, answer, issued):
    issued(answer)

    response = at_desk.get(reverse("admin:letter_file", args=[answer.pk]))

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.content.startswith(b"%PDF-1.7")


def test_file_that_is_not_made_yet_is_not_found(at_desk, answer):
    assert at_desk.get(reverse("admin:letter_file", args=[answer.pk])).status_code == 404


def test_preview_shows_the_draft_as_a_file(at_desk, answer, quick_pdf):
    response = at_desk.get(reverse("admin:letter_preview", args=[answer.pk]))

    assert response.content.startswith(b"%PDF-1.7")
    assert response.headers["Content-Disposition"] == 'inline; filename="draft.pdf"'


def test_preview_that_cannot_be_made_says_why(at_desk, answer, monkeypatch):
    from requests_app.adapters import pdf

    def fail(*_args, **_kwargs):
        raise pdf.PdfUnavailable("Pango", remedy="请先安装。")

    monkeypatch.setattr(pdf, "render_letter", fail)

    response = at_desk.get(reverse("admin:letter_preview", args=[answer.pk]), follow=True)

    assert "本机暂不能生成信函：缺少Pango。请先安装。" in text_of(response)


def test_letter_of_another_departments_case_does_not_exist(office, extension, sit_down):
    handler = sit_down(office.handler)

    assert page(handler, extension).status_code == 404
    assert handler.get(reverse("admin:letter_preview", args=[extension.pk])).status_code == 404
    assert do(handler, extension, "discard_draft", reason="x").status_code == 404
    assert Letter.objects.get(pk=extension.pk).status == "draft"


@pytest.fixture
def receipt(case, quick_pdf):
    letter = case.letters.get(kind="receipt")
    letters.render(letter.pk, at=AT)
    letter.refresh_from_db()
    return letter


@pytest.mark.parametrize("who", ["head", "supervisor"])
def test_receipt_shows_its_query_code_to_nobody_who_does_not_hand_it_over(
    office, sit_down, receipt, quick_pdf, who
):
    code = crypto.format_query_code(crypto.query_code_for(receipt.case.idempotency_key))
    assert code in str(quick_pdf)
    quick_pdf.clear()
    browser = sit_down(getattr(office, who))

    shown = page(browser, receipt)
    preview = browser.get(reverse("admin:letter_preview", args=[receipt.pk]))
    file = browser.get(reverse("admin:letter_file", args=[receipt.pk]))

    assert (shown.status_code, preview.status_code, file.status_code) == (200, 200, 403)
    assert "〔查询码〕" in str(quick_pdf)
    assert code not in text_of(shown) + str(quick_pdf)
    assert "打开文件" not in text_of(shown)


def test_clerk_opens_a_receipt_with_a_reason_only(at_desk, receipt):
    url = reverse("admin:letter_file", args=[receipt.pk])

    assert at_desk.get(url).headers["Content-Type"].startswith("text/html")
    assert "查看必须写明理由。" in text_of(at_desk.post(url, {"reason": " "}))
    assert AccessRecord.objects.count() == 0

    answer = at_desk.post(url, {"reason": "寄给申请人"})

    assert answer.content.startswith(b"%PDF-1.7")
    assert AccessRecord.objects.get().reason == "寄给申请人"


def test_file_that_is_gone_is_told_and_not_an_error_page(at_desk, issued, answer):
    letter = issued(answer)
    storage.delete(letter.path)

    shown = at_desk.get(reverse("admin:letter_file", args=[letter.pk]))

    assert shown.status_code == 503
    assert "文件不存在，请联系系统管理员。" in text_of(shown)
