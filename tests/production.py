"""Values good enough for production, and Django's own check of them (`./jc check`)."""

import base64
import os
import secrets
import subprocess
import sys
import tempfile


def values() -> dict[str, str]:
    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return {
        "JC_ENV": "production",
        "JC_SECRET_KEY": secrets.token_urlsafe(64),
        "JC_SEAL_KEYS": f"1:{key()},2:{key()}",
        "JC_INDEX_KEY": key(),
        "JC_HOSTS": "disclosure.example.cn",
        "JC_PUBLIC_BASE_URL": "https://disclosure.example.cn",
        "DATABASE_URL": "postgresql://jc:secret@db:5432/jc",
        "REDIS_URL": "redis://redis:6379/0",
    }


def bare_environment() -> dict[str, str]:
    """The caller's environment without anything this project reads."""
    ours = ("JC_", "DATABASE_", "REDIS_", "TEST_", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def manage(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={**bare_environment(), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def check_deploy() -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**values(), "JC_DATA_DIR": folder}
        return manage("check", "--deploy", "--fail-level", "WARNING", environment=environment)


if __name__ == "__main__":
    done = check_deploy()
    sys.stderr.write(done.stdout + done.stderr)
    sys.exit(done.returncode)
