"""The office's first data: what its published guide states, once, and never over an edit.

Source: 《金昌市政府信息公开指南》（2023版）. Three things differ from its letter, each on purpose: the
review office's address there names the city twice and stands corrected here; the guide predates
the review law in force since 2024-01-01, so reviewing bodies follow that law; and it names no
court, because jurisdiction in Gansu is concentrated, so the courts are worded safely until the
legal adviser has set and signed them.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction

from requests_app.domain import remedies
from requests_app.models import (
    Department,
    IssuingBody,
    OfficeSettings,
    ReadingPoint,
    RemedySettings,
)
from requests_app.services.tally import Tally

GUIDE_FROM: Final = date(2023, 1, 1)
REVIEW_LAW_FROM: Final = date(2024, 1, 1)

_ADDRESS: Final = "甘肃省金昌市金川区新华路82号，市行政中心主楼415室"
_PHONE: Final = "0935-8220051"
_POSTCODE: Final = "737100"
_FAX: Final = "0935-8213402"

_PUBLISHING_CHANNELS: Final = """\
金昌市人民政府门户网站和“金昌市人民政府”微信公众号
《金昌市人民政府公报》
市政府新闻发布会
报刊、广播、电视等"""

_SETTINGS: Final = {
    "source": "《金昌市政府信息公开指南》（2023版）；复议机构地址原文“金昌市”重复，已更正",
    "guide_version": "2023版",
    "office_name": "金昌市政务公开领导小组办公室",
    "receiving_unit": "金昌市政府办公室信息公开科",
    "address": _ADDRESS,
    "postcode": _POSTCODE,
    "phone": _PHONE,
    "fax": _FAX,
    "email": "jcsxxgkb@163.com",
    "email_takes_requests": False,
    "office_hours": "周一至周五，8:30—12:00、14:30—18:00（法定节假日、公休日除外）",
    "envelope_note": "政府信息公开申请",
    "website": "http://www.jcs.gov.cn/",
    "complaint_body": "金昌市人民政府办公室",
    "complaint_phone": _PHONE,
    "complaint_fax": _FAX,
    "complaint_address": _ADDRESS,
    "complaint_postcode": _POSTCODE,
    "publishing_channels": _PUBLISHING_CHANNELS,
    "correction_working_days": 10,
}

#: Body, full name, 机关代字, and whether it is the one an application goes to when none is named.
_BODIES: Final = (
    (remedies.IssuingBody.OFFICE, "金昌市人民政府办公室", "金政办公开", True),
    (remedies.IssuingBody.GOVERNMENT, "金昌市人民政府", "金政公开", False),
)

#: Where papers for review are handed in, as the guide gives it for the city's own review.
_REVIEW_ADDRESSES: Final = {
    remedies.IssuingBody.OFFICE: (
        "甘肃省金昌市金川区延安路103号，金昌市司法局行政复议与应诉科",
        _POSTCODE,
    ),
}
#: 行政复议法 22 ¶2 wants the channel named in every letter served online; the guide has none.
_REVIEW_ONLINE: Final = "全国行政复议服务平台（网址以司法行政部门公布的为准）"

_READING_POINTS: Final = (
    "市政务服务大厅", "市图书馆", "市博物馆", "市档案馆", "金昌经开区服务大厅",
)  # fmt: skip

#: The one working unit the guide names.
_DEPARTMENTS: Final = (("xxgkk", "信息公开科", _PHONE),)


def seed_guide() -> Tally:
    """Enter what the guide states where nothing stands yet; leave alone what does."""
    with transaction.atomic():
        made = sum((_settings(), _bodies(), _reading_points(), _departments()))
    return Tally(seen=1, changed=made)


def _settings() -> int:
    if OfficeSettings.objects.exists():
        return 0
    OfficeSettings.objects.create(effective_from=GUIDE_FROM, **_SETTINGS)
    return 1


def _bodies() -> int:
    made = 0
    for code, name, prefix, is_default in _BODIES:
        body, created = IssuingBody.objects.get_or_create(
            code=code.value,
            defaults={
                "name": name,
                "number_prefix": prefix,
                "is_default": is_default
                and not IssuingBody.objects.filter(is_default=True).exists(),
            },
        )
        made += created
        if not body.remedies.exists():
            _remedies(body, code=code)
            made += 1
    return made


def _remedies(body: IssuingBody, *, code: remedies.IssuingBody) -> None:
    by_law = remedies.remedy_office_for(code)
    address, postcode = _REVIEW_ADDRESSES.get(code, ("", ""))
    RemedySettings.objects.create(
        body=body,
        effective_from=REVIEW_LAW_FROM,
        review_body=by_law.review_body,
        review_address=address,
        review_postcode=postcode,
        review_online=_REVIEW_ONLINE,
        court=by_law.court,
    )


def _reading_points() -> int:
    if ReadingPoint.objects.exists():
        return 0
    points = [ReadingPoint(name=name, position=n) for n, name in enumerate(_READING_POINTS)]
    return len(ReadingPoint.objects.bulk_create(points))


def _departments() -> int:
    if Department.objects.exists():
        return 0
    rows = [
        Department(code=code, name=name, phone=phone, valid_from=GUIDE_FROM)
        for code, name, phone in _DEPARTMENTS
    ]
    return len(Department.objects.bulk_create(rows))
