"""The work list and the case page, beside a bare Django list of as many rows on the same server.

    ./jc bench worklist [--cases 300]

Fills a throw-away SQLite database with applications in several states, then asks for pages through
the whole server (middleware, session, sign-in), in turns: the work list, and Django's generic
ListView over the same rows with the same columns, printed by a plain template without any working
out. Counts the queries of work list and case page with 1 and with all cases; they must be equal.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LIMIT = 3.0
ROUNDS = 41
ZONE = ZoneInfo("Asia/Shanghai")

BARE = """<!doctype html><html><body><table>
{% for case in object_list %}<tr><td>{{ case.get_status_display }}</td>
<td><a href="/admin/cases/{{ case.pk }}/">{{ case.number }}</a></td>
<td>{{ case.applicant.name }} {{ case.applicant.get_kind_display }}</td><td>{{ case.description }}</td>
<td>{{ case.received_on|date:"m-d" }} {{ case.get_channel_display }}</td>
<td>{{ case.department|default:"" }} {{ case.clerk|default:"" }}</td>
<td>{{ case.used_working_days }}/{{ case.allowance_working_days }}</td>
<td>{{ case.due_on|date:"m-d D" }} {{ case.next_due_on|date:"m-d" }}</td>
<td>{{ case.clock_state }}</td><td>{{ case.consult_due_on|date:"m-d" }}</td>
<td>{% for letter in case.letters.all %}{{ letter.kind }} {{ letter.get_status_display }}{% endfor %}</td>
<td><a href="/admin/cases/{{ case.pk }}/">open</a></td></tr>{% endfor %}</table></body></html>"""


def main() -> None:
    """Print both times side by side, the ratio of their medians, and the query counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=300)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jc-bench-") as folder:
        prepare(Path(folder))
        office = fill(1)
        few = count_queries(office)
        fill(asked.cases - 1, office=office)
        many = count_queries(office)
        desk, bare = race(office)
    equal = few == many
    for page in few:
        print(f"{page}: {few[page]} queries with 1 case, {many[page]} with {asked.cases}")
    ratio = statistics.median(desk) / statistics.median(bare)
    kept = ratio <= LIMIT and equal
    print(
        f"work list {statistics.median(desk) * 1000:.1f} ms, bare list "
        f"{statistics.median(bare) * 1000:.1f} ms: ratio {ratio:.2f} "
        f"(at most {LIMIT}, query counts equal: {'kept' if kept else 'NOT kept'})"
    )
    sys.exit(not kept)


def prepare(folder: Path) -> None:
    """Start Django on an empty database in ``folder``, with the calendar and the guide in it."""
    os.environ.update(
        JC_ENV="test",
        JC_DATA_DIR=str(folder),
        JC_SECRET_KEY="only for the benchmark " * 3,
        JC_SEAL_KEYS="1:c2VhbHMgaWRlbnRpdHkgbnVtYmVycyBpbiB0ZXN0cy4=",
        JC_INDEX_KEY="ZmluZHMgaWRlbnRpdHkgbnVtYmVycyBpbiB0ZXN0cy4=",
        DATABASE_URL="",
        REDIS_URL="",
        DJANGO_SETTINGS_MODULE="jcdisclosure.settings",
    )
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django
    from django.conf import settings

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fill(cases: int, *, office: object = None) -> object:
    """Register cases over the last 30 days; some are assigned, some have a letter under way."""
    from requests_app.domain.application import (
        ApplicantKind,
        Arrival,
        Channel,
        FormWanted,
        WayWanted,
    )
    from requests_app.domain.identity import IdKind
    from requests_app.models import Department
    from requests_app.services import assignments, corrections, extensions, intake
    from requests_app.services.applications import ApplicantGiven, Application
    from tests import offices

    office = office or offices.set_up()
    clerk, now = office.clerk.as_actor(), datetime.now(ZONE)
    department = Department.objects.get(code="zjj")
    fields = {"points": "哪一年", "guidance": "请写明年份", "correction_days": "10"}
    for n in range(cases):
        at = now - timedelta(days=n % 30)
        application = Application(
            applicant=ApplicantGiven(
                kind=ApplicantKind.PERSON,
                name="陈向前",
                identity_kind=IdKind.PASSPORT,
                identity_number=f"E{n:08}",
                email="chen@example.com",
            ),
            description=f"第{n}号项目的批复和资金安排，以及三个年度的验收资料",
            form_wanted=FormWanted.ELECTRONIC,
            way_wanted=WayWanted.ONLINE,
            idempotency_key=uuid.uuid4(),
        )
        case = intake.register(
            application,
            arrival=Arrival(Channel.COUNTER, arrived_on=at.date()),
            actor=clerk,
            at=at,
            identity_verified=True,
        ).case
        if n % 2:
            assignments.assign(
                case.pk, department_id=department.pk, clerk_id=None, actor=clerk, at=now
            )
        if n % 5 == 1 and n % 30 < 6:
            corrections.request(case.pk, fields=fields, actor=clerk, at=now)
        if n % 5 == 2 and n % 30 < 20:
            extensions.request(case.pk, days=15, reason="档案多", actor=clerk, at=now)
    return office


def browser(office: object) -> object:
    """Return a signed-in browser without a screen."""
    from django.test import Client

    client = Client()
    client.force_login(office.clerk, backend="jcdisclosure.backends.StaffBackend")
    return client


def count_queries(office: object) -> dict[str, int]:
    """Count the queries of each page once everything that is kept is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from requests_app.models import Case

    client = browser(office)
    pages = {"work list": "/admin/", "case page": f"/admin/cases/{Case.objects.earliest('pk').pk}/"}
    found = {}
    for name, address in pages.items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            if client.get(address).status_code != 200:
                raise SystemExit(f"{address} does not answer")
        found[name] = len(asked)
    return found


def race(office: object) -> tuple[list[float], list[float]]:
    """Time both pages in turns, so that a busy machine slows both alike."""
    client = browser(office)
    add_bare_list()
    pages: dict[str, list[float]] = {"/admin/": [], "/bare/": []}
    for address in pages:
        client.get(address)
    for _ in range(ROUNDS):
        for address, times in pages.items():
            times.append(timed(lambda address=address: client.get(address)))
    return pages["/admin/"], pages["/bare/"]


def add_bare_list() -> None:
    """Put Django's generic list view over the same rows beside the desk, behind the same sign-in."""
    from django.contrib.auth.decorators import login_required
    from django.http import HttpResponse
    from django.template import engines
    from django.urls import clear_url_caches, path
    from django.views.generic import ListView

    from jcdisclosure import urls
    from requests_app.models import Case
    from requests_app.selectors.worklists import PAGE_SIZE

    template = engines["django"].from_string(BARE)

    class Bare(ListView):
        queryset = (
            Case.objects.select_related("applicant", "department", "clerk")
            .prefetch_related("letters")
            .order_by("due_on")
        )
        paginate_by = PAGE_SIZE

        def render_to_response(self, context: dict, **_kwargs: object) -> HttpResponse:
            return HttpResponse(template.render(context, self.request))

    urls.urlpatterns.insert(0, path("bare/", login_required(Bare.as_view())))
    clear_url_caches()


def timed(ask: Callable[[], object]) -> float:
    """Return how many seconds a page takes."""
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
