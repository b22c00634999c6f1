"""The pages of the annual report: what each role sees and may do, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from requests_app.domain import proactive
from requests_app.models import AnnualReport, Applicant, Case
from requests_app.services import annual_reports
from tests.factories import organisation
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def report(desk):
    case = desk.file("2025-03-03")
    desk.answer(case, "2025-03-10")
    desk.file("2025-12-25", applicant=organisation())
    Applicant.objects.filter(kind="organisation").update(organisation_type="")
    return annual_reports.draft(2025, actor=desk.supervisor, at=moment("2026-03-12"))


def address(name="annual", *more):
    return reverse(f"reports:{name}", args=[2025, *more])


def test_a_year_is_begun_from_the_list(read_as):
    browser = read_as("supervisor")

    made = browser.post(reverse("reports:annual_years"), {"year": "2025"})
    again = browser.post(reverse("reports:annual_years"), {"year": "2025"})
    odd = browser.post(reverse("reports:annual_years"), {"year": "二零二五"})

    assert made["Location"] == address()
    assert (again.status_code, odd.status_code) == (422, 422)
    assert "2025年度的报告已经建立" in again.content.decode()


def test_a_failing_cell_leads_to_its_cases(read_as, report):
    browser = read_as("supervisor")

    page = browser.get(address()).content.decode()
    cell = browser.get(address("annual_cases"), {"row": "1", "column": "total"}).content.decode()

    assert "勾稽不平 2 处" in page
    assert "单位性质未填" in page
    assert "/annual/2025/cases/?row=1&amp;column=total" in page
    assert [number in cell for number in ("2025-0001", "2025-0002")] == [True, True]
    nothing = browser.get(address("annual_cases"), {"row": "x", "column": "y"}).content.decode()
    assert "没有案件" in nothing


def test_a_missing_kind_is_filled_in_from_the_list(read_as, report):
    browser = read_as("supervisor")
    case = Case.objects.get(number="2025-0002")
    page = browser.get(address()).content.decode()
    assert f'name="case" value="{case.pk}"' in page

    given = {"case": case.pk, "organisation_type": "legal"}
    done = browser.post(address("annual_kind"), given)

    assert done["Location"] == f"{address()}?kept=1#concerned"
    assert Applicant.objects.get(pk=case.applicant_id).organisation_type == "legal"
    assert case.events.last().data == {"text": "补记单位性质：法律服务机构"}
    assert "勾稽全部相平" in browser.get(address()).content.decode()
    again = browser.post(address("annual_kind"), given)
    assert (again.status_code, "已经记为“法律服务机构”" in again.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"organisation_type": ""}, "请选择单位性质"),
        ({"organisation_type": "party"}, "请选择单位性质"),
        ({"case": "x"}, "没有这件申请"),
        ({"case": "9" * 40}, "没有这件申请"),
        ({"case": "person"}, "申请人是自然人"),
    ],
)
def test_a_kind_that_cannot_be_is_refused(read_as, report, given, words):
    known = {case.applicant.kind: case.pk for case in Case.objects.all()}
    asked = {"case": known["organisation"], "organisation_type": "legal"} | given
    asked["case"] = known.get(asked["case"], asked["case"])

    answer = read_as("clerk").post(address("annual_kind"), asked)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Applicant.objects.exclude(organisation_type="").exists()


def test_a_kind_is_filled_in_by_clerk_or_supervisor_only(read_as, report):
    assert read_as("head").post(address("annual_kind")).status_code == 403
    assert 'name="organisation_type"' not in read_as("head").get(address()).content.decode()


def test_what_was_typed_stays_when_it_is_refused(read_as, report):
    browser = read_as("supervisor")
    given = {
        "seen_version": report.version, "overview": "写了{没有的}", "problems": "人手",
        "other_matters": "费", "rules_made": "一",
    }  # fmt: skip

    answer = browser.post(address(), given)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "没有“{没有的}”这个数据" in text
    assert "“规章：本年制发件数”请填0或者正整数" in text
    assert "写了{没有的}" in text
    kept = browser.post(address(), given | {"overview": "写了{本年新收}", "rules_made": "1"})
    assert kept.status_code == 302
    assert AnnualReport.objects.get().proactive == {"rules_made": "1"}


def test_locking_names_every_reason_and_publishing_is_the_heads(read_as, report, desk):
    refused = read_as("supervisor").post(address("annual_lock"), {"carry_note": "留着"})

    text = refused.content.decode()
    assert refused.status_code == 422
    assert text.count("没有填写，没有的填0") >= len(proactive.FIGURES)
    assert 'value="留着"' in text
    assert read_as("supervisor").post(address("annual_publish")).status_code == 403
    assert read_as("head").post(address("annual_publish")).status_code == 422


@pytest.mark.parametrize(
    ("who", "status"), [("clerk", 200), ("head", 200), ("handler", 403), ("administrator", 403)]
)
def test_who_may_look(read_as, report, who, status):
    assert read_as(who).get(address()).status_code == status


def test_files_are_handed_out_and_others_are_not_there(read_as, report):
    browser = read_as("clerk")

    html = browser.get(address("annual_file", "html"))
    book = browser.get(address("annual_file", "xlsx"))

    assert html["Content-Disposition"].startswith("attachment")
    assert "2025年政府信息公开工作年度报告" in html.content.decode()
    assert book.content[:2] == b"PK"
    assert browser.get(address("annual_file", "exe")).status_code == 404
    assert browser.get("/reports/annual/1999/").status_code == 404


def test_the_page_costs_the_same_for_one_case_and_for_three(
    read_as, report, desk, django_assert_num_queries
):
    browser = read_as("supervisor")
    browser.get(address())
    with django_assert_num_queries(COST):
        browser.get(address())
    for _ in range(2):
        desk.file("2025-12-25", applicant=organisation())
    Applicant.objects.filter(kind="organisation").update(organisation_type="")
    with django_assert_num_queries(COST):
        browser.get(address())


COST = 16
