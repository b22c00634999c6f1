"""The table role × act as a page shows it: one line an act, one column a role.

Read from ``domain.access`` alone, so that the page cannot say what the software does not do.
"""

from __future__ import annotations

from dataclasses import dataclass

from requests_app.domain.access import ACT_LABELS, ALLOWED, ROLE_LABELS, Act, Actor, Role


@dataclass(frozen=True)
class Column:
    """One role: its words, how many acts it may do, and whether the reader holds it."""

    label: str
    count: int
    own: bool


@dataclass(frozen=True)
class Cell:
    """Whether one role may do one act."""

    allowed: bool
    own: bool


@dataclass(frozen=True)
class Line:
    """One act and the answer of every role."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The whole table."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def of(person: Actor) -> Matrix:
    """Lay the table out, with the columns of the reader's own roles marked."""
    roles = tuple(role for role in Role if ALLOWED[role])
    return Matrix(
        columns=tuple(
            Column(ROLE_LABELS[role], len(ALLOWED[role]), role in person.roles) for role in roles
        ),
        lines=tuple(
            Line(
                ACT_LABELS[act],
                tuple(Cell(act in ALLOWED[role], role in person.roles) for role in roles),
            )
            for act in Act
        ),
    )
