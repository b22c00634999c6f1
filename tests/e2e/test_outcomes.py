"""Every outcome of an application for information in a real browser: form, signature, and the letter read back.

Only the answer goes through the pages; where an outcome rests on something done before (a search, a
correction, a consultation, reasons asked for), the services have done it. One outcome runs every
day, the rest in the long run. Titles and articles are typed by hand from the regulation.
"""

import io
import re
from datetime import date

import pypdf
import pytest
from playwright.sync_api import expect

from requests_app.domain.consultations import Position
from requests_app.domain.matters import Matter
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.models import Letter
from requests_app.selectors import letter_files
from requests_app.services import consultations, lapse_watch, reasons
from tests import factories
from tests.offices import moment

pytestmark = [pytest.mark.django_db(transaction=True)]

RECEIVED, ANSWERED = "2025-09-26", "2025-10-22"
EVERY_DAY = OutcomeCode.NOT_EXIST

REASON = {"reason": "内容属于日常管理中形成的材料。"}
REPLY, NOTICE = "政府信息公开申请答复书", "政府信息公开申请告知书"
REFUSAL, NO_HANDLING = "政府信息不予公开决定书", "政府信息公开申请不予处理告知书"
ART_36_3 = "第三十六条第（三）项"


# --- What was done before -------------------------------------------------------------------------------


def search(office, case):
    office.search(case, "2025-10-15")


def correct(office, case):
    office.ask_correction(case, "2025-09-30", served="2025-09-30")
    office.correct(case, "2025-10-10")


def consult(office, case):
    asked = office.consult(case, "2025-10-09", served="2025-10-10")
    consultations.record_reply(
        asked.pk, position=Position.REFUSES, reason="单价属于商业秘密。", on=date(2025, 10, 17),
        actor=office.clerk, at=moment("2025-10-17"),
    )  # fmt: skip


def ask_reasons(office, case):
    office.fetch(office.ask_reasons(case, "2025-09-30"), "2025-09-30")
    reasons.give(
        case.pk,
        text="用于研究。",
        on=date(2025, 10, 10),
        actor=office.clerk,
        at=moment("2025-10-10"),
    )


def nothing(office, case):
    """Most answers need nothing before them."""


#: Outcome, what was done before, what the form asks for, the letter's title, the articles it prints.
ANSWERS = [
    (
        OutcomeCode.ALREADY_PUBLIC, nothing,
        {"where_public": "市政府网站“政府信息公开”专栏，检索“老旧小区改造”。"},
        REPLY, ["第三十六条第（一）项"],
    ),
    (
        OutcomeCode.DISCLOSED, nothing,
        {"provided": "2025年老旧小区改造项目清单", "how_given": "随本答复书在查询页面提供。"},
        REPLY, ["第三十六条第（二）项"],
    ),
    (
        OutcomeCode.PARTIAL, nothing,
        {
            "provided": "改造合同第1至4页", "how_given": "随本答复书在查询页面提供。",
            "withheld": "改造合同第5页的值班电话", "ground": "internal",
            "withheld_reason": "只用于内部值班，对外不产生影响。",
        },
        REPLY, ["第三十七条", "第十六条第一款"],
    ),
    (
        OutcomeCode.CLASSIFIED, nothing,
        REASON | {"secret_level": "秘密", "secret_until": "2030-01-01"},
        REFUSAL, ["第十四条", ART_36_3],
    ),
    (
        OutcomeCode.BANNED, nothing, REASON | {"banning_law": "《中华人民共和国统计法》"},
        REFUSAL, ["第十四条", ART_36_3, "《中华人民共和国统计法》"],
    ),
    (OutcomeCode.SAFETY, nothing, REASON, REFUSAL, ["第十四条", ART_36_3]),
    (
        OutcomeCode.THIRD_PARTY, consult,
        REASON | {"third_party_position": "第三方不同意公开，经审查理由合理。"},
        REFUSAL, ["第十五条", ART_36_3],
    ),
    (OutcomeCode.INTERNAL, nothing, REASON, REFUSAL, ["第十六条第一款", ART_36_3]),
    (OutcomeCode.PROCESS, nothing, REASON, REFUSAL, ["第十六条第二款", ART_36_3]),
    (OutcomeCode.ENFORCEMENT, nothing, REASON, REFUSAL, ["第十六条第二款", ART_36_3]),
    (
        OutcomeCode.OTHER_LAW, nothing,
        {
            "information_type": "不动产登记资料", "law_name": "《不动产登记暂行条例》",
            "where_to_go": "金昌市不动产登记中心查询窗口",
        },
        NOTICE, ["第三十六条第（七）项", "《不动产登记暂行条例》"],
    ),
    (
        OutcomeCode.NOT_EXIST, search, {"search_scope": "公文系统、档案室2024年至2025年文书卷"},
        REPLY, ["第三十六条第（四）项"],
    ),
    (
        OutcomeCode.NOT_OURS, nothing,
        REASON | {"organ_name": "市住房和城乡建设局", "organ_contact": "0935-0000001"},
        REPLY, ["第十条", "第三十六条第（五）项"],
    ),
    (OutcomeCode.NEEDS_PROCESSING, nothing, REASON, REPLY, ["第三十八条"]),
    (
        OutcomeCode.STILL_UNCLEAR, correct, {"unclear_points": "清单指哪一个小区、哪一年的"},
        REPLY, ["第二十九条第二款第（二）项", "第三十条"],
    ),
    (OutcomeCode.PETITION, nothing, REASON, NOTICE, ["第三十九条第一款"]),
    (
        OutcomeCode.REPEATED, nothing,
        {"earlier_on": "2025-06-03", "earlier_number": "金政办公开告〔2025〕8号"},
        "政府信息公开申请不予重复处理告知书", ["第三十六条第（六）项"],
    ),
    (
        OutcomeCode.PUBLICATION, nothing,
        {"publication": "《金昌市人民政府公报》2025年第3期", "where_to_get": "市图书馆一楼阅览室"},
        NOTICE, ["第三十九条第二款"],
    ),
    (
        OutcomeCode.EXCESSIVE, ask_reasons, REASON | {"reasons_asked_on": "2025-09-30"},
        NO_HANDLING, ["第三十五条"],
    ),
    (OutcomeCode.RECONFIRMATION, nothing, REASON, NO_HANDLING, ["第二条"]),
    (
        OutcomeCode.OTHER, nothing,
        {
            "finding": "申请的内容是向本机关提出建议。", "answer_basis": "《中华人民共和国政府信息公开条例》第二条",
            "handling": "建议已转有关科室研究。",
        },
        REPLY, ["第二条"],
    ),
]  # fmt: skip

#: Outcomes no answer states: an act of its own ends these cases.
ENDED_OTHERWISE = {
    OutcomeCode.LAPSED_CORRECTION,
    OutcomeCode.LAPSED_FEE,  # test_lives
    OutcomeCode.WITHDRAWN,
}


@pytest.fixture
def office(autumn):
    return factories.set_up()


def words_of(letter):
    """Read the finished file back as the applicant gets it, without breaks and spaces."""
    letter.refresh_from_db()
    pages = pypdf.PdfReader(io.BytesIO(letter_files.content(letter))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(line, id=line[0].value, marks=() if line[0] is EVERY_DAY else pytest.mark.long)
        for line in ANSWERS
    ],
)
def test_an_outcome_is_answered_by_the_form_signed_and_printed(at_desk, office, complaints, line):
    outcome, before, typed, title, articles = line
    case = office.file(RECEIVED)
    before(office, case)

    at_desk.on(ANSWERED, office.clerk)
    at_desk.act(case, "answer", "起草答复", query=f"?outcome={outcome.value}", **typed)
    letter = Letter.objects.get(case=case, act="answer")
    at_desk.letter_act(letter, "submit", "送签")
    at_desk.on(ANSWERED, office.head)
    at_desk.approve()
    at_desk.make_files()

    at_desk.open_case(case)
    papers = at_desk.page.get_by_role("region", name="文书", exact=True)
    expect(papers.get_by_role("row").filter(has_text="金政办公开告〔2025〕1号")).to_be_visible()
    words = words_of(letter)
    assert title in words
    assert [each for each in articles if each not in words] == []
    assert "2025年10月22日" in words
    found = factories.stored(case)
    assert (found["status"], found["outcome"]) == ("answered", outcome.value)
    assert complaints == []


@pytest.mark.long
def test_an_application_not_corrected_in_time_lapses_when_a_person_says_so(
    at_desk, office, complaints
):
    # Ten working days from 09-30 by hand: 10-09, 10-10, 10-11 (works) = 3, 10-13..10-17 = 8, 10-20, 10-21.
    case = office.file(RECEIVED)
    office.ask_correction(case, "2025-09-30", served="2025-09-30")
    lapse_watch.propose_due(at=moment(ANSWERED))

    at_desk.on(ANSWERED, office.clerk)
    at_desk.act(case, "confirm_lapse", "起草不再处理告知书", judgement="电话联系，没有正当理由。")
    letter = Letter.objects.get(kind="lapse_correction")
    at_desk.letter_act(letter, "submit", "送签")
    at_desk.on(ANSWERED, office.head)
    at_desk.approve()
    at_desk.make_files()

    words = words_of(letter)
    assert "政府信息公开申请不再处理告知书" in words
    assert "第三十条" in words
    assert "2025年10月21日" in words
    assert factories.stored(case)["outcome"] == "lapsed_correction"
    assert complaints == []


@pytest.mark.long
def test_an_application_withdrawn_is_confirmed_on_paper(at_desk, office, complaints):
    case = office.file(RECEIVED)

    at_desk.on(ANSWERED, office.clerk)
    at_desk.act(case, "withdraw", "登记撤回", reason="本人来电，核对了编号和查询码。")
    at_desk.make_files()

    assert "撤回" in words_of(Letter.objects.get(kind="withdrawal"))
    assert factories.stored(case)["outcome"] == "withdrawn"
    assert complaints == []


def test_every_outcome_for_information_is_walked_here():
    walked = {outcome for outcome, *_ in ANSWERS} | ENDED_OTHERWISE

    assert walked == {code for code, row in OUTCOMES.items() if row.matter is Matter.DISCLOSURE}
