"""The letter that goes with a 更正 application to the organ that may put the record right (条例 41).

The applicant is told by a letter of the series 正; this one goes to the organ, with the application
and its evidence. What nobody has entered yet stays room to write by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from requests_app.domain.sheets import Cell, Rows, Sheet, Words
from requests_app.domain.working_papers import EMPTY_DAY, CaseHead, written_day

_ROOM = "　　　　　　　　"


def transfer_letter(
    case: CaseHead, *, told: Mapping[str, str], papers: Sequence[str], contact: str
) -> Sheet:
    """Lay out the 转送函: whose application, what is to be put right, why there, what is enclosed.

    ``told`` are the fields of the letter to the applicant: the organ, the record, what is wrong.
    """
    organ = told.get("organ_name", "") or _ROOM
    record = told.get("record_name", "") or _ROOM
    wrong = told.get("wrong_content", "") or case.subject
    return Sheet(
        title="更正政府信息申请转送函",
        issuer=case.issuer,
        number="文号：" + _ROOM,
        blocks=(
            Words(
                (
                    f"{organ}：",
                    (
                        f"{case.applicant}于{written_day(case.received_on)}向本机关提出更正政府信息申请（申请编号"
                        f"{case.number}），认为{record}中与其自身相关的记录不准确：{wrong}"
                    ),
                    (
                        "经审查，上述内容不属于本机关职能范围，你机关有权更正。根据《中华人民共和国政府信息公开条例》"
                        "第四十一条的规定，现将该申请和证据材料转送你机关处理，并已告知申请人。"
                    ),
                    "请将处理结果直接告知申请人。需要本机关配合的，请与本机关联系。",
                )
            ),
            Rows(
                (
                    Cell("随函转送", "；".join(papers), lines=3, wide=True),
                    Cell("转送日期", told.get("passed_on", "") or EMPTY_DAY),
                    Cell("本机关联系人", contact),
                    Cell("接收机关\n签收", lines=3, wide=True, signed=True),
                )
            ),
        ),
        foot=("依据：《政府信息公开条例》第四十一条。用印后发出，回执或者签收联归卷。",),
    )
