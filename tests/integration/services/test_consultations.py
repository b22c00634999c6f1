"""Third parties, co-makers and organs: the pause, silence, the answer, and what was entered wrong."""

from datetime import date

import pytest

from requests_app.domain.consultations import ConsultationKind, Position
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Consultation
from requests_app.services import answers, consultations, entries, letters
from tests import factories
from tests.factories import due, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def reply(desk, consultation, on, position=Position.AGREES, reason="", **changes):
    given = {"on": date.fromisoformat(on), "actor": desk.clerk, "at": moment(on)}
    return consultations.record_reply(
        consultation.pk, position=position, reason=reason, **(given | changes)
    )


def start(desk, case, on="2026-03-05", **changes):
    given = {
        "kind": ConsultationKind.THIRD_PARTY,
        "name": "宝晶里物业公司",
        "address": "",
        "subject": "改造合同中的单价",
        "actor": desk.clerk,
        "at": moment(on),
    }
    return consultations.start(case.pk, **(given | changes))


def test_a_consultation_pauses_from_dispatch_to_the_answer(desk, case):
    # W1: sent 03-05, served 03-09, answered 03-24: 13 working days excluded, due 04-17.
    consultation = desk.consult(case, "2026-03-05")
    undelivered = factories.stored(case)
    desk.arrive(consultation.letters.get(kind="consult_third_party"), "2026-03-09")
    asked = factories.stored(case)
    reply(desk, consultation, "2026-03-24", Position.REFUSES, "涉及成本")

    assert (undelivered["clock_state"], undelivered["due_on"], undelivered["clock_flags"]) == (
        "paused",
        None,
        ["consult_undelivered"],
    )
    # W2 is what must be supposed meanwhile: 15 working days to 03-30, due 04-23.
    assert (asked["due_on"], asked["due_projected"], asked["consult_due_on"]) == (
        date(2026, 4, 23),
        True,
        date(2026, 3, 30),
    )
    assert (due(case), status(case)) == ("2026-04-17", "received")
    assert (factories.stored(case)["clock_state"], factories.stored(case)["due_projected"]) == (
        "running",
        False,
    )
    consultation.refresh_from_db()
    assert (consultation.position, consultation.position_reason) == ("refuses", "涉及成本")


def test_two_consultations_exclude_a_day_once(desk, case):
    # W3: 03-05→03-24 and 03-10→03-27, union of 16 working days.
    first = desk.consult(case, "2026-03-05", served="2026-03-09")
    second = desk.consult(case, "2026-03-10", served="2026-03-11", name="另一家公司")
    reply(desk, first, "2026-03-24")
    reply(desk, second, "2026-03-27")

    assert due(case) == "2026-04-22"


def test_a_consultation_and_a_full_extension_add_up(desk, case):
    # W4
    consultation = desk.consult(case, "2026-03-05", served="2026-03-09")
    reply(desk, consultation, "2026-03-24")
    desk.extend(case, "2026-04-10")

    assert due(case) == "2026-05-19"


def test_the_applicant_is_told_that_somebody_is_asked_and_not_who(desk, case):
    desk.consult(case, "2026-03-05")
    notice = case.letters.get(kind="consult_notice")
    letters.render_due(at=moment("2026-03-05"))
    notice.refresh_from_db()
    printed = factories.printed(notice)

    assert (notice.status, notice.act) == ("dispatched", "tell_applicant")
    assert "本机关于2026年3月5日发出文书，书面征求第三方的意见。" in printed
    assert "宝晶里" not in printed
    assert case.messages.filter(letter=notice).get().key == f"notice:{case.pk}:{notice.pk}"


def test_the_letter_to_the_third_party_names_no_applicant(desk, case):
    consultation = desk.consult(case, "2026-03-05")
    letter = consultation.letters.get(kind="consult_third_party")

    assert letter.text["addressee"] == "宝晶里物业公司"
    assert [part in factories.printed(letter) for part in ("陈向前", "chen@", "13900000000")] == [
        False
    ] * 3


@pytest.mark.parametrize(
    ("kind", "letter", "series"),
    [
        (ConsultationKind.THIRD_PARTY, "consult_third_party", "征"),
        (ConsultationKind.CO_MAKER, "consult_co_maker", "函"),
        (ConsultationKind.ORGAN, "consult_organ", "函"),
    ],
)
def test_each_kind_has_its_letter_and_series(desk, case, kind, letter, series):
    consultation = desk.consult(case, "2026-03-05", kind=kind)

    found = consultation.letters.exclude(kind="consult_notice").get()
    assert (found.kind, found.number) == (letter, f"金政办公开{series}〔2026〕1号")


def test_silence_is_entered_only_after_fifteen_working_days(desk, case):
    consultation = desk.consult(case, "2026-03-05", served="2026-03-09")

    on_the_last_day = refused(reply, desk, consultation, "2026-03-30", Position.SILENT)
    reply(desk, consultation, "2026-03-31", Position.SILENT)

    assert on_the_last_day == ("not_silent_yet",)
    assert due(case) == "2026-04-23"
    consultation.refresh_from_db()
    assert consultation.position == "silent"
    assert factories.ledger_of(case)[-1] == (
        case.events.count(), "2026-03-31", "noted", "clerk",
    )  # fmt: skip


def test_silence_to_a_letter_never_served_is_refused(desk, case):
    consultation = desk.consult(case, "2026-03-05")

    assert refused(reply, desk, consultation, "2026-03-31", Position.SILENT) == ("not_silent_yet",)


@pytest.mark.parametrize("position", [Position.REFUSES, Position.PARTLY])
def test_a_refusal_wants_the_third_partys_reason(desk, case, position):
    consultation = desk.consult(case, "2026-03-05")

    assert refused(reply, desk, consultation, "2026-03-06", position) == ("reason",)


def test_an_answer_before_its_question_is_refused(desk, case):
    consultation = desk.consult(case, "2026-03-05")

    codes = refused(reply, desk, consultation, "2026-03-04", at=moment("2026-03-09"))

    assert codes == ("no_consultation",)
    assert factories.stored(case)["clock_state"] == "paused"


def test_an_answer_between_two_letters_is_not_an_answer_to_the_second(desk, case):
    desk.consult(case, "2026-03-05")
    second = desk.consult(case, "2026-03-09", name="另一家公司")

    assert refused(reply, desk, second, "2026-03-06", at=moment("2026-03-10")) == (
        "day_out_of_order",
    )


def test_an_answer_to_a_letter_not_sent_is_refused(desk, case):
    sent = desk.consult(case, "2026-03-05")
    draft = start(desk, case)

    assert refused(reply, desk, draft, "2026-03-06") == ("not_sent",)
    assert refused(reply, desk, Consultation(pk=999_999), "2026-03-06") == ("no_such_consultation",)
    assert sent.position == ""


def test_an_answer_is_entered_once(desk, case):
    first = desk.consult(case, "2026-03-05", served="2026-03-09")
    desk.consult(case, "2026-03-05", served="2026-03-09", name="另一家公司")
    reply(desk, first, "2026-03-24")

    assert refused(reply, desk, first, "2026-03-24", Position.REFUSES, "涉及成本") == (
        "answered_already",
    )


def test_an_answer_entered_wrong_is_entered_again_after_it_was_voided(desk, case):
    consultation = desk.consult(case, "2026-03-05", served="2026-03-09")
    wrong = reply(desk, consultation, "2026-03-24", Position.AGREES)

    entries.void(
        case.pk, seq=wrong.seq, reason="登记错了", actor=desk.clerk, at=moment("2026-03-24")
    )
    voided = (due(case), Consultation.objects.get(pk=consultation.pk).position)
    reply(desk, consultation, "2026-03-25", Position.REFUSES, "涉及成本")

    assert voided == ("2026-04-23", "")
    assert due(case) == "2026-04-20"
    consultation.refresh_from_db()
    assert (consultation.position, consultation.position_reason) == ("refuses", "涉及成本")


def test_silence_entered_too_soon_by_a_wrong_service_date_can_be_taken_back(desk, case):
    consultation = desk.consult(case, "2026-03-05", served="2026-03-09")
    wrong = reply(desk, consultation, "2026-03-31", Position.SILENT)

    entries.void(
        case.pk, seq=wrong.seq, reason="登记错了", actor=desk.clerk, at=moment("2026-03-31")
    )

    consultation.refresh_from_db()
    assert consultation.position == ""


def test_a_late_answer_moves_no_date(desk, case):
    consultation = desk.consult(case, "2026-03-05", served="2026-03-09")

    reply(desk, consultation, "2026-04-01")

    assert (due(case), factories.stored(case)["clock_flags"]) == (
        "2026-04-23",
        ["consult_reply_late"],
    )


def test_an_open_consultation_keeps_the_answer_back(desk, case):
    consultation = desk.consult(case, "2026-03-05", served="2026-03-09")

    open_ = refused(desk.draft_answer, case, "2026-03-30")
    run_out = desk.draft_answer(case, "2026-03-31")

    assert open_ == ("open_consultation",)
    assert run_out.status == "draft"
    assert consultation.position == ""


def test_a_consultation_sent_while_the_answer_waits_is_stopped(desk, case):
    consultation = start(desk, case)
    letter = desk.issue(consultation.letters.get(), "2026-03-05")
    answer = desk.draft_answer(case, "2026-03-05")
    letters.submit(answer.pk, actor=desk.clerk, at=moment("2026-03-05"))

    assert refused(desk.post, letter, "2026-03-06") == ("status",)
    assert factories.stored(case)["clock_state"] == "running"


def test_a_third_partys_ground_needs_the_third_partys_letter(desk, case):
    fields = {"reason": "涉及商业秘密", "third_party_position": "第三方不同意公开"}

    def draft():
        return answers.draft(
            case.pk,
            outcome=OutcomeCode.THIRD_PARTY,
            fields=fields,
            actor=desk.clerk,
            at=moment("2026-03-10"),
        )

    without = refused(draft)
    consultation = desk.consult(case, "2026-03-05", served="2026-03-05")
    reply(desk, consultation, "2026-03-09", Position.REFUSES, "涉及成本")

    assert without == ("outcome",)
    assert draft().kind == "withheld"


def test_a_voided_letter_to_a_third_party_is_no_consultation(desk, case):
    desk.consult(case, "2026-03-05")
    sent = case.events.get(entry="consult_sent")
    entries.void(
        case.pk, seq=sent.seq, reason="没有寄出", actor=desk.clerk, at=moment("2026-03-05")
    )

    assert refused(
        answers.draft,
        case.pk,
        outcome=OutcomeCode.THIRD_PARTY,
        fields={"reason": "商业秘密", "third_party_position": "不同意"},
        actor=desk.clerk,
        at=moment("2026-03-10"),
    ) == ("outcome",)
    assert (factories.stored(case)["clock_state"], due(case)) == ("running", "2026-03-30")


def test_a_consultation_not_sent_is_called_off(desk, case):
    consultation = start(desk, case)
    letter = desk.issue(consultation.letters.get(), "2026-03-05")

    without_reason = refused(
        consultations.cancel, consultation.pk, reason="", actor=desk.clerk, at=moment("2026-03-05")
    )
    consultations.cancel(
        consultation.pk, reason="不需要了", actor=desk.clerk, at=moment("2026-03-05")
    )

    assert without_reason == ("reason",)
    letter.refresh_from_db()
    consultation.refresh_from_db()
    assert (letter.status, letter.void_reason) == ("void", "不需要了")
    assert consultation.cancelled_at == moment("2026-03-05")
    assert [row[2] for row in factories.ledger_of(case)][-2:] == ["letter_voided", "noted"]


def test_a_consultation_that_went_out_is_not_called_off(desk, case):
    consultation = desk.consult(case, "2026-03-05")

    assert refused(
        consultations.cancel,
        consultation.pk,
        reason="？",
        actor=desk.clerk,
        at=moment("2026-03-05"),
    ) == ("already_sent",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "name"),
        ({"name": "公" * 121}, "name"),
        ({"address": "路" * 201}, "address"),
        ({"subject": " "}, "subject"),
        ({"fields": {"colour": "红"}}, "colour"),
    ],
)
def test_a_consultation_that_cannot_be_written_is_refused(desk, case, changes, code):
    assert refused(start, desk, case, **changes) == (code,)
    assert Consultation.objects.count() == 0


def test_a_consultation_on_the_last_day_moves_nothing_and_after_it_only_asks(desk, case):
    on_the_last = desk.consult(case, "2026-03-30", served="2026-03-30")
    paused = factories.stored(case)
    after = desk.consult(case, "2026-03-31", served="2026-03-31", name="另一家公司")

    assert (paused["clock_state"], paused["due_on"]) == ("paused", date(2026, 3, 30))
    assert (factories.stored(case)["clock_state"], due(case)) == ("overdue", "2026-03-30")
    assert factories.stored(case)["clock_flags"] == ["consult_after_due"]
    assert on_the_last.pk != after.pk
