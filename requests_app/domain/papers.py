"""The kinds of papers a case holds, and which of them are sensitive."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class PaperKind(StrEnum):
    """What a file is to the case; decides who may see it and how long it stays."""

    IDENTITY = "identity"
    AUTHORISATION = "authorisation"
    GUARDIANSHIP = "guardianship"
    APPLICATION = "application"
    ENVELOPE = "envelope"
    CORRECTION = "correction"
    PAYMENT = "payment"
    OPINION = "opinion"
    RELEASED = "released"
    PROOF = "proof"
    OTHER = "other"


PAPER_KIND_LABELS: Final[Mapping[PaperKind, str]] = MappingProxyType(
    {
        PaperKind.IDENTITY: "身份证明",
        PaperKind.AUTHORISATION: "授权委托书",
        PaperKind.GUARDIANSHIP: "监护人证件、监护证明",
        PaperKind.APPLICATION: "申请表、申请材料",
        PaperKind.ENVELOPE: "信封",
        PaperKind.CORRECTION: "补正材料",
        PaperKind.PAYMENT: "缴费凭证",
        PaperKind.OPINION: "意见",
        PaperKind.RELEASED: "提供的政府信息",
        PaperKind.PROOF: "送达凭证",
        PaperKind.OTHER: "其他材料",
    }
)

#: Kinds that are sensitive personal information (个人信息保护法 28): sealed at rest, each read logged.
SENSITIVE: Final = frozenset({PaperKind.IDENTITY, PaperKind.AUTHORISATION, PaperKind.GUARDIANSHIP})

#: Kinds that bear somebody's papers: their pictures are marked with what they were handed in for.
MARKED: Final = frozenset({PaperKind.IDENTITY, PaperKind.GUARDIANSHIP})

#: What may be added to a case at any time; an answer's own files come with the answer.
ADDED_LATER: Final = tuple(kind for kind in PaperKind if kind is not PaperKind.RELEASED)
