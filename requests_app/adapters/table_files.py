"""Tables that somebody brings as a file: XLSX, or CSV in UTF-8 or GBK. What columns mean is the caller's.

Everything comes back as text; formulas are never run, only the values last kept are read.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from datetime import date, datetime
from typing import Final

from requests_app.domain.errors import Refused

#: An old register of a city has some thousand rows; what unpacks to more is no register.
MOST_ROWS: Final = 20_000
_MOST_UNPACKED_BYTES: Final = 200 * 1024 * 1024
_ZIP: Final = b"PK\x03\x04"


def read(content: bytes) -> list[list[str]]:
    """Return the rows of the first sheet of an XLSX, or of a CSV in UTF-8 or GBK, as text.

    Days come as 2026-03-02, whole numbers without a point. Refuses what is neither, and what is
    too large to be a register.
    """
    rows = _read_workbook(content) if content.startswith(_ZIP) else _read_csv(content)
    if len(rows) > MOST_ROWS:
        raise Refused.because("file", f"表格超过{MOST_ROWS}行，请按年度拆开导入。")
    return rows


def _read_workbook(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        if unpacked > _MOST_UNPACKED_BYTES:
            raise Refused.because("file", "这个表格解开后太大，请按年度拆开导入。")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise Refused.because("file", "这个文件读不了，请另存为XLSX或者CSV再试。") from None
    try:
        sheet = book.worksheets[0]
        rows = []
        for row in sheet.iter_rows(values_only=True):
            rows.append([_text(value) for value in row])
            if len(rows) > MOST_ROWS:
                break
        return rows
    finally:
        book.close()


def _read_csv(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    try:
        return [[value.strip() for value in row] for row in csv.reader(io.StringIO(text))]
    except csv.Error:
        raise Refused.because("file", "这个文件不是表格，请另存为XLSX或者CSV再试。") from None


def _decoded(content: bytes) -> str:
    """Read UTF-8 with or without a mark, else GB18030, which holds GBK and GB2312."""
    if b"\0" in content:
        raise Refused.because("file", "这个文件不是表格，请另存为XLSX或者CSV再试。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return codecs.decode(content, encoding)
        except UnicodeDecodeError:
            continue
    raise Refused.because("file", "文字编码认不出来，请另存为UTF-8或者GBK再试。")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
