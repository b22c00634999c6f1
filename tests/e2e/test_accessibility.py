"""Every page by the rules of axe-core: each scheme and the large version outside, the desk inside.

The rules come with the development package axe-core-python; nothing of it reaches the product.
"""

from importlib.resources import files

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import offices, public_pages
from tests.e2e.test_public import file

# Every page in every scheme takes most of a minute, so a developer meets it in `./jc test --all`.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
PHONE = {"width": 390, "height": 844}
LOOKS = ("scheme=", "scheme=wb", "scheme=by", "scheme=yb", "scheme=ky", "scheme=&size=elder")
CORRECTION = {"points": "哪一年的清单", "guidance": "请写明年份", "correction_days": "10"}


@pytest.fixture
def office(live_server, settings):
    settings.PUBLIC_BASE_URL = live_server.url
    return offices.set_up()


def complaints(page, address):
    """Return what axe finds on a page: the rule, and where."""
    page.goto(address)
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(address, each["id"], node["target"]) for each in found for node in each["nodes"]]


@pytest.fixture
def open_page(browser, browser_context_args):
    contexts = []

    def start(size):
        context = browser.new_context(**{**browser_context_args, "viewport": size})
        contexts.append(context)
        return context.new_page()

    yield start
    for context in contexts:
        context.close()


def ask_for_correction(case, office):
    from requests_app.domain.delivery import DeliveryWay
    from requests_app.services import corrections, deliveries, letters

    at, clerk = timezone.now(), office.clerk.as_actor()
    letter = corrections.request(case.pk, fields=CORRECTION, actor=clerk, at=at)
    letters.submit(letter.pk, actor=clerk, at=at)
    letters.render_due(at=at)
    letter.refresh_from_db()
    if letter.status == "issued":
        deliveries.dispatch(
            letter.pk,
            way=DeliveryWay.ONLINE,
            on=timezone.localdate(at),
            tracking_number="",
            actor=clerk,
            at=at,
        )


def test_public_pages_break_no_rule(live_server, office, open_page):
    from requests_app.models import Case

    page, site = open_page(PHONE), live_server.url
    page.goto(f"{site}/apply/who/")
    page.get_by_role("button", name="下一步：要什么").click()
    page.evaluate(AXE)
    slips = page.evaluate("axe.run(document)")["violations"]
    file(page, site)
    case = Case.objects.get()
    ask_for_correction(case, office)
    status = f"/status/{case.pk}/"
    addresses = ("/receipt/", status, f"{status}correct/", f"{status}withdraw/", "/nowhere/")
    addresses += public_pages.addresses()

    found = []
    for look in LOOKS:
        page.goto(f"{site}/look/?{look}&back=/")
        for address in addresses:
            found += [(look, *each) for each in complaints(page, site + address)]

    assert [each["id"] for each in slips] == []
    assert found == []


def test_desk_pages_break_no_rule(live_server, office, open_page):
    from requests_app.services import extensions, letters

    clerk, now = office.clerk.as_actor(), timezone.now()
    case = offices.register(office, now - timezone.timedelta(days=1))
    draft = extensions.request(case.pk, days=15, reason="档案多", actor=clerk, at=now)
    found = []
    for size in (PHONE, {"width": 1440, "height": 900}):
        page = open_page(size)
        found += complaints(page, live_server.url + reverse("admin:login"))
        page.get_by_label("用户名").fill("clerk")
        page.get_by_label("密码").fill(offices.PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_load_state()
        pages = [reverse("admin:index"), reverse("admin:intake")]
        pages += [reverse(f"admin:{name}", args=[case.pk]) for name in ("case", "deadline")]
        acts = ("ask_correction/", "charge_fee/", "answer/", "answer/?outcome=partial", "withdraw/")
        pages += [f"{reverse('admin:case', args=[case.pk])}do/{act}" for act in acts]
        pages.append(reverse("admin:letter", args=[draft.pk]))
        found += [each for path in pages for each in complaints(page, live_server.url + path)]
        page.goto(live_server.url + reverse("admin:act", args=[case.pk, "withdraw"]))
        page.get_by_role("button", name="登记撤回").click()
        page.evaluate(AXE)
        slips = page.evaluate("axe.run(document)")["violations"]
        found += [("slips", each["id"], [n["target"] for n in each["nodes"]]) for each in slips]
    letters.submit(draft.pk, actor=clerk, at=now)
    page = open_page(PHONE)
    page.goto(live_server.url + reverse("admin:login"))
    page.get_by_label("用户名").fill("head")
    page.get_by_label("密码").fill(offices.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state()
    for name in ("approvals", "calendars"):
        found += complaints(page, live_server.url + reverse(f"admin:{name}"))

    assert found == []
