"""Table 二 by hand, the written sections, and what is told after a year was locked."""

import pytest

from requests_app.domain import (
    annual_remedies,
    annual_report,
    proactive,
    report_text,
    snapshots,
)
from requests_app.domain.annual_remedies import YearProceeding
from requests_app.domain.annual_report import Column, YearCase
from requests_app.domain.errors import Refused
from requests_app.domain.remedy_kinds import ProceedingKind, Result
from requests_app.domain.report_rows import ReportRow


def test_table_two_has_the_cells_of_the_form():
    assert [(part.title, [row for row, _ in part.rows]) for part in proactive.PARTS] == [
        ("第二十条第（一）项", ["规章", "行政规范性文件"]),
        ("第二十条第（五）项", ["行政许可"]),
        ("第二十条第（六）项", ["行政处罚", "行政强制"]),
        ("第二十条第（八）项", ["行政事业性收费"]),
    ]
    assert [figure.name for figure in proactive.FIGURES] == [
        "rules_made", "rules_repealed", "rules_in_force",
        "norms_made", "norms_repealed", "norms_in_force",
        "licences", "penalties", "compulsions", "charges",
    ]  # fmt: skip


def test_figures_are_read_as_typed_and_blanks_left_out():
    given = {"rules_made": " 11 ", "licences": "1,024", "charges": "35.0760", "norms_made": ""}

    assert proactive.read(given) == {"rules_made": "11", "licences": "1024", "charges": "35.0760"}
    assert [figure.name for figure in proactive.missing(proactive.read(given))] == [
        "rules_repealed", "rules_in_force", "norms_made", "norms_repealed", "norms_in_force",
        "penalties", "compulsions",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("rules_made", "1.5"), ("rules_made", "-1"), ("licences", "无"), ("licences", "NaN"),
        ("charges", "Infinity"), ("charges", "-0.1"), ("charges", "0.1234567"),
        ("charges", "10000000000"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_number_is_refused_by_name(name, typed):
    with pytest.raises(Refused) as refusal:
        proactive.read({name: typed})

    assert refusal.value.codes == (name,)


def test_in_force_is_only_ever_warned_about():
    last = {"rules_in_force": "3", "norms_in_force": "597"}
    year = {"norms_made": "50", "norms_repealed": "227", "norms_in_force": "420"}
    odd = {"rules_made": "11", "rules_repealed": "1", "rules_in_force": "12"}

    assert proactive.warnings(year, last_year=last) == ()
    assert proactive.warnings(odd, last_year=last) == (
        "“规章”现行有效12件，上年3件加本年制发11件减废止1件为13件，请核对（个别情形可以不等）。",
    )
    assert proactive.warnings(odd, last_year={}) == ()


def test_names_are_filled_from_the_catalogue_and_others_refused():
    cases = [
        YearCase(1, "2026-0001", Column.PERSON, ReportRow.NEW, ReportRow.DISCLOSED),
        YearCase(2, "2026-0002", Column.LEGAL, ReportRow.NEW, ReportRow.INTERNAL),
        YearCase(3, "2025-0009", Column.PERSON, ReportRow.CARRIED_IN, ReportRow.CARRIED_OUT),
    ]
    proceedings = [
        YearProceeding(1, 1, "2026-0001", ProceedingKind.DIRECT_SUIT, Result.UPHELD),
        YearProceeding(2, 1, "2026-0001", ProceedingKind.SUIT_AFTER_REVIEW, None),
    ]
    figures = report_text.figures(
        year=2026,
        applications=annual_report.tabulate(cases),
        remedies=annual_remedies.tabulate(proceedings),
        fee_cases=2,
        fee_fen=223_050,
    )

    assert dict(figures) == {
        "年度": "2026", "本年新收": "2", "上年结转": "1", "办结总数": "2", "结转下年": "1",
        "自然人新收": "1", "法人新收": "1", "予以公开": "1", "部分公开": "0", "不予公开": "1",
        "无法提供": "0", "不予处理": "0", "其他处理": "0",
        "复议总数": "0", "复议维持": "0", "复议纠正": "0", "复议未结": "0",
        "诉讼总数": "2", "诉讼维持": "1", "诉讼纠正": "0", "诉讼未结": "1",
        "信息处理费件数": "2", "信息处理费金额": "2230.50",
    }  # fmt: skip
    assert set(figures) == set(report_text.CATALOGUE)
    assert report_text.fill("收费{信息处理费金额}元，{别的}", figures=figures) == (
        "收费2230.50元，{别的}"
    )
    with pytest.raises(Refused) as refusal:
        report_text.check("{别的}{本年新收}{别的}", field="overview")
    assert [str(reason) for reason in refusal.value.reasons] == [
        "没有“{别的}”这个数据，请从右边的清单中选用。"
    ]
    report_text.check(report_text.DEFAULT_OVERVIEW, field="overview")
    report_text.check(report_text.DEFAULT_OTHER, field="other")


def test_text_is_never_a_template():
    assert report_text.fill("{{ settings.SECRET_KEY }} {% now 'Y' %}", figures={}) == (
        "{{ settings.SECRET_KEY }} {% now 'Y' %}"
    )


def test_later_corrections_are_signed_and_name_the_case():
    def case(number, column, went, came=ReportRow.NEW):
        return YearCase(number, f"2026-{number:04}", column, came, went)

    then = [
        case(1, Column.PERSON, ReportRow.DISCLOSED),
        case(2, Column.PERSON, ReportRow.CARRIED_OUT),
        case(3, Column.BUSINESS, ReportRow.OTHER),
        case(4, Column.PERSON, ReportRow.DISCLOSED),
    ]
    now = [
        case(1, Column.PERSON, ReportRow.PARTIAL),
        case(2, Column.LEGAL, ReportRow.CARRIED_OUT),
        case(4, Column.PERSON, ReportRow.DISCLOSED),
        case(5, None, None),
    ]

    assert [str(change) for change in snapshots.case_changes(then, now)] == [
        "锁定后：−1 （一）予以公开（自然人），案件 2026-0001",
        "锁定后：+1 （二）部分公开（区分处理的，只计这一情形，不计其他情形）（自然人），案件 2026-0001",
        "锁定后：−1 一、本年新收政府信息公开申请数量（自然人），案件 2026-0002",
        "锁定后：−1 四、结转下年度继续办理（自然人），案件 2026-0002",
        "锁定后：+1 一、本年新收政府信息公开申请数量（法律服务机构），案件 2026-0002",
        "锁定后：+1 四、结转下年度继续办理（法律服务机构），案件 2026-0002",
        "锁定后：−1 一、本年新收政府信息公开申请数量（商业企业），案件 2026-0003",
        "锁定后：−1 3.其他（商业企业），案件 2026-0003",
        "锁定后：+1 一、本年新收政府信息公开申请数量（单位性质未填），案件 2026-0005",
    ]
    assert snapshots.case_changes(then, then) == ()
    assert snapshots.read_cases(snapshots.case_rows(now)) == tuple(now)


def test_later_results_of_proceedings_are_told_too():
    def suit(result):
        return YearProceeding(7, 1, "2026-0001", ProceedingKind.REVIEW, result)

    changes = snapshots.proceeding_changes([suit(None)], [suit(Result.CORRECTED)])

    assert [str(change) for change in changes] == [
        "锁定后：−1 尚未审结（行政复议），案件 2026-0001",
        "锁定后：+1 结果纠正（行政复议），案件 2026-0001",
    ]
    assert snapshots.proceeding_changes([suit(None)], [suit(None)]) == ()


def test_the_same_figures_always_have_the_same_hash():
    one, other = {"b": [1, "年"], "a": None}, {"a": None, "b": [1, "年"]}

    assert snapshots.digest(one) == snapshots.digest(other)
    assert snapshots.digest(one) == (
        __import__("hashlib").sha256('{"a":null,"b":[1,"年"]}'.encode()).hexdigest()
    )
    assert snapshots.digest(one) != snapshots.digest({"a": None, "b": [2, "年"]})
