"""The page that takes an old register in: look first, every bad row named, all of it or nothing."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_app.admin import register_imports
from requests_app.models import Case, Event, RegisterImport
from tests.offices import moment

URL = reverse("admin:import_register")
HEAD = "编号,收到日期,申请方式,申请人,单位性质,申请内容,办理结果,答复日期,答复文号\n"
FINE = (
    HEAD
    + "2026-0007,2026/1/5,邮寄,李某,,2025年预算,予以公开,2026年1月20日,金政办公开告〔2026〕3号\n"
    + "2026-0009,2026-03-02,,王某,公民,道路设计图,,,\n"
)
BAD = FINE + "2026-0011,不知道,飞鸽,,,预算,,,\n" + ",2026-03-02,,张某,,预算,公布了,,\n"


def words_of(page):
    return page.content.decode()


def workbook(text):
    book = openpyxl.Workbook()
    for line in text.strip().split("\n"):
        book.active.append(line.split(","))
    book.active["B2"] = moment("2026-01-05").replace(tzinfo=None)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


FILES = [
    ("旧台账.csv", FINE.encode("gbk")),
    ("旧台账.csv", FINE.encode("utf-8")),
    ("旧台账.csv", FINE.encode("utf-8-sig")),
    ("旧台账.xlsx", workbook(FINE)),
]
NAMES = ["gbk", "utf-8", "utf-8-with-mark", "xlsx"]


def send(browser, content, name="旧台账.csv", *, take_in=False, **more):
    button = {"take_in": "yes"} if take_in else {"look": "yes"}
    return browser.post(URL, {"file": SimpleUploadedFile(name, content), **button}, **more)


@pytest.mark.parametrize(("name", "content"), FILES, ids=NAMES)
def test_looking_says_what_would_come_in_and_keeps_nothing(at_desk, name, content):
    page = send(at_desk, content, name)

    seen = page.context["seen"]
    assert (page.status_code, len(seen.good), seen.closed, seen.open, seen.bad) == (
        200,
        2,
        1,
        1,
        (),
    )
    assert "没有保存任何内容" in words_of(page)
    assert (Case.objects.count(), RegisterImport.objects.count()) == (0, 0)


@pytest.mark.parametrize(("name", "content"), FILES, ids=NAMES)
def test_taking_in_keeps_all_of_it_and_lists_the_file(at_desk, office, name, content):
    page = send(at_desk, content, name, take_in=True, follow=True)

    assert "已导入2件，其中已办结1件。" in words_of(page)
    assert name in words_of(page)
    found = Case.objects.order_by("number").values_list("number", "status", "applicant__name")
    assert list(found) == [("2026-0007", "archived", "李某"), ("2026-0009", "received", "王某")]
    assert RegisterImport.objects.get().imported_by == office.clerk


def test_every_bad_row_is_named_with_every_fault(at_desk):
    page = send(at_desk, BAD.encode("gbk"))

    bad = page.context["seen"].bad
    assert [(row.row, row.number) for row in bad] == [(4, "2026-0011"), (5, "")]
    text = words_of(page)
    for words in ("“收到日期”写的是“不知道”", "飞鸽", "公布了", '有问题 <b class="bad">2</b> 行'):
        assert words in text, words
    assert "没有问题的，重新选同一个文件" not in text


def test_one_bad_row_and_nothing_of_the_file_comes_in(at_desk):
    before = Event.objects.count()

    page = send(at_desk, BAD.encode(), take_in=True)

    assert page.status_code == 422
    assert "第4行2026-0011" in words_of(page)
    assert (Case.objects.count(), RegisterImport.objects.count()) == (0, 0)
    assert Event.objects.count() == before


def test_the_same_file_twice_is_told(at_desk):
    send(at_desk, FINE.encode(), take_in=True)

    page = send(at_desk, FINE.encode(), "改了名.csv", take_in=True)

    assert page.status_code == 422
    assert "已经导入过" in words_of(page)
    assert RegisterImport.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\1\2", b"PK\x03\x04 no zip", "姓名,电话\n李某,1\n".encode(), HEAD.encode()],
    ids=["empty", "binary", "broken-zip", "other-table", "head-alone"],
)
@pytest.mark.parametrize("take_in", [False, True], ids=["look", "take-in"])
def test_a_file_that_is_no_register_is_told_beside_the_field(at_desk, content, take_in):
    page = send(at_desk, content, take_in=take_in)

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["file"])
    assert not Case.objects.exists()


def test_no_file_and_too_large_a_file_are_told(at_desk, monkeypatch):
    monkeypatch.setattr(register_imports, "_LARGEST", 10)

    none = at_desk.post(URL, {"look": "yes"})
    large = send(at_desk, FINE.encode())

    assert [list(page.context["form"].errors) for page in (none, large)] == [["file"], ["file"]]
    assert "文件超过20MB" in words_of(large)


@pytest.mark.parametrize("who", ["head", "handler", "supervisor", "administrator"])
def test_only_clerks_bring_one_in(office, sit_down, who):
    assert sit_down(getattr(office, who)).get(URL).status_code == 403
    assert send(sit_down(getattr(office, who)), FINE.encode(), take_in=True).status_code == 403
    assert not Case.objects.exists()
