"""The file of a case as the guide lays it down (存档): what belongs in it, in which order, what is missing.

Pure: what a case holds comes in as ``Item``s, whatever table or file they come from. Reading them
belongs to ``selectors.dossiers``, binding them to ``adapters``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.application import Channel
from requests_app.domain.errors import Reason

GUIDE: Final = "《金昌市政府信息公开指南》二（五）"


class Section(StrEnum):
    """The sections of a file, in the guide's order; what the guide leaves out stands where it fits."""

    APPLICATION = "application"
    IDENTITY = "identity"
    OTHER = "other"
    RECEIPT = "receipt"
    CORRECTION = "correction"
    THIRD_PARTY = "third_party"
    NOTICES = "notices"
    HANDLING = "handling"
    CO_OPINION = "co_opinion"
    LEGAL_OPINION = "legal_opinion"
    ANSWER = "answer"
    DELIVERY = "delivery"
    ACCESS = "access"
    DEADLINE = "deadline"


SECTION_LABELS: Final[Mapping[Section, str]] = MappingProxyType(
    {
        Section.APPLICATION: "申请表（含信封）",
        Section.IDENTITY: "证件及其他证明材料",
        Section.OTHER: "申请人提供的其他材料",
        Section.RECEIPT: "接收回执",
        Section.CORRECTION: "补正",
        Section.THIRD_PARTY: "第三方意见征询",
        Section.NOTICES: "延期、收费等告知",
        Section.HANDLING: "办理单",
        Section.CO_OPINION: "其他行政机关的协办意见",
        Section.LEGAL_OPINION: "法律顾问咨询建议书、审查意见",
        Section.ANSWER: "答复书及附件",
        Section.DELIVERY: "邮寄单据及签收单据",
        Section.ACCESS: "查阅和借阅记录",
        Section.DEADLINE: "期限说明",
    }
)
_PLACES: Final = {section: place for place, section in enumerate(Section)}


class Part(IntEnum):
    """Where a paper stands among those of one matter: 复文在前，来文在后；正文在前，附件在后."""

    REPLY = 0
    TEXT = 1
    ATTACHMENT = 2


class Source(StrEnum):
    """Where the pages of an item come from."""

    LETTER = "letter"
    PAPER = "paper"
    MADE = "made"


class IdentityChoice(StrEnum):
    """What a bundle shows of the papers that prove identity."""

    LEFT_OUT = "left_out"
    MASKED = "masked"
    FULL = "full"


IDENTITY_CHOICE_LABELS: Final[Mapping[IdentityChoice, str]] = MappingProxyType(
    {
        IdentityChoice.MASKED: "以说明页代替，证件号码只印一部分",
        IdentityChoice.LEFT_OUT: "不放入",
        IdentityChoice.FULL: "放入原件（须写明理由，并留下查看记录）",
    }
)


@dataclass(frozen=True)
class Item:
    """One paper of the file. ``key`` is its id at its source; ``matter`` keeps what belongs together.

    ``pages`` is None until somebody has counted. ``identity`` marks what proves who somebody is.
    """

    section: Section
    title: str
    on: date
    source: Source
    key: str
    number: str = ""
    part: Part = Part.TEXT
    matter: str = ""
    pages: int | None = None
    identity: bool = False


@dataclass(frozen=True)
class Holding:
    """What a case must be able to show, as far as it has come; ``missing`` judges it.

    ``undelivered`` are letters whose service moves something; ``unconfirmed`` those that only repeat
    what the applicant knows: receipts, a withdrawal confirmed, the notice that others are asked.
    """

    channel: Channel
    identity_verified: bool
    has_agent: bool
    receipt: bool
    unmade: tuple[str, ...]
    undelivered: tuple[str, ...]
    posted: int
    proofs: int
    consultations_without_answer: tuple[str, ...]
    answered: bool
    closed_without_answer: bool
    opinions: bool
    kinds: Collection[Section]
    has_envelope: bool
    has_authorisation: bool
    unconfirmed: tuple[str, ...] = ()


def arrange(items: Iterable[Item]) -> tuple[Item, ...]:
    """Put papers into the order of the file.

    By section; in a section matter by matter as they began; within a matter the reply before what it
    replies to, the text before its attachments, then by day and number.
    """
    items = tuple(items)
    began: dict[tuple[Section, str], date] = {}
    for item in items:
        place = (item.section, item.matter)
        began[place] = min(began.get(place, item.on), item.on)
    return tuple(
        sorted(
            items,
            key=lambda item: (
                _PLACES[item.section],
                began[item.section, item.matter],
                item.matter,
                item.part,
                item.on,
                item.number,
                item.key,
            ),
        )
    )


def without_identity(items: Iterable[Item], *, choice: IdentityChoice) -> tuple[Item, ...]:
    """Leave the papers of identity out, or turn each into a page that stands for it, or keep them."""
    if choice is IdentityChoice.FULL:
        return tuple(items)
    if choice is IdentityChoice.LEFT_OUT:
        return tuple(item for item in items if not item.identity)
    return tuple(
        replace(item, title=f"{item.title}（说明页）", source=Source.MADE, key=f"masked:{item.key}")
        if item.identity
        else item
        for item in items
    )


def missing(held: Holding) -> tuple[Reason, ...]:
    """Name what the guide wants in the file and the case does not hold, as far as it has come."""
    found: list[Reason] = []

    def lacks(code: str, sentence: str, *, unless: bool) -> None:
        if not unless:
            found.append(Reason(code, sentence, GUIDE))

    paper = held.channel in {Channel.COUNTER, Channel.MAIL_SIGNED, Channel.MAIL_UNSIGNED}
    posted = held.channel in {Channel.MAIL_SIGNED, Channel.MAIL_UNSIGNED}
    scanned = Section.APPLICATION in held.kinds
    lacks("application", "没有申请表（申请书）原件的扫描件。", unless=scanned or not paper)
    lacks("envelope", "没有信封的扫描件；邮戳证明日期。", unless=held.has_envelope or not posted)
    proved = Section.IDENTITY in held.kinds or held.identity_verified
    lacks("identity", "没有身份证明，也没有当面核验的记录。", unless=proved)
    lacks(
        "authorisation",
        "有代理人，没有授权委托书。",
        unless=held.has_authorisation or not held.has_agent,
    )
    lacks("receipt", "没有接收回执。", unless=held.receipt)
    for name in held.consultations_without_answer:
        lacks("opinion", f"没有登记{name}的意见，也没有登记逾期未答复。", unless=False)
    for name in held.unmade:
        lacks("unmade", f"{name}已经签发，文件还没有制成。", unless=False)
    for name in held.undelivered:
        lacks("delivery", f"{name}没有送达的登记。", unless=False)
    for name in held.unconfirmed:
        lacks("confirmation", f"{name}没有送达的登记。", unless=False)
    proof = f"邮寄了{held.posted}份文书，邮寄、签收单据的扫描件只有{held.proofs}份。"
    lacks("proof", proof, unless=held.proofs >= held.posted)
    lacks("answer", "没有发出的答复书。", unless=held.answered or held.closed_without_answer)
    lacks(
        "legal_opinion",
        "没有部门、法律顾问或者审查的意见。",
        unless=held.opinions or held.closed_without_answer,
    )
    return tuple(found)
