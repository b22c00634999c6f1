"""Paper, fax and oral applications: the day of receipt follows from the channel (条例 31)."""

import uuid
from datetime import date, time

import pytest

from requests_app.domain.application import ApplicantKind, Arrival, Channel
from requests_app.domain.arrivals import ArrivalProof, ConfirmedWay, ReadBackWay
from requests_app.domain.stray_mail import StrayKind, StrayWay
from requests_app.models import Attachment, Case, CaseLink, Event, Message, StrayMail
from requests_app.selectors import relations
from requests_app.services import intake, splitting, stray_mail
from requests_app.services.stray_mail import StrayGiven
from tests import factories
from tests.factories import application, refused
from tests.offices import moment

pytestmark = pytest.mark.django_db


def arrival(channel, arrived="2026-03-02", confirmed="", how=""):
    return Arrival(
        channel,
        date.fromisoformat(arrived),
        date.fromisoformat(confirmed) if confirmed else None,
        how,
    )


@pytest.mark.parametrize(
    ("came", "received_on", "due_on"),
    [
        (arrival(Channel.COUNTER), "2026-03-02", "2026-03-30"),
        (arrival(Channel.MAIL_SIGNED), "2026-03-02", "2026-03-30"),
        (arrival(Channel.MAIL_UNSIGNED, confirmed="2026-03-03", how="电话，本人"), "2026-03-03", "2026-03-31"),
        (arrival(Channel.FAX, confirmed="2026-03-04", how="电话，本人"), "2026-03-04", "2026-04-01"),
    ],
)  # fmt: skip
def test_the_day_of_receipt_follows_from_the_channel(desk, came, received_on, due_on):
    case = desk.register("2026-03-05", came)

    assert (case.received_on.isoformat(), factories.due(case)) == (received_on, due_on)
    assert case.events.first().data["arrived_on"] == "2026-03-02"
    assert case.arrived_at == moment("2026-03-02", "00:00")
    assert case.created_at == moment("2026-03-05")
    assert case.clerk_id == desk.clerk.staff_id


@pytest.mark.parametrize(
    ("came", "code"),
    [
        (arrival(Channel.COUNTER, "2026-03-06"), "arrived_in_future"),
        (arrival(Channel.COUNTER, "2025-03-03"), "arrived_long_ago"),
        (arrival(Channel.COUNTER, "1900-01-02"), "arrived_long_ago"),
        (arrival(Channel.FAX), "confirmation_missing"),
        (arrival(Channel.FAX, confirmed="2026-03-01", how="电话"), "confirmation_out_of_order"),
        (arrival(Channel.FAX, confirmed="2026-03-06", how="电话"), "confirmation_out_of_order"),
        (arrival(Channel.ONLINE), "channel"),
        (arrival(Channel.ORAL), "filled_by_staff_reason"),
    ],
)
def test_an_arrival_that_cannot_be_is_refused(desk, came, code):
    assert refused(desk.register, "2026-03-05", came) == (code,)
    assert Case.objects.count() == 0


def test_an_oral_application_is_written_down_with_the_reason(desk):
    case = intake.register(
        application(files=()),
        arrival=arrival(Channel.ORAL),
        filled_by_staff_reason="视力障碍，已宣读核对",
        proof=ArrivalProof(read_back=ReadBackWay.FINGERPRINT),
        identity_verified=True,
        actor=desk.clerk,
        at=moment("2026-03-02"),
    ).case

    assert (case.channel, case.filled_by_staff_reason) == ("oral", "视力障碍，已宣读核对")
    record = case.arrival_record
    assert (record.read_back, record.writer) == ("fingerprint", "经办甲")


def test_a_paper_that_nobody_saw_needs_its_copy(desk):
    assert refused(
        intake.register,
        application(files=()),
        arrival=arrival(Channel.COUNTER),
        actor=desk.clerk,
        at=moment("2026-03-02"),
    ) == ("identity_paper",)


@pytest.mark.parametrize("who", ["head", "handler", "supervisor", "administrator"])
def test_only_clerks_register(desk, who):
    assert refused(
        intake.register,
        application(),
        arrival=arrival(Channel.COUNTER),
        actor=getattr(desk, who),
        at=moment("2026-03-02"),
    ) == ("role",)


def test_the_same_form_twice_is_one_case(desk):
    given = application()
    twice = [
        intake.register(
            given, arrival=arrival(Channel.COUNTER), actor=desk.clerk, at=moment("2026-03-02")
        )
        for _ in range(2)
    ]

    assert [filed.repeated for filed in twice] == [False, True]
    assert (Case.objects.count(), Attachment.objects.count()) == (1, 1)
    assert twice[0].query_code == twice[1].query_code


def test_an_application_of_last_year_counts_in_last_years_series(desk):
    first = desk.register("2025-12-30", at="2026-01-05")
    second = desk.register("2026-01-05")

    assert (first.number, second.number) == ("2025-0001", "2026-0001")
    assert first.due_on == date(2026, 1, 28)


def test_an_overlong_tracking_number_is_refused(desk):
    assert refused(
        intake.register,
        application(),
        arrival=arrival(Channel.MAIL_SIGNED),
        proof=ArrivalProof(tracking_number="1" * 41, signer="收发室"),
        identity_verified=True,
        actor=desk.clerk,
        at=moment("2026-03-02"),
    ) == ("tracking_number",)


# --- What proves an arrival -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came", "proof", "codes"),
    [
        (arrival(Channel.MAIL_SIGNED), ArrivalProof(), ("tracking_number", "signer")),
        (
            arrival(Channel.MAIL_SIGNED),
            ArrivalProof(
                tracking_number="xa 123456789 cn", signer="收发室", postmarked_on=date(2026, 3, 3)
            ),
            ("postmarked_on",),
        ),
        (
            arrival(Channel.FAX, confirmed="2026-03-02"),
            ArrivalProof(),
            ("confirmed_with", "confirmed_way"),
        ),
        (
            arrival(Channel.MAIL_UNSIGNED, confirmed="2026-03-03"),
            ArrivalProof(confirmed_with="本人", confirmed_way=ConfirmedWay.PHONE),
            ("late_reason",),
        ),
    ],
)
def test_what_the_channel_asks_for_is_missed(desk, came, proof, codes):
    assert refused(desk.register, "2026-03-05", came, proof=proof) == codes
    assert Case.objects.count() == 0


def test_an_oral_application_without_reading_it_back_is_refused(desk):
    assert refused(
        intake.register,
        application(files=()),
        arrival=arrival(Channel.ORAL),
        filled_by_staff_reason="书写困难",
        identity_verified=True,
        actor=desk.clerk,
        at=moment("2026-03-02"),
    ) == ("read_back",)


def test_the_confirmation_is_kept_with_who_when_and_how(desk):
    proof = ArrivalProof(
        confirmed_with="本人",
        confirmed_way=ConfirmedWay.PHONE,
        confirmed_time=time(15, 20),
    )

    case = desk.register(
        "2026-03-05", arrival(Channel.FAX, confirmed="2026-03-02", how="内容齐全"), proof=proof
    )

    record = case.arrival_record
    assert (record.confirmed_with, record.confirmed_way, record.confirmer) == (
        "本人",
        "phone",
        "经办甲",
    )
    assert case.confirmed_how == "电话，15:20，本人，内容齐全"


def test_the_clerk_names_the_type_of_an_organisation(desk):
    nameless = factories.organisation(organisation_type=None)

    assert refused(desk.register, "2026-03-05", applicant=nameless) == ("organisation_type",)
    assert factories.person().kind is ApplicantKind.PERSON


# --- One letter, several things ---------------------------------------------------------------------


def split(desk, case, *parts, kept="项目清单", **changes):
    given = {"reason": "三项不是一回事", "actor": desk.clerk, "at": moment("2026-03-05")}
    return splitting.split(case.pk, kept=kept, parts=parts, **(given | changes))


def test_one_letter_becomes_several_cases_of_the_same_day(desk):
    first = desk.register("2026-03-02", description="项目清单；合同；验收报告")

    made = split(desk, first, "合同", " ", "验收报告")

    first.refresh_from_db()
    assert [case.number for case in made] == ["2026-0002", "2026-0003"]
    assert {case.received_on for case in made} == {first.received_on}
    assert [each.description for each in (first, *made)] == ["项目清单", "合同", "验收报告"]
    assert {case.applicant.identity_index for case in made} == {first.applicant.identity_index}
    assert len({case.query_code_hash for case in (first, *made)}) == 3
    assert [case.letters.get().kind for case in made] == ["receipt", "receipt"]
    assert first.events.last().data["original"] == "项目清单；合同；验收报告"
    assert list(relations.of(made[1], actor=desk.clerk).same_letter) == [first, made[0]]
    for theirs in (first, made[1]):
        desk.assign(theirs, "2026-03-03")
    assert list(relations.of(made[1], actor=desk.handler).same_letter) == [first]


@pytest.mark.parametrize(
    ("parts", "changes", "code"),
    [
        ((), {}, "parts"),
        (("合同",), {"kept": " "}, "kept"),
        (("合同",), {"reason": ""}, "reason"),
        (("项目清单",), {}, "parts"),
        (tuple(str(place) for place in range(21)), {}, "parts"),
    ],
)
def test_a_split_that_makes_no_sense_leaves_nothing(desk, parts, changes, code):
    first = desk.register("2026-03-02", description="项目清单；合同")
    before = Event.objects.count()

    assert refused(split, desk, first, *parts, **changes) == (code,)
    assert (Case.objects.count(), CaseLink.objects.count(), Event.objects.count()) == (1, 0, before)


# --- Mail that is no application --------------------------------------------------------------------


def stray(**changes):
    given = {
        "arrived_on": date(2026, 3, 2),
        "way": StrayWay.EMAIL,
        "kind": StrayKind.EMAIL_APPLICATION,
        "summary": "发到邮箱的申请，要2025年预算",
        "idempotency_key": uuid.uuid4(),
        "contact": "li@example.com",
    }
    return StrayGiven(**(given | changes))


def test_an_email_is_noted_and_answered_with_a_pointer(desk):
    given = stray()
    rows = {stray_mail.log(given, actor=desk.clerk, at=moment("2026-03-02")).pk for _ in range(2)}

    row = StrayMail.objects.get()
    message = Message.objects.get(key=f"stray-mail:{row.pk}")
    assert rows == {row.pk}
    assert row.answered_how == "电子邮件 li@example.com"
    assert (message.to, "邮箱不接收政府信息公开申请" in message.body, message.case) == (
        "li@example.com",
        True,
        None,
    )
    assert "{" not in row.pointer
    assert Case.objects.count() == 0


def test_mail_of_somebody_without_an_address_waits_for_its_answer(desk):
    row = stray_mail.log(stray(contact="0935-1234567"), actor=desk.clerk, at=moment("2026-03-02"))
    assert row.answered_at is None
    given = {"pointer": "", "actor": desk.clerk, "at": moment("2026-03-02", "16:00")}

    assert refused(stray_mail.answer, row.pk, how=" ", **given) == ("how",)
    stray_mail.answer(row.pk, how="电话告知本人", **given)

    row.refresh_from_db()
    assert (row.answered_how, row.answered_by_id) == ("电话告知本人", desk.clerk.staff_id)
    assert refused(stray_mail.answer, row.pk, how="再告知", **given) == ("answered",)
    assert refused(stray_mail.answer, 999, how="告知", **given) == ("no_such_mail",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"arrived_on": date(2026, 3, 3)}, "arrived_on"), ({"summary": " "}, "summary")],
)
def test_mail_that_cannot_be_noted_so_is_refused(desk, changes, code):
    assert refused(stray_mail.log, stray(**changes), actor=desk.clerk, at=moment("2026-03-02")) == (
        code,
    )


def test_mail_that_was_an_application_after_all_is_tied_to_it(desk):
    row = stray_mail.log(stray(), actor=desk.clerk, at=moment("2026-03-02"))
    given = {
        "arrival": arrival(Channel.COUNTER),
        "identity_verified": True,
        "actor": desk.clerk,
        "at": moment("2026-03-02"),
    }

    case = intake.register(application(files=()), stray_id=row.pk, **given).case

    row.refresh_from_db()
    assert row.case == case
    assert refused(intake.register, application(files=()), stray_id=999, **given) == ("stray_id",)
    assert Case.objects.count() == 1
