"""Calendar feeds: by a secret that is stored nowhere, of what the owner may see, until revoked."""

import re

import pytest
from icalendar import Calendar

from requests_app.models import CalendarFeed, StaffUser
from tests import factories

pytestmark = pytest.mark.usefixtures("quick_pdf")


def make(browser, department=""):
    response = browser.post("/reports/feeds/", {"department": department})
    found = re.search(r"/reports/feeds/[\w-]+\.ics", response.content.decode())
    return found.group(0)


def entries(client, address):
    calendar = Calendar.from_ical(client.get(address).content)
    return [
        (str(each["summary"]), each["dtstart"].dt.isoformat()) for each in calendar.walk("VEVENT")
    ]


def test_a_department_is_followed_without_signing_in(desk, read_as, client):
    desk.assign(desk.register("2026-03-02"), "2026-03-03")
    desk.register("2026-03-03")
    address = make(read_as("supervisor"), str(desk.housing.pk))
    client.logout()

    assert entries(client, address) == [("2026-0001 答复期限（办理中）", "2026-03-30")]


def test_own_cases_are_those_one_is_the_clerk_of(desk, read_as, client):
    from requests_app.services import assignments
    from tests.offices import moment

    case = desk.register("2026-03-02")
    desk.file("2026-03-03")
    assignments.assign(
        case.pk,
        department_id=None,
        clerk_id=desk.clerk.staff_id,
        actor=desk.clerk,
        at=moment("2026-03-04"),
    )
    address = make(read_as("clerk"))

    assert [words for words, _ in entries(client, address)] == ["2026-0001 答复期限（待分办）"]


def test_no_applicant_and_no_secret_is_given_away(desk, read_as, client):
    desk.assign(desk.register("2026-03-02"), "2026-03-03")
    browser = read_as("supervisor")
    address = make(browser, str(desk.housing.pk))
    secret = address.split("/")[-1].removesuffix(".ics")

    content = client.get(address).content.decode()

    assert "2026-0001" in content
    assert factories.person().name not in content
    assert secret not in CalendarFeed.objects.get().secret_hash
    assert secret not in browser.get("/reports/feeds/").content.decode()


def test_a_revoked_address_looks_like_an_unknown_one(desk, read_as, client):
    browser = read_as("supervisor")
    address = make(browser, str(desk.housing.pk))

    browser.post(f"/reports/feeds/{CalendarFeed.objects.get().pk}/revoke/")

    assert client.get(address).status_code == 404
    assert client.get("/reports/feeds/unknown.ics").status_code == 404


def test_an_address_dies_with_the_account(desk, read_as, client):
    address = make(read_as("clerk"))
    StaffUser.objects.filter(pk=desk.clerk.staff_id).update(is_active=False)

    assert client.get(address).status_code == 404


def test_nobody_revokes_what_is_not_theirs(desk, read_as):
    make(read_as("supervisor"))
    browser = read_as("head")

    response = browser.post(f"/reports/feeds/{CalendarFeed.objects.get().pk}/revoke/")

    assert response.status_code == 422
    assert CalendarFeed.objects.get().revoked_at is None


def test_a_handler_follows_the_own_department_only(desk, read_as):
    from requests_app.services import feeds
    from tests.offices import moment

    found = factories.refused(
        feeds.make, department_id=desk.finance.pk, actor=desk.handler, at=moment("2026-03-02")
    )
    response = read_as("handler").post("/reports/feeds/", {"department": str(desk.finance.pk)})

    assert found == ("department",)
    assert response.status_code == 422
    assert not CalendarFeed.objects.exists()


def test_addresses_are_limited_and_strangers_get_none(desk):
    from requests_app.services import feeds
    from tests.offices import moment

    at = moment("2026-03-02")
    for _ in range(feeds.MOST_FEEDS):
        feeds.make(department_id=None, actor=desk.clerk, at=at)

    assert factories.refused(feeds.make, department_id=None, actor=desk.clerk, at=at) == (
        "too_many_feeds",
    )
    for call in (feeds.make, feeds.revoke):
        given = {"department_id": None} if call is feeds.make else {"feed_id": 1}
        assert factories.refused(call, actor=desk.archivist, at=at, **given) == ("role",)
