"""The disclosure guide as a page: every fact from the settings, every rule from the domain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from requests_app.domain import fees, rules
from requests_app.domain.fees import Tariff
from requests_app.domain.remedies import RemedyOffice
from requests_app.models import OfficeSettings, ReadingPoint
from requests_app.presenters.site import dial


@dataclass(frozen=True)
class Channel:
    """One way to hand an application in. ``lines`` stand below each other, the first one strong."""

    name: str
    lines: tuple[str, ...]
    link: str = ""


@dataclass(frozen=True)
class Tier:
    """One line of a tariff as people read it."""

    span: str
    price: str


@dataclass(frozen=True)
class Remedy:
    """Who reviews and which court hears what one body decides."""

    body: str
    review_body: str
    review_address: str
    review_online: str
    court: str


@dataclass(frozen=True)
class Guide:
    """What the guide and the home page print of the office."""

    office: OfficeSettings
    phone_link: str
    channels: tuple[Channel, ...]
    points: tuple[ReadingPoint, ...]
    by_item: tuple[Tier, ...]
    by_page: tuple[Tier, ...]
    remedies: tuple[Remedy, ...]
    reply_days: int
    extension_days: int
    correction_notice_days: int
    correction_days: int
    third_party_days: int
    payment_days: int


def present(
    office: OfficeSettings,
    *,
    points: Iterable[ReadingPoint] = (),
    remedies: Iterable[tuple[str, RemedyOffice]] = (),
) -> Guide:
    """Lay out the guide; ``remedies`` pairs each body's name with its reviewer and court."""
    return Guide(
        office=office,
        phone_link=dial(office.phone),
        channels=_channels(office),
        points=tuple(points),
        by_item=tiers(fees.BY_ITEM),
        by_page=tiers(fees.BY_PAGE),
        remedies=tuple(
            Remedy(name, each.review_body, each.review_address, each.online_channel, each.court)
            for name, each in remedies
        ),
        reply_days=rules.REPLY.days,
        extension_days=rules.EXTENSION.days,
        correction_notice_days=rules.CORRECTION_NOTICE.days,
        correction_days=office.correction_working_days,
        third_party_days=rules.THIRD_PARTY.days,
        payment_days=rules.PAYMENT.days,
    )


def tiers(tariff: Tariff) -> tuple[Tier, ...]:
    """Write a tariff out, its free band first and its open end last."""
    lines = []
    start = 1
    for band in tariff.bands:
        lines.append(Tier(f"第 {start}–{band.last} {tariff.unit}", _price(band.price, tariff.unit)))
        start = band.last + 1
    if tariff.tail_width is None:
        lines.append(Tier(f"第 {start} {tariff.unit}起", _price(tariff.tail_price, tariff.unit)))
        return tuple(lines)
    last = start + tariff.tail_width - 1
    lines.append(Tier(f"第 {start}–{last} {tariff.unit}", _price(tariff.tail_price, tariff.unit)))
    rise = f"每多 {tariff.tail_width} {tariff.unit}一档，每{tariff.unit}再加 {tariff.tail_rise} 元"
    lines.append(Tier(f"第 {last + 1} {tariff.unit}起", rise))
    return tuple(lines)


def _price(yuan: int, unit: str) -> str:
    return f"每{unit} {yuan} 元" if yuan else "不收费"


def _channels(office: OfficeSettings) -> tuple[Channel, ...]:
    mark = f"注明“{office.envelope_note}”，附身份证件复印件"
    return (
        Channel("网上", ("在线填写", "随时可以填；提交成功，我们就算收到"), link="public:apply"),
        Channel("当面", (office.address, f"{office.office_hours}。请带身份证件")),
        Channel(
            "邮寄",
            (f"{office.postcode} {office.address}，{office.receiving_unit} 收", f"信封{mark}"),
        ),
        Channel("传真", (office.fax, mark)),
    )
