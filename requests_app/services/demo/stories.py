"""What happens to each case of the demo: one short story a state, told in working days ago.

The dates are chosen so that every light, every waiting and every ending stands on the desk on the
day the demo is made, whatever day that is.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from datetime import datetime
from typing import Final

from requests_app.domain.access import APPLICANT
from requests_app.domain.application import Channel, FormWanted, WayWanted
from requests_app.domain.consultations import ConsultationKind, Position
from requests_app.domain.fees import FeeMode
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Case, Consultation, Letter
from requests_app.services import (
    answers,
    assignments,
    closings,
    consultations,
    corrections,
    entries,
    extensions,
    fees,
    lapses,
    letters,
    reasons,
)
from requests_app.services.applications import ApplicantGiven
from requests_app.services.case_file import local_day
from requests_app.services.demo.applications import (
    CHEN,
    DAWN,
    DUAN,
    GAO,
    HE,
    LIU,
    MA,
    PLAIN,
    QIN,
    SCALES,
    SONG,
    YANG,
    ZHANG,
    Ask,
    by_post,
)
from requests_app.services.demo.office import DemoOffice, Story

_POINTS: Final = {
    "points": "所需政府信息的名称、文号或者大致年份\n所需政府信息的具体内容",
    "guidance": "可以写明是哪一年、哪条路、哪个项目，例如“2025年北京路改造工程的中标结果公告”。",
    "correction_days": "10",
}
_GIVEN: Final = {
    "provided": "《2025年市级城镇老旧小区改造计划项目表》",
    "how_given": "电子文件附在本答复书之后，凭申请编号和查询码在网上查看、下载。",
}
_EXTENSION: Final = "涉及三个年度、两个部门的档案，需要调阅纸质案卷并逐页审查。"


def tell(office: DemoOffice) -> Iterator[Story]:
    """Begin every story."""
    for story in _ALL:
        yield story(office)


def _fresh(office: DemoOffice) -> Story:
    at = yield office.ago(0, 9, 10)
    office.file(Ask(MA, "2026年金川区城市公交线路调整方案和征求意见情况"), at=at, shown=True)


def _fresh_by_post(office: DemoOffice) -> Story:
    at = yield office.ago(1, 11)
    ask = by_post(LIU, "永昌县北海子湿地保护规划的批复文件", body_code="government")
    office.register(ask, channel=Channel.MAIL_SIGNED, at=at)


def _fresh_by_word_of_mouth(office: DemoOffice) -> Story:
    at = yield office.ago(2, 15)
    ask = Ask(HE, "2025年全市高龄津贴发放标准的文件", FormWanted.PAPER, WayWanted.COLLECT)
    office.register(ask, channel=Channel.ORAL, at=at)


def _waiting_to_be_signed_for(office: DemoOffice) -> Story:
    at = yield office.ago(4, 10, 20)
    case = office.file(Ask(SONG, "北京路、新华路地下管网改造工程的立项批复"), at=at)
    at = yield office.ago(3)
    office.assign(case, "zjj", at=at)


def _sent_back(office: DemoOffice) -> Story:
    at = yield office.ago(6)
    case = office.file(Ask(GAO, "龙首山生态修复项目2025年度验收报告"), at=at)
    at = yield office.ago(5)
    office.assign(case, "zjj", at=at)
    at = yield office.ago(4)
    assignments.send_back(
        case.pk, reason="不是本局职责，建议转市自然资源局", actor=office.actor("handler"), at=at
    )


def _at_work(office: DemoOffice) -> Story:
    at = yield office.ago(9)
    case = office.file(Ask(ZHANG, "2024年至2026年保障性租赁住房分配结果"), at=at)
    at = yield office.ago(8)
    office.take_on(case, "zjj", "handler", at=at)
    at = yield office.ago(3)
    assignments.give_opinion(
        case.pk,
        text="三个年度的分配结果均已在局网站公示，可以提供；2024年表中的身份证号码已删去。",
        actor=office.actor("handler"),
        at=at,
    )


def _to_the_government(office: DemoOffice) -> Story:
    at = yield office.ago(12)
    ask = Ask(SCALES, "市政府2025年第7次常务会议中关于供热价格的议定事项", body_code="government")
    case = office.file(ask, at=at)
    at = yield office.ago(11)
    office.assign(case, "czj", at=at)
    at = yield office.ago(7)
    entries.note(
        case.pk, text="已电话告知申请人正在核对会议纪要的公开属性", actor=office.clerk, at=at
    )


def _soon_due(office: DemoOffice) -> Story:
    at = yield office.ago(16)
    case = office.file(Ask(YANG, "2026年义务教育阶段学区划分的依据和听证材料"), at=at)
    at = yield office.ago(15)
    office.take_on(case, "zjj", "handler", at=at)


def _nearly_due(office: DemoOffice) -> Story:
    at = yield office.ago(17, 16)
    office.register(by_post(DUAN, "金川峡水库2025年供水调度方案"), channel=Channel.FAX, at=at)


def _due_today(office: DemoOffice) -> Story:
    at = yield office.ago(20)
    case = office.file(Ask(QIN, "市政务服务大厅2025年窗口设置和人员调整方案"), at=at)
    at = yield office.ago(18)
    office.assign(case, "czj", at=at)


def _overdue(office: DemoOffice) -> Story:
    at = yield office.ago(23)
    case = office.file(Ask(CHEN, "2025年金川区老旧小区改造项目清单和资金安排"), at=at)
    at = yield office.ago(21)
    office.take_on(case, "zjj", "handler", at=at)


def _third_party_asked(office: DemoOffice) -> Story:
    at = yield office.ago(13)
    case = office.file(Ask(DAWN, "2025年城区生活垃圾清运服务采购合同"), at=at, shown=True)
    at = yield office.ago(8)
    asked = _ask_third_party(office, case, at=at)
    at = yield office.ago(5)
    office.deliver(_letter_of(asked), at=at)


def _two_asked_at_once(office: DemoOffice) -> Story:
    at = yield office.ago(18)
    case = office.file(Ask(PLAIN, "金川河流域2024年取水许可台账和联合执法通报"), at=at)
    at = yield office.ago(13)
    first = _ask_third_party(office, case, at=at)
    at = yield office.ago(11)
    second = consultations.start(
        case.pk,
        kind=ConsultationKind.CO_MAKER,
        name="市水务局",
        address="金昌市金川区演示路20号",
        subject="2024年金川河流域联合执法通报",
        actor=office.clerk,
        at=at,
    )
    office.send(_letter_of(second), at=at)
    at = yield office.ago(10)
    office.deliver(_letter_of(first), at=at)
    office.deliver(_letter_of(second), at=at)
    at = yield office.ago(4)
    consultations.record_reply(
        first.pk,
        position=Position.PARTLY,
        reason="合同单价属于商业秘密，其余同意公开",
        on=local_day(at),
        actor=office.clerk,
        at=at,
    )


def _extended(office: DemoOffice) -> Story:
    at = yield office.ago(26)
    case = office.file(Ask(SCALES, "2021年至2025年市级重大行政决策听证会记录"), at=at)
    at = yield office.ago(10)
    letter = extensions.request(case.pk, days=20, reason=_EXTENSION, actor=office.clerk, at=at)
    office.send(letter, at=at)
    at = yield office.ago(9)
    office.deliver(letter, at=at)


def _extension_waits(office: DemoOffice) -> Story:
    at = yield office.ago(17)
    case = office.file(Ask(PLAIN, "近五年农业灌溉用水定额调整的论证材料"), at=at)
    at = yield office.ago(1)
    letter = extensions.request(case.pk, days=15, reason=_EXTENSION, actor=office.clerk, at=at)
    letters.submit(letter.pk, actor=office.clerk, at=at)


def _awaiting_correction(office: DemoOffice) -> Story:
    at = yield office.ago(7)
    case = office.file(Ask(GAO, "修路的文件"), at=at, shown=True)
    at = yield office.ago(4)
    letter = corrections.request(case.pk, fields=_POINTS, actor=office.clerk, at=at)
    office.send(letter, at=at)
    at = yield office.ago(3)
    office.deliver(letter, at=at)


def _corrected(office: DemoOffice) -> Story:
    at = yield office.ago(19)
    case = office.file(Ask(YANG, "学校的收费文件"), at=at)
    at = yield office.ago(16)
    letter = corrections.request(case.pk, fields=_POINTS, actor=office.clerk, at=at)
    office.send(letter, at=at)
    at = yield office.ago(15)
    office.deliver(letter, at=at)
    at = yield office.ago(10)
    corrections.answer(
        case.pk,
        text="需要2025年秋季学期金川区公办高中住宿费标准的文件",
        on=local_day(at),
        actor=APPLICANT,
        at=at,
    )


def _lapse_proposed(office: DemoOffice) -> Story:
    case = yield from _never_corrected(office, HE, begin=21)
    at = yield office.ago(1, 0, 15)
    lapses.propose(case.pk, at=at)


def _lapsed(office: DemoOffice) -> Story:
    case = yield from _never_corrected(office, DUAN, begin=30)
    at = yield office.ago(12, 0, 15)
    lapses.propose(case.pk, at=at)
    at = yield office.ago(11)
    letter = lapses.confirm(
        case.pk,
        judgement="已电话联系申请人两次，均未说明不能按期补正的原因",
        actor=office.clerk,
        at=at,
    )
    office.send(letter, at=at)
    at = yield office.ago(10)
    office.deliver(letter, at=at)


def _never_corrected(
    office: DemoOffice, who: ApplicantGiven, *, begin: int
) -> Generator[datetime, datetime, Case]:
    at = yield office.ago(begin)
    case = office.file(Ask(who, "工程的文件"), at=at)
    at = yield office.ago(begin - 3)
    letter = corrections.request(case.pk, fields=_POINTS, actor=office.clerk, at=at)
    office.send(letter, at=at)
    at = yield office.ago(begin - 4)
    office.deliver(letter, at=at)
    return case


def _awaiting_payment(office: DemoOffice) -> Story:
    at = yield office.ago(14)
    case = office.file(
        by_post(SCALES, "2015年至2025年市政府规范性文件清理目录和文本，共约240页"), at=at
    )
    at = yield office.ago(9)
    letter = _charge(office, case, pages=240, at=at)
    at = yield office.ago(6)
    office.deliver(letter, at=at)


def _paid(office: DemoOffice) -> Story:
    at = yield office.ago(22)
    case = office.file(by_post(DAWN, "2020年至2025年环境卫生考核通报全文，共约120页"), at=at)
    at = yield office.ago(16)
    letter = _charge(office, case, pages=120, at=at)
    at = yield office.ago(14)
    office.deliver(letter, at=at)
    at = yield office.ago(8)
    fees.record_payment(
        case.pk, on=local_day(at), bill_number="演示票据000001", actor=office.clerk, at=at
    )


def _asked_for_reasons(office: DemoOffice) -> Story:
    at = yield office.ago(11)
    case = office.file(Ask(ZHANG, "2000年至2026年全部市政工程的全部招标文件"), at=at)
    at = yield office.ago(6)
    letter = reasons.ask(
        case.pk,
        fields={"counts": "今年以来共提出申请46件，其中9月提出31件。", "reasons_days": "10"},
        actor=office.clerk,
        at=at,
    )
    office.send(letter, at=at)


def _answer_waits_for_signature(office: DemoOffice) -> Story:
    at = yield office.ago(15)
    case = office.file(Ask(MA, "2025年市级城镇老旧小区改造计划"), at=at)
    at = yield office.ago(0, 9, 30)
    letter = _draft(office, case, OutcomeCode.DISCLOSED, _GIVEN, at=at)
    letters.submit(letter.pk, actor=office.clerk, at=at)


def _answer_waits_for_post(office: DemoOffice) -> Story:
    at = yield office.ago(18)
    case = office.register(
        by_post(LIU, "永昌县至金川区快速通道工程可行性研究报告的批复"),
        channel=Channel.COUNTER,
        at=at,
    )
    office.post_letters(case, at=at)
    at = yield office.ago(1)
    letter = _draft(office, case, OutcomeCode.DISCLOSED, _BY_POST, at=at)
    office.sign(letter, at=at)
    office.print_letters(case, at=at)


def _answered_not_yet_delivered(office: DemoOffice) -> Story:
    at = yield office.ago(19)
    case = office.register(
        by_post(CHEN, "2025年全市道路交通安全设施采购结果"), channel=Channel.MAIL_SIGNED, at=at
    )
    at = yield office.ago(3)
    fields = {
        "reason": "所申请的信息由市交通运输局制作，不属于本机关负责公开。",
        "organ_name": "金昌市交通运输局",
        "organ_contact": "金昌市金川区演示路30号，电话0935-0000000",
    }
    office.send(_draft(office, case, OutcomeCode.NOT_OURS, fields, at=at), at=at)


def _disclosed(office: DemoOffice) -> Story:
    at = yield office.ago(27)
    case = office.file(Ask(QIN, "2025年市级城镇老旧小区改造计划项目表"), at=at, shown=True)
    at = yield office.ago(24)
    office.take_on(case, "zjj", "handler", at=at)
    at = yield office.ago(14)
    letter = _draft(office, case, OutcomeCode.DISCLOSED, _GIVEN, at=at)
    office.send(letter, at=at)
    at = yield office.ago(13)
    office.deliver(letter, at=at)


def _partly(office: DemoOffice) -> Story:
    at = yield office.ago(34)
    case = office.register(
        by_post(DAWN, "2024年建筑垃圾处置特许经营协议"), channel=Channel.COUNTER, at=at
    )
    at = yield office.ago(30)
    asked = _ask_third_party(office, case, at=at)
    at = yield office.ago(28)
    office.deliver(_letter_of(asked), at=at)
    at = yield office.ago(20)
    consultations.record_reply(
        asked.pk,
        position=Position.PARTLY,
        reason="单价和成本测算属于商业秘密，其余同意公开",
        on=local_day(at),
        actor=office.clerk,
        at=at,
    )
    at = yield office.ago(16)
    fields = {
        "provided": "《2024年建筑垃圾处置特许经营协议》，单价和成本测算除外",
        "how_given": "随本答复书邮寄纸质复制件。",
        "withheld": "协议附件三中的单价和成本测算",
        "ground": "third_party",
        "withheld_reason": "属于第三方的商业秘密，公开会损害其竞争地位；第三方不同意公开。",
        "third_party_position": "第三方同意公开单价和成本测算以外的部分，经审查理由合理。",
    }
    letter = _draft(office, case, OutcomeCode.PARTIAL, fields, at=at)
    office.send(letter, at=at)
    at = yield office.ago(12)
    office.deliver(letter, at=at)


def _refused(office: DemoOffice) -> Story:
    at = yield office.ago(29)
    case = office.file(Ask(ZHANG, "市政府办公室2026年内部请示报告的讨论稿"), at=at)
    at = yield office.ago(17)
    fields = {"reason": "该文件是尚未形成结论的讨论稿，公开会影响对有关事项的正常研究。"}
    letter = _draft(office, case, OutcomeCode.PROCESS, fields, at=at)
    office.send(letter, at=at)
    at = yield office.ago(16)
    office.deliver(letter, at=at)


def _archived(office: DemoOffice) -> Story:
    at = yield office.ago(45)
    case = office.file(Ask(SONG, "1998年金川公园改造的规划图纸"), at=at)
    at = yield office.ago(33)
    fields = {
        "search_scope": "市政府办公室文书档案1996年至2000年卷、市档案馆移交目录。",
        "search_means": "以“金川公园”“改造”“规划”为关键词检索公文系统，并人工翻阅纸质目录，未发现。",
        "searched_on": local_day(at).isoformat(),
        "searched_by": "王晓岚、郑怀古",
    }
    letter = _draft(office, case, OutcomeCode.NOT_EXIST, fields, at=at)
    office.send(letter, at=at)
    at = yield office.ago(32)
    office.deliver(letter, at=at)
    at = yield office.ago(25)
    closings.archive(case.pk, actor=office.actor("archivist"), at=at)


def _withdrawn(office: DemoOffice) -> Story:
    at = yield office.ago(10)
    case = office.file(Ask(GAO, "2026年全市中考录取分数线"), at=at)
    at = yield office.ago(8)
    closings.withdraw(case.pk, on=local_day(at), reason="已在网站查到", actor=APPLICANT, at=at)
    office.print_letters(case, at=at)


def _reopened(office: DemoOffice) -> Story:
    at = yield office.ago(60)
    case = office.file(Ask(SCALES, "2023年城市供热特许经营中期评估报告"), at=at)
    at = yield office.ago(50)
    fields = {"reason": "该报告用于内部研究，公开会影响对有关事项的正常研究。"}
    letter = _draft(office, case, OutcomeCode.PROCESS, fields, at=at)
    office.send(letter, at=at)
    at = yield office.ago(49)
    office.deliver(letter, at=at)
    at = yield office.ago(5)
    closings.reopen(
        case.pk,
        on=local_day(at),
        days=15,
        decision="金政复决字〔2026〕3号（演示）",
        actor=office.clerk,
        at=at,
    )


_BY_POST: Final = {
    "provided": "《关于永昌至金川快速通道工程可行性研究报告的批复》",
    "how_given": "随本答复书邮寄纸质复制件。",
    "page_count": "6",
}


def _ask_third_party(office: DemoOffice, case: Case, *, at: datetime) -> Consultation:
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
    office.send(_letter_of(asked), at=at)
    return asked


def _letter_of(consultation: Consultation) -> Letter:
    return consultation.letters.get(act="consult")


def _charge(office: DemoOffice, case: Case, *, pages: int, at: datetime) -> Letter:
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


def _draft(
    office: DemoOffice, case: Case, outcome: OutcomeCode, fields: Mapping[str, str], *, at: datetime
) -> Letter:
    return answers.draft(case.pk, outcome=outcome, fields=fields, actor=office.clerk, at=at)


_ALL: Final = (
    _fresh,
    _fresh_by_post,
    _fresh_by_word_of_mouth,
    _waiting_to_be_signed_for,
    _sent_back,
    _at_work,
    _to_the_government,
    _soon_due,
    _nearly_due,
    _due_today,
    _overdue,
    _third_party_asked,
    _two_asked_at_once,
    _extended,
    _extension_waits,
    _awaiting_correction,
    _corrected,
    _lapse_proposed,
    _lapsed,
    _awaiting_payment,
    _paid,
    _asked_for_reasons,
    _answer_waits_for_signature,
    _answer_waits_for_post,
    _answered_not_yet_delivered,
    _disclosed,
    _partly,
    _refused,
    _archived,
    _withdrawn,
    _reopened,
)
