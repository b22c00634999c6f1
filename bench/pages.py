"""Every open page of the citizen's side, weighed as a browser gets it from a production server.

    ./jc bench pages

Starts the real web server (gunicorn, production settings, static files collected and compressed) on
a throw-away office, fetches each page of the site map with everything it names, as a first visit
does, and counts the bytes on the wire: headers left out, compressed where the server compresses.
The database is asked through a second, counting connection of Django's own client. A page passes
with at most 150 KB and 10 questions to the database.
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 150 * 1024
MOST_QUERIES = 10
START_SECONDS = 60


@dataclass(frozen=True)
class Weight:
    """What one page costs: bytes of the page, of all it names, how many requests and queries."""

    address: str
    page: int
    whole: int
    requests: int
    queries: int

    @property
    def kept(self) -> bool:
        """Tell whether the page keeps both budgets."""
        return self.whole <= MOST_BYTES and self.queries <= MOST_QUERIES


def main() -> None:
    """Print a line for each page and whether all keep the budget."""
    with tempfile.TemporaryDirectory(prefix="jc-bench-") as folder:
        prepare(Path(folder))
        from tests import public_pages

        addresses = public_pages.addresses()
        queries = {address: count_queries(address) for address in addresses}
        with server(Path(folder)) as port:
            weights = [weigh(address, port=port, queries=queries[address]) for address in addresses]
    print(f"{'page':<34} {'html':>8} {'all':>9} {'requests':>9} {'queries':>8}")
    for each in weights:
        shown = each.address if len(each.address) <= 34 else f"{each.address[:33]}…"
        verdict = "" if each.kept else "  NOT kept"
        print(
            f"{shown:<34} {each.page / 1024:>6.1f}KB {each.whole / 1024:>7.1f}KB"
            f" {each.requests:>9} {each.queries:>8}{verdict}"
        )
    heaviest = max(weights, key=lambda each: each.whole)
    kept = all(each.kept for each in weights)
    print(
        f"heaviest {heaviest.whole / 1024:.1f} KB of {MOST_BYTES // 1024}, most queries"
        f" {max(each.queries for each in weights)} of {MOST_QUERIES}: {'kept' if kept else 'NOT kept'}"
    )
    sys.exit(not kept)


def prepare(folder: Path) -> None:
    """Set an office up on an empty database in ``folder``, with production settings."""
    sys.path.insert(0, str(ROOT))
    from tests import production

    for name in [name for name in os.environ if name.startswith(("JC_", "DATABASE_", "REDIS_"))]:
        del os.environ[name]
    data = folder / "data"
    data.mkdir()
    os.environ.update(production.values())
    os.environ.update(
        JC_DATA_DIR=str(data),
        JC_HOSTS="127.0.0.1,testserver",
        JC_PUBLIC_BASE_URL="https://127.0.0.1",
        JC_TRUST_PROXY="1",
        DATABASE_URL="",
        REDIS_URL="",
        DJANGO_SETTINGS_MODULE="jcdisclosure.settings",
    )
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from tests import factories

    desk = factories.set_up()
    desk.file("2026-03-02")


def count_queries(address: str) -> int:
    """Return how often a page asks the database, on a first visit."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(address, secure=True)
    if answer.status_code != http.client.OK:
        sys.exit(f"{address} answered {answer.status_code}")
    return len(captured)


@contextlib.contextmanager
def server(folder: Path) -> Iterator[int]:
    """Run the web server as an office does; yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "jcdisclosure.wsgi", "--bind", f"127.0.0.1:{port}"]
    with (folder / "web.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for(port, process, log=folder / "web.log")
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes], *, log: Path) -> None:
    """Return once the server answers; say why when it does not."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.1)
    sys.exit(f"the server did not start:\n{log.read_text()}")


class Names(HTMLParser):
    """Collects what a page makes a browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take scripts, style sheets (of paper, too: browsers fetch them), pictures."""
        given = dict(attrs)
        link = given.get("src") if tag in {"script", "img", "source"} else None
        if tag == "link" and given.get("rel") in {"stylesheet", "icon", "preload"}:
            link = given.get("href")
        if link and not link.startswith("data:"):
            self.found.append(link)


def weigh(address: str, *, port: int, queries: int) -> Weight:
    """Fetch a page and everything it names once; return what went over the wire."""
    body, text = fetch(address, port=port)
    names = Names()
    names.feed(text)
    parts = [fetch(link, port=port)[0] for link in dict.fromkeys(absolute(address, names.found))]
    return Weight(address, body, body + sum(parts), 1 + len(parts), queries)


def absolute(address: str, links: list[str]) -> list[str]:
    """Return links as paths of this server; another host's would be a fault of its own."""
    found = [urlsplit(urljoin(f"http://here{address}", link)) for link in links]
    if foreign := [link.netloc for link in found if link.netloc != "here"]:
        sys.exit(f"{address} asks another host: {foreign}")
    return [link.path for link in found]


def fetch(address: str, *, port: int) -> tuple[int, str]:
    """Return the bytes of an answer as they came, and its text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    # As behind the proxy that ends TLS; without it production sends every visitor to https.
    headers = {"Accept-Encoding": "gzip, br", "X-Forwarded-Proto": "https"}
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        sys.exit(f"{address} answered {answer.status}")
    plain = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
    is_text = answer.headers.get_content_type() == "text/html"
    connection.close()
    return len(body), plain.decode() if is_text else ""


if __name__ == "__main__":
    collected = ROOT / "staticfiles"
    there_before = collected.exists()
    try:
        main()
    finally:
        if not there_before:
            shutil.rmtree(collected, ignore_errors=True)
