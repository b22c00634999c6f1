"""The second factor: asked before any page of staff, set up by scanning, lost and taken away."""

import re

import pytest
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from requests_app.models import SetupChange

PASSWORD = "crane-over-the-river-7"


@pytest.fixture
def person(office):
    office.clerk.set_password(PASSWORD)
    office.clerk.save()
    return office.clerk


@pytest.fixture
def sign_in(client, person):
    def with_password(who=person):
        return client.post(reverse("admin:login"), {"username": who.username, "password": PASSWORD})

    return with_password


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def code_of(device, *, later=0):
    return f"{totp(device.bin_key, drift=later):06d}"


def text(response):
    return response.content.decode()


@pytest.fixture
def with_device(client, person, sign_in):
    """The clerk with a telephone set up, the recovery codes, and signed out again."""
    sign_in()
    client.get(reverse("admin:second_factor_set_up"))
    device = TOTPDevice.objects.get(user=person)
    shown = client.post(reverse("admin:second_factor_set_up"), {"token": code_of(device)})
    client.post(reverse("admin:logout"))
    device.refresh_from_db()
    return device, re.findall(r"<li><code>(\w+)</code>", text(shown))


def test_without_a_device_and_not_required_the_desk_opens(client, sign_in):
    sign_in()

    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.usefixtures("required")
def test_required_leads_to_setting_up_first(client, sign_in):
    sign_in()

    answer = client.get(reverse("admin:intake"))

    assert answer.status_code == 302
    assert answer.url == "/admin/second-factor/set-up/?next=%2Fadmin%2Fintake%2F"
    page = text(client.get(answer.url))
    assert "本系统要求每位工作人员设置" in page
    assert reverse("admin:intake") not in page  # no navigation that does not open


@pytest.mark.usefixtures("required")
def test_set_up_opens_the_desk_and_shows_codes_once(client, person, sign_in):
    sign_in()
    client.get(reverse("admin:second_factor_set_up"))
    device = TOTPDevice.objects.get(user=person)

    shown = client.post(reverse("admin:second_factor_set_up"), {"token": code_of(device)})

    assert len(re.findall(r"<li><code>\w+</code>", text(shown))) == 10
    assert "no-store" in shown["Cache-Control"]
    assert client.get(reverse("admin:index")).status_code == 200
    kept = SetupChange.objects.get()
    assert (kept.before, kept.after) == ({"手机验证器": ""}, {"手机验证器": "启用"})


def test_a_wrong_first_code_changes_nothing(client, person, sign_in):
    sign_in()
    client.get(reverse("admin:second_factor_set_up"))
    key = TOTPDevice.objects.get(user=person).key

    page = text(client.post(reverse("admin:second_factor_set_up"), {"token": "000000"}))

    assert "验证码不对。请填验证器现在显示的6位数字；手机时间要准。" in page
    assert TOTPDevice.objects.get(user=person, confirmed=False).key == key


@pytest.mark.parametrize(
    "name", ["index", "intake", "approvals", "second_factor_set_up", "password_change"]
)
def test_every_page_asks_for_the_code_first(client, sign_in, with_device, name):
    sign_in()

    answer = client.get(reverse(f"admin:{name}"))

    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/admin/second-factor/")


def test_reports_ask_for_the_code_too(client, sign_in, with_device):
    sign_in()

    assert client.get("/reports/").url == "/admin/second-factor/?next=%2Freports%2F"


def test_the_public_site_stays_open(client, sign_in, with_device):
    sign_in()

    assert client.get("/").status_code == 200


def test_a_form_sent_without_the_code_does_nothing(client, sign_in, with_device, case):
    sign_in()

    answer = client.post(f"/admin/cases/{case.pk}/do/note/", {"text": "x"})

    assert answer.url == "/admin/second-factor/?next=%2Fadmin%2F"
    assert not case.events.filter(entry="noted").exists()


def test_the_code_opens_the_page_that_was_wanted(client, sign_in, with_device):
    device, _ = with_device
    sign_in()
    key = client.session.session_key

    answer = client.post(
        reverse("admin:second_factor"),
        {"token": code_of(device, later=1), "next": reverse("admin:intake")},
    )

    assert answer.url == reverse("admin:intake")
    assert client.get(answer.url).status_code == 200
    assert client.session.session_key != key


def test_a_code_is_good_once(client, sign_in, with_device):
    device, _ = with_device
    sign_in()

    page = text(client.post(reverse("admin:second_factor"), {"token": code_of(device)}))

    assert "验证码不对" in page
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_right_code_right_after_a_wrong_one_waits(client, sign_in, with_device):
    device, _ = with_device
    sign_in()
    client.post(reverse("admin:second_factor"), {"token": "000000"})

    page = text(client.post(reverse("admin:second_factor"), {"token": code_of(device, later=1)}))

    assert "要等一会儿再试" in page


def test_a_recovery_code_opens_once(client, sign_in, with_device):
    _, codes = with_device
    sign_in()
    assert client.post(reverse("admin:second_factor"), {"token": codes[0]}).url == "/admin/"
    client.post(reverse("admin:logout"))
    sign_in()

    assert client.post(reverse("admin:second_factor"), {"token": codes[0]}).status_code == 200
    assert client.get(reverse("admin:index")).status_code == 302


def test_the_way_on_never_leads_to_another_site(client, sign_in, with_device):
    _, codes = with_device
    sign_in()

    typed = {"token": codes[0], "next": "https://evil.example/"}

    assert client.post(reverse("admin:second_factor"), typed).url == "/admin/"


def test_codes_are_renewed_by_a_code(client, sign_in, with_device):
    _, codes = with_device
    sign_in()
    client.post(reverse("admin:second_factor"), {"token": codes[0]})

    shown = client.post(reverse("admin:second_factor_set_up"), {"do": "renew", "token": codes[1]})

    new = re.findall(r"<li><code>(\w+)</code>", text(shown))
    assert len(new) == 10
    assert not set(new) & set(codes)


def test_a_device_is_given_up_by_a_code_only(client, person, sign_in, with_device):
    _, codes = with_device
    sign_in()
    client.post(reverse("admin:second_factor"), {"token": codes[0]})
    url = reverse("admin:second_factor_set_up")

    client.post(url, {"do": "stop", "token": "123456"})
    assert TOTPDevice.objects.filter(user=person).exists()
    StaticDevice.objects.get(user=person).throttle_reset()
    client.post(url, {"do": "stop", "token": codes[1]})
    assert not TOTPDevice.objects.filter(user=person).exists()


def take_away(client, *people):
    return client.post(
        reverse("admin:requests_app_staffuser_changelist"),
        {"action": "take_second_factor_away", "_selected_action": [each.pk for each in people]},
        follow=True,
    )


def test_an_administrator_takes_a_lost_device_away(office, person, with_device, sit_down):
    page = text(take_away(sit_down(office.administrator), person))

    assert f"已停用{person}的第二步验证。" in page
    assert not TOTPDevice.objects.filter(user=person).exists()
    last = SetupChange.objects.first()
    assert (last.staff, last.row, last.after) == (
        office.administrator,
        str(person),
        {"手机验证器": "停用"},
    )


def test_nobody_takes_the_own_device_away_by_the_list(office, sit_down):
    TOTPDevice.objects.create(user=office.administrator, confirmed=True)
    browser = sit_down(office.administrator)
    session = browser.session
    session["second_factor"] = "given"
    session.save()

    page = text(take_away(browser, office.administrator))

    assert "自己的第二步验证请用验证码停用" in page
    assert TOTPDevice.objects.filter(user=office.administrator).exists()


def test_a_clerk_takes_nothing_away(client, office, sign_in, with_device):
    _, codes = with_device
    sign_in()
    client.post(reverse("admin:second_factor"), {"token": codes[0]})

    assert take_away(client, office.head).status_code == 403
