"""Filing online, from the POST to the receipt, beside a bare Django form that stores one row.

    ./jc bench filing [--filings 60]

Both servers are gunicorn with one worker for each core, on SQLite that waits for the disk at every
commit, asked by eight browsers at once; they take turns, so that a busy machine slows both. Ours
runs with production settings: each browser has a finished draft with one photograph, sends its
last page with session and token, and reads the receipt page it is led to. The case is then numbered,
sealed, entered in the ledger with its clock, its receipt letter and its message owed; the PDF is the
worker's and is not made here. The bare one checks the token, validates a ModelForm of five fields,
inserts one row and answers with a redirect to a page of thanks. Prints requests per second of each
and the ratio of their medians; every filing must have become exactly one case.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pages

CORES = 2
BROWSERS = 8
ROUNDS = 5
#: Filing and receipt ask the database some eighty times; dearer than this is a fault of ours.
LIMIT = 25.0
TOKEN = "t" * 32
BARE_FORM = {
    "name": "陈向前",
    "identity_number": "629999199003078512",
    "phone": "13900000000",
    "email": "chen@example.com",
    "description": "2025年金川区老旧小区改造项目清单",
}


@dataclass(frozen=True)
class Send:
    """One form ready to be sent: where to, its fields, its cookies."""

    path: str
    fields: dict[str, str]
    cookies: dict[str, str]


def main() -> None:
    """Print requests per second of both and the ratio; fail when it is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--filings", type=int, default=60, help="in each of the rounds")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jc-bench-") as folder:
        os.environ.pop("JC_FILINGS_PER_HOUR", None)
        pages.prepare(Path(folder))
        os.environ["JC_FILINGS_PER_HOUR"] = "100000"
        from requests_app.models import Case

        before = Case.objects.count()
        drafts = [make_drafts(asked.filings) for _ in range(ROUNDS)]
        ours, bare = race(Path(folder), drafts, asked.filings)
        made = Case.objects.count() - before
    ratio = statistics.median(bare) / statistics.median(ours)
    whole = made == ROUNDS * asked.filings
    kept = whole and ratio <= LIMIT
    print(f"filing, POST to receipt   {statistics.median(ours):7.1f} a second ({spread(ours)})")
    print(f"bare form POST, one row   {statistics.median(bare):7.1f} a second ({spread(bare)})")
    print(
        f"{made} cases of {ROUNDS * asked.filings} filings; a filing costs {ratio:.1f} bare POSTs "
        f"(at most {LIMIT:.0f}: {'kept' if kept else 'NOT kept'})"
    )
    sys.exit(not kept)


def spread(rates: Sequence[float]) -> str:
    """Return the slowest and fastest round."""
    return f"{min(rates):.1f} to {max(rates):.1f}"


def make_drafts(count: int) -> list[Send]:
    """Fill in ``count`` applications up to their last page, each in a browser session of its own."""
    from importlib import import_module

    from django.conf import settings
    from django.utils import timezone

    from requests_app.domain.papers import PaperKind
    from requests_app.services import drafts
    from tests import factories

    engine = import_module(settings.SESSION_ENGINE)
    answers = {
        "kind": "person",
        "name": "陈向前",
        "identity_kind": "resident_card",
        "identity_number": factories.IDENTITY_NUMBER,
        "phone": "13900000000",
        "description": BARE_FORM["description"],
        "body_code": "office",
        "form_wanted": "electronic",
        "way_wanted": "online",
        "accepts_other_form": "on",
    }
    found = []
    for _ in range(count):
        kept = drafts.keep(
            None, answers=answers, at=timezone.now(), files=[factories.paper(PaperKind.IDENTITY)]
        )
        if kept.missing:
            sys.exit(f"the draft cannot be filed: {kept.missing}")
        session = engine.SessionStore()
        session["filing_draft"] = str(kept.draft.key)
        session.save()
        fields = {"key": str(kept.draft.key), "confirm": "on", "csrfmiddlewaretoken": TOKEN}
        cookies = {
            settings.SESSION_COOKIE_NAME: session.session_key,
            settings.CSRF_COOKIE_NAME: TOKEN,
        }
        found.append(Send("/apply/check/", fields, cookies))
    return found


def race(folder: Path, drafts: list[list[Send]], count: int) -> tuple[list[float], list[float]]:
    """Send the drafts and as many bare forms, in turns; return the rates of both, round by round."""
    form = Send("/", {**BARE_FORM, "csrfmiddlewaretoken": TOKEN}, {"csrftoken": TOKEN})
    ours, bare = [], []
    with (
        server(folder, "jcdisclosure.wsgi:application") as our_port,
        server(folder, "filing:bare_application()", BENCH_FOLDER=str(folder)) as bare_port,
    ):
        for port, path in ((our_port, "/status/"), (bare_port, "/")):
            in_parallel(lambda _, port=port, path=path: read(port, path), range(4 * BROWSERS))
        for sends in drafts:
            ours.append(rate(sends, port=our_port, ends_at="/receipt/"))
            bare.append(rate([form] * count, port=bare_port, ends_at="/thanks/"))
    return ours, bare


def rate(sends: Sequence[Send], *, port: int, ends_at: str) -> float:
    """Send every form from several browsers at once; return how many were through in a second."""
    began = time.perf_counter()
    in_parallel(lambda send: file(send, port=port, ends_at=ends_at), sends)
    return len(sends) / (time.perf_counter() - began)


def in_parallel(call: Callable[..., None], things: Sequence[object]) -> None:
    with ThreadPoolExecutor(BROWSERS) as browsers:
        list(browsers.map(call, things))


def file(send: Send, *, port: int, ends_at: str) -> None:
    """Send one form and read the page it leads to, as a browser does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{name}={value}" for name, value in send.cookies.items()),
        "Referer": f"https://127.0.0.1{send.path}",
        "Origin": "https://127.0.0.1",
        "X-Forwarded-Proto": "https",
    }
    connection.request("POST", send.path, urlencode(send.fields), headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != http.client.FOUND or answer.headers["Location"] != ends_at:
        sys.exit(f"{send.path} answered {answer.status} {answer.headers['Location']}")
    # The session may have changed its id with the filing.
    fresh = [each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie") or ()]
    headers["Cookie"] = "; ".join(fresh) or headers["Cookie"]
    connection.close()
    read(port, ends_at, cookie=headers["Cookie"])


def read(port: int, path: str, *, cookie: str = "") -> None:
    """Read a page to its end."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie, "X-Forwarded-Proto": "https"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != http.client.OK:
        sys.exit(f"{path} answered {answer.status}")


@contextlib.contextmanager
def server(folder: Path, application: str, **environment: str) -> Iterator[int]:
    """Run ``application`` under gunicorn with a worker for each core; yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bench = str(pages.ROOT / "bench")
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(CORES), "--preload", "--pythonpath", f"{pages.ROOT},{bench}"]
    log_file = folder / f"web-{port}.log"
    with log_file.open("w") as log:
        process = subprocess.Popen(
            command, cwd=pages.ROOT, env={**os.environ, **environment}, stdout=log, stderr=log
        )
    try:
        pages.wait_for(port, process, log=log_file)
        yield port
    finally:
        process.terminate()
        process.wait()


def bare_application() -> Callable[..., object]:
    """Build the smallest Django that takes a form with a token and stores one row. For gunicorn."""
    import django
    from django.conf import settings

    from jcdisclosure import databases

    settings.configure(
        SECRET_KEY=secrets.token_urlsafe(),
        ALLOWED_HOSTS=["127.0.0.1"],
        CSRF_TRUSTED_ORIGINS=["https://127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={
            "default": databases.sqlite(
                Path(os.environ["BENCH_FOLDER"]) / "bare.sqlite3", durable=True
            )
        },
        MIDDLEWARE=[
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
        USE_TZ=True,
    )
    django.setup()
    from django import forms
    from django.core.wsgi import get_wsgi_application
    from django.db import connection, models
    from django.http import HttpRequest, HttpResponse
    from django.shortcuts import redirect
    from django.urls import path

    class Row(models.Model):
        name = models.CharField(max_length=120)
        identity_number = models.CharField(max_length=60)
        phone = models.CharField(max_length=40)
        email = models.EmailField()
        description = models.TextField()

        class Meta:
            app_label = "bench"

        def __str__(self) -> str:
            return self.name

    class RowForm(forms.ModelForm):
        class Meta:
            model = Row
            fields = list(BARE_FORM)

    def take(request: HttpRequest) -> HttpResponse:
        form = RowForm(request.POST or None)
        if form.is_valid():
            form.save()
            return redirect("/thanks/")
        return HttpResponse(form.as_p())

    def thanks(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<!doctype html><p>thanks</p>")

    with connection.schema_editor() as editor:
        editor.create_model(Row)
    connection.close()  # each worker opens its own
    globals()["urlpatterns"] = [path("", take), path("thanks/", thanks)]
    return get_wsgi_application()


if __name__ == "__main__":
    collected = pages.ROOT / "staticfiles"
    there_before = collected.exists()
    try:
        main()
    finally:
        if not there_before:
            shutil.rmtree(collected, ignore_errors=True)
