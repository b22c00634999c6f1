"""The table role × act in the admin: the words of the law's division of work, read off the page."""

import re

import pytest
from django.urls import reverse

from requests_app.domain.access import ACT_LABELS, ROLE_LABELS, Act, Role

MARKS = {"可以": True, "不可以": False}


def table(page):
    """Return the printed table as {act: [may each role]}."""
    html = page.content.decode()
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', html)
    return {
        name: [MARKS[mark] for mark in re.findall(r'<span class="vh">([^<]+)</span>', cells)]
        for name, cells in rows
        if "vh" in cells
    }


def test_page_shows_who_may_do_what(at_desk):
    page = at_desk.get(reverse("admin:roles"))
    found = table(page)
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)', page.content.decode())[1:]

    assert heads == [ROLE_LABELS[role] for role in Role]
    assert list(found) == [ACT_LABELS[act] for act in Act]
    may = {name: dict(zip(heads, marks, strict=True)) for name, marks in found.items()}
    signed = [role for role, yes in may["签发"].items() if yes]
    assert signed == ["工作机构负责人"]
    assert [role for role, yes in may["查看证件号码"].items() if yes] == ["经办"]
    assert not any(may[name]["系统管理"] for name in ("查看申请", "起草答复", "归档"))


def test_page_marks_the_readers_own_column(office, sit_down):
    page = sit_down(office.head).get(reverse("admin:roles")).content.decode()

    assert re.findall(r"([^>]+)<small>您的岗位", page) == ["工作机构负责人"]


@pytest.mark.parametrize("who", ["handler", "administrator", "clerk"])
def test_everybody_who_works_here_reads_it(office, sit_down, who):
    browser = sit_down(getattr(office, who))

    assert browser.get(reverse("admin:roles")).status_code == 200
    assert reverse("admin:roles") in browser.get(reverse("admin:setup")).content.decode()


def test_nobody_else_does(client, db):
    answer = client.get(reverse("admin:roles"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))
