"""What is asked for in the demo, and by whom. Every person, organisation and number is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from requests_app.domain.application import ApplicantKind, FormWanted, OrganisationType, WayWanted
from requests_app.domain.identity import IdKind
from requests_app.domain.matters import Matter
from requests_app.services.applications import ApplicantGiven, PartnerGiven

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
#: A prefix no person's number begins with, so that no number here can be anybody's.
_NOBODYS_AREA: Final = "629999"


@dataclass(frozen=True)
class Ask:
    """One application of the demo."""

    applicant: ApplicantGiven
    description: str
    form: FormWanted = FormWanted.ELECTRONIC
    way: WayWanted = WayWanted.ONLINE
    body_code: str = ""
    document_name: str = ""
    document_number: str = ""
    partners: tuple[PartnerGiven, ...] = ()
    matter: Matter = Matter.DISCLOSURE


def by_post(applicant: ApplicantGiven, description: str, *, body_code: str = "") -> Ask:
    """Ask for paper by post."""
    return Ask(applicant, description, FormWanted.PAPER, WayWanted.POST, body_code=body_code)


def person(
    name: str, *, born: str, n: int, address: str = "金昌市金川区演示路1号"
) -> ApplicantGiven:
    """Invent a citizen, reachable by an address no mail server answers to."""
    return ApplicantGiven(
        kind=ApplicantKind.PERSON,
        name=name,
        identity_kind=IdKind.RESIDENT_CARD,
        identity_number=_number(date.fromisoformat(born), n=n),
        phone="0935-0000000",
        email=f"applicant{n}@example.com",
        address=address,
        postcode="737100",
    )


def together(applicant: ApplicantGiven) -> PartnerGiven:
    """Let somebody of the demo apply together with another."""
    return PartnerGiven(
        kind=applicant.kind,
        name=applicant.name,
        identity_kind=applicant.identity_kind,
        identity_number=applicant.identity_number,
        organisation_type=applicant.organisation_type,
        representative=applicant.representative,
    )


def organisation(
    name: str, *, kind: OrganisationType, representative: str, contact: str, n: int
) -> ApplicantGiven:
    """Invent an organisation."""
    return ApplicantGiven(
        kind=ApplicantKind.ORGANISATION,
        name=name,
        organisation_type=kind,
        representative=representative,
        contact_person=contact,
        phone="0935-0000000",
        email=f"organisation{n}@example.com",
        address="金昌市金川区演示路9号",
        postcode="737100",
    )


def _number(born: date, *, n: int) -> str:
    """Return a number with a right check character (GB 11643) that was given to nobody."""
    first = f"{_NOBODYS_AREA}{born:%Y%m%d}{n:03d}"
    total = sum(int(char) * weight for char, weight in zip(first, _WEIGHTS, strict=True))
    return first + _CHECKS[total % 11]


CHEN: Final = person("陈向前", born="1978-04-12", n=11)
MA: Final = person("马玉兰", born="1985-09-03", n=24)
LIU: Final = person("刘长河", born="1966-12-21", n=37, address="金昌市永昌县演示街5号")
YANG: Final = person("杨小满", born="1999-05-21", n=42)
ZHANG: Final = person("张望川", born="1972-07-30", n=53)
HE: Final = person("何念祖", born="1958-02-18", n=65)
SONG: Final = person("宋知秋", born="1991-08-08", n=76)
GAO: Final = person("高原", born="1988-11-11", n=81)
QIN: Final = person("秦岭月", born="1994-03-15", n=98)
DUAN: Final = person("段青山", born="1981-06-06", n=103)
DAWN: Final = organisation(
    "金昌晨光环保服务有限公司（演示）",
    kind=OrganisationType.BUSINESS,
    representative="石磊",
    contact="石磊",
    n=1,
)
PLAIN: Final = organisation(
    "河西走廊水资源研究会（演示）",
    kind=OrganisationType.RESEARCH,
    representative="白露",
    contact="谷雨",
    n=2,
)
SCALES: Final = organisation(
    "甘肃衡平律师事务所（演示）",
    kind=OrganisationType.LEGAL,
    representative="公孙止",
    contact="温良",
    n=3,
)
