"""What is published of the office's own work: right sums, nothing that points at a person."""

import hashlib
import io
import re

import pytest
import time_machine

from requests_app.adapters import storage
from requests_app.domain.report_rows import ReportRow
from requests_app.models import AnnualReport, AnnualReportFile, Case
from requests_app.presenters import statistics as words
from requests_app.selectors import statistics
from requests_app.selectors.statistics import YearFigures
from tests.offices import moment

pytestmark = pytest.mark.django_db


def figures(**changes):
    plain = {
        "year": 2025, "received": {}, "ended": {}, "results": {}, "answered": 0, "withdrawn": 0,
        "lapsed": 0, "judged": 0, "in_time": 0,
    }  # fmt: skip
    return YearFigures(**{**plain, **changes})


def lines(results):
    page = words.present(figures(results=results), today=moment("2026-03-02").date())
    return [(line.label, line.count) for line in page.results], page.merged


def test_a_year_is_counted_by_month_and_ending(desk, quick_pdf):
    late, early, open_case = (desk.file(day) for day in ("2026-03-02", "2026-03-03", "2026-04-01"))
    desk.fetch(desk.answer(early, "2026-03-10"), "2026-03-10")
    desk.fetch(desk.answer(late, "2026-04-02"), "2026-04-02")
    desk.file("2025-12-31")

    counted = statistics.of_year(2026, today=moment("2026-05-06").date())

    assert counted == figures(
        year=2026,
        received={3: 2, 4: 1},
        ended={3: 1, 4: 1},
        results={ReportRow.DISCLOSED: 2},
        answered=2,
        judged=2,
        in_time=1,
    )
    assert open_case.closed_on is None
    assert statistics.years(today=moment("2026-05-06").date()) == (2026, 2025)


def test_days_to_come_and_other_matters_are_not_counted(desk):
    desk.file("2026-03-02")
    other = desk.file("2026-03-03")
    Case.objects.filter(pk=other.pk).update(matter="amendment")
    desk.file("2026-03-20")

    counted = statistics.of_year(2026, today=moment("2026-03-10").date())

    assert counted.received == {3: 1}


def test_counting_takes_two_questions_whatever_the_number(desk, django_assert_num_queries):
    for _ in range(3):
        desk.file("2026-03-02")
    with django_assert_num_queries(2):
        statistics.of_year(2026, today=moment("2026-03-10").date())


def test_few_results_are_put_together():
    told, merged = lines({ReportRow.DISCLOSED: 40, ReportRow.CLASSIFIED: 3, ReportRow.NOT_HELD: 4})

    assert (told, merged) == ([("予以公开", 40), ("其他各种结果合计", 7)], True)


def test_a_single_small_result_takes_the_next_smallest_with_it():
    told, _ = lines({ReportRow.DISCLOSED: 40, ReportRow.PARTIAL: 9, ReportRow.CLASSIFIED: 1})

    assert told == [("予以公开", 40), ("其他各种结果合计", 10)]


def test_results_stand_in_the_groups_of_the_annual_report():
    told, merged = lines(
        {
            ReportRow.DISCLOSED: 8, ReportRow.PARTIAL: 7, ReportRow.CLASSIFIED: 3,
            ReportRow.PROCESS: 3, ReportRow.NOT_HELD: 5, ReportRow.REPEATED: 6,
            ReportRow.LAPSED_FEE: 5,
        }
    )  # fmt: skip

    assert told == [
        ("予以公开", 8), ("部分公开", 7), ("不予公开", 6), ("无法提供", 5), ("不予处理", 6),
        ("其他处理", 5),
    ]  # fmt: skip
    assert not merged


@pytest.mark.parametrize(
    ("judged", "in_time", "rate"),
    [(4, 4, "—"), (5, 5, "100.0%"), (2000, 1999, "99.9%"), (9, 0, "0.0%")],
)
def test_rate_is_never_rounded_up_and_not_drawn_from_few(judged, in_time, rate):
    page = words.present(figures(judged=judged, in_time=in_time), today=moment("2026-03-02").date())

    assert page.rate == rate


def test_columns_stand_on_the_ground_and_nothing_is_nothing():
    page = words.present(
        figures(received={1: 10, 2: 1}, ended={1: 5}), today=moment("2026-03-02").date()
    )

    drawn = [(column.x, column.y, column.height, column.kind) for column in page.columns]
    assert drawn == [
        (5, 0, 100, "chart-received"),
        (15, 50, 50, "chart-ended"),
        (35, 90, 10, "chart-received"),
    ]
    assert len(page.months) == 12


def test_the_page_of_the_running_year_ends_with_this_month(desk, client):
    desk.file("2026-03-02")
    with time_machine.travel(moment("2026-03-10"), tick=False):
        page = client.get("/statistics/").content.decode()

    assert "2026 年（到今天为止）" in page
    assert "3月</th><td>1</td><td>0</td>" in page
    assert "4月</th>" not in page


def test_the_page_names_nobody(desk, client, quick_pdf):
    case = desk.file("2026-03-02")
    desk.answer(case, "2026-03-04")
    with time_machine.travel(moment("2026-03-10"), tick=False):
        page = client.get("/statistics/").content.decode()

    assert case.applicant.name
    for secret in (case.number, case.applicant.name, case.description):
        assert secret not in page


@pytest.mark.parametrize("year", ["1999", "abc", "20260", "2026'--", "２０２６", "-1"])
def test_a_year_without_figures_is_not_found(desk, client, year):
    assert client.get("/statistics/", {"year": year}).status_code == 404


def test_an_office_without_cases_says_what_will_stand_here(desk, client):
    assert "还没有收到过申请" in client.get("/statistics/").content.decode()


def publish(desk, year, content=b"%PDF-1.7 report"):
    at = moment(f"{year + 1}-01-20")
    report = AnnualReport.objects.create(
        year=year,
        status="published",
        created_at=at,
        snapshot={"cases": ["2025-0001"]},
        sha256="0" * 64,
        locked_at=at,
        locked_by_id=desk.supervisor.staff_id,
        published_at=at,
        published_by_id=desk.head.staff_id,
    )
    path = storage.save(io.BytesIO(content), kind_suffix="pdf", max_bytes=10_000).path
    AnnualReportFile.objects.create(
        report=report,
        kind="pdf",
        path=path,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return report


def test_reports_are_listed_newest_first_and_drafts_are_not(
    desk, client, django_assert_max_num_queries
):
    for year in (2023, 2024, 2025):
        publish(desk, year)
    AnnualReport.objects.create(year=2026, created_at=moment("2026-03-02"))

    with django_assert_max_num_queries(6):
        page = client.get("/annual-reports/").content.decode()

    assert re.findall(r"<strong>(\d+) 年度</strong>", page) == ["2025", "2024", "2023"]
    assert "2025-0001" not in page


def test_no_report_yet_is_said(desk, client):
    assert "在这里发布的报告还没有" in client.get("/annual-reports/").content.decode()


def test_a_report_is_handed_out_as_it_was_published(desk, client):
    publish(desk, 2025)

    answer = client.get("/annual-reports/2025.pdf")

    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7 report")
    assert answer["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("address", ["2025.docx", "2024.pdf", "2025.exe", "99999.pdf"])
def test_a_report_that_is_not_there_is_not_found(desk, client, address):
    publish(desk, 2025)

    assert client.get(f"/annual-reports/{address}").status_code == 404


def test_a_report_whose_file_is_gone_says_so(desk, client, caplog):
    report = publish(desk, 2025)
    AnnualReportFile.objects.filter(report=report).update(path="00/00/" + "0" * 32 + ".pdf")

    answer = client.get("/annual-reports/2025.pdf")

    assert answer.status_code == 503
    assert "文件不存在" in answer.content.decode()
