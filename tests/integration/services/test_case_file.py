"""The main job from end to end, with real paper; who may open a case, and what two people see."""

import io
from datetime import UTC, date

import pypdf
import pytest

from requests_app.adapters import crypto, storage
from requests_app.domain.access import APPLICANT, Act
from requests_app.domain.errors import Refused
from requests_app.domain.letters import LetterText
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Case, Delivery, Message, StaffUser
from requests_app.services import (
    answers,
    assignments,
    case_file,
    corrections,
    deliveries,
    entries,
    extensions,
    filing,
    letters,
    projections,
)
from requests_app.services.case_file import Conflict
from requests_app.services.tally import Tally
from tests import factories
from tests.factories import CORRECTION, DISCLOSED, due, refused
from tests.offices import moment

pytestmark = pytest.mark.django_db


REMEDIES = (
    "如不服本答复，可以自收到本答复书之日起60日内向金昌市人民政府申请行政复议，"
    "也可以自收到本答复书之日起6个月内依法向有管辖权的人民法院提起行政诉讼。"
)
ADDRESS = (
    "行政复议申请材料的提交地址：甘肃省金昌市金川区延安路103号，"
    "金昌市司法局行政复议与应诉科，邮政编码737100。"
)
EXTENDED = (
    "根据《中华人民共和国政府信息公开条例》第三十三条第二款的规定，经本机关政府信息公开工作机构负责人同意，"
    "答复期限延长20个工作日，延长后的答复期限为2026年5月25日（含当日）。"
    "本机关将抓紧办理，能够提前答复的，提前答复。"
)


def words(pdf: bytes) -> str:
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return "".join(text.split())


def test_an_application_from_filing_to_the_fetched_answer(desk):
    # By hand: received 03-02; corrected 03-25 begins 20 working days: 04-23 (清明 04-06 off);
    # 04-24..04-30=5, 05-06..05-09=9 (Saturday 05-09 works), 05-11..05-15=14, 05-18..05-22=19, 05-25=20.
    filed = filing.file_online(factories.application(), at=moment("2026-03-02"))
    case = filed.case
    letters.render_due(at=moment("2026-03-02", "10:01"))
    receipt = case.letters.get(kind="receipt")
    receipt_words = words(deliveries.fetch(receipt.pk, case_id=case.pk, at=moment("2026-03-02")))
    assignments.assign(
        case.pk,
        department_id=desk.housing.pk,
        clerk_id=None,
        actor=desk.clerk,
        at=moment("2026-03-03"),
    )
    assignments.sign_for(case.pk, actor=desk.handler, at=moment("2026-03-04"))
    correction = corrections.request(
        case.pk, fields=CORRECTION, actor=desk.clerk, at=moment("2026-03-10")
    )
    letters.submit(correction.pk, actor=desk.clerk, at=moment("2026-03-10"))
    letters.render_due(at=moment("2026-03-10", "10:01"))
    correction_words = words(
        deliveries.fetch(correction.pk, case_id=case.pk, at=moment("2026-03-12"))
    )
    corrections.answer(
        case.pk,
        text="2025年宝晶里小区改造",
        files=(),
        on=date(2026, 3, 25),
        actor=APPLICANT,
        at=moment("2026-03-25"),
    )
    corrected_due = due(case)
    extension = extensions.request(
        case.pk, days=20, reason="需要核对档案", actor=desk.clerk, at=moment("2026-04-20")
    )
    letters.submit(extension.pk, actor=desk.clerk, at=moment("2026-04-20"))
    letters.approve(extension.pk, actor=desk.head, at=moment("2026-04-21"))
    letters.render_due(at=moment("2026-04-21", "10:01"))
    extended_due = due(case)
    answer = answers.draft(
        case.pk,
        outcome=OutcomeCode.DISCLOSED,
        fields=DISCLOSED,
        actor=desk.clerk,
        at=moment("2026-05-06"),
    )
    letters.submit(answer.pk, actor=desk.clerk, at=moment("2026-05-06"))
    letters.approve(answer.pk, actor=desk.head, at=moment("2026-05-07"))
    letters.render_due(at=moment("2026-05-08"))
    answer_words = words(deliveries.fetch(answer.pk, case_id=case.pk, at=moment("2026-05-09")))

    assert factories.ledger_of(case) == [
        (1, "2026-03-02", "received", "applicant"),
        (2, "2026-03-02", "letter_issued", "applicant"),
        (3, "2026-03-02", "letter_dispatched", "system"),
        (4, "2026-03-02", "letter_delivered", "applicant"),
        (5, "2026-03-03", "assigned", "clerk"),
        (6, "2026-03-04", "signed_for", "handler"),
        (7, "2026-03-10", "correction_requested", "system"),
        (8, "2026-03-12", "correction_delivered", "applicant"),
        (9, "2026-03-25", "corrected", "applicant"),
        (10, "2026-04-21", "extended", "head"),
        (11, "2026-04-21", "extension_notified", "system"),
        (12, "2026-05-06", "answer_submitted", "clerk"),
        (13, "2026-05-07", "answer_signed", "head"),
        (14, "2026-05-08", "replied", "system"),
        (15, "2026-05-09", "answer_delivered", "applicant"),
    ]
    assert (corrected_due, extended_due) == ("2026-04-23", "2026-05-25")
    assert factories.stored(case) | {"ledger_hash": "", "calendar_version": ""} == {
        "status": "delivered",
        "clock_state": "replied",
        "received_on": date(2026, 3, 2),
        "due_on": date(2026, 5, 25),
        "next_due_on": None,
        "correction_due_on": date(2026, 3, 26),
        "payment_due_on": None,
        "consult_due_on": None,
        "used_working_days": None,
        "allowance_working_days": None,
        "due_projected": False,
        "due_provisional": False,
        "clock_flags": [],
        "calendar_version": "",
        "ledger_hash": "",
        "closed_on": date(2026, 5, 8),
        "outcome": "disclosed",
    }
    assert case.number == "2026-0001"
    assert list(case.letters.order_by("pk").values_list("kind", "status", "number")) == [
        ("receipt", "delivered", "金政办公开受〔2026〕1号"),
        ("correction", "delivered", "金政办公开补〔2026〕1号"),
        ("extension", "dispatched", "金政办公开延〔2026〕1号"),
        ("disclosed", "delivered", "金政办公开告〔2026〕1号"),
    ]
    code = crypto.format_query_code(filed.query_code)
    assert "最晚答复日为2026年3月30日" in receipt_words
    assert code in receipt_words
    assert "补正的最后一天为2026年3月24日" in correction_words
    assert "金政办公开告〔2026〕1号" in answer_words
    assert "自收到本答复书之日起60日内向金昌市人民政府申请行政复议" in answer_words
    assert factories.IDENTITY_NUMBER not in receipt_words + correction_words + answer_words
    extension.refresh_from_db()
    assert [each.text for each in LetterText.from_dict(extension.text).paragraphs][-2:] == [
        EXTENDED,
        "特此告知。",
    ]
    answer.refresh_from_db()
    assert answer.text["remedies"] == [
        REMEDIES,
        ADDRESS,
        "网上提交行政复议申请的渠道：全国行政复议服务平台（网址以司法行政部门公布的为准）。",
    ]
    assert Delivery.objects.get(letter=answer).delivered_proof == deliveries.FETCHED
    assert list(
        Message.objects.filter(case=case).order_by("pk").values_list("key", "channel", "to")
    ) == [
        (f"received:{case.pk}", "email", "chen@example.com"),
        (f"correction:{case.pk}:{correction.pk}", "email", "chen@example.com"),
        (f"extension:{case.pk}:{extension.pk}", "email", "chen@example.com"),
        (f"answer:{case.pk}:{answer.pk}", "email", "chen@example.com"),
    ]
    assert storage.read_file(answer.path, sha256=answer.sha256).startswith(b"%PDF")
    assert projections.verify(at=moment("2026-05-10")) == Tally(0, 0, 0)


def test_a_case_of_another_department_is_not_found(desk):
    case = desk.file("2026-03-02")
    desk.assign(case, "2026-03-03")

    assert refused(
        assignments.give_opinion,
        case.pk,
        text="同意公开",
        actor=desk.handler_elsewhere,
        at=moment("2026-03-04"),
    ) == ("no_such_case",)


@pytest.mark.parametrize("who", ["administrator", "supervisor", "archivist", "reviewer"])
def test_who_does_no_case_work_is_told_whose_it_is(desk, who):
    case = desk.file("2026-03-02")

    with pytest.raises(Refused) as refusal:
        corrections.request(
            case.pk, fields=CORRECTION, actor=getattr(desk, who), at=moment("2026-03-04")
        )

    # The administrator does not even learn that the case exists.
    expected = ("no_such_case",) if who == "administrator" else ("role",)
    assert refusal.value.codes == expected


def test_an_unknown_case_is_refused(desk):
    assert refused(entries.note, 999_999, text="?", actor=desk.clerk, at=moment("2026-03-04")) == (
        "no_such_case",
    )


def test_an_unknown_letter_is_refused(desk):
    at = moment("2026-03-04")

    assert refused(letters.submit, 999_999, actor=desk.clerk, at=at) == ("no_such_letter",)
    assert refused(letters.preview, 999_999, actor=desk.clerk, at=at) == ("no_such_letter",)


def test_who_comes_second_with_an_old_page_is_told(desk):
    case = desk.file("2026-03-02")
    seen = Case.objects.get(pk=case.pk).version
    entries.note(case.pk, text="已电话联系", actor=desk.clerk, at=moment("2026-03-03"))

    with pytest.raises(Conflict) as refusal:
        corrections.request(
            case.pk,
            fields=CORRECTION,
            actor=desk.clerk_too,
            at=moment("2026-03-03"),
            seen_version=seen,
        )

    assert refusal.value.codes == ("conflict",)
    assert not case.letters.filter(kind="correction").exists()


def test_a_file_made_meanwhile_makes_no_page_old(desk):
    case = desk.file("2026-03-02")
    seen = Case.objects.get(pk=case.pk).version
    letters.render_due(at=moment("2026-03-02", "10:05"))

    corrections.request(
        case.pk,
        fields=CORRECTION,
        actor=desk.clerk,
        at=moment("2026-03-03"),
        seen_version=seen,
    )

    assert case.letters.get(kind="receipt").issued_at is not None
    assert case.letters.filter(kind="correction").exists()


def test_a_reason_that_overcomes_a_rule_is_not_blank(desk):
    case = desk.file("2026-03-02")

    assert refused(
        corrections.request,
        case.pk,
        fields=CORRECTION,
        actor=desk.clerk,
        at=moment("2026-03-12"),
        override_reason="   ",
    ) == ("correction_late",)


def test_an_act_recorded_for_tomorrow_or_before_receipt_is_refused(desk):
    case = desk.file("2026-03-02")
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")

    def answered(on):
        corrections.answer(
            case.pk,
            text="改造",
            on=date.fromisoformat(on),
            actor=desk.clerk,
            at=moment("2026-03-05"),
        )

    assert refused(answered, "2026-03-06") == ("day_in_future",)
    assert refused(answered, "2026-03-01") == ("day_before_receipt",)
    assert refused(answered, "2026-03-03") == ("day_out_of_order",)


def test_the_day_is_the_offices_own(desk):
    late = moment("2026-03-02", "00:30")

    assert case_file.local_day(late) == date(2026, 3, 2)
    assert case_file.local_day(late.astimezone(UTC)) == date(2026, 3, 2)
    assert filing.file_online(
        factories.application(), at=late.astimezone(UTC)
    ).case.received_on == date(2026, 3, 2)


def test_a_text_longer_than_its_column_is_refused_and_nothing_is_written(desk):
    case = desk.file("2026-03-02")
    draft = desk.draft_answer(case, "2026-03-04")
    before = factories.ledger_of(case)

    assert refused(
        letters.discard, draft.pk, reason="错" * 301, actor=desk.clerk, at=moment("2026-03-04")
    ) == ("void_reason",)
    draft.refresh_from_db()
    assert (draft.status, factories.ledger_of(case)) == ("draft", before)


def test_a_control_character_is_refused_before_the_database_refuses_it(desk):
    case = desk.file("2026-03-02")

    assert refused(
        entries.note, case.pk, text="备\x00注", actor=desk.clerk, at=moment("2026-03-04")
    ) == ("data",)


def test_every_act_of_staff_is_recorded_with_who_did_it(desk):
    case = desk.file("2026-03-02")

    event = entries.note(case.pk, text="已电话联系", actor=desk.clerk, at=moment("2026-03-03"))

    assert event.recorded_by == StaffUser.objects.get(username="clerk")
    assert (event.recorded_at, event.role) == (moment("2026-03-03"), "clerk")
    assert desk.clerk.may(Act.NOTE)
