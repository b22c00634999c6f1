"""Every letter says what the law demands of it: elements typed by hand from the regulation's articles.

The letters are composed with the samples of the placeholder catalogue.
"""

import re

import pytest

from requests_app.domain import letters, wordings
from requests_app.domain.letters import KINDS, LetterKind, LetterText
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.remedies import RemedyOffice

OFFICE = RemedyOffice(
    review_body="金昌市人民政府", court="甲法院", online_channel="https://review.example.gov.cn"
)
REGULATION = "《中华人民共和国政府信息公开条例》"
EVERYTHING = list(LetterKind)

# The outcome with which a letter that tells several is composed here.
OUTCOME = {
    LetterKind.WITHHELD: OutcomeCode.PROCESS,
    LetterKind.AMENDMENT_PASSED_ON: OutcomeCode.AMENDMENT_PASSED_ON,
}


def sample(kind: LetterKind, **changes: str) -> LetterText:
    return letters.compose(
        kind, {**letters.preview_values(kind), **changes}, outcome=OUTCOME.get(kind), office=OFFICE
    )


def body(text: LetterText) -> str:
    return "\n".join(paragraph.text for paragraph in text.paragraphs)


ASKED = ["2026年3月2日", "网上提交", "2026-0184", "2024年城市集中供热价格调整的批复和听证报告"]
RECORD = [
    "2026年3月2日", "网上提交", "2026-0184", "《城镇住房保障对象登记表》（2021年）", "与您自身相关", "家庭人口数登记为2人",
]  # fmt: skip
CONTACT = ["金昌市政府办公室信息公开科", "0935-8220051"]

ELEMENTS = [
    (
        LetterKind.RECEIPT,
        "政府信息公开申请登记回执",
        [
            "网上提交", "2026-0184", "收到申请的日期：2026年3月2日", f"{REGULATION}第三十一条", "双方确认之日",
            f"{REGULATION}第三十三条", "20个工作日", "最晚答复日为2026年3月30日", "R4KX7M2PQ8TVW",
        ],
    ),
    (
        LetterKind.CORRECTION,
        "政府信息公开申请补正告知书",
        [
            *ASKED, "尚不明确或者不完整", f"{REGULATION}第二十九条第二款", f"{REGULATION}第三十条", "一次性告知", "1. “有关材料”指哪些文件", "2. 需要哪一年的材料",
            "请写明文件的名称", "网上提交，也可以当面递交或者邮寄至", "10个工作日内补正", "2026年3月26日（含当日）",
            "答复期限自本机关收到补正的申请之日起重新计算", "无正当理由逾期不补正的，视为放弃申请，本机关不再处理",
        ],
    ),
    (
        LetterKind.EXTENSION,
        "政府信息公开延期答复告知书",
        [
            *ASKED, "2026年3月30日", f"{REGULATION}第三十三条第二款", "政府信息公开工作机构负责人同意",
            "延长20个工作日", "2026年4月28日（含当日）", "尚未形成正式意见",
        ],
    ),
    (
        LetterKind.CONSULT_THIRD_PARTY,
        "政府信息公开第三方意见征询书",
        [
            "第5至8页的成本数据", "可能属于商业秘密", f"{REGULATION}第十五条、第三十二条", "是否同意公开",
            "自收到本征询书之日起15个工作日内", "逾期未提出意见的，由本机关依照", "决定是否公开", "意见回执",
            "□同意公开", "□不同意公开",
        ],
    ),
    (
        LetterKind.CONSULT_NOTICE,
        "政府信息公开征求意见情况告知书",
        [
            *ASKED, "2026年3月5日", "征求第三方的意见", f"{REGULATION}第三十三条第三款",
            "征求第三方和其他机关意见所需时间不计算在答复期限内",
        ],
    ),
    (
        LetterKind.CONSULT_CO_MAKER,
        "关于征求公开政府信息意见的函",
        [
            "共同制作", "第5至8页的成本数据", f"{REGULATION}第三十四条", "自收到本函之日起15个工作日内",
            "逾期未提出意见的，视为同意公开",
        ],
    ),
    (
        LetterKind.CONSULT_ORGAN,
        "关于协商确认政府信息公开事项的函",
        [
            "第5至8页的成本数据", f"{REGULATION}第十一条", "协商、确认", "1. 表二的数据", "2. 是否同意公开",
            "不作为你单位已经同意处理",
        ],
    ),
    (
        LetterKind.THIRD_PARTY_DECISION,
        "政府信息公开决定告知书",
        [
            "2026年3月5日", "您表示不同意公开", f"{REGULATION}第十五条、第三十二条", "对公共利益造成重大影响",
            "决定公开的内容", "第5至8页的成本数据", "公开的理由", "2026年4月10日",
        ],
    ),
    (
        LetterKind.REASONS,
        "政府信息公开申请说明理由通知书",
        [
            *ASKED, "共向本机关提出申请46件", "明显超过合理范围", f"{REGULATION}第三十五条", "10个工作日内书面说明理由",
            "不予处理", "延迟答复的合理期限", "等待说明理由的时间计算在答复期限内",
        ],
    ),
    (
        LetterKind.DELAY,
        "政府信息公开延迟答复告知书",
        [*ASKED, "申请理由合理", f"{REGULATION}第三十五条", "2026年6月30日（含当日）"],
    ),
    (
        LetterKind.FEE,
        "政府信息公开信息处理费收费通知书",
        [
            *ASKED, "数量、频次明显超过合理范围", "已经超过收费标准中不收费的范围",
            f"{REGULATION}第四十二条", "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第五条",
            "31至100页（含100页）的部分，每页10元", "第31页：1页，每页10元，计10元", "合计人民币10元",
            "指定银行网点", "自收到本通知书次日起20个工作日内缴纳", "视为放弃申请，本机关不再处理",
            "答复期限自您完成缴费次日起重新计算", "到现场查阅、抄录",
        ],
    ),
    (
        LetterKind.FEE_WITHDRAWAL,
        "撤销政府信息公开信息处理费收费通知告知书",
        [
            *ASKED, "收费有误，现予撤销", f"{REGULATION}第四十二条",
            "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）", "不需要缴纳",
            "视同没有发出过该通知书", "140元，本机关将全额退还", "答复期限为2026年3月30日（含当日）",
        ],
    ),
    (
        LetterKind.ALREADY_PUBLIC,
        "政府信息公开申请答复书",
        [*ASKED, f"{REGULATION}第三十六条第（一）项", "已经主动公开", "方式、途径", "门户网站“政府信息公开”专栏"],
    ),
    (
        LetterKind.DISCLOSED,
        "政府信息公开申请答复书",
        [
            *ASKED, f"{REGULATION}第三十六条第（二）项", "可以公开", "金政发〔2024〕9号", "方式、途径和时间", "共6页",
            f"{REGULATION}第四十条", "改为提供扫描件",
        ],
    ),
    (
        LetterKind.PARTIAL,
        "政府信息公开申请答复书",
        [
            *ASKED, f"{REGULATION}第三十六条第（二）项、第（三）项和第三十七条", "金政发〔2024〕9号", "参加人住址",
            f"（{REGULATION}第十五条）", "住址属于个人隐私", f"（{REGULATION}第十六条第二款）",
            f"（{REGULATION}第十六条第一款）", f"{REGULATION}第三十二条", "第三方不同意公开，经审查理由合理",
            "法律、行政法规禁止公开的依据是《中华人民共和国统计法》",
        ],
    ),
    (
        LetterKind.WITHHELD,
        "政府信息不予公开决定书",
        [
            *ASKED, "讨论记录、过程稿、磋商信函、请示报告等过程性信息", f"{REGULATION}第十六条第二款", "可以不予公开",
            "理由如下", "公开会影响以后的坦率讨论", f"{REGULATION}第三十六条第（三）项", "决定",
        ],
    ),
    (
        LetterKind.NOT_EXIST,
        "政府信息公开申请答复书",
        [
            *ASKED, "2026年3月16日进行了检索", "检索范围：本机关2020年至2025年的公文库", "检索方法和结果：以“供热”",
            f"{REGULATION}第三十六条第（四）项", "该政府信息不存在",
        ],
    ),
    (
        LetterKind.NOT_OURS,
        "政府信息公开申请答复书",
        [
            *ASKED, "不属于本机关负责公开", f"{REGULATION}第十条、第三十六条第（五）项", "金昌市发展和改革委员会",
            "联系方式：0935-0000000",
        ],
    ),
    (
        LetterKind.REPEATED,
        "政府信息公开申请不予重复处理告知书",
        [
            *ASKED, "2025年6月10日", "金政办公开告〔2025〕8号", f"{REGULATION}第三十六条第（六）项", "不予重复处理",
        ],
    ),
    (
        LetterKind.OTHER_LAW,
        "政府信息公开申请告知书",
        [
            *ASKED, "不动产登记资料", "《不动产登记暂行条例》第二十七条", f"{REGULATION}第三十六条第（七）项",
            "金昌市不动产登记中心",
        ],
    ),
    (
        LetterKind.NEEDS_PROCESSING,
        "政府信息公开申请答复书",
        [*ASKED, f"{REGULATION}第三十八条", "加工、分析", "不予提供"],
    ),
    (
        LetterKind.PETITION,
        "政府信息公开申请告知书",
        [*ASKED, f"{REGULATION}第三十九条第一款", "不作为政府信息公开申请处理", "12345"],
    ),
    (
        LetterKind.PUBLICATION,
        "政府信息公开申请告知书",
        [*ASKED, f"{REGULATION}第三十九条第二款", "《金昌市人民政府公报》2025年第3期", "市图书馆"],
    ),
    (
        LetterKind.EXCESSIVE,
        "政府信息公开申请不予处理告知书",
        [*ASKED, f"{REGULATION}第三十五条", "2026年3月6日通知您说明理由", "都有需要", "申请理由不合理", "不予处理"],
    ),
    (
        LetterKind.RECONFIRMATION,
        "政府信息公开申请不予处理告知书",
        [*ASKED, f"{REGULATION}第二条", "确认或者重新出具已经获取的信息", "不予处理"],
    ),
    (
        LetterKind.STILL_UNCLEAR,
        "政府信息公开申请答复书",
        [
            *ASKED, f"{REGULATION}第二十九条第二款第（二）项和第三十条", "2026年3月12日收到补正的申请", "仍不明确",
            "仍未指明文件名称", "无法提供", "重新提出申请",
        ],
    ),
    (
        LetterKind.OTHER_ANSWER,
        "政府信息公开申请答复书",
        [*ASKED, "移交市档案馆保管", "《中华人民共和国档案法》第十五条", "请向市档案馆申请利用"],
    ),
    (
        LetterKind.LAPSE_CORRECTION,
        "政府信息公开申请不再处理告知书",
        [
            *ASKED, "金政办公开补〔2026〕3号", "2026年3月12日送达", "2026年3月26日届满", f"{REGULATION}第三十条",
            "不再处理", "重新提出申请",
        ],
    ),
    (
        LetterKind.LAPSE_FEE,
        "政府信息公开申请不再处理告知书",
        [
            *ASKED, "2026年3月12日送达", "2026年3月26日届满", "国办函〔2020〕109号", "没有缴纳信息处理费", "不再处理",
            "重新提出申请",
        ],
    ),
    (
        LetterKind.WITHDRAWAL,
        "政府信息公开申请撤回确认书",
        [*ASKED, "2026年3月18日提出撤回", "不再办理", "重新提出申请"],
    ),
    (
        LetterKind.AMENDMENT_RECEIPT,
        "更正政府信息申请登记回执",
        [
            "网上提交", "2026-0184", "收到申请的日期：2026年3月2日", f"{REGULATION}第四十一条没有规定",
            "给自己定的答复日期为2026年3月30日", "R4KX7M2PQ8TVW",
        ],
    ),
    (
        LetterKind.AMENDED,
        "政府信息更正告知书",
        [
            *RECORD, "户口簿证明", f"{REGULATION}第四十一条", "2026年3月20日予以更正", "家庭人口数更正为3人",
        ],
    ),
    (
        LetterKind.AMENDMENT_REFUSED,
        "政府信息不予更正告知书",
        [*RECORD, "户口簿证明", f"{REGULATION}第四十一条", "有证据证明", "不予更正，理由如下", "坦率讨论"],
    ),
    (
        LetterKind.AMENDMENT_PASSED_ON,
        "更正政府信息申请转送告知书",
        [
            *RECORD, "不属于本机关职能范围", "金昌市发展和改革委员会，联系方式：0935-0000000",
            f"{REGULATION}第四十一条", "2026年3月20日将您的申请转送该机关处理",
        ],
    ),
]  # fmt: skip

REVIEW = "60日内向金昌市人民政府申请行政复议"
SUIT = "6个月内依法向甲法院提起行政诉讼"
FIRST = "应当先自收到"

# What stands in the locked block, and what must not.
REMEDIES = {
    LetterKind.THIRD_PARTY_DECISION: ("本告知书", [REVIEW, SUIT], [FIRST]),
    LetterKind.ALREADY_PUBLIC: ("本答复书", [REVIEW, SUIT], [FIRST]),
    LetterKind.DISCLOSED: ("本答复书", [REVIEW, SUIT], [FIRST]),
    LetterKind.PARTIAL: ("本答复书", [REVIEW, SUIT, FIRST, "15日内"], []),
    LetterKind.WITHHELD: ("本决定书", [REVIEW, FIRST, "15日内"], [SUIT]),
    LetterKind.NOT_EXIST: ("本答复书", [REVIEW, SUIT], [FIRST]),
    LetterKind.NOT_OURS: ("本答复书", [REVIEW, SUIT], [FIRST]),
    LetterKind.REPEATED: ("本告知书", [REVIEW, SUIT], [FIRST]),
    LetterKind.OTHER_LAW: ("本告知书", [REVIEW, SUIT], [FIRST]),
    LetterKind.NEEDS_PROCESSING: ("本答复书", [REVIEW, SUIT], [FIRST]),
    LetterKind.PETITION: ("本告知书", [REVIEW, SUIT], [FIRST]),
    LetterKind.PUBLICATION: ("本告知书", [REVIEW, SUIT], [FIRST]),
    LetterKind.EXCESSIVE: ("本告知书", [REVIEW, SUIT], [FIRST]),
    LetterKind.RECONFIRMATION: ("本告知书", [REVIEW, SUIT], [FIRST]),
    LetterKind.STILL_UNCLEAR: ("本答复书", [REVIEW, SUIT], [FIRST]),
    LetterKind.OTHER_ANSWER: ("本答复书", [REVIEW, SUIT], [FIRST]),
    LetterKind.LAPSE_CORRECTION: ("本告知书", [REVIEW, SUIT], [FIRST]),
    LetterKind.LAPSE_FEE: ("本告知书", [REVIEW, SUIT], [FIRST]),
    LetterKind.AMENDMENT_REFUSED: ("本告知书", [REVIEW, SUIT], [FIRST]),
    LetterKind.FEE: (
        "本收费通知",
        ["不能单独就本收费通知申请行政复议或者提起行政诉讼"],
        [REVIEW, SUIT, FIRST],
    ),
}
SILENT = [
    LetterKind.RECEIPT,
    LetterKind.AMENDMENT_RECEIPT,
    LetterKind.CORRECTION,
    LetterKind.EXTENSION,
    LetterKind.CONSULT_THIRD_PARTY,
    LetterKind.CONSULT_NOTICE,
    LetterKind.CONSULT_CO_MAKER,
    LetterKind.CONSULT_ORGAN,
    LetterKind.FEE_WITHDRAWAL,
    LetterKind.REASONS,
    LetterKind.DELAY,
    LetterKind.WITHDRAWAL,
    LetterKind.AMENDED,
    LetterKind.AMENDMENT_PASSED_ON,
]


def test_every_kind_is_listed_here() -> None:
    assert [kind for kind, *_ in ELEMENTS] == EVERYTHING
    assert {*REMEDIES, *SILENT} == set(LetterKind)


@pytest.mark.parametrize(("kind", "title", "elements"), ELEMENTS)
def test_letter_says_what_the_law_demands(
    kind: LetterKind, title: str, elements: list[str]
) -> None:
    text = sample(kind)

    assert text.title == title
    assert [element for element in elements if element not in body(text)] == []
    assert [element for element in CONTACT if element not in text.contact] == []
    assert (text.issuer, text.signer) == ("金昌市人民政府办公室", "金昌市人民政府办公室")


@pytest.mark.parametrize("kind", EVERYTHING)
def test_letter_has_no_holes(kind: LetterKind) -> None:
    printed = "\n".join(sample(kind).all_text())

    assert re.findall(r"[{}]|None|null|undefined|。。|，，|，。|：。", printed) == []


@pytest.mark.parametrize("kind", EVERYTHING)
def test_letter_uses_no_word_of_the_repealed_regulation(kind: LetterKind) -> None:
    printed = "\n".join(sample(kind).all_text())

    old = [
        "受理",
        "无效",
        "3个月",
        "三个月",
        "用途",
        "第八条",
        "15日内答复",
        "15个工作日内答复",
        "检索费",
        "复制费",
    ]
    assert [word for word in old if word in printed] == []


@pytest.mark.parametrize(("kind", "expected"), REMEDIES.items())
def test_letter_carries_its_remedies(
    kind: LetterKind, expected: tuple[str, list[str], list[str]]
) -> None:
    word, said, unsaid = expected

    block = "\n".join(sample(kind).remedies)

    assert word in block
    assert [each for each in said if each not in block] == []
    assert [each for each in unsaid if each in block] == []


@pytest.mark.parametrize("kind", SILENT)
def test_letter_that_cannot_be_challenged_says_nothing_of_remedies(kind: LetterKind) -> None:
    text = sample(kind)

    assert text.remedies == ()
    assert "申请行政复议" not in body(text)


@pytest.mark.parametrize(
    "kind",
    [kind for kind in EVERYTHING if KINDS[kind].addressee is not letters.Addressee.APPLICANT],
)
def test_letter_to_others_never_names_the_applicant_or_the_request(kind: LetterKind) -> None:
    printed = "\n".join(sample(kind, addressee="乙公司").all_text())

    assert "阿依古丽" not in printed
    assert "2024年城市集中供热价格调整的批复和听证报告" not in printed


@pytest.mark.parametrize("kind", EVERYTHING)
def test_built_in_wording_passes_the_check_for_wordings(kind: LetterKind) -> None:
    letters.check_wording(kind, wordings.WORDINGS[kind])


def test_there_is_a_wording_for_every_kind() -> None:
    assert set(wordings.WORDINGS) == set(LetterKind)


def test_notice_of_a_consultation_before_it_went_out_names_no_day() -> None:
    printed = body(sample(LetterKind.CONSULT_NOTICE, consulted_on=""))

    assert "因办理需要，本机关书面征求第三方的意见。" in printed
    assert "{" not in printed


def test_receipt_without_the_code_tells_where_to_ask() -> None:
    printed = body(sample(LetterKind.RECEIPT, query_code=""))

    assert "查询码遗失的，请持有效身份证件与本机关联系" in printed


@pytest.mark.parametrize("kind", [LetterKind.RECEIPT, LetterKind.EXTENSION])
def test_last_day_that_may_move_says_so_in_the_paragraph_after_it(kind: LetterKind) -> None:
    condition = "2027年的放假安排尚未公布，上述日期以公布后的放假安排计算为准。"

    texts = [each.text for each in sample(kind, due_condition=condition).paragraphs]

    assert "（含当日）。" in texts[texts.index(condition) - 1]


@pytest.mark.parametrize("kind", [LetterKind.RECEIPT, LetterKind.EXTENSION])
def test_last_day_that_stands_has_no_condition(kind: LetterKind) -> None:
    assert "上述日期" not in body(sample(kind, due_condition=""))


def test_answer_before_any_correction_mentions_none() -> None:
    assert "补正" not in body(sample(LetterKind.DISCLOSED, corrected_on=""))
    assert "本机关于2026年3月12日收到您补正的申请。" in body(sample(LetterKind.DISCLOSED))


def test_not_ours_without_a_known_organ_says_so() -> None:
    printed = body(
        sample(LetterKind.NOT_OURS, organ_name="", organ_contact="", organ_unknown="yes")
    )

    assert "本机关目前无法确定负责公开该政府信息的行政机关" in printed
    assert "联系方式" not in printed


def test_excessive_without_reasons_says_so() -> None:
    assert "您没有说明理由" in body(sample(LetterKind.EXCESSIVE, applicant_reasons=""))


def test_amendment_nobody_passed_on_tells_where_to_ask() -> None:
    kind = LetterKind.AMENDMENT_PASSED_ON
    values = {**letters.preview_values(kind), "passed_on": ""}
    outcome = OutcomeCode.AMENDMENT_ELSEWHERE
    printed = body(letters.compose(kind, values, outcome=outcome, office=OFFICE))

    assert "请您向该机关提出更正申请。" in printed
    assert "转送" not in printed
