"""Table 二 of the annual report: what was published unasked, entered by hand (条例 20（一）（五）（六）（八）)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from requests_app.domain.annual_report import FORMAT
from requests_app.domain.errors import Reason, refuse_if_any


@dataclass(frozen=True)
class Figure:
    """One cell: its stored name, the row and the column it stands in. ``money`` is 万元."""

    name: str
    row: str
    column: str
    money: bool = False

    @property
    def label(self) -> str:
        """Name the cell for people."""
        return f"{self.row}：{self.column}"


@dataclass(frozen=True)
class Part:
    """One of the four sub-tables: its title, the headings of its columns, its rows of figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]


_MADE, _REPEALED, _IN_FORCE = "本年制发件数", "本年废止件数", "现行有效件数"
_DECISIONS: Final = "本年处理决定数量"
_CHARGED: Final = "本年收费金额（单位：万元）"


def _documents(name: str, row: str) -> tuple[str, tuple[Figure, ...]]:
    columns = (("made", _MADE), ("repealed", _REPEALED), ("in_force", _IN_FORCE))
    return row, tuple(Figure(f"{name}_{end}", row, column) for end, column in columns)


def _decisions(name: str, row: str) -> tuple[str, tuple[Figure, ...]]:
    return row, (Figure(name, row, _DECISIONS),)


PARTS: Final = (
    Part(
        "第二十条第（一）项",
        (_MADE, _REPEALED, _IN_FORCE),
        (_documents("rules", "规章"), _documents("norms", "行政规范性文件")),
    ),
    Part("第二十条第（五）项", (_DECISIONS,), (_decisions("licences", "行政许可"),)),
    Part(
        "第二十条第（六）项",
        (_DECISIONS,),
        (_decisions("penalties", "行政处罚"), _decisions("compulsions", "行政强制")),
    ),
    Part(
        "第二十条第（八）项",
        (_CHARGED,),
        (("行政事业性收费", (Figure("charges", "行政事业性收费", _CHARGED, money=True),)),),
    ),
)
FIGURES: Final = tuple(each for part in PARTS for _, figures in part.rows for each in figures)
_LARGEST: Final = Decimal(10) ** 9
_PLACES: Final = 6


def read(given: Mapping[str, str]) -> dict[str, str]:
    """Read what was typed: whole numbers, and 万元 with up to six decimals; blanks are left out.

    Refuses each cell that is not a number of nought or more, by its name.
    """
    reasons: list[Reason] = []
    figures: dict[str, str] = {}
    for figure in FIGURES:
        typed = str(given.get(figure.name, "")).replace(",", "").replace("，", "").strip()
        if not typed:
            continue
        value = _number(typed)
        if value is None or (not figure.money and value != value.to_integral_value()):
            wanted = "请填0或者正数，单位万元，小数最多六位" if figure.money else "请填0或者正整数"
            reasons.append(Reason(figure.name, f"“{figure.label}”{wanted}。", FORMAT))
        else:
            figures[figure.name] = format(value if figure.money else value.to_integral_value(), "f")
    refuse_if_any(tuple(reasons))
    return figures


def _number(typed: str) -> Decimal | None:
    try:
        value = Decimal(typed)
    except InvalidOperation:
        return None
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_PLACES or not 0 <= value < _LARGEST:
        return None
    return value


def missing(figures: Mapping[str, str]) -> tuple[Figure, ...]:
    """Return the cells nobody has filled; every cell of the report holds a number."""
    return tuple(figure for figure in FIGURES if figure.name not in figures)


def warnings(figures: Mapping[str, str], *, last_year: Mapping[str, str]) -> tuple[str, ...]:
    """Say where 现行有效 is not last year's plus 制发 minus 废止.

    Usual, not a rule (a document may lapse by itself), so it never stops anything.
    """
    found = []
    for name, row in (("rules", "规章"), ("norms", "行政规范性文件")):
        cells = [figures.get(f"{name}_{end}") for end in ("made", "repealed", "in_force")]
        before = last_year.get(f"{name}_in_force")
        if before is None or None in cells:
            continue
        made, repealed, in_force = (int(cell) for cell in cells if cell is not None)
        expected = int(before) + made - repealed
        if in_force != expected:
            found.append(
                f"“{row}”现行有效{in_force}件，上年{before}件加本年制发{made}件减废止{repealed}件"
                f"为{expected}件，请核对（个别情形可以不等）。"
            )
    return tuple(found)
