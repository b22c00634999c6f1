"""The answer: every outcome, its letter and remedies; what an outcome needs and does not get."""

from datetime import date

import pytest

from requests_app.domain.matters import Matter
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.models import Case
from requests_app.selectors import facts
from requests_app.services import corrections, entries, letters
from tests import factories
from tests.factories import DISCLOSED, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

REASON = {"reason": "内容属于内部事务信息"}
THIRD = {"reason": "涉及商业秘密", "third_party_position": "第三方不同意公开"}
SEARCH = {
    "search_scope": "2024年至2025年文件库",
    "search_means": "以项目名称为关键词检索，无结果",
    "searched_on": "2026-03-05",
    "searched_by": "经办甲",
}
PARTIAL = DISCLOSED | {
    "withheld": "合同第3页单价",
    "ground": "internal",
    "withheld_reason": "属于内部管理信息",
}

#: Outcome, fields, kind of letter, whether review comes first ("先"), whether a suit is open at once.
ANSWERS = [
    (OutcomeCode.ALREADY_PUBLIC, {"where_public": "市政府网站"}, "already_public", "R1"),
    (OutcomeCode.DISCLOSED, DISCLOSED, "disclosed", "R1"),
    (OutcomeCode.PARTIAL, PARTIAL, "partial", "R3"),
    (
        OutcomeCode.CLASSIFIED,
        REASON | {"secret_level": "秘密", "secret_until": "2030-01-01"},
        "withheld",
        "R2",
    ),
    (OutcomeCode.BANNED, REASON | {"banning_law": "《统计法》第二十五条"}, "withheld", "R2"),
    (OutcomeCode.SAFETY, REASON, "withheld", "R2"),
    (OutcomeCode.INTERNAL, REASON, "withheld", "R2"),
    (OutcomeCode.PROCESS, REASON, "withheld", "R2"),
    (OutcomeCode.ENFORCEMENT, REASON, "withheld", "R2"),
    (
        OutcomeCode.OTHER_LAW,
        {"information_type": "不动产登记资料", "law_name": "《不动产登记暂行条例》", "where_to_go": "登记中心"},
        "other_law",
        "R1",
    ),
    (OutcomeCode.NOT_EXIST, SEARCH, "not_exist", "R1"),
    (
        OutcomeCode.NOT_OURS,
        REASON | {"organ_name": "市住建局", "organ_contact": "0935-0000001"},
        "not_ours",
        "R1",
    ),
    (OutcomeCode.NOT_OURS, REASON | {"organ_unknown": "yes"}, "not_ours", "R1"),
    (OutcomeCode.NEEDS_PROCESSING, REASON, "needs_processing", "R1"),
    (OutcomeCode.PETITION, REASON, "petition", "R1"),
    (
        OutcomeCode.REPEATED,
        {"earlier_on": "2025-06-02", "earlier_number": "金政办公开告〔2025〕8号"},
        "repeated",
        "R1",
    ),
    (
        OutcomeCode.PUBLICATION,
        {"publication": "《金昌市人民政府公报》2025年第3期", "where_to_get": "市图书馆"},
        "publication",
        "R1",
    ),
    (OutcomeCode.RECONFIRMATION, REASON, "reconfirmation", "R1"),
    (
        OutcomeCode.OTHER,
        {"finding": "查明情况", "answer_basis": "《条例》第二条", "handling": "不予处理"},
        "other_answer",
        "R1",
    ),
]  # fmt: skip


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


@pytest.mark.parametrize("line", ANSWERS, ids=[str(line[0]) for line in ANSWERS])
def test_an_outcome_gives_its_letter_and_closes_the_case(desk, case, line):
    outcome, fields, kind, remedies = line
    letter = desk.answer(case, "2026-03-10", outcome=outcome, fields=fields)
    block = "".join(letter.text["remedies"])

    assert (letter.kind, letter.status, letter.number) == (
        kind,
        "dispatched",
        "金政办公开告〔2026〕1号",
    )
    assert (status(case), factories.stored(case)["outcome"]) == ("answered", outcome.value)
    assert factories.stored(case)["closed_on"] == date(2026, 3, 10)
    assert ("应当先自收到" in block, "也可以自收到" in block) == {
        "R1": (False, True),
        "R2": (True, False),
        "R3": (True, True),
    }[remedies]
    assert "行政复议" in block
    assert [each in factories.printed(letter) for each in ("经办甲", "秘密。", "None", "{")] == [
        False
    ] * 4


@pytest.mark.parametrize(
    ("outcome", "fields", "codes"),
    [
        (OutcomeCode.DISCLOSED, {}, ("outcome_field_missing",) * 2),
        (OutcomeCode.PARTIAL, DISCLOSED, ("outcome_field_missing",) * 3),
        (OutcomeCode.CLASSIFIED, REASON, ("outcome_field_missing",)),
        (OutcomeCode.BANNED, REASON, ("outcome_field_missing",)),
        (OutcomeCode.NOT_EXIST, SEARCH | {"searched_by": " "}, ("outcome_field_missing",)),
        (OutcomeCode.NOT_OURS, REASON | {"organ_name": "市住建局"}, ("outcome_field_missing",)),
        (OutcomeCode.THIRD_PARTY, THIRD, ("outcome",)),
        (OutcomeCode.STILL_UNCLEAR, {"unclear_points": "项目名称"}, ("outcome",)),
        (OutcomeCode.LAPSED_CORRECTION, {}, ("outcome_field_missing", "outcome")),
        (OutcomeCode.WITHDRAWN, {}, ("outcome",)),
        (OutcomeCode.PARTIAL, PARTIAL | {"ground": "because"}, ("not_a_choice",)),
        (OutcomeCode.DISCLOSED, DISCLOSED | {"page_count": "-1"}, ("not_a_number",)),
    ],
)
def test_an_outcome_without_what_it_needs_is_refused(desk, case, outcome, fields, codes):
    assert (
        refused(desk.draft_answer, case, "2026-03-10", outcome=outcome, fields=fields or {"x": ""})
        == codes
    )
    assert not case.letters.exclude(kind="receipt").exists()


def test_fields_of_another_outcome_are_ignored(desk, case):
    letter = desk.draft_answer(
        case, "2026-03-10", outcome=OutcomeCode.SAFETY, fields=REASON | DISCLOSED
    )

    assert letter.fields == REASON


def test_still_unclear_follows_a_correction(desk, case):
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")
    desk.correct(case, "2026-03-06")

    letter = desk.answer(
        case,
        "2026-03-10",
        outcome=OutcomeCode.STILL_UNCLEAR,
        fields={"unclear_points": "项目名称"},
    )

    assert "并于2026年3月6日收到补正的申请" in factories.printed(letter)


def test_every_outcome_of_the_table_is_reached_by_a_test():
    tested = {outcome for outcome, *_ in ANSWERS}
    elsewhere = {
        OutcomeCode.THIRD_PARTY,  # test_consultations
        OutcomeCode.STILL_UNCLEAR,
        OutcomeCode.EXCESSIVE,  # test_reasons
        OutcomeCode.LAPSED_CORRECTION,  # test_lapses
        OutcomeCode.LAPSED_FEE,  # test_lapses
        OutcomeCode.WITHDRAWN,  # test_closings
    }

    of_disclosure = {code for code, row in OUTCOMES.items() if row.matter is Matter.DISCLOSURE}
    assert tested | elsewhere == of_disclosure


def test_a_second_answer_beside_the_first_is_refused(desk, case):
    desk.draft_answer(case, "2026-03-10")

    assert refused(desk.draft_answer, case, "2026-03-10") == ("letter_under_way",)


def test_an_answered_case_is_not_answered_again(desk, case):
    desk.answer(case, "2026-03-10")

    assert refused(desk.draft_answer, case, "2026-03-11") == ("closed",)


def test_an_answer_goes_back_and_forth_until_it_is_signed(desk, case):
    draft = desk.draft_answer(case, "2026-03-10")
    seen = [status(case)]
    letters.submit(draft.pk, actor=desk.clerk, at=moment("2026-03-10"))
    seen.append(status(case))
    letters.send_back(draft.pk, reason="理由太短", actor=desk.head, at=moment("2026-03-11"))
    seen.append(status(case))
    letters.revise(
        draft.pk,
        fields={"provided": "清单及说明"},
        actor=desk.clerk,
        at=moment("2026-03-11"),
    )
    letters.submit(draft.pk, actor=desk.clerk, at=moment("2026-03-11"))
    letters.approve(draft.pk, actor=desk.head, at=moment("2026-03-12"))
    seen.append(status(case))

    draft.refresh_from_db()
    assert seen == ["received", "awaiting_approval", "handling", "awaiting_dispatch"]
    assert (draft.returned_reason, draft.fields["provided"]) == ("理由太短", "清单及说明")
    assert "清单及说明" in factories.printed(draft)


def test_a_return_needs_a_reason_and_a_pending_letter(desk, case):
    draft = desk.draft_answer(case, "2026-03-10")
    at = moment("2026-03-10")
    not_pending = refused(letters.send_back, draft.pk, reason="短", actor=desk.head, at=at)
    letters.submit(draft.pk, actor=desk.clerk, at=at)

    assert not_pending == ("letter_status",)
    assert refused(letters.send_back, draft.pk, reason=" ", actor=desk.head, at=at) == ("reason",)


def test_a_late_answer_goes_out_and_is_late(desk, case):
    desk.answer(case, "2026-04-01")

    assert status(case) == "answered"
    assert facts.timeline(case, today=date(2026, 4, 2)).on_time is False


def test_the_answer_counts_on_the_day_it_goes_out(desk):
    case = desk.file("2026-03-02", **factories.BY_POST)
    letter = desk.answer(case, "2026-03-27")
    waiting = status(case)

    desk.post(letter, "2026-03-30", entered_on="2026-04-02")

    line = facts.timeline(case, today=date(2026, 4, 2))
    assert (waiting, status(case), line.on_time, line.closed_on) == (
        "awaiting_dispatch",
        "answered",
        True,
        date(2026, 3, 30),
    )


def test_the_government_answers_in_its_own_name(desk):
    case = desk.file("2026-03-02", body_code="government")

    letter = desk.answer(case, "2026-03-10")

    assert (letter.number, letter.text["issuer"]) == ("金政公开告〔2026〕1号", "金昌市人民政府")
    assert "向甘肃省人民政府申请行政复议" in "".join(letter.text["remedies"])


def test_an_answer_drafted_before_the_fee_notice_waits_for_the_payment(desk, case):
    draft = desk.draft_answer(case, "2026-03-09")
    desk.charge(case, "2026-03-10", served="2026-03-10")

    assert refused(letters.submit, draft.pk, actor=desk.clerk, at=moment("2026-03-10")) == (
        "status",
    )
    desk.pay(case, "2026-03-12")
    assert desk.issue(draft, "2026-03-13").status == "dispatched"


def test_a_correction_drafted_before_the_answer_does_not_go_out_beside_it(desk, case):
    correction = corrections.request(
        case.pk, fields=factories.CORRECTION, actor=desk.clerk, at=moment("2026-03-04")
    )
    answer = desk.draft_answer(case, "2026-03-04")
    letters.submit(answer.pk, actor=desk.clerk, at=moment("2026-03-04"))
    beside = refused(letters.submit, correction.pk, actor=desk.clerk, at=moment("2026-03-04"))
    letters.approve(answer.pk, actor=desk.head, at=moment("2026-03-05"))
    letters.render(answer.pk, at=moment("2026-03-05"))

    after = refused(letters.submit, correction.pk, actor=desk.clerk, at=moment("2026-03-05"))

    assert (beside, after) == (("status",), ("closed",))
    assert (status(case), factories.stored(case)["clock_state"]) == ("answered", "replied")


def test_a_voided_answer_takes_its_outcome_back(desk):
    case = desk.file("2026-03-02", **factories.BY_POST)
    letter = desk.post(desk.answer(case, "2026-03-10"), "2026-03-10")
    replied = case.events.get(entry="replied")

    entries.void(
        case.pk, seq=replied.seq, reason="寄错地址", actor=desk.clerk, at=moment("2026-03-11")
    )

    letter.refresh_from_db()
    found = factories.stored(case)
    assert (letter.status, found["status"], found["outcome"], found["due_on"]) == (
        "issued",
        "awaiting_dispatch",
        "",
        date(2026, 3, 30),
    )
    desk.post(letter, "2026-03-12")
    assert (status(case), Case.objects.get(pk=case.pk).outcome) == ("answered", "disclosed")
