"""Signing through a seal service that really listens: right, wrong, slow, down; and time stamps."""

import base64
import functools
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as translated
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from jcdisclosure.signing import SealService, TimestampAuthority
from requests_app.adapters import pdf, signature
from tests.seal_server import KEY, TOKEN, SealServer, TimestampServer, serving, tls_context

pytestmark = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))

AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
NUMBER = "金政办公开告〔2026〕12号"
SIGNER = "requests_app.adapters.seal_service.SealServiceSigner"
TEXT = {
    "title": "政府信息公开申请答复书",
    "issuer": "金昌市人民政府办公室",
    "number": NUMBER,
    "addressee": "王玥",
    "paragraphs": [{"text": "现答复如下。", "style": "body"}],
    "remedies": [],
    "attachments": [],
    "signer": "金昌市人民政府办公室",
    "dated_on": "2026-11-20",
    "contact": "",
}


@functools.cache
def finished():
    return pdf.render_letter(TEXT, facts={"number": NUMBER})


@pytest.fixture(scope="module")
def running():
    with serving(SealServer()) as server:
        yield server


@pytest.fixture
def server(running, settings):
    running.behave, running.asked[:] = "", []
    settings.SIGNER, settings.SEAL_SERVICE = SIGNER, running.service
    yield running
    running.released.set()
    running.released.clear()


def sign():
    return signature.sign(finished(), number=NUMBER, at=AT)


def refusal():
    with pytest.raises(signature.SignatureFailed) as refused:
        sign()
    return str(refused.value)


def standing(content, root):
    """What an independent reader says who trusts the service's root and nobody else."""
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    (embedded,) = reader.embedded_signatures
    trusted = ValidationContext(trust_roots=[root], allow_fetching=False, moment=AT)
    with ThreadPoolExecutor(max_workers=1) as apart:
        return embedded, apart.submit(validate_pdf_signature, embedded, trusted, trusted).result()


def test_letter_is_signed_by_the_service_with_its_whole_chain(server):
    signed = sign()

    embedded, found = standing(signed.content, translated(server.root))
    assert (found.intact, found.valid, found.trusted, found.coverage.name) == (
        True, True, True, "ENTIRE_FILE",
    )  # fmt: skip
    assert signed.signer == "CN=金昌市人民政府办公室"
    assert signed.content.startswith(finished())
    assert (embedded.self_reported_timestamp, embedded.docmdp_level.name) == (AT, "NO_CHANGES")


def test_only_a_digest_leaves_the_house(server):
    sign()

    (fetched, posted) = server.asked
    assert fetched == ("GET", f"/api/certificates?key={KEY}", f"Bearer {TOKEN}", None)
    assert posted[:3] == ("POST", "/api/signatures", f"Bearer {TOKEN}")
    assert {**posted[3], "digest": len(base64.b64decode(posted[3]["digest"]))} == {
        "key": KEY,
        "digest_algorithm": "sha256",
        "digest": 32,
        "reference": NUMBER,
    }


def test_service_with_an_elliptic_key_signs_too(settings):
    with serving(SealServer(curve=True)) as server:
        settings.SIGNER, settings.SEAL_SERVICE = SIGNER, server.service

        signed = sign()

    _, found = standing(signed.content, translated(server.root))
    assert (found.intact, found.valid, found.trusted) == (True, True, True)


def test_service_is_spoken_to_over_tls_that_must_be_trusted(settings, tmp_path):
    context, trusted = tls_context(tmp_path)
    with serving(SealServer(tls=context)) as server:
        settings.SIGNER, settings.SEAL_SERVICE = SIGNER, server.service
        doubted = refusal()

        settings.SEAL_SERVICE = replace(server.service, ca=str(trusted))

        assert sign().signer == "CN=金昌市人民政府办公室"
    assert doubted == (
        "连接不上电子印章服务（SSLCertVerificationError），文书暂不能签名，稍后自动重试。"
    )


@pytest.mark.parametrize(
    ("behave", "sentence"),
    [
        ("no certificates", "电子印章服务的应答不合约定：没有证书。文书暂不能签名。"),
        ("no list", "电子印章服务的应答不合约定：没有证书。文书暂不能签名。"),
        ("an endless chain", "电子印章服务的应答不合约定：没有证书。文书暂不能签名。"),
        ("no certificate", "电子印章服务的应答不合约定：证书读不出来。文书暂不能签名。"),
        ("no base64", "电子印章服务的应答不合约定：不是base64编码。文书暂不能签名。"),
        ("nothing signed", "电子印章服务的应答不合约定：缺少约定的内容。文书暂不能签名。"),
        ("no JSON", "电子印章服务的应答不合约定：不是JSON。文书暂不能签名。"),
        ("no object", "电子印章服务的应答不合约定：缺少约定的内容。文书暂不能签名。"),
        ("too much", "电子印章服务的应答不合约定：内容过长。文书暂不能签名。"),
        ("another digest", "电子印章服务返回的签名与文书或者证书不符，已弃用该签名。"),
        ("a broken signature", "电子印章服务返回的签名与文书或者证书不符，已弃用该签名。"),
        (500, "电子印章服务应答500，文书暂不能签名，稍后自动重试。"),
        (302, "电子印章服务应答302，文书暂不能签名，稍后自动重试。"),
        (401, "电子印章服务拒绝了本系统的凭据（401），请联系系统管理员。"),
        (403, "电子印章服务拒绝了本系统的凭据（403），请联系系统管理员。"),
        (
            "hanging up",
            "连接不上电子印章服务（RemoteDisconnected），文书暂不能签名，稍后自动重试。",
        ),
    ],
)
def test_wrong_answer_signs_nothing(server, behave, sentence):
    server.behave = behave

    assert refusal() == sentence


@pytest.mark.parametrize("behave", ["silent", "silent when signing"])
def test_service_that_does_not_answer_is_left_after_its_time(server, settings, behave):
    server.behave = behave
    settings.SEAL_SERVICE = replace(server.service, seconds=0.2)

    assert refusal() == "电子印章服务在0.2秒内没有应答，文书暂不能签名，稍后自动重试。"


def test_service_that_is_down_signs_nothing(settings):
    with serving(SealServer()) as server:
        gone = server.service
    settings.SIGNER, settings.SEAL_SERVICE = SIGNER, gone

    assert refusal() == (
        "连接不上电子印章服务（ConnectionRefusedError），文书暂不能签名，稍后自动重试。"
    )
    assert signature.problems(at=AT) == [refusal()]


@pytest.mark.parametrize(
    ("service", "sentence"),
    [
        (
            SealService(),
            "没有设置JC_SEAL_SERVICE_URL、JC_SEAL_SERVICE_KEY、JC_SEAL_SERVICE_TOKEN，文书暂不能签名。",
        ),
        (
            SealService(url="http://seal.example.cn/", key="k", token="t"),
            "JC_SEAL_SERVICE_URL 必须是 https 地址，文书暂不能签名。",
        ),
        (
            SealService(url="seal.example.cn", key="k", token="t"),
            "JC_SEAL_SERVICE_URL 必须是 https 地址，文书暂不能签名。",
        ),
    ],
)
def test_settings_that_cannot_work_are_told(settings, service, sentence):
    settings.SIGNER, settings.SEAL_SERVICE = SIGNER, service

    assert refusal() == sentence
    assert signature.problems(at=AT) == [sentence]


def test_certificate_of_the_service_has_its_time(server):
    late = AT + timedelta(days=400)

    with pytest.raises(signature.SignatureFailed, match="只在2026-01-01至2027-01-01有效"):
        signature.sign(finished(), number=NUMBER, at=late)

    assert [each[0] for each in server.asked] == ["GET"]
    assert signature.problems(at=AT) == []
    assert signature.problems(at=AT + timedelta(days=20)) == [
        "签名证书将于2027-01-01到期，请及时更换。"
    ]


def test_token_is_shown_nowhere(server):
    server.behave = 401

    assert TOKEN not in refusal()
    assert TOKEN not in repr(server.service)


# --- Time stamps ----------------------------------------------------------------------------------


@pytest.fixture
def authority(settings, server):
    with serving(TimestampServer(AT)) as running:
        settings.TIMESTAMP_AUTHORITY = TimestampAuthority(url=running.url)
        yield running


def test_signature_bears_a_time_stamp_of_the_authority(authority, server):
    signed = sign()

    _, found = standing(signed.content, translated(server.root))
    stamp = found.timestamp_validity
    assert (stamp.intact, stamp.valid, stamp.timestamp) == (True, True, AT)
    assert (found.intact, found.valid, found.trusted) == (True, True, True)


def test_offices_own_certificate_is_stamped_too(authority, settings, tmp_path):
    settings.SIGNER = "requests_app.adapters.signature.CertificateSigner"
    settings.SIGNING_CERTIFICATE = str(tmp_path / "office.p12")
    signature.make_test_certificate(tmp_path / "office.p12", office="金昌", at=AT)

    signed = sign()

    (embedded,) = PdfFileReader(io.BytesIO(signed.content)).embedded_signatures
    _, found = standing(signed.content, embedded.signer_cert)
    assert found.timestamp_validity.timestamp == AT


def test_account_at_the_authority_is_told(authority, settings):
    settings.TIMESTAMP_AUTHORITY = TimestampAuthority(authority.url, user="u", password="p")

    sign()

    assert authority.asked[-1] == "Basic " + base64.b64encode(b"u:p").decode()


@pytest.mark.parametrize("behave", ["another digest", "nonsense", "refusing", 500])
def test_stamp_that_cannot_be_had_keeps_the_letter_back(authority, behave):
    authority.behave = behave

    assert refusal() == "时间戳服务暂时不能使用，文书暂不能签名，稍后自动重试。"


def test_authority_that_is_down_keeps_the_letter_back(server, settings):
    with serving(TimestampServer(AT)) as gone:
        settings.TIMESTAMP_AUTHORITY = TimestampAuthority(url=gone.url)

    assert refusal() == "时间戳服务暂时不能使用，文书暂不能签名，稍后自动重试。"
