"""The pages of the section: each draws, is dated and described, and follows the settings record."""

import html
import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from requests_app.models import OfficeSettings, ReadingPoint
from requests_app.presenters import section
from tests import public_pages
from tests.offices import moment

pytestmark = pytest.mark.django_db

SECTION = [*public_pages.OPEN]


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def tag(page, name):
    found = re.search(rf'<meta name="{name}" content="([^"]*)">', page)
    return found and found[1]


@pytest.mark.parametrize("address", public_pages.addresses())
def test_every_open_page_answers_within_ten_questions_to_the_database(
    desk, client, django_assert_max_num_queries, address
):
    with django_assert_max_num_queries(10):
        assert client.get(address).status_code == 200


def test_tags_name_page_column_and_date(desk, client):
    OfficeSettings.objects.update(guide_updated_on=date(2026, 2, 1), site_identifier="6203000001")

    page = text(client, "/fees/")

    assert {name: tag(page, name) for name in ("SiteName", "SiteDomain", "SiteIDCode")} == {
        "SiteName": "金昌市人民政府",
        "SiteDomain": "www.jcs.gov.cn",
        "SiteIDCode": "6203000001",
    }
    assert (tag(page, "ColumnName"), tag(page, "ColumnType")) == ("依申请公开", "政府信息公开")
    assert (tag(page, "ArticleTitle"), tag(page, "PubDate"), tag(page, "ContentSource")) == (
        "收费标准和计算",
        "2026-02-01 00:00",
        "金昌市人民政府办公室",
    )
    assert tag(page, "Keywords") == "金昌市人民政府,政府信息公开,依申请公开,信息处理费,收费标准"
    assert tag(page, "Description") == section.PAGES["fees"].says


def test_figures_are_dated_the_day_they_are_counted(desk, client):
    with time_machine.travel(moment("2026-03-10"), tick=False):
        assert tag(text(client, "/statistics/"), "PubDate") == "2026-03-10 00:00"


def test_a_page_outside_the_table_has_no_title_and_no_date(desk, client):
    page = client.get("/nowhere/").content.decode()

    assert (tag(page, "ArticleTitle"), tag(page, "PubDate")) == (None, None)
    assert tag(page, "ColumnName") == "依申请公开"


def test_a_version_that_begins_tomorrow_shows_only_tomorrow(desk, client):
    new = OfficeSettings.objects.get()
    new.pk, new.effective_from, new.phone = None, date(2026, 3, 3), "0935-1111111"
    new.save()

    for address in ("/", "/guide/", "/faq/", "/privacy/", "/accessibility/", "/en/"):
        with time_machine.travel(moment("2026-03-02", "23:59"), tick=False):
            before = text(client, address)
        with time_machine.travel(moment("2026-03-03", "00:01"), tick=False):
            after = text(client, address)
        shown = ("0935-1111111" in before, "0935-1111111" in after)
        assert (address, shown) == (address, (False, True))


def test_a_channel_that_is_closed_is_told_nowhere(desk, client):
    OfficeSettings.objects.update(takes_fax=False)

    for address in ("/", "/faq/", "/flow/", "/en/"):
        page = text(client, address)
        assert (address, "传真" in page, "0935-8213402" in page) == (address, False, False)
    assert "三种办法，效力一样" in text(client, "/")


def test_online_filing_that_is_closed_leads_to_the_other_ways(desk, client):
    OfficeSettings.objects.update(takes_online=False)

    page = text(client, "/")

    assert f'href="{reverse("public:guide")}#ways"><span><strong>我要申请' in page
    assert "可以当面、邮寄、传真提交" in page
    assert "在线填写" not in page


def test_e_mail_that_takes_applications_becomes_a_channel(desk, client):
    OfficeSettings.objects.update(email_takes_requests=True)

    page = text(client, "/")

    assert "五种办法，效力一样" in page
    assert "不接收申请" not in page


def test_guide_tells_version_update_seasons_and_reading_points(desk, client):
    OfficeSettings.objects.update(
        guide_updated_on=date(2026, 2, 1), season_hours="冬季下午14:00—17:30"
    )
    ReadingPoint.objects.filter(name="市图书馆").update(address="演示路1号", hours="周二至周日")
    ReadingPoint.objects.filter(name="市博物馆").update(valid_to=date(2020, 1, 1))

    page = text(client, "/guide/")

    told = (
        "2023版，最后更新", "2026-02-01", '自 <time datetime="2023-01-01"', "冬季下午14:00—17:30",
        "市图书馆</strong>，演示路1号，周二至周日", "《金昌市人民政府公报》", "0935-8213402",
    )  # fmt: skip
    assert [words for words in told if words not in page] == []
    assert "市博物馆" not in page


def test_elsewhere_is_a_link_only_where_an_address_is_set(desk, client):
    OfficeSettings.objects.update(petition_url="https://example.cn/xf")

    page = text(client, "/")

    assert '<a href="https://example.cn/xf">信访</a>' in page
    assert "<strong>咨询</strong>" in page


def test_foot_links_names_and_badges(desk, client):
    OfficeSettings.objects.update(
        site_organiser="演示大数据中心",
        icp_number="陇ICP备1号",
        police_number="甘公网安备1号",
        police_url="https://example.cn/police",
        party_badge_url="https://example.cn/badge",
        find_error_url="https://example.cn/error",
    )

    page = text(client, "/")

    for words in (
        "演示大数据中心",
        '<a href="https://beian.miit.gov.cn/">陇ICP备1号</a>',
        '<a href="https://example.cn/police"><img src="/static/img/badges/police.svg" alt=""',
        '<a href="https://example.cn/badge"><img src="/static/img/badges/party.svg"',
        '<a href="https://example.cn/error"><img src="/static/img/badges/error.svg"',
    ):
        assert words in page
    assert "待填" not in page.replace("待填：十位数字", "")


def test_map_leads_to_every_page(desk, client):
    page = text(client, "/sitemap/")

    routes = [entry.address for entry in section.PAGES.values()]
    assert [route for route in routes if f'href="{reverse(route)}"' not in page] == []


def test_every_link_of_every_page_answers(desk, client):
    found = {}
    for address in public_pages.addresses():
        page = text(client, address)
        ids = set(re.findall(r'\bid="([^"]+)"', page))
        for link in map(html.unescape, re.findall(r'href="([^"]+)"', page)):
            if link.startswith("#"):
                assert (address, link[1:] in ids) == (address, True), link
            elif link.startswith("/") and not link.startswith(("/static/", "/look/")):
                found.setdefault(link, address)
            elif link.startswith("?"):
                found.setdefault(address.split("?")[0] + link, address)
    answers = {link: client.get(link, follow=True) for link in found}

    assert {
        link: (found[link], a.status_code) for link, a in answers.items() if a.status_code != 200
    } == {}
    for link, answer in answers.items():
        if "#" in link:
            assert f'id="{link.split("#")[1]}"' in answer.content.decode(), link


@pytest.mark.parametrize("address", public_pages.addresses())
def test_no_page_asks_another_host_for_anything(desk, client, address):
    page = text(client, address)

    assert re.findall(r'(?:src|data|action)="(?:https?:)?//[^"]*"', page) == []
    assert re.findall(r'<link[^>]*href="(?:https?:)?//[^"]*"', page) == []


def test_pages_before_the_office_is_set_up_say_so(db, client):
    OfficeSettings.objects.all().delete()

    for route in ("guide", "flow", "fees", "deadlines", "faq", "privacy", "accessibility"):
        answer = client.get(reverse(f"public:{route}"))
        assert (route, answer.status_code) == (route, 503)
        assert "网站还没有准备好" in answer.content.decode()


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("zoom=2", '<html lang="zh-CN" data-zoom="2">'),
        ("pointer=big", '<html lang="zh-CN" data-pointer>'),
        ("zoom=9&pointer=huge", '<html lang="zh-CN">'),
    ],
)
def test_look_keeps_size_of_words_and_pointer(desk, client, choice, expected):
    client.get(f"/look/?{choice}&back=/")

    assert expected in text(client, "/faq/")


def test_look_of_an_older_cookie_is_still_read(desk, client):
    client.cookies["jc_look"] = "ky.elder"

    assert '<html lang="zh-CN" data-theme="ky" data-elder>' in text(client, "/faq/")
