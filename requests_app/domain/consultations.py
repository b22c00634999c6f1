"""Whom the office may have to ask, and what an answer or silence means (条例 11, 32, 34)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ConsultationKind(StrEnum):
    """Silence means different things: 条例 32 the office decides, 34 consent, 11 neither."""

    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    ORGAN = "organ"


class Position(StrEnum):
    """What they answered; ``SILENT`` once their 15 working days have gone by."""

    AGREES = "agrees"
    PARTLY = "partly"
    REFUSES = "refuses"
    SILENT = "silent"


CONSULTATION_KIND_LABELS: Final[Mapping[ConsultationKind, str]] = MappingProxyType(
    {
        ConsultationKind.THIRD_PARTY: "第三方（条例第三十二条）",
        ConsultationKind.CO_MAKER: "共同制作机关（条例第三十四条）",
        ConsultationKind.ORGAN: "其他机关（条例第十一条）",
    }
)
POSITION_LABELS: Final[Mapping[Position, str]] = MappingProxyType(
    {
        Position.AGREES: "同意公开",
        Position.PARTLY: "部分同意公开",
        Position.REFUSES: "不同意公开",
        Position.SILENT: "逾期未答复",
    }
)

#: What the law makes of silence after 15 working days. Only for a co-maker it is consent (条例 34).
SILENCE: Final[Mapping[ConsultationKind, str]] = MappingProxyType(
    {
        ConsultationKind.THIRD_PARTY: "第三方逾期未提出意见，由本机关依照条例的规定决定是否公开。",
        ConsultationKind.CO_MAKER: "共同制作机关逾期未提出意见，视为同意公开。",
        ConsultationKind.ORGAN: "逾期未提出意见，由本机关决定。",
    }
)
