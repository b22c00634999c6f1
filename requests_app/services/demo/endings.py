"""Stories of cases that are answered, or nearly: signed, sent, delivered, withdrawn, reopened."""

from __future__ import annotations

from datetime import timedelta

from requests_app.domain.access import APPLICANT
from requests_app.domain.application import Channel
from requests_app.domain.consultations import Position
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.searches import SearchResult
from requests_app.selectors import searches as log_of_searches
from requests_app.services import (
    archives,
    closings,
    consultations,
    letters,
    merging,
    searches,
)
from requests_app.services.case_file import local_day
from requests_app.services.demo import steps
from requests_app.services.demo.applications import (
    CHEN,
    DAWN,
    GAO,
    LIU,
    MA,
    QIN,
    SCALES,
    SONG,
    ZHANG,
    Ask,
    by_post,
)
from requests_app.services.demo.office import DemoOffice, Story
from requests_app.services.searches import SearchGiven


def answer_waits_for_signature(office: DemoOffice) -> Story:
    """An answer is with the head."""
    at = yield office.ago(15)
    case = office.file(Ask(MA, "2025年市级城镇老旧小区改造计划"), at=at)
    at = yield office.ago(0, 9, 30)
    letter = steps.draft(office, case, OutcomeCode.DISCLOSED, steps.GIVEN, at=at)
    letters.submit(letter.pk, actor=office.clerk, at=at)


def answer_waits_for_post(office: DemoOffice) -> Story:
    """A signed answer waits to be posted."""
    at = yield office.ago(18)
    case = office.register(
        by_post(LIU, "永昌县至金川区快速通道工程可行性研究报告的批复"),
        channel=Channel.COUNTER,
        at=at,
    )
    office.post_letters(case, at=at)
    at = yield office.ago(1)
    letter = steps.draft(office, case, OutcomeCode.DISCLOSED, steps.BY_POST, at=at)
    office.sign(letter, at=at)
    office.print_letters(case, at=at)


def answered_not_yet_delivered(office: DemoOffice) -> Story:
    """A posted answer has no proof of arrival yet."""
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
    office.send(steps.draft(office, case, OutcomeCode.NOT_OURS, fields, at=at), at=at)


def disclosed(office: DemoOffice) -> Story:
    """Everything asked for was given."""
    at = yield office.ago(27)
    case = office.file(Ask(QIN, "2025年市级城镇老旧小区改造计划项目表"), at=at, shown=True)
    at = yield office.ago(24)
    office.take_on(case, "zjj", "handler", at=at)
    at = yield office.ago(14)
    letter = steps.draft(office, case, OutcomeCode.DISCLOSED, steps.GIVEN, at=at)
    office.send(letter, at=at)
    at = yield office.ago(13)
    office.deliver(letter, at=at)


def partly(office: DemoOffice) -> Story:
    """A part was given, a part withheld after a third party was asked."""
    at = yield office.ago(34)
    case = office.register(
        by_post(DAWN, "2024年建筑垃圾处置特许经营协议"), channel=Channel.COUNTER, at=at
    )
    at = yield office.ago(30)
    asked = steps.ask_third_party(office, case, at=at)
    at = yield office.ago(28)
    office.deliver(steps.letter_of(asked), at=at)
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
    letter = steps.draft(office, case, OutcomeCode.PARTIAL, fields, at=at)
    office.send(letter, at=at)
    at = yield office.ago(12)
    office.deliver(letter, at=at)


def refused(office: DemoOffice) -> Story:
    """A draft of internal discussion was withheld."""
    at = yield office.ago(29)
    case = office.file(Ask(ZHANG, "市政府办公室2026年内部请示报告的讨论稿"), at=at)
    at = yield office.ago(17)
    fields = {"reason": "该文件是尚未形成结论的讨论稿，公开会影响对有关事项的正常研究。"}
    letter = steps.draft(office, case, OutcomeCode.PROCESS, fields, at=at)
    office.send(letter, at=at)
    at = yield office.ago(16)
    office.deliver(letter, at=at)


def archived(office: DemoOffice) -> Story:
    """An answered case was put away."""
    at = yield office.ago(45)
    case = office.file(Ask(SONG, "1998年金川公园改造的规划图纸"), at=at)
    at = yield office.ago(33)
    searches.record(
        case.pk,
        SearchGiven(
            on=local_day(at),
            place="市政府办公室文书档案1996年至2000年卷、市档案馆移交目录",
            keywords="金川公园、改造、规划",
            means="人工翻阅纸质目录",
            result=SearchResult.NOTHING,
            by="王晓岚、郑怀古",
        ),
        actor=office.clerk,
        at=at,
    )
    fields = log_of_searches.quote(case)
    letter = steps.draft(office, case, OutcomeCode.NOT_EXIST, fields, at=at)
    office.send(letter, at=at)
    at = yield office.ago(32)
    office.deliver(letter, at=at)
    at = yield office.ago(25)
    archives.put_away(case.pk, actor=office.actor("archivist"), at=at)


def withdrawn(office: DemoOffice) -> Story:
    """The applicant took the application back."""
    at = yield office.ago(10)
    case = office.file(Ask(GAO, "2026年全市中考录取分数线"), at=at)
    at = yield office.ago(8)
    closings.withdraw(case.pk, on=local_day(at), reason="已在网站查到", actor=APPLICANT, at=at)
    office.print_letters(case, at=at)


def sent_twice(office: DemoOffice) -> Story:
    """Sent again the next day by mistake; the second was merged into the first, which goes on."""
    wanted = "延安路街心公园改造的设计方案和投资概算"
    at = yield office.ago(9)
    first = office.file(Ask(ZHANG, wanted), at=at)
    at = yield office.ago(8)
    second = office.file(Ask(ZHANG, wanted), at=at)
    at = yield office.ago(7)
    office.take_on(first, "zjj", "handler", at=at)
    reason = "同一申请人隔天重复提交了同样的内容"
    merging.merge(second.pk, into_id=first.pk, reason=reason, actor=office.clerk, at=at)


def reopened(office: DemoOffice) -> Story:
    """A review decision ordered a new answer."""
    at = yield office.ago(60)
    case = office.file(Ask(SCALES, "2023年城市供热特许经营中期评估报告"), at=at)
    at = yield office.ago(50)
    fields = {"reason": "该报告用于内部研究，公开会影响对有关事项的正常研究。"}
    letter = steps.draft(office, case, OutcomeCode.PROCESS, fields, at=at)
    office.send(letter, at=at)
    at = yield office.ago(49)
    office.deliver(letter, at=at)
    at = yield office.ago(5)
    closings.reopen(
        case.pk,
        on=local_day(at),
        days=15,
        decision="金政复决字〔2026〕3号（演示）",
        decided_on=local_day(at) - timedelta(days=4),
        actor=office.clerk,
        at=at,
    )
