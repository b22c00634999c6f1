"""Questions and answers as JSON lines, for commands that other programs call.

Here belong reading a line and writing its answer, so that one bad line spoils only itself. What a
line asks and how it is answered belongs to the command.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, Final

from requests_app.domain.errors import Refused

_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def source() -> BinaryIO:
    """Return standard input as bytes: a line that is not UTF-8 must not end the reading."""
    return sys.stdin.buffer


def answers(
    lines: Iterable[bytes], *, by: Callable[[dict[str, Any]], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Answer each line that is not blank, in order; never raise for what a line says.

    An answer begins with the ``id`` of its line, ``None`` where there was none to read. A refusal
    becomes ``error`` with its sentences.
    """
    for line in lines:
        if not line.strip():
            continue
        case_id: Any = None
        try:
            case = _read(line)
            case_id = case.get("id")
            yield {"id": case_id, **by(case)}
        except Refused as refused:
            yield {"id": case_id, "error": "".join(reason.sentence for reason in refused.reasons)}


def dump(answer: dict[str, Any]) -> str:
    """Write an answer as one line of JSON that standard output can carry."""
    text = json.dumps(answer, ensure_ascii=False)
    # A lone surrogate in an echoed id cannot be written as UTF-8; escaped it can.
    return text if text.isascii() or _encodable(text) else json.dumps(answer)


def field(record: dict[str, Any], name: str) -> Any:
    """Return a field that must be there; refuse when it is not."""
    if name not in record:
        raise Refused.because("field_missing", f"缺少{name}。")
    return record[name]


def day(value: Any) -> dt.date:
    """Read a day; refuse what is not one, or is not written as one."""
    # Python also reads 20260302 and 2026-W10-1; the format here is one only.
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise Refused.because("date_format", "日期须写成2026-03-02的样式。")
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise Refused.because("date_impossible", f"没有{value}这一天，请核对日期。") from error


def _encodable(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _read(line: bytes) -> dict[str, Any]:
    try:
        case = json.loads(
            line.decode("utf-8-sig"), parse_constant=_refuse_constant, parse_float=_finite
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


def _finite(text: str) -> float:
    # 1e999 is JSON, but infinity echoed back would not be.
    if math.isinf(number := float(text)):
        raise ValueError(text)
    return number
