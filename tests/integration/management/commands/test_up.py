import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.production import bare_environment

READY_SECONDS = 90


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def up(tmp_path, port):
    """Give a function that starts an office in a folder of its own; none is left behind."""
    started = []

    def start(*arguments):
        output = (tmp_path / f"up-{len(started)}.log").open("w+")
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(port), *arguments],
            env={**bare_environment(), "JC_DATA_DIR": str(tmp_path / "data")},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        started.append((process, output))
        return process, lambda: (output.seek(0), output.read())[1]

    yield start
    for process, output in started:
        if process.poll() is None:
            process.kill()
            process.wait()
        output.close()


def get(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except OSError:
        return None, ""


def alive(process, said):
    assert process.poll() is None, said()
    return True


@pytest.mark.long
def test_up_opens_an_office_and_leaves_nothing_behind(up, port, tmp_path, eventually):
    process, said = up("--empty")
    eventually(
        lambda: alive(process, said) and '"worker": true' in get(port, "/readyz")[1],
        seconds=READY_SECONDS,
    )
    kept = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert [str(path) for path in kept if path.stat().st_mode & 0o077] == []
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=40) == 0
    assert f"http://127.0.0.1:{port}/" in said()
    assert len(children) == 3
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
    assert get(port, "/healthz") == (None, "")


@pytest.mark.long
def test_up_a_second_time_finds_its_secrets_and_data(up, port, tmp_path, eventually):
    for _ in range(2):
        process, said = up("--empty")
        eventually(
            lambda process=process, said=said: (
                alive(process, said) and get(port, "/healthz")[0] == 200
            ),
            seconds=READY_SECONDS,
        )
        secrets = {
            file.name: file.read_text() for file in (tmp_path / "data" / "secrets").iterdir()
        }
        process.terminate()
        assert process.wait(timeout=40) == 0

    again = {file.name: file.read_text() for file in (tmp_path / "data" / "secrets").iterdir()}
    assert secrets == again
    assert set(again) == {"JC_SECRET_KEY", "JC_SEAL_KEYS", "JC_INDEX_KEY"}


def test_up_refuses_a_port_that_is_taken(up, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        process, said = up()

        assert process.wait(timeout=30) == 1

    assert f"Port {port} cannot be used" in said()
