"""Letters on the way to an answer: receipt, correction, consultation, extension, reasons, fee."""

from __future__ import annotations

from typing import Final

from requests_app.domain.letter_types import Addressee, Field, InputKind, Kind, LetterKind
from requests_app.domain.numbering import Series
from requests_app.domain.remedies import DocumentWord, RemedyVariant

_AREA: Final = InputKind.TEXTAREA
_DATE: Final = InputKind.DATE
_INT: Final = InputKind.INT

STEPS: Final = (
    Kind(
        code=LetterKind.RECEIPT,
        label="登记回执",
        title="政府信息公开申请登记回执",
        series=Series.RECEIPT,
        basis="条例第三十一条、第四十五条",
        addressee=Addressee.APPLICANT,
        needs_approval=False,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R0,
        fields=(),
        must_say=("第三十一条", "20个工作日", "{received_on}", "{due_on}", "{case_number}"),
    ),
    Kind(
        code=LetterKind.CORRECTION,
        label="补正告知书",
        title="政府信息公开申请补正告知书",
        series=Series.CORRECTION,
        basis="条例第三十条",
        addressee=Addressee.APPLICANT,
        needs_approval=False,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R0,
        fields=(
            Field("points", "需要补正的事项", "一次写全，一行一项；只能告知一次。", _AREA, numbered=True),
            Field("guidance", "怎样补正", "逐项说明怎样写才能查到，最好举例。", _AREA),
            Field("correction_days", "补正期限（工作日）", "指南定为10个工作日，可以更长。", _INT),
        ),
        must_say=(
            "第三十条", "{points}", "{guidance}", "{correction_days}个工作日", "{correction_last_day}",
            "视为放弃申请", "重新计算",
        ),
    ),
    Kind(
        code=LetterKind.EXTENSION,
        label="延期答复告知书",
        title="政府信息公开延期答复告知书",
        series=Series.EXTENSION,
        basis="条例第三十三条第二款",
        addressee=Addressee.APPLICANT,
        needs_approval=True,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R0,
        fields=(
            Field("reason", "延期理由", "写明还要做什么、为什么需要这么长时间。", _AREA),
            Field("days", "延长工作日数", "1至20。", _INT),
        ),
        must_say=("第三十三条第二款", "{reason}", "{new_due_on}", "政府信息公开工作机构负责人同意"),
    ),
    Kind(
        code=LetterKind.CONSULT_THIRD_PARTY,
        label="第三方意见征询书",
        title="政府信息公开第三方意见征询书",
        series=Series.CONSULTATION,
        basis="条例第十五条、第三十二条",
        addressee=Addressee.THIRD_PARTY,
        needs_approval=False,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R0,
        fields=(
            Field(
                "interest",
                "可能涉及的合法权益",
                "例如：商业秘密（成本数据）、个人隐私（家庭住址）。",
                _AREA,
                required=False,
            ),
        ),
        must_say=("第三十二条", "15个工作日", "{subject}", "逾期未提出意见的，由本机关", "意见回执"),
    ),
    Kind(
        code=LetterKind.CONSULT_NOTICE,
        label="征求意见情况告知书",
        title="政府信息公开征求意见情况告知书",
        series=Series.CONSULTATION,
        basis="条例第三十三条第三款",
        addressee=Addressee.APPLICANT,
        needs_approval=False,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R0,
        fields=(),
        must_say=("第三十三条第三款", "{consulted}", "不计算在"),
    ),
    Kind(
        code=LetterKind.CONSULT_CO_MAKER,
        label="征求意见函（共同制作机关）",
        title="关于征求公开政府信息意见的函",
        series=Series.ORGAN,
        basis="条例第三十四条",
        addressee=Addressee.ORGAN,
        needs_approval=False,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R0,
        fields=(Field("office_view", "本机关的初步意见", "可以不写。", _AREA, required=False),),
        must_say=("第三十四条", "15个工作日", "{subject}", "视为同意公开"),
    ),
    Kind(
        code=LetterKind.CONSULT_ORGAN,
        label="协商确认函（其他机关）",
        title="关于协商确认政府信息公开事项的函",
        series=Series.ORGAN,
        basis="条例第十一条",
        addressee=Addressee.ORGAN,
        needs_approval=False,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R0,
        fields=(
            Field(
                "questions", "需要协商、确认的事项", "一行一项。", _AREA, required=False, numbered=True
            ),
        ),
        must_say=("第十一条", "{subject}", "{questions}"),
    ),
    Kind(
        code=LetterKind.THIRD_PARTY_DECISION,
        label="公开决定告知书（第三方）",
        title="政府信息公开决定告知书",
        series=Series.DECISION,
        basis="条例第十五条、第三十二条",
        addressee=Addressee.THIRD_PARTY,
        needs_approval=True,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R1,
        fields=(
            Field("consulted_on", "征求意见的日期", "", _DATE),
            Field("position_summary", "第三方的意见", "例如：您表示不同意公开，理由是涉及成本数据。", _AREA),
            Field("subject", "决定公开的内容", "写明决定公开哪些内容，不写申请人的身份。", _AREA),
            Field("reason", "公开的理由", "不公开会对公共利益造成什么重大影响。", _AREA),
            Field("release_on", "提供给申请人的日期", "留出几天，便于第三方寻求救济。", _DATE, required=False),
        ),
        must_say=("第十五条", "第三十二条", "{subject}", "{reason}", "公共利益"),
    ),
    Kind(
        code=LetterKind.REASONS,
        label="说明理由通知书",
        title="政府信息公开申请说明理由通知书",
        series=Series.REASONS,
        basis="条例第三十五条",
        addressee=Addressee.APPLICANT,
        needs_approval=False,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R0,
        fields=(
            Field("counts", "数量、频次情况", "写明期间和件数，例如：2026年1月至3月，共提出申请46件。", _AREA),
            Field("reasons_days", "说明理由的期限（工作日）", "合理即可，一般10个工作日。", _INT),
        ),
        must_say=("第三十五条", "{counts}", "{reasons_days}个工作日", "不予处理"),
    ),
    Kind(
        code=LetterKind.DELAY,
        label="延迟答复告知书",
        title="政府信息公开延迟答复告知书",
        series=Series.EXTENSION,
        basis="条例第三十五条",
        addressee=Addressee.APPLICANT,
        needs_approval=True,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R0,
        fields=(
            Field("reason", "不能按期答复的原因", "写明工作量和办理安排。", _AREA),
            Field("until", "延迟答复的期限", "最后一天，含当日。", _DATE),
        ),
        must_say=("第三十五条", "{until}"),
    ),
    Kind(
        code=LetterKind.FEE,
        label="信息处理费收费通知书",
        title="政府信息公开信息处理费收费通知书",
        series=Series.FEE,
        basis="条例第四十二条，国办函〔2020〕109号",
        addressee=Addressee.APPLICANT,
        needs_approval=True,
        document_word=DocumentWord.NOTICE,
        remedies=RemedyVariant.R0,
        fields=(
            Field("fee_mode", "计收方式", computed=True),
            Field("fee_basis", "收费标准的条款", computed=True),
            Field("fee_rows", "收费明细", input=_AREA, computed=True),
            Field("amount", "收费数额（元）", computed=True),
            Field("payment_method", "缴纳方式", "收款单位、账户、票据领取办法。", _AREA),
        ),
        must_say=(
            "第四十二条", "国办函〔2020〕109号", "{fee_basis}", "{fee_standard}", "{fee_rows}", "{amount}", "{payment_method}",
            "20个工作日", "视为放弃申请", "重新计算",
        ),
    ),
)  # fmt: skip
