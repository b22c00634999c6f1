"""The application form (申请表): blank, for anybody to print; filled in, as a case was filed.

The form of the office is no condition of an application (条例 29): a letter with the same contents
does as well, and the form says so. Its questions are the catalogue of ``form_fields``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

from requests_app.domain.applicants import RELATION_LABELS
from requests_app.domain.application import FORM_LABELS, ORGANISATION_TYPE_LABELS, WAY_LABELS
from requests_app.domain.form_fields import FIELDS, GROUP_LABELS, Group
from requests_app.domain.identity import ID_KIND_LABELS, PERSON_ID_KINDS, IdKind
from requests_app.domain.sheets import Block, Cell, Option, Rows, Sheet, Words

_Code = TypeVar("_Code", bound=StrEnum)

TITLE: Final = "政府信息公开申请表"
BLANK: Final[Mapping[str, str]] = MappingProxyType({})

_WIDE: Final = frozenset({
    "identity_kind", "organisation_type", "address", "body_code", "description", "form_wanted",
    "way_wanted", "accepts_other_form", "partners", "guardian_relation", "guardian_consent",
    "needs_help",
})  # fmt: skip
#: Written out where there is no room for ticks.
_WRITTEN: Final[Mapping[str, str]] = {
    f"{who}_identity_kind": "如居民身份证、护照。" for who in ("agent", "guardian")
}
#: Room on the blank form, in lines of writing.
_LINES: Final[Mapping[str, int]] = {
    "description": 8,
    "address": 2,
    "document_name": 2,
    "partners": 3,
}
_NOTES: Final[Mapping[str, str]] = {
    "description": "写清是哪件事、哪一年；写不下的，可以另附纸。不用写理由。",
    "address": "电话、邮箱、地址，留一种就行。",
    "document_number": "知道的填写。",
    "agent_phone": "并附授权委托书。",
    **_WRITTEN,
    "credit_code": "没有代码的组织不填。",
    "guardian_consent": "并附监护人证件和户口簿等的复印件。",
    "document_year": "知道的填写。",
    "reading_point": "选查阅的填写。",
    "fax": "选传真的填写。",
}
_YES: Final = "yes"


@dataclass(frozen=True)
class Contact:
    """What the form tells of the office: where it goes and who answers questions.

    ``fax`` and ``website`` are empty where that way is closed.
    """

    issuer: str
    unit: str
    address: str
    postcode: str
    phone: str
    fax: str
    hours: str
    envelope_note: str
    website: str


def blank(contact: Contact, *, bodies: Mapping[str, str]) -> Sheet:
    """Lay the blank form out; ``bodies`` are the names of those who may be asked, by code."""
    return Sheet(
        title=TITLE,
        issuer=contact.issuer,
        blocks=(
            *_groups(BLANK, bodies=bodies, groups=tuple(Group)),
            Rows((Cell("申请人签名\n或者盖章", lines=2), Cell("申请日期", "　　　年　　月　　日"))),
            Words(tuple(_advice(contact)), small=True),
        ),
    )


def filled(
    values: Mapping[str, str],
    *,
    bodies: Mapping[str, str],
    number: str,
    issuer: str,
    received: str,
    organisation: bool,
    others: Collection[Group],
) -> Sheet:
    """Lay out what an applicant filed; numbers of papers come masked or not at all.

    ``received`` tells when and how it was received. Groups that were not for this applicant are
    left out; ``others`` are those of joint applicants, guardian and agent, where there are any.
    """
    who = Group.ORGANISATION if organisation else Group.PERSON
    asked = {who, Group.CONTACT, Group.INFORMATION, Group.FORM, *others}
    groups = tuple(group for group in Group if group in asked)
    return Sheet(
        title=TITLE,
        issuer=issuer,
        number=f"申请编号：{number}",
        blocks=tuple(_groups(values, bodies=bodies, groups=groups)),
        foot=(received, "本表按申请人填报的内容打印；证件号码只印一部分。"),
    )


def _groups(
    values: Mapping[str, str], *, bodies: Mapping[str, str], groups: Iterable[Group]
) -> Iterable[Block]:
    options = _options(bodies)
    for group in groups:
        cells = tuple(
            _cell(name, values=values, options=options.get(name, {}))
            for name, field in FIELDS.items()
            if field.group is group
        )
        # Blank, the applicant fills the first page; the agent and what is wanted stand on the second.
        new_page = group is Group.AGENT and values is BLANK
        yield Rows(cells, head=GROUP_LABELS[group], new_page=new_page)


def _cell(name: str, *, values: Mapping[str, str], options: Mapping[str, str]) -> Cell:
    field = FIELDS[name]
    value = values.get(name, "")
    if options:
        ticks = tuple(Option(text, ticked=code == value) for code, text in options.items())
        return Cell(field.on_paper, options=ticks, note=_note(name, values), wide=name in _WIDE)
    if name in _WRITTEN and value:
        value = ID_KIND_LABELS[IdKind(value)]
    return Cell(
        field.on_paper,
        value,
        note=_note(name, values),
        lines=1 if values else _LINES.get(name, 1),
        wide=name in _WIDE,
    )


def _note(name: str, values: Mapping[str, str]) -> str:
    return "" if values else _NOTES.get(name, "")


def _options(bodies: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    papers = {kind.value: ID_KIND_LABELS[kind] for kind in PERSON_ID_KINDS}
    return {
        "identity_kind": papers,
        "guardian_relation": _codes(RELATION_LABELS),
        "guardian_consent": {_YES: FIELDS["guardian_consent"].label},
        "organisation_type": _codes(ORGANISATION_TYPE_LABELS),
        "body_code": bodies,
        "form_wanted": _codes(FORM_LABELS),
        "way_wanted": _codes(WAY_LABELS),
        "needs_help": {_YES: FIELDS["needs_help"].label},
        "accepts_other_form": {_YES: FIELDS["accepts_other_form"].label},
    }


def _codes(labels: Mapping[_Code, str]) -> dict[str, str]:
    return {code.value: text for code, text in labels.items()}


def _advice(contact: Contact) -> Iterable[str]:
    yield "填表说明"
    yield "1.带＊的要填。公民、单位两栏只填一栏。请附身份证明（身份证件、营业执照等）的复印件；当面提交的，出示证件即可。"
    yield "2.不用说明用途，申请不收费。不用本表、写信写明同样内容的，效力一样。阅读、书写有困难的，请打电话，我们帮您填写。"
    fax = f"传真：{contact.fax}。" if contact.fax else ""
    online = f"网上：{contact.website}" if contact.website else ""
    yield (
        f"3.邮寄：{contact.postcode}　{contact.address}，{contact.unit}收，"
        f"信封上注明“{contact.envelope_note}”。{fax}当面提交：同一地址，{contact.hours}。{online}"
    )
    yield f"4.咨询电话：{contact.phone}。身份和联系信息只用来办这份申请。"
