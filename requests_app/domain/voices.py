"""What applicants say beside their application: satisfaction, and what should be published (条例 44)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

ART_44_2: Final = "《政府信息公开条例》第四十四条第二款"

#: From worst to best, in the words of the citizen.
SCORE_LABELS: Final[Mapping[int, str]] = MappingProxyType(
    {5: "非常满意", 4: "满意", 3: "一般", 2: "不满意", 1: "非常不满意"}
)


class SuggestionDecision(StrEnum):
    """What the office made of a suggestion: within scope it is published without delay."""

    PUBLISH = "publish"
    DECLINE = "decline"


DECISION_LABELS: Final[Mapping[SuggestionDecision, str]] = MappingProxyType(
    {
        SuggestionDecision.PUBLISH: "采纳，主动公开",
        SuggestionDecision.DECLINE: "不采纳",
    }
)
