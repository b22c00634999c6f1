"""How an application to put an own record right ends (条例 41): four lines of the one table.

The office corrects; it does not, with reasons; it is not competent and passes the application on;
or it tells where to go. None is counted in table 三 of the annual report.
"""

from __future__ import annotations

from typing import Final

from requests_app.domain.letter_types import LetterKind
from requests_app.domain.matters import Matter
from requests_app.domain.outcome_types import Outcome, OutcomeCode
from requests_app.domain.remedies import RemedyVariant
from requests_app.domain.requirements import art, need

_ARTICLE: Final = "第四十一条"
_RECORD: Final = need(
    "所涉的政府信息和要求更正的内容", "record_name", "wrong_content", article=_ARTICLE
)
_FINDING: Final = need("核实的情况", "record_finding", article=_ARTICLE)
_ORGAN: Final = need("有权更正的机关和联系方式", "organ_name", "organ_contact", article=_ARTICLE)

AMENDMENT_LINES: Final = (
    Outcome(
        OutcomeCode.AMENDED,
        label="予以更正",
        articles=(art(_ARTICLE),),
        letter_kind=LetterKind.AMENDED,
        remedies=RemedyVariant.R0,
        report_row=None,
        required_fields=(
            _RECORD,
            _FINDING,
            need("更正后的内容和日期", "corrected_content", "amended_on", article=_ARTICLE),
        ),
        matter=Matter.AMENDMENT,
    ),
    Outcome(
        OutcomeCode.AMENDMENT_REFUSED,
        label="不予更正",
        articles=(art(_ARTICLE),),
        letter_kind=LetterKind.AMENDMENT_REFUSED,
        remedies=RemedyVariant.R1,
        report_row=None,
        required_fields=(
            _RECORD,
            _FINDING,
            need("不予更正的理由", "reason", article=_ARTICLE),
        ),
        matter=Matter.AMENDMENT,
    ),
    Outcome(
        OutcomeCode.AMENDMENT_PASSED_ON,
        label="无权更正，转送有权更正的机关并告知申请人",
        articles=(art(_ARTICLE),),
        letter_kind=LetterKind.AMENDMENT_PASSED_ON,
        remedies=RemedyVariant.R0,
        report_row=None,
        required_fields=(_RECORD, _ORGAN, need("转送的日期", "passed_on", article=_ARTICLE)),
        matter=Matter.AMENDMENT,
    ),
    Outcome(
        OutcomeCode.AMENDMENT_ELSEWHERE,
        label="无权更正，告知向有权更正的机关提出",
        articles=(art(_ARTICLE),),
        letter_kind=LetterKind.AMENDMENT_PASSED_ON,
        remedies=RemedyVariant.R0,
        report_row=None,
        required_fields=(_RECORD, _ORGAN),
        matter=Matter.AMENDMENT,
    ),
)  # fmt: skip
