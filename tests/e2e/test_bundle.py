"""In a real browser: a clerk prints a slip, sees what is missing, makes the bundle and takes it."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from requests_app.adapters import pdf
from tests import offices

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems())),
]


@pytest.fixture
def case():
    office = offices.set_up()
    return offices.register(office, timezone.now() - timedelta(days=1))


@pytest.fixture
def complaints(page):
    found = []
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def taken(page, link):
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    return download.value.path().read_bytes()


def test_clerk_makes_the_bundle_and_takes_it(live_server, page, case, complaints):
    page.goto(live_server.url + reverse("admin:login"))
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码").fill(offices.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name=case.number).click()
    expect(page.get_by_role("heading", name="打印")).to_be_visible()

    page.get_by_role("link", name="卷宗", exact=True).click()
    expect(page.get_by_text("没有申请表（申请书）原件的扫描件。")).to_be_visible()
    page.get_by_label("放入原件（须写明理由，并留下查看记录）").check()
    page.get_by_role("button", name="制作卷宗").click()
    expect(page.get_by_text("放入身份证明原件必须写明理由。").first).to_be_visible()
    page.get_by_label("不放入").check()
    page.get_by_role("button", name="制作卷宗").click()
    expect(page.get_by_text("卷宗已制成")).to_be_visible()

    bound = PdfReader(io.BytesIO(taken(page, "PDF（")))
    assert [mark.title for mark in bound.outline if not isinstance(mark, list)][:3] == [
        "封面",
        "卷内目录",
        "申请表（含信封）",
    ]
    with zipfile.ZipFile(io.BytesIO(taken(page, "压缩包（"))) as archive:
        assert "manifest.json" in archive.namelist()
    assert complaints == [
        "Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"
    ]
