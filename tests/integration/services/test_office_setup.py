"""The guide's data: entered once, corrected where the guide errs, never over an edit."""

from datetime import date

import pytest

from requests_app.domain.errors import Refused
from requests_app.domain.lights import Thresholds
from requests_app.domain.remedies import RemedyOffice
from requests_app.domain.rules import (
    LateCorrectionNotice,
    PauseFrom,
    Readings,
    RestDayReceipt,
    ToldBy,
)
from requests_app.models import (
    Department,
    IssuingBody,
    OfficeSettings,
    ReadingPoint,
    RemedySettings,
)
from requests_app.selectors import offices
from requests_app.services import office_setup
from requests_app.services.tally import Tally

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


def test_guide_enters_what_it_states():
    tally = office_setup.seed_guide()

    # settings, two bodies, their remedies, five reading points, one unit
    assert tally == Tally(seen=1, changed=11)
    found = offices.settings(on=TODAY)
    assert (found.phone, found.fax, found.postcode, found.email, found.email_takes_requests) == (
        "0935-8220051",
        "0935-8213402",
        "737100",
        "jcsxxgkb@163.com",
        False,
    )
    assert (found.receiving_unit, found.address, found.correction_working_days) == (
        "金昌市政府办公室信息公开科",
        "甘肃省金昌市金川区新华路82号，市行政中心主楼415室",
        10,
    )
    assert [point.name for point in offices.reading_points(on=TODAY)] == [
        "市政务服务大厅",
        "市图书馆",
        "市博物馆",
        "市档案馆",
        "金昌经开区服务大厅",
    ]


def test_guide_makes_the_office_the_default_body():
    office_setup.seed_guide()

    assert list(
        IssuingBody.objects.order_by("pk").values_list("code", "name", "number_prefix")
    ) == [
        ("office", "金昌市人民政府办公室", "金政办公开"),
        ("government", "金昌市人民政府", "金政公开"),
    ]
    assert offices.default_body().code == "office"


def test_remedies_of_the_office_go_to_the_city_with_the_address_corrected():
    office_setup.seed_guide()

    assert offices.remedies(IssuingBody.objects.get(code="office"), on=TODAY) == RemedyOffice(
        review_body="金昌市人民政府",
        court="有管辖权的人民法院",
        online_channel="全国行政复议服务平台（网址以司法行政部门公布的为准）",
        print_suit_for_inadmissible=True,
        review_address=(
            "甘肃省金昌市金川区延安路103号，金昌市司法局行政复议与应诉科，邮政编码737100"
        ),
    )


def test_remedies_of_the_government_go_to_the_province():
    office_setup.seed_guide()

    assert offices.remedies(IssuingBody.objects.get(code="government"), on=TODAY) == RemedyOffice(
        review_body="甘肃省人民政府",
        court="有管辖权的中级人民法院",
        online_channel="全国行政复议服务平台（网址以司法行政部门公布的为准）",
        print_suit_for_inadmissible=True,
        review_address="",
    )


def test_guide_twice_changes_nothing_and_keeps_edits():
    office_setup.seed_guide()
    OfficeSettings.objects.update(phone="0935-0000000")
    RemedySettings.objects.filter(body__code="office").update(court="某某人民法院")
    IssuingBody.objects.filter(code="office").update(number_prefix="金办公开")
    ReadingPoint.objects.filter(name="市博物馆").delete()

    tally = office_setup.seed_guide()

    assert tally == Tally(seen=1, changed=0)
    assert offices.settings(on=TODAY).phone == "0935-0000000"
    assert offices.remedy_settings(offices.default_body(), on=TODAY).court == "某某人民法院"
    assert offices.default_body().number_prefix == "金办公开"
    assert (offices.reading_points(on=TODAY).count(), Department.objects.count()) == (4, 1)


def test_settings_are_those_in_force_on_the_day():
    office_setup.seed_guide()
    later = OfficeSettings.objects.get()
    later.pk, later.effective_from, later.phone = None, date(2026, 3, 3), "0935-1111111"
    later.save()

    assert offices.settings(on=date(2026, 3, 2)).phone == "0935-8220051"
    assert offices.settings(on=date(2026, 3, 3)).phone == "0935-1111111"


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: offices.settings(on=TODAY), "office_settings_missing"),
        (offices.default_body, "default_body_missing"),
        (
            lambda: offices.remedies(IssuingBody(pk=1, name="某机关"), on=TODAY),
            "remedies_missing",
        ),
    ],
)
def test_office_without_settings_refuses(ask, code):
    with pytest.raises(Refused) as refusal:
        ask()

    assert refusal.value.codes == (code,)


def test_readings_and_thresholds_come_from_the_settings():
    found = OfficeSettings(
        pause_from="service",
        told_by="service",
        rest_day_receipt="defer",
        late_correction_notice="none",
        due_soon_working_days=7,
        due_urgent_working_days=4,
    )

    assert offices.readings(found) == Readings(
        pause_from=PauseFrom.SERVICE,
        told_by=ToldBy.SERVICE,
        rest_day_receipt=RestDayReceipt.DEFER,
        late_correction_notice=LateCorrectionNotice.NONE,
    )
    assert offices.thresholds(found) == Thresholds(soon=7, urgent=4, due=1)


def test_a_reading_point_shows_from_its_first_day_to_its_last():
    office_setup.seed_guide()
    ReadingPoint.objects.exclude(name__in=["市图书馆", "市档案馆"]).delete()
    ReadingPoint.objects.filter(name="市图书馆").update(valid_to=date(2026, 3, 2))
    ReadingPoint.objects.filter(name="市档案馆").update(valid_from=date(2026, 3, 3))

    def names(on):
        return [point.name for point in offices.reading_points(on=on)]

    assert (names(date(2026, 3, 2)), names(date(2026, 3, 3))) == (["市图书馆"], ["市档案馆"])
