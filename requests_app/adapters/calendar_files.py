"""Calendar files: the packaged one, and those an administrator brings.

Here belong reading and refusing files. What the days mean is ``domain.workdays``; which notices an
installation has approved is ``selectors.calendars``.
"""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from requests_app.domain import workdays
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.workdays import Calendar, DayChange, DayKind, StatutoryDay

_Row = TypeVar("_Row")

FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "calendar"
CHANGE_COLUMNS: Final = ("published", "notice_no", "date", "kind", "name")
STATUTORY_COLUMNS: Final = ("date", "name", "basis")

#: No notice speaks of years outside these; beyond them stands a typing mistake.
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2100
_REPORTED: Final = 20


def read_changes(path: Path) -> list[DayChange]:
    """Read a file of notices (columns ``published,notice_no,date,kind,name``), in its order.

    Refuses the whole file, naming every bad line (20 at most): a missing column or value, an
    impossible date, a year outside 2000 to 2100, an unknown kind, a day named twice by one notice,
    a make-up day that is no Saturday or Sunday, a notice with two dates of publication.
    """
    seen: dict[tuple[str, date, bool], int] = {}
    published: dict[str, date] = {}

    def parse(row: dict[str, str], line: int) -> DayChange:
        change = DayChange(
            on=_date(row["date"]),
            kind=_kind(row["kind"]),
            name=row["name"],
            notice_no=row["notice_no"],
            published_on=_date(row["published"]),
        )
        # Taking a make-up day back and naming the same day off are two statements, not one twice.
        key = change.notice_no, change.on, change.kind is DayKind.CANCEL_MAKEUP
        if key in seen:
            sentence = f"{change.on}在同一通知中重复出现（首次在第{seen[key]}行）。"
            raise Refused.because("day_repeated", sentence)
        seen[key] = line
        if published.setdefault(change.notice_no, change.published_on) != change.published_on:
            sentence = f"{change.notice_no}有两个不同的公布日期。"
            raise Refused.because("published_differs", sentence)
        return change

    return _read(path, CHANGE_COLUMNS, parse)


def read_statutory(path: Path) -> list[StatutoryDay]:
    """Read a file of statutory days (columns ``date,name,basis``); refuses as ``read_changes``."""

    def parse(row: dict[str, str], line: int) -> StatutoryDay:
        return StatutoryDay(on=_date(row["date"]), name=row["name"], basis=row["basis"])

    return _read(path, STATUTORY_COLUMNS, parse)


@cache
def packaged_changes() -> tuple[DayChange, ...]:
    """Return what the packaged notices say, in order of publication."""
    return tuple(read_changes(FOLDER / "notices.csv"))


@cache
def packaged_statutory() -> tuple[StatutoryDay, ...]:
    """Return the statutory days of the packaged years."""
    return tuple(read_statutory(FOLDER / "statutory_days.csv"))


def packaged_calendar(known_on: date | None = None) -> Calendar:
    """Return the packaged calendar, or as it was known on a day. Needs no database."""
    if known_on is None:
        return _packaged(None)
    # Only ten days in the files change anything: twenty thousand questions build ten calendars.
    published = [change.published_on for change in packaged_changes()]
    latest = max((on for on in published if on <= known_on), default=date.min)
    return dataclasses.replace(_packaged(latest), known_on=known_on)


@cache
def _packaged(known_on: date | None) -> Calendar:
    return workdays.build_calendar(
        packaged_changes(), statutory=packaged_statutory(), known_on=known_on
    )


def _read(
    path: Path, columns: tuple[str, ...], parse: Callable[[dict[str, str], int], _Row]
) -> list[_Row]:
    found: list[_Row] = []
    problems: list[Reason] = []
    for line, row in _rows(path, columns):
        try:
            found.append(parse(row, line))
        except Refused as refused:
            problems += [
                Reason(reason.code, f"第{line}行：{reason.sentence}") for reason in refused.reasons
            ]
    refuse_if_any(tuple(problems[:_REPORTED]))
    if not found:
        raise Refused.because("calendar_file_empty", f"{path.name}里没有任何一天。")
    return found


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                sentence = (
                    f"{path.name}缺少列：{'、'.join(missing)}。应有的列是{'、'.join(columns)}。"
                )
                raise Refused.because("columns_missing", sentence)
            for row in reader:
                yield reader.line_num, {name: (row[name] or "").strip() for name in columns}
    except FileNotFoundError as error:
        raise Refused.because("file_missing", f"找不到文件{path.name}。") from error
    except (UnicodeDecodeError, csv.Error) as error:
        sentence = f"{path.name}不是UTF-8编码的CSV文件。"
        raise Refused.because("file_unreadable", sentence) from error


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        sentence = f"“{text}”不是有效的日期，应写成2026-10-01的样式。"
        raise Refused.because("date_impossible", sentence) from error
    if text != day.isoformat():
        sentence = f"“{text}”应写成{day.isoformat()}的样式。"
        raise Refused.because("date_format", sentence)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        sentence = f"{text}不在{_FIRST_YEAR}年至{_LAST_YEAR}年之间，请核对。"
        raise Refused.because("year_unlikely", sentence)
    return day


def _kind(text: str) -> DayKind:
    try:
        return DayKind(text)
    except ValueError as error:
        sentence = f"“{text}”不是日历的类别，只能是{'、'.join(DayKind)}。"
        raise Refused.because("kind_unknown", sentence) from error
