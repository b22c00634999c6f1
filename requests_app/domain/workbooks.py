"""What a workbook to be handed out holds: sheets of rows, some cells joined, a head that is repeated.

Which figures stand in it is told by whoever builds one; how it is written belongs to ``adapters``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class WorkCell:
    """One cell: its value, how many rows and columns it spans, whether it is a heading."""

    value: Value = None
    rows: int = 1
    columns: int = 1
    head: bool = False


@dataclass(frozen=True)
class Worksheet:
    """One sheet. ``widths`` are in characters; ``repeat`` rows stand on top of every printed page.

    In ``rows`` a cell that spans several stands where it begins; nothing stands for what it covers.
    """

    name: str
    rows: tuple[tuple[WorkCell, ...], ...]
    widths: tuple[int, ...]
    repeat: int = 0
    landscape: bool = True


@dataclass(frozen=True)
class Workbook:
    """A workbook: its title, who issues it, its sheets. ``stamp`` lines say how it came about."""

    title: str
    author: str
    sheets: tuple[Worksheet, ...]
    stamp: tuple[str, ...] = ()
