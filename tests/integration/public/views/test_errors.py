"""What went wrong is told in Chinese, inside the site's frame, with a way on."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_nothing_here(desk, client):
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_a_form_left_open_too_long(desk):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/status/", {"number": "2026-0001", "query_code": "X"})

    assert answer.status_code == 403
    assert "这一页放得太久了" in answer.content.decode()


def test_too_much_at_once(desk, client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = client.post("/status/", {"number": "1" * 200})

    assert answer.status_code == 400
    assert "没有收到完整的内容" in answer.content.decode()


def test_what_is_turned_away_early_carries_the_policy_too(desk, client):
    answers = [client.get("/", headers={"Host": "evil.example"}), client.get("/admin")]

    assert [answer.status_code for answer in answers] == [400, 301]
    assert all("frame-ancestors 'none'" in each["Content-Security-Policy"] for each in answers)


@pytest.mark.parametrize(("most", "status"), [(10, 400), (1000, 422)])
def test_a_body_longer_than_allowed_is_not_read(desk, client, settings, most, status):
    settings.REQUEST_MAX_BYTES = most

    answer = client.post("/status/", {"number": "1"})

    assert answer.status_code == status
    assert ("没有收到完整的内容" in answer.content.decode()) == (status == 400)


def test_our_own_mistake_is_told_without_its_trace(desk, client, monkeypatch):
    from requests_app.public.views import home

    def broken(*args, **kwargs):
        raise RuntimeError("秘密的细节")

    monkeypatch.setattr(home.guide, "present", broken)
    client.raise_request_exception = False

    answer = client.get("/")

    assert answer.status_code == 500
    page = answer.content.decode()
    assert "我们这边出错了" in page
    assert "秘密的细节" not in page


def test_our_own_mistake_is_told_without_a_database(desk, client, monkeypatch):
    from django.db import OperationalError

    from requests_app.public import page
    from requests_app.public.views import home

    def away(*args, **kwargs):
        raise OperationalError("no route to the database")

    monkeypatch.setattr(home.page, "office_today", away)
    monkeypatch.setattr(page, "office_today", away)
    client.raise_request_exception = False

    answer = client.get("/")

    assert answer.status_code == 500
    assert "网站暂时连不上数据" in answer.content.decode()
