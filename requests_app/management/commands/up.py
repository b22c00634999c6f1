"""`manage.py up`: the whole office on one machine, ended by one Ctrl-C.

Prepares what is missing (secrets, schema, calendar, guide, demo office), then runs web server,
worker and beat under one supervisor. Every step finds out by itself whether it is already done.
"""

import contextlib
import fcntl
import os
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.checks import ERROR
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from requests_app.adapters import keyring
from requests_app.adapters.processes import Program, Supervisor

HOST = "127.0.0.1"  # loopback only: demo accounts have known passwords
FIRST_PAGE_SECONDS = 60


class Command(BaseCommand):
    """Prepares the installation, then supervises its three programs."""

    requires_system_checks = []  # one of them wants the data folder, which is made first
    help = "Set up what is missing, then run web, worker and beat together until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port of the site (8000)")
        parser.add_argument("--empty", action="store_true", help="no demo office")

    def handle(self, *, port: int, empty: bool, **options: Any) -> None:
        _check_port(port)
        # Database, mail and queue hold what is nobody else's business on this machine.
        os.umask(0o077)
        self._lock = _lock_data_folder()  # held until this process ends
        if settings.ENVIRONMENT != "production" and keyring.make_missing(settings.SECRETS_DIR):
            # The settings were read without these secrets; start over with them.
            self._lock.close()
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - ourselves
        self._prepare(demo=settings.DEMO and not empty)
        address = f"http://{HOST}:{port}/"
        supervisor = Supervisor(_programs(port=port), write=self._say)
        status = supervisor.run(
            on_started=lambda: self._announce(address, supervisor, demo=not empty)
        )
        if status:
            sys.exit(status)
        self._say("Stopped.")

    def _prepare(self, *, demo: bool) -> None:
        self.check(fail_level=ERROR)
        self._say("Preparing the database; the first time takes some seconds ...")
        call_command("migrate", verbosity=0, interactive=False)
        for name in ["import_calendar", "seed_guide", *(["seed_demo"] if demo else [])]:
            if name in get_commands():
                call_command(name, verbosity=0, stdout=self.stdout, stderr=self.stderr)

    def _announce(self, address: str, supervisor: Supervisor, *, demo: bool) -> None:
        if not _wait_for(address + "healthz", supervisor):
            return
        self._say(f"\n  The office is open: {address}   (desk: {address}admin/)\n")
        if demo and settings.DEMO and settings.DEMO_LOGINS_FILE.exists():
            self._say(settings.DEMO_LOGINS_FILE.read_text(encoding="utf-8"))
        self._say("  Ctrl-C ends everything.\n")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _check_port(port: int) -> None:
    # Asked first: gunicorn tries a taken port for a long time, and after all the preparations.
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used ({error}); choose another by --port."
            ) from error


def _lock_data_folder() -> Any:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(PermissionError):  # somebody else's folder is theirs to close
        settings.DATA_DIR.chmod(0o700)
    lock = (settings.DATA_DIR / ".up-lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError(f"Another `up` already runs on {settings.DATA_DIR}.") from None
    return lock


def _programs(*, port: int) -> list[Program]:
    celery = [sys.executable, "-m", "celery", "-A", "jcdisclosure"]
    # Threads cannot be killed at a limit, but they survive a synchronous transport.
    pool = "prefork" if settings.REDIS_URL else "threads"
    environment = {"PYTHONUNBUFFERED": "1"}
    if not os.environ.get("JC_PUBLIC_BASE_URL"):
        environment["JC_PUBLIC_BASE_URL"] = f"http://{HOST}:{port}"
    if not settings.REDIS_URL:
        environment["TMPDIR"] = str(_empty_queue())
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    gunicorn = [sys.executable, "-m", "gunicorn", "jcdisclosure.wsgi", "--bind", f"{HOST}:{port}"]
    return [
        Program(
            "web",
            [
                *gunicorn,
                "--worker-class",
                "gthread",
                "--threads",
                "4",
                "--graceful-timeout",
                "10",
                "--no-control-socket",
            ],
            environment,
        ),
        Program(
            "worker",
            [*celery, "--quiet", "worker", "-P", pool, "-c", "2", "-l", "INFO", *quiet],
            environment,
        ),
        Program("beat", [*celery, "--quiet", "beat", "-l", "WARNING"], environment),
    ]


def _empty_queue() -> str:
    # Ticks left from the last run are worth nothing: rows say what is owed. The transport moves
    # messages through the temporary folder, which is only safe on the same file system.
    shutil.rmtree(settings.QUEUE_DIR, ignore_errors=True)
    temporary = settings.QUEUE_DIR / "tmp"
    temporary.mkdir(parents=True)
    return str(temporary)


def _wait_for(address: str, supervisor: Supervisor) -> bool:
    end = time.monotonic() + FIRST_PAGE_SECONDS
    while not supervisor.stopping and time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False
