"""The secrets of an installation: how they are written, read, judged and made.

Settings read them through here; what is done with the keys is crypto's matter.

Three of them: Django's signing key, the numbered keys that seal identity numbers, and the key of
their blind index. Losing a sealing key loses the numbers sealed with it, so keys are added with a
higher number and never taken away while a row still uses them.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SIGNING, SEALING, INDEXING = "JC_SECRET_KEY", "JC_SEAL_KEYS", "JC_INDEX_KEY"
DATABASE = "DATABASE_PASSWORD"
KEY_BYTES = 32
SIGNING_LENGTH, SIGNING_VARIETY = 50, 12


def parse_key(text: str, *, name: str) -> bytes:
    """Read one base64 key of exactly 32 bytes."""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ImproperlyConfigured(f"{name} is not base64.") from None
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} must be {KEY_BYTES} bytes, base64; got {len(key)}.")
    return key


def parse_numbered_keys(text: str, *, name: str) -> dict[int, bytes]:
    """Read "1:base64,2:base64" into keys by number; refuse a number given twice."""
    keys: dict[int, bytes] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        number, colon, encoded = part.partition(":")
        if not colon or not number.isdecimal() or int(number) < 1:
            raise ImproperlyConfigured(f"{name} must look like 1:base64,2:base64.")
        if int(number) in keys:
            raise ImproperlyConfigured(f"{name} gives key {int(number)} twice.")
        keys[int(number)] = parse_key(encoded, name=f"{name} ({number})")
    return keys


def weaknesses(*, signing: str, sealing: dict[int, bytes], indexing: bytes) -> list[str]:
    """Say what is missing or too weak for production; an empty list means good enough."""
    found = []
    if len(signing) < SIGNING_LENGTH or len(set(signing)) < SIGNING_VARIETY:
        found.append(f"{SIGNING} is missing or weak: give {SIGNING_LENGTH} random characters.")
    if not sealing:
        found.append(f"{SEALING} is missing: identity numbers could not be sealed.")
    if not indexing:
        found.append(f"{INDEXING} is missing: identity numbers could not be found again.")
    for name, key in [*((SEALING, key) for key in sealing.values()), (INDEXING, indexing)]:
        if key and len(set(key)) < SIGNING_VARIETY:
            found.append(f"{name} holds a key that is not random.")
    if indexing and indexing in sealing.values():
        found.append(f"{INDEXING} repeats a key of {SEALING}: use one key for one purpose.")
    return found


def make_missing(folder: Path, *, names: Sequence[str] = (SIGNING, SEALING, INDEXING)) -> list[str]:
    """Write the secrets that `folder` lacks, readable by their owner only; name those made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for name in names:
        try:
            # O_EXCL: two starts at once must not overwrite each other's key.
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_new(name))
        made.append(name)
    return made


def _new(name: str) -> str:
    if name == SEALING:
        return f"1:{_random_key()}\n"
    return f"{_random_key()}\n" if name == INDEXING else f"{secrets.token_urlsafe(64)}\n"


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
