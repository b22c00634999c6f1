"""Queue and cache as Celery and Django want them described: on Redis, or without any server."""

from pathlib import Path


def broker(redis_url: str, *, folder: Path) -> tuple[str, dict[str, object]]:
    """Return the broker's address and options; without Redis messages are files in ``folder``."""
    if redis_url:
        return redis_url, {
            # A worker killed outright gives its message back after this long; the sweep is faster.
            "visibility_timeout": 300,
            # A Redis that is away must not hold up the page whose row is already safe: left alone,
            # one nudge tries for six seconds. The worker has its own patience.
            "socket_connect_timeout": 2,
            "max_retries": 0,
            "interval_start": 0,
        }
    return "filesystem://localhost", {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.1,  # seconds; the default of 1 s passes two tasks a second
    }


def cache(redis_url: str, *, folder: Path, testing: bool) -> dict[str, object]:
    """Return where the cache lies: in memory for tests, on Redis, or in ``folder``."""
    if testing:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if redis_url:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url}
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(folder),
    }
