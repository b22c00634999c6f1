"""The money of a case in words: for its applicant on the status page, for the desk on the case page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from requests_app.domain.fee_account import MOVEMENT_LABELS, FeeAccount, MovementKind, yuan
from requests_app.domain.fees import FEE_MODE_LABELS, Alternative, FeeMode, Offer
from requests_app.models import Fee
from requests_app.selectors.fee_accounts import CaseFee


@dataclass(frozen=True)
class MoneyLine:
    """Money that moved: its day, which way, how much, its bill, what was noted of it."""

    on: str
    words: str
    bill_number: str
    note: str


@dataclass(frozen=True)
class FeeLines:
    """One fee: its notice, how it was charged, what of it is paid, owed, to be given back."""

    number: str
    how: str
    charged: str
    state: str
    withdrawn: str
    lines: tuple[MoneyLine, ...]
    owed: str
    refundable: str
    offered: str = ""


def of(found: Iterable[CaseFee]) -> tuple[FeeLines, ...]:
    """Return the fees of a case whose notices went out, first first."""
    return tuple(_one(each.fee, each.account) for each in found)


def _one(fee: Fee, account: FeeAccount) -> FeeLines:
    withdrawn = (
        f"{fee.withdrawn_on:%Y-%m-%d}撤销：{fee.withdrawn_reason}" if fee.withdrawn_on else ""
    )
    return FeeLines(
        number=fee.letter.number if fee.letter else "",
        how=_how(fee),
        charged=yuan(account.charged_fen),
        state=_state(account, withdrawn=bool(withdrawn)),
        withdrawn=withdrawn,
        lines=tuple(
            MoneyLine(
                on=each.on.isoformat(),
                words=f"{MOVEMENT_LABELS[MovementKind(each.kind)]}{yuan(each.amount_fen)}元",
                bill_number=each.bill_number,
                note=each.note,
            )
            for each in account.movements
        ),
        owed=yuan(account.owed_fen) if account.owed_fen else "",
        refundable=yuan(account.refundable_fen) if account.refundable_fen else "",
        offered=_offered(fee),
    )


def _offered(fee: Fee) -> str:
    kept = fee.offered
    if not kept:
        return ""
    return Offer(tuple(Alternative(way) for way in kept["ways"]), kept["how"]).told


def _how(fee: Fee) -> str:
    mode = FeeMode(fee.mode)
    if mode is FeeMode.ITEM:
        return f"{FEE_MODE_LABELS[mode]}，{fee.items}件，本月此前{fee.items_before}件"
    return f"{FEE_MODE_LABELS[mode]}，{fee.pages}页"


def _state(account: FeeAccount, *, withdrawn: bool) -> str:
    if withdrawn:
        return "已撤销，不用缴"
    if not account.due:
        return "不用再缴"
    if account.owed_fen == 0:
        return "已缴清"
    return "还没有缴清" if account.held_fen else "还没有缴"
