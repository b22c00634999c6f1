"""Price requests from the command line: JSON lines in, one JSON result per line out.

Here belong reading a line and writing its answer; what anything costs is `domain.fees`.
Needs no database and no set-up: a fresh clone can run it.
"""

import datetime as dt
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand

from requests_app.domain import fees
from requests_app.domain.errors import Refused

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Command(BaseCommand):
    """Answer every line on standard input; a bad line gets an error and the rest goes on."""

    help = (
        "Read fee cases as JSON lines on standard input (mode item, page or month) and print one "
        "JSON result per line. A bad line gives an error in its place; blank lines are skipped."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Price standard input line by line."""
        for answer in answers(_source()):
            self.stdout.write(_dump(answer))


def answers(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Price each line that is not blank; never raise for what a line says."""
    for line in lines:
        if not line.strip():
            continue
        case_id: Any = None
        try:
            case = _parse(line)
            case_id = case.get("id")
            yield {"id": case_id, **_price(case)}
        except Refused as refused:
            yield {"id": case_id, "error": "".join(reason.sentence for reason in refused.reasons)}


def _source() -> BinaryIO:
    # Bytes, so that one line that is not UTF-8 spoils only itself.
    return sys.stdin.buffer


def _dump(answer: dict[str, Any]) -> str:
    text = json.dumps(answer, ensure_ascii=False)
    # A lone surrogate in an echoed id cannot be written as UTF-8; escaped it can.
    return text if text.isascii() or _encodable(text) else json.dumps(answer)


def _encodable(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _parse(line: bytes) -> dict[str, Any]:
    try:
        case = json.loads(
            line.decode("utf-8-sig"), parse_constant=_refuse_constant, parse_float=_finite_float
        )
    # ValueError covers bad UTF-8, bad JSON and numbers of thousands of digits; RecursionError, brackets
    # nested without end.
    except (ValueError, RecursionError) as error:
        raise Refused.because("line_not_json", "这一行不是有效的JSON，请检查。") from error
    if not isinstance(case, dict):
        raise Refused.because("line_not_object", "这一行不是JSON对象，请检查。")
    return case


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _finite_float(text: str) -> float:
    # 1e999 is JSON, but infinity echoed back would not be.
    if math.isinf(number := float(text)):
        raise ValueError(text)
    return number


def _price(case: dict[str, Any]) -> dict[str, Any]:
    match case.get("mode"):
        case fees.FeeMode.ITEM:
            return {"fee": fees.item_fee(_field(case, "before"), _field(case, "items"))}
        case fees.FeeMode.PAGE:
            return {"fee": fees.page_fee(_field(case, "pages"))}
        case "month":
            monthly = fees.monthly_fees(_receipts(_field(case, "receipts")))
            return {"fees": list(monthly.fees), "total": monthly.total}
        case None:
            raise Refused.because("mode_missing", "缺少计费方式mode。")
        case _:
            raise Refused.because("mode_unknown", "计费方式mode只能是item、page或month。")


def _field(record: dict[str, Any], name: str) -> Any:
    if name not in record:
        raise Refused.because("field_missing", f"缺少{name}。")
    return record[name]


def _receipts(value: Any) -> list[fees.Receipt]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Refused.because("receipts_not_list", "receipts须为对象的列表。")
    return [
        fees.Receipt(
            on=_date(_field(item, "date")),
            items=_field(item, "items"),
            applicant=_applicant(item.get("applicant")),
        )
        for item in value
    ]


def _date(value: Any) -> dt.date:
    # Python also reads 20260302 and 2026-W10-1; the format here is one only.
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        raise Refused.because("date_format", "日期须写成2026-03-02的样式。")
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise Refused.because("date_impossible", f"没有{value}这一天，请核对日期。") from error


def _applicant(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused.because("applicant_not_text", "applicant须为文字。")
    return value
