"""What went wrong is told in Chinese, inside the site's frame, with a way on."""

import io

import pytest
from django.test import Client
from PIL import Image

from tests.integration.public.views.conftest import WHO, photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


def noise(name):
    """Return an upload that is a picture of some kilobytes."""
    drawn = io.BytesIO()
    Image.effect_noise((80, 80), 90).save(drawn, "JPEG", quality=95)
    drawn.name = name
    drawn.seek(0)
    return drawn


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


@pytest.mark.parametrize(("most", "status"), [(10, 413), (1000, 422)])
def test_a_body_longer_than_allowed_is_not_read(desk, client, settings, most, status):
    settings.REQUEST_MAX_BYTES = most

    answer = client.post("/status/", {"number": "1"})

    assert answer.status_code == status
    told = "一次传得太多了" in answer.content.decode()
    assert told == (status == 413)


def test_text_alone_is_not_read_beyond_the_limit_itself(desk, client, settings):
    settings.REQUEST_MAX_BYTES = 100
    form = "application/x-www-form-urlencoded"

    answer = client.post("/status/", "number=" + "1" * 200, content_type=form)

    assert answer.status_code == 413
    assert 'href="/status/"' in answer.content.decode()


def test_of_files_too_large_together_the_rest_is_named_and_the_words_are_kept(
    desk, client, settings
):
    from requests_app.models import DraftFile

    pictures = [noise(f"{name}.jpg") for name in "一二三"]
    settings.REQUEST_MAX_BYTES = len(pictures[0].getvalue()) * 3 // 2

    answer = client.post("/apply/who/", {**WHO, "identity_paper": pictures})

    assert answer.status_code == 422
    assert [line.sentence for line in answer.context["form"].problems()] == [
        f"“{name}.jpg”：没有收下：一次传的文件合起来不能超过 0 MB，请分几次传。" for name in "二三"
    ]
    assert answer.context["form"]["name"].value() == WHO["name"]
    assert [row.name for row in DraftFile.objects.all()] == ["一.jpg"]


def test_files_too_large_together_are_named_also_where_no_draft_keeps_them(
    desk, citizen, client, settings
):
    case = desk.file("2026-03-02")
    desk.ask_correction(case, "2026-03-02", served="2026-03-02")
    citizen.let_in(case)
    settings.REQUEST_MAX_BYTES = 300

    answer = client.post(
        f"/status/{case.pk}/correct/", {"text": "2025年宝晶里", "papers": photo("小区.jpg")}
    )

    assert answer.status_code == 422
    assert [line.link for line in answer.context["form"].problems()] == ["#id_papers"]
    assert "2025年宝晶里" in answer.content.decode()
    assert not case.attachments.filter(kind="correction").exists()


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
