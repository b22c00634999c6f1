"""Messages as the desk lists them: to whom, masked; what for; whether it went; and why it did not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from requests_app.domain.letters import KINDS, LetterKind
from requests_app.models import Message
from requests_app.models.messages import MESSAGE_STATUS_LABELS, MessageChannel, MessageStatus
from requests_app.presenters import dates, people

_TONES: Final[Mapping[MessageStatus, str]] = MappingProxyType(
    {
        MessageStatus.DUE: "y",
        MessageStatus.SENDING: "y",
        MessageStatus.SENT: "g",
        MessageStatus.FAILED: "r",
    }
)


@dataclass(frozen=True)
class Line:
    """One message of the list."""

    pk: int
    case_id: int
    number: str
    what: str
    channel: str
    to: str
    status: str
    tone: str
    when: str
    attempts: int
    error: str
    failed: bool


@dataclass(frozen=True)
class Tab:
    """One filter with how many it shows."""

    code: str
    label: str
    count: int


def lines(rows: Iterable[Message]) -> list[Line]:
    """Return the messages of a page, without the words and without a whole address."""
    return [_line(row) for row in rows]


def tabs(counts: Mapping[str, int]) -> list[Tab]:
    """Return the filters, failures first: they need a person."""
    order = (MessageStatus.FAILED, MessageStatus.DUE, MessageStatus.SENDING, MessageStatus.SENT)
    told = [Tab(each.value, MESSAGE_STATUS_LABELS[each], counts.get(each, 0)) for each in order]
    return [Tab("", "全部", sum(counts.values())), *told]


def _line(row: Message) -> Line:
    status, channel = MessageStatus(row.status), MessageChannel(row.channel)
    mask = people.masked_email if channel is MessageChannel.EMAIL else people.masked_phone
    case = row.case
    if case is None:
        message = "a digest to staff stands in no list of cases"
        raise TypeError(message)
    return Line(
        pk=row.pk,
        case_id=case.pk,
        number=case.number,
        what=_what(row),
        channel=row.get_channel_display(),
        to=mask(row.to),
        status=MESSAGE_STATUS_LABELS[status],
        tone=_TONES[status],
        when=_when(row.sent_at or row.due_at),
        attempts=row.attempts,
        error=row.error,
        failed=status is MessageStatus.FAILED,
    )


def _what(row: Message) -> str:
    """Say what the message tells of: a letter, the receipt of the application, a one-time code."""
    if row.letter is not None:
        return KINDS[LetterKind(row.letter.kind)].label
    return "找回查询码" if row.key.startswith("code_recovery:") else "收到申请"


def _when(at: datetime) -> str:
    return dates.minute(at)
