"""Table 三 and table 四: the identities hold for published reports, and for no report changed by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain import annual_remedies, annual_report
from requests_app.domain.annual_remedies import YearProceeding
from requests_app.domain.annual_report import (
    APPLICANTS,
    RESULT_ROWS,
    Column,
    Failure,
    Identity,
    YearCase,
)
from requests_app.domain.application import ApplicantKind, OrganisationType
from requests_app.domain.errors import Refused
from requests_app.domain.outcomes import OUTCOMES
from requests_app.domain.remedy_kinds import ProceedingKind, Result
from requests_app.domain.report_rows import REPORT_ROWS, ReportRow

# The 总计 columns of three published reports, in the order of the form.
PUBLISHED = {
    "宿迁 2023": (
        3511, 96, 1191, 328, 0, 27, 6, 38, 20, 9, 21, 21, 1047, 28, 3, 305, 39, 0, 58, 4, 40, 10,
        291, 3486, 121,
    ),
    "宿迁 2024": (
        3525, 121, 1431, 471, 2, 1, 4, 17, 21, 11, 23, 13, 897, 36, 8, 87, 27, 0, 3, 0, 77, 38,
        354, 3521, 125,
    ),
    "2025": (
        14069, 560, 5548, 2168, 13, 30, 11, 51, 104, 85, 286, 150, 3222, 180, 19, 203, 148, 0, 101,
        5, 318, 203, 965, 13810, 819,
    ),
}  # fmt: skip
REMEDIES = {
    "宿迁 2024": (88, 18, 28, 36, 170, 7, 0, 11, 7, 25, 33, 0, 6, 13, 52),
    "宿迁 2023": (309, 17, 88, 26, 440, 1, 1, 16, 6, 24, 13, 0, 67, 9, 89),
}
ORDER = (
    "1", "2", "3.1", "3.2", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5", "3.3.6", "3.3.7", "3.3.8",
    "3.4.1", "3.4.2", "3.4.3", "3.5.1", "3.5.2", "3.5.3", "3.5.4", "3.5.5", "3.6.1", "3.6.2",
    "3.6.3", "3.7", "4",
)  # fmt: skip


def one_column(numbers):
    """A table in which everybody who asked is a natural person."""
    return {
        ReportRow(row): {
            column: n if column in {Column.PERSON, Column.TOTAL} else 0 for column in Column
        }
        for row, n in zip(ORDER, numbers, strict=True)
    }


@pytest.mark.parametrize("numbers", PUBLISHED.values(), ids=PUBLISHED)
def test_a_published_report_keeps_every_identity(numbers):
    assert annual_report.failures(one_column(numbers)) == ()


@pytest.mark.parametrize("delta", [1, -1])
@pytest.mark.parametrize("place", range(25), ids=ORDER)
@pytest.mark.parametrize("numbers", PUBLISHED.values(), ids=PUBLISHED)
def test_a_published_report_with_one_cell_changed_by_one_fails(numbers, place, delta):
    # Read as printed: the 总计 column by itself, its own identities alone.
    changed = [n + delta * (at == place) for at, n in enumerate(numbers)]
    cells = {ReportRow(row): {Column.TOTAL: n} for row, n in zip(ORDER, changed, strict=True)}
    only = (Column.TOTAL,)

    found = [
        *annual_report.flow_failures(cells, columns=only),
        *annual_report.result_failures(cells, columns=only),
    ]

    sums = {"1": {Identity.FLOW}, "2": {Identity.FLOW}, "4": {Identity.FLOW}}
    wanted = {"3.7": {Identity.FLOW, Identity.RESULTS}, **sums}.get(
        ORDER[place], {Identity.RESULTS}
    )
    assert {each.identity for each in found} == wanted
    assert {abs(each.difference) for each in found} == {1}


@pytest.mark.parametrize("numbers", PUBLISHED.values(), ids=PUBLISHED)
def test_every_cell_of_a_whole_table_is_guarded(numbers):
    for row in ReportRow:
        for column in Column:
            cells = {each: dict(line) for each, line in one_column(numbers).items()}
            cells[row][column] += 1

            assert annual_report.failures(cells), (row, column)


@pytest.mark.parametrize("place", range(15))
@pytest.mark.parametrize("row", REMEDIES.values(), ids=REMEDIES)
def test_table_four_as_published_holds_and_fails_by_one(row, place):
    assert annual_remedies.failures(annual_remedies.from_row(row)) == ()

    changed = [n + (at == place) for at, n in enumerate(row)]
    found = annual_remedies.failures(annual_remedies.from_row(changed))

    assert [each.kind for each in found] == [list(ProceedingKind)[place // 5]]


def test_the_rows_stand_in_the_order_of_the_form():
    assert tuple(line.row.value for line in REPORT_ROWS) == ORDER
    assert [column.value for column in Column] == [
        "person", "business", "research", "welfare", "legal", "other", "total",
    ]  # fmt: skip
    assert list(annual_report.COLUMN_LABELS.values()) == [
        "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计",
    ]  # fmt: skip


def test_every_outcome_has_a_row_of_results():
    rows = {outcome.report_row for outcome in OUTCOMES.values()}

    assert rows - {None} == set(RESULT_ROWS)
    # 更正 (条例 41) is counted nowhere.
    assert {code.value for code, outcome in OUTCOMES.items() if outcome.report_row is None} == {
        "amended",
        "amendment_refused",
        "amendment_passed_on",
        "amendment_elsewhere",
    }


def test_the_column_of_an_applicant():
    column_of = annual_report.column_of

    assert column_of(ApplicantKind.PERSON, "") is Column.PERSON
    assert [column_of(ApplicantKind.ORGANISATION, each.value) for each in OrganisationType] == [
        Column.BUSINESS, Column.RESEARCH, Column.WELFARE, Column.LEGAL, Column.OTHER,
    ]  # fmt: skip
    assert column_of(ApplicantKind.ORGANISATION, "") is None


def case(number, column=Column.PERSON, came=ReportRow.NEW, went=ReportRow.DISCLOSED):
    return YearCase(number, f"2026-{number:04}", column, came, went)


def test_a_case_closed_without_an_outcome_breaks_a_sum_and_is_named():
    cases = (case(1), case(2, Column.BUSINESS, went=None))

    found = annual_report.failures(annual_report.tabulate(cases))

    assert found == (
        Failure(Identity.RESULTS, ReportRow.TOTAL, Column.BUSINESS, 1, 0),
        Failure(Identity.RESULTS, ReportRow.TOTAL, Column.TOTAL, 2, 1),
    )
    assert annual_report.concerned(found[0], cases=cases) == (cases[1],)
    assert str(found[0]) == "“商业企业”列：（七）=（一）至（六）之和不平，1 ≠ 0，差1件。"


def test_an_organisation_of_no_known_kind_breaks_the_columns_and_is_named():
    cases = (case(1), case(2, None, went=ReportRow.CARRIED_OUT))

    found = annual_report.failures(annual_report.tabulate(cases))

    assert found == (
        Failure(Identity.COLUMNS, ReportRow.NEW, Column.TOTAL, 2, 1),
        Failure(Identity.COLUMNS, ReportRow.CARRIED_OUT, Column.TOTAL, 1, 0),
    )
    assert annual_report.concerned(found[1], cases=cases) == (cases[1],)
    assert str(found[0]).startswith("“一、本年新收政府信息公开申请数量”行：总计 = 六列之和不平")


def test_a_year_begins_with_what_the_last_one_left():
    last = annual_report.tabulate([case(1, went=ReportRow.CARRIED_OUT)])
    this = annual_report.tabulate([])

    found = annual_report.failures(this, last_year=last)

    assert found == (
        Failure(Identity.CARRIED, ReportRow.CARRIED_IN, Column.PERSON, 0, 1),
        Failure(Identity.CARRIED, ReportRow.CARRIED_IN, Column.TOTAL, 0, 1),
    )
    assert annual_report.concerned(found[0], cases=()) == ()
    again = annual_report.tabulate([case(1, came=ReportRow.CARRIED_IN)])
    assert annual_report.failures(again, last_year=last) == ()


@pytest.mark.parametrize(
    ("came", "went"),
    [(ReportRow.DISCLOSED, ReportRow.DISCLOSED), (ReportRow.NEW, ReportRow.TOTAL)],
)
def test_a_case_stands_in_no_row_that_is_a_sum(came, went):
    with pytest.raises(ValueError, match="a case"):
        case(1, came=came, went=went)


YEARS = st.lists(
    st.builds(
        YearCase,
        case_id=st.integers(1, 10**6),
        number=st.just("2026-0001"),
        column=st.sampled_from(APPLICANTS),
        came=st.sampled_from([ReportRow.NEW, ReportRow.CARRIED_IN]),
        went=st.sampled_from([*RESULT_ROWS, ReportRow.CARRIED_OUT]),
    ),
    max_size=60,
)


@given(YEARS)
def test_any_year_of_whole_cases_keeps_every_identity(cases):
    cells = annual_report.tabulate(cases)

    assert annual_report.failures(cells) == ()
    assert cells[ReportRow.NEW][Column.TOTAL] + cells[ReportRow.CARRIED_IN][Column.TOTAL] == len(
        cases
    )


@given(YEARS, st.data())
def test_a_case_more_or_less_anywhere_is_never_missed(cases, data):
    cells = {row: dict(line) for row, line in annual_report.tabulate(cases).items()}
    row = data.draw(st.sampled_from(list(ReportRow)))
    column = data.draw(st.sampled_from(list(Column)))
    cells[row][column] += data.draw(st.sampled_from([-1, 1]))

    assert annual_report.failures(cells)


def test_a_table_is_read_back_whole_or_not_at_all():
    table = annual_report.tabulate([case(1)])
    stored = {row.value: {c.value: n for c, n in line.items()} for row, line in table.items()}
    assert annual_report.read(stored) == table

    stored["3.1"]["person"] = "/"
    with pytest.raises(Refused, match="没有的填0"):
        annual_report.read(stored)
    del stored["3.1"]["person"]
    with pytest.raises(Refused, match="缺少单元格"):
        annual_report.read(stored)


def test_proceedings_are_counted_by_their_result_or_as_pending():
    def proceeding(number, kind, result=None):
        return YearProceeding(number, 1, "2026-0001", kind, result)

    cells = annual_remedies.tabulate([
        proceeding(1, ProceedingKind.REVIEW, Result.UPHELD),
        proceeding(2, ProceedingKind.REVIEW, Result.CORRECTED),
        proceeding(3, ProceedingKind.REVIEW),
        proceeding(4, ProceedingKind.DIRECT_SUIT, Result.OTHER),
        proceeding(5, ProceedingKind.SUIT_AFTER_REVIEW),
    ])  # fmt: skip

    assert [list(line.values()) for line in cells.values()] == [
        [1, 1, 0, 1, 3], [0, 0, 1, 0, 1], [0, 0, 0, 1, 1],
    ]  # fmt: skip
    assert annual_remedies.failures(cells) == ()
    stored = {kind.value: {c.value: n for c, n in line.items()} for kind, line in cells.items()}
    assert annual_remedies.read(stored) == cells
    stored["review"]["upheld"] = None
    with pytest.raises(Refused, match="没有的填0"):
        annual_remedies.read(stored)
    del stored["review"]
    with pytest.raises(Refused, match="缺少单元格"):
        annual_remedies.read(stored)
