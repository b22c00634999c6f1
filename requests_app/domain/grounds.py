"""Why information may be withheld: the seven coded grounds of articles 14 to 16 (条例 13).

Free text alone is no ground. A ground says what the law says of a kind of information; the reason
why it fits the paper at hand is written in the letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

REGULATION: Final = "《中华人民共和国政府信息公开条例》"


class Ground(StrEnum):
    """The code of a ground, as stored."""

    CLASSIFIED = "classified"
    BANNED = "banned"
    SAFETY = "safety"
    THIRD_PARTY = "third_party"
    INTERNAL = "internal"
    PROCESS = "process"
    ENFORCEMENT = "enforcement"


@dataclass(frozen=True)
class GroundRule:
    """One ground: its article, what it says of the information, and what the law then orders.

    ``sentence`` follows 该信息; ``consequence`` follows 依法. ``discretionary`` marks article 16,
    which only allows withholding: the reason must then say why the office does so.
    """

    ground: Ground
    label: str
    article: str
    sentence: str
    consequence: str
    discretionary: bool = False

    @property
    def citation(self) -> str:
        """Return the article with the name of the regulation."""
        return f"{REGULATION}{self.article}"


GROUNDS: Final[Mapping[Ground, GroundRule]] = MappingProxyType(
    {
        rule.ground: rule
        for rule in (
            GroundRule(
                Ground.CLASSIFIED,
                label="国家秘密",
                article="第十四条",
                sentence="属于依法确定为国家秘密的政府信息",
                consequence="不予公开",
            ),
            GroundRule(
                Ground.BANNED,
                label="法律、行政法规禁止公开",
                article="第十四条",
                sentence="属于法律、行政法规禁止公开的政府信息",
                consequence="不予公开",
            ),
            GroundRule(
                Ground.SAFETY,
                label="危及国家安全、公共安全、经济安全、社会稳定",
                article="第十四条",
                sentence="属于公开后可能危及国家安全、公共安全、经济安全、社会稳定的政府信息",
                consequence="不予公开",
            ),
            GroundRule(
                Ground.THIRD_PARTY,
                label="损害第三方合法权益（商业秘密、个人隐私等）",
                article="第十五条",
                sentence="属于涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息",
                consequence="不得公开",
            ),
            GroundRule(
                Ground.INTERNAL,
                label="内部事务信息",
                article="第十六条第一款",
                sentence="属于行政机关人事管理、后勤管理、内部工作流程等方面的内部事务信息",
                consequence="可以不予公开",
                discretionary=True,
            ),
            GroundRule(
                Ground.PROCESS,
                label="过程性信息",
                article="第十六条第二款",
                sentence=(
                    "属于行政机关在履行行政管理职能过程中形成的"
                    "讨论记录、过程稿、磋商信函、请示报告等过程性信息"
                ),
                consequence="可以不予公开",
                discretionary=True,
            ),
            GroundRule(
                Ground.ENFORCEMENT,
                label="行政执法案卷信息",
                article="第十六条第二款",
                sentence="属于行政执法案卷信息",
                consequence="可以不予公开",
                discretionary=True,
            ),
        )
    }
)
