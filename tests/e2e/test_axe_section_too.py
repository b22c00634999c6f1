"""The second half of the open pages by the rules of axe-core, and a page as the server draws it in large."""

import pytest
from playwright.sync_api import expect

from tests import public_pages
from tests.e2e.axe import judge, judge_all
from tests.e2e.test_axe_section import HALF

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def test_the_second_half_of_the_pages_breaks_no_rule(site, open_page):
    page = open_page(reduced_motion="reduce")
    addresses = (*public_pages.addresses()[HALF:], "/nowhere/")

    assert judge_all(page, [site + each for each in addresses]) == []


def test_the_large_version_as_it_is_sent_breaks_no_rule(site, open_page):
    page = open_page(reduced_motion="reduce")

    page.goto(f"{site}/look/?size=elder&scheme=yb&zoom=2&back=/apply/who/")

    assert judge(page) == []


def test_a_form_full_of_slips_breaks_no_rule(site, open_page):
    page = open_page(reduced_motion="reduce")
    found = []
    for address, button in (
        ("/apply/who/", "下一步：要什么"),
        ("/amend/", "提交更正申请"),
        ("/status/", "查看"),
        ("/status/recover/", "发送验证码"),
        ("/fees/", "按件算一算"),
        ("/deadlines/?what0=received&on0=", "算一算"),
    ):
        page.goto(site + address)
        page.get_by_role("button", name=button, exact=True).last.click()
        expect(page.locator("[aria-invalid=true]").first).to_be_attached()
        found += [(address, *each) for each in judge(page)]

    assert found == []
