"""Information is disclosed against a third party's will only when it is told so (条例 15, 32)."""

from datetime import date

import pytest

from requests_app.domain.consultations import ConsultationKind, Position
from requests_app.services import consultations, third_parties
from tests import factories
from tests.factories import printed, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

FIELDS = {
    "consulted_on": "2026-03-05",
    "position_summary": "您表示不同意公开，理由是涉及成本数据。",
    "subject": "改造合同中的单价",
    "reason": "涉及公共安全，不公开可能造成重大影响",
}


def tell(desk, consultation, **changes):
    given = {"fields": FIELDS, "actor": desk.clerk, "at": moment("2026-03-10")}
    return third_parties.tell_decision(consultation.pk, **(given | changes))


@pytest.fixture
def asked(desk):
    case = desk.file("2026-03-02")
    consultation = desk.consult(case, "2026-03-05", served="2026-03-05")
    consultations.record_reply(
        consultation.pk,
        position=Position.REFUSES,
        reason="涉及成本",
        on=date(2026, 3, 9),
        actor=desk.clerk,
        at=moment("2026-03-09"),
    )
    return consultation


def test_the_decision_is_signed_by_the_head_and_names_no_applicant(desk, asked):
    letter = desk.post(desk.issue(tell(desk, asked), "2026-03-10"), "2026-03-10")

    text = printed(letter)
    assert (letter.number, letter.signed_by_id) == ("金政办公开定〔2026〕1号", desk.head.staff_id)
    assert "宝晶里物业公司" in text
    assert "申请行政复议" in text
    assert "陈向前" not in text
    assert factories.ledger_of(asked.case)[-1][2] == "letter_dispatched"


def test_it_still_goes_out_beside_the_answer(desk, asked):
    letter = tell(desk, asked)
    desk.answer(asked.case, "2026-03-10")

    assert desk.post(desk.issue(letter, "2026-03-11"), "2026-03-11").status == "dispatched"


def test_only_a_third_party_that_was_asked_is_told(desk, asked):
    organ = desk.consult(asked.case, "2026-03-09", kind=ConsultationKind.ORGAN, name="市财政局")

    assert refused(tell, desk, organ) == ("not_a_third_party",)
    assert refused(tell, desk, asked, actor=desk.head) == ("role",)
    assert refused(tell, desk, asked, fields={}) == (
        "missing_position_summary",
        "missing_reason",
    )
