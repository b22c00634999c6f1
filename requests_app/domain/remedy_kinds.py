"""What a review or a suit about a case can be: its kind, procedure, stage, result, and what we file.

The kinds and the results are those of table 四 of the annual report. Which clock binds us is
``proceedings``; how the results add up, ``annual_remedies``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ProceedingKind(StrEnum):
    """The three groups of columns of table 四."""

    REVIEW = "review"
    DIRECT_SUIT = "direct_suit"
    SUIT_AFTER_REVIEW = "suit_after_review"


PROCEEDING_KIND_LABELS: Final[Mapping[ProceedingKind, str]] = MappingProxyType(
    {
        ProceedingKind.REVIEW: "行政复议",
        ProceedingKind.DIRECT_SUIT: "行政诉讼：未经复议直接起诉",
        ProceedingKind.SUIT_AFTER_REVIEW: "行政诉讼：复议后起诉",
    }
)

SUITS: Final = frozenset({ProceedingKind.DIRECT_SUIT, ProceedingKind.SUIT_AFTER_REVIEW})


class Procedure(StrEnum):
    """How a review is heard; it decides how long we have for our answer. A suit has none."""

    ORDINARY = "ordinary"
    SUMMARY = "summary"


PROCEDURE_LABELS: Final[Mapping[Procedure, str]] = MappingProxyType(
    {
        Procedure.ORDINARY: "普通程序（10个工作日内答复）",
        Procedure.SUMMARY: "简易程序（5个工作日内答复）",
    }
)


class Stage(StrEnum):
    """Where a proceeding stands. An appeal is a stage of the same suit, not another one."""

    PENDING = "pending"
    FIRST_INSTANCE = "first_instance"
    SECOND_INSTANCE = "second_instance"
    RETRIAL = "retrial"


STAGE_LABELS: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        Stage.PENDING: "复议审理",
        Stage.FIRST_INSTANCE: "一审",
        Stage.SECOND_INSTANCE: "二审",
        Stage.RETRIAL: "再审",
    }
)


class Result(StrEnum):
    """How a proceeding ended, as table 四 counts it; none yet is 尚未审结."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"


RESULT_LABELS: Final[Mapping[Result, str]] = MappingProxyType(
    {
        Result.UPHELD: "结果维持",
        Result.CORRECTED: "结果纠正",
        Result.OTHER: "其他结果",
    }
)
PENDING_LABEL: Final = "尚未审结"


class FilingKind(StrEnum):
    """What we hand in. ``REPLY`` (review) and ``EVIDENCE`` (suit) are those a clock waits for."""

    REPLY = "reply"
    EVIDENCE = "evidence"
    STATEMENT = "statement"
    OTHER = "other"


FILING_LABELS: Final[Mapping[FilingKind, str]] = MappingProxyType(
    {
        FilingKind.REPLY: "行政复议答复书和证据、依据",
        FilingKind.EVIDENCE: "答辩状和证据、依据",
        FilingKind.STATEMENT: "补充意见、代理意见",
        FilingKind.OTHER: "其他材料",
    }
)
