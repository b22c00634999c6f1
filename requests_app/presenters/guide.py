"""The disclosure guide as a page: every fact from the settings, every rule from the domain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from requests_app.domain import fees, rules
from requests_app.domain.fees import Tariff
from requests_app.domain.remedies import RemedyOffice
from requests_app.models import OfficeSettings, ReadingPoint
from requests_app.presenters import section
from requests_app.presenters.site import dial


@dataclass(frozen=True)
class Channel:
    """One way to hand an application in. ``lines`` stand below each other, the first one strong."""

    name: str
    lines: tuple[str, ...]
    link: str = ""


@dataclass(frozen=True)
class Elsewhere:
    """Where a matter belongs that is no request for a document; ``url`` empty where none is set."""

    name: str
    what: str
    where: str
    url: str = ""


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
    updated_on: date
    channels: tuple[Channel, ...]
    ways: str
    on_paper: str
    by_copy: str
    published_in: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...]
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
    publication_days: int

    @property
    def english_hours(self) -> str:
        """Return the office hours in English; empty where the setting is written another way."""
        return english_hours(self.office.office_hours)


_HOURS: Final = re.compile(r"(\d{1,2}:\d{2})[—–-](\d{1,2}:\d{2})")


def english_hours(typed: str) -> str:
    """Translate hours of working days, such as 周一至周五，8:30—12:00、14:30—18:00; nothing else is guessed."""
    spans = [f"{opens} to {closes}" for opens, closes in _HOURS.findall(typed)]
    if not typed.startswith("周一至周五") or not spans:
        return ""
    return f"Monday to Friday, {' and '.join(spans)}, except public holidays"


def present(
    office: OfficeSettings,
    *,
    points: Iterable[ReadingPoint] = (),
    remedies: Iterable[tuple[str, RemedyOffice]] = (),
) -> Guide:
    """Lay out the guide; ``remedies`` pairs each body's name with its reviewer and court."""
    channels = _channels(office)
    return Guide(
        office=office,
        phone_link=dial(office.phone),
        updated_on=section.guide_date(office),
        channels=channels,
        ways=f"{_NUMERALS[len(channels)]}种办法，效力一样",
        on_paper="、".join(channel.name for channel in channels if not channel.link),
        by_copy="、".join(
            each.name for each in channels if not each.link and each.name != _COUNTER
        ),
        published_in=tuple(filter(None, map(str.strip, office.publishing_channels.splitlines()))),
        elsewhere=_elsewhere(office),
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
        publication_days=rules.PROACTIVE.days,
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
    """List the ways that are open. Those in person and by post can never be closed (条例 29)."""
    mark = f"注明“{office.envelope_note}”，附身份证件复印件"
    online = Channel(
        "网上", ("在线填写", "随时可以填；提交成功，我们就算收到"), link="public:apply"
    )
    hours = "；".join(each for each in (office.office_hours, office.season_hours) if each)
    post = f"{office.postcode} {office.address}，{office.receiving_unit} 收"
    return (
        *((online,) if office.takes_online else ()),
        Channel(_COUNTER, (f"{office.address}，{office.receiving_unit}", f"{hours}。请带身份证件")),
        Channel("邮寄", (post, f"信封{mark}")),
        *((Channel("传真", (office.fax, mark)),) if office.takes_fax else ()),
        *((Channel("电子邮件", (office.email, mark)),) if office.email_takes_requests else ()),
    )


def _elsewhere(office: OfficeSettings) -> tuple[Elsewhere, ...]:
    return (
        Elsewhere(
            "信访",
            "提意见、反映困难、要求解决问题",
            "请到信访部门，或者国家信访局网上信访平台",
            office.petition_url,
        ),
        Elsewhere(
            "投诉、举报",
            "要求查处违法行为",
            "请向有权处理的部门提出，或者拨打 12345",
            office.report_url,
        ),
        Elsewhere(
            "咨询",
            "想知道政策怎么规定、事情怎么办",
            "请拨打 12345，或者问办事窗口",
            office.enquiry_url,
        ),
    )


_COUNTER: Final = "当面"
_NUMERALS: Final = ("零", "一", "两", "三", "四", "五")
