"""What the system checks say of the calendar and of letters."""

import pytest
import time_machine
from django.db import DatabaseError

from requests_app import checks
from requests_app.models import CalendarNotice, OfficeSettings
from requests_app.services import office_setup
from tests import offices

NOW = offices.moment("2026-10-31", "12:00")


def told(found):
    return [(message.id, message.msg) for message in found]


@pytest.mark.django_db
def test_calendar_that_is_missing():
    found = checks.check_calendar(databases=["default"])

    assert told(found) == [
        ("jc.W002", "No notice on public holidays is approved; no date can be computed.")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-10-31", []),
        (
            "2026-11-01",
            [("jc.W003", "The calendar ends with 2026: dates in 2027 are provisional.")],
        ),
    ],
)
def test_calendar_that_ends_too_soon(today, expected):
    offices.set_up_calendar()

    with time_machine.travel(offices.moment(today), tick=False):
        assert told(checks.check_calendar(databases=["default"])) == expected


@pytest.mark.django_db
def test_calendar_that_counts_wrong():
    offices.set_up_calendar()
    notice = CalendarNotice.objects.get(number="国办发明电〔2025〕7号")
    notice.days.filter(kind="makeup").delete()
    CalendarNotice.objects.filter(pk=notice.pk).update(approved_at=NOW)

    with time_machine.travel(NOW, tick=False):
        found = checks.check_calendar(databases=["default"])

    assert {message.id for message in found} == {"jc.E002"}
    assert found[0].msg.startswith("2025-12-31起第7个工作日应为2026-01-12")


def test_calendar_is_not_looked_at_without_a_database():
    assert checks.check_calendar(databases=None) == []


def test_letters_that_cannot_be_drawn(monkeypatch):
    monkeypatch.setattr("requests_app.adapters.pdf.problems", lambda: ["缺少系统库 libpango-1.0。"])

    assert told(checks.check_letters()) == [("jc.W001", "缺少系统库 libpango-1.0。")]


def test_letters_that_go_out_unsigned_are_told_outside_a_demo(settings):
    settings.SIGNING_CERTIFICATE = ""
    assert told(checks.check_signature()) == []
    settings.DEMO = False

    assert told(checks.check_signature()) == [
        ("jc.I001", "文书没有电子签名：请设置 JC_SIGNING_CERTIFICATE（PKCS#12 证书文件）。")
    ]


def test_certificate_that_cannot_be_used(settings, tmp_path):
    settings.SIGNING_CERTIFICATE = str(tmp_path / "office.p12")
    (tmp_path / "office.p12").write_bytes(b"no certificate")

    assert told(checks.check_signature()) == [
        ("jc.W004", f"签名证书{tmp_path / 'office.p12'}打不开，请核对文件和口令。")
    ]


@pytest.mark.django_db
def test_foot_that_lacks_what_a_government_site_must_bear(settings):
    settings.DEMO = False
    office_setup.seed_guide()
    OfficeSettings.objects.update(
        icp_number="陇ICP备1号", find_error_url="https://example.cn/error"
    )

    found = checks.check_foot(databases=["default"])

    assert told(found) == [
        (
            "jc.W005",
            "The foot of every page lacks: 网站标识码、公安备案、党政机关标识.",
        )
    ]


@pytest.mark.django_db
def test_foot_that_is_complete(settings):
    settings.DEMO = False
    office_setup.seed_guide()
    OfficeSettings.objects.update(
        icp_number="陇ICP备1号",
        police_number="甘公网安备1号",
        site_identifier="6203000001",
        party_badge_url="https://example.cn/badge",
        find_error_url="https://example.cn/error",
    )

    assert checks.check_foot(databases=["default"]) == []
    assert checks.check_foot() == []


@pytest.mark.django_db
def test_foot_is_not_asked_of_a_demonstration(settings):
    settings.DEMO = True
    office_setup.seed_guide()

    assert checks.check_foot(databases=["default"]) == []


@pytest.mark.django_db
def test_foot_before_anything_is_set_up(settings):
    settings.DEMO = False

    assert checks.check_foot(databases=["default"]) == []


@pytest.mark.django_db
def test_foot_over_tables_older_than_the_code(settings, monkeypatch):
    settings.DEMO = False

    def no_such_column(*, on):
        raise DatabaseError("no such column")

    monkeypatch.setattr(checks.offices, "settings", no_such_column)

    assert checks.check_foot(databases=["default"]) == []
