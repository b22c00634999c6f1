"""Read those who apply together off a paper form: one on a line, name, paper, number.

A clerk copies what stands on the form; any comma, bar or tab may stand between the parts.
"""

from __future__ import annotations

import re
from typing import Final

from requests_app.domain.application import ApplicantKind
from requests_app.domain.identity import ID_KIND_LABELS, IdKind
from requests_app.services.applications import PartnerGiven

HELP: Final = (
    "每行一个：姓名，证件类型，证件号码。例如“李四，居民身份证，62…”。"
    "单位写“单位名称，统一社会信用代码，91…”，没有代码的只写“单位名称，单位”。"
)
_BETWEEN: Final = re.compile(r"[，,|｜\t]")
_KINDS: Final = {label: kind for kind, label in ID_KIND_LABELS.items()}
_ORGANISATION: Final = "单位"


def read(text: str) -> tuple[PartnerGiven, ...]:
    """Return who is named; raise ``ValueError`` with a sentence for the line that cannot be read."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(_line(line, place) for place, line in enumerate(lines, start=1))


def _line(line: str, place: int) -> PartnerGiven:
    name, kind, number, *rest = [*(part.strip() for part in _BETWEEN.split(line)), "", ""]
    if any(rest):
        raise ValueError(f"第{place}行的内容多于三项，请写成：姓名，证件类型，证件号码。")
    if kind == _ORGANISATION:
        return PartnerGiven(ApplicantKind.ORGANISATION, name)
    if kind not in _KINDS:
        known = "、".join(_KINDS)
        raise ValueError(f"第{place}行没有写明证件类型，可以写：{known}、单位。")
    found = _KINDS[kind]
    organisation = found is IdKind.CREDIT_CODE
    who = ApplicantKind.ORGANISATION if organisation else ApplicantKind.PERSON
    return PartnerGiven(who, name, identity_kind=found, identity_number=number)
