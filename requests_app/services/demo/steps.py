"""What several stories of the demo do alike: ask a third party, charge a fee, draft an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from requests_app.domain.consultations import ConsultationKind
from requests_app.domain.fees import FeeMode
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Case, Consultation, Letter
from requests_app.services import (
    answers,
    consultations,
    fees,
)
from requests_app.services.demo.office import DemoOffice

POINTS: Final = {
    "points": "所需政府信息的名称、文号或者大致年份\n所需政府信息的具体内容",
    "guidance": "可以写明是哪一年、哪条路、哪个项目，例如“2025年北京路改造工程的中标结果公告”。",
    "correction_days": "10",
}
GIVEN: Final = {
    "provided": "《2025年市级城镇老旧小区改造计划项目表》",
    "how_given": "电子文件附在本答复书之后，凭申请编号和查询码在网上查看、下载。",
}
EXTENSION: Final = "涉及三个年度、两个部门的档案，需要调阅纸质案卷并逐页审查。"


BY_POST: Final = {
    "provided": "《关于永昌至金川快速通道工程可行性研究报告的批复》",
    "how_given": "随本答复书邮寄纸质复制件。",
    "page_count": "6",
}


def ask_third_party(office: DemoOffice, case: Case, *, at: datetime) -> Consultation:
    """Ask a third party and send the letter."""
    asked = consultations.start(
        case.pk,
        kind=ConsultationKind.THIRD_PARTY,
        name="金昌洁源市政服务有限公司（演示）",
        address="金昌市金川区演示路18号",
        subject="服务合同的单价、成本测算和人员名单",
        fields={"interest": "商业秘密（单价、成本测算）、个人隐私（人员名单）"},
        actor=office.clerk,
        at=at,
    )
    office.send(letter_of(asked), at=at)
    return asked


def letter_of(consultation: Consultation) -> Letter:
    """Return the letter of a consultation."""
    return consultation.letters.get(act="consult")


def charge(office: DemoOffice, case: Case, *, pages: int, at: datetime) -> Letter:
    """Draft, sign and send a fee notice by page."""
    letter = fees.charge(
        case.pk,
        mode=FeeMode.PAGE,
        pages=pages,
        fields={"payment_method": "凭本通知书到市财政局非税收入窗口缴纳，领取财政票据（演示）。"},
        actor=office.clerk,
        at=at,
    )
    office.send(letter, at=at)
    return letter


def draft(
    office: DemoOffice, case: Case, outcome: OutcomeCode, fields: Mapping[str, str], *, at: datetime
) -> Letter:
    """Draft an answer."""
    return answers.draft(case.pk, outcome=outcome, fields=fields, actor=office.clerk, at=at)
