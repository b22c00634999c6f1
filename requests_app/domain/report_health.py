"""What the health page of the reports watches, and from when on something is worth a look."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

#: A pause this long is asked about, in working days.
LONG_PAUSE_WORKING_DAYS: Final = 30
#: An extension is granted late when at most so many working days were left: day 19 or 20 of 20.
LATE_EXTENSION_WORKING_DAYS_LEFT: Final = 1
#: How far back extensions and voided entries are looked at, in calendar days.
LOOKS_BACK_DAYS: Final = 30
#: A letter that went out so many working days ago should have its proof of arrival by now.
PROOF_WITHIN_WORKING_DAYS: Final = 5
#: An open case nobody touched for so many working days is quiet.
QUIET_WORKING_DAYS: Final = 5


class Concern(StrEnum):
    """Each kind of thing that is listed case by case."""

    LONG_PAUSE = "long_pause"
    LATE_EXTENSION = "late_extension"
    NO_PROOF = "no_proof"
    QUIET = "quiet"
    VOIDED = "voided"
    MISMATCH = "mismatch"


CONCERN_LABELS: Final[Mapping[Concern, str]] = MappingProxyType(
    {
        Concern.LONG_PAUSE: f"暂停、等待超过{LONG_PAUSE_WORKING_DAYS}个工作日",
        Concern.LATE_EXTENSION: "期限只剩一天才延期",
        Concern.NO_PROOF: f"文书发出{PROOF_WITHIN_WORKING_DAYS}个工作日仍无送达凭据",
        Concern.QUIET: f"{QUIET_WORKING_DAYS}个工作日没有任何办理",
        Concern.VOIDED: f"近{LOOKS_BACK_DAYS}日有作废的事项",
        Concern.MISMATCH: "期限与台账不符",
    }
)
CONCERN_HINTS: Final[Mapping[Concern, str]] = MappingProxyType(
    {
        Concern.LONG_PAUSE: "请核对征求意见、补正、缴费是否早已到期，是否该催问或者确认视为放弃。",
        Concern.LATE_EXTENSION: f"近{LOOKS_BACK_DAYS}日。第19、20日才决定延期的，说明前面的时间没有用好。",
        Concern.NO_PROOF: "没有凭据，“按期答复”在复议、诉讼中难以证明。",
        Concern.QUIET: "期限在计，却没有新的事项。等申请人、第三方的不算。",
        Concern.VOIDED: "作废的事项都留痕；常常作废的，请看是谁、为什么。",
        Concern.MISMATCH: "现在按台账重新推算，与列表上保存的日期对照。不一致的，今晚的核对会改正并记录。",
    }
)
