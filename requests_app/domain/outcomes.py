"""The one table: outcome ↔ article ↔ letter ↔ remedies ↔ row of the annual report.

An outcome is chosen once, when a case is answered, lapses or is withdrawn; everything else follows
from its line here. Rows are those of table 三 of 国办公开办函〔2021〕30号. Remedies stand in a column of
their own and are never read off the row: （三）8 sits under 不予公开 but is no refusal under articles
14 to 16, so review does not come first there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from requests_app.domain.amendment_outcomes import AMENDMENT_LINES
from requests_app.domain.errors import Reason, refuse_if_any
from requests_app.domain.fees import MEASURE
from requests_app.domain.grounds import GROUNDS, Ground
from requests_app.domain.letter_types import LetterKind
from requests_app.domain.outcome_types import Ending, Outcome, OutcomeCode
from requests_app.domain.remedies import RemedyVariant
from requests_app.domain.report_rows import ReportRow
from requests_app.domain.requirements import (
    FURTHER_PARTS,
    GROUND_REQUIREMENTS,
    Requirement,
    art,
    need,
)
from requests_app.domain.withheld_parts import PARTS

__all__ = [
    "OUTCOMES", "Ending", "Outcome", "OutcomeCode", "check", "grounds_of", "missing", "of_other_grounds",
]  # fmt: skip


def grounds_of(code: OutcomeCode, *, given: Mapping[str, str]) -> frozenset[Ground]:
    """Return the grounds on which an answer withholds something: its own, or those of its parts."""
    if (own := OUTCOMES[code].ground) is not None:
        return frozenset({own})
    if code is not OutcomeCode.PARTIAL:
        return frozenset()
    named = {given.get(part.ground, "") for part in PARTS}
    return frozenset(ground for ground in Ground if ground.value in named)


def missing(code: OutcomeCode, *, given: Mapping[str, str]) -> tuple[Reason, ...]:
    """Return what the record still lacks for the outcome, each with its article.

    A partial disclosure needs, besides its own fields, what each of its grounds needs.
    """
    outcome = OUTCOMES[code]
    needs = [*outcome.required_fields]
    if code is OutcomeCode.PARTIAL:
        grounds = grounds_of(code, given=given)
        needs += [each for ground, each in GROUND_REQUIREMENTS.items() if ground in grounds]
        needs += [part for part in FURTHER_PARTS if part.begun(given)]
    return tuple(
        Reason("outcome_field_missing", f"“{outcome.label}”还缺：{each.label}。", each.citation)
        for each in needs
        if not each.met_by(given)
    )


def of_other_grounds(code: OutcomeCode) -> frozenset[str]:
    """Return the fields that only a refusal on another ground asks for; none for a part of it."""
    own = OUTCOMES[code].ground
    if own is None:
        return frozenset()
    others = (record for ground, record in GROUND_REQUIREMENTS.items() if ground is not own)
    return frozenset(name for record in others for names in record.alternatives for name in names)


def check(code: OutcomeCode, *, given: Mapping[str, str]) -> None:
    """Refuse the outcome while its record lacks anything, naming all of it."""
    refuse_if_any(missing(code, given=given))


_ART_36_3: Final = art("第三十六条第（三）项")
_REASON_36: Final = need("不予公开的理由", "reason", article="第三十六条第（三）项")


def _refusal(code: OutcomeCode, *, ground: Ground, row: ReportRow) -> Outcome:
    """Build the line of a full refusal: review first, the ground's article and 36(三) cited."""
    record = GROUND_REQUIREMENTS.get(ground)
    return Outcome(
        code=code,
        label=f"不予公开：{GROUNDS[ground].label}",
        articles=(GROUNDS[ground].citation, _ART_36_3),
        letter_kind=LetterKind.WITHHELD,
        remedies=RemedyVariant.R2,
        report_row=row,
        required_fields=(_REASON_36,) if record is None else (_REASON_36, record),
        ground=ground,
    )


_LINES: Final = (
    Outcome(
        OutcomeCode.ALREADY_PUBLIC,
        label="已主动公开，告知获取方式、途径",
        articles=(art("第三十六条第（一）项"),),
        letter_kind=LetterKind.ALREADY_PUBLIC,
        remedies=RemedyVariant.R1,
        report_row=ReportRow.DISCLOSED,
        required_fields=(
            need("获取该政府信息的方式、途径", "where_public", article="第三十六条第（一）项"),
        ),
    ),
    Outcome(
        OutcomeCode.DISCLOSED,
        label="予以公开",
        articles=(art("第三十六条第（二）项"), art("第四十条")),
        letter_kind=LetterKind.DISCLOSED,
        remedies=RemedyVariant.R1,
        report_row=ReportRow.DISCLOSED,
        required_fields=(
            need("提供的信息", "provided", article="第三十六条第（二）项"),
            need("提供的方式、途径和时间", "how_given", article="第三十六条第（二）项"),
        ),
    ),
    Outcome(
        OutcomeCode.PARTIAL,
        label="部分公开",
        articles=(art("第三十六条第（二）项"), _ART_36_3, art("第三十七条")),
        letter_kind=LetterKind.PARTIAL,
        remedies=RemedyVariant.R3,
        report_row=ReportRow.PARTIAL,
        required_fields=(
            need("可以公开的内容", "provided", article="第三十七条"),
            need("不予公开的内容", "withheld", article="第三十七条"),
            need("不予公开的依据", "ground", article="第十三条"),
            need("不予公开的理由", "withheld_reason", article="第三十七条"),
        ),
    ),
    _refusal(OutcomeCode.CLASSIFIED, ground=Ground.CLASSIFIED, row=ReportRow.CLASSIFIED),
    _refusal(OutcomeCode.BANNED, ground=Ground.BANNED, row=ReportRow.BANNED),
    _refusal(OutcomeCode.SAFETY, ground=Ground.SAFETY, row=ReportRow.SAFETY),
    _refusal(OutcomeCode.THIRD_PARTY, ground=Ground.THIRD_PARTY, row=ReportRow.THIRD_PARTY),
    _refusal(OutcomeCode.INTERNAL, ground=Ground.INTERNAL, row=ReportRow.INTERNAL),
    _refusal(OutcomeCode.PROCESS, ground=Ground.PROCESS, row=ReportRow.PROCESS),
    _refusal(OutcomeCode.ENFORCEMENT, ground=Ground.ENFORCEMENT, row=ReportRow.ENFORCEMENT),
    Outcome(
        OutcomeCode.OTHER_LAW,
        label="依照有关法律、行政法规的规定办理（工商、不动产登记资料等）",
        articles=(art("第三十六条第（七）项"),),
        letter_kind=LetterKind.OTHER_LAW,
        remedies=RemedyVariant.R1_SWITCHED,
        report_row=ReportRow.ADMINISTRATIVE_QUERY,
        required_fields=(
            need("有特别规定的法律、行政法规", "law_name", article="第三十六条第（七）项"),
        ),
    ),
    Outcome(
        OutcomeCode.NOT_EXIST,
        label="政府信息不存在",
        articles=(art("第三十六条第（四）项"),),
        letter_kind=LetterKind.NOT_EXIST,
        remedies=RemedyVariant.R1,
        report_row=ReportRow.NOT_HELD,
        required_fields=(
            need(
                "检索记录（范围、方法、日期、检索人）",
                "search_scope",
                "search_means",
                "searched_on",
                "searched_by",
                article="第三十六条第（四）项",
            ),
        ),
    ),
    Outcome(
        OutcomeCode.NOT_OURS,
        label="不属于本机关负责公开",
        articles=(art("第十条"), art("第三十六条第（五）项")),
        letter_kind=LetterKind.NOT_OURS,
        remedies=RemedyVariant.R1,
        report_row=ReportRow.NOT_HELD,
        required_fields=(
            need("不属于本机关负责公开的理由", "reason", article="第三十六条第（五）项"),
            Requirement(
                label="负责公开的机关名称和联系方式，或者注明无法确定",
                alternatives=(("organ_name", "organ_contact"), ("organ_unknown",)),
                citation=art("第三十六条第（五）项"),
            ),
        ),
    ),
    Outcome(
        OutcomeCode.NEEDS_PROCESSING,
        label="没有现成信息，需要加工、分析",
        articles=(art("第三十八条"),),
        letter_kind=LetterKind.NEEDS_PROCESSING,
        remedies=RemedyVariant.R1_SWITCHED,
        report_row=ReportRow.NEEDS_MAKING,
        required_fields=(need("为什么需要加工、分析", "reason", article="第三十八条"),),
    ),
    Outcome(
        OutcomeCode.STILL_UNCLEAR,
        label="补正后申请内容仍不明确",
        articles=(art("第二十九条第二款第（二）项"), art("第三十条")),
        letter_kind=LetterKind.STILL_UNCLEAR,
        remedies=RemedyVariant.R1,
        report_row=ReportRow.STILL_UNCLEAR,
        required_fields=(need("仍不明确之处", "unclear_points", article="第三十条"),),
    ),
    Outcome(
        OutcomeCode.PETITION,
        label="信访、投诉、举报类，不作为政府信息公开申请处理",
        articles=(art("第三十九条第一款"),),
        letter_kind=LetterKind.PETITION,
        remedies=RemedyVariant.R1_SWITCHED,
        report_row=ReportRow.PETITION,
        required_fields=(need("理由", "reason", article="第三十九条第一款"),),
    ),
    Outcome(
        OutcomeCode.REPEATED,
        label="重复申请，不予重复处理",
        articles=(art("第三十六条第（六）项"),),
        letter_kind=LetterKind.REPEATED,
        remedies=RemedyVariant.R1_SWITCHED,
        report_row=ReportRow.REPEATED,
        required_fields=(
            need(
                "前一次答复的日期和文号",
                "earlier_on",
                "earlier_number",
                article="第三十六条第（六）项",
            ),
        ),
    ),
    Outcome(
        OutcomeCode.PUBLICATION,
        label="要求提供公开出版物，告知获取途径",
        articles=(art("第三十九条第二款"),),
        letter_kind=LetterKind.PUBLICATION,
        remedies=RemedyVariant.R1_SWITCHED,
        report_row=ReportRow.PUBLICATION,
        required_fields=(need("获取的途径", "where_to_get", article="第三十九条第二款"),),
    ),
    Outcome(
        OutcomeCode.EXCESSIVE,
        label="大量、反复申请，理由不合理，不予处理",
        articles=(art("第三十五条"),),
        letter_kind=LetterKind.EXCESSIVE,
        remedies=RemedyVariant.R1,
        report_row=ReportRow.EXCESSIVE,
        required_fields=(
            need("要求说明理由的日期", "reasons_asked_on", article="第三十五条"),
            need("申请理由不合理的说明", "reason", article="第三十五条"),
        ),
    ),
    Outcome(
        OutcomeCode.RECONFIRMATION,
        label="要求确认或者重新出具已经获取的信息，不予处理",
        # The form has this row, the regulation no article of its own for it: what is asked for is
        # not information already made or obtained (article 2), but a new statement about it.
        articles=(art("第二条"),),
        letter_kind=LetterKind.RECONFIRMATION,
        remedies=RemedyVariant.R1,
        report_row=ReportRow.RECONFIRMATION,
        required_fields=(need("已经获取的情况", "reason", article="第二条"),),
    ),
    Outcome(
        OutcomeCode.LAPSED_CORRECTION,
        label="无正当理由逾期不补正，不再处理",
        articles=(art("第三十条"),),
        letter_kind=LetterKind.LAPSE_CORRECTION,
        remedies=RemedyVariant.R1,
        report_row=ReportRow.LAPSED_CORRECTION,
        required_fields=(
            need(
                "补正告知书的送达日期和补正期满日期",
                "notice_served_on",
                "period_ended_on",
                article="第三十条",
            ),
        ),
        ending=Ending.LAPSED,
    ),
    Outcome(
        OutcomeCode.LAPSED_FEE,
        label="逾期未缴纳信息处理费，不再处理",
        articles=(MEASURE,),
        letter_kind=LetterKind.LAPSE_FEE,
        remedies=RemedyVariant.R1,
        report_row=ReportRow.LAPSED_FEE,
        required_fields=(
            Requirement(
                label="收费通知书的送达日期和缴费期满日期",
                alternatives=(("notice_served_on", "period_ended_on"),),
                citation=MEASURE,
            ),
        ),
        ending=Ending.LAPSED,
    ),
    Outcome(
        OutcomeCode.WITHDRAWN,
        label="申请人撤回",
        articles=(),
        letter_kind=LetterKind.WITHDRAWAL,
        remedies=RemedyVariant.R0,
        report_row=ReportRow.OTHER,
        ending=Ending.WITHDRAWN,
    ),
    Outcome(
        OutcomeCode.OTHER,
        label="其他处理",
        articles=(),
        letter_kind=LetterKind.OTHER_ANSWER,
        remedies=RemedyVariant.R1,
        report_row=ReportRow.OTHER,
        required_fields=(
            need("处理的依据", "answer_basis", article="第三十六条"),
            need("处理结果", "handling", article="第三十六条"),
        ),
    ),
)

OUTCOMES: Final[Mapping[OutcomeCode, Outcome]] = MappingProxyType(
    {line.code: line for line in (*_LINES, *AMENDMENT_LINES)}
)
