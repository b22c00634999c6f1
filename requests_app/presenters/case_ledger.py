"""The ledger of a case as people read it: one line an entry, voided ones struck through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone

from requests_app.domain.access import ROLE_LABELS, Role
from requests_app.domain.clock import EventType
from requests_app.domain.consultations import POSITION_LABELS, Position
from requests_app.domain.ledger import ENTRY_LABELS, Entry
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.models import Event
from requests_app.presenters import desk_dates
from requests_app.services import entries

_STOPS: Final = frozenset({Entry.CORRECTION_REQUESTED, Entry.CONSULT_SENT, Entry.FEE_NOTICE})
_LEGAL: Final = frozenset(kind.value for kind in EventType)


@dataclass(frozen=True)
class Line:
    """One entry: its day, its name, what it says, and how it is drawn."""

    seq: int
    on: str
    label: str
    detail: str
    look: str
    mended_by: str


def lines(events: Sequence[Event], *, today: date) -> tuple[Line, ...]:
    """Return the entries in the order of their days; a voided one says who voided it and why."""
    voids = {event.voids: event for event in events if event.voids is not None}
    shown = [event for event in events if event.entry != Entry.VOIDED]
    return tuple(
        _line(event, void=voids.get(event.seq), today=today)
        for event in sorted(shown, key=lambda event: (event.on, event.seq))
    )


def corrected_texts(events: Sequence[Event], *, today: date) -> tuple[tuple[str, str], ...]:
    """Return what the applicant said in corrections that stand, by day: it is part of the request."""
    voided = {event.voids for event in events if event.voids is not None}
    shown = {Entry.CORRECTED, Entry.LATE_CORRECTION_OFFERED}
    return tuple(
        (desk_dates.short(event.on, today=today), str(event.data.get("text", "")))
        for event in events
        if event.entry in shown and event.seq not in voided
    )


def _line(event: Event, *, void: Event | None, today: date) -> Line:
    entry = Entry(event.entry)
    look = "law" if entry.value in _LEGAL else ""
    if entry in _STOPS:
        look = "stop"
    parts = [*_details(event), _by(event)]
    if void is not None:
        look = "void"
        parts.append(f"已作废：{void.data.get('reason', '')}（{_by(void)}）")
    return Line(
        seq=event.seq,
        on=desk_dates.with_weekday(event.on, today=today),
        label=ENTRY_LABELS[entry],
        detail="；".join(part for part in parts if part),
        look=look,
        mended_by="" if void is not None else _mended_by(event),
    )


def _mended_by(event: Event) -> str:
    """Return the address by which an entry is put right; letters' own entries go with the letter."""
    if event.entry == Entry.RECEIVED:
        return "correct_receipt/"
    return "" if Entry(event.entry) in entries.MADE_BY_A_LETTER else f"void_event/?seq={event.seq}"


def _by(event: Event) -> str:
    who = str(event.recorded_by) if event.recorded_by else ROLE_LABELS[Role(event.role)]
    recorded = timezone.localtime(event.recorded_at)
    late = f"，{recorded:%m-%d}登记" if recorded.date() != event.on else ""
    return f"{who}{late}"


def _details(event: Event) -> list[str]:
    data: dict[str, Any] = event.data
    found = []
    if code := data.get("kind"):
        kind = KINDS[LetterKind(code)].label if code in set(LetterKind) else ""
        found.append(" ".join(part for part in (kind, str(data.get("number", ""))) if part))
    if code := data.get("outcome"):
        found.append(OUTCOMES[OutcomeCode(code)].label)
    if code := data.get("position"):
        found.append(f"{data.get('name', '')}：{POSITION_LABELS[Position(code)]}")
    if days := data.get("days"):
        found.append(f"{days}个工作日")
    if files := data.get("files"):
        found.append(f"提供文件{len(files)}个，共{sum(each['pages'] for each in files)}页")
    named = {
        "department": "", "clerk": "经办 ", "text": "", "reason": "", "decision": "", "proof": "凭据：",
        "decided_on": "作出日期 ",
        "into": "并入 ", "until": "到 ", "bill_number": "票据 ", "notice": "",
    }  # fmt: skip
    found += [f"{label}{data[name]}" for name, label in named.items() if data.get(name)]
    if data.get("old") or (data.get("new") and data.get("notice")):
        found.append(f"{data.get('old') or '无'} → {data.get('new') or '无'}")
    return found
