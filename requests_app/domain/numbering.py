"""Numbers: of cases, of letters, and the one way to write a document's number.

Here is how a number looks and how what people type becomes that. Which number comes next is drawn
under a lock by a service; the series of each letter kind stands in ``letter_kinds``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.errors import Refused

GB_9704: Final = "GB/T 9704-2012 7.2.5"
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100


class Series(StrEnum):
    """The number series: one counter per body, series and year, without gaps."""

    RECEIPT = "receipt"
    CORRECTION = "correction"
    EXTENSION = "extension"
    CONSULTATION = "consultation"
    ORGAN = "organ"
    FEE = "fee"
    REASONS = "reasons"
    DECISION = "decision"
    ANSWER = "answer"
    AMENDMENT = "amendment"
    SUPERVISION = "supervision"


#: The character each series puts into the number.
SERIES_MARKS: Final[Mapping[Series, str]] = MappingProxyType(
    {
        Series.RECEIPT: "受",
        Series.CORRECTION: "补",
        Series.EXTENSION: "延",
        Series.CONSULTATION: "征",
        Series.ORGAN: "函",
        Series.FEE: "费",
        Series.REASONS: "理",
        Series.DECISION: "定",
        Series.ANSWER: "告",
        Series.AMENDMENT: "正",
        Series.SUPERVISION: "督",
    }
)
SERIES_LABELS: Final[Mapping[Series, str]] = MappingProxyType(
    {
        Series.RECEIPT: "登记回执",
        Series.CORRECTION: "补正告知",
        Series.EXTENSION: "延期、延迟答复告知",
        Series.CONSULTATION: "征求第三方意见",
        Series.ORGAN: "征求机关意见、协办",
        Series.FEE: "收费通知",
        Series.REASONS: "要求说明理由",
        Series.DECISION: "告知第三方的决定",
        Series.ANSWER: "答复、告知",
        Series.AMENDMENT: "更正",
        Series.SUPERVISION: "督办",
    }
)

_CASE_NUMBER: Final = re.compile(r"([0-9]{4})-?([0-9]{4,})")
_DASHES: Final = re.compile(r"[‐-―−－ー—]")
_BRACKETED: Final = re.compile(
    r"(?P<mark>.*?)[\[(〔【{<〈](?P<year>[0-9]{4})年?[\])〕】}>〉](?:第|字第)?0*(?P<n>[1-9][0-9]*)号?"
)
_SPELLED: Final = re.compile(
    r"(?P<mark>.*?[^0-9])(?P<year>(?:19|20)[0-9]{2})年?第0*(?P<n>[1-9][0-9]*)号?"
)


def case_number(year: int, n: int) -> str:
    """Return the number of the ``n``-th case of a year, such as 2026-0184."""
    _check(year, n)
    return f"{year}-{n:04d}"


def normalise_case_number(text: str) -> str:
    """Return a case number as we write it from what a person typed; refuse what cannot be one.

    Accepts full-width digits, any dash or none, and spaces. Refuses everything else with a
    sentence that shows the pattern.
    """
    found = _CASE_NUMBER.fullmatch(_DASHES.sub("-", _narrow(text)))
    if found is None:
        raise Refused.because(
            "case_number_shape", "申请编号是年份加一串数字，例如2026-0184，请对照回执看一看。"
        )
    return f"{found[1]}-{found[2]}"


def letter_number(prefix: str, series: Series, year: int, n: int) -> str:
    """Return a 发文字号 such as 金政办公开告〔2026〕12号.

    Six-corner brackets, Arabic digits, no leading zero, no 第 (GB/T 9704 7.2.5).
    """
    _check(year, n)
    if not prefix.strip():
        raise Refused.because("number_prefix_missing", "请先在设置中填写机关代字。", GB_9704)
    return f"{prefix.strip()}{SERIES_MARKS[series]}〔{year}〕{n}号"


def normalise_document_number(text: str) -> str:
    """Return a document's number in the one form searches compare: 金政发〔2023〕12号.

    Any brackets, full-width digits, spaces, 第, leading zeros and a missing 号 are put right. Text
    that has no year and number in it comes back narrow and without spaces, otherwise as it was.
    """
    narrow = _narrow(text)
    found = _BRACKETED.fullmatch(narrow) or _SPELLED.fullmatch(narrow)
    if found is None:
        return narrow
    return f"{found['mark']}〔{found['year']}〕{found['n']}号"


def _narrow(text: str) -> str:
    narrow = "".join(
        chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char for char in text
    )
    return re.sub(r"[\s\u200b\ufeff]+", "", narrow)


def _check(year: int, n: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused.because("number_year", f"编号的年份应当在{FIRST_YEAR}年至{LAST_YEAR}年之间。")
    if n < 1:
        raise Refused.because("number_below_one", "编号从1开始。")
