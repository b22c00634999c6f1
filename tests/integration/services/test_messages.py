"""Messages: promised once, sent once, tried again with limits, given up visibly."""

from datetime import timedelta

import pytest

from requests_app.adapters.mailer import MailFailed
from requests_app.adapters.sms import OutgoingSms
from requests_app.domain.message_texts import MessageEvent
from requests_app.models import Message
from requests_app.models.messages import MessageChannel
from requests_app.services import messages
from requests_app.services.tally import Tally
from tests import offices

pytestmark = pytest.mark.django_db

AT = offices.moment("2026-03-02")


@pytest.fixture
def office():
    return offices.set_up()


def owe(key="k1", at=AT, channel=MessageChannel.EMAIL, to="chen@example.com"):
    return messages.owe(None, key=key, channel=channel, to=to, subject="标题", body="内容", at=at)


def standing(message):
    message.refresh_from_db()
    return message.status, message.attempts, message.due_at, message.sent_at, message.error


def fail_with(monkeypatch, error):
    def refuse(mail):
        raise error

    monkeypatch.setattr("requests_app.adapters.mailer.send", refuse)


def test_owe_twice_is_one_promise():
    first = owe()
    second = owe(to="other@example.com")

    assert (second.pk, second.to, Message.objects.count()) == (first.pk, "chen@example.com", 1)


def test_registering_owes_word_by_mail(office):
    case = offices.register(office, AT)

    message = Message.objects.get(case=case)
    assert (message.key, message.channel, message.to, message.subject) == (
        f"received:{case.pk}",
        "email",
        "chen@example.com",
        "政府信息公开申请2026-0001：申请已收到",
    )


def test_registering_owes_word_by_short_message_to_a_mobile(office):
    case = offices.register(office, AT, email="", phone="+86 139-0000-0000")

    message = Message.objects.get(case=case)
    assert (message.channel, message.to, message.body) == (
        "sms",
        "13900000000",
        "您的申请2026-0001已于2026年3月2日收到，请保存好申请编号和查询码。查看：http://127.0.0.1:8000",
    )


def test_registering_owes_nothing_to_who_left_only_an_address(office):
    case = offices.register(office, AT, email="", phone="0935-0000000")

    assert not Message.objects.filter(case=case).exists()


def test_notify_of_a_letter_is_once_a_letter(office):
    case = offices.register(office, AT)
    letter = case.letters.get()

    first = messages.notify(case, event=MessageEvent.NOTICE, at=AT, letter=letter)
    second = messages.notify(case, event=MessageEvent.NOTICE, at=AT, letter=letter)

    assert (first.key, first.pk) == (f"notice:{case.pk}:{letter.pk}", second.pk)


def test_messages_name_nobody_and_tell_no_content(office):
    case = offices.register(office, AT, name="欧阳向前")
    offices.register(office, AT, name="欧阳向前", email="", phone="13900000000")

    told = "".join(Message.objects.values_list("body", flat=True))
    assert [word for word in ("欧阳", "老旧小区", "E12345678") if word in told] == []
    assert "老旧小区" in case.description


def test_send_marks_the_row_and_sends_once(mailoutbox):
    message = owe()

    sent = [messages.send(message.pk, at=AT), messages.send(message.pk, at=AT)]

    assert sent == [True, False]
    assert standing(message) == ("sent", 1, AT, AT, "")
    assert [(mail.to, mail.subject, mail.body) for mail in mailoutbox] == [
        (["chen@example.com"], "标题", "内容")
    ]


def test_send_leaves_alone_what_is_not_due_yet(mailoutbox):
    message = owe(at=AT + timedelta(hours=1))

    assert messages.send(message.pk, at=AT) is False
    assert mailoutbox == []


def test_send_by_short_message(monkeypatch):
    handed_on = []
    monkeypatch.setattr("requests_app.adapters.sms.send", handed_on.append)
    message = owe(channel=MessageChannel.SMS, to="13900000000")

    messages.send(message.pk, at=AT)

    assert handed_on == [OutgoingSms(key="k1", to="13900000000", text="内容")]


def test_send_waits_longer_after_each_failure_and_then_gives_up(monkeypatch):
    fail_with(monkeypatch, MailFailed("server hung up", retryable=True))
    message = owe()
    waits, at = [], AT

    for _ in range(5):
        messages.send(message.pk, at=at)
        message.refresh_from_db()
        waits.append(message.due_at - at)
        at = message.due_at

    assert waits == [
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(0),
    ]
    assert (message.status, message.attempts, message.error) == ("failed", 5, "server hung up")


def test_send_gives_up_at_once_what_never_can_be_sent():
    message = owe(to="no address")

    messages.send(message.pk, at=AT)

    assert standing(message) == ("failed", 1, AT, None, "not a mail address")


def test_send_due_takes_back_what_a_dead_worker_claimed(mailoutbox):
    message = owe()
    Message.objects.update(status="sending", claimed_at=AT, attempts=1)

    early = messages.send_due(at=AT + timedelta(minutes=10))
    later = messages.send_due(at=AT + timedelta(minutes=11))

    assert (early, later) == (Tally(), Tally(seen=1, changed=1))
    assert standing(message)[:2] == ("sent", 2)


def test_send_due_gives_up_what_died_every_time():
    message = owe()
    Message.objects.update(status="sending", claimed_at=AT, attempts=5)

    tally = messages.send_due(at=AT + timedelta(minutes=11))

    assert tally == Tally(failed=1)
    assert standing(message)[::4] == ("failed", "no answer from the worker")


def test_send_due_goes_on_after_a_message_that_breaks(monkeypatch, mailoutbox):
    from requests_app.adapters import mailer

    really_send = mailer.send

    def send(mail):
        if mail.key == "bad":
            raise ZeroDivisionError
        return really_send(mail)

    monkeypatch.setattr("requests_app.adapters.mailer.send", send)
    bad, good = owe("bad"), owe("good")

    tally = messages.send_due(at=AT)

    assert tally == Tally(seen=2, changed=1, failed=1)
    assert standing(bad) == ("due", 1, AT + timedelta(minutes=1), None, "ZeroDivisionError")
    assert standing(good)[0] == "sent"
