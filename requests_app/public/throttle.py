"""How often one address may try: a counter in the cache, an hour long.

A courtesy to everybody else, not a lock: what protects a case is its query code of 65 bits. The
address is kept only as a hash, and only as long as the counter.
"""

from __future__ import annotations

import hashlib
import time
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR: Final = 3600
WRONG_CODES_FOR_A_NUMBER: Final = 10
WRONG_CODES_FOR_AN_ADDRESS: Final = 50
#: From many addresses at once. High, because whoever fills it locks the applicant out for an hour.
WRONG_CODES_FROM_EVERYWHERE: Final = 200
VERIFICATIONS: Final = 60
WRONG_RESUME_CODES: Final = 10
RECOVERIES: Final = 10
ONE_TIME_CODES: Final = 30
#: Most who begin go on; but whoever begins without end fills the disk with drafts.
DRAFTS_FOR_A_FILING: Final = 4


def may_file(request: HttpRequest) -> bool:
    """Tell whether this address may file another application in this hour."""
    return _count("file", _address(request)) < settings.FILINGS_PER_HOUR


def note_filing(request: HttpRequest) -> None:
    """Count one application for this address."""
    _add("file", _address(request))


def may_begin(request: HttpRequest) -> bool:
    """Tell whether this address may begin another draft in this hour."""
    return _count("draft", _address(request)) < settings.FILINGS_PER_HOUR * DRAFTS_FOR_A_FILING


def note_draft(request: HttpRequest) -> None:
    """Count one draft begun from this address."""
    _add("draft", _address(request))


def may_try_code(request: HttpRequest, *, number: str) -> bool:
    """Tell whether this address may try another code, for this number and at all."""
    address = _address(request)
    return (
        _count("code", address, number) < WRONG_CODES_FOR_A_NUMBER
        and _count("codes", address) < WRONG_CODES_FOR_AN_ADDRESS
        and _count("codes-of", number) < WRONG_CODES_FROM_EVERYWHERE
    )


def note_wrong_code(request: HttpRequest, *, number: str) -> None:
    """Count one wrong number or code for this address."""
    address = _address(request)
    _add("code", address, number)
    _add("codes", address)
    _add("codes-of", number)


def may_recover(request: HttpRequest) -> bool:
    """Tell whether this address may ask for another one-time code in this hour."""
    return _count("recover", _address(request)) < RECOVERIES


def note_recovery(request: HttpRequest) -> None:
    """Count one request for a one-time code for this address."""
    _add("recover", _address(request))


def may_try_one_time_code(request: HttpRequest) -> bool:
    """Tell whether this address may try another one-time code in this hour."""
    return _count("one-time", _address(request)) < ONE_TIME_CODES


def note_one_time_code(request: HttpRequest) -> None:
    """Count one one-time code tried from this address."""
    _add("one-time", _address(request))


def may_try_resume(request: HttpRequest) -> bool:
    """Tell whether this address may try another code of a draft in this hour."""
    return _count("resume", _address(request)) < WRONG_RESUME_CODES


def note_wrong_resume(request: HttpRequest) -> None:
    """Count one code that opens no draft for this address."""
    _add("resume", _address(request))


def may_verify(request: HttpRequest) -> bool:
    """Tell whether this address may look for another letter to verify in this hour."""
    return _count("verify", _address(request)) < VERIFICATIONS


def note_verification(request: HttpRequest) -> None:
    """Count one code that is nobody's, or one file compared, for this address."""
    _add("verify", _address(request))


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _key(*parts: str) -> str:
    return "throttle:" + hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _count(*parts: str) -> int:
    count, _ = cache.get(_key(*parts), (0, 0.0))
    return int(count)


def _add(*parts: str) -> None:
    # Not incr(): on a cache of files it forgets when the hour began. Two requests at the same
    # moment may count as one, which does no harm here.
    now = time.time()
    count, until = cache.get(_key(*parts), (0, now + HOUR))
    cache.set(_key(*parts), (count + 1, until), timeout=max(1, round(until - now)))
