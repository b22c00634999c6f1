"""What proves an arrival: who signed for the letter, who confirmed the fax with whom, who read back.

The day of receipt itself follows from the channel and stands in ``application``. What is asked here
is what a court asks when that day is disputed (条例 29, 31).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.application import ART_31, RECEIPT_RULES, Arrival, Channel
from requests_app.domain.errors import Reason

_ART_29: Final = "《政府信息公开条例》第二十九条第一款"


class ConfirmedWay(StrEnum):
    """How the office and the applicant confirmed that the paper had come."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    VISIT = "visit"


class ReadBackWay(StrEnum):
    """How an applicant who cannot write agreed to what was taken down."""

    SIGNATURE = "signature"
    FINGERPRINT = "fingerprint"
    RECORDING = "recording"
    WITNESS = "witness"


CONFIRMED_WAY_LABELS: Final[Mapping[ConfirmedWay, str]] = MappingProxyType(
    {
        ConfirmedWay.PHONE: "电话",
        ConfirmedWay.SMS: "短信",
        ConfirmedWay.EMAIL: "电子邮件",
        ConfirmedWay.VISIT: "当面",
    }
)
READ_BACK_WAY_LABELS: Final[Mapping[ReadBackWay, str]] = MappingProxyType(
    {
        ReadBackWay.SIGNATURE: "宣读后本人签名",
        ReadBackWay.FINGERPRINT: "宣读后本人按手印",
        ReadBackWay.RECORDING: "宣读后录音确认",
        ReadBackWay.WITNESS: "宣读后见证人签名",
    }
)

#: Channels by which a letter comes in an envelope, whose postmark may have to prove a day.
POSTED: Final = frozenset({Channel.MAIL_SIGNED, Channel.MAIL_UNSIGNED})

# EMS: thirteen digits, or two letters, nine digits and CN as registered letters have it.
_POST_NUMBER: Final = re.compile(r"\d{13}|[A-Z]{2}\d{9}CN")


@dataclass(frozen=True)
class ArrivalProof:
    """What was noted when the application came. Which of it is needed follows from the channel.

    ``signer`` took the letter from the postman; ``confirmed_with`` was spoken to, at
    ``confirmed_time``; ``late_reason`` says why unsigned mail was not confirmed the day it came.
    """

    tracking_number: str = ""
    signer: str = ""
    postmarked_on: date | None = None
    confirmed_with: str = ""
    confirmed_way: ConfirmedWay | None = None
    confirmed_time: time | None = None
    late_reason: str = ""
    read_back: ReadBackWay | None = None


def normalise_post_number(typed: str) -> str:
    """Return the number of a letter as the post prints it: capitals, no spaces."""
    return "".join(typed.split()).upper()


def reasons_against(proof: ArrivalProof, *, arrival: Arrival) -> tuple[Reason, ...]:
    """Return what the channel asks for and the proof lacks; codes name the fields."""
    rule = RECEIPT_RULES[arrival.channel]
    found: list[Reason] = []
    if arrival.channel is Channel.MAIL_SIGNED:
        number = normalise_post_number(proof.tracking_number)
        if not _POST_NUMBER.fullmatch(number):
            sentence = "请照信封填写邮件号：EMS为13位数字，或者2个字母、9位数字加CN。"
            found.append(Reason("tracking_number", sentence, rule.citation))
        if not proof.signer.strip():
            sentence = "请写明由谁签收（例如：收发室某某），签收之日就是收到之日。"
            found.append(Reason("signer", sentence, rule.citation))
    if (
        arrival.channel in POSTED
        and proof.postmarked_on
        and proof.postmarked_on > arrival.arrived_on
    ):
        found.append(Reason("postmarked_on", "邮戳日不能晚于到达的日子。"))
    if rule.needs_confirmation:
        found += _about_confirmation(proof, arrival=arrival)
    if arrival.channel is Channel.ORAL and proof.read_back is None:
        sentence = "口头申请填好后应当向申请人宣读，请选择申请人怎样确认的。"
        found.append(Reason("read_back", sentence, _ART_29))
    return tuple(found)


def _about_confirmation(proof: ArrivalProof, *, arrival: Arrival) -> list[Reason]:
    found = []
    citation = RECEIPT_RULES[arrival.channel].citation
    if not proof.confirmed_with.strip():
        found.append(Reason("confirmed_with", "请写明与谁确认的（本人、代理人）。", citation))
    if proof.confirmed_way is None:
        found.append(Reason("confirmed_way", "请选择怎样确认的。", citation))
    late = (
        arrival.channel is Channel.MAIL_UNSIGNED
        and arrival.confirmed_on is not None
        and arrival.confirmed_on > arrival.arrived_on
    )
    if late and not proof.late_reason.strip():
        sentence = (
            "平信应当在到达当日与申请人确认；没有当日确认的，请写明原因（例如：两次去电无人接听）。"
        )
        found.append(Reason("late_reason", sentence, f"{ART_31}第（二）项"))
    return found
