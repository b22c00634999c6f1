"""What a case is about: information wanted, or an own record that is wrong (条例 27, 41).

The two share ledger, roles and letters; periods, acts and outcomes part. The clock's own
``CaseKind`` is another word: it parts applications from information owed unasked.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

ART_41: Final = "《政府信息公开条例》第四十一条"


class Matter(StrEnum):
    """The type of a case: 依申请公开, or 更正 of a record about the applicant."""

    DISCLOSURE = "disclosure"
    AMENDMENT = "amendment"


MATTER_LABELS: Final[Mapping[Matter, str]] = MappingProxyType(
    {
        Matter.DISCLOSURE: "申请公开",
        Matter.AMENDMENT: "申请更正",
    }
)
