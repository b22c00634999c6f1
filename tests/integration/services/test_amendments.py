"""更正 (条例 41) from filing to answer: own outcomes, own receipt, no period of the law."""

import uuid
from datetime import date

import pytest

from requests_app.domain.application import ApplicantKind, FormWanted, WayWanted
from requests_app.domain.errors import Refused
from requests_app.domain.identity import IdKind
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.papers import PaperKind
from requests_app.models import Case, OfficeSettings
from requests_app.selectors import facts, fee_counts
from requests_app.services import (
    amendments,
    closings,
    corrections,
    deliveries,
    extensions,
    receipts,
)
from requests_app.services.amendments import RecordGiven
from requests_app.services.applications import PartnerGiven
from tests.factories import OTHER_IDENTITY_NUMBER, agent, paper, person
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

ASKED = {
    "record_name": "《城镇住房保障对象登记表》（2021年）",
    "wrong_content": "家庭人口数登记为2人，应当是3人",
}
PARTNER = PartnerGiven(
    kind=ApplicantKind.PERSON,
    name="李乙",
    identity_kind=IdKind.RESIDENT_CARD,
    identity_number=OTHER_IDENTITY_NUMBER,
    phone="13900000002",
)
FOUND = {"record_finding": "户口簿证明家庭人口数为3人"}
ORGAN = {"organ_name": "金昌市公安局", "organ_contact": "0935-0000000"}
ANSWERS = [
    (
        OutcomeCode.AMENDED,
        FOUND | {"corrected_content": "家庭人口数更正为3人", "amended_on": "2026-03-09"},
        "amended",
    ),
    (OutcomeCode.AMENDMENT_REFUSED, FOUND | {"reason": "登记日的户口簿为2人"}, "amendment_refused"),
    (OutcomeCode.AMENDMENT_PASSED_ON, ORGAN | {"passed_on": "2026-03-09"}, "amendment_passed_on"),
    (OutcomeCode.AMENDMENT_ELSEWHERE, ORGAN, "amendment_passed_on"),
]


def record(**changes):
    given = {
        **ASKED,
        "form_wanted": FormWanted.ELECTRONIC,
        "way_wanted": WayWanted.ONLINE,
        "idempotency_key": uuid.uuid4(),
        "evidence": (paper(PaperKind.APPLICATION, "户口簿.jpg"), paper()),
    }
    return RecordGiven(**(given | changes))


def file(on="2026-03-02", **changes):
    return amendments.file_online(record(**changes), applicant=person(), at=moment(on)).case


@pytest.fixture
def case(desk):
    return file()


def test_it_has_the_offices_own_target_and_says_whose_it_is(case):
    line = facts.timeline(case, today=date(2026, 3, 2))

    assert (case.matter, case.due_on, line.own_target) == ("amendment", date(2026, 3, 30), True)
    assert case.events.get(entry="received").data["target_days"] == 20


def test_the_target_is_a_setting_and_stays_what_it_was_on_the_day_of_filing(desk, case):
    OfficeSettings.objects.update(amendment_working_days=5)

    later = file("2026-03-03")

    case.refresh_from_db()
    assert (case.due_on, later.due_on) == (date(2026, 3, 30), date(2026, 3, 10))


def test_its_receipt_is_its_own_and_never_speaks_of_twenty_days(case):
    letter = case.letters.get()
    text = "".join(paragraph["text"] for paragraph in letter.text["paragraphs"])

    assert (letter.kind, letter.number[:8]) == ("amendment_receipt", "金政办公开受〔2"[:8])
    assert "第四十一条没有规定办理更正申请的天数" in text
    assert "20个工作日" not in text
    assert "《城镇住房保障对象登记表》（2021年）：家庭人口数" in text


@pytest.mark.parametrize(("outcome", "fields", "kind"), ANSWERS)
def test_each_outcome_has_its_letter_in_the_series_of_amendments(desk, case, outcome, fields, kind):
    letter = desk.answer(case, "2026-03-10", outcome=outcome, fields=ASKED | fields)

    case.refresh_from_db()
    assert (letter.kind, "正" in letter.number) == (kind, True)
    assert (case.status, case.outcome) == ("answered", outcome.value)


@pytest.mark.parametrize(
    ("outcome", "fields"),
    [
        (OutcomeCode.AMENDED, FOUND),
        (OutcomeCode.AMENDMENT_REFUSED, FOUND),
        (OutcomeCode.AMENDMENT_PASSED_ON, ORGAN),
        (OutcomeCode.AMENDMENT_ELSEWHERE, {}),
    ],
)
def test_what_an_outcome_lacks_is_named(desk, case, outcome, fields):
    with pytest.raises(Refused) as error:
        desk.draft_answer(case, "2026-03-10", outcome=outcome, fields=ASKED | fields)

    assert {reason.code for reason in error.value.reasons} == {"outcome_field_missing"}


def test_it_is_not_answered_as_an_application_for_information(desk, case):
    with pytest.raises(Refused) as error:
        desk.draft_answer(case, "2026-03-10")

    assert [reason.sentence for reason in error.value.reasons] == [
        "这件是“申请更正”，不能按“予以公开”答复。"
    ]


def test_the_procedure_of_applications_is_not_open(desk, case):
    fields = {"points": "甲", "guidance": "乙", "correction_days": "10"}
    acts = [
        lambda: corrections.request(
            case.pk, fields=fields, actor=desk.clerk, at=moment("2026-03-03")
        ),
        lambda: extensions.request(
            case.pk, days=5, reason="甲", actor=desk.clerk, at=moment("2026-03-03")
        ),
    ]

    for act in acts:
        with pytest.raises(Refused) as error:
            act()
        assert [reason.code for reason in error.value.reasons] == ["not_of_this_matter"]


def test_it_can_be_withdrawn(desk, case):
    closings.withdraw(
        case.pk, on=date(2026, 3, 5), reason="", actor=desk.clerk, at=moment("2026-03-05")
    )

    case.refresh_from_db()
    assert case.status == "withdrawn"


def test_a_corrected_day_of_receipt_keeps_the_target(desk, case):
    receipts.correct(
        case.pk, on=date(2026, 3, 1), reason="登记错", actor=desk.clerk, at=moment("2026-03-03")
    )

    case.refresh_from_db()
    assert case.due_on == date(2026, 3, 27)
    assert [letter.kind for letter in case.letters.order_by("pk")] == ["amendment_receipt"] * 2


def test_without_evidence_it_is_not_taken_in(desk):
    with pytest.raises(Refused) as error:
        file(evidence=(paper(),))

    assert [(reason.code, reason.citation) for reason in error.value.reasons] == [
        ("evidence", "《政府信息公开条例》第四十一条")
    ]
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("missing", "code"), [("record_name", "document_name"), ("wrong_content", "description")]
)
def test_which_record_and_what_is_wrong_in_it_must_be_said(desk, missing, code):
    with pytest.raises(Refused) as error:
        file(**{missing: "  "})

    assert [reason.code for reason in error.value.reasons] == [code]


def test_the_applicant_of_an_opened_case_is_not_asked_who_they_are(desk):
    first = desk.file("2026-03-02")
    given = record(evidence=(paper(PaperKind.APPLICATION, "户口簿.jpg"),))

    filed = amendments.file_as_applicant_of(first.pk, given=given, at=moment("2026-03-03"))

    one, two = first.applicant, filed.case.applicant
    assert one.pk != two.pk
    assert (one.name, one.identity_index, one.email) == (two.name, two.identity_index, two.email)
    again = amendments.file_as_applicant_of(first.pk, given=given, at=moment("2026-03-03"))
    assert (again.case, again.repeated) == (filed.case, True)


@pytest.mark.parametrize("behind", [{"agent": agent()}, {"partners": (PARTNER,)}])
def test_a_code_an_agent_or_others_may_hold_asks_for_no_record_of_the_applicant(desk, behind):
    papers = (paper(), paper(PaperKind.AUTHORISATION, "委托书.jpg"))
    first = desk.file("2026-03-02", files=papers, **behind)

    with pytest.raises(Refused) as refusal:
        amendments.file_as_applicant_of(first.pk, given=record(), at=moment("2026-03-03"))

    assert [each.code for each in refusal.value.reasons] == ["applicant"]
    assert Case.objects.count() == 1


def test_it_counts_for_no_fee(desk, case):
    later = desk.file("2026-03-05")

    assert fee_counts.items_before(later) == 0


def test_the_answer_is_delivered_like_any_other(desk, case):
    letter = desk.answer(
        case, "2026-03-10", outcome=OutcomeCode.AMENDED, fields=ASKED | ANSWERS[0][1]
    )

    deliveries.acknowledge(letter.pk, case_id=case.pk, at=moment("2026-03-11"))

    case.refresh_from_db()
    assert case.status == "delivered"
