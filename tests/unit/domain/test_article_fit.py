"""Articles and outcomes: what a letter must cite, what it may not. Expectations typed from the law."""

import pytest

from requests_app.domain import article_fit, letters
from requests_app.domain.article_fit import Citation
from requests_app.domain.errors import Refused
from requests_app.domain.letters import LetterKind
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.domain.remedies import RemedyOffice
from requests_app.domain.wordings import WORDINGS

OFFICE = RemedyOffice(review_body="金昌市人民政府", court="甲法院", online_channel="https://a.cn")

#: Outcome, its article as its letter cites it, and an article that belongs to another outcome.
FITS = [
    ("already_public", "第三十六条第（一）项", "第三十六条第（二）项"),
    ("disclosed", "第三十六条第（二）项", "第三十七条"),
    ("partial", "第三十七条", "第十四条"),
    ("classified", "第十四条", "第十五条"),
    ("banned", "第十四条", "第十六条第一款"),
    ("safety", "第十四条", "第十六条第二款"),
    ("third_party", "第十五条", "第十四条"),
    ("internal", "第十六条第一款", "第十六条第二款"),
    ("process", "第十六条第二款", "第十五条"),
    ("enforcement", "第十六条第二款", "第十六条第一款"),
    ("other_law", "第三十六条第（七）项", "第三十六条第（六）项"),
    ("not_exist", "第三十六条第（四）项", "第三十六条第（五）项"),
    ("not_ours", "第三十六条第（五）项", "第三十六条第（四）项"),
    ("needs_processing", "第三十八条", "第三十六条第（三）项"),
    ("still_unclear", "第三十条", "第三十九条第一款"),
    ("petition", "第三十九条第一款", "第三十九条第二款"),
    ("repeated", "第三十六条第（六）项", "第三十五条"),
    ("publication", "第三十九条第二款", "第三十六条第（一）项"),
    ("excessive", "第三十五条", "第三十六条第（六）项"),
    ("reconfirmation", "第二条", "第三十八条"),
    ("lapsed_correction", "第三十条", "第三十五条"),
    ("lapsed_fee", "", "第三十五条"),
    ("withdrawn", "", "第三十五条"),
    ("other", "", "第三十六条第（四）项"),
    ("amended", "第四十一条", "第三十六条第（四）项"),
    ("amendment_refused", "第四十一条", "第十六条第二款"),
    ("amendment_passed_on", "第四十一条", "第三十六条第（五）项"),
    ("amendment_elsewhere", "第四十一条", "第三十六条第（五）项"),
]
#: A field of each kind in which people give reasons, where there is one.
REASONED = {
    "already_public": "where_public", "disclosed": "how_given", "partial": "withheld_reason",
    "other_law": "where_to_go", "not_exist": "search_means", "still_unclear": "unclear_points",
    "publication": "where_to_get", "other": "answer_basis", "repeated": "", "lapsed_correction": "",
    "lapsed_fee": "", "withdrawn": "", "amended": "record_finding", "amendment_passed_on": "",
    "amendment_elsewhere": "",
}  # fmt: skip


def kind_of(code):
    return OUTCOMES[OutcomeCode(code)].letter_kind


def reasons(code, *, wording=None, **changes):
    kind = kind_of(code)
    values = letters.preview_values(kind) | changes
    outcome = OutcomeCode(code)
    try:
        letters.compose(kind, values, wording=wording, outcome=outcome, office=OFFICE)
    except Refused as refused:
        return [(reason.code, reason.sentence) for reason in refused.reasons]
    return []


def test_every_outcome_is_tried_here():
    assert {code for code, *_ in FITS} == {code.value for code in OutcomeCode}


@pytest.mark.parametrize(("code", "own", "foreign"), FITS)
def test_built_in_letter_of_each_outcome_fits(code, own, foreign):
    assert reasons(code) == []


@pytest.mark.parametrize(("code", "own", "foreign"), FITS)
def test_office_wording_citing_another_outcomes_article_is_refused(code, own, foreign):
    kind = kind_of(code)
    wording = WORDINGS[kind] + f"同时依照《中华人民共和国政府信息公开条例》{foreign}办理。"
    label = letters.KINDS[kind].label

    assert reasons(code, wording=wording) == [
        ("article_unfit", f"文本引用了条例{foreign}，与“{label}”的依据不符。")
    ]


@pytest.mark.parametrize(("code", "own", "foreign"), [row for row in FITS if row[1]])
def test_office_wording_without_the_outcomes_article_is_refused(code, own, foreign):
    kind = kind_of(code)
    wording = WORDINGS[kind].replace(own, "有关条款").replace("{ground_article}", "有关条款")

    assert "article_missing" in [found for found, _ in reasons(code, wording=wording)]


@pytest.mark.parametrize(
    ("code", "own", "foreign"), [row for row in FITS if REASONED.get(row[0], "reason")]
)
def test_reasons_typed_under_another_outcomes_article_are_refused(code, own, foreign):
    field = REASONED.get(code, "reason")
    label = letters.KINDS[kind_of(code)].field(field).label

    found = reasons(code, **{field: f"经审查，依照条例{foreign}，不能提供。"})

    assert found == [
        (
            "article_unfit",
            (
                f"“{label}”引用了条例{foreign}，与所选结果“{OUTCOMES[OutcomeCode(code)].label}”的依据不符；"
                "请改写，或者选择相应的答复结果。"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("code", "own", "foreign"),
    [
        row
        for row in FITS
        if REASONED.get(row[0], "reason") and row[1] and row[0] != "reconfirmation"
    ],
)
def test_reasons_typed_under_the_outcomes_own_article_pass(code, own, foreign):
    assert reasons(code, **{REASONED.get(code, "reason"): f"依照条例{own}。"}) == []


@pytest.mark.parametrize(
    "typed",
    [
        "《中华人民共和国档案法》第十五条规定了移交；",
        "依照《不动产登记暂行条例》第十四条、第十五条办理",
        "依据保密法第十四条定密",
        "109号文件即国办函〔2020〕109号第十六条",
        "该信息不属于条例第十五条规定的情形",
        "第三方认为不适用《政府信息公开条例》第十六条第二款",
        "按条例第三十二条征求了意见，依第三十三条计算期限",
    ],
)
def test_other_laws_denials_and_articles_on_procedure_are_free(typed):
    assert reasons("not_exist", search_means=typed) == []


def test_what_people_are_quoted_with_is_free():
    assert reasons("excessive", applicant_reasons="条例第三十六条第（一）项给了我权利") == []
    assert reasons("disclosed", provided="关于适用条例第十四条的通知") == []


def test_partial_answer_may_cite_the_grounds_of_its_parts_and_why_a_part_is_not_there():
    assert reasons("partial", withheld_reason="依照条例第十五条、第三十六条第（四）项。") == []
    assert [code for code, _ in reasons("partial", withheld_reason="依照条例第十四条。")] == [
        "article_unfit"
    ]


def test_wording_of_the_refusals_may_name_no_ground_of_its_own():
    wording = WORDINGS[LetterKind.WITHHELD] + "依照《政府信息公开条例》第十六条第二款办理。"

    with pytest.raises(Refused) as refused:
        letters.check_wording(LetterKind.WITHHELD, wording)

    assert [reason.sentence for reason in refused.value.reasons] == [
        "文本引用了条例第十六条第二款，与“不予公开决定书”的依据不符。"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("第三十六条", (Citation(36),)),
        (
            "《政府信息公开条例》第三十六条第（二）项、第(三)项和第三十七条",
            (Citation(36, None, 2), Citation(36, None, 3), Citation(37)),
        ),
        ("条例第二十九条第二款第（二）项", (Citation(29, 2, 2),)),
        ("第十六条第一款、第二款", (Citation(16, 1), Citation(16, 2))),
        ("《档案法》第十五条。第十四条", (Citation(14),)),
        ("《档案法》第十五条、第十六条第二款", ()),
        ("本条例第十条，统计法第二十五条", (Citation(10),)),
        ("第二款", ()),
        ("第十条第十条", (Citation(10),)),
        ("第四十条", (Citation(40),)),
    ],
)
def test_places_of_the_regulation_are_read_as_people_write_them(text, expected):
    assert article_fit.citations(text) == expected


def test_a_long_text_without_a_stop_is_read_at_once():
    assert article_fit.citations("办" * 200_000 + "第十四条") == (Citation(14),)


def test_a_place_is_written_as_the_law_writes_it():
    assert [str(each) for each in (Citation(36, None, 2), Citation(29, 2, 2), Citation(10))] == [
        "第三十六条第（二）项",
        "第二十九条第二款第（二）项",
        "第十条",
    ]
