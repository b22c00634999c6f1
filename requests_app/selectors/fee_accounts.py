"""Read the accounts of a case's fees: what is charged, paid, owed, and has to be given back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Prefetch, Q, Sum

from requests_app.domain.case_facts import CaseFacts, LetterStatus
from requests_app.domain.fee_account import FeeAccount, Movement, MovementKind
from requests_app.domain.ledger import Entry, LedgerEntry
from requests_app.models import Case, Fee, FeeMovement

_OUT: Final = frozenset({LetterStatus.DISPATCHED.value, LetterStatus.DELIVERED.value})


@dataclass(frozen=True)
class CaseFee:
    """One fee of a case whose notice went out, with its account."""

    fee: Fee
    account: FeeAccount


def of_facts(case: Case, known: CaseFacts) -> tuple[CaseFee, ...]:
    """Return the fees of a case whose facts are loaded; nothing is read where none was charged."""
    if not known.fee_ever:
        return ()
    return _read(case, lapsed=known.lapsed)


def of(case: Case, *, standing: Iterable[LedgerEntry]) -> tuple[CaseFee, ...]:
    """Return the fees of a case whose notices went out, first first; two queries.

    Nothing is due on a notice that was withdrawn or voided, nor once the application counts as
    given up (国办函〔2020〕109号): then it is not handled, and what was paid in part is given back.
    """
    return _read(case, lapsed=any(entry.entry is Entry.LAPSED for entry in standing))


def _read(case: Case, *, lapsed: bool) -> tuple[CaseFee, ...]:
    rows = (
        Fee.objects.filter(case=case, letter__delivery__isnull=False)
        .select_related("letter", "letter__delivery")
        .prefetch_related(Prefetch("movements", FeeMovement.objects.filter(voided=False)))
        .order_by("pk")
    )
    return tuple(
        CaseFee(
            fee,
            FeeAccount(
                charged_fen=fee.amount_fen,
                due=not lapsed and fee.letter is not None and fee.letter.status in _OUT,
                movements=tuple(_movement(row) for row in fee.movements.all()),
            ),
        )
        for fee in rows
    )


@dataclass(frozen=True)
class Takings:
    """What a span of days brought, in fen: the cases that paid, what came in, what went back."""

    cases: int
    received_fen: int
    refunded_fen: int

    @property
    def net_fen(self) -> int:
        """Return what came in less what went back; less than nothing where more went back."""
        return self.received_fen - self.refunded_fen


def takings(first: date, last: date) -> Takings:
    """Count the money between two days, both included, in one query.

    What was given back counts on the day it went back, so that a closed year stays as it was.
    """
    received = Q(kind=MovementKind.RECEIVED.value)
    refunded = Q(kind=MovementKind.REFUNDED.value)
    found = FeeMovement.objects.filter(voided=False, on__range=(first, last)).aggregate(
        cases=Count("fee__case", filter=received, distinct=True),
        received=Sum("amount_fen", filter=received),
        refunded=Sum("amount_fen", filter=refunded),
    )
    return Takings(found["cases"], found["received"] or 0, found["refunded"] or 0)


def _movement(row: FeeMovement) -> Movement:
    return Movement(
        kind=MovementKind(row.kind),
        on=row.on,
        amount_fen=row.amount_fen,
        bill_number=row.bill_number,
        note=row.note,
    )
