"""Looking ahead in the ledger: when a letter was delivered, answered, or its addressee told.

Deliveries and notifications are matched by date, the first on or after the day of what they belong
to, so that an earlier line of the same day counts. What has not happened by ``as_of`` is not in the
ledger, and so is not found.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from requests_app.domain.clock.events import Event, EventType


def notice_delivered_on(
    ledger: Sequence[Event],
    place: int,
    *,
    delivery: EventType,
    proof: EventType,
    since: int,
) -> date | None:
    """Return when the notice at ``place`` was delivered: by its delivery, or by what proves one.

    Looks no further back than ``since`` and no further ahead than the next reopening: a decision
    ends whatever was before it.
    """
    sent_on = ledger[place].on
    for index in range(since, len(ledger)):
        event = ledger[index]
        if event.type is delivery and event.on >= sent_on:
            return event.on
        if index > place:
            if event.type is proof:
                return event.on
            if event.type is EventType.REOPENED:
                return None
    return None


def letter_dates(ledger: Sequence[Event], sent: Event) -> tuple[date | None, date | None]:
    """Return the days of a consultation's first delivery and first answer, by its name."""
    delivered_on: date | None = None
    answered_on: date | None = None
    for event in ledger:
        if event.id != sent.id or event.on < sent.on:
            continue
        if event.type is EventType.CONSULT_DELIVERED:
            delivered_on = delivered_on or event.on
        elif event.type is EventType.CONSULT_REPLIED:
            answered_on = answered_on or event.on
    return delivered_on, answered_on


def is_told(ledger: Sequence[Event], approval: Event, *, telling: EventType) -> bool:
    """Tell whether any telling follows an approval."""
    return any(event.type is telling and event.on >= approval.on for event in ledger)


def approval_told(
    ledger: Sequence[Event],
    told: Event,
    *,
    after: date | None,
    since: int,
    void: Container[int],
) -> Event | None:
    """Find the approval that ``told`` is the first telling of; ``None`` if it was told of nothing.

    ``after`` is the day of the telling before, which took every approval up to it. ``void`` holds
    the places of approvals without effect.
    """
    for index in range(since, len(ledger)):
        event = ledger[index]
        if event.on > told.on:
            return None
        if (
            event.type is EventType.EXTENDED
            and index not in void
            and (after is None or after < event.on)
        ):
            return event
    return None
