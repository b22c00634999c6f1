import pytest
from django.urls import reverse

from requests_app.domain.consultations import ConsultationKind
from requests_app.domain.papers import PaperKind
from requests_app.models import AccessRecord, Department
from requests_app.services import (
    additions,
    assignments,
    closings,
    consultations,
    corrections,
    entries,
)
from tests import factories, offices

AT = offices.moment("2026-03-12")


def page(browser, case, name="case"):
    return browser.get(reverse(f"admin:{name}", args=[case.pk]))


def test_page_shows_both_what_can_and_what_cannot_be_done(at_desk, case):
    response = page(at_desk, case)

    possible = {row.act.value for row in response.context["possible"]}
    refused = {row.act.value: [r.code for r in row.reasons] for row in response.context["refused"]}
    assert {"assign", "extend", "answer", "consult", "charge_fee", "withdraw"} <= possible
    assert refused["record_opinion"] == ["no_consultation"]
    assert refused["archive"] == ["status"]
    assert "本件没有发出过征求意见书。" in response.content.decode()


def test_late_correction_stands_among_the_possible_with_its_warning(at_desk, office):
    case = offices.register(office, offices.moment("2026-02-26"))

    response = page(at_desk, case)

    row = next(row for row in response.context["possible"] if row.act == "ask_correction")
    assert [reason.code for reason in row.warnings] == ["correction_late"]


def test_deadline_is_explained_in_blocks(at_desk, case):
    response = page(at_desk, case)

    assert [(line.days, line.working_days, line.counted) for line in response.context["lines"]] == [
        ("03-03 至 03-30", 20, True)
    ]
    assert len(response.context["bar"].cells) == 29


def test_deadline_sheet_names_case_and_calendar(at_desk, case):
    text = page(at_desk, case, "deadline").content.decode()

    assert "期限说明" in text
    assert case.number in text
    assert "国办发明电〔2025〕7号" in text


def test_page_asks_as_many_questions_for_a_long_ledger_as_for_a_short_one(
    at_desk, office, case, django_assert_num_queries
):
    page(at_desk, case)
    with django_assert_num_queries(23):
        page(at_desk, case)
    for text in ("一", "二", "三"):
        entries.note(case.pk, text=text, actor=office.clerk.as_actor(), at=AT)
        consultations.start(
            case.pk, kind=ConsultationKind.THIRD_PARTY, name=f"第{text}公司", address="", subject="合同",
            fields={"interest": "价格"}, actor=office.clerk.as_actor(), at=AT,
        )  # fmt: skip

    with django_assert_num_queries(23):
        page(at_desk, case)


def test_case_of_another_department_does_not_exist(office, case, sit_down):
    assert page(sit_down(office.handler), case).status_code == 404


def test_handler_sees_the_own_case_without_contact_data(office, case, sit_down):
    department = Department.objects.get(code="zjj")
    assignments.assign(
        case.pk, department_id=department.pk, clerk_id=None, actor=office.clerk.as_actor(), at=AT
    )

    text = page(sit_down(office.handler), case).content.decode()

    assert "陈*前" in text
    assert "陈向前" not in text
    assert "chen@example.com" not in text
    assert "ch***@example.com" in text
    assert "金昌市金川区演示路1号" not in text


def test_administrator_sees_no_case(office, case, sit_down):
    assert page(sit_down(office.administrator), case).status_code == 403


def test_page_shows_the_identity_number_in_part_only(at_desk, case):
    text = page(at_desk, case).content.decode()

    assert case.applicant.identity_masked in text
    assert "E12345678" not in text


def test_identity_number_is_shown_for_a_reason_which_is_kept(at_desk, office, case):
    response = at_desk.post(reverse("admin:identity", args=[case.pk]), {"reason": "核对身份"})

    assert "E12345678" in response.content.decode()
    record = AccessRecord.objects.get()
    assert (record.case_id, record.staff_id, record.what, record.reason) == (
        case.pk, office.clerk.pk, "证件号码", "核对身份",
    )  # fmt: skip


def test_identity_number_is_not_shown_without_a_reason(at_desk, case):
    response = at_desk.post(reverse("admin:identity", args=[case.pk]), {"reason": " "})

    assert "E12345678" not in response.content.decode()
    assert "查看必须写明理由。" in response.content.decode()
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("role", ["head", "supervisor", "administrator"])
def test_identity_number_is_closed_to_other_roles(office, case, sit_down, role):
    browser = sit_down(getattr(office, role))

    response = browser.post(reverse("admin:identity", args=[case.pk]), {"reason": "好奇"})

    assert response.status_code == 403
    assert not AccessRecord.objects.exists()


def test_page_asks_as_many_questions_for_three_rows_of_each_kind_as_for_one(
    at_desk, office, case, quick_pdf, django_assert_num_queries
):
    clerk = office.clerk.as_actor()

    def one_more(text):
        entries.note(case.pk, text=text, actor=clerk, at=AT)
        consultations.start(
            case.pk, kind=ConsultationKind.THIRD_PARTY, name=f"第{text}公司", address="", subject="合同",
            fields={"interest": "价格"}, actor=clerk, at=AT,
        )  # fmt: skip
        additions.add(
            case.pk, files=(factories.paper(PaperKind.PROOF, f"{text}.jpg"),), actor=clerk, at=AT
        )

    one_more("一")
    page(at_desk, case)
    with django_assert_num_queries(24):
        seen = page(at_desk, case)
    assert (len(seen.context["consultations"]), len(seen.context["papers"])) == (1, 1)
    for text in ("二", "三"):
        one_more(text)

    with django_assert_num_queries(24):
        seen = page(at_desk, case)

    assert (len(seen.context["consultations"]), len(seen.context["papers"])) == (3, 3)
    assert len(seen.context["letters"]) == 4


def test_page_of_a_closed_case_asks_as_many_questions_for_three_papers_as_for_one(
    at_desk, office, case, quick_pdf, django_assert_num_queries
):
    clerk = office.clerk.as_actor()
    closings.withdraw(case.pk, on=AT.date(), reason="来信撤回", actor=clerk, at=AT)

    def one_more(text):
        additions.add(
            case.pk, files=(factories.paper(PaperKind.OTHER, f"{text}.jpg"),), actor=clerk, at=AT
        )

    one_more("一")
    page(at_desk, case)
    with django_assert_num_queries(31):
        page(at_desk, case)
    for text in ("二", "三"):
        one_more(text)

    with django_assert_num_queries(31):
        assert len(page(at_desk, case).context["papers"]) == 3


def test_plan_backwards_names_who_has_the_case_and_how_long_it_may_take(at_desk, office, case):
    department = office.handler.department
    assignments.assign(
        case.pk,
        department_id=department.pk,
        clerk_id=None,
        actor=office.clerk.as_actor(),
        at=offices.moment("2026-03-03"),
    )

    text = page(at_desk, case).content.decode().partition('id="plan"')[2]

    # Since 3 March it waits to be signed for: seven working days where one is usual.
    assert "到2026-03-30还有12个工作日，余下的环节通常要11个" in text
    assert "市住房和城乡建设局" in text
    assert "7（多6）" in text


def test_a_case_that_waits_for_the_applicant_has_no_plan(at_desk, office, case, issued):
    at = offices.moment("2026-03-05")
    fields = {"points": "哪一年", "guidance": "写明年份", "correction_days": "10"}
    clerk = office.clerk.as_actor()
    issued(corrections.request(case.pk, fields=fields, actor=clerk, at=at), at)

    assert 'id="plan"' not in page(at_desk, case).content.decode()
