"""Where the lines of a letter end: the grid of 28 characters a line (GB/T 9704-2012, 5.2.3).

WeasyPrint justifies at spaces only and hangs no marks, so the lines are decided here and handed
over whole. All widths are whole thousandths of an em at 16 pt. 28 full characters of 16 pt are
wider than the 156 mm of the type area; a cell is therefore 13/1000 em narrower than a character.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

CELLS = 28
SQUEEZE = -13
CELL = 1000 + SQUEEZE
LINE = CELLS * CELL
INDENT = 2 * CELL
MAX_SPREAD = 120  # a line that would have to be spread further stays short

# May not begin a line, may not end one (GB/T 15834-2011, 5.1).
CLOSING = frozenset("、。，．：；？！）］｝〕】》〉」』”’…—·‧％‰℃〗〙,.:;?!)]}%")
OPENING = frozenset("（［｛〔【《〈「『“‘〖〘￥＄＃([{$#")
HANGING = frozenset("、。，．：；？！）〕】》〉」』”’")

Width = Callable[[str], int]

_UNITS_OF_COUNT = "年月日时分秒号元角条款项页件份次个人名％%℃‰万亿"
# What is never torn: a dash or an ellipsis, a number with the unit after it (and with 第 or the
# bracket of a document number before it), a Latin word or address, a character with its selector.
_PIECE = re.compile(
    r"——|……"
    rf"|[第〔〕]?[0-9]+(?:[ ,][0-9]{{3}})*(?:\.[0-9]+)?(?:[{_UNITS_OF_COUNT}]+|[!-~]*)"
    r"|[!-~\u00c0-\u024f\u1e00-\u1eff]+"
    r"|.[\ufe00-\ufe0f\U000e0100-\U000e01ef]?"
    r"| ",
    re.DOTALL,
)
_ADDRESS_PIECE = re.compile(r"[^/?&=-]*[/?&=-]+|[^/?&=-]+")
_LONG_WORD = 16


@dataclass(frozen=True)
class Line:
    """One line, and how many 1/1000 em are added after each character to fill it."""

    text: str
    spread: int = 0


def break_lines(
    text: str, *, width: Width, line: int = LINE, indent: int = INDENT
) -> tuple[Line, ...]:
    """Break one paragraph; the first line is shorter by `indent`.

    Every line but the last is filled to the edge, if need be with one mark hanging past it.
    """
    blocks = _blocks(text)
    taken: list[list[str]] = []
    hangs: list[bool] = []
    while blocks:
        room = line - (0 if taken else indent)
        count, hanging = _fitting(blocks, room, width=width)
        if count == 0:
            blocks[:1] = _cut(blocks[0], room, width=width)
            count = 1
        taken.append(blocks[:count])
        hangs.append(hanging)
        del blocks[:count]
    _keep_company(taken, hangs)
    lines = []
    for number, (row, hanging) in enumerate(zip(taken, hangs, strict=True)):
        content = "".join(row)
        room = line - (0 if number else indent)
        is_last = number == len(taken) - 1
        lines.append(Line(content, 0 if is_last else _spread(content, room, hanging, width=width)))
    return tuple(lines)


def balance(text: str, *, width: Width, line: int) -> tuple[str, ...]:
    """Break a title into as few lines as hold it, about equally long; line ends in it are kept."""
    rows: list[str] = []
    for part in filter(None, text.split("\n")):
        whole = _measure(part, width=width)
        count = -(-whole // line)
        target = line if count == 1 else min(line, whole // count + CELL)
        rows += [row.text for row in break_lines(part, width=width, line=target, indent=0)]
    return tuple(rows)


def measure_cells(text: str, *, width: Width) -> float:
    """Give the width of a short text in cells of the grid."""
    return _measure(text, width=width) / CELL


def _measure(text: str, *, width: Width) -> int:
    return sum(width(character) + SQUEEZE for character in text if width(character))


def _blocks(text: str) -> list[str]:
    """Cut into blocks so that a line may end after each of them and nowhere else."""
    blocks: list[str] = []
    glued = False  # an opening mark waits for what it opens
    for piece in _pieces(text):
        joins = bool(blocks) and (glued or piece[0] in CLOSING or piece == " ")
        if joins:
            blocks[-1] += piece
        else:
            blocks.append(piece)
        glued = piece[-1] in OPENING
    return blocks


def _pieces(text: str) -> Sequence[str]:
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        if len(piece) > _LONG_WORD and piece.isascii():
            pieces += _ADDRESS_PIECE.findall(piece)
        else:
            pieces.append(piece)
    return pieces


def _fitting(blocks: Sequence[str], room: int, *, width: Width) -> tuple[int, bool]:
    """Count the blocks that fit, and say whether the last one hangs a mark past the edge."""
    used = 0
    for count, block in enumerate(blocks):
        visible = block.rstrip(" ")
        needed = _measure(visible, width=width)
        if used + needed > room:
            hung = visible[-1:] in HANGING and used + needed - CELL <= room
            return (count + 1, True) if hung else (count, False)
        used += _measure(block, width=width)
    return len(blocks), False


def _cut(block: str, room: int, *, width: Width) -> list[str]:
    """Cut a block that is wider than a line after the last character that fits."""
    used = 0
    for index, character in enumerate(block):
        used += width(character) + SQUEEZE
        if used > room and index > 0:
            return [block[:index], block[index:]]
    return [block]


def _keep_company(taken: list[list[str]], hangs: list[bool]) -> None:
    """Give a single character on the last line the one before it for company."""
    if len(taken) < 2 or hangs[-2] or len(taken[-2]) < CELLS - 4:  # noqa: PLR2004
        return
    if len("".join(taken[-1]).rstrip("".join(CLOSING))) == 1:
        taken[-1].insert(0, taken[-2].pop())


def _spread(text: str, room: int, hanging: bool, *, width: Width) -> int:  # noqa: FBT001
    visible = text.rstrip(" ")
    inside = visible[:-1] if hanging else visible
    gaps = sum(1 for character in inside if width(character)) - (0 if hanging else 1)
    if gaps < 1:
        return 0
    spread = (room - _measure(inside, width=width)) // gaps
    return spread if 0 < spread <= MAX_SPREAD else 0
