"""The lights of the desk: how near a date is, in working days, as a word and a shape.

Thresholds are the office's (settings). A date that has gone by is late even
when no working day has gone by since; a date that is today is not late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Light(StrEnum):
    """What the work list shows beside a case: always a word and a shape, never colour alone."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    DARKRED = "darkred"
    GREY = "grey"
    BLUE = "blue"
    NONE = "none"


LIGHT_LABELS: Final[Mapping[Light, str]] = MappingProxyType(
    {
        Light.GREEN: "正常",
        Light.YELLOW: "预警",
        Light.ORANGE: "临期",
        Light.RED: "今明",
        Light.DARKRED: "超期",
        Light.GREY: "暂停",
        Light.BLUE: "待送达",
        Light.NONE: "办结",
    }
)


class FlagLevel(StrEnum):
    """How near the day is, in working days."""

    SOON = "soon"
    URGENT = "urgent"
    DUE = "due"
    OVERDUE = "overdue"


FLAG_LEVEL_LABELS: Final[Mapping[FlagLevel, str]] = MappingProxyType(
    {
        FlagLevel.SOON: "预警",
        FlagLevel.URGENT: "临期",
        FlagLevel.DUE: "今明到期",
        FlagLevel.OVERDUE: "超期",
    }
)


@dataclass(frozen=True)
class Thresholds:
    """Working days left at which a light changes; settings of the office."""

    soon: int = 5
    urgent: int = 3
    due: int = 1


def level(*, remaining: int, late: bool, thresholds: Thresholds) -> FlagLevel | None:
    """Return how near the last day is. ``remaining`` counts the working days still to come.

    ``late`` is asked apart, because the last day may have gone by with no working day since.
    """
    if late:
        return FlagLevel.OVERDUE
    if remaining <= thresholds.due:
        return FlagLevel.DUE
    if remaining <= thresholds.urgent:
        return FlagLevel.URGENT
    if remaining <= thresholds.soon:
        return FlagLevel.SOON
    return None


_LIGHT_OF: Final[Mapping[FlagLevel | None, Light]] = MappingProxyType(
    {
        None: Light.GREEN,
        FlagLevel.SOON: Light.YELLOW,
        FlagLevel.URGENT: Light.ORANGE,
        FlagLevel.DUE: Light.RED,
        FlagLevel.OVERDUE: Light.DARKRED,
    }
)


def light_of(found: FlagLevel | None) -> Light:
    """Return the light for a running period at this level."""
    return _LIGHT_OF[found]
