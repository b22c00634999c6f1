"""A member of the office at a browser on a day the test names: the acts and letters by their pages."""

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.services import letters
from tests import offices
from tests.e2e import supervisor
from tests.e2e.citizen import press
from tests.offices import moment


def sign_in(page, site, username):
    """Sign in by the page, with name and password."""
    page.goto(site + reverse("admin:login"))
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(offices.PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="工作列表")).to_be_visible()
    page.wait_for_load_state()


def sign_out(page):
    """Leave the desk by its button."""
    page.get_by_role("button", name="退出").click()


class AtDesk:
    """One browser and the office's calendar: who sits at it and which day it is."""

    def __init__(self, page, site, traveller):
        self.page, self.site = page, site
        self._traveller = traveller

    def on(self, day, actor):
        """Let it be ten in the morning of a day, and somebody sit down."""
        self._traveller.move_to(moment(day))
        supervisor.sign_in(self.page, self.site, actor)

    def open_case(self, case):
        """Open the page of a case."""
        self.page.goto(self.site + reverse("admin:case", args=[case.pk]))

    def act(self, case, act, button, /, *, query="", **typed):
        """Open the page of an act, type into its fields by their names, press its button."""
        self.page.goto(self.site + reverse("admin:act", args=[case.pk, act]) + query)
        self.fill(**typed)
        self._send(button)
        expect(self.page.get_by_role("status").first).to_be_visible()

    def fill(self, prefix="", /, **typed):
        """Type into fields, choose of lists and of radio buttons, tick boxes: each by its name."""
        for name, value in typed.items():
            field = self.page.locator(f'[name="{prefix}{name}"]')
            kind = field.first.evaluate("field => field.type")
            if kind == "radio":
                self.page.locator(f'[name="{prefix}{name}"][value="{value}"]').check()
            elif kind == "checkbox":
                field.check()
            elif kind == "select-one":
                field.select_option(value)
            else:
                field.fill(value)

    def letter_act(self, letter, act, button, /, **typed):
        """Open a letter, fill in the form of one of its acts and press that form's button."""
        self.page.goto(self.site + reverse("admin:letter", args=[letter.pk]))
        self.fill(f"{act}-", **typed)
        self._send(button)
        expect(self.page.get_by_role("status").first).to_be_visible()
        letter.refresh_from_db()

    def approve(self):
        """Sign the letter that comes first of those that wait."""
        self.page.goto(self.site + reverse("admin:approvals"))
        self._send("同意签发")
        expect(self.page.get_by_role("status")).to_contain_text("已签发，文号")

    def _send(self, button):
        with self.page.expect_navigation():
            press(self.page, button)

    def make_files(self):
        """Do what the worker does with signed letters."""
        letters.render_due(at=timezone.now())
