"""What the system fills into a letter: dates of the clock, words of the case, nobody's secrets."""

from datetime import date

import pytest

from requests_app.domain.application import ApplicantKind, FormWanted, WayWanted
from requests_app.models import Letter, OfficeSettings
from requests_app.selectors import facts, letter_values
from tests import factories
from tests.factories import printed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

TODAY = date(2026, 3, 10)


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def values(case, **changes):
    given = {"case": case, "kind": "correction", "act": "ask_correction", "fields": {}}
    return letter_values.system_values(Letter(**(given | changes)), today=TODAY)


def test_what_every_letter_knows(case):
    found = values(case, kind="disclosed", act="answer")

    filled = {name: value for name, value in found.items() if value}
    assert filled == {
        "issuer": "金昌市人民政府办公室",
        "dated_on": "2026-03-10",
        "addressee": "陈向前",
        "you": "您",
        "case_number": "2026-0001",
        "received_on": "2026-03-02",
        "receipt_rule": "网上提交，以双方确认之日为收到之日；本机关以提交成功的页面作出确认。",
        "channel": "网上提交",
        "request": "2025年金川区老旧小区改造项目清单",
        "due_on": "2026-03-30",
        "website": OfficeSettings.objects.get().website,
        "contact_unit": "金昌市政府办公室信息公开科",
        "contact_phone": "0935-8220051",
        "contact_address": "甘肃省金昌市金川区新华路82号，市行政中心主楼415室",
    }


@pytest.mark.parametrize(
    ("way", "served", "last"),
    [(WayWanted.ONLINE, "2026-03-10", "2026-03-24"), (WayWanted.POST, "2026-03-13", "2026-03-27")],
)
def test_the_last_day_to_correct_is_named_for_the_usual_arrival(desk, way, served, last):
    form = FormWanted.ELECTRONIC if way is WayWanted.ONLINE else FormWanted.PAPER
    case = desk.file("2026-03-02", form_wanted=form, way_wanted=way)

    found = values(case, fields={"correction_days": "10"})

    assert (found["assumed_served_on"], found["correction_last_day"]) == (served, last)


@pytest.mark.parametrize("typed", ["", "十", "-1", "１０"])
def test_a_number_that_is_none_gives_no_date(case, typed):
    assert values(case, fields={"correction_days": typed})["correction_last_day"] == ""


def test_a_company_is_addressed_as_one(desk):
    case = desk.file("2026-03-02", applicant=factories.organisation())

    found = values(case)
    assert (found["addressee"], found["you"]) == ("金昌演示有限公司", "你单位")
    assert case.applicant.kind == ApplicantKind.ORGANISATION


def test_a_date_is_supposed_where_the_office_counts_from_arrival(desk, case):
    OfficeSettings.objects.update(told_by="service")

    letter = desk.extend(case, "2026-03-20")

    assert "延长后的答复期限为2026年4月28日" in printed(letter)
    # Told only when it arrives: until then the old date stands.
    assert factories.due(case) == "2026-03-30"
    desk.fetch(letter, "2026-03-23")
    assert factories.due(case) == "2026-04-28"


def test_if_extended_asks_the_clock_and_writes_nothing(case):
    found = letter_values.if_extended(facts.entries(case), days=20, today=TODAY)

    assert found.due == date(2026, 4, 28)
    assert case.events.count() == 2


def test_a_letter_of_march_keeps_the_telephone_of_march(desk, case):
    settings = OfficeSettings.objects.get()
    settings.pk, settings.effective_from, settings.phone = None, date(2026, 3, 11), "0935-1111111"
    settings.save()

    before = letter_values.system_values(
        Letter(case=case, kind="disclosed", act="answer"), today=date(2026, 3, 10)
    )
    after = letter_values.system_values(
        Letter(case=case, kind="disclosed", act="answer"), today=date(2026, 3, 11)
    )

    assert (before["contact_phone"], after["contact_phone"]) == ("0935-8220051", "0935-1111111")


def test_a_letter_to_the_government_prints_its_own_name(desk):
    case = desk.file("2026-03-02", body_code="government")

    assert values(case)["issuer"] == "金昌市人民政府"


def test_no_value_holds_what_identifies_a_person_beyond_the_name(case):
    for kind, act in (("correction", "ask_correction"), ("consult_third_party", "consult")):
        found = "".join(values(case, kind=kind, act=act).values())

        assert [
            each in found for each in (factories.IDENTITY_NUMBER, "chen@example.com", "13900000000")
        ] == [False] * 3
