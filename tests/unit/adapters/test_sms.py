"""Handing short messages on: to a file, or to a gateway that really listens."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from requests_app.adapters import sms
from requests_app.adapters.sms import OutgoingSms

SMS = OutgoingSms(key="case-7/received", to="13800138000", text="您的申请2026-0184已收到。")


@pytest.fixture
def file(settings, tmp_path):
    settings.SMS_BACKEND = "requests_app.adapters.sms.FileGateway"
    settings.SMS_FILE_PATH = tmp_path / "sms" / "messages.jsonl"
    return settings.SMS_FILE_PATH


class Provider(HTTPServer):
    """A gateway on loopback that keeps what it was sent and answers as told."""

    status = 200
    answer = b'{"id": "P-1"}'
    location = ""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.received = []


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, self.headers["Authorization"], json.loads(body)))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def provider(settings):
    with Provider() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        settings.SMS_BACKEND = "requests_app.adapters.sms.HttpGateway"
        settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
        settings.SMS_TOKEN = "token"
        settings.SMS_TIMEOUT = 5
        yield server
        server.shutdown()
        thread.join()


def failure():
    with pytest.raises(sms.SmsFailed) as caught:
        sms.send(SMS)
    return str(caught.value), caught.value.retryable


def test_sms_is_written_as_one_line_each(file):
    ids = [sms.send(SMS), sms.send(replace(SMS, key="b", text="第二条"))]

    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

    assert lines == [
        {"id": ids[0], "to": "13800138000", "text": "您的申请2026-0184已收到。"},
        {"id": ids[1], "to": "13800138000", "text": "第二条"},
    ]
    assert ids[0] != ids[1]


def test_sms_with_the_same_key_has_the_same_id(file):
    assert sms.send(SMS) == sms.send(SMS)


def test_sms_file_that_cannot_be_written_is_tried_again(file):
    file.parent.write_text("a file where the folder should be")

    assert failure() == ("file not written: File exists", True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"to": "0935-8220051"}, "not a mobile number"),
        ({"to": "12345678901"}, "not a mobile number"),
        ({"to": "13800138000\n"}, "not a mobile number"),
        ({"to": ""}, "not a mobile number"),
        ({"text": ""}, "text empty, too long or with forbidden characters"),
        ({"text": "长" * 501}, "text empty, too long or with forbidden characters"),
        ({"text": "【别人】您好"}, "text empty, too long or with forbidden characters"),
        ({"text": "两\n行"}, "text empty, too long or with forbidden characters"),
        ({"text": "证件号码11010519491231002X"}, "identity number in the text"),
    ],
)
def test_sms_that_must_not_go_is_refused_for_good(file, change, words):
    with pytest.raises(sms.SmsFailed, match=words) as caught:
        sms.send(replace(SMS, **change))

    assert caught.value.retryable is False
    assert not file.exists()


def test_sms_of_500_characters_goes(file):
    sms.send(replace(SMS, text="长" * 500))

    assert len(file.read_text(encoding="utf-8").splitlines()) == 1


def test_sms_is_posted_to_the_gateway(provider):
    provider_id = sms.send(SMS)

    assert provider_id == "P-1"
    assert provider.received == [
        (
            "/send",
            "Bearer token",
            {"key": "case-7/received", "to": "13800138000", "text": "您的申请2026-0184已收到。"},
        )
    ]


@pytest.mark.parametrize(
    ("status", "retryable"),
    [(400, False), (401, False), (408, True), (429, True), (500, True), (503, True), (599, True)],
)
def test_sms_gateway_refusal_is_told_apart(provider, status, retryable):
    provider.status = status

    assert failure() == (f"gateway answered {status}", retryable)


def test_sms_gateway_redirect_is_not_followed(provider):
    provider.status, provider.location = 302, "/elsewhere"

    assert failure() == ("gateway answered 302", False)
    assert [path for path, _, _ in provider.received] == ["/send"]


@pytest.mark.parametrize("answer", [b"", b"ok", b"[]", b"{}", b"\xff"])
def test_sms_gateway_without_an_id_is_not_tried_again(provider, answer):
    provider.answer = answer

    assert failure() == ("gateway gave no id", False)


def test_sms_gateway_away_is_tried_again(provider, settings):
    settings.SMS_URL = "http://127.0.0.1:9/send"  # the discard port: nobody listens

    assert failure() == ("gateway not reached: ConnectionRefusedError", True)


def test_sms_gateway_over_tls_wants_a_certificate(provider, settings):
    settings.SMS_URL = settings.SMS_URL.replace("http://", "https://")

    words, retryable = failure()

    assert (words.split(": ")[0], retryable) == ("gateway not reached", True)
    assert provider.received == []


def test_sms_does_not_show_its_text():
    assert "2026-0184" not in repr(SMS)
