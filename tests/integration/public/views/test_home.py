"""The section's home and the guide print what the settings record says, and nothing else."""

import pytest
from django.test import Client

from requests_app.models import OfficeSettings

pytestmark = pytest.mark.django_db


def test_home_names_three_doors(desk, client):
    page = client.get("/").content.decode()

    doors = [
        page.index(words)
        for words in ("我要申请</strong>", "查询进度</strong>", "先查已公开</strong>")
    ]
    assert doors == sorted(doors)


def test_home_prints_the_guides_facts(desk, client):
    page = client.get("/").content.decode()

    told = (
        "市行政中心主楼415室", "737100", "0935-8213402", "0935-8220051", "电子邮箱 jcsxxgkb@163.com 不接收申请",
        "8:30", "20 个工作日之内",
    )  # fmt: skip
    assert [words for words in told if words not in page] == []


def test_home_follows_a_change_of_settings(desk, client):
    OfficeSettings.objects.update(fax="0935-1112223")

    page = client.get("/").content.decode()

    assert "0935-1112223" in page
    assert "0935-8213402" not in page


def test_guide_tells_remedies_as_of_2024_for_both_bodies(desk, client):
    page = client.get("/guide/").content.decode()

    told = (
        "要先申请行政复议", "60 日内", "6 个月内直接起诉", "甘肃省人民政府", "这个邮箱不接收申请",
        "金昌市人民政府办公室作出的答复", "金昌市人民政府作出的答复",
    )  # fmt: skip
    assert [words for words in told if words not in page] == []


def test_guide_prints_both_tariffs(desk, client):
    page = client.get("/guide/").content.decode()

    lines = (
        "第 1–10 件</th><td>不收费", "第 11–30 件</th><td>每件 100 元", "第 31–40 件</th><td>每件 200 元",
        "第 41 件起</th><td>每多 10 件一档，每件再加 100 元", "第 1–30 页</th><td>不收费",
        "第 31–100 页</th><td>每页 10 元", "第 101–200 页</th><td>每页 20 元", "第 201 页起</th><td>每页 40 元",
    )  # fmt: skip
    assert [line for line in lines if line not in page] == []


def test_pages_never_use_the_words_of_an_acceptance_stage(desk, client):
    for address in ("/", "/guide/", "/apply/who/", "/status/"):
        page = client.get(address).content.decode()
        found = [
            word for word in ("受理", "无效申请", "工作单位", "用途：", "返工") if word in page
        ]
        assert (address, found) == (address, [])


def test_home_before_the_office_is_set_up_says_so(db, client):
    OfficeSettings.objects.all().delete()

    answer = client.get("/")

    assert answer.status_code == 503
    assert "网站还没有准备好" in answer.content.decode()


def test_foot_hides_what_nobody_filled_in(desk, client, settings):
    settings.DEMO = settings.DEBUG = False
    assert "待填" not in client.get("/").content.decode()

    settings.DEMO = True
    assert "待填：十位数字" in client.get("/").content.decode()


def test_look_is_kept_in_a_cookie_and_combines(desk):
    client = Client()

    answer = client.get("/look/?scheme=ky&back=/guide/")
    client.get("/look/?size=elder&back=/guide/")

    assert answer["Location"] == "/guide/"
    assert (
        '<html lang="zh-CN" data-theme="ky" data-elder>' in client.get("/status/").content.decode()
    )


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com/", ""])
def test_look_never_leads_to_another_site(desk, client, back):
    assert client.get("/look/", {"scheme": "wb", "back": back})["Location"] == "/"


def test_look_refuses_an_unknown_scheme(desk, client):
    client.get("/look/?scheme=%22%3E%3Cscript")

    assert '<html lang="zh-CN">' in client.get("/").content.decode()


@pytest.mark.parametrize(("address", "queries"), [("/", 2), ("/guide/", 6), ("/status/", 2)])
def test_pages_ask_the_database_a_fixed_number_of_times(
    desk, client, django_assert_num_queries, address, queries
):
    with django_assert_num_queries(queries):
        client.get(address)


def test_pages_carry_no_script_or_style_of_their_own(desk, client):
    for address in ("/", "/guide/", "/apply/who/", "/status/", "/nowhere/"):
        page = client.get(address).content.decode()
        assert page.count("<script") == page.count('<script src="/static/')
        assert [word for word in ("<style", " style=", " onclick=") if word in page] == []
