"""Why a case was late: which stretch of the work used the days. Days are working days."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Segment(StrEnum):
    """The stretches lateness is attributed to, in the order in which a case passes them."""

    REGISTRATION = "registration"
    ASSIGNMENT = "assignment"
    CORRECTION = "correction"
    SEARCH = "search"
    DEPARTMENT = "department"
    CONSULTATION = "consultation"
    REVIEW = "review"
    SIGNING = "signing"
    DISPATCH = "dispatch"
    SYSTEM = "system"


SEGMENT_LABELS: Final[Mapping[Segment, str]] = MappingProxyType(
    {
        Segment.REGISTRATION: "登记、录入",
        Segment.ASSIGNMENT: "分办、签收",
        Segment.CORRECTION: "补正、与申请人沟通",
        Segment.SEARCH: "检索、整理",
        Segment.DEPARTMENT: "部门意见",
        Segment.CONSULTATION: "征求意见前后",
        Segment.REVIEW: "拟稿、审核",
        Segment.SIGNING: "签发",
        Segment.DISPATCH: "制作、发出",
        Segment.SYSTEM: "系统、设备故障",
    }
)
