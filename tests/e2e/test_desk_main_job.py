"""At the desk in a real browser: a clerk asks for a correction and drafts an extension, the head signs."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.models import Letter
from requests_app.services import letters
from tests import offices
from tests.e2e.staff import sign_in, sign_out

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office():
    return offices.set_up()


@pytest.fixture
def case(office):
    return offices.register(office, timezone.now() - timedelta(days=1))


@pytest.fixture
def complaints(page):
    """What the browser complains about: scripts, styles and addresses the policy forbids."""
    found = []
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_clerk_asks_for_a_correction_and_the_head_signs_an_extension(
    live_server, page, office, case, complaints
):
    sign_in(page, live_server.url, "clerk")
    page.get_by_role("link", name=case.number).click()
    page.get_by_role("link", name="办理：延长答复期限").click()
    expect(page.get_by_role("heading", name="对比：办与不办")).to_be_visible()
    page.get_by_label("延期理由").fill("涉及三个部门的纸质档案，需要逐页审查。")
    page.get_by_label("延长工作日数").fill("15")
    page.get_by_role("button", name="起草延期告知书").click()
    expect(page.get_by_role("status")).to_have_text("延期告知书已起草，请送负责人签发。")
    page.get_by_role("link", name="延期答复告知书").click()
    expect(page.get_by_role("article")).to_contain_text("涉及三个部门的纸质档案，需要逐页审查。")
    page.get_by_role("button", name="送签").click()
    expect(page.get_by_role("status")).to_have_text("已送工作机构负责人签发。")

    page.goto(live_server.url + reverse("admin:case", args=[case.pk]))
    page.get_by_role("link", name="办理：告知补正").click()
    page.get_by_label("需要补正的事项").fill("清单指哪一年的")
    page.get_by_label("怎样补正").fill("请写明年份，例如2025年")
    page.get_by_role("button", name="起草补正告知书").click()
    page.get_by_role("link", name="补正告知书").click()
    page.get_by_role("button", name="制发，取得文号").click()
    expect(page.get_by_role("status")).to_have_text(
        re.compile(r"已制发，文号金政办公开补〔\d{4}〕1号。")
    )
    sign_out(page)

    sign_in(page, live_server.url, "head")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="审签").click()
    expect(page.get_by_role("article")).to_contain_text("政府信息公开延期答复告知书")
    page.get_by_role("button", name="同意签发").click()
    expect(page.get_by_role("status")).to_contain_text("已签发，文号金政办公开延〔")
    expect(page.get_by_text("没有等签发的文书")).to_be_visible()

    letters.render_due(at=timezone.now())
    correction = Letter.objects.get(kind="correction")
    assert correction.status == "dispatched"
    page.goto(live_server.url + reverse("admin:case", args=[case.pk]))
    expect(page.get_by_text("发出补正告知书")).to_be_visible()
    response = page.request.get(
        live_server.url + reverse("admin:letter_file", args=[correction.pk])
    )
    assert response.body().startswith(b"%PDF")
    assert complaints == []


def test_list_works_by_keyboard_and_fits_a_phone(live_server, page, office, case, complaints):
    sign_in(page, live_server.url, "clerk")
    page.keyboard.press("j")
    expect(page.locator(".wl tbody tr").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("/")
    page.keyboard.type("陈向前")
    page.keyboard.press("Enter")
    expect(page.get_by_text("查找：陈向前")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 5, "y": 400})
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=case.number)).to_be_visible()

    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        for address in ("admin:index", "admin:intake"):
            page.goto(live_server.url + reverse(address))
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
