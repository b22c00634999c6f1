"""No letter says what is not so: of the case's own history, of its dates, of the time that counts."""

from datetime import date

import pytest

from requests_app.domain.errors import Refused
from requests_app.domain.outcomes import OutcomeCode
from requests_app.services import reasons
from tests.factories import BY_POST
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

PARTIAL = {
    "provided": "改造合同第1至4页", "how_given": "随本答复书网上提供",
    "withheld": "改造合同第5页的单价", "ground": "third_party", "withheld_reason": "单价属于商业秘密。",
    "third_party_position": "第三方不同意公开，经审查理由合理。",
}  # fmt: skip
EXCESSIVE = {"reasons_asked_on": "2026-03-05", "reason": "内容多次相近。"}


def objections(desk, case, on, **answer):
    """What is said against drafting an answer; nothing when it is drafted."""
    try:
        desk.draft_answer(case, on, **answer)
    except Refused as refused:
        return [reason.sentence for reason in refused.reasons]
    return []


def paragraphs(letter):
    letter.refresh_from_db()
    return [each["text"] for each in letter.text["paragraphs"]]


def test_partial_answer_for_a_third_partys_sake_without_asking_is_refused(desk):
    case = desk.register("2026-03-02")

    sentences = objections(desk, case, "2026-03-10", outcome=OutcomeCode.PARTIAL, fields=PARTIAL)

    assert sentences == ["涉及第三方合法权益的，应当先书面征求第三方的意见。"]


def test_partial_answer_for_a_third_partys_sake_after_asking_is_drafted(desk):
    case = desk.register("2026-03-02")
    desk.consult(case, "2026-03-05", served="2026-03-06")

    letter = desk.draft_answer(case, "2026-03-31", outcome=OutcomeCode.PARTIAL, fields=PARTIAL)

    assert (letter.kind, letter.status) == ("partial", "draft")


def test_silence_about_reasons_is_not_held_against_the_applicant_before_service(desk):
    case = desk.register("2026-03-02", **BY_POST)
    desk.post(desk.ask_reasons(case, "2026-03-04"), "2026-03-04")

    sentences = objections(
        desk, case, "2026-03-26", outcome=OutcomeCode.EXCESSIVE, fields=EXCESSIVE
    )

    assert sentences == [
        "说明理由通知书还没有送达，申请人也没有说明理由，不能以理由不合理为由不予处理。"
    ]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        # Served 03-05; by hand 03-06=1, 03-09..03-13=6, 03-16..03-19=10.
        ("2026-03-19", ["申请人说明理由的期限到2026-03-19（含当日）为止，还没有届满，申请人也没有说明理由。"]),
        ("2026-03-20", []),
    ],
)  # fmt: skip
def test_silence_about_reasons_counts_once_their_days_are_over(desk, on, expected):
    case = desk.register("2026-03-02", **BY_POST)
    letter = desk.post(desk.ask_reasons(case, "2026-03-04"), "2026-03-04")
    desk.arrive(letter, "2026-03-05")

    sentences = objections(desk, case, on, outcome=OutcomeCode.EXCESSIVE, fields=EXCESSIVE)

    assert sentences == expected


def test_receipt_for_a_year_without_notice_says_that_the_day_may_move(desk):
    case = desk.file("2026-12-10")

    texts = paragraphs(case.letters.get(kind="receipt"))

    assert "2027年的放假安排尚未公布，上述日期以公布后的放假安排计算为准。" in texts


def test_receipt_within_the_published_years_promises_its_day(desk):
    case = desk.file("2026-03-02")

    texts = paragraphs(case.letters.get(kind="receipt"))

    assert [text for text in texts if "上述日期" in text] == []


def test_extension_during_a_consultation_says_that_the_day_may_come_earlier(desk):
    # By hand: 03-02..03-10 uses 6; served 03-12, their 15 days end 04-02; 34 left: 04-03=1,
    # 04-07..04-10=5, 04-13..04-30=19 (14 days), 05-06..05-09=23, 05-11..05-15=28, 05-18..05-22=33, 05-25=34.
    case = desk.register("2026-03-02")
    desk.consult(case, "2026-03-10", served="2026-03-12")

    texts = paragraphs(desk.extend(case, "2026-03-16"))

    assert [text for text in texts if "2026年5月25日（含当日）" in text or "上述日期" in text] == [
        (
            "根据《中华人民共和国政府信息公开条例》第三十三条第二款的规定，经本机关政府信息公开工作机构负责人同意，"
            "答复期限延长20个工作日，延长后的答复期限为2026年5月25日（含当日）。"
            "本机关将抓紧办理，能够提前答复的，提前答复。"
        ),
        "上述日期按征求意见的期限届满计算；提前收到意见的，相应提前。",
    ]


def test_applicant_is_told_of_a_consultation_that_stops_the_clock(desk):
    case = desk.register("2026-03-02")
    desk.consult(case, "2026-03-30")

    assert case.letters.filter(kind="consult_notice").count() == 1


def test_applicant_is_not_told_that_time_stops_when_it_does_not(desk):
    case = desk.register("2026-03-02")
    desk.consult(case, "2026-03-31")

    assert case.letters.filter(kind="consult_notice").count() == 0


def test_later_date_on_a_rest_day_is_refused_with_the_day_it_would_become(desk):
    case = desk.register("2026-03-02")
    desk.ask_reasons(case, "2026-03-04")
    reasons.give(
        case.pk, text="研究需要", on=date(2026, 3, 6), actor=desk.clerk, at=moment("2026-03-06")
    )

    with pytest.raises(Refused) as refused:
        reasons.delay(
            case.pk,
            until=date(2026, 5, 16),
            fields={"reason": "数量多"},
            actor=desk.clerk,
            at=moment("2026-03-10"),
        )

    assert [reason.sentence for reason in refused.value.reasons] == [
        "2026-05-16不是工作日，期限会顺延到2026-05-18，请直接写那一天。"
    ]
