"""Tariffs, receipts and frames as people read them."""

from datetime import date

from requests_app.adapters import calendar_files
from requests_app.domain import fees
from requests_app.models import IssuingBody, OfficeSettings
from requests_app.presenters import guide, receipt, site

BODIES = (
    IssuingBody(code="government", name="金昌市人民政府"),
    IssuingBody(code="office", name="金昌市人民政府办公室", is_default=True),
)


def test_tariff_by_item_is_written_out():
    assert [(tier.span, tier.price) for tier in guide.tiers(fees.BY_ITEM)] == [
        ("第 1–10 件", "不收费"),
        ("第 11–30 件", "每件 100 元"),
        ("第 31–40 件", "每件 200 元"),
        ("第 41 件起", "每多 10 件一档，每件再加 100 元"),
    ]


def test_hours_are_given_in_english_where_they_can_be():
    usual = "周一至周五，8:30—12:00、14:30—18:00（法定节假日、公休日除外）"

    assert guide.english_hours(usual) == (
        "Monday to Friday, 8:30 to 12:00 and 14:30 to 18:00, except public holidays"
    )
    assert [
        guide.english_hours(each) for each in ("", "周六上午", "周一至周五全天", "8:30-12:00")
    ] == [""] * 4


def test_tariff_by_page_is_written_out():
    assert [(tier.span, tier.price) for tier in guide.tiers(fees.BY_PAGE)] == [
        ("第 1–30 页", "不收费"),
        ("第 31–100 页", "每页 10 元"),
        ("第 101–200 页", "每页 20 元"),
        ("第 201 页起", "每页 40 元"),
    ]


def test_exceptions_name_holidays_and_make_up_days_once():
    calendar = calendar_files.packaged_calendar()

    told = receipt.exceptions(calendar, first=date(2026, 9, 15), last=date(2026, 10, 16))

    assert told == "中秋节、国庆节放假，不算；9月20日、10月10日调休上班，算。"


def test_exceptions_of_a_plain_month_are_empty():
    calendar = calendar_files.packaged_calendar()

    assert receipt.exceptions(calendar, first=date(2026, 3, 3), last=date(2026, 3, 30)) == ""


def test_frame_names_site_and_host_and_hides_what_is_unset():
    office = OfficeSettings(phone="0935-8220051", address="新华路82号", icp_number="陇ICP备1号")

    frame = site.frame(office, bodies=BODIES, show_unset=False)

    assert (frame.name, frame.host, frame.phone_link) == (
        "金昌市人民政府",
        "金昌市人民政府办公室",
        "09358220051",
    )
    assert [fact.term for fact in frame.facts] == ["主办单位", "联系方式", "ICP 备案"]


def test_frame_before_the_office_is_set_up_is_bare():
    frame = site.frame(None, bodies=(), show_unset=True)

    assert (frame.name, frame.phone, frame.facts) == ("政府信息公开", "", ())
