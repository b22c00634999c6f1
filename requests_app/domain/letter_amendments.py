"""Letters about a person's own record that is wrong: received, corrected, not corrected, passed on (条例 41)."""

from __future__ import annotations

from typing import Final

from requests_app.domain.letter_types import Addressee, Field, InputKind, Kind, LetterKind
from requests_app.domain.numbering import Series
from requests_app.domain.remedies import DocumentWord, RemedyVariant

_AREA: Final = InputKind.TEXTAREA
_DATE: Final = InputKind.DATE

_ASKED: Final = (
    Field("record_name", "所涉的政府信息", "写明名称、文号，例如：《城镇住房保障对象登记表》。"),
    Field("wrong_content", "申请人认为不准确的内容", "照申请写，一行一项。", _AREA, numbered=True),
)
_FINDING: Final = Field(
    "record_finding", "核实的情况", "查了什么，申请人提供的证据是否证明。", _AREA
)


def _amendment(
    code: LetterKind,
    *,
    label: str,
    title: str,
    remedies: RemedyVariant,
    fields: tuple[Field, ...],
    must_say: tuple[str, ...],
) -> Kind:
    """Build a kind about a person's own record: series 正, signed off by the head."""
    return Kind(
        code=code,
        label=label,
        title=title,
        series=Series.AMENDMENT,
        basis="条例第四十一条",
        addressee=Addressee.APPLICANT,
        needs_approval=True,
        document_word=DocumentWord.NOTICE,
        remedies=remedies,
        fields=(*_ASKED, *fields),
        must_say=("第四十一条", "{record_name}", *must_say),
    )


AMENDMENTS: Final = (
    Kind(
        code=LetterKind.AMENDMENT_RECEIPT,
        label="更正申请登记回执",
        title="更正政府信息申请登记回执",
        series=Series.RECEIPT,
        basis="条例第四十一条、第四十五条",
        addressee=Addressee.APPLICANT,
        needs_approval=False,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R0,
        fields=(),
        must_say=("第四十一条", "{received_on}", "{due_on}", "{case_number}", "没有规定"),
    ),
    _amendment(
        LetterKind.AMENDED,
        label="更正告知书",
        title="政府信息更正告知书",
        remedies=RemedyVariant.R0,
        fields=(
            _FINDING,
            Field("corrected_content", "更正后的内容", "逐项写明更正成什么。", _AREA, numbered=True),
            Field("amended_on", "更正日期", "", _DATE),
        ),
        must_say=("{corrected_content}", "{amended_on}"),
    ),
    _amendment(
        LetterKind.AMENDMENT_REFUSED,
        label="不予更正告知书",
        title="政府信息不予更正告知书",
        remedies=RemedyVariant.R1,
        fields=(
            _FINDING,
            Field("reason", "不予更正的理由", "为什么记录是准确的，或者证据为什么不能证明。", _AREA),
        ),
        must_say=("{reason}", "不予更正"),
    ),
    _amendment(
        LetterKind.AMENDMENT_PASSED_ON,
        label="更正申请转送告知书",
        title="更正政府信息申请转送告知书",
        remedies=RemedyVariant.R0,
        fields=(
            Field("organ_name", "有权更正的行政机关", ""),
            Field("organ_contact", "该机关的联系方式", "电话、地址。"),
            Field("passed_on", "转送日期", "没有转送、只告知申请人向该机关提出的，不填。", _DATE, required=False),
        ),
        must_say=("{organ_name}", "{organ_contact}"),
    ),
)  # fmt: skip
