"""Locked blocks: what a letter must say whatever the office's wording is, put in when it is composed.

No wording can leave them out or change them. The remedies, which are the largest, have ``remedies``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from requests_app.domain.fees import FEE_MODE_LABELS, FeeMode
from requests_app.domain.withheld_parts import PARTS

# What 国办函〔2020〕109号 articles 4 and 5 lay down, as the notice must state it.
_FEE_STANDARDS: Final[Mapping[FeeMode, str]] = MappingProxyType(
    {
        FeeMode.ITEM: (
            "同一申请人一个自然月内累计申请10件以下（含10件）的，不收费；"
            "11至30件（含30件）的部分，每件100元；"
            "31件以上的部分，以10件为一档，每增加一档，收费标准提高100元/件。"
        ),
        FeeMode.PAGE: (
            "30页以下（含30页）的，不收费；31至100页（含100页）的部分，每页10元；"
            "101至200页（含200页）的部分，每页20元；201页以上的部分，每页40元。"
        ),
    }
)
_JUDGMENT: Final = re.compile(r"行[初终再赔申审]|判")


def fee_standard(mode_label: str) -> str:
    """Return the tariff of the method a fee notice names; empty for a method there is not."""
    found = (_FEE_STANDARDS[mode] for mode, label in FEE_MODE_LABELS.items() if label == mode_label)
    return next(found, "")


def withheld_parts(filled: Mapping[str, str]) -> str:
    """Write out each withheld part with its ground and reason, numbered where there are several.

    条例 37: what is held back is named piece by piece, never in a lump.
    """
    written = [
        f"{filled.get(part.withheld, '')}，{filled.get(part.ground, '')}，"
        f"不予公开。理由是：{filled.get(part.reason, '')}"
        for part in PARTS
        if part.begun(filled)
    ]
    if len(written) > 1:
        written = [f"{number}. {each}" for number, each in enumerate(written, start=1)]
    return "\n".join(written)


def decision_name(typed: str) -> str:
    """Call a review decision or a judgment by what it is and its number, as letters quote it.

    A number alone gets the word of its kind; courts put 行初, 行终 and the like into theirs, and
    the year in brackets, which take no second pair around them.
    """
    if "书" in typed:
        return typed
    if _JUDGMENT.search(typed):
        return f"{typed}行政判决书"
    return f"行政复议决定书（{typed}）"


def decided_again(filled: Mapping[str, str]) -> str:
    """Say by which decision, of what day, received when, a case is answered again; empty for a first answer."""
    number, on = filled.get("decision_number", ""), filled.get("decision_on", "")
    if not (number and on):
        return ""
    made = f"{day}作出的" if (day := filled.get("decision_made_on")) else ""
    return f"本机关于{on}收到{made}{decision_name(number)}，依照其要求对该申请重新办理。"


def replacement(filled: Mapping[str, str]) -> str:
    """Say which letter this one takes the place of; empty where it replaces none."""
    number = filled.get("replaced_number", "")
    return f"文号为{number}的文书已经作废，以本文书为准。" if number else ""
