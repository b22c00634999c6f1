"""The one table, typed a second time by hand from the regulation and 国办公开办函〔2021〕30号."""

import pytest

from requests_app.domain import letters, outcomes
from requests_app.domain.errors import Refused
from requests_app.domain.grounds import GROUNDS, Ground
from requests_app.domain.letters import LetterKind
from requests_app.domain.matters import Matter
from requests_app.domain.outcomes import Ending, OutcomeCode
from requests_app.domain.remedies import RemedyVariant
from requests_app.domain.report_rows import REPORT_GROUP_LABELS, REPORT_ROWS, ReportGroup, ReportRow

R = "《中华人民共和国政府信息公开条例》"
MEASURE = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"

# outcome, articles, letter, remedies, row of table 三.
TABLE = [
    ("already_public", ["第三十六条第（一）项"], "already_public", "r1", "3.1"),
    ("disclosed", ["第三十六条第（二）项", "第四十条"], "disclosed", "r1", "3.1"),
    (
        "partial",
        ["第三十六条第（二）项", "第三十六条第（三）项", "第三十七条"],
        "partial",
        "r3",
        "3.2",
    ),
    ("classified", ["第十四条", "第三十六条第（三）项"], "withheld", "r2", "3.3.1"),
    ("banned", ["第十四条", "第三十六条第（三）项"], "withheld", "r2", "3.3.2"),
    ("safety", ["第十四条", "第三十六条第（三）项"], "withheld", "r2", "3.3.3"),
    ("third_party", ["第十五条", "第三十六条第（三）项"], "withheld", "r2", "3.3.4"),
    ("internal", ["第十六条第一款", "第三十六条第（三）项"], "withheld", "r2", "3.3.5"),
    ("process", ["第十六条第二款", "第三十六条第（三）项"], "withheld", "r2", "3.3.6"),
    ("enforcement", ["第十六条第二款", "第三十六条第（三）项"], "withheld", "r2", "3.3.7"),
    ("other_law", ["第三十六条第（七）项"], "other_law", "r1_switched", "3.3.8"),
    ("not_exist", ["第三十六条第（四）项"], "not_exist", "r1", "3.4.1"),
    ("not_ours", ["第十条", "第三十六条第（五）项"], "not_ours", "r1", "3.4.1"),
    ("needs_processing", ["第三十八条"], "needs_processing", "r1_switched", "3.4.2"),
    ("still_unclear", ["第二十九条第二款第（二）项", "第三十条"], "still_unclear", "r1", "3.4.3"),
    ("petition", ["第三十九条第一款"], "petition", "r1_switched", "3.5.1"),
    ("repeated", ["第三十六条第（六）项"], "repeated", "r1_switched", "3.5.2"),
    ("publication", ["第三十九条第二款"], "publication", "r1_switched", "3.5.3"),
    ("excessive", ["第三十五条"], "excessive", "r1", "3.5.4"),
    ("reconfirmation", ["第二条"], "reconfirmation", "r1", "3.5.5"),
    ("lapsed_correction", ["第三十条"], "lapse_correction", "r1", "3.6.1"),
    ("lapsed_fee", None, "lapse_fee", "r1", "3.6.2"),
    ("withdrawn", [], "withdrawal", "r0", "3.6.3"),
    ("other", [], "other_answer", "r1", "3.6.3"),
    # 更正 is no application for information: table 三 does not count it.
    ("amended", ["第四十一条"], "amended", "r0", None),
    ("amendment_refused", ["第四十一条"], "amendment_refused", "r1", None),
    ("amendment_passed_on", ["第四十一条"], "amendment_passed_on", "r0", None),
    ("amendment_elsewhere", ["第四十一条"], "amendment_passed_on", "r0", None),
]


def reasons(code: OutcomeCode, **given: str) -> list[str]:
    return [reason.sentence for reason in outcomes.missing(code, given=given)]


@pytest.mark.parametrize(("code", "articles", "letter", "remedies", "row"), TABLE)
def test_line_of_the_table(
    code: str, articles: list[str] | None, letter: str, remedies: str, row: str | None
) -> None:
    line = outcomes.OUTCOMES[OutcomeCode(code)]

    cited = (MEASURE,) if articles is None else tuple(R + article for article in articles)
    assert (line.articles, line.letter_kind, line.remedies, line.report_row) == (
        cited,
        LetterKind(letter),
        RemedyVariant(remedies),
        None if row is None else ReportRow(row),
    )


def test_the_table_has_every_outcome_once() -> None:
    assert [OutcomeCode(code) for code, *_ in TABLE] == list(outcomes.OUTCOMES)
    assert set(outcomes.OUTCOMES) == set(OutcomeCode)


def test_every_row_of_results_is_reached() -> None:
    leaves = {row for row in ReportRow if row.value.startswith("3.")} - {ReportRow.TOTAL}

    assert {line.report_row for line in outcomes.OUTCOMES.values()} == leaves | {None}


def test_what_table_three_leaves_out_is_what_is_no_application_for_information() -> None:
    uncounted = {line.matter for line in outcomes.OUTCOMES.values() if line.report_row is None}
    counted = {line.matter for line in outcomes.OUTCOMES.values() if line.report_row is not None}

    assert (uncounted, counted) == ({Matter.AMENDMENT}, {Matter.DISCLOSURE})


def test_own_access_law_sits_among_refusals_without_review_first() -> None:
    # （三）8 is the trap: remedies must not be read off the report's heading.
    line = outcomes.OUTCOMES[OutcomeCode.OTHER_LAW]
    heading = {each.row: each.group for each in REPORT_ROWS}[line.report_row]

    assert (heading, line.remedies) == (ReportGroup.WITHHELD, RemedyVariant.R1_SWITCHED)


def test_review_comes_first_for_articles_14_to_16_only() -> None:
    review_first = {
        code.value for code, line in outcomes.OUTCOMES.items() if line.remedies is RemedyVariant.R2
    }

    assert review_first == {
        "classified", "banned", "safety", "third_party", "internal", "process", "enforcement",
    }  # fmt: skip


def test_only_article_16_is_discretionary() -> None:
    discretionary = {code.value for code, line in outcomes.OUTCOMES.items() if line.discretionary}

    assert discretionary == {"internal", "process", "enforcement"}


def test_endings() -> None:
    endings = {
        code.value: line.ending
        for code, line in outcomes.OUTCOMES.items()
        if line.ending is not Ending.ANSWERED
    }

    assert endings == {
        "lapsed_correction": Ending.LAPSED,
        "lapsed_fee": Ending.LAPSED,
        "withdrawn": Ending.WITHDRAWN,
    }
    assert [code.value for code, line in outcomes.OUTCOMES.items() if line.ended_by_applicant] == [
        "withdrawn"
    ]


def test_outcomes_of_one_letter_kind_agree_on_remedies() -> None:
    by_kind: dict[LetterKind, set[RemedyVariant]] = {}
    for line in outcomes.OUTCOMES.values():
        by_kind.setdefault(line.letter_kind, set()).add(line.remedies)

    assert {kind: variants for kind, variants in by_kind.items() if len(variants) > 1} == {}


def test_every_required_field_can_be_filled_in_the_form_of_its_letter() -> None:
    lost = [
        (code.value, name)
        for code, line in outcomes.OUTCOMES.items()
        for need in line.required_fields
        for names in need.alternatives
        for name in names
        if letters.KINDS[line.letter_kind].field(name) is None
    ]

    assert lost == []


def test_not_exist_needs_a_search_record() -> None:
    assert reasons(
        OutcomeCode.NOT_EXIST, search_scope="库", search_means="词", searched_on="2026-03-16"
    ) == ["“政府信息不存在”还缺：检索记录（范围、方法、日期、检索人）。"]
    assert (
        reasons(
            OutcomeCode.NOT_EXIST,
            search_scope="库",
            search_means="词",
            searched_on="2026-03-16",
            searched_by="王某",
        )
        == []
    )


def test_not_ours_needs_the_organ_or_a_word_that_it_is_unknown() -> None:
    missing = ["“不属于本机关负责公开”还缺：负责公开的机关名称和联系方式，或者注明无法确定。"]

    assert reasons(OutcomeCode.NOT_OURS, reason="甲") == missing
    assert reasons(OutcomeCode.NOT_OURS, reason="甲", organ_name="乙局") == missing
    assert reasons(OutcomeCode.NOT_OURS, reason="甲", organ_name="乙局", organ_contact="电话") == []
    assert reasons(OutcomeCode.NOT_OURS, reason="甲", organ_unknown="yes") == []


@pytest.mark.parametrize(
    ("code", "label"),
    [
        (OutcomeCode.CLASSIFIED, "密级和保密期限"),
        (OutcomeCode.BANNED, "禁止公开的法律、行政法规"),
        (OutcomeCode.THIRD_PARTY, "征求第三方意见的情况"),
    ],
)
def test_refusals_that_need_a_record(code: OutcomeCode, label: str) -> None:
    assert reasons(code, reason="甲") == [f"“{outcomes.OUTCOMES[code].label}”还缺：{label}。"]


@pytest.mark.parametrize("code", [OutcomeCode.SAFETY, OutcomeCode.INTERNAL, OutcomeCode.PROCESS])
def test_refusals_that_need_a_reason_only(code: OutcomeCode) -> None:
    assert reasons(code, reason=" ") == [f"“{outcomes.OUTCOMES[code].label}”还缺：不予公开的理由。"]
    assert reasons(code, reason="甲") == []


def test_partial_needs_what_each_ground_needs() -> None:
    given = {"provided": "甲", "withheld": "乙", "ground": "process", "withheld_reason": "丙"}

    assert reasons(OutcomeCode.PARTIAL, **given) == []
    assert reasons(
        OutcomeCode.PARTIAL,
        **given,
        withheld_2="丁",
        ground_2="third_party",
        withheld_reason_2="戊",
        ground_3="classified",
    ) == [
        "“部分公开”还缺：密级和保密期限。",
        "“部分公开”还缺：征求第三方意见的情况。",
        "“部分公开”还缺：不予公开的内容之三的内容、依据和理由。",
    ]


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        (OutcomeCode.PROCESS, {}, {Ground.PROCESS}),
        (OutcomeCode.DISCLOSED, {"ground": "internal"}, set()),
        (OutcomeCode.PARTIAL, {}, set()),
        (
            OutcomeCode.PARTIAL,
            {"ground": "third_party", "ground_3": "internal", "ground_2": ""},
            {Ground.THIRD_PARTY, Ground.INTERNAL},
        ),
    ],
)
def test_grounds_are_the_outcomes_own_or_those_of_its_parts(
    code: OutcomeCode, given: dict[str, str], expected: set[Ground]
) -> None:
    assert outcomes.grounds_of(code, given=given) == expected


def test_repeated_needs_the_earlier_reply() -> None:
    assert reasons(OutcomeCode.REPEATED, earlier_on="2025-06-10") == [
        "“重复申请，不予重复处理”还缺：前一次答复的日期和文号。"
    ]


def test_check_refuses_with_all_that_is_missing() -> None:
    with pytest.raises(Refused) as refused:
        outcomes.check(OutcomeCode.DISCLOSED, given={})

    assert [(reason.sentence, reason.citation) for reason in refused.value.reasons] == [
        ("“予以公开”还缺：提供的信息。", R + "第三十六条第（二）项"),
        ("“予以公开”还缺：提供的方式、途径和时间。", R + "第三十六条第（二）项"),
    ]


def test_check_lets_a_complete_record_through() -> None:
    outcomes.check(OutcomeCode.WITHDRAWN, given={})
    outcomes.check(OutcomeCode.ALREADY_PUBLIC, given={"where_public": "网址"})


def test_grounds_cite_their_article() -> None:
    assert {
        ground.value: (rule.citation, rule.consequence) for ground, rule in GROUNDS.items()
    } == {
        "classified": (R + "第十四条", "不予公开"),
        "banned": (R + "第十四条", "不予公开"),
        "safety": (R + "第十四条", "不予公开"),
        "third_party": (R + "第十五条", "不得公开"),
        "internal": (R + "第十六条第一款", "可以不予公开"),
        "process": (R + "第十六条第二款", "可以不予公开"),
        "enforcement": (R + "第十六条第二款", "可以不予公开"),
    }
    assert set(GROUNDS) == set(Ground)


def test_rows_carry_the_official_labels_in_order() -> None:
    assert [line.label for line in REPORT_ROWS] == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
        "8.属于行政查询事项",
        "1.本机关不掌握相关政府信息",
        "2.没有现成信息需要另行制作",
        "3.补正后申请内容仍不明确",
        "1.信访举报投诉类申请",
        "2.重复申请",
        "3.要求提供公开出版物",
        "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
        "（七）总计",
        "四、结转下年度继续办理",
    ]
    assert [line.row for line in REPORT_ROWS] == list(ReportRow)


def test_headings_carry_the_official_labels() -> None:
    assert list(REPORT_GROUP_LABELS.values()) == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "（三）不予公开",
        "（四）无法提供",
        "（五）不予处理",
        "（六）其他处理",
        "（七）总计",
        "四、结转下年度继续办理",
    ]


def test_full_refusal_asks_for_no_other_ground():
    assert outcomes.of_other_grounds(OutcomeCode.BANNED) == {
        "secret_level",
        "secret_until",
        "third_party_position",
    }
    assert outcomes.of_other_grounds(OutcomeCode.PARTIAL) == frozenset()
    assert outcomes.of_other_grounds(OutcomeCode.DISCLOSED) == frozenset()
