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
    """One line of the foot; ``value`` is empty while nobody has filled it in."""

    term: str
    value: str
    hint: str = ""


@dataclass(frozen=True)
class Site:
    """The frame of a page."""

    name: str
    host: str
    domain: str
    identifier: str
    phone: str
    phone_link: str
    hours: str
    facts: tuple[FootFact, ...]


_EMPTY: Final = Site(
    name="政府信息公开",
    host="",
    domain="",
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
    facts = (
        FootFact("主办单位", host),
        FootFact("联系方式", f"{office.phone}　{office.address}"),
        FootFact("网站标识码", office.site_identifier, "十位数字"),
        FootFact("ICP 备案", office.icp_number, "陇ICP备××号"),
        FootFact("公安备案", office.police_number, "甘公网安备××号"),
    )
    return Site(
        name=names.get("government", host),
        host=host,
        domain=urlsplit(office.website).netloc,
        identifier=office.site_identifier,
        phone=office.phone,
        phone_link=dial(office.phone),
        hours=office.office_hours,
        facts=tuple(fact for fact in facts if fact.value or show_unset),
    )


def dial(phone: str) -> str:
    """Return the digits of a telephone number for a link."""
    return re.sub(r"[^0-9+]", "", phone)
