"""What the desk sees beside the case: the rating, the suggestion to publish, the messages sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from requests_app.domain.voices import DECISION_LABELS, SCORE_LABELS, SuggestionDecision
from requests_app.models import Case, Message
from requests_app.models.messages import MESSAGE_STATUS_LABELS, MessageChannel, MessageStatus
from requests_app.presenters import dates
from requests_app.selectors import voices

_CHANNELS: Final = {MessageChannel.EMAIL.value: "电子邮件", MessageChannel.SMS.value: "短信"}
_TONES: Final = {
    MessageStatus.DUE: "b",
    MessageStatus.SENDING: "b",
    MessageStatus.SENT: "g",
    MessageStatus.FAILED: "r",
}


@dataclass(frozen=True)
class MessageRow:
    """One message to the applicant: by what, how it went. Never its words or its address."""

    about: str
    channel: str
    status: str
    tone: str
    when: str
    error: str


@dataclass(frozen=True)
class ApplicantSaid:
    """Rating and suggestion in words, and the messages."""

    rating: str
    suggestion: str
    decision: str
    to_decide: bool
    messages: tuple[MessageRow, ...]


def of(case: Case, *, may_decide: bool) -> ApplicantSaid:
    """Lay out what stands beside a case whose messages were read with it."""
    rating, suggestion = voices.rating(case), voices.suggestion(case)
    told = ""
    if rating is not None:
        told = SCORE_LABELS[rating.score] + (f"：{rating.words}" if rating.words else "")
    decided = ""
    if suggestion is not None and suggestion.decision:
        label = DECISION_LABELS[SuggestionDecision(suggestion.decision)]
        decided = f"{label}：{suggestion.decision_words}"
    return ApplicantSaid(
        rating=told,
        suggestion=suggestion.text if suggestion else "",
        decision=decided,
        to_decide=may_decide and suggestion is not None and not suggestion.decision,
        messages=tuple(_row(message) for message in case.messages.all()),
    )


def _row(message: Message) -> MessageRow:
    status = MessageStatus(message.status)
    return MessageRow(
        about=message.subject.rpartition("：")[2] or "短信",
        channel=_CHANNELS[message.channel],
        status=MESSAGE_STATUS_LABELS[status],
        tone=_TONES[status],
        when=dates.minute(message.sent_at or message.due_at),
        error=message.error,
    )
