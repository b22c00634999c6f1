"""A lost query code: sent to the own contact alone, limited, used once; the old code is void."""

from datetime import timedelta

import pytest

from requests_app.adapters import crypto
from requests_app.domain.application import ApplicantKind
from requests_app.domain.errors import Refused
from requests_app.domain.identity import IdKind
from requests_app.domain.papers import PaperKind
from requests_app.models import AccessRecord, CodeRecovery, Message
from requests_app.selectors import cases
from requests_app.services import filing, messages, query_codes, recoveries
from requests_app.services.applications import PartnerGiven
from tests import factories
from tests.factories import person
from tests.offices import moment

pytestmark = pytest.mark.django_db

AT = moment("2026-03-03")


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02", applicant=person(email="chen@example.com", phone="13900000000"))


def ask(case, contact="chen@example.com", at=AT, number=""):
    return recoveries.ask(number=number or case.number, contact=contact, at=at)


def opens(case, code):
    try:
        return cases.find_by_code(number=case.number, query_code=code) == case
    except Refused:
        return False


def refused(key, typed, at=AT):
    with pytest.raises(Refused) as error:
        recoveries.redeem(key, typed=typed, at=at)
    return [str(reason) for reason in error.value.reasons]


WRONG = ["验证码不对，或者已经过了时间。请核对，或者重新获取。"]


@pytest.mark.parametrize(
    ("contact", "channel", "to"),
    [
        ("chen@example.com", "email", "chen@example.com"),
        (" CHEN@Example.com ", "email", "chen@example.com"),
        ("13900000000", "sms", "13900000000"),
        ("+86 139-0000-0000", "sms", "13900000000"),
    ],
)
def test_the_code_goes_to_the_contact_of_the_case(case, contact, channel, to):
    key = ask(case, contact)

    message = CodeRecovery.objects.get(key=key).message
    assert (message.channel, message.to) == (channel, to)


@pytest.mark.parametrize("contact", ["other@example.com", "13900000001", "", "@", "0935-8220051"])
def test_nothing_is_sent_to_anybody_else(case, contact):
    before = Message.objects.count()

    assert ask(case, contact) is None
    assert Message.objects.count() == before


@pytest.fixture
def joint(desk):
    """A case of two, with an agent; only mobiles can be sent a code."""
    partner = PartnerGiven(
        ApplicantKind.PERSON,
        "欧阳若兰",
        identity_kind=IdKind.RESIDENT_CARD,
        identity_number=factories.OTHER_IDENTITY_NUMBER,
        phone="13911111111",
    )
    papers = (factories.paper(), factories.paper(PaperKind.AUTHORISATION, "委托书.jpg"))
    agent = factories.agent(phone="13922222222")
    return desk.file("2026-03-02", partners=(partner,), agent=agent, files=papers)


@pytest.mark.parametrize("mobile", ["13900000000", "139 1111 1111", "13922222222"])
def test_everybody_who_may_follow_a_case_can_ask_for_the_code(joint, mobile):
    key = ask(joint, mobile)

    message = CodeRecovery.objects.get(key=key).message
    assert (message.channel, message.to) == ("sms", mobile.replace(" ", ""))
    found = recoveries.redeem(key, typed=crypto.one_time_code(key), at=AT)
    assert opens(joint, found.query_code)


def test_a_telephone_of_another_case_gets_nothing(joint, case):
    assert ask(case, "13911111111") is None


def test_a_number_nobody_has_sends_nothing(case):
    assert ask(case, number="2026-9999") is None


def test_the_right_code_gives_a_new_query_code_and_voids_the_old_one(case):
    old = query_codes.of(case)
    key = ask(case)

    found = recoveries.redeem(key, typed=crypto.one_time_code(key), at=AT)

    assert opens(case, found.query_code)
    assert not opens(case, old)
    assert found.query_code != old
    case.refresh_from_db()
    assert query_codes.of(case) == found.query_code


def test_no_row_holds_the_code_in_clear(case, mailoutbox):
    key = ask(case)
    code = crypto.one_time_code(key)

    message = CodeRecovery.objects.get(key=key).message
    assert code not in message.body
    messages.send(message.pk, at=AT)
    assert code in mailoutbox[-1].body
    message.refresh_from_db()
    assert (message.status, code in message.body) == ("sent", False)


def test_a_code_that_ran_out_is_not_sent_late(case):
    message = CodeRecovery.objects.get(key=ask(case)).message

    assert not messages.send(message.pk, at=AT + timedelta(minutes=10))
    message.refresh_from_db()
    assert (message.status, message.error) == (
        "failed",
        "the one-time code ran out before it was sent",
    )


def test_wrong_codes_are_counted_and_the_sixth_try_is_refused_even_if_right(case):
    key = ask(case)
    right = crypto.one_time_code(key)
    wrong = "000000" if right != "000000" else "111111"

    for _ in range(recoveries.MAX_ATTEMPTS):
        assert refused(key, wrong) == WRONG

    assert refused(key, right) == WRONG
    assert CodeRecovery.objects.get(key=key).attempts == recoveries.MAX_ATTEMPTS


def test_a_code_is_good_for_ten_minutes(case):
    key = ask(case)

    assert (
        refused(key, crypto.one_time_code(key), at=AT + timedelta(minutes=10, seconds=1)) == WRONG
    )


def test_a_code_is_good_once(case):
    key = ask(case)
    recoveries.redeem(key, typed=crypto.one_time_code(key), at=AT)

    assert refused(key, crypto.one_time_code(key)) == WRONG


def test_no_attempt_and_an_unknown_attempt_are_refused_in_the_same_words(case):
    import uuid

    assert refused(None, crypto.one_time_code(uuid.UUID(int=0))) == WRONG
    key = uuid.uuid4()
    assert refused(key, crypto.one_time_code(key)) == WRONG


def test_three_an_hour_and_six_a_day(case):
    def sent(times, at):
        return sum(ask(case, at=at) is not None for _ in range(times))

    assert sent(5, AT) == 3
    assert sent(5, AT + timedelta(hours=1, minutes=1)) == 3
    assert sent(5, AT + timedelta(hours=3)) == 0
    assert sent(5, AT + timedelta(days=1, minutes=1)) == 3


def test_every_step_stands_in_the_access_log(case):
    key = ask(case)
    refused(key, "12")
    recoveries.redeem(key, typed=crypto.one_time_code(key), at=AT)

    rows = AccessRecord.objects.filter(case=case).order_by("pk")
    assert [(row.staff_id, row.what, row.reason) for row in rows] == [
        (None, "找回查询码", "向登记的联系方式发送验证码"),
        (None, "找回查询码", "验证码不对或者已经失效"),
        (None, "找回查询码", "验证码相符，换发新的查询码"),
    ]


def test_at_the_counter_a_new_code_needs_how_the_person_was_known(desk, case):
    with pytest.raises(Refused):
        recoveries.reissue_at_counter(case.pk, reason=" ", actor=desk.clerk, at=AT)

    found = recoveries.reissue_at_counter(
        case.pk, reason="本人持身份证原件", actor=desk.clerk, at=AT
    )

    assert opens(case, found.query_code)
    row = AccessRecord.objects.get(case=case)
    assert (row.staff_id, row.what, row.reason) == (
        desk.clerk.staff_id,
        "重发查询码",
        "本人持身份证原件",
    )


@pytest.mark.parametrize("who", ["head", "handler", "supervisor", "administrator"])
def test_nobody_but_the_clerk_gives_codes_out(desk, case, who):
    before = case.query_code_hash

    with pytest.raises(Refused):
        recoveries.reissue_at_counter(case.pk, reason="甲", actor=getattr(desk, who), at=AT)

    case.refresh_from_db()
    assert case.query_code_hash == before


def test_the_form_filed_once_does_not_show_a_code_replaced_since(desk):
    given = factories.application()
    first = filing.file_online(given, at=moment("2026-03-02"))
    recoveries.reissue_at_counter(first.case.pk, reason="本人", actor=desk.clerk, at=AT)

    again = filing.file_online(given, at=AT)

    assert (again.case, again.query_code, again.repeated) == (first.case, "", True)
