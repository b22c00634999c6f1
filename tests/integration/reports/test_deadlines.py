"""The pages of the deadline report and of its lists."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.usefixtures("quick_pdf")


def numbers_of(html, table_class):
    table = re.search(rf'<table class="t {table_class}">.*?</table>', html, re.DOTALL).group(0)
    return [
        re.findall(r">(\d+)<", cell)
        for row in re.findall(r"<tr>.*?</tr>", table.split("<tbody>")[1], re.DOTALL)
        for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)
    ]


def test_each_number_opens_the_list_it_counts(desk, read_as):
    desk.assign(desk.register("2026-03-02"), "2026-03-03")
    desk.register("2026-02-10")
    browser = read_as("supervisor")

    response = browser.get("/reports/")

    opened = 0
    for row in [*response.context["rows"], response.context["total"]]:
        for cell in (*row.cells, *row.cards):
            if cell.query:
                listed = browser.get(f"/reports/cases/?{cell.query}")
                assert listed.context["total"] == cell.number
                assert len(listed.context["rows"]) == cell.number
                opened += 1
    assert opened == 7


def test_data_tables_hold_the_numbers_of_the_charts(desk, read_as):
    desk.register("2026-03-02")
    browser = read_as("supervisor")

    response = browser.get("/reports/")
    charts = {chart.title: chart for chart in response.context["charts"]}

    assert sum(n for d in charts["按剩余工作日"].data for n in d.numbers) == 1
    assert sum(n for d in charts["收到至今（自然日）"].data for n in d.numbers) == 1
    assert [d.label for d in charts["到期日历"].data] == ["2026-03-30 周一"]
    assert sum(d.numbers[0] for d in charts["收到与办结"].data) == 1
    for chart in charts.values():
        drawn = [w.words for w in chart.words]
        for datum in chart.data:
            opened = browser.get(f"/reports/cases/?{datum.query}") if datum.query else None
            if opened and len(datum.numbers) == 1:
                assert opened.context["total"] == datum.numbers[0], chart.title
            assert all(str(n) in drawn for n in [sum(datum.numbers)] if chart.title != "收到与办结")


def test_both_pages_ask_as_often_for_one_case_as_for_three(desk, read_as):
    browser = read_as("supervisor")

    def asked(address):
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    addresses = ["/reports/", "/reports/cases/", "/reports/cases/?on=2026-03-11"]
    desk.register("2026-03-02")
    one = [asked(address) for address in addresses]
    desk.assign(desk.register("2026-03-03"), "2026-03-04")
    desk.register("2026-03-04")

    assert [asked(address) for address in addresses] == one


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("gestern", "“gestern”不是日期，请写成 2026-03-12 这样。"),
        ("2027-01-01", "只能看2008-05-01以后、今天（2026-03-12）为止的日子，现在显示的是今天。"),
    ],
)
def test_a_day_that_cannot_be_looked_at_is_said_and_kept(read_as, on, sentence):
    response = read_as("supervisor").get("/reports/", {"on": on})

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert f'value="{on}"' in response.content.decode()


def test_a_past_day_says_by_what_it_is_looked_at(desk, read_as):
    desk.register("2026-03-02")
    browser = read_as("supervisor")

    by_dates = browser.get("/reports/", {"on": "2026-03-05"}).content.decode()
    by_entries = browser.get("/reports/", {"on": "2026-03-05", "axis": "entries"}).content.decode()

    assert "按事项发生的日期，用今天知道的全部事项" in by_dates
    assert "当时打开这一页能看到的数字" in by_entries
    assert "督办未回" in by_dates
    assert "督办未回" not in by_entries


def test_figures_over_a_time_are_not_asked_of_what_was_entered(read_as):
    response = read_as("supervisor").get(
        "/reports/cases/", {"list": "late_done", "on": "2026-03-05", "axis": "entries"}
    )

    assert response.status_code == 422
    assert "“逾期已办理”只能按事项发生的日期看。" in response.content.decode()


def test_nonsense_in_the_address_is_no_error(desk, read_as):
    desk.register("2026-03-02")
    nonsense = {"list": "x", "department": "9" * 40, "clerk": "a", "by": "y", "axis": "z"}

    response = read_as("supervisor").get("/reports/cases/", {**nonsense, "after": "\0"})

    assert response.status_code in {200, 422}
    assert read_as("supervisor").get("/reports/", nonsense).status_code == 200


def test_no_name_and_no_identity_number_stands_in_the_lists(desk, read_as):
    from tests import factories

    desk.register("2026-03-02")

    html = read_as("supervisor").get("/reports/cases/").content.decode()

    assert "2026-0001" in html
    assert factories.person().name not in html
    assert factories.IDENTITY_NUMBER not in html
