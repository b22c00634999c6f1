"""Handing mail on, and telling what may be tried again from what may not."""

import smtplib
from dataclasses import replace

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from requests_app.adapters import mailer
from requests_app.adapters.mailer import MailAttachment, OutgoingMail

MAIL = OutgoingMail(
    key="case-7/received",
    to="someone@example.com",
    subject="您的申请2026-0184已收到",
    text="请保存编号和查询码。",
)


@pytest.fixture(autouse=True)
def _outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "政府信息公开 <open@example.gov.cn>"


@pytest.fixture
def server_says(monkeypatch):
    def says(error):
        def send(_message):
            raise error

        monkeypatch.setattr(EmailMessage, "send", send)

    return says


def test_mail_is_handed_on_whole():
    paper = MailAttachment(name="告知书.pdf", content_type="application/pdf", content=b"%PDF-")

    message_id = mailer.send(replace(MAIL, attachments=(paper,)))

    [sent] = mail.outbox
    assert (sent.to, sent.from_email) == (
        ["someone@example.com"],
        "政府信息公开 <open@example.gov.cn>",
    )
    assert (sent.subject, sent.body) == ("您的申请2026-0184已收到", "请保存编号和查询码。")
    assert sent.attachments == [("告知书.pdf", b"%PDF-", "application/pdf")]
    assert sent.extra_headers == {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}


def test_mail_with_the_same_key_has_the_same_message_id():
    first, again, other = (
        mailer.send(each) for each in (MAIL, MAIL, replace(MAIL, key="case-8/received"))
    )

    assert first == again != other
    assert first.endswith("@example.gov.cn>")


def test_mail_is_written_to_a_file_by_default_backend(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path

    message_id = mailer.send(MAIL)

    [written] = tmp_path.iterdir()
    assert f"Message-ID: {message_id}" in written.read_text()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"subject": "收到\nBcc: all@example.com"}, "line break in a header"),
        ({"subject": "收到\r"}, "line break in a header"),
        ({"to": "a@example.com\nBcc: b@example.com"}, "line break in a header"),
        ({"to": "a@example.com, b@example.com"}, "not a mail address"),
        ({"to": "nobody"}, "not a mail address"),
        ({"to": ""}, "not a mail address"),
        ({"text": "证件号码11010519491231002X"}, "identity number in the text"),
        ({"subject": "11010519491231002X"}, "identity number in the text"),
    ],
)
def test_mail_that_must_not_go_is_refused_for_good(change, words):
    with pytest.raises(mailer.MailFailed, match=words) as caught:
        mailer.send(replace(MAIL, **change))

    assert caught.value.retryable is False
    assert mail.outbox == []


def refused(*codes):
    return smtplib.SMTPRecipientsRefused(
        {f"{place}@example.com": (code, b"no") for place, code in enumerate(codes)}
    )


@pytest.mark.parametrize(
    ("error", "words", "retryable"),
    [
        (refused(550), "recipient refused ([550])", False),
        (refused(450), "recipient refused ([450])", True),
        (smtplib.SMTPDataError(552, b"too big"), "server answered 552", False),
        (smtplib.SMTPDataError(451, b"later"), "server answered 451", True),
        (smtplib.SMTPSenderRefused(553, b"no", "x"), "server answered 553", False),
        (smtplib.SMTPAuthenticationError(535, b"no"), "server answered 535", True),
        (smtplib.SMTPConnectError(421, b"busy"), "server answered 421", True),
        (smtplib.SMTPServerDisconnected("gone"), "server hung up", True),
        (smtplib.SMTPNotSupportedError("no SMTPUTF8"), "SMTPNotSupportedError", False),
        (TimeoutError(), "server not reached: TimeoutError", True),
        (ConnectionRefusedError(), "server not reached: ConnectionRefusedError", True),
    ],
)
def test_mail_failure_is_told_apart(server_says, error, words, retryable):
    server_says(error)

    with pytest.raises(mailer.MailFailed) as caught:
        mailer.send(MAIL)

    assert (str(caught.value), caught.value.retryable) == (words, retryable)


def test_mail_failure_of_another_kind_is_not_swallowed(server_says):
    server_says(ZeroDivisionError())

    with pytest.raises(ZeroDivisionError):
        mailer.send(MAIL)


def test_mail_failure_names_no_address(server_says):
    server_says(refused(550))

    with pytest.raises(mailer.MailFailed) as caught:
        mailer.send(MAIL)

    assert "@" not in str(caught.value)


def test_mail_does_not_show_its_text():
    assert "查询码" not in repr(MAIL)
