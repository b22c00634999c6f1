"""The two databases this project runs on, as Django wants them described."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def sqlite(path: Path, *, durable: bool) -> dict[str, object]:
    """Describe a database in one file.

    `durable` waits for the disk at every commit, so that an application once received survives a
    power cut; only a test database may do without.
    """
    synchronous = "FULL" if durable else "OFF"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            # A read transaction that turns into a write fails at once under DEFERRED.
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};",
        },
        # A file, so that a worker process can open what a test wrote.
        "TEST": {"NAME": path},
    }


def postgresql(url: str, *, password: str = "") -> dict[str, object]:
    """Turn postgresql://user:password@host:port/name into Django's dictionary.

    `password` fills in for an address without one (a secret kept in a file). Any other scheme is
    refused: SQLite needs no address, and no other database is tested.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// (or be left empty).")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL names no database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or password,
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
