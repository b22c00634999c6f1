"""How often one address may ask the statistics: a counter in the cache, an hour long."""

from __future__ import annotations

import hashlib
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest

HOUR: Final = 3600
ASKS_PER_HOUR: Final = 240


def may_ask(request: HttpRequest) -> bool:
    """Count one question of this address in this hour; tell whether it may still be answered.

    The address is kept only as a hash, and only for the hour.
    """
    address = hashlib.sha256(str(request.META.get("REMOTE_ADDR", "")).encode()).hexdigest()
    key = f"throttle:statistics:{address}"
    cache.add(key, 0, timeout=HOUR)
    try:
        return int(cache.incr(key)) <= ASKS_PER_HOUR
    except ValueError:  # the hour ended between the two
        return True
