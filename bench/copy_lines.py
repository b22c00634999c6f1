"""Rows as lines of COPY, with places for what differs from row to row: how the benches load in bulk.

A line is written once with ``Place``s in it and filled by ``line % values`` as often as it is needed.
Only for PostgreSQL.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Place:
    """Something that differs from case to case; ``shape`` is how it is written."""

    name: str
    shape: str = "%s"

    def __str__(self) -> str:
        return self.shape.replace("%", f"%({self.name})", 1)


class Table:
    """Lines of one table on their way into COPY, with the model's defaults where nothing is given."""

    def __init__(self, model: str) -> None:
        from django.apps import apps

        meta = apps.get_model("requests_app", model)._meta
        self.name = meta.db_table
        keyed = model in {"Applicant", "Case", "Letter", "Digest"}
        fields = [each for each in meta.concrete_fields if keyed or not each.primary_key]
        self.columns = [field.column for field in fields]
        self.defaults = {field.column: field.get_default() for field in fields}
        self.lines = io.StringIO()

    def line(self, **given: Any) -> str:
        """Return a line with places; what is not given takes the model's default."""
        unknown = set(given) - set(self.columns)
        if unknown:
            raise KeyError(*unknown)
        values = {**self.defaults, **given}
        return "\t".join(text(values[column]) for column in self.columns) + "\n"

    def copy_into(self, cursor: Any) -> None:
        """Send the lines gathered so far."""
        self.lines.seek(0)
        names = ", ".join(f'"{column}"' for column in self.columns)
        cursor.copy_expert(f'COPY "{self.name}" ({names}) FROM STDIN', self.lines)
        self.lines = io.StringIO()


def text(value: Any) -> str:
    """Write a value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, Place):
        return str(value)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\").replace("%", "%%")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value).replace("%", "%%")


def packed(value: Any) -> str:
    """Write a value as the chain of a ledger is hashed over, its places left open."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace(
        "%", "%%"
    )


def at(on: date, hour: int) -> datetime:
    """Return the moment of a full hour, in the time of the office."""
    return datetime.combine(on, time(hour), tzinfo=ZONE)
