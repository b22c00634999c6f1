"""Stories of cases under way: new, at work, waiting, soon due, overdue."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime

from requests_app.domain.access import APPLICANT
from requests_app.domain.application import Channel, FormWanted, WayWanted
from requests_app.domain.consultations import ConsultationKind, Position
from requests_app.domain.matters import Matter
from requests_app.models import Case
from requests_app.services import (
    assignments,
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
from requests_app.services.demo import applications, steps
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


def fresh(office: DemoOffice) -> Story:
    """Filed online today."""
    at = yield office.ago(0, 9, 10)
    office.file(Ask(MA, "2026年金川区城市公交线路调整方案和征求意见情况"), at=at, shown=True)


def fresh_by_post(office: DemoOffice) -> Story:
    """Came by post yesterday, to the government."""
    at = yield office.ago(1, 11)
    ask = by_post(LIU, "永昌县北海子湿地保护规划的批复文件", body_code="government")
    office.register(ask, channel=Channel.MAIL_SIGNED, at=at)


def fresh_by_word_of_mouth(office: DemoOffice) -> Story:
    """Asked for at the counter by somebody who cannot write."""
    at = yield office.ago(2, 15)
    ask = Ask(HE, "2025年全市高龄津贴发放标准的文件", FormWanted.PAPER, WayWanted.COLLECT)
    office.register(ask, channel=Channel.ORAL, at=at)


def together(office: DemoOffice) -> Story:
    """Filed by two citizens and a society; the first is the one the office writes to."""
    at = yield office.ago(3, 9, 30)
    description = "2026年金水湖水库供水水质监测报告"
    partners = (applications.together(YANG), applications.together(PLAIN))
    case = office.file(Ask(GAO, description, partners=partners), at=at)
    at = yield office.ago(2, 10, 15)
    office.assign(case, "stj", at=at)


def own_record(office: DemoOffice) -> Story:
    """A record about the applicant that is wrong (条例 41), with evidence."""
    at = yield office.ago(6, 14, 5)
    ask = Ask(
        SONG,
        "家庭人口数登记为2人，应当是3人",
        document_name="《城镇住房保障对象登记表》（2021年）",
        matter=Matter.AMENDMENT,
    )
    case = office.file(ask, at=at)
    at = yield office.ago(5)
    office.take_on(case, "zjj", "handler", at=at)


def waiting_to_be_signed_for(office: DemoOffice) -> Story:
    """Assigned; the department has not signed for it."""
    at = yield office.ago(4, 10, 20)
    case = office.file(Ask(SONG, "北京路、新华路地下管网改造工程的立项批复"), at=at)
    at = yield office.ago(3)
    office.assign(case, "zjj", at=at)


def sent_back(office: DemoOffice) -> Story:
    """The department sent it back."""
    at = yield office.ago(6)
    case = office.file(Ask(GAO, "龙首山生态修复项目2025年度验收报告"), at=at)
    at = yield office.ago(5)
    office.assign(case, "zjj", at=at)
    at = yield office.ago(4)
    assignments.send_back(
        case.pk, reason="不是本局职责，建议转市自然资源局", actor=office.actor("handler"), at=at
    )


def at_work(office: DemoOffice) -> Story:
    """A department works on it and gave its opinion."""
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


def to_the_government(office: DemoOffice) -> Story:
    """Addressed to the government itself."""
    at = yield office.ago(12)
    ask = Ask(SCALES, "市政府2025年第7次常务会议中关于供热价格的议定事项", body_code="government")
    case = office.file(ask, at=at)
    at = yield office.ago(11)
    office.assign(case, "czj", at=at)
    at = yield office.ago(7)
    entries.note(
        case.pk, text="已电话告知申请人正在核对会议纪要的公开属性", actor=office.clerk, at=at
    )


def soon_due(office: DemoOffice) -> Story:
    """Few working days are left."""
    at = yield office.ago(16)
    case = office.file(Ask(YANG, "2026年义务教育阶段学区划分的依据和听证材料"), at=at)
    at = yield office.ago(15)
    office.take_on(case, "zjj", "handler", at=at)


def nearly_due(office: DemoOffice) -> Story:
    """Fewer still, and it came by fax."""
    at = yield office.ago(17, 16)
    office.register(by_post(DUAN, "金川峡水库2025年供水调度方案"), channel=Channel.FAX, at=at)


def due_today(office: DemoOffice) -> Story:
    """The last day is today."""
    at = yield office.ago(20)
    case = office.file(Ask(QIN, "市政务服务大厅2025年窗口设置和人员调整方案"), at=at)
    at = yield office.ago(18)
    office.assign(case, "czj", at=at)


def overdue(office: DemoOffice) -> Story:
    """The last day has gone by."""
    at = yield office.ago(23)
    case = office.file(Ask(CHEN, "2025年金川区老旧小区改造项目清单和资金安排"), at=at)
    at = yield office.ago(21)
    office.take_on(case, "zjj", "handler", at=at)


def third_party_asked(office: DemoOffice) -> Story:
    """The clock stands still for a third party."""
    at = yield office.ago(13)
    case = office.file(Ask(DAWN, "2025年城区生活垃圾清运服务采购合同"), at=at, shown=True)
    at = yield office.ago(8)
    asked = steps.ask_third_party(office, case, at=at)
    at = yield office.ago(5)
    office.deliver(steps.letter_of(asked), at=at)


def two_asked_at_once(office: DemoOffice) -> Story:
    """Two consultations overlap; a day is excluded once."""
    at = yield office.ago(18)
    case = office.file(Ask(PLAIN, "金川河流域2024年取水许可台账和联合执法通报"), at=at)
    at = yield office.ago(13)
    first = steps.ask_third_party(office, case, at=at)
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
    office.send(steps.letter_of(second), at=at)
    at = yield office.ago(10)
    office.deliver(steps.letter_of(first), at=at)
    office.deliver(steps.letter_of(second), at=at)
    at = yield office.ago(4)
    consultations.record_reply(
        first.pk,
        position=Position.PARTLY,
        reason="合同单价属于商业秘密，其余同意公开",
        on=local_day(at),
        actor=office.clerk,
        at=at,
    )


def extended(office: DemoOffice) -> Story:
    """The head has extended the period."""
    at = yield office.ago(26)
    case = office.file(Ask(SCALES, "2021年至2025年市级重大行政决策听证会记录"), at=at)
    at = yield office.ago(10)
    letter = extensions.request(case.pk, days=20, reason=steps.EXTENSION, actor=office.clerk, at=at)
    office.send(letter, at=at)
    at = yield office.ago(9)
    office.deliver(letter, at=at)


def extension_waits(office: DemoOffice) -> Story:
    """An extension waits for the head."""
    at = yield office.ago(17)
    case = office.file(Ask(PLAIN, "近五年农业灌溉用水定额调整的论证材料"), at=at)
    at = yield office.ago(1)
    letter = extensions.request(case.pk, days=15, reason=steps.EXTENSION, actor=office.clerk, at=at)
    letters.submit(letter.pk, actor=office.clerk, at=at)


def awaiting_correction(office: DemoOffice) -> Story:
    """The applicant has been asked for a correction."""
    at = yield office.ago(7)
    case = office.file(Ask(GAO, "修路的文件"), at=at, shown=True)
    at = yield office.ago(4)
    letter = corrections.request(case.pk, fields=steps.POINTS, actor=office.clerk, at=at)
    office.send(letter, at=at)
    at = yield office.ago(3)
    office.deliver(letter, at=at)


def corrected(office: DemoOffice) -> Story:
    """A corrected application began a new period."""
    at = yield office.ago(19)
    case = office.file(Ask(YANG, "学校的收费文件"), at=at)
    at = yield office.ago(16)
    letter = corrections.request(case.pk, fields=steps.POINTS, actor=office.clerk, at=at)
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


def lapse_proposed(office: DemoOffice) -> Story:
    """No correction came; a person must decide."""
    case = yield from _never_corrected(office, HE, begin=21)
    at = yield office.ago(1, 0, 15)
    lapses.propose(case.pk, at=at)


def lapsed(office: DemoOffice) -> Story:
    """A person decided: no good reason, the case lapsed."""
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
    letter = corrections.request(case.pk, fields=steps.POINTS, actor=office.clerk, at=at)
    office.send(letter, at=at)
    at = yield office.ago(begin - 4)
    office.deliver(letter, at=at)
    return case


def awaiting_payment(office: DemoOffice) -> Story:
    """The fee notice is out."""
    at = yield office.ago(14)
    case = office.file(
        by_post(SCALES, "2015年至2025年市政府规范性文件清理目录和文本，共约240页"), at=at
    )
    at = yield office.ago(9)
    letter = steps.charge(office, case, pages=240, at=at)
    at = yield office.ago(6)
    office.deliver(letter, at=at)


def paid(office: DemoOffice) -> Story:
    """A paid fee began a new period."""
    at = yield office.ago(22)
    case = office.file(by_post(DAWN, "2020年至2025年环境卫生考核通报全文，共约120页"), at=at)
    at = yield office.ago(16)
    letter = steps.charge(office, case, pages=120, at=at)
    at = yield office.ago(14)
    office.deliver(letter, at=at)
    at = yield office.ago(8)
    fees.record_payment(
        case.pk, on=local_day(at), bill_number="演示票据000001", actor=office.clerk, at=at
    )


def asked_for_reasons(office: DemoOffice) -> Story:
    """Too much was asked for; reasons are awaited."""
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
