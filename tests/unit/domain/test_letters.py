"""Composing letters: values in, wording filled strictly, remedies locked. All typed by hand."""

import json
from collections.abc import Mapping

import pytest

from requests_app.domain import letters
from requests_app.domain.errors import Refused
from requests_app.domain.letters import KINDS, Addressee, LetterKind, LetterText, Paragraph
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.remedies import RemedyOffice, RemedyVariant
from requests_app.domain.wordings import WORDINGS

OFFICE = RemedyOffice(
    review_body="金昌市人民政府", court="甲法院", online_channel="https://review.example.gov.cn"
)
BASE = {
    "issuer": "金昌市人民政府办公室",
    "number": "金政办公开告〔2026〕12号",
    "dated_on": "2026-03-27",
    "addressee": "阿依古丽·买买提",
    "you": "您",
    "case_number": "2026-0184",
    "received_on": "2026-03-02",
    "channel": "网上提交",
    "request": "供热价格批复",
    "contact_unit": "信息公开科",
    "contact_phone": "0935-8220051",
}
PUBLIC = {**BASE, "where_public": "门户网站“政府信息公开”专栏"}


def refusals(
    kind: LetterKind,
    values: Mapping[str, str],
    *,
    wording: str | None = None,
    outcome: OutcomeCode | None = None,
) -> list[str]:
    with pytest.raises(Refused) as refused:
        letters.compose(kind, values, wording=wording, outcome=outcome, office=OFFICE)
    return [reason.sentence for reason in refused.value.reasons]


def wording_refusals(kind: LetterKind, text: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        letters.check_wording(kind, text)
    return [(reason.code, reason.sentence) for reason in refused.value.reasons]


def test_a_whole_letter() -> None:
    assert letters.compose(LetterKind.ALREADY_PUBLIC, PUBLIC, office=OFFICE) == LetterText(
        title="政府信息公开申请答复书",
        issuer="金昌市人民政府办公室",
        number="金政办公开告〔2026〕12号",
        addressee="阿依古丽·买买提",
        paragraphs=(
            Paragraph(
                "本机关于2026年3月2日收到您以网上提交方式提出的政府信息公开申请（申请编号：2026-0184），"
                "申请公开“供热价格批复”。"
            ),
            Paragraph(
                "经审查，您申请公开的信息已经主动公开。根据《中华人民共和国政府信息公开条例》"
                "第三十六条第（一）项的规定，现将获取该政府信息的方式、途径告知如下："
            ),
            Paragraph("门户网站“政府信息公开”专栏"),
            Paragraph("查找中遇到困难的，请与本机关联系。"),
        ),
        remedies=(
            (
                "如不服本答复，可以自收到本答复书之日起60日内向金昌市人民政府申请行政复议，"
                "也可以自收到本答复书之日起6个月内依法向甲法院提起行政诉讼。"
            ),
        ),
        attachments=(),
        signer="金昌市人民政府办公室",
        dated_on="2026-03-27",
        contact="联系单位：信息公开科，联系电话：0935-8220051",
    )


def test_preview_and_issue_differ_in_number_and_date_only() -> None:
    issued = letters.compose(LetterKind.ALREADY_PUBLIC, PUBLIC, office=OFFICE)
    draft = letters.compose(
        LetterKind.ALREADY_PUBLIC, {**PUBLIC, "number": "", "dated_on": ""}, office=OFFICE
    )

    assert (draft.number, draft.dated_on) == ("", "")
    assert {
        **draft.to_dict(),
        "number": issued.number,
        "dated_on": issued.dated_on,
    } == issued.to_dict()


def test_letter_travels_through_json_unchanged() -> None:
    text = letters.compose(
        LetterKind.PARTIAL, letters.preview_values(LetterKind.PARTIAL), office=OFFICE
    )

    assert LetterText.from_dict(json.loads(json.dumps(text.to_dict()))) == text


def test_all_text_is_everything_printed() -> None:
    text = LetterText(
        title="题",
        issuer="机关",
        number="号",
        addressee="人",
        paragraphs=(Paragraph("文"),),
        remedies=("救济",),
        attachments=("附",),
        signer="署",
        dated_on="2026-03-27",
        contact="电",
    )

    assert list(text.all_text()) == ["机关", "号", "题", "人", "文", "救济", "附", "署", "电"]


def test_everything_missing_is_named_at_once() -> None:
    assert refusals(LetterKind.ALREADY_PUBLIC, {}) == [
        "“已主动公开，告知获取方式、途径”还缺：获取该政府信息的方式、途径。",
        "缺少：答复机关。",
        "缺少：收信人。",
        "缺少：联系单位。",
        "缺少：联系电话。",
        "缺少：获取的方式、途径。",
        "缺少：收到申请的日期。",
        "缺少：称谓（您、你单位、你们）。",
        "缺少：提交方式。",
        "缺少：申请编号。",
        "缺少：申请公开的内容。",
    ]


def test_blank_is_missing() -> None:
    assert refusals(LetterKind.EXTENSION, {
        **BASE, "due_on": "2026-03-30", "new_due_on": "2026-04-28", "days": "20", "reason": " \n ",
    }) == ["缺少：延期理由。"]  # fmt: skip


def test_unknown_value_is_refused() -> None:
    assert refusals(LetterKind.ALREADY_PUBLIC, {**PUBLIC, "purpose": "研究"}) == [
        "没有名为purpose的占位符，不能填入文书。"
    ]


def test_derived_value_cannot_be_given() -> None:
    assert refusals(LetterKind.ALREADY_PUBLIC, {**PUBLIC, "ground_article": "第一条"}) == [
        "没有名为ground_article的占位符，不能填入文书。"
    ]


@pytest.mark.parametrize("bad", ["2026-02-30", "3月2日", "20260302T00"])
def test_bad_date_is_refused(bad: str) -> None:
    assert refusals(LetterKind.ALREADY_PUBLIC, {**PUBLIC, "received_on": bad}) == [
        "“收到申请的日期”不是一个日期，请按2026-03-02的样式填写。"
    ]


@pytest.mark.parametrize("bad", ["0", "-1", "十", "1.5", "²"])
def test_bad_number_is_refused(bad: str) -> None:
    values = {**letters.preview_values(LetterKind.EXTENSION), "days": bad}

    assert refusals(LetterKind.EXTENSION, values) == ["“延长工作日数”须为大于0的整数。"]


def test_bad_choice_is_refused() -> None:
    values = {**letters.preview_values(LetterKind.PARTIAL), "ground_3": "whatever"}

    assert refusals(LetterKind.PARTIAL, values) == ["“依据之三”不在可选的范围内。"]


def test_user_text_is_never_read_as_wording() -> None:
    typed = "{number}{?corrected_on}{{ settings.SECRET_KEY }}{% now %}# 一、<b>甲</b>"

    text = letters.compose(
        LetterKind.ALREADY_PUBLIC, {**PUBLIC, "where_public": typed}, office=OFFICE
    )

    assert text.paragraphs[2] == Paragraph(typed)


def test_several_lines_become_several_paragraphs() -> None:
    typed = "第一处\r\n\r\n  第二处  \n第三处\n"

    text = letters.compose(
        LetterKind.ALREADY_PUBLIC, {**PUBLIC, "where_public": typed}, office=OFFICE
    )

    assert [each.text for each in text.paragraphs[2:5]] == ["第一处", "第二处", "第三处"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("哪一年\n哪个部门", ["1. 哪一年", "2. 哪个部门"]),
        ("哪一年", ["哪一年"]),
        ("1.哪一年\n2.哪个部门", ["1.哪一年", "2.哪个部门"]),
        ("（一）哪一年\n（二）哪个部门", ["（一）哪一年", "（二）哪个部门"]),
    ],
)
def test_points_are_numbered_unless_the_clerk_did(typed: str, printed: list[str]) -> None:
    values = {**letters.preview_values(LetterKind.CORRECTION), "points": typed}

    texts = [each.text for each in letters.compose(LetterKind.CORRECTION, values).paragraphs]

    start = texts.index("一、需要补正的事项") + 1
    assert texts[start : start + len(printed)] == printed


def test_headings_and_lists_have_their_styles() -> None:
    text = letters.compose(LetterKind.RECEIPT, letters.preview_values(LetterKind.RECEIPT))

    assert [(each.style, each.text[:4]) for each in text.paragraphs[:4]] == [
        ("body", "您以网上"),
        ("h1", "一、登记"),
        ("list", "申请编号"),
        ("list", "申请公开"),
    ]


def test_attachments_are_listed_apart() -> None:
    values = {**letters.preview_values(LetterKind.DISCLOSED), "attachments": "甲\n乙"}

    assert letters.compose(LetterKind.DISCLOSED, values, office=OFFICE).attachments == ("甲", "乙")


@pytest.mark.parametrize(
    ("outcome", "article", "consequence"),
    [
        (OutcomeCode.CLASSIFIED, "第十四条", "此类信息不予公开。"),
        (OutcomeCode.BANNED, "第十四条", "此类信息不予公开。"),
        (OutcomeCode.SAFETY, "第十四条", "此类信息不予公开。"),
        (OutcomeCode.THIRD_PARTY, "第十五条", "此类信息不得公开。"),
        (OutcomeCode.INTERNAL, "第十六条第一款", "此类信息可以不予公开。"),
        (OutcomeCode.PROCESS, "第十六条第二款", "此类信息可以不予公开。"),
        (OutcomeCode.ENFORCEMENT, "第十六条第二款", "此类信息可以不予公开。"),
    ],
)
def test_refusal_cites_the_article_of_its_ground(
    outcome: OutcomeCode, article: str, consequence: str
) -> None:
    values = letters.preview_values(LetterKind.WITHHELD)

    text = letters.compose(LetterKind.WITHHELD, values, outcome=outcome, office=OFFICE)

    assert text.paragraphs[2].text.endswith(
        f"根据《中华人民共和国政府信息公开条例》{article}的规定，{consequence}"
    )


def test_refusal_needs_its_outcome() -> None:
    values = letters.preview_values(LetterKind.WITHHELD)

    assert refusals(LetterKind.WITHHELD, values)[0] == "请选择与“不予公开决定书”相符的答复结果。"


def test_outcome_of_another_letter_is_refused() -> None:
    assert refusals(LetterKind.ALREADY_PUBLIC, PUBLIC, outcome=OutcomeCode.PROCESS) == [
        "请选择与“答复书：已主动公开”相符的答复结果。"
    ]


def test_outcome_names_what_its_record_lacks() -> None:
    values = {**letters.preview_values(LetterKind.NOT_EXIST), "searched_by": ""}

    assert refusals(LetterKind.NOT_EXIST, values) == [
        "“政府信息不存在”还缺：检索记录（范围、方法、日期、检索人）。",
        "缺少：检索人（不印出）。",
    ]


def test_records_are_kept_out_of_print() -> None:
    values = {
        **letters.preview_values(LetterKind.WITHHELD),
        "secret_level": "机密甲",
        "secret_until": "十年乙",
    }

    text = letters.compose(
        LetterKind.WITHHELD, values, outcome=OutcomeCode.CLASSIFIED, office=OFFICE
    )

    assert [each for each in text.all_text() if "机密甲" in each or "十年乙" in each] == []


def test_answer_without_a_reviewing_body_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        letters.compose(LetterKind.ALREADY_PUBLIC, PUBLIC)

    assert refused.value.codes == ("review_body_missing", "court_missing")


def test_answer_served_online_gives_the_online_channel() -> None:
    text = letters.compose(LetterKind.ALREADY_PUBLIC, PUBLIC, office=OFFICE, served_online=True)

    assert text.remedies[-1] == "网上提交行政复议申请的渠道：https://review.example.gov.cn。"


def test_letter_on_the_way_needs_no_reviewing_body() -> None:
    values = letters.preview_values(LetterKind.CORRECTION)

    assert letters.compose(LetterKind.CORRECTION, values, served_online=True).remedies == ()


@pytest.mark.parametrize(
    ("mode", "standard"),
    [
        (
            "按件计收",
            (
                "同一申请人一个自然月内累计申请10件以下（含10件）的，不收费；11至30件（含30件）的部分，每件100元；"
                "31件以上的部分，以10件为一档，每增加一档，收费标准提高100元/件。"
            ),
        ),
        (
            "按量计收",
            (
                "30页以下（含30页）的，不收费；31至100页（含100页）的部分，每页10元；"
                "101至200页（含200页）的部分，每页20元；201页以上的部分，每页40元。"
            ),
        ),
    ],
)
def test_fee_notice_states_the_standard_of_its_method(mode: str, standard: str) -> None:
    values = {**letters.preview_values(LetterKind.FEE), "fee_mode": mode}

    texts = [each.text for each in letters.compose(LetterKind.FEE, values).paragraphs]

    assert [text for text in texts if text.endswith(standard)] != []


def test_fee_notice_of_no_method_is_refused() -> None:
    values = {**letters.preview_values(LetterKind.FEE), "fee_mode": "按天计收"}

    assert refusals(LetterKind.FEE, values) == ["缺少：收费标准。"]


def test_office_wording_replaces_the_words_and_keeps_the_remedies() -> None:
    wording = "{you}好。依照《中华人民共和国政府信息公开条例》第三十六条第（一）项，请看：\n{where_public}"

    text = letters.compose(LetterKind.ALREADY_PUBLIC, PUBLIC, wording=wording, office=OFFICE)

    assert text.paragraphs == (
        Paragraph("您好。依照《中华人民共和国政府信息公开条例》第三十六条第（一）项，请看："),
        Paragraph("门户网站“政府信息公开”专栏"),
    )
    assert (
        text.remedies == letters.compose(LetterKind.ALREADY_PUBLIC, PUBLIC, office=OFFICE).remedies
    )


def test_office_wording_is_checked_again_when_composed() -> None:
    assert refusals(LetterKind.ALREADY_PUBLIC, PUBLIC, wording="第三十六条第（一）项") == [
        "依照条例第三十六条第（一）项，文书必须写明：{where_public}。"
    ]


def test_wording_with_unknown_names_and_stray_braces() -> None:
    wording = WORDINGS[LetterKind.ALREADY_PUBLIC] + "{purpose}\n{?colour}甲\n{ you }\n乙}"

    assert wording_refusals(LetterKind.ALREADY_PUBLIC, wording) == [
        ("unknown_placeholder", "没有名为colour的占位符。"),
        ("unknown_placeholder", "没有名为purpose的占位符。"),
        ("stray_brace", "有不成对的花括号，或者占位符的名称写错。"),
    ]


def test_wording_may_not_print_a_record() -> None:
    wording = WORDINGS[LetterKind.NOT_EXIST] + "检索人{searched_by}"

    assert wording_refusals(LetterKind.NOT_EXIST, wording) == [
        ("record_only", "“检索人（不印出）”只在案卷中留存，不能印出。")
    ]


def test_wording_without_what_the_law_demands() -> None:
    assert wording_refusals(LetterKind.EXTENSION, "延期到{new_due_on}。") == [
        ("must_say", "依照条例第三十三条第二款，文书必须写明：第三十三条第二款。"),
        ("must_say", "依照条例第三十三条第二款，文书必须写明：{reason}。"),
        ("must_say", "依照条例第三十三条第二款，文书必须写明：政府信息公开工作机构负责人同意。"),
    ]


@pytest.mark.parametrize(
    ("old", "why"),
    [
        ("不予受理", "不能出现“受理”：2019年修订的条例没有受理环节，请用“收到”“办理”“答复”。"),
        ("3个月内起诉", "不能出现“3个月”：直接起诉的期限是6个月（行政诉讼法第四十六条）。"),
        ("请说明用途", "不能出现“用途”：条例不要求说明用途。"),
        (
            "依据《政府信息公开条例》第八条",
            "不能出现“条例》第八条”：2007年条例第八条的内容现为第十四条。",
        ),
    ],
)
def test_wording_with_words_of_the_repealed_regulation(old: str, why: str) -> None:
    wording = WORDINGS[LetterKind.ALREADY_PUBLIC] + old

    assert wording_refusals(LetterKind.ALREADY_PUBLIC, wording) == [("forbidden_word", why)]


def test_what_people_quote_may_contain_old_words() -> None:
    text = letters.compose(
        LetterKind.ALREADY_PUBLIC, {**PUBLIC, "request": "2018年不予受理的名单"}, office=OFFICE
    )

    assert "“2018年不予受理的名单”" in text.paragraphs[0].text


# Kind, mark of its series, who signs off, to whom: as the office has decided.
DECIDED = [
    ("receipt", "receipt", False, "applicant"),
    ("correction", "correction", False, "applicant"),
    ("extension", "extension", True, "applicant"),
    ("consult_third_party", "consultation", False, "third_party"),
    ("consult_notice", "consultation", False, "applicant"),
    ("consult_co_maker", "organ", False, "organ"),
    ("consult_organ", "organ", False, "organ"),
    ("third_party_decision", "decision", True, "third_party"),
    ("reasons", "reasons", False, "applicant"),
    ("delay", "extension", True, "applicant"),
    ("fee", "fee", True, "applicant"),
    ("fee_withdrawal", "fee", False, "applicant"),
    ("already_public", "answer", True, "applicant"),
    ("disclosed", "answer", True, "applicant"),
    ("partial", "answer", True, "applicant"),
    ("withheld", "answer", True, "applicant"),
    ("not_exist", "answer", True, "applicant"),
    ("not_ours", "answer", True, "applicant"),
    ("repeated", "answer", True, "applicant"),
    ("other_law", "answer", True, "applicant"),
    ("needs_processing", "answer", True, "applicant"),
    ("petition", "answer", True, "applicant"),
    ("publication", "answer", True, "applicant"),
    ("excessive", "answer", True, "applicant"),
    ("reconfirmation", "answer", True, "applicant"),
    ("still_unclear", "answer", True, "applicant"),
    ("other_answer", "answer", True, "applicant"),
    ("lapse_correction", "answer", True, "applicant"),
    ("lapse_fee", "answer", True, "applicant"),
    ("withdrawal", "answer", False, "applicant"),
    ("amendment_receipt", "receipt", False, "applicant"),
    ("amended", "amendment", True, "applicant"),
    ("amendment_refused", "amendment", True, "applicant"),
    ("amendment_passed_on", "amendment", True, "applicant"),
]


def test_kinds_as_the_office_decided() -> None:
    found = [
        (k.code.value, k.series.value, k.needs_approval, k.addressee.value) for k in KINDS.values()
    ]

    assert found == DECIDED
    assert [code for code, *_ in DECIDED] == [kind.value for kind in LetterKind]


def test_remedies_of_each_kind() -> None:
    by_variant: dict[RemedyVariant, set[str]] = {}
    for kind in LetterKind:
        by_variant.setdefault(letters.remedies_of(kind), set()).add(kind.value)

    assert by_variant == {
        RemedyVariant.R0: {
            "receipt", "correction", "extension", "consult_third_party", "consult_notice", "consult_co_maker",
            "consult_organ", "reasons", "delay", "fee", "fee_withdrawal", "withdrawal", "amended", "amendment_passed_on",
                "amendment_receipt",
        },
        RemedyVariant.R1: {
            "third_party_decision", "already_public", "disclosed", "not_exist", "not_ours", "excessive",
            "reconfirmation", "still_unclear", "other_answer", "lapse_correction", "lapse_fee",
            "amendment_refused",
        },
        RemedyVariant.R1_SWITCHED: {"repeated", "other_law", "needs_processing", "petition", "publication"},
        RemedyVariant.R2: {"withheld"},
        RemedyVariant.R3: {"partial"},
    }  # fmt: skip


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_field_is_in_the_catalogue_and_every_choice_prints(kind: LetterKind) -> None:
    fields = KINDS[kind].fields

    assert [field.name for field in fields if field.name not in letters.PLACEHOLDERS] == []
    assert [
        field.name for field in fields if (field.input.value == "choice") is not bool(field.choices)
    ] == []
    assert len({field.name for field in fields}) == len(fields)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_date_fields_are_date_placeholders(kind: LetterKind) -> None:
    wrong = [
        field.name
        for field in KINDS[kind].fields
        if (field.input.value == "date") is not letters.PLACEHOLDERS[field.name].is_date
    ]

    assert wrong == []


def test_preview_gives_only_what_the_kind_can_print() -> None:
    values = letters.preview_values(LetterKind.WITHDRAWAL)

    assert values["withdrawn_on"] == "2026-03-18"
    assert [name for name in ("attachments", "reason", "fee_rows") if name in values] == []


def test_only_organs_are_asked_by_letters_to_organs() -> None:
    organs = [kind for kind in LetterKind if KINDS[kind].addressee is Addressee.ORGAN]

    assert organs == [LetterKind.CONSULT_CO_MAKER, LetterKind.CONSULT_ORGAN]


ANSWERING = [
    ("already_public", None), ("disclosed", None), ("partial", None), ("withheld", "process"),
    ("not_exist", None), ("not_ours", None), ("repeated", None), ("other_law", None),
    ("needs_processing", None), ("petition", None), ("publication", None), ("excessive", None),
    ("reconfirmation", None), ("still_unclear", None), ("other_answer", None),
    ("lapse_correction", None), ("lapse_fee", None),
]  # fmt: skip
AGAIN = "本机关于2026年5月11日收到2026年5月6日作出的行政复议决定书（甘政复决字〔2026〕12号），依照其要求对该申请重新办理。"


def lines_of(kind, outcome=None, *, wording=None, **changes):
    values = {**letters.preview_values(kind), **changes}
    text = letters.compose(kind, values, wording=wording, outcome=outcome, office=OFFICE)
    return [each.text for each in text.paragraphs]


@pytest.mark.parametrize(("kind", "outcome"), ANSWERING)
def test_answer_after_a_review_decision_names_it_after_what_was_received(kind, outcome) -> None:
    first = lines_of(LetterKind(kind), outcome and OutcomeCode(outcome))
    again = lines_of(
        LetterKind(kind),
        outcome and OutcomeCode(outcome),
        decision_number="甘政复决字〔2026〕12号",
        decision_on="2026-05-11",
        decision_made_on="2026-05-06",
    )

    place = again.index(AGAIN)
    assert [*again[:place], *again[place + 1 :]] == first
    assert "收到" in again[place - 1]


def test_letters_on_the_way_name_no_decision() -> None:
    given = {"decision_number": "甘政复决字〔2026〕12号", "decision_on": "2026-05-11"}

    assert lines_of(LetterKind.CONSULT_NOTICE, **given) == lines_of(LetterKind.CONSULT_NOTICE)
    assert lines_of(LetterKind.WITHDRAWAL, **given) == lines_of(LetterKind.WITHDRAWAL)


def test_office_wording_cannot_leave_the_decision_out_and_may_place_it() -> None:
    given = {"decision_number": "（2026）甘03行初12号", "decision_on": "2026-05-11"}
    plain = "依照《政府信息公开条例》第三十六条第（一）项，请看：\n{where_public}"

    left_out = lines_of(LetterKind.ALREADY_PUBLIC, wording=plain, **given)
    placed = lines_of(LetterKind.ALREADY_PUBLIC, wording=plain + "\n{decided_again}", **given)

    again = "本机关于2026年5月11日收到（2026）甘03行初12号行政判决书，依照其要求对该申请重新办理。"
    assert (left_out[1], placed[-1]) == (again, again)
    assert (left_out.count(again), placed.count(again)) == (1, 1)


def test_decision_that_is_called_by_its_name_keeps_it() -> None:
    lines = lines_of(
        LetterKind.DISCLOSED,
        decision_number="甘肃省人民政府行政复议决定书（甘政复决字〔2026〕12号）",
        decision_on="2026-05-11",
    )

    assert lines[2] == (
        "本机关于2026年5月11日收到甘肃省人民政府行政复议决定书（甘政复决字〔2026〕12号），"
        "依照其要求对该申请重新办理。"
    )


@pytest.mark.parametrize("kind", [LetterKind.EXTENSION, LetterKind.DISCLOSED, LetterKind.RECEIPT])
def test_letter_that_replaces_another_ends_with_its_number(kind) -> None:
    lines = lines_of(kind, replaced_number="金政办公开告〔2026〕11号")

    assert lines == [
        *lines_of(kind), "文号为金政办公开告〔2026〕11号的文书已经作废，以本文书为准。",
    ]  # fmt: skip


def parts_of(count):
    given = dict.fromkeys(("withheld_2", "ground_2", "withheld_reason_2"), "")
    given |= dict.fromkeys(("withheld_3", "ground_3", "withheld_reason_3"), "")
    for number in range(1, count + 1):
        mark = "" if number == 1 else f"_{number}"
        given |= {
            f"withheld{mark}": f"第{number}页",
            f"ground{mark}": "process" if number % 2 else "internal",
            f"withheld_reason{mark}": f"理由{number}。",
        }
    return given


def test_one_withheld_part_is_not_numbered() -> None:
    assert (
        "第1页，属于行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息"
        "（《中华人民共和国政府信息公开条例》第十六条第二款），不予公开。理由是：理由1。"
    ) in lines_of(LetterKind.PARTIAL, **parts_of(1))


def test_twenty_withheld_parts_are_numbered_each_with_its_ground_and_reason() -> None:
    process = (
        "属于行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息"
        "（《中华人民共和国政府信息公开条例》第十六条第二款）"
    )
    internal = (
        "属于行政机关人事管理、后勤管理、内部工作流程等方面的内部事务信息"
        "（《中华人民共和国政府信息公开条例》第十六条第一款）"
    )

    lines = lines_of(LetterKind.PARTIAL, **parts_of(20))

    start = lines.index("二、不予公开的内容和理由") + 1
    assert lines[start : start + 20] == [
        f"{n}. 第{n}页，{process if n % 2 else internal}，不予公开。理由是：理由{n}。"
        for n in range(1, 21)
    ]


def test_a_part_left_out_in_between_leaves_no_hole() -> None:
    given = parts_of(3) | dict.fromkeys(("withheld_2", "ground_2", "withheld_reason_2"), "")

    lines = lines_of(LetterKind.PARTIAL, **given)

    start = lines.index("二、不予公开的内容和理由") + 1
    assert [line[:7] for line in lines[start : start + 2]] == ["1. 第1页，", "2. 第3页，"]


def test_a_part_begun_and_not_finished_is_refused_by_its_number() -> None:
    values = letters.preview_values(LetterKind.PARTIAL) | parts_of(3) | {"withheld_20": "附件"}

    assert refusals(LetterKind.PARTIAL, values) == [
        "“部分公开”还缺：不予公开的内容之二十的内容、依据和理由。"
    ]


def test_a_twentieth_part_for_a_third_partys_sake_needs_its_record() -> None:
    values = letters.preview_values(LetterKind.PARTIAL) | parts_of(20)
    values |= {"ground_20": "third_party", "third_party_position": ""}

    assert refusals(LetterKind.PARTIAL, values) == ["“部分公开”还缺：征求第三方意见的情况。"]


@pytest.mark.parametrize("words", ["申请行政复议", "提起行政诉讼", "向人民法院起诉"])
def test_wording_may_not_speak_of_remedies_itself(words) -> None:
    wording = WORDINGS[LetterKind.WITHHELD] + f"如不服，可以{words}。"

    assert wording_refusals(LetterKind.WITHHELD, wording) == [
        (
            "locked_words",
            f"不能写“{words}”：救济告知由系统按答复结果写入，文本里另写会自相矛盾。",
        )
    ]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("2025年“三公”经费支出", "“2025年‘三公’经费支出”"),
        ("“‘十四五’规划”的附件", "“‘“十四五”规划’的附件”"),
        ("O’Neill公司的“‘环评’”", "“O’Neill公司的‘“环评”’”"),
        ("只有一半的“引号", "“只有一半的“引号”"),
        ("先合后开”再“引”", "“先合后开”再‘引’”"),
        ('直引号"三公"', '“直引号"三公"”'),
        ("没有引号", "“没有引号”"),
    ],
)
def test_marks_within_the_quoted_request_are_of_the_other_kind(typed, printed) -> None:
    lines = lines_of(LetterKind.DISCLOSED, request=typed)

    assert lines[0].endswith(f"申请公开{printed}。")


def test_what_the_wording_does_not_quote_keeps_its_marks() -> None:
    lines = lines_of(LetterKind.RECEIPT, request="2025年“三公”经费支出")

    assert "申请公开的内容：2025年“三公”经费支出" in lines
