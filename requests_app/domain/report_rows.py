"""The rows of table 三 of the annual report (国办公开办函〔2021〕30号): numbers, headings, official labels.

Which outcome is counted in which row stands in ``outcomes``; the sums belong to the annual report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ReportGroup(StrEnum):
    """The headings of table 三 that rows stand under."""

    NEW = "new"
    CARRIED_IN = "carried_in"
    RESULTS = "results"
    WITHHELD = "withheld"
    CANNOT_PROVIDE = "cannot_provide"
    NOT_PROCESSED = "not_processed"
    OTHER = "other"
    TOTAL = "total"
    CARRIED_OUT = "carried_out"


REPORT_GROUP_LABELS: Final[Mapping[ReportGroup, str]] = MappingProxyType(
    {
        ReportGroup.NEW: "一、本年新收政府信息公开申请数量",
        ReportGroup.CARRIED_IN: "二、上年结转政府信息公开申请数量",
        ReportGroup.RESULTS: "三、本年度办理结果",
        ReportGroup.WITHHELD: "（三）不予公开",
        ReportGroup.CANNOT_PROVIDE: "（四）无法提供",
        ReportGroup.NOT_PROCESSED: "（五）不予处理",
        ReportGroup.OTHER: "（六）其他处理",
        ReportGroup.TOTAL: "（七）总计",
        ReportGroup.CARRIED_OUT: "四、结转下年度继续办理",
    }
)


class ReportRow(StrEnum):
    """A row of table 三; the value is its official number."""

    NEW = "1"
    CARRIED_IN = "2"
    DISCLOSED = "3.1"
    PARTIAL = "3.2"
    CLASSIFIED = "3.3.1"
    BANNED = "3.3.2"
    SAFETY = "3.3.3"
    THIRD_PARTY = "3.3.4"
    INTERNAL = "3.3.5"
    PROCESS = "3.3.6"
    ENFORCEMENT = "3.3.7"
    ADMINISTRATIVE_QUERY = "3.3.8"
    NOT_HELD = "3.4.1"
    NEEDS_MAKING = "3.4.2"
    STILL_UNCLEAR = "3.4.3"
    PETITION = "3.5.1"
    REPEATED = "3.5.2"
    PUBLICATION = "3.5.3"
    EXCESSIVE = "3.5.4"
    RECONFIRMATION = "3.5.5"
    LAPSED_CORRECTION = "3.6.1"
    LAPSED_FEE = "3.6.2"
    OTHER = "3.6.3"
    TOTAL = "3.7"
    CARRIED_OUT = "4"


@dataclass(frozen=True)
class ReportLine:
    """One row with its heading and official label, in the order of the form."""

    row: ReportRow
    group: ReportGroup
    label: str


REPORT_ROWS: Final = (
    ReportLine(ReportRow.NEW, ReportGroup.NEW, "一、本年新收政府信息公开申请数量"),
    ReportLine(ReportRow.CARRIED_IN, ReportGroup.CARRIED_IN, "二、上年结转政府信息公开申请数量"),
    ReportLine(ReportRow.DISCLOSED, ReportGroup.RESULTS, "（一）予以公开"),
    ReportLine(
        ReportRow.PARTIAL,
        ReportGroup.RESULTS,
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    ),
    ReportLine(ReportRow.CLASSIFIED, ReportGroup.WITHHELD, "1.属于国家秘密"),
    ReportLine(ReportRow.BANNED, ReportGroup.WITHHELD, "2.其他法律行政法规禁止公开"),
    ReportLine(ReportRow.SAFETY, ReportGroup.WITHHELD, "3.危及“三安全一稳定”"),
    ReportLine(ReportRow.THIRD_PARTY, ReportGroup.WITHHELD, "4.保护第三方合法权益"),
    ReportLine(ReportRow.INTERNAL, ReportGroup.WITHHELD, "5.属于三类内部事务信息"),
    ReportLine(ReportRow.PROCESS, ReportGroup.WITHHELD, "6.属于四类过程性信息"),
    ReportLine(ReportRow.ENFORCEMENT, ReportGroup.WITHHELD, "7.属于行政执法案卷"),
    ReportLine(ReportRow.ADMINISTRATIVE_QUERY, ReportGroup.WITHHELD, "8.属于行政查询事项"),
    ReportLine(ReportRow.NOT_HELD, ReportGroup.CANNOT_PROVIDE, "1.本机关不掌握相关政府信息"),
    ReportLine(ReportRow.NEEDS_MAKING, ReportGroup.CANNOT_PROVIDE, "2.没有现成信息需要另行制作"),
    ReportLine(ReportRow.STILL_UNCLEAR, ReportGroup.CANNOT_PROVIDE, "3.补正后申请内容仍不明确"),
    ReportLine(ReportRow.PETITION, ReportGroup.NOT_PROCESSED, "1.信访举报投诉类申请"),
    ReportLine(ReportRow.REPEATED, ReportGroup.NOT_PROCESSED, "2.重复申请"),
    ReportLine(ReportRow.PUBLICATION, ReportGroup.NOT_PROCESSED, "3.要求提供公开出版物"),
    ReportLine(ReportRow.EXCESSIVE, ReportGroup.NOT_PROCESSED, "4.无正当理由大量反复申请"),
    ReportLine(
        ReportRow.RECONFIRMATION,
        ReportGroup.NOT_PROCESSED,
        "5.要求行政机关确认或重新出具已获取信息",
    ),
    ReportLine(
        ReportRow.LAPSED_CORRECTION,
        ReportGroup.OTHER,
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    ReportLine(
        ReportRow.LAPSED_FEE,
        ReportGroup.OTHER,
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    ReportLine(ReportRow.OTHER, ReportGroup.OTHER, "3.其他"),
    ReportLine(ReportRow.TOTAL, ReportGroup.TOTAL, "（七）总计"),
    ReportLine(ReportRow.CARRIED_OUT, ReportGroup.CARRIED_OUT, "四、结转下年度继续办理"),
)
