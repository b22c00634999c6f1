"""A seal service and a time stamp authority on loopback, that answer rightly or as badly as told."""

import asyncio
import base64
import contextlib
import json
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from jcdisclosure.signing import SealService

TOKEN = "a token for the seal service"
KEY = "jinchang-office"
_USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
    *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


def make_certificate(
    key, name, *, since="2026-01-01", until="2027-01-01", usage=None, host="", issuer=None
):
    """A certificate for `key`, signed by itself or by the pair `issuer`."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    above, signing = (issuer[0].subject, issuer[1]) if issuer else (subject, key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.fromisoformat(since).replace(tzinfo=UTC))
        .not_valid_after(datetime.fromisoformat(until).replace(tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer is not None:
        allowed = dict.fromkeys(_USES, False) | {
            "digital_signature": True,
            "content_commitment": True,
        }
        builder = builder.add_extension(x509.KeyUsage(**allowed), critical=True)
    if usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    if host:
        import ipaddress

        names = [x509.IPAddress(ipaddress.ip_address(host))]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(signing, hashes.SHA256())


class SealServer(ThreadingHTTPServer):
    """Signs digests as the contract says; `behave` changes one thing about it."""

    daemon_threads = True

    def __init__(self, *, curve=False, tls=None):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.released = threading.Event()
        self.asked = []
        self.behave = ""
        root = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
        self.root = make_certificate(root, "国家电子印章（测试）")
        self.key = (
            ec.generate_private_key(ec.SECP256R1())
            if curve
            else rsa.generate_private_key(public_exponent=65_537, key_size=2048)
        )
        self.leaf = make_certificate(self.key, "金昌市人民政府办公室", issuer=(self.root, root))
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.scheme = "https" if tls is not None else "http"

    @property
    def service(self):
        """The settings that lead here."""
        url = f"{self.scheme}://127.0.0.1:{self.server_port}/api/"
        return SealService(url=url, key=KEY, token=TOKEN, seconds=5)

    def sign(self, digest):
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
        return self.key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256())))


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(self.certificates)

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(lambda: self.signature(json.loads(raw)), body=json.loads(raw))

    def certificates(self):
        server = self.server
        chain = [server.leaf, server.root]
        told = [base64.b64encode(each.public_bytes(Encoding.DER)).decode() for each in chain]
        return {
            "no certificates": {"certificates": []},
            "no list": {"certificates": told[0]},
            "no certificate": {"certificates": [base64.b64encode(b"x").decode()]},
            "no base64": {"certificates": ["«»"]},
            "an endless chain": {"certificates": told * 3},
        }.get(server.behave, {"certificates": told})

    def signature(self, asked):
        digest = base64.b64decode(asked["digest"])
        if self.server.behave == "another digest":
            digest = bytes(len(digest))
        signed = self.server.sign(digest)
        if self.server.behave == "a broken signature":
            signed = bytes([signed[0] ^ 1]) + signed[1:]
        if self.server.behave == "nothing signed":
            return {"accepted": True}
        return {"signature": base64.b64encode(signed).decode()}

    def answer(self, made, *, body=None):
        server = self.server
        server.asked.append((self.command, self.path, self.headers["Authorization"], body))
        if server.behave == "silent":
            server.released.wait(30)
            return
        if server.behave == "silent when signing" and body is not None:
            server.released.wait(30)
            return
        if server.behave == "hanging up":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if isinstance(server.behave, int):
            self.send_response(server.behave)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            return
        content = {
            "no JSON": b"<html>502</html>",
            "no object": b"[]",
            "too much": b" " * 300_000,
        }.get(server.behave) or json.dumps(made()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with contextlib.suppress(OSError):  # who asked had enough
            self.wfile.write(content)

    def log_message(self, *_arguments):
        pass


@contextlib.contextmanager
def serving(server):
    """Run a server for as long as the block lasts."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        if hasattr(server, "released"):
            server.released.set()
        server.server_close()
        thread.join()


def tls_context(folder):
    """A server's TLS context for 127.0.0.1, and the file it is trusted by."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    leaf = make_certificate(
        key,
        "127.0.0.1",
        since=(now - timedelta(days=1)).date().isoformat(),
        until=(now + timedelta(days=2)).date().isoformat(),
        host="127.0.0.1",
    )
    pem = leaf.public_bytes(Encoding.PEM)
    trusted, both = folder / "ca.pem", folder / "server.pem"
    trusted.write_bytes(pem)
    both.write_bytes(pem + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context, trusted


class TimestampServer(ThreadingHTTPServer):
    """A time stamp authority by pyHanko's own dummy; `behave` changes one thing about it."""

    daemon_threads = True

    def __init__(self, at):
        from pyhanko.keys.internal import (
            translate_pyca_cryptography_cert_to_asn1,
            translate_pyca_cryptography_key_to_asn1,
        )
        from pyhanko.sign.timestamps import DummyTimeStamper

        super().__init__(("127.0.0.1", 0), _StampHandler)
        self.behave, self.asked = "", []
        key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
        certificate = make_certificate(
            key, "时间戳（测试）", usage=ExtendedKeyUsageOID.TIME_STAMPING
        )
        self.stamper = DummyTimeStamper(
            translate_pyca_cryptography_cert_to_asn1(certificate),
            translate_pyca_cryptography_key_to_asn1(key),
            fixed_dt=at,
        )

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/"


class _StampHandler(BaseHTTPRequestHandler):
    def do_POST(self):
        from asn1crypto import tsp

        server = self.server
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        server.asked.append(self.headers["Authorization"])
        asked = tsp.TimeStampReq.load(raw)
        if server.behave == "another digest":
            asked["message_imprint"]["hashed_message"] = bytes(32)
        content = asyncio.run(server.stamper.async_request_tsa_response(asked)).dump()
        if server.behave == "nonsense":
            content = b"no stamp"
        if server.behave == "refusing":
            content = tsp.TimeStampResp(
                {"status": {"status": "rejection", "status_string": ["no"]}}
            ).dump()
        self.send_response(server.behave if isinstance(server.behave, int) else 200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments):
        pass
