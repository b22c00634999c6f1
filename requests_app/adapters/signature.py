"""The electronic signature on a finished letter: whoever changes one byte after it breaks it.

Here: signing services and what every one of them must keep. The seal people see is drawn in the
page (``adapters.pdf``); the signature itself is invisible, because a visible one would take PDF/UA
away from the file. ``seal_service`` signs with a key that never leaves a seal service. One that wants
the whole file (SM2, GB/T 38540, a USB key) is another class with ``sign``, named in
``settings.SIGNER``: it gets the finished file and gives it back with its signature appended.
"""

import functools
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from requests_app.adapters import pades
from requests_app.adapters.pades import SignatureFailed

__all__ = [
    "CertificateSigner",
    "Service",
    "SignatureFailed",
    "Signed",
    "is_set_up",
    "make_test_certificate",
    "problems",
    "refuse_outside_validity",
    "sign",
    "soon_over",
]

_KEY_BITS = 3072
_TEST_YEARS = 10
_DAYS_A_YEAR = 365
_WARNING_DAYS = 30


@dataclass(frozen=True)
class Signed:
    """A finished file and who signed it; `signer` is empty where nobody did."""

    content: bytes
    signer: str = ""


class Service(Protocol):
    """What signs: a certificate of the office, or a seal service elsewhere."""

    def sign(self, content: bytes, *, number: str, at: datetime) -> Signed:
        """Append a signature to a finished PDF without touching what it holds."""
        ...

    def problems(self, *, at: datetime) -> list[str]:
        """List what will keep it from signing, in Chinese; empty if all is well."""
        ...


def is_set_up() -> bool:
    """Say whether letters of this installation are signed."""
    return bool(settings.SIGNER) and (
        settings.SIGNER != _OWN or Path(settings.SIGNING_CERTIFICATE or "").is_file()
    )


def problems(*, at: datetime) -> list[str]:
    """List what is wrong with signing here: not set up, unreadable, expired."""
    if not is_set_up():
        named = settings.SIGNING_CERTIFICATE
        lost = f"找不到证书文件{named}。" if named and settings.SIGNER == _OWN else ""
        return [f"文书没有电子签名：{lost}请设置 JC_SIGNING_CERTIFICATE（PKCS#12 证书文件）。"]
    return _service().problems(at=at)


def sign(content: bytes, *, number: str, at: datetime) -> Signed:
    """Sign a finished letter as the office; without a certificate give it back unsigned.

    Refuses with SignatureFailed where a signature is due and cannot be made: the letter then waits
    and never goes out without one.
    """
    if not is_set_up():
        return Signed(content)
    signed = _service().sign(content, number=number, at=at)
    if not signed.content.startswith(content) or len(signed.content) == len(content):
        raise SignatureFailed("签名服务改动了文书原文，已弃用该签名，请联系系统管理员。")
    return signed


class CertificateSigner:
    """Signs with the office's own certificate and key from a PKCS#12 file, by pyHanko."""

    def sign(self, content: bytes, *, number: str, at: datetime) -> Signed:
        """Sign invisibly (PAdES) and certify: no later change is allowed at all."""
        loaded = _load(settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD)
        refuse_outside_validity(loaded.since, loaded.until, at=at)
        signed = pades.append(content, loaded.signer, reason=number, at=at)
        return Signed(signed, signer=loaded.subject)

    def problems(self, *, at: datetime) -> list[str]:
        """Say that the file cannot be read, or that its time is over or nearly so."""
        try:
            loaded = _load(settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD)
            refuse_outside_validity(loaded.since, loaded.until, at=at)
        except SignatureFailed as failed:
            return [str(failed)]
        return soon_over(loaded.until, at=at)


_OWN = f"{CertificateSigner.__module__}.{CertificateSigner.__qualname__}"


@dataclass(frozen=True)
class _Certificate:
    subject: str
    since: datetime
    until: datetime
    signer: Any


def _service() -> Service:
    found: Service = import_string(settings.SIGNER)()
    return found


def refuse_outside_validity(since: datetime, until: datetime, *, at: datetime) -> None:
    """Refuse with SignatureFailed a certificate whose time has not come or is over."""
    if not since <= at <= until:
        raise SignatureFailed(
            f"签名证书只在{since:%Y-%m-%d}至{until:%Y-%m-%d}有效，文书暂不能签名。"
        )


def soon_over(until: datetime, *, at: datetime) -> list[str]:
    """Warn of a certificate in its last thirty days."""
    if until - at < timedelta(days=_WARNING_DAYS):
        return [f"签名证书将于{until:%Y-%m-%d}到期，请及时更换。"]
    return []


def _load(path: str | Path, password: str) -> _Certificate:
    try:
        changed = Path(path).stat().st_mtime_ns
    except OSError:
        raise SignatureFailed(f"读不到签名证书{path}，文书暂不能签名。") from None
    return _read_certificate(str(path), password, changed)


@functools.lru_cache(maxsize=2)
def _read_certificate(path: str, password: str, changed: int) -> _Certificate:
    """Read certificate and key once for as long as the file stays what it is."""
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign import signers

    passphrase = password.encode() or None
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(Path(path).read_bytes(), passphrase)
    except (ValueError, OSError):
        raise SignatureFailed(f"签名证书{path}打不开，请核对文件和口令。") from None
    read_by_pyhanko: Any = signers.SimpleSigner.load_pkcs12
    loaded = read_by_pyhanko(path, passphrase=passphrase)
    if certificate is None or key is None or loaded is None:
        raise SignatureFailed(f"签名证书{path}里缺少证书或者私钥。")
    return _Certificate(
        subject=certificate.subject.rfc4514_string(),
        since=certificate.not_valid_before_utc,
        until=certificate.not_valid_after_utc,
        signer=_keeping_key(loaded, key),
    )


def _keeping_key(loaded: Any, key: Any) -> Any:
    """Keep an RSA key loaded: pyHanko would read and check it again for every letter."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from pyhanko.sign import signers

    if not isinstance(key, rsa.RSAPrivateKey):
        return loaded

    class KeyKeptSigner(signers.SimpleSigner):
        def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
            algorithm = {"sha256": hashes.SHA256, "sha384": hashes.SHA384}[digest_algorithm]
            signature: bytes = key.sign(data, padding.PKCS1v15(), algorithm())
            return signature

    return KeyKeptSigner(
        signing_cert=loaded.signing_cert,
        signing_key=loaded.signing_key,
        cert_registry=loaded.cert_registry,
    )


def make_test_certificate(path: Path, *, office: str, at: datetime) -> None:
    """Make a certificate for demonstrations, once, that says in its name that it proves nothing.

    Only its owner can read the file; it has no password.
    """
    if path.exists():
        return
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import pkcs12
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(public_exponent=65_537, key_size=_KEY_BITS)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{office}（演示证书，无效）"[:64]),
        ]
    )
    start = at.astimezone(UTC)
    public = key.public_key()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        # The demo's letters carry dates of the months before it was set up.
        .not_valid_before(start - timedelta(days=_DAYS_A_YEAR * 2))
        .not_valid_after(start + timedelta(days=_DAYS_A_YEAR * _TEST_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=True,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    raw = pkcs12.serialize_key_and_certificates(
        b"jcdisclosure", key, certificate, None, serialization.NoEncryption()
    )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(raw)
    unfinished.replace(path)
