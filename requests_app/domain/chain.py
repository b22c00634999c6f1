"""Chain records by their hashes, so that one changed or taken away later betrays itself.

Each entry of a case's ledger carries the hash of itself and of the entry before it. A nightly seal
covers the last link of every case that moved, and the seal before it; whoever keeps one seal's
digest on paper can show that nothing sealed by then was altered (档案法 21, 电子签名法 5, 6).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any


def start(name: str) -> str:
    """Return the hash a chain begins with, so that no two chains share a beginning."""
    return hashlib.sha256(f"chain:{name}".encode()).hexdigest()


def link(previous: str, record: Mapping[str, Any]) -> str:
    """Return the hash of ``record`` and the link before it: 64 hexadecimal digits.

    Values are what JSON knows, days, and aware moments (taken in UTC). The order of keys says
    nothing. Raises TypeError for anything else and ValueError for a moment without a zone.
    """
    packed = json.dumps(
        record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=plain
    )
    return hashlib.sha256(f"{previous}\n{packed}".encode()).hexdigest()


def digest(records: Iterable[Mapping[str, Any]]) -> str:
    """Return one hash over ``records`` in their order; of none, the hash a chain begins with."""
    last = start("digest")
    for record in records:
        last = link(last, record)
    return last


def plain(value: object) -> str:
    """Return a day or an aware moment as a chain writes it; TypeError for what no chain takes."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            message = "a moment without a zone says no time"
            raise ValueError(message)
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    message = f"{type(value).__name__} cannot be chained"
    raise TypeError(message)
