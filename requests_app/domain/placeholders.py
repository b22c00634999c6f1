"""The names a letter's wording may use, each with its label and a sample for previews.

A name that is not here is refused when a wording is saved and when a letter is composed. Dates are
given as ISO text and printed as 2026年3月5日. Samples are made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from requests_app.domain.application import ApplicantKind, Channel
from requests_app.domain.consultations import ConsultationKind
from requests_app.domain.withheld_parts import PARTS


@dataclass(frozen=True)
class Placeholder:
    """What a name stands for (to people) and a sample value."""

    label: str
    sample: str
    is_date: bool = False


def _text(label: str, sample: str) -> Placeholder:
    return Placeholder(label, sample)


def _date(label: str, sample: str) -> Placeholder:
    return Placeholder(label, sample, is_date=True)


#: Filled by the system from the case, the office's settings and the clock.
_SYSTEM: Final = {
    "issuer": _text("答复机关", "金昌市人民政府办公室"),
    "number": _text("文号", "金政办公开告〔2026〕12号"),
    "dated_on": _date("成文日期", "2026-03-27"),
    "addressee": _text("收信人", "阿依古丽·买买提"),
    "you": _text("称谓（您、你单位、你们）", "您"),
    "case_number": _text("申请编号", "2026-0184"),
    "received_on": _date("收到申请的日期", "2026-03-02"),
    "receipt_rule": _text(
        "收到日依据", "网上提交，以双方确认之日为收到之日；本机关以提交成功的页面作出确认。"
    ),
    "channel": _text("提交方式", "网上提交"),
    "request": _text("申请公开的内容", "2024年城市集中供热价格调整的批复和听证报告"),
    "corrected_on": _date("收到补正的日期", "2026-03-12"),
    "due_on": _date("答复期限", "2026-03-30"),
    "new_due_on": _date("新的答复期限", "2026-04-28"),
    "due_condition": _text(
        "答复期限可能变动的说明", "上述日期按征求意见的期限届满计算；提前收到意见的，相应提前。"
    ),
    "assumed_served_on": _date("推算的送达日期", "2026-03-12"),
    "correction_last_day": _date("补正的最后一天", "2026-03-26"),
    "subject": _text("涉及的政府信息", "《2024年供热价格成本监审报告》第5至8页的成本数据"),
    "consulted": _text("征求谁的意见", "第三方"),
    "consulted_on": _date("征求意见的日期", "2026-03-05"),
    "decision_number": _text("复议决定书、判决书的文号", "甘政复决字〔2026〕12号"),
    "decision_on": _date("收到复议决定书、判决书的日期", "2026-05-11"),
    "decision_made_on": _date("复议决定书、判决书作出的日期", "2026-05-06"),
    "replaced_number": _text("被替换的文书的文号", "金政办公开告〔2026〕11号"),
    "query_code": _text("查询码", "R4KX7M2PQ8TVW"),
    "website": _text("门户网站", "http://www.jcs.gov.cn/"),
    "contact_unit": _text("联系单位", "金昌市政府办公室信息公开科"),
    "contact_phone": _text("联系电话", "0935-8220051"),
    "contact_address": _text("联系地址", "金昌市金川区新华路82号市行政中心主楼415室"),
}

#: Worked out from other values while a letter is composed; never given.
_DERIVED: Final = {
    "ground_article": _text("不予公开依据的条款", "第十六条第二款"),
    "ground_sentence": _text("不予公开的情形", "属于行政执法案卷信息"),
    "ground_consequence": _text("条款的后果", "可以不予公开"),
    "fee_standard": _text("收费标准", "30页以下（含30页）的不收费。"),
    "withheld_parts": _text(
        "不予公开的各部分及其依据、理由",
        "听证报告第12页的参加人住址，属于个人隐私，不予公开。理由是：第三方不同意公开。",
    ),
    "decided_again": _text(
        "依照哪份决定重新办理",
        "本机关于2026年5月11日收到2026年5月6日作出的行政复议决定书（甘政复决字〔2026〕12号），依照其要求对该申请重新办理。",
    ),
}

_PART_SAMPLES: Final = (
    (
        "听证报告第12页的参加人住址",
        "third_party",
        "住址属于个人隐私，第三方不同意公开，理由合理。",
    ),
    (
        "听证报告附录的讨论记录",
        "process",
        "记录的是未定的意见，公开会影响以后的坦率讨论。",
    ),
    ("值班安排表", "internal", "只涉及内部值班，对外不产生影响。"),
)

#: What is withheld, part by part; only the first few have samples, or previews would be endless.
_WITHHELD: Final = {
    name: _text(f"{label}之{part.ordinal}", sample)
    for part, samples in zip(
        PARTS, (*_PART_SAMPLES, *[("", "", "")] * (len(PARTS) - len(_PART_SAMPLES))), strict=True
    )
    for name, label, sample in zip(
        part.names, ("不予公开的内容", "依据", "理由"), samples, strict=True
    )
}

#: Filled in by the clerk; labels for the form stand with the fields of each kind.
_TYPED: Final = {
    "points": _text("需要补正的事项", "“有关材料”指哪些文件\n需要哪一年的材料"),
    "guidance": _text(
        "怎样补正", "请写明文件的名称、文号或者大致的制作时间，例如“2024年供热价格听证报告”。"
    ),
    "correction_days": _text("补正期限（工作日）", "10"),
    "days": _text("延长工作日数", "20"),
    "interest": _text("可能涉及的合法权益", "企业的成本数据，可能属于商业秘密。"),
    "office_view": _text("本机关的初步意见", "拟全文公开。"),
    "questions": _text("需要协商、确认的事项", "表二的数据是否与贵单位公布的一致\n是否同意公开"),
    "position_summary": _text("第三方的意见", "您表示不同意公开，理由是涉及成本数据。"),
    "release_on": _date("提供给申请人的日期", "2026-04-10"),
    "reason": _text(
        "理由", "该材料为内部会议的讨论稿，尚未形成正式意见，公开会影响以后的坦率讨论。"
    ),
    "counts": _text("数量、频次情况", "2026年1月至3月，共向本机关提出申请46件，其中31件内容相近。"),
    "reasons_days": _text("说明理由的期限（工作日）", "10"),
    "until": _date("延迟答复的期限", "2026-06-30"),
    "fee_mode": _text("计收方式", "按量计收"),
    "fee_basis": _text(
        "收费标准的条款", "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第五条"
    ),
    "fee_rows": _text("收费明细", "第1至30页：30页，每页0元，计0元\n第31页：1页，每页10元，计10元"),
    "amount": _text("收费数额（元）", "10"),
    "payment_method": _text(
        "缴纳方式", "凭本通知书到指定银行网点缴入财政专户，缴款后领取财政票据。"
    ),
    "refund_words": _text(
        "已收的信息处理费怎样退还", "已经收到的信息处理费140元，本机关将全额退还。"
    ),
    "where_public": _text(
        "获取的方式、途径",
        "金昌市人民政府门户网站“政府信息公开”专栏，标题《关于调整供热价格的批复》。",
    ),
    "provided": _text("提供的信息", "《关于调整城市集中供热价格的批复》（金政发〔2024〕9号）"),
    "how_given": _text(
        "提供的方式、途径和时间", "电子文件随本答复书在查询页面提供，即日起可以下载。"
    ),
    "page_count": _text("页数", "6"),
    "different_form_reason": _text(
        "未按要求形式提供的理由", "原件为大幅图纸，复制可能损坏，改为提供扫描件。"
    ),
    "attachments": _text("附件", "《关于调整城市集中供热价格的批复》\n听证报告"),
    **_WITHHELD,
    "third_party_position": _text("第三方意见及审查情况", "第三方不同意公开，经审查理由合理。"),
    "banning_law": _text("禁止公开的法律、行政法规", "《中华人民共和国统计法》"),
    "search_scope": _text("检索范围", "本机关2020年至2025年的公文库、档案室同期案卷。"),
    "search_means": _text(
        "检索方法和结果",
        "以“供热”“听证”为关键词检索公文系统，并人工翻阅纸质目录，未发现所申请的文件。",
    ),
    "searched_on": _date("检索日期", "2026-03-16"),
    "organ_name": _text("负责公开的机关", "金昌市发展和改革委员会"),
    "organ_contact": _text("该机关的联系方式", "0935-0000000"),
    "organ_unknown": _text("无法确定负责机关", ""),
    "earlier_on": _date("前一次答复的日期", "2025-06-10"),
    "earlier_number": _text("前一次答复的文号", "金政办公开告〔2025〕8号"),
    "information_type": _text("信息类别", "不动产登记资料"),
    "law_name": _text("有特别规定的法律、行政法规", "《不动产登记暂行条例》第二十七条"),
    "where_to_go": _text(
        "办理途径", "权利人、利害关系人可以持身份证明到金昌市不动产登记中心申请查询、复制。"
    ),
    "proper_channel": _text("可以提出的渠道", "市信访局，或者拨打12345政务服务便民热线。"),
    "publication": _text("出版物名称", "《金昌市人民政府公报》2025年第3期"),
    "where_to_get": _text("获取的途径", "市图书馆、市档案馆查阅点可以免费查阅。"),
    "reasons_asked_on": _date("要求说明理由的日期", "2026-03-06"),
    "applicant_reasons": _text("申请人说明的理由", "都有需要"),
    "unclear_points": _text("仍不明确之处", "补正后仍未指明文件名称、文号或者大致年份"),
    "finding": _text("查明的情况", "所申请的材料已随机构改革移交市档案馆保管。"),
    "answer_basis": _text("依据", "《中华人民共和国档案法》第十五条"),
    "handling": _text("处理结果", "请向市档案馆申请利用。"),
    "notice_number": _text("原文书文号", "金政办公开补〔2026〕3号"),
    "notice_served_on": _date("原文书送达日期", "2026-03-12"),
    "period_ended_on": _date("期限届满日期", "2026-03-26"),
    "withdrawn_on": _date("撤回日期", "2026-03-18"),
    "record_name": _text("所涉的政府信息", "《城镇住房保障对象登记表》（2021年）"),
    "wrong_content": _text("申请人认为不准确的内容", "家庭人口数登记为2人"),
    "record_finding": _text("核实的情况", "您提供的户口簿证明，登记时家庭人口数为3人。"),
    "corrected_content": _text("更正后的内容", "家庭人口数更正为3人"),
    "amended_on": _date("更正日期", "2026-03-20"),
    "passed_on": _date("转送日期", "2026-03-20"),
    "secret_level": _text("密级", "秘密"),
    "secret_until": _text("保密期限", "10年"),
    "searched_by": _text("检索人", "王某、李某"),
}

PLACEHOLDERS: Final[Mapping[str, Placeholder]] = MappingProxyType({**_SYSTEM, **_DERIVED, **_TYPED})
SYSTEM: Final = frozenset(_SYSTEM)
DERIVED: Final = frozenset(_DERIVED)

#: What stands for ``you``, by who is addressed.
YOU: Final[Mapping[ApplicantKind, str]] = MappingProxyType(
    {
        ApplicantKind.PERSON: "您",
        ApplicantKind.ORGANISATION: "你单位",
    }
)

#: What stands for ``you`` where several apply together.
YOU_ALL: Final = "你们"

#: What stands for ``channel``: the word between 以 and 方式.
CHANNEL_WORDS: Final[Mapping[Channel, str]] = MappingProxyType(
    {
        Channel.ONLINE: "网上提交",
        Channel.COUNTER: "当面提交",
        Channel.MAIL_SIGNED: "邮政寄送",
        Channel.MAIL_UNSIGNED: "邮政寄送",
        Channel.FAX: "传真",
        Channel.ORAL: "口头",
    }
)

#: What stands for ``consulted``; the applicant is not told who the third party is.
CONSULTED_WORDS: Final[Mapping[ConsultationKind, str]] = MappingProxyType(
    {
        ConsultationKind.THIRD_PARTY: "第三方",
        ConsultationKind.CO_MAKER: "共同制作该政府信息的行政机关",
        ConsultationKind.ORGAN: "其他有关机关",
    }
)

#: What stands for ``due_condition``: why a last day that a letter names may still move.
MAY_MOVE_WITH_NOTICE: Final = "{year}年的放假安排尚未公布，上述日期以公布后的放假安排计算为准。"
MAY_MOVE_WITH_ANSWER: Final = "上述日期按征求意见的期限届满计算；提前收到意见的，相应提前。"
