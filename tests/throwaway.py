"""PostgreSQL and Redis for one run of the tests: own, in a temporary folder, on a free port."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

START_SECONDS = 30


class Unavailable(Exception):
    """The programs are not installed, or cannot run here; the text says which and why."""


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL cluster that forgets everything; give the address of its database."""
    initdb, server = _postgresql_program("initdb"), _postgresql_program("postgres")
    with _folder_of(_unprivileged_user()) as (folder, user):
        port = _free_port()
        cluster = folder / "cluster"
        _run(
            [
                initdb,
                "-D",
                str(cluster),
                "-U",
                "jc",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
            user,
        )
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": str(folder),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with _server([server, "-D", str(cluster), *settings], user, port, folder / "log"):
            yield f"postgresql://jc@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Run a Redis that writes nothing to disk; give its address."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise Unavailable("redis-server is not installed")
    with _folder_of(None) as (folder, _):
        port = _free_port()
        arguments = [
            program,
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(folder),
        ]
        with _server(arguments, None, port, folder / "log"):
            yield f"redis://127.0.0.1:{port}/0"


def _postgresql_program(name: str) -> str:
    # Debian keeps the server's programs out of PATH, one folder for each version.
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name)
    )
    found = shutil.which(
        name, path=os.pathsep.join([*map(str, reversed(folders)), os.environ["PATH"]])
    )
    if found is None:
        raise Unavailable(f"PostgreSQL's {name} is not installed")
    return found


def _unprivileged_user() -> str | None:
    """The account PostgreSQL runs under: our own, or one without rights when we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise Unavailable("PostgreSQL refuses to run as root and there is no account 'postgres'")


@contextlib.contextmanager
def _folder_of(user: str | None) -> Iterator[tuple[Path, str | None]]:
    with tempfile.TemporaryDirectory(prefix="jc-test-", ignore_cleanup_errors=True) as name:
        if user:
            shutil.chown(name, user=user)
        yield Path(name), user


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(arguments: list[str], user: str | None) -> None:
    done = subprocess.run(
        arguments, capture_output=True, text=True, check=False, cwd="/", **_as_user(user)
    )
    if done.returncode:
        raise Unavailable(f"{arguments[0]} failed: {done.stderr.strip()}")


@contextlib.contextmanager
def _server(arguments: list[str], user: str | None, port: int, log: Path) -> Iterator[None]:
    with log.open("w") as output:
        process = subprocess.Popen(
            arguments, stdout=output, stderr=output, cwd="/", **_as_user(user)
        )
    try:
        end = time.monotonic() + START_SECONDS
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > end:
                raise Unavailable(f"{arguments[0]} did not start: {log.read_text()[-500:]}")
            time.sleep(0.05)
        yield
    finally:
        # SIGINT is PostgreSQL's fast shutdown; Redis takes it as an orderly one too.
        process.send_signal(2)
        process.wait(timeout=START_SECONDS)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _as_user(user: str | None) -> dict:
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
