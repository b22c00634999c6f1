"""What a working paper of the office is made of: a title and blocks, drawn as PDF or as Word.

One description serves both, so that the form people download as .docx cannot ask for anything the
PDF does not. What stands on which paper is told in ``application_form`` and ``working_papers``;
how it looks belongs to ``adapters``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One box to tick, and whether it is ticked."""

    label: str
    ticked: bool = False


@dataclass(frozen=True)
class Cell:
    """One question with its answer, or with room for it.

    ``lines`` is the room in lines of writing; ``options`` are boxes that stand before the answer;
    ``wide`` takes the whole row. ``note`` is small print below. ``signed`` ends with a line for
    signature and date.
    """

    label: str
    value: str = ""
    options: tuple[Option, ...] = ()
    note: str = ""
    lines: int = 1
    wide: bool = False
    signed: bool = False


@dataclass(frozen=True)
class Rows:
    """Questions in a table, two to a row unless one is ``wide``; ``head`` names the group."""

    cells: tuple[Cell, ...]
    head: str = ""
    new_page: bool = False

    def paired(self) -> Iterator[tuple[Cell, ...]]:
        """Give the rows: a wide cell alone, the others two by two."""
        waiting: tuple[Cell, ...] = ()
        for cell in self.cells:
            if cell.wide:
                if waiting:
                    yield waiting
                    waiting = ()
                yield (cell,)
            elif waiting:
                yield (*waiting, cell)
                waiting = ()
            else:
                waiting = (cell,)
        if waiting:
            yield waiting


@dataclass(frozen=True)
class Grid:
    """A list with a heading for each column; ``shares`` are the columns' widths in percent."""

    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    head: str = ""
    empty: str = "无"

    def __post_init__(self) -> None:
        widths = {len(line) for line in self.lines} | {len(self.shares)}
        if widths != {len(self.columns)} or sum(self.shares) != 100:  # noqa: PLR2004 (percent)
            message = "every line has as many cells as there are columns, and the shares make 100"
            raise ValueError(message)

    @property
    def widths(self) -> tuple[tuple[str, int], ...]:
        """Pair each column with its share."""
        return tuple(zip(self.columns, self.shares, strict=True))


@dataclass(frozen=True)
class Words:
    """Plain paragraphs; ``head`` stands above them."""

    paragraphs: tuple[str, ...]
    head: str = ""
    small: bool = False


Block = Rows | Grid | Words


@dataclass(frozen=True)
class Sheet:
    """A working paper. ``number`` stands right above the title's rule, ``foot`` below everything.

    ``landscape`` turns it on its side, for tables with many columns.
    """

    title: str
    issuer: str
    blocks: tuple[Block, ...]
    number: str = ""
    foot: tuple[str, ...] = ()
    landscape: bool = False


@dataclass(frozen=True)
class Label:
    """An envelope's address label: to whom, from whom, by which service."""

    service: str
    postcode: str
    address: str
    name: str
    phone: str
    reference: str
    contents: str
    sender_postcode: str
    sender_address: str
    sender_name: str
    sender_phone: str


@dataclass(frozen=True)
class Cover:
    """The cover of a file: its name, what it is about, its span, its place in the archive."""

    archive: str
    title: str
    subject: str
    lines: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, str], ...]
