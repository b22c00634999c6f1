"""The account of a fee: what was charged, what came in, what went back; in integer fen.

Money that came in stays a fact whatever becomes of the notice: a notice withdrawn, or an application
given up, leaves nothing due, and what is held then has to be given back. What a fee comes to stands
in ``fees``; what payment in full does to the period in ``clock``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from requests_app.domain.articles import FEE_MEASURE
from requests_app.domain.errors import Refused

FEN_PER_YUAN: Final = 100
#: Beyond this an amount is a slip of the hand, and no database column could hold it.
MOST_FEN: Final = 10**12


class MovementKind(StrEnum):
    """Which way money went."""

    RECEIVED = "received"
    REFUNDED = "refunded"


MOVEMENT_LABELS: Final = {MovementKind.RECEIVED: "收到", MovementKind.REFUNDED: "退还"}


@dataclass(frozen=True)
class Movement:
    """Money that came in or went back on a day, with its bill (票据号)."""

    kind: MovementKind
    on: date
    amount_fen: int
    bill_number: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.amount_fen <= 0:
            message = "money that moves is more than nothing"
            raise ValueError(message)


@dataclass(frozen=True)
class FeeAccount:
    """One fee with its money, in order of days. ``due`` False: nothing is to be paid on it any more."""

    charged_fen: int
    due: bool
    movements: tuple[Movement, ...] = ()

    @property
    def received_fen(self) -> int:
        """Return what came in."""
        return _sum(self.movements, MovementKind.RECEIVED)

    @property
    def refunded_fen(self) -> int:
        """Return what went back."""
        return _sum(self.movements, MovementKind.REFUNDED)

    @property
    def held_fen(self) -> int:
        """Return what the office holds."""
        return self.received_fen - self.refunded_fen

    @property
    def owed_fen(self) -> int:
        """Return what is still to be paid."""
        return max(0, self.charged_fen - self.held_fen) if self.due else 0

    @property
    def refundable_fen(self) -> int:
        """Return what is held beyond what is due, and has to be given back."""
        return max(0, self.held_fen - (self.charged_fen if self.due else 0))


def owed_fen(accounts: Iterable[FeeAccount]) -> int:
    """Return what is still to be paid on all of them."""
    return sum(each.owed_fen for each in accounts)


def refundable_fen(accounts: Iterable[FeeAccount]) -> int:
    """Return what has to be given back on all of them."""
    return sum(each.refundable_fen for each in accounts)


def yuan(fen: int) -> str:
    """Write an amount in yuan, without a fraction where there is none."""
    whole, rest = divmod(fen, FEN_PER_YUAN)
    return f"{whole}" if not rest else f"{whole}.{rest:02d}"


def check_amount(fen: int) -> None:
    """Refuse an amount that is nothing, less than nothing or a slip of the hand."""
    if fen <= 0:
        raise Refused.because("amount", "金额须大于0元。", FEE_MEASURE)
    if fen > MOST_FEN:
        raise Refused.because("amount", "金额太大，请核对。", FEE_MEASURE)


def check_refund(fen: int, *, account: FeeAccount) -> None:
    """Refuse to give back more than is held beyond what is due."""
    check_amount(fen)
    if fen > account.refundable_fen:
        most = yuan(account.refundable_fen)
        raise Refused.because(
            "amount", f"应退{most}元，不能退{yuan(fen)}元；退多了会成为欠缴。", FEE_MEASURE
        )


def _sum(movements: Iterable[Movement], kind: MovementKind) -> int:
    return sum(each.amount_fen for each in movements if each.kind is kind)
