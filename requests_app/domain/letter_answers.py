"""Letters that end a case: every answer, the lapses, the confirmation of a withdrawal."""

from __future__ import annotations

from typing import Final

from requests_app.domain.grounds import GROUNDS
from requests_app.domain.letter_types import Addressee, Choice, Field, InputKind, Kind, LetterKind
from requests_app.domain.numbering import Series
from requests_app.domain.remedies import DocumentWord
from requests_app.domain.withheld_parts import PARTS, Part

_AREA: Final = InputKind.TEXTAREA
_DATE: Final = InputKind.DATE
_INT: Final = InputKind.INT
_CHOICE: Final = InputKind.CHOICE

_GROUND_CHOICES: Final = tuple(
    Choice(
        code=rule.ground.value,
        label=f"{rule.label}（{rule.article}）",
        printed=f"{rule.sentence}（{rule.citation}）",
    )
    for rule in GROUNDS.values()
)
_UNKNOWN_CHOICES: Final = (Choice("yes", "确实无法确定", "无法确定"),)

_REASON: Final = Field("reason", "理由", "写明事实和理由，让申请人看得明白；不要只写条文。", _AREA)
_ATTACHMENTS: Final = Field(
    "attachments", "附件", "一行一个附件名称，与随信提供的文件一致。", _AREA, required=False
)
_PROVIDED: Final = Field("provided", "提供的信息", "写明文件名称、文号；一行一份。", _AREA)
_HOW_GIVEN: Final = Field(
    "how_given",
    "提供的方式、途径和时间",
    "例如：随本答复书邮寄纸质复制件；或者写明下载地址、领取地点和时间。",
    _AREA,
)
_PAGE_COUNT: Final = Field("page_count", "页数", "按A4纸单面计。", _INT, required=False)
_DIFFERENT_FORM: Final = Field(
    "different_form_reason",
    "未按要求形式提供的理由",
    "与申请的形式不一致时填写（第四十条）。",
    _AREA,
    required=False,
)
_THIRD_PARTY_POSITION: Final = Field(
    "third_party_position",
    "第三方意见及审查情况",
    "接在“本机关已书面征求第三方意见，”之后，例如：第三方不同意公开，经审查理由合理。不写第三方的个人信息。",
    _AREA,
    required=False,
)
_SECRET_LEVEL: Final = Field(
    "secret_level", "密级（不印出）", "只在案卷中留存。", required=False, printed=False
)
_SECRET_UNTIL: Final = Field(
    "secret_until", "保密期限（不印出）", "只在案卷中留存。", required=False, printed=False
)
_BANNING_LAW: Final = Field(
    "banning_law", "禁止公开的法律、行政法规", "写明名称和条款，加书名号。", required=False
)
_NOTICE_FIELDS: Final = (
    Field("notice_number", "原文书文号", "例如：金政办公开补〔2026〕3号。"),
    Field("notice_served_on", "原文书送达日期", "以送达凭证为准。", _DATE),
    Field("period_ended_on", "期限届满日期", "最后一天。", _DATE),
)


def _part(part: Part) -> tuple[Field, ...]:
    """Ask for one part that is withheld; the first is compulsory."""
    required = part is PARTS[0]
    return (
        Field(
            part.withheld,
            f"不予公开的内容之{part.ordinal}",
            "指明文件、页码或者段落。",
            _AREA,
            required=required,
        ),
        Field(
            part.ground,
            f"依据之{part.ordinal}",
            "",
            _CHOICE,
            required=required,
            choices=_GROUND_CHOICES,
        ),
        Field(
            part.reason,
            f"理由之{part.ordinal}",
            "第十六条是“可以不予公开”，要写明为什么不公开。",
            _AREA,
            required=required,
        ),
    )


def _answer(
    code: LetterKind,
    *,
    label: str,
    title: str,
    basis: str,
    word: DocumentWord,
    fields: tuple[Field, ...],
    must_say: tuple[str, ...],
) -> Kind:
    """Build a kind that closes a case: series 告, signed off, remedies by outcome."""
    return Kind(
        code=code,
        label=label,
        title=title,
        series=Series.ANSWER,
        basis=basis,
        addressee=Addressee.APPLICANT,
        needs_approval=True,
        document_word=word,
        remedies=None,
        fields=fields,
        must_say=must_say,
    )


_REPLY_TITLE: Final = "政府信息公开申请答复书"
_NOTICE_TITLE: Final = "政府信息公开申请告知书"

ANSWERS: Final = (
    _answer(
        LetterKind.ALREADY_PUBLIC,
        label="答复书：已主动公开",
        title=_REPLY_TITLE,
        basis="条例第三十六条第（一）项",
        word=DocumentWord.REPLY,
        fields=(Field("where_public", "获取的方式、途径", "写到网页地址、公报期号，一行一处。", _AREA),),
        must_say=("第三十六条第（一）项", "{where_public}"),
    ),
    _answer(
        LetterKind.DISCLOSED,
        label="答复书：予以公开",
        title=_REPLY_TITLE,
        basis="条例第三十六条第（二）项、第四十条",
        word=DocumentWord.REPLY,
        fields=(_PROVIDED, _HOW_GIVEN, _PAGE_COUNT, _DIFFERENT_FORM, _ATTACHMENTS),
        must_say=("第三十六条第（二）项", "{provided}", "{how_given}"),
    ),
    _answer(
        LetterKind.PARTIAL,
        label="答复书：部分公开",
        title=_REPLY_TITLE,
        basis="条例第三十六条第（二）项、第（三）项，第三十七条",
        word=DocumentWord.REPLY,
        fields=(
            _PROVIDED, _HOW_GIVEN, _PAGE_COUNT, _DIFFERENT_FORM,
            *(field for part in PARTS for field in _part(part)),
            _BANNING_LAW, _THIRD_PARTY_POSITION, _SECRET_LEVEL, _SECRET_UNTIL, _ATTACHMENTS,
        ),
        must_say=(
            "第三十六条第（二）项、第（三）项", "第三十七条", "{provided}", "{withheld_parts}",
        ),
    ),
    _answer(
        LetterKind.WITHHELD,
        label="不予公开决定书",
        title="政府信息不予公开决定书",
        basis="条例第三十六条第（三）项，第十四条至第十六条",
        word=DocumentWord.DECISION,
        fields=(_REASON, _BANNING_LAW, _THIRD_PARTY_POSITION, _SECRET_LEVEL, _SECRET_UNTIL),
        must_say=("{ground_article}", "第三十六条第（三）项", "{reason}"),
    ),
    _answer(
        LetterKind.NOT_EXIST,
        label="答复书：政府信息不存在",
        title=_REPLY_TITLE,
        basis="条例第三十六条第（四）项",
        word=DocumentWord.REPLY,
        fields=(
            Field("search_scope", "检索范围", "查了哪些库、哪些卷、哪些处室。", _AREA),
            Field("search_means", "检索方法和结果", "用了哪些关键词、年份，怎么查的，查到什么。", _AREA),
            Field("searched_on", "检索日期", "", _DATE),
            Field("searched_by", "检索人（不印出）", "只在案卷中留存，两人以上更好。", printed=False),
        ),
        must_say=("第三十六条第（四）项", "{search_scope}", "{search_means}"),
    ),
    _answer(
        LetterKind.NOT_OURS,
        label="答复书：不属于本机关负责公开",
        title=_REPLY_TITLE,
        basis="条例第十条、第三十六条第（五）项",
        word=DocumentWord.REPLY,
        fields=(
            _REASON,
            Field("organ_name", "负责公开的机关", "能够确定的必须写明。", required=False),
            Field("organ_contact", "该机关的联系方式", "电话、地址。", required=False),
            Field("organ_unknown", "无法确定负责机关", "", _CHOICE, required=False, choices=_UNKNOWN_CHOICES),
        ),
        must_say=("第三十六条第（五）项", "{reason}", "{organ_name}", "{organ_contact}"),
    ),
    _answer(
        LetterKind.REPEATED,
        label="告知书：不予重复处理",
        title="政府信息公开申请不予重复处理告知书",
        basis="条例第三十六条第（六）项",
        word=DocumentWord.NOTICE,
        fields=(
            Field("earlier_on", "前一次答复的日期", "", _DATE),
            Field("earlier_number", "前一次答复的文号", "例如：金政办公开告〔2025〕8号。"),
        ),
        must_say=("第三十六条第（六）项", "{earlier_on}", "{earlier_number}"),
    ),
    _answer(
        LetterKind.OTHER_LAW,
        label="告知书：依照有关法律、行政法规办理",
        title=_NOTICE_TITLE,
        basis="条例第三十六条第（七）项",
        word=DocumentWord.NOTICE,
        fields=(
            Field("information_type", "信息类别", "例如：不动产登记资料。"),
            Field("law_name", "有特别规定的法律、行政法规", "写明名称和条款，例如：《不动产登记暂行条例》第二十七条。"),
            Field("where_to_go", "办理途径", "到哪里、怎样查询。", _AREA),
        ),
        must_say=("第三十六条第（七）项", "{law_name}", "{where_to_go}"),
    ),
    _answer(
        LetterKind.NEEDS_PROCESSING,
        label="答复书：需要加工、分析，不予提供",
        title=_REPLY_TITLE,
        basis="条例第三十八条",
        word=DocumentWord.REPLY,
        fields=(Field("reason", "为什么需要加工、分析", "现有信息是什么样，要做哪些加工。", _AREA),),
        must_say=("第三十八条", "{reason}"),
    ),
    _answer(
        LetterKind.PETITION,
        label="告知书：信访、投诉、举报类",
        title=_NOTICE_TITLE,
        basis="条例第三十九条第一款",
        word=DocumentWord.NOTICE,
        fields=(
            _REASON,
            Field("proper_channel", "可以提出的渠道", "部门、电话、网址。", _AREA, required=False),
        ),
        must_say=("第三十九条第一款", "不作为政府信息公开申请处理"),
    ),
    _answer(
        LetterKind.PUBLICATION,
        label="告知书：公开出版物",
        title=_NOTICE_TITLE,
        basis="条例第三十九条第二款",
        word=DocumentWord.NOTICE,
        fields=(
            Field("publication", "出版物名称", "例如：《金昌市人民政府公报》2025年第3期。"),
            Field("where_to_get", "获取的途径", "", _AREA),
        ),
        must_say=("第三十九条第二款", "{where_to_get}"),
    ),
    _answer(
        LetterKind.EXCESSIVE,
        label="不予处理告知书：大量、反复申请",
        title="政府信息公开申请不予处理告知书",
        basis="条例第三十五条",
        word=DocumentWord.NOTICE,
        fields=(
            Field("reasons_asked_on", "要求说明理由的日期", "说明理由通知书送达的日期。", _DATE),
            Field("applicant_reasons", "申请人说明的理由", "没有说明的留空。", _AREA, required=False),
            Field("reason", "为什么不合理", "", _AREA),
        ),
        must_say=("第三十五条", "{reasons_asked_on}", "{reason}", "不予处理"),
    ),
    _answer(
        LetterKind.RECONFIRMATION,
        label="不予处理告知书：要求确认或者重新出具已获取信息",
        title="政府信息公开申请不予处理告知书",
        basis="条例第二条",
        word=DocumentWord.NOTICE,
        fields=(Field("reason", "已经获取的情况", "何时、从哪里获取了什么。", _AREA),),
        must_say=("第二条", "{reason}"),
    ),
    _answer(
        LetterKind.STILL_UNCLEAR,
        label="答复书：补正后仍不明确",
        title=_REPLY_TITLE,
        basis="条例第二十九条、第三十条",
        word=DocumentWord.REPLY,
        fields=(Field("unclear_points", "仍不明确之处", "一行一项。", _AREA, numbered=True),),
        must_say=("第二十九条", "第三十条", "{unclear_points}", "{corrected_on}"),
    ),
    _answer(
        LetterKind.OTHER_ANSWER,
        label="答复书：其他处理",
        title=_REPLY_TITLE,
        basis="写在答复书中",
        word=DocumentWord.REPLY,
        fields=(
            Field("finding", "查明的情况", "", _AREA),
            Field("answer_basis", "依据", "写明法律、法规的名称和条款。"),
            Field("handling", "处理结果", "", _AREA),
        ),
        must_say=("{finding}", "{answer_basis}", "{handling}"),
    ),
    _answer(
        LetterKind.LAPSE_CORRECTION,
        label="不再处理告知书：逾期不补正",
        title="政府信息公开申请不再处理告知书",
        basis="条例第三十条",
        word=DocumentWord.NOTICE,
        fields=_NOTICE_FIELDS,
        must_say=("第三十条", "{notice_served_on}", "{period_ended_on}", "不再处理", "重新提出申请"),
    ),
    _answer(
        LetterKind.LAPSE_FEE,
        label="不再处理告知书：逾期未缴费",
        title="政府信息公开申请不再处理告知书",
        basis="国办函〔2020〕109号",
        word=DocumentWord.NOTICE,
        fields=_NOTICE_FIELDS,
        must_say=("国办函〔2020〕109号", "{notice_served_on}", "{period_ended_on}", "不再处理", "重新提出申请"),
    ),
    Kind(
        code=LetterKind.WITHDRAWAL,
        label="撤回申请确认书",
        title="政府信息公开申请撤回确认书",
        series=Series.ANSWER,
        basis="申请人自愿撤回",
        addressee=Addressee.APPLICANT,
        needs_approval=False,
        document_word=DocumentWord.NOTICE,
        remedies=None,
        fields=(Field("withdrawn_on", "撤回日期", "", _DATE),),
        must_say=("{withdrawn_on}", "重新提出申请"),
    ),
)  # fmt: skip
