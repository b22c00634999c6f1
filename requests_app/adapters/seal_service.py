"""Signs letters with a key that never leaves a seal service: only a digest goes out, over HTTPS as JSON.

The contract, which a provider's own interface is translated to by a small bridge:

``GET {url}/certificates?key=NAME`` answers ``{"certificates": ["…", …]}``: base64 of DER, the signer's
first, then those above it.

``POST {url}/signatures`` with ``{"key": NAME, "digest_algorithm": "sha256", "digest": "…",
"reference": "文号"}`` answers ``{"signature": "…"}``: base64 of the signature over the digest, RSA
(PKCS #1 v1.5) or ECDSA (DER), as the certificate's key is. The same digest may be asked for again.

Both bear ``Authorization: Bearer TOKEN``. The letter itself, and so what it says, stays here. Nothing
in an answer is believed before it is checked: the signature must fit digest and certificate. SM2 is
not PAdES as pyHanko writes it; a service that seals by GB/T 38540 needs a class of its own.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import http.client
import json
import ssl
import time
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from django.conf import settings

from requests_app.adapters import pades, signature
from requests_app.adapters.pades import SignatureFailed
from requests_app.adapters.signature import Signed

_MOST_BYTES: Final = 256 * 1024
_CHUNK: Final = 16 * 1024
_MOST_CERTIFICATES: Final = 5
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_DENIED: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class SealServiceSigner:
    """Signs through the seal service named in the settings."""

    def sign(self, content: bytes, *, number: str, at: datetime) -> Signed:
        """Append a PAdES signature whose key is the service's.

        Refuses with SignatureFailed where the service is down, slow, refuses or answers wrongly.
        """
        _refuse_incomplete()
        chain = _certificates()
        leaf = chain[0]
        signature.refuse_outside_validity(
            leaf.not_valid_before_utc, leaf.not_valid_after_utc, at=at
        )
        signed = pades.append(content, _signer(chain, reference=number), reason=number, at=at)
        return Signed(signed, signer=leaf.subject.rfc4514_string())

    def problems(self, *, at: datetime) -> list[str]:
        """Say what is not set, or what the service answers when it is asked for its certificate."""
        try:
            _refuse_incomplete()
            leaf = _certificates()[0]
            since, until = leaf.not_valid_before_utc, leaf.not_valid_after_utc
            signature.refuse_outside_validity(since, until, at=at)
        except SignatureFailed as failed:
            return [str(failed)]
        return signature.soon_over(until, at=at)


def _refuse_incomplete() -> None:
    wanted = {
        "JC_SEAL_SERVICE_URL": settings.SEAL_SERVICE.url,
        "JC_SEAL_SERVICE_KEY": settings.SEAL_SERVICE.key,
        "JC_SEAL_SERVICE_TOKEN": settings.SEAL_SERVICE.token,
    }
    if missing := "、".join(name for name, value in wanted.items() if not value):
        raise SignatureFailed(f"没有设置{missing}，文书暂不能签名。")
    url = urlsplit(settings.SEAL_SERVICE.url)
    if not url.hostname or not (url.scheme == "https" or url.hostname in _LOOPBACK):
        raise SignatureFailed("JC_SEAL_SERVICE_URL 必须是 https 地址，文书暂不能签名。")


def _certificates() -> list[x509.Certificate]:
    answer = _ask("GET", f"/certificates?key={quote(settings.SEAL_SERVICE.key, safe='')}")
    told = answer.get("certificates")
    if not isinstance(told, list) or not 1 <= len(told) <= _MOST_CERTIFICATES:
        raise _unfit("没有证书")
    try:
        chain = [x509.load_der_x509_certificate(_decoded(each)) for each in told]
        key = chain[0].public_key()
    except ValueError:
        raise _unfit("证书读不出来") from None
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise _unfit("证书的密钥不是RSA或者ECDSA")
    return chain


def _signer(chain: list[x509.Certificate], *, reference: str) -> Any:
    """Build the pyHanko signer that asks the service for the raw signature and nothing else."""
    from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as translated
    from pyhanko.sign.signers.pdf_cms import Signer
    from pyhanko_certvalidator import registry

    leaf, *above = map(translated, chain)
    make_store: Any = registry.SimpleCertificateStore
    store = make_store()
    store.register_multiple(above)

    class ServiceSigner(Signer):
        async def async_sign_raw(
            self,
            data: bytes,
            digest_algorithm: str,
            dry_run: bool = False,  # noqa: FBT001, FBT002 (pyHanko's own signature)
        ) -> bytes:
            if digest_algorithm != pades.DIGEST:
                raise SignatureFailed("文书签名失败，请联系系统管理员。")
            return _signature(hashlib.sha256(data).digest(), chain[0], reference=reference)

    return ServiceSigner(signing_cert=leaf, cert_registry=store)


def _signature(digest: bytes, leaf: x509.Certificate, *, reference: str) -> bytes:
    answer = _ask(
        "POST",
        "/signatures",
        {
            "key": settings.SEAL_SERVICE.key,
            "digest_algorithm": pades.DIGEST,
            "digest": base64.b64encode(digest).decode(),
            "reference": reference,
        },
    )
    signed = _decoded(answer.get("signature"))
    if not _fits(signed, digest, leaf):
        raise SignatureFailed("电子印章服务返回的签名与文书或者证书不符，已弃用该签名。")
    return signed


def _fits(signed: bytes, digest: bytes, leaf: x509.Certificate) -> bool:
    key, of_sha256 = leaf.public_key(), Prehashed(hashes.SHA256())
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signed, digest, padding.PKCS1v15(), of_sha256)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signed, digest, ec.ECDSA(of_sha256))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _decoded(told: object) -> bytes:
    if not isinstance(told, str):
        raise _unfit("缺少约定的内容")
    try:
        return base64.b64decode(told, validate=True)
    except (binascii.Error, ValueError):
        raise _unfit("不是base64编码") from None


def _unfit(why: str) -> SignatureFailed:
    return SignatureFailed(f"电子印章服务的应答不合约定：{why}。文书暂不能签名。")


def _ask(method: str, path: str, body: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Ask the service once and give its answer; refuse every answer but 200 with an object in it."""
    seconds = settings.SEAL_SERVICE.seconds
    try:
        status, raw = _exchanged(method, path, body, seconds=seconds)
    except TimeoutError:
        raise SignatureFailed(
            f"电子印章服务在{seconds}秒内没有应答，文书暂不能签名，稍后自动重试。"
        ) from None
    except (OSError, http.client.HTTPException) as error:
        raise SignatureFailed(
            f"连接不上电子印章服务（{type(error).__name__}），文书暂不能签名，稍后自动重试。"
        ) from error
    if status in _DENIED:
        raise SignatureFailed(f"电子印章服务拒绝了本系统的凭据（{status}），请联系系统管理员。")
    if status != HTTPStatus.OK:
        raise SignatureFailed(f"电子印章服务应答{status}，文书暂不能签名，稍后自动重试。")
    try:
        answer = json.loads(raw)
    except ValueError:
        raise _unfit("不是JSON") from None
    if not isinstance(answer, dict):
        raise _unfit("缺少约定的内容")
    return answer


def _exchanged(
    method: str, path: str, body: Mapping[str, str] | None, *, seconds: float
) -> tuple[int, bytes]:
    # Redirects are not followed: they would carry the token elsewhere.
    url = urlsplit(settings.SEAL_SERVICE.url)
    connection = _connection(url.scheme, url.hostname or "", url.port, seconds=seconds)
    headers = {
        "Authorization": f"Bearer {settings.SEAL_SERVICE.token}",
        "Content-Type": "application/json",
    }
    deadline = time.monotonic() + seconds
    try:
        sent = json.dumps(body).encode() if body is not None else None
        connection.request(method, url.path.rstrip("/") + path, body=sent, headers=headers)
        response = connection.getresponse()
        raw = bytearray()
        while chunk := response.read1(_CHUNK):
            raw += chunk
            if len(raw) > _MOST_BYTES:
                raise _unfit("内容过长")
            if time.monotonic() > deadline:
                raise TimeoutError  # each piece in time, but never the whole
        return response.status, bytes(raw)
    finally:
        connection.close()


def _connection(
    scheme: str, host: str, port: int | None, *, seconds: float
) -> http.client.HTTPConnection:
    if scheme != "https":
        return http.client.HTTPConnection(host, port, timeout=seconds)
    trusted = ssl.create_default_context(cafile=settings.SEAL_SERVICE.ca or None)
    return http.client.HTTPSConnection(host, port, timeout=seconds, context=trusted)
