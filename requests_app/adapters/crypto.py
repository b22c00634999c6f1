"""Secrets at rest: sealed text and files, a blind index for exact search, query codes.

Here belongs everything that touches a key. Which fields are sealed, and who may open them, is
decided by the services; where files lie is said in ``storage``.

Identity numbers are sealed with AES-256-GCM under a numbered key and bound to their row, so that
a sealed value copied to another row does not open. An identity number has about 10^10 likely
values: the index key lies outside the database, and never rotates with the sealing keys.

No key, code or plain text is ever part of an exception or of a ``repr``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
import unicodedata
import uuid
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from requests_app.domain.errors import Refused

QUERY_CODE_LENGTH: Final = 13
# Crockford's base32: the letters I, L and O are left out, and read as the digits they look like.
QUERY_CODE_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_NONCE_BYTES: Final = 12
_FILE_HEADER: Final = struct.Struct(">4sI")
_FILE_MAGIC: Final = b"JCS1"
_LOOK_ALIKES: Final = str.maketrans("OIL", "011")
_GROUPS: Final = ((0, 4), (4, 9), (9, 13))


class SealError(Exception):
    """A sealed value cannot be written or read; the text says why and holds nothing secret."""


class NoKey(SealError):
    """No key is configured: nothing can be sealed or indexed. The settings judge the keys themselves."""


class UnknownKey(SealError):
    """The value was sealed under a key number that is not configured here."""


class Tampered(SealError):
    """The value was changed, cut off, or sealed for another row."""


def seal(text: str, *, bound_to: str) -> str:
    """Seal ``text`` under the newest key, bound to one row.

    ``bound_to`` names the row and the field and must be the same when it is opened, such as
    ``applicant:6f1c…:id_number``; it is not secret and not stored here.
    """
    number, key = _newest_key()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    box = AESGCM(key).encrypt(nonce, text.encode(), _binding("text", bound_to))
    return f"{number}:{base64.b64encode(nonce + box).decode('ascii')}"


def open_sealed(stored: str, *, bound_to: str) -> str:
    """Open what ``seal`` wrote for the same row; refuse with ``UnknownKey`` or ``Tampered``."""
    number, _, encoded = stored.partition(":")
    try:
        raw = base64.b64decode(encoded, validate=True)
        key_number = int(number)
    except (binascii.Error, ValueError):
        raise Tampered("the sealed value is not in its form") from None
    return _decrypt(raw, key_number=key_number, binding=_binding("text", bound_to)).decode()


def seal_file(content: bytes, *, bound_to: str) -> bytes:
    """Seal a whole file under the newest key; ``bound_to`` is the path it will be stored under."""
    number, key = _newest_key()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    box = AESGCM(key).encrypt(nonce, content, _binding("file", bound_to))
    return _FILE_HEADER.pack(_FILE_MAGIC, number) + nonce + box


def open_sealed_file(stored: bytes, *, bound_to: str) -> bytes:
    """Open what ``seal_file`` wrote for the same path; refuse with ``UnknownKey`` or ``Tampered``."""
    if len(stored) < _FILE_HEADER.size or not stored.startswith(_FILE_MAGIC):
        raise Tampered("the sealed file is not in its form")
    _, number = _FILE_HEADER.unpack_from(stored)
    raw = stored[_FILE_HEADER.size :]
    return _decrypt(raw, key_number=number, binding=_binding("file", bound_to))


def key_number(stored: str) -> int:
    """The number of the key ``stored`` was sealed under, so that a rotation finds the old ones."""
    number, _, _ = stored.partition(":")
    try:
        return int(number)
    except ValueError:
        raise Tampered("the sealed value is not in its form") from None


def blind_index(text: str) -> str:
    """The keyed fingerprint of ``text``, equal for equal texts, for exact search.

    Spaces, letter case and full-width digits make no difference.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    return _keyed_hash("blind-index", plain)


def new_query_code() -> str:
    """Draw a fresh query code: 13 characters, 65 random bits, without look-alikes."""
    return "".join(secrets.choice(QUERY_CODE_ALPHABET) for _ in range(QUERY_CODE_LENGTH))


def query_code_for(key: uuid.UUID, *, generation: int = 0) -> str:
    """The query code of the filing named ``key``, the same each time.

    ``generation`` counts how often a lost code was replaced; each has a code of its own.

    Only its hash is stored, yet a form sent twice is one case, whose second receipt must show the
    code of the first. ``key`` is the random key of that form; without the index key, which lies
    outside the database, it tells nothing about the code.
    """
    named = key.hex if generation == 0 else f"{key.hex}/{generation}"
    number = int(_keyed_hash("query-code-for", named), 16)
    places = range(0, 5 * QUERY_CODE_LENGTH, 5)
    return "".join(QUERY_CODE_ALPHABET[number >> place & 31] for place in places)


def one_time_code(key: uuid.UUID) -> str:
    """The six digits sent to whoever lost a query code, the same each time for one ``key``.

    Derived like the query code, so that neither a row nor a message holds it in clear.
    """
    return f"{int(_keyed_hash('one-time-code', key.hex), 16) % 1_000_000:06d}"


def format_query_code(code: str) -> str:
    """Write a query code in groups for paper and screen: ``K7QF-2M9XA-4TBN``."""
    return "-".join(code[first:last] for first, last in _GROUPS)


def normalise_query_code(typed: str) -> str:
    """Bring a typed query code into its stored form.

    Letter case, full-width characters, spaces and hyphens do not count; O is read as 0, I and L
    as 1. A text that can be no query code comes back as it is, and matches nothing.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(char for char in plain if char.isalnum()).translate(_LOOK_ALIKES)


def hash_query_code(code: str) -> str:
    """The keyed hash under which a query code is stored.

    The code carries 65 random bits, so a fast hash is enough; a slow one would only help whoever
    wants to tire the server out.
    """
    return _keyed_hash("query-code", normalise_query_code(code))


def resume_index(code: str) -> str:
    """The keyed fingerprint under which the code of a draft is found; as strong as a query code's hash."""
    return _keyed_hash("resume-code", normalise_query_code(code))


def check_query_code(typed: str, *, stored: str) -> None:
    """Refuse a query code that does not belong to ``stored``, in constant time.

    For a case number that does not exist pass an empty ``stored``: the same work is done and the
    same words are said, so that nobody learns which numbers exist.
    """
    if not hmac.compare_digest(hash_query_code(typed), stored):
        raise Refused.because("query_code_wrong", "申请编号与查询码不相符，请核对后再试。")


def _keys() -> Mapping[int, bytes]:
    keys: Mapping[int, bytes] = settings.SEAL_KEYS
    return keys


def _newest_key() -> tuple[int, bytes]:
    keys = _keys()
    if not keys:
        raise NoKey("no sealing key is configured")
    number = max(keys)
    return number, keys[number]


def _decrypt(raw: bytes, *, key_number: int, binding: bytes) -> bytes:
    key = _keys().get(key_number)
    if key is None:
        raise UnknownKey(f"sealing key {key_number} is not configured")
    try:
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], binding)
    except (InvalidTag, ValueError):  # ValueError: cut off inside the nonce
        raise Tampered("the sealed value was changed or belongs to another row") from None


def _binding(purpose: str, bound_to: str) -> bytes:
    if not bound_to:
        raise ValueError("a sealed value must be bound to its row")
    return f"jcdisclosure/{purpose}/{bound_to}".encode()


def _keyed_hash(purpose: str, text: str) -> str:
    key: bytes = settings.INDEX_KEY
    if not key:
        raise NoKey("no index key is configured")
    # The purpose goes in first: the same text must not give the same hash in another column.
    return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()
