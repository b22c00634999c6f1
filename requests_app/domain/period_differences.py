"""What has changed since a period was closed: figures signed, and every case behind them.

Both sides are the plain data of ``periods``, as a snapshot keeps them. A snapshot of an earlier version
holds less: what it does not hold is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final


class Listed(StrEnum):
    """The lists of cases behind the figures, besides what was finished."""

    RECEIVED = "received"
    CARRIED = "carried"
    FEES_CHARGED = "fees_charged"
    FEES_PAID = "fees_paid"
    MONEY = "money"
    PROCEEDINGS_RECEIVED = "proceedings_received"
    PROCEEDINGS_ENDED = "proceedings_ended"


LISTED_LABELS: Final[Mapping[Listed, str]] = MappingProxyType(
    {
        Listed.RECEIVED: "新收",
        Listed.CARRIED: "上期结转",
        Listed.FEES_CHARGED: "收费通知",
        Listed.FEES_PAID: "缴清信息处理费",
        Listed.MONEY: "收、退款",
        Listed.PROCEEDINGS_RECEIVED: "新收复议、诉讼",
        Listed.PROCEEDINGS_ENDED: "审结复议、诉讼",
    }
)
FINISHED: Final = "办结"
#: What stands where in a row of a finished case, after its key and number (``periods.rows``).
_FINISHED_PARTS: Final = (
    "办理结果", "是否按期", "净用时", "毛用时", "不计入的天数", "延期", "补正", "征求意见", "提前办结",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One figure that is no longer what it was: words then and now, and the signed difference."""

    name: str
    then: str
    now: str
    signed: str


@dataclass(frozen=True)
class Moved:
    """One case behind a difference: in which figure, signed, and what changed of it."""

    name: str
    sign: str
    case_id: int
    number: str
    what: str


def differences(frozen: Sequence[Sequence[Any]], live: Sequence[Sequence[Any]]) -> list[Difference]:
    """Return the figures that are no longer what they were, in the order of the page."""
    now = {line[0]: line for line in live}
    return [
        Difference(then[0], then[1], now[then[0]][1], _signed(then, now[then[0]]))
        for then in frozen
        if then[0] in now and now[then[0]][1] != then[1]
    ]


def _signed(then: Sequence[Any], now: Sequence[Any]) -> str:
    """Return the signed differences of a figure's numbers; nothing where there is none to tell."""
    if len(then) < len(now):
        return ""
    pairs = zip(then[2], now[2], strict=True)
    changes = [
        (after - before, unit)
        for (before, unit), (after, _) in pairs
        if before is not None and after is not None and before != after
    ]
    return "，".join(f"{_number(by)} {unit}" for by, unit in changes)


def _number(by: float) -> str:
    return (
        f"{by:+g}".replace("-", "−")
        if isinstance(by, int)
        else f"{round(by, 2):+g}".replace("-", "−")
    )


def moved(frozen: Mapping[str, Any], live: Mapping[str, Any]) -> list[Moved]:
    """Return the cases behind the differences: each that came, left or changed, figure by figure."""
    found: list[Moved] = []
    lists = frozen.get("listed")
    if lists is not None:
        for each, label in LISTED_LABELS.items():
            found += _moved_of(label, lists[each.value], live["listed"][each.value])
    return found + list(_finished(frozen["finished"], live["finished"]))


def _moved_of(
    label: str, frozen: Sequence[Sequence[Any]], live: Sequence[Sequence[Any]]
) -> Iterator[Moved]:
    """Compare two lists of rows: key, case, number, detail."""
    then, now = {row[0]: row for row in frozen}, {row[0]: row for row in live}
    for key in sorted(then.keys() | now.keys()):
        before, after = then.get(key), now.get(key)
        if after is None and before is not None:
            yield Moved(label, "−1", before[1], before[2], before[3])
        elif before is None and after is not None:
            yield Moved(label, "+1", after[1], after[2], after[3])
        elif before is not None and after is not None and before[3] != after[3]:
            yield Moved(label, "±0", after[1], after[2], f"{before[3]} → {after[3]}")


def _finished(frozen: Sequence[Sequence[Any]], live: Sequence[Sequence[Any]]) -> Iterator[Moved]:
    then, now = {row[0]: row for row in frozen}, {row[0]: row for row in live}
    for key in sorted(then.keys() | now.keys()):
        before, after = then.get(key), now.get(key)
        if after is None and before is not None:
            yield Moved(FINISHED, "−1", key, before[1], "")
        elif before is None and after is not None:
            yield Moved(FINISHED, "+1", key, after[1], "")
        elif before is not None and after is not None:
            what = "、".join(
                name
                for name, old, new in zip(_FINISHED_PARTS, before[2:], after[2:], strict=False)
                if old != new
            )
            if what:
                yield Moved(FINISHED, "±0", key, after[1], what)
