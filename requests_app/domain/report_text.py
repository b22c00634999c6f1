"""The sections of an annual report that people write, with figures put in by name (一、五、六).

A name in braces stands for a figure of the report, such as ``{本年新收}``; the catalogue here is all
there is. Text is only ever searched for these names, never run as a template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from requests_app.domain import annual_remedies, annual_report
from requests_app.domain.annual_remedies import Cell
from requests_app.domain.annual_report import APPLICANTS, Column
from requests_app.domain.errors import Reason, refuse_if_any
from requests_app.domain.remedy_kinds import SUITS, ProceedingKind
from requests_app.domain.report_rows import REPORT_ROWS, ReportGroup, ReportRow

FEN_PER_YUAN: Final = 100
_NAME: Final = re.compile(r"\{([^{}\n]{1,20})\}")

#: Names and what they stand for, in the order the page lists them.
CATALOGUE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "年度": "报告的年度",
        "本年新收": "表三第一项，总计",
        "上年结转": "表三第二项，总计",
        "办结总数": "表三（七），总计",
        "结转下年": "表三第四项，总计",
        "自然人新收": "表三第一项，自然人",
        "法人新收": "表三第一项，法人或者其他组织",
        "予以公开": "表三（一），总计",
        "部分公开": "表三（二），总计",
        "不予公开": "表三（三）各项之和",
        "无法提供": "表三（四）各项之和",
        "不予处理": "表三（五）各项之和",
        "其他处理": "表三（六）各项之和",
        "复议总数": "表四行政复议，总计",
        "复议维持": "表四行政复议，结果维持",
        "复议纠正": "表四行政复议，结果纠正",
        "复议未结": "表四行政复议，尚未审结",
        "诉讼总数": "表四行政诉讼两类，总计",
        "诉讼维持": "表四行政诉讼两类，结果维持",
        "诉讼纠正": "表四行政诉讼两类，结果纠正",
        "诉讼未结": "表四行政诉讼两类，尚未审结",
        "信息处理费件数": "本年缴清信息处理费的申请件数",
        "信息处理费金额": "本年缴清的信息处理费，单位元",
    }
)

DEFAULT_OVERVIEW: Final = (
    "本报告依据《中华人民共和国政府信息公开条例》编制，统计期限为{年度}年1月1日至12月31日。\n"
    "（一）主动公开。\n"
    "（二）依申请公开。全年新收政府信息公开申请{本年新收}件（自然人{自然人新收}件，法人或者其他组织"
    "{法人新收}件），上年结转{上年结转}件；办结{办结总数}件，其中予以公开{予以公开}件、部分公开"
    "{部分公开}件、不予公开{不予公开}件、无法提供{无法提供}件、不予处理{不予处理}件、其他处理"
    "{其他处理}件；结转下年度继续办理{结转下年}件。\n"
    "（三）政府信息管理。\n"
    "（四）平台建设。\n"
    "（五）监督保障。"
)
DEFAULT_OTHER: Final = (
    "依据《政府信息公开信息处理费管理办法》，本年度收取信息处理费{信息处理费金额}元，"
    "涉及申请{信息处理费件数}件。"
)


def check(text: str, *, field: str) -> None:
    """Refuse a text that names a figure the catalogue does not have, naming each."""
    unknown = [name for name in _NAME.findall(text) if name not in CATALOGUE]
    refuse_if_any(
        tuple(
            Reason(field, f"没有“{{{name}}}”这个数据，请从右边的清单中选用。")
            for name in dict.fromkeys(unknown)
        )
    )


def fill(text: str, *, figures: Mapping[str, str]) -> str:
    """Put the figures in; a name without one stays as it was typed."""
    return _NAME.sub(lambda found: figures.get(found[1], found[0]), text)


def figures(
    *,
    year: int,
    applications: annual_report.Cells,
    remedies: annual_remedies.Cells,
    fee_cases: int,
    fee_fen: int,
) -> Mapping[str, str]:
    """Return every figure of the catalogue as it is printed."""
    total = {row: cells[Column.TOTAL] for row, cells in applications.items()}
    new = applications[ReportRow.NEW]
    groups = {
        group: sum(total[line.row] for line in REPORT_ROWS if line.group is group)
        for group in ReportGroup
    }
    review = remedies[ProceedingKind.REVIEW]
    suits = {cell: sum(remedies[kind][cell] for kind in SUITS) for cell in Cell}
    found: dict[str, int | str] = {
        "年度": year,
        "本年新收": total[ReportRow.NEW],
        "上年结转": total[ReportRow.CARRIED_IN],
        "办结总数": total[ReportRow.TOTAL],
        "结转下年": total[ReportRow.CARRIED_OUT],
        "自然人新收": new[Column.PERSON],
        "法人新收": sum(new[each] for each in APPLICANTS if each is not Column.PERSON),
        "予以公开": total[ReportRow.DISCLOSED],
        "部分公开": total[ReportRow.PARTIAL],
        "不予公开": groups[ReportGroup.WITHHELD],
        "无法提供": groups[ReportGroup.CANNOT_PROVIDE],
        "不予处理": groups[ReportGroup.NOT_PROCESSED],
        "其他处理": groups[ReportGroup.OTHER],
        "复议总数": review[Cell.TOTAL],
        "复议维持": review[Cell.UPHELD],
        "复议纠正": review[Cell.CORRECTED],
        "复议未结": review[Cell.PENDING],
        "诉讼总数": suits[Cell.TOTAL],
        "诉讼维持": suits[Cell.UPHELD],
        "诉讼纠正": suits[Cell.CORRECTED],
        "诉讼未结": suits[Cell.PENDING],
        "信息处理费件数": fee_cases,
        "信息处理费金额": yuan(fee_fen),
    }
    return {name: str(value) for name, value in found.items()}


def yuan(fen: int) -> str:
    """Write an amount in yuan, with decimals only where there are any."""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    sign = "-" if fen < 0 else ""  # more went back than came in
    return f"{sign}{whole}.{rest:02d}" if rest else f"{sign}{whole}"
