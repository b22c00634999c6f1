"""Read the rows of an old register of applications: which column is which, what each row says.

Headings differ from office to office; the usual ones are known. A row that cannot be read says so,
every fault at once. Nothing is guessed: an outcome nobody knows the meaning of is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

from requests_app.domain.application import ApplicantKind, Channel, OrganisationType
from requests_app.domain.errors import Refused
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode

Known = TypeVar("Known")


class Column(StrEnum):
    """What a column of an old register may hold."""

    NUMBER = "number"
    RECEIVED_ON = "received_on"
    CHANNEL = "channel"
    APPLICANT = "applicant"
    APPLICANT_KIND = "applicant_kind"
    DESCRIPTION = "description"
    OUTCOME = "outcome"
    CLOSED_ON = "closed_on"
    ANSWER_NUMBER = "answer_number"


HEADINGS: Final[Mapping[Column, tuple[str, ...]]] = MappingProxyType(
    {
        Column.NUMBER: ("申请编号", "编号", "登记号"),
        Column.RECEIVED_ON: ("收到日期", "收到申请日期", "收件日期", "申请日期"),
        Column.CHANNEL: ("提交方式", "申请方式", "渠道"),
        Column.APPLICANT: ("申请人", "申请人姓名", "姓名", "申请人姓名或者名称"),
        Column.APPLICANT_KIND: ("申请人类型", "单位性质", "类型"),
        Column.DESCRIPTION: ("所需政府信息", "所需信息", "申请内容", "内容描述"),
        Column.OUTCOME: ("答复结果", "办理结果", "答复类型"),
        Column.CLOSED_ON: ("办结日期", "答复日期", "答复时间"),
        Column.ANSWER_NUMBER: ("答复文号", "文号"),
    }
)
REQUIRED: Final = (Column.NUMBER, Column.RECEIVED_ON, Column.APPLICANT, Column.DESCRIPTION)

_CHANNELS: Final[Mapping[str, Channel]] = MappingProxyType(
    {
        "": Channel.COUNTER,
        "网上": Channel.ONLINE, "网上提交": Channel.ONLINE, "网络": Channel.ONLINE,
        "当面": Channel.COUNTER, "当面提交": Channel.COUNTER, "现场": Channel.COUNTER,
        "邮寄": Channel.MAIL_SIGNED, "信函": Channel.MAIL_SIGNED, "邮寄（需签收）": Channel.MAIL_SIGNED,
        "平信": Channel.MAIL_UNSIGNED, "邮寄（平信）": Channel.MAIL_UNSIGNED,
        "传真": Channel.FAX,
        "口头": Channel.ORAL, "口头申请，代为填写": Channel.ORAL,
    }
)  # fmt: skip

_KINDS: Final[Mapping[str, tuple[ApplicantKind, OrganisationType | None]]] = MappingProxyType(
    {
        "": (ApplicantKind.PERSON, None),
        "公民": (ApplicantKind.PERSON, None),
        "自然人": (ApplicantKind.PERSON, None),
        "个人": (ApplicantKind.PERSON, None),
        "商业企业": (ApplicantKind.ORGANISATION, OrganisationType.BUSINESS),
        "科研机构": (ApplicantKind.ORGANISATION, OrganisationType.RESEARCH),
        "社会公益组织": (ApplicantKind.ORGANISATION, OrganisationType.WELFARE),
        "法律服务机构": (ApplicantKind.ORGANISATION, OrganisationType.LEGAL),
        "其他": (ApplicantKind.ORGANISATION, OrganisationType.OTHER),
        "法人或者其他组织": (ApplicantKind.ORGANISATION, OrganisationType.OTHER),
    }
)

#: What old registers call outcomes, besides the labels of this house.
_OUTCOMES: Final[Mapping[str, OutcomeCode]] = MappingProxyType(
    {
        **{outcome.label: code for code, outcome in OUTCOMES.items()},
        "公开": OutcomeCode.DISCLOSED,
        "同意公开": OutcomeCode.DISCLOSED,
        "部分公开": OutcomeCode.PARTIAL,
        "主动公开": OutcomeCode.ALREADY_PUBLIC,
        "已主动公开": OutcomeCode.ALREADY_PUBLIC,
        "信息不存在": OutcomeCode.NOT_EXIST,
        "不存在": OutcomeCode.NOT_EXIST,
        "非本机关公开": OutcomeCode.NOT_OURS,
        "不属于本机关公开": OutcomeCode.NOT_OURS,
        "需要另行制作": OutcomeCode.NEEDS_PROCESSING,
        "重复申请": OutcomeCode.REPEATED,
        "信访": OutcomeCode.PETITION,
        "撤回": OutcomeCode.WITHDRAWN,
        "撤销": OutcomeCode.WITHDRAWN,
        "逾期不补正": OutcomeCode.LAPSED_CORRECTION,
        "逾期未补正": OutcomeCode.LAPSED_CORRECTION,
        "逾期未缴费": OutcomeCode.LAPSED_FEE,
        "其他": OutcomeCode.OTHER,
    }
)

_DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
_LONGEST_NUMBER: Final = 20
_LONGEST_NAME: Final = 120


@dataclass(frozen=True)
class OldCase:
    """One row that can be taken in. Without ``closed_on`` the case is still open."""

    row: int
    number: str
    received_on: date
    channel: Channel
    name: str
    kind: ApplicantKind
    organisation_type: OrganisationType | None
    description: str
    outcome: OutcomeCode | None = None
    closed_on: date | None = None
    answer_number: str = ""
    original: Mapping[str, str] | None = None


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be taken in: its place in the file, its number, and every fault."""

    row: int
    number: str
    faults: tuple[str, ...]


def read(
    table: Sequence[Sequence[str]], *, today: date
) -> tuple[tuple[OldCase, ...], tuple[BadRow, ...]]:
    """Return the rows that can be read and those that cannot; empty rows are passed over.

    Refuses a table without the headings that are needed. A number that stands twice is a fault of
    the second row.
    """
    if not table:
        raise Refused.because("file", "这个表格是空的。")
    headings = [cell.strip() for cell in table[0]]
    places = _places(headings)
    good: list[OldCase] = []
    bad: list[BadRow] = []
    seen: dict[str, int] = {}
    for row, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        given = {
            column: cells[place].strip() if place < len(cells) else ""
            for column, place in places.items()
        }
        faults: list[str] = []
        case = _case(row, given, faults=faults, today=today)
        number = given[Column.NUMBER]
        if number and number in seen:
            faults.append(f"编号与第{seen[number]}行重复")
        seen.setdefault(number, row)
        if case is None or faults:
            bad.append(BadRow(row, number, tuple(faults)))
        else:
            kept = {
                head: cell for head, cell in zip(headings, cells, strict=False) if head and cell
            }
            good.append(replace(case, original=kept))
    return tuple(good), tuple(bad)


def _places(headings: Sequence[str]) -> Mapping[Column, int]:
    found = {
        column: headings.index(name)
        for column, names in HEADINGS.items()
        for name in names[::-1]
        if name in headings
    }
    missing = [HEADINGS[column][0] for column in REQUIRED if column not in found]
    if missing:
        sentence = f"第一行应当是表头，缺少：{'、'.join(missing)}。"
        raise Refused.because("file", sentence)
    return found


def _case(
    row: int, given: Mapping[Column, str], *, faults: list[str], today: date
) -> OldCase | None:
    faults += [f"没有填“{HEADINGS[column][0]}”" for column in REQUIRED if not given[column]]
    for column, longest in ((Column.NUMBER, _LONGEST_NUMBER), (Column.APPLICANT, _LONGEST_NAME)):
        if len(given[column]) > longest:
            faults.append(f"“{HEADINGS[column][0]}”超过{longest}字")
    received = _day(given, Column.RECEIVED_ON, faults=faults, today=today)
    closed = _day(given, Column.CLOSED_ON, faults=faults, today=today)
    outcome = _known(given, Column.OUTCOME, _OUTCOMES, faults=faults)
    channel = _known(given, Column.CHANNEL, _CHANNELS, faults=faults)
    kind = _known(given, Column.APPLICANT_KIND, _KINDS, faults=faults)
    if bool(given.get(Column.OUTCOME)) != bool(given.get(Column.CLOSED_ON)):
        faults.append("答复结果和办结日期要么都填，要么都不填")
    if received and closed and closed < received:
        faults.append(f"办结日期{closed}早于收到日期{received}")
    if faults or received is None or channel is None or kind is None:
        return None
    return OldCase(
        row=row,
        number=given[Column.NUMBER],
        received_on=received,
        channel=channel,
        name=given[Column.APPLICANT],
        kind=kind[0],
        organisation_type=kind[1],
        description=given[Column.DESCRIPTION],
        outcome=outcome,
        closed_on=closed,
        answer_number=given.get(Column.ANSWER_NUMBER, ""),
    )


def _known(
    given: Mapping[Column, str],
    column: Column,
    known: Mapping[str, Known],
    *,
    faults: list[str],
) -> Known | None:
    typed = given.get(column, "")
    if typed not in known and typed:
        faults.append(f"“{HEADINGS[column][0]}”写的是“{typed[:20]}”，不认识")
    return known.get(typed)


def _day(
    given: Mapping[Column, str], column: Column, *, faults: list[str], today: date
) -> date | None:
    typed = given.get(column, "")
    if not typed:
        return None
    found = _DAY.fullmatch(typed)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        faults.append(f"“{HEADINGS[column][0]}”写的是“{typed[:20]}”，不是日期")
    elif day > today:
        faults.append(f"“{HEADINGS[column][0]}”{day}晚于今天")
    return day
