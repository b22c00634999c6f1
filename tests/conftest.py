"""What every test shares: the test environment, the database asked for, browser and worker.

The environment is set before Django reads it, so nothing above may import Django. A test run
leaves nothing behind: its data folder is a temporary one.
"""

import atexit
import base64
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings


def _redis_of_this_process(address):
    if not address or not PROCESS:
        return address
    server, _, first = address.rpartition("/")
    return f"{server}/{int(first) + PROCESS}"


# With several processes (pytest -n) each has its own folder, database and Redis numbering.
PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))

for _name in [name for name in os.environ if name.startswith(("JC_", "DATABASE_", "REDIS_"))]:
    del os.environ[_name]
os.environ["JC_ENV"] = "test"
os.environ["JC_DATA_DIR"] = tempfile.mkdtemp(prefix="jc-test-")
os.environ["JC_SECRET_KEY"] = "only for tests " * 4
os.environ["JC_SEAL_KEYS"] = "1:" + base64.b64encode(b"seals identity numbers in tests.").decode()
os.environ["JC_INDEX_KEY"] = base64.b64encode(b"finds identity numbers in tests.").decode()
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
os.environ["REDIS_URL"] = _redis_of_this_process(os.environ.get("TEST_REDIS_URL", ""))
os.environ["DJANGO_SETTINGS_MODULE"] = "jcdisclosure.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser fixtures run an event loop
atexit.register(shutil.rmtree, os.environ["JC_DATA_DIR"], ignore_errors=True)

# No deadline: a busy machine is not a failing law.
hypothesis_settings.register_profile("fast", deadline=None, max_examples=60)
hypothesis_settings.register_profile("long", deadline=None, max_examples=1000)

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
WORKER_START_SECONDS = 30


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="run the tests marked long, too")
    parser.addoption("--pictures", action="store_true", help="write the pictures of the manual")


def pytest_configure(config):
    from django.conf import settings

    # Read now, in the environment set above; an exported settings module was read before it.
    if settings.ENVIRONMENT != "test":
        pytest.exit("Unset DJANGO_SETTINGS_MODULE: the tests bring their own environment.", 4)
    hypothesis_settings.load_profile("long" if config.getoption("--long") else "fast")


def pytest_xdist_setupnodes():
    """Let each process of a parallel run read the settings itself, after setting its own folder."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_collection_modifyitems(config, items):
    reasons = {
        "e2e": None if CHROMIUM else "no Chromium; apt-get install chromium",
        "long": None if config.getoption("--long") else "long; runs with ./jc test --all",
        "pictures": None if _draws(config) else "long; runs with --pictures or ./jc test --all",
        "postgres": None if os.environ["DATABASE_URL"] else "needs PostgreSQL (TEST_DATABASE_URL)",
    }
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here / "e2e"):
            item.add_marker("e2e")
        for mark, reason in reasons.items():
            if reason and item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


def _draws(config):
    return config.getoption("--pictures") or config.getoption("--long")


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix():
    """Give each process its own database on a server; on SQLite its own folder is enough.

    There a worker finds the database of the test under the name it has in every folder.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if os.environ["DATABASE_URL"]:
        database.setdefault("TEST", {})["NAME"] = f"test_{database['NAME']}_{PROCESS}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Drive the browser of the operating system; download none."""
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    # Chromium refuses to run as root with its sandbox.
    quiet += ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A reader in the city."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(autouse=True)
def _forget_cached_counts(request):
    if {"db", "transactional_db"} & set(request.fixturenames):
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _flush_between_tests_in_spite_of_the_guard():
    """Let Django empty the append-only tables after a transactional test; nothing but the flush may.

    Their triggers refuse a flush as they should. They are lifted for its length and put back at
    once, so every test runs under them.
    """
    from importlib import import_module

    from django.db import connection
    from django.test import TransactionTestCase

    # Each leans on the function of an earlier one, so the last is lifted first.
    names = (
        "0002_append_only_ledger", "0012_sealed_ledgers", "0021_records_searches",
        "0032_guided_answers",
    )  # fmt: skip
    guards = [import_module(f"requests_app.migrations.{name}") for name in names]
    teardown = TransactionTestCase._fixture_teardown

    def lifted(self):
        with connection.schema_editor() as editor:
            for guard in reversed(guards):
                guard.unguard(None, editor)
        teardown(self)
        with connection.schema_editor() as editor:
            for guard in guards:
                guard.guard(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted)
        yield


class Worker:
    """A real Celery worker in a process of its own, on the database of the test."""

    def __init__(self, process, log):
        self._process = process
        self.log = log

    def send(self, job, **ids):
        """Put one message on the broker, as beat or the web server would in production."""
        from jcdisclosure.celery import app

        app.send_task(str(job), kwargs=ids)

    def kill(self):
        """End the worker as a power cut would."""
        self._process.kill()
        self._process.wait()

    @property
    def output(self):
        return self.log.read_text(encoding="utf-8", errors="replace")


def eventually(condition, *, seconds=20.0, every=0.05):
    """Wait until `condition()` is true; give what it gave, or fail after `seconds`."""
    end = time.monotonic() + seconds
    while not (result := condition()):
        if time.monotonic() > end:
            pytest.fail(f"not within {seconds} s: {condition}")
        time.sleep(every)
    return result


@pytest.fixture(name="eventually")
def eventually_fixture():
    return eventually


@pytest.fixture
def start_worker(transactional_db, tmp_path, settings):
    """Give a function that starts a worker as `./jc up` does; all are ended with the test.

    There is no beat: the test sends what it wants done. With Redis the services of the test nudge
    the worker, as they do in production.
    """
    from jcdisclosure.celery import app

    settings.NUDGE = bool(settings.REDIS_URL)
    app.conf.task_always_eager = False
    settings.QUEUE_DIR.mkdir(exist_ok=True)
    app.control.purge()
    running = []

    def start():
        log = tmp_path / f"worker-{len(running)}.log"
        pool = "prefork" if settings.REDIS_URL else "threads"
        command = [sys.executable, "-m", "celery", "-A", "jcdisclosure", "worker", "-P", pool]
        command += ["-c", "2", "-l", "INFO", "-n", f"test{len(running)}@%h"]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        with log.open("w") as output:
            process = subprocess.Popen(
                command, env=_worker_environment(tmp_path), stdout=output, stderr=output
            )
        running.append(process)
        started = Worker(process, log)
        eventually(
            lambda: process.poll() is not None or "ready." in started.output,
            seconds=WORKER_START_SECONDS,
        )
        assert process.poll() is None, started.output
        return started

    yield start
    app.conf.task_always_eager = True
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(timeout=WORKER_START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _worker_environment(folder):
    from django.db import connection

    address = ""
    if connection.vendor == "postgresql":
        known = connection.settings_dict
        login = f"{known['USER']}:{known['PASSWORD']}".rstrip(":")
        address = f"postgresql://{login}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    # Development: nothing eager, and the nudge as people have it.
    return {**os.environ, "JC_ENV": "development", "DATABASE_URL": address, "TMPDIR": str(folder)}


@pytest.fixture
def worker(start_worker):
    """One real worker, ready."""
    return start_worker()


@pytest.fixture
def quick_pdf(monkeypatch):
    """Stand in for the renderer where paper is not the point; gives the list of texts it was given."""
    from requests_app.adapters import pdf

    drawn = []

    def draw(text, **_):
        drawn.append(text)
        return b"%PDF-1.7 " + str(len(drawn)).encode()

    monkeypatch.setattr(pdf, "render_letter", draw)
    return drawn
