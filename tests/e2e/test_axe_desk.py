"""The desk by the rules of axe-core, on a telephone and a desktop."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import offices
from tests.e2e.axe import judge, judge_all
from tests.e2e.citizen import PHONE

# Every page in every size takes most of a minute, so a developer meets it in `./jc test --all`.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

#: The desk has one look.
VIEWS = ((PHONE, ({},)), ({"width": 1440, "height": 900}, ({},)))


@pytest.fixture
def office(live_server, settings):
    settings.PUBLIC_BASE_URL = live_server.url
    return offices.set_up()


def sign_in(page, site, username):
    page.goto(site + reverse("admin:login"))
    found = judge(page, views=VIEWS)
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(offices.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state()
    return found


def test_pages_of_a_clerk_break_no_rule(live_server, office, open_page):
    from requests_app.services import extensions

    clerk, now = office.clerk.as_actor(), timezone.now()
    case = offices.register(office, now - timezone.timedelta(days=1))
    draft = extensions.request(case.pk, days=15, reason="档案多", actor=clerk, at=now)
    page, site = open_page(reduced_motion="reduce"), live_server.url
    found = sign_in(page, site, "clerk")
    pages = [reverse(f"admin:{name}") for name in ("index", "intake", "messages")]
    pages += [reverse(f"admin:{name}", args=[case.pk]) for name in ("case", "deadline")]
    acts = ("ask_correction/", "charge_fee/", "answer/", "answer/?outcome=partial", "withdraw/")
    pages += [f"{reverse('admin:case', args=[case.pk])}do/{act}" for act in acts]
    pages.append(reverse("admin:letter", args=[draft.pk]))
    found += judge_all(page, [site + path for path in pages], views=VIEWS)
    page.goto(site + reverse("admin:act", args=[case.pk, "withdraw"]))
    page.get_by_role("button", name="登记撤回").click()
    page.wait_for_load_state()
    found += judge(page, views=VIEWS)

    assert found == []


def test_pages_of_a_head_break_no_rule(live_server, office, open_page):
    from requests_app.services import extensions, letters

    clerk, now = office.clerk.as_actor(), timezone.now()
    case = offices.register(office, now - timezone.timedelta(days=1))
    draft = extensions.request(case.pk, days=15, reason="档案多", actor=clerk, at=now)
    letters.submit(draft.pk, actor=clerk, at=now)
    page, site = open_page(reduced_motion="reduce"), live_server.url
    sign_in(page, site, "head")

    pages = [reverse(f"admin:{name}") for name in ("approvals", "calendars")]

    assert judge_all(page, [site + path for path in pages], views=VIEWS) == []
