"""The signature on a finished letter: intact, whole, broken by any change, refused when it cannot be."""

import functools
import io
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from requests_app.adapters import pdf, signature
from requests_app.adapters.signature import Signed

pytestmark = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))

AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
NUMBER = "金政办公开告〔2026〕12号"
NAME = "CN=金昌市人民政府办公室（演示证书，无效）,C=CN"
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
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "secrets" / "office.p12"
    signature.make_test_certificate(path, office="金昌市人民政府办公室", at=AT)
    return path


@pytest.fixture
def certificate(made, settings):
    settings.SIGNING_CERTIFICATE = str(made)
    return made


def standing(content):
    """What an independent reader says: intact, valid, all of the file covered, when, how."""
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    (embedded,) = reader.embedded_signatures
    trusted = ValidationContext(trust_roots=[embedded.signer_cert], allow_fetching=False)
    # As in the adapter: an event loop of its own, whatever runs in this thread.
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(validate_pdf_signature, embedded, trusted).result()


def test_signed_letter_is_intact_whole_and_bears_time_and_number(certificate):
    signed = signature.sign(finished(), number=NUMBER, at=AT)

    found = standing(signed.content)
    (embedded,) = PdfFileReader(io.BytesIO(signed.content)).embedded_signatures
    assert (found.intact, found.valid, found.trusted, found.coverage.name) == (
        True,
        True,
        True,
        "ENTIRE_FILE",
    )
    assert signed.signer == NAME
    assert embedded.self_reported_timestamp == AT
    assert (embedded.sig_object["/Reason"], embedded.sig_object["/SubFilter"]) == (
        NUMBER,
        "/ETSI.CAdES.detached",
    )


def test_signature_is_invisible_and_forbids_every_later_change(certificate):
    signed = signature.sign(finished(), number=NUMBER, at=AT)

    (embedded,) = PdfFileReader(io.BytesIO(signed.content)).embedded_signatures
    assert [float(edge) for edge in embedded.sig_field["/Rect"]] == [0, 0, 0, 0]
    assert embedded.docmdp_level.name == "NO_CHANGES"


def test_what_was_drawn_is_not_touched(certificate):
    assert signature.sign(finished(), number=NUMBER, at=AT).content.startswith(finished())


@pytest.mark.parametrize("stream", [1, 3, 5])
def test_one_changed_byte_breaks_it(certificate, stream):
    content = bytearray(signature.sign(finished(), number=NUMBER, at=AT).content)
    starts = [each.end() for each in re.finditer(rb"\nstream\n", bytes(content))]

    content[starts[stream] + 40] ^= 1

    found = standing(bytes(content))
    assert (found.intact, found.bottom_line) == (False, False)


def test_what_is_appended_later_shows(certificate):
    content = signature.sign(finished(), number=NUMBER, at=AT).content
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root["/Extra"] = generic.pdf_string("later")
    writer.update_root()
    later = io.BytesIO()
    writer.write(later)

    found = standing(later.getvalue())

    assert (found.intact, found.coverage.name, found.docmdp_ok, found.bottom_line) == (
        True,
        "ENTIRE_REVISION",
        False,
        False,
    )


def test_without_a_certificate_letters_stay_unsigned_and_that_is_said(settings, tmp_path):
    settings.SIGNING_CERTIFICATE = ""

    assert signature.sign(finished(), number=NUMBER, at=AT) == Signed(finished(), signer="")
    assert signature.problems(at=AT) == [
        "文书没有电子签名：请设置 JC_SIGNING_CERTIFICATE（PKCS#12 证书文件）。"
    ]


def test_named_certificate_that_is_not_there_is_said(settings, tmp_path):
    settings.SIGNING_CERTIFICATE = str(tmp_path / "lost.p12")

    assert signature.problems(at=AT) == [
        f"文书没有电子签名：找不到证书文件{tmp_path}/lost.p12。请设置 JC_SIGNING_CERTIFICATE（PKCS#12 证书文件）。"
    ]


@pytest.mark.parametrize("days", [-800, 4000])
def test_certificate_outside_its_time_signs_nothing(certificate, days):
    with pytest.raises(signature.SignatureFailed, match="只在2024-11-20至2036-11-17有效"):
        signature.sign(finished(), number=NUMBER, at=AT + timedelta(days=days))


def test_certificate_that_ends_soon_is_said(certificate):
    assert signature.problems(at=AT) == []
    assert signature.problems(at=AT + timedelta(days=3650 - 20)) == [
        "签名证书将于2036-11-17到期，请及时更换。"
    ]


def test_file_with_a_password_needs_it(certificate, settings, tmp_path):
    key, leaf, _ = pkcs12.load_key_and_certificates(certificate.read_bytes(), None)
    locked = tmp_path / "locked.p12"
    locked.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"x", key, leaf, None, BestAvailableEncryption(b"geheim")
        )
    )
    settings.SIGNING_CERTIFICATE = str(locked)

    with pytest.raises(signature.SignatureFailed, match="打不开，请核对文件和口令"):
        signature.sign(finished(), number=NUMBER, at=AT)
    settings.SIGNING_PASSWORD = "geheim"
    assert signature.sign(finished(), number=NUMBER, at=AT).signer == NAME


def test_file_without_a_key_is_refused(certificate, settings, tmp_path):
    _, leaf, _ = pkcs12.load_key_and_certificates(certificate.read_bytes(), None)
    settings.SIGNING_CERTIFICATE = str(tmp_path / "bare.p12")
    (tmp_path / "bare.p12").write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", None, leaf, None, NoEncryption())
    )

    assert signature.problems(at=AT) == [f"签名证书{tmp_path / 'bare.p12'}里缺少证书或者私钥。"]


def test_what_is_no_pdf_cannot_be_signed(certificate):
    with pytest.raises(signature.SignatureFailed, match="签名失败"):
        signature.sign(b"no letter", number=NUMBER, at=AT)


class ForeignService:
    """A seal service that appends, as the contract says."""

    def sign(self, content, *, number, at):
        return Signed(content + b"%sealed", signer="国家电子印章")

    def problems(self, *, at):
        return []


class ChangingService(ForeignService):
    """One that prints the letter anew, and so would sign what nobody saw."""

    def sign(self, content, *, number, at):
        return Signed(content.replace(b"%PDF-1.7", b"%PDF-1.6") + b"%sealed", signer="x")


class IdleService(ForeignService):
    """One that gives back what it got and calls it signed."""

    def sign(self, content, *, number, at):
        return Signed(content, signer="x")


def test_seal_service_of_another_kind_takes_its_place(settings):
    settings.SIGNER = f"{__name__}.ForeignService"

    assert signature.is_set_up() is True
    assert signature.problems(at=AT) == []
    assert signature.sign(b"%PDF-1.7 x", number=NUMBER, at=AT) == Signed(
        b"%PDF-1.7 x%sealed", signer="国家电子印章"
    )


@pytest.mark.parametrize("service", ["ChangingService", "IdleService"])
def test_service_that_changes_the_letter_or_signs_nothing_is_not_believed(settings, service):
    settings.SIGNER = f"{__name__}.{service}"

    with pytest.raises(signature.SignatureFailed, match="改动了文书原文"):
        signature.sign(b"%PDF-1.7 x", number=NUMBER, at=AT)


def test_test_certificate_is_made_once_for_its_owner_alone(made):
    before = made.read_bytes()

    signature.make_test_certificate(made, office="另一个", at=AT)

    assert made.read_bytes() == before
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
