"""What every public page carries: the site's name, its contacts, the foot of the page.

All of it comes from the one settings record. A value nobody has filled in is hidden from the
public, and shown as 待填 where the site is only a demonstration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from requests_app.models import IssuingBody, OfficeSettings


@dataclass(frozen=True)
class FootFact:
    """One line of the foot; ``value`` is empty while nobody has filled it in.

    ``badge`` names a picture of ours beside the words, ``link`` where they lead.
    """

    term: str
    value: str
    hint: str = ""
    link: str = ""
    badge: str = ""


@dataclass(frozen=True)
class Site:
    """The frame of a page."""

    name: str
    host: str
    domain: str
    website: str
    identifier: str
    phone: str
    phone_link: str
    hours: str
    facts: tuple[FootFact, ...]
    #: The largest single file an upload may be; 0 before the office is set up.
    max_file_mb: int = 0


#: Where every ICP number can be looked up.
ICP_REGISTER: Final = "https://beian.miit.gov.cn/"

_EMPTY: Final = Site(
    name="政府信息公开",
    host="",
    domain="",
    website="",
    identifier="",
    phone="",
    phone_link="",
    hours="",
    facts=(),
)


def frame(
    office: OfficeSettings | None, *, bodies: Iterable[IssuingBody], show_unset: bool
) -> Site:
    """Build the frame from the settings in force; a bare one before anybody has set the office up."""
    if office is None:
        return _EMPTY
    names = {body.code: body.name for body in bodies}
    host = next((body.name for body in bodies if body.is_default), office.office_name)
    facts = _facts(office, host=host)
    return Site(
        name=office.site_name or names.get("government", host),
        host=host,
        domain=urlsplit(office.website).netloc,
        website=office.website,
        identifier=office.site_identifier,
        phone=office.phone,
        phone_link=dial(office.phone),
        hours=office.office_hours,
        facts=tuple(fact for fact in facts if fact.value or (show_unset and fact.hint)),
        max_file_mb=office.max_file_mb,
    )


def unset(office: OfficeSettings) -> tuple[str, ...]:
    """Return the items the foot of a government site must bear and nobody has filled in."""
    return tuple(fact.term for fact in _facts(office, host="-") if fact.hint and not fact.value)


def _facts(office: OfficeSettings, *, host: str) -> tuple[FootFact, ...]:
    """Lay out the foot's items (政府网站发展指引); a hint marks those that may not stay empty."""
    badge, error = office.party_badge_url, office.find_error_url
    return (
        FootFact("主办单位", host),
        FootFact("承办单位", office.site_organiser),
        FootFact("联系方式", "　".join(each for each in (office.phone, office.address) if each)),
        FootFact("网站标识码", office.site_identifier, "十位数字"),
        FootFact("ICP 备案", office.icp_number, "陇ICP备××号", link=ICP_REGISTER),
        FootFact(
            "公安备案", office.police_number, "甘公网安备××号", office.police_url, badge="police"
        ),
        FootFact("党政机关标识", "党政机关" if badge else "", "标识的链接", badge, badge="party"),
        FootFact(
            "网站找错", "我为政府网站找错" if error else "", "平台的链接", error, badge="error"
        ),
    )


def dial(phone: str) -> str:
    """Return the digits of a telephone number for a link."""
    return re.sub(r"[^0-9+]", "", phone)
